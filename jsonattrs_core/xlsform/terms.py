"""What an expression compares: numbers, days and moments, as XPath calculates them.

A term without a value is no number (NaN), and every comparison with that is false.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.xlsform.questions import Kind
from jsonattrs_core.xlsform.xpath import Unsayable, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.xlsform.questions import Question

__all__ = ["Scale", "Term", "moment_literal", "term_of"]

#: Whole numbers in a calculation are no larger; a form's have 32 bits, and so no sum of them is inexact.
_LARGEST = 2**31


class Scale(Enum):
    """What a term counts; only terms of one scale are compared."""

    WHOLE = auto()
    NUMBER = auto()
    DAYS = auto()
    MOMENT = auto()
    SPAN = auto()  #: days between two dates


class Term(NamedTuple):
    """A number in an expression."""

    text: str
    scale: Scale
    needs: frozenset[str] = frozenset()
    is_literal: bool = False


_SCALES = {Kind.WHOLE: Scale.WHOLE, Kind.NUMBER: Scale.NUMBER, Kind.DATE: Scale.DAYS, Kind.MOMENT: Scale.MOMENT}


def term_of(tree: Any, asked: Callable[[str], Question], ref: Callable[[Question], str]) -> Term | None:
    """Return the term that a syntax tree is, None where it is no number. Raises Unsayable."""
    return _Reading(asked, ref).term(tree)


class _Reading:
    def __init__(self, asked: Callable[[str], Question], ref: Callable[[Question], str]) -> None:
        self._asked = asked
        self._ref = ref

    def term(self, tree: Any) -> Term | None:
        head = tree[0]
        if head == "value":
            return _literal(tree[1])
        if head == "name":
            return self._name(self._asked(tree[1]))
        if head == "today":
            return Term("today()", Scale.DAYS)
        if head == "now":
            return Term("decimal-date-time(now())", Scale.MOMENT)
        if head == "getFullYear":
            return self._year(tree[1])
        return self._calculation(tree) if head in ("+", "-") else None

    def _name(self, question: Question) -> Term | None:
        scale = _SCALES.get(question.kind)
        if scale is None:
            return None
        ref = self._ref(question)
        text = f"decimal-date-time({ref})" if scale is Scale.MOMENT else ref
        return Term(text, scale, frozenset({question.attribute}))

    def _year(self, tree: Any) -> Term:
        date = self.term(tree)
        if date is None or date.scale is not Scale.DAYS:
            raise Unsayable("it asks for a part of something that is no date")
        return Term(f"number(format-date({date.text}, '%Y'))", Scale.WHOLE, date.needs)

    def _calculation(self, tree: Any) -> Term:
        sign, *operands = tree
        terms = [self.term(operand) for operand in operands]
        if len(terms) == 1 and terms[0] is not None and terms[0].scale is Scale.WHOLE:
            return Term(f"-({terms[0].text})", Scale.WHOLE, terms[0].needs)
        left, right = terms if len(terms) == 2 else (None, None)
        if left is None or right is None:
            raise Unsayable("it calculates with something that is no number")
        scale = _scale_of(sign, left.scale, right.scale)
        if any(_is_large(operand) for operand in operands):
            raise Unsayable("it calculates with a number that is too large for a form")
        both = f"({left.text} {sign} {right.text})"
        return Term(both, scale, left.needs | right.needs)


def _scale_of(sign: str, left: Scale, right: Scale) -> Scale:
    if left is right is Scale.WHOLE:
        return Scale.WHOLE
    if sign == "-" and left is right is Scale.DAYS:
        return Scale.SPAN
    raise Unsayable("it calculates with numbers that forms would round in another way")


def _is_large(tree: Any) -> bool:
    return tree[0] == "value" and isinstance(tree[1], int) and abs(tree[1]) > _LARGEST


def _literal(value: Any) -> Term | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Term(number(value), Scale.WHOLE, is_literal=True)
    if isinstance(value, float):
        return Term(number(value), Scale.NUMBER, is_literal=True)
    if isinstance(value, timedelta):
        return _span(value)
    if isinstance(value, datetime):
        return Term(moment_literal(value), Scale.MOMENT, is_literal=True)
    return None


def _span(value: timedelta) -> Term:
    if value % timedelta(days=1):
        raise Unsayable("it counts parts of days")
    return Term(str(value.days), Scale.SPAN, is_literal=True)


def moment_literal(value: datetime) -> str:
    """Return a moment as a number of days, as apps count them. Raises Unsayable where it has parts of milliseconds."""
    if value.microsecond % 1000:
        raise Unsayable("it has a moment with parts of milliseconds")
    written = value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return f"decimal-date-time('{written}Z')"
