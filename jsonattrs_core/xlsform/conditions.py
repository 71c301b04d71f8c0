"""Expressions of a rule language as XPath: only what means exactly the same, absent values included.

An expression of a schema is true, false, or not evaluated, since it needs a value that is absent; one of XPath is true
or false. So each part is translated twice: where is it true for certain, and where is it false for certain?
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.xlsform.choices import named
from jsonattrs_core.xlsform.patterns import anywhere, lengths
from jsonattrs_core.xlsform.questions import Kind
from jsonattrs_core.xlsform.terms import Scale, Term, term_of
from jsonattrs_core.xlsform.xpath import FALSE, TRUE, Formula, Unsayable, and_, literal, not_, or_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core.xlsform.questions import Question

__all__ = ["Pair", "Translator"]

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
#: What is true or false by itself.
_TRUTHS = frozenset({"&&", "||", "!", "?:", "given", "in", "contains", "startsWith", "endsWith", "matches", "==", "!="})
_TRUTHS |= _OPPOSITE.keys()
_IN_TEXTS = {"contains": "contains", "startsWith": "starts-with", "endsWith": "ends-with"}
_WORDS = {
    "loop": "it looks at the items of a list one by one",
    "member": "it looks inside an object",
    "has": "it looks inside an object",
    "[]": "it picks an item out of a list or a map",
    "item": "it looks at the items of a list one by one",
    "map": "it has a map",
}


class Pair(NamedTuple):
    """Where an expression is true, and where it is false; where it is neither, it is not evaluated."""

    true: Formula
    false: Formula

    @property
    def other(self) -> Pair:
        """The pair of what is not so."""
        return Pair(self.false, self.true)


class Translator:
    """Translates expressions.

    ``names`` are those in the expression to those of attributes, ``questions`` what the form asks by attribute.
    """

    def __init__(self, names: Mapping[str, str], questions: Mapping[str, Question]) -> None:
        self._names = names
        self._questions = questions

    def pair(self, tree: Any) -> Pair:
        """Return the two formulas of a syntax tree. Raises Unsayable."""
        head = tree[0]
        if head in ("&&", "||"):
            return self._joined(head, self.pair(tree[1]), self.pair(tree[2]))
        if head == "!":
            return self.pair(tree[1]).other
        if head == "?:":
            return self._choice(*map(self.pair, tree[1:]))
        if head == "given":
            present = self._present(self._asked(tree[1]))
            return Pair(present, self._absent(self._asked(tree[1])))
        if head in ("==", "!="):
            pair = self._equal(tree[1], tree[2])
            return pair if head == "==" else pair.other
        return self._plain(head, tree)

    def _plain(self, head: str, tree: Any) -> Pair:
        if head in _OPPOSITE:
            return self._compared(head, tree[1], tree[2])
        if head == "in":
            return self._among(tree[1], tree[2])
        if head in _IN_TEXTS or head == "matches":
            return self._in_text(head, tree[1], tree[2])
        if head == "name":
            return self._equal(tree, ("value", True))
        if head == "value" and isinstance(tree[1], bool):
            return Pair(TRUE, FALSE) if tree[1] else Pair(FALSE, TRUE)
        raise Unsayable(_WORDS.get(head, f"it uses {head!r}, which forms do not have"))

    def _joined(self, head: str, left: Pair, right: Pair) -> Pair:
        if head == "&&":
            return Pair(and_(left.true, right.true), or_(left.false, right.false))
        return Pair(or_(left.true, right.true), and_(left.false, right.false))

    def _choice(self, asked: Pair, then: Pair, otherwise: Pair) -> Pair:
        return Pair(
            or_(and_(asked.true, then.true), and_(asked.false, otherwise.true)),
            or_(and_(asked.true, then.false), and_(asked.false, otherwise.false)),
        )

    # ---- questions ----

    def _asked(self, name: str) -> Question:
        attribute = self._names.get(name, name)
        if attribute not in self._questions:
            raise Unsayable(f"it names {attribute!r}, which the form does not ask")
        return self._questions[attribute]

    def _ref(self, question: Question) -> str:
        return f"${{{question.name}}}"

    def _atom(self, text: str, *questions: Question) -> Formula:
        names = frozenset(question.attribute for question in questions)
        return Formula(text, needs=names, uses=names)

    def _present(self, question: Question) -> Formula:
        return self._atom(f"{self._ref(question)} != ''", question)

    def _absent(self, question: Question) -> Formula:
        return Formula(f"{self._ref(question)} = ''", uses=frozenset({question.attribute}))

    def _question(self, tree: Any, *kinds: Kind) -> Question | None:
        question = self._asked(tree[1]) if tree[0] == "name" else None
        return question if question is not None and question.kind in kinds else None

    def _text(self, tree: Any) -> Question | None:
        """Return the question whose answer is just a text."""
        chosen = self._question(tree, Kind.TEXT, Kind.ONE)
        is_literal = chosen is not None and (chosen.choices is None or chosen.choices.is_literal)
        return chosen if is_literal else None

    # ---- comparisons ----

    def _compared(self, sign: str, left: Any, right: Any) -> Pair:
        if left[0] == "size":
            return self._size(sign, left[1], right)
        if right[0] == "size":
            return self._size(_MIRRORED[sign], right[1], left)
        one, other = self._terms(left, right)
        if one is None or other is None:
            raise Unsayable("it compares the order of something that is no number and no date")
        return Pair(self._order(one, sign, other), self._order(one, _OPPOSITE[sign], other))

    def _order(self, one: Term, sign: str, other: Term) -> Formula:
        needs = one.needs | other.needs
        return Formula(f"{one.text} {sign} {other.text}", needs=needs, uses=needs)

    def _terms(self, left: Any, right: Any) -> tuple[Term | None, Term | None]:
        one, other = (term_of(tree, self._asked, self._ref) for tree in (left, right))
        if one is not None and other is not None:
            one, other = _as_days(left, one, other), _as_days(right, other, one)
            both = {one.scale, other.scale}
            if len(both) > 1 and not both <= {Scale.WHOLE, Scale.NUMBER}:
                raise Unsayable("it compares a date with a moment or a number")
        return one, other

    def _equal(self, left: Any, right: Any) -> Pair:
        if left[0] == "size" or right[0] == "size":
            tree, other = (left, right) if left[0] == "size" else (right, left)
            return self._size("==", tree[1], other)
        if left[0] == "value" and right[0] != "value":
            left, right = right, left
        for known in (self._equal_choice, self._equal_text, self._equal_number, self._equal_truth):
            pair = known(left, right)
            if pair is not None:
                return pair
        raise Unsayable(_WORDS.get(left[0], "it compares values of a type that forms do not have"))

    def _equal_choice(self, left: Any, right: Any) -> Pair | None:
        question = self._question(left, Kind.ONE, Kind.FLAG)
        if question is None or right[0] != "value":
            return None
        names = named(question.options, right[1])
        others = [option.name for option in question.options if option.name not in names]
        hit, miss = (or_(*(self._is(question, name) for name in some)) for some in (names, others))
        return Pair(hit, miss) if len(others) == 1 else self._or_else(question, hit)

    def _is(self, question: Question, answer: str) -> Formula:
        return self._atom(f"{self._ref(question)} = {literal(answer)}", question)

    def _equal_text(self, left: Any, right: Any) -> Pair | None:
        one, other = self._text(left), self._text(right)
        if one is not None and other is not None:
            both = self._present(one), self._present(other)
            refs = self._ref(one), self._ref(other)
            same, different = (self._atom(f"{refs[0]} {sign} {refs[1]}", one, other) for sign in ("=", "!="))
            return Pair(and_(*both, same), and_(*both, different))
        if one is None or right[0] != "value" or not isinstance(right[1], str):
            return None
        return self._or_else(one, self._is(one, right[1]) if right[1] else FALSE)

    def _equal_number(self, left: Any, right: Any) -> Pair | None:
        one, other = self._terms(left, right)
        if one is None or other is None:
            return None
        # A form takes two numbers for equal that are less than 1e-12 apart, and two that are not there.
        exact = one.scale is other.scale is Scale.WHOLE and other.is_literal and not one.is_literal
        same = (
            Formula(f"{one.text} = {other.text}", needs=one.needs, uses=one.needs)
            if exact
            else and_(self._order(one, ">=", other), self._order(one, "<=", other))
        )
        return Pair(same, or_(self._order(one, "<", other), self._order(one, ">", other)))

    def _equal_truth(self, left: Any, right: Any) -> Pair | None:
        if not (self._is_truth(left) and self._is_truth(right)):
            return None
        one, other = self.pair(left), self.pair(right)
        return Pair(
            or_(and_(one.true, other.true), and_(one.false, other.false)),
            or_(and_(one.true, other.false), and_(one.false, other.true)),
        )

    def _is_truth(self, tree: Any) -> bool:
        if tree[0] == "name":
            return self._question(tree, Kind.FLAG) is not None
        return tree[0] in _TRUTHS or (tree[0] == "value" and isinstance(tree[1], bool))

    def _or_else(self, question: Question, hit: Formula) -> Pair:
        """Return the pair of what is true in one case, and false in every other in which there is an answer."""
        return Pair(hit, and_(self._present(question), not_(hit)))

    # ---- lists and texts ----

    def _among(self, item: Any, container: Any) -> Pair:
        several = self._question(container, Kind.SEVERAL)
        if several is not None and item[0] == "value":
            names = named(several.options, item[1])
            ref = self._ref(several)
            hit = or_(*(self._atom(f"selected({ref}, {literal(name)})", several) for name in names))
            return self._or_else(several, hit)
        if container[0] != "list" or item[0] != "name" or any(each[0] != "value" for each in container[1:]):
            raise Unsayable("it looks for something in a list that is not written out")
        question = self._asked(item[1])
        hit = or_(*(self._equal(item, each).true for each in container[1:]))
        return self._or_else(question, hit)

    def _in_text(self, head: str, target: Any, wanted: Any) -> Pair:
        question = self._text(target)
        if question is None or wanted[0] != "value":
            raise Unsayable("it looks for a part of something that is no plain text")
        if head == "matches":
            call = f"regex({self._ref(question)}, {literal(anywhere(wanted[1]))})"
        elif wanted[1]:
            call = f"{_IN_TEXTS[head]}({self._ref(question)}, {literal(wanted[1])})"
        else:
            return self._or_else(question, self._present(question))
        present = self._present(question)
        return self._or_else(question, and_(present, self._atom(call, question)))

    def _size(self, sign: str, target: Any, limit: Any) -> Pair:
        if limit[0] != "value" or not isinstance(limit[1], int) or isinstance(limit[1], bool):
            raise Unsayable("it compares a number of characters or items with something that is no written number")
        several = self._question(target, Kind.SEVERAL)
        if several is not None:
            return self._count(sign, several, limit[1])
        question = self._text(target)
        if question is None:
            raise Unsayable("it counts something that is neither a plain text nor a list of choices")
        hit = or_(*(self._length(question, least, most) for least, most in _ranges(sign, limit[1])))
        return self._or_else(question, hit)

    def _count(self, sign: str, question: Question, limit: int) -> Pair:
        call = f"count-selected({self._ref(question)}) {'=' if sign == '==' else sign} {limit}"
        return self._or_else(question, and_(self._present(question), self._atom(call, question)))

    def _length(self, question: Question, least: int, most: int | None) -> Formula:
        call = f"regex({self._ref(question)}, {literal(lengths(least, most))})"
        return and_(self._present(question), self._atom(call, question))


def _as_days(tree: Any, term: Term, beside: Term) -> Term:
    """Return the day that a written moment is, where it is compared with a day."""
    if beside.scale is not Scale.DAYS or tree[0] != "value" or not isinstance(tree[1], datetime):
        return term
    moment = tree[1].astimezone(UTC)
    if moment.time() != datetime.min.time():
        raise Unsayable("it compares a date with a moment")
    return Term(f"date('{moment.date().isoformat()}')", Scale.DAYS, is_literal=True)


def _ranges(sign: str, limit: int) -> list[tuple[int, int | None]]:
    """Return the lengths, from and to, that are so related to a limit; a text that is there has one at least."""
    least, most = {
        "<": (1, limit - 1),
        "<=": (1, limit),
        "==": (max(limit, 1), limit),
        ">=": (max(limit, 1), None),
        ">": (max(limit + 1, 1), None),
    }[sign]
    return [(least, most)] if most is None or most >= least else []
