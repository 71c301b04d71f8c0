"""The fast tier: one function, written for one schema, that lets good values pass at little cost.

It knows records of exact JSON types. A value in which it sees nothing wrong is clean; one that it is not sure of
becomes a suspect, and the collecting tier decides on it. So it may be narrow, but never wrong: what it lets pass, the
collecting tier lets pass with the same clean value.

Its source is put together from the fixed pieces below, numbered variables, and ``repr`` of names that the grammar of
names has let pass. Limits, choices and functions reach it as variables, never as text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import combining, is_normalized

from jsonattrs_core.builtin.moments import check_date
from jsonattrs_core.builtin.numbers import (
    DECIMAL_CONTEXT,
    MAX_INTEGER,
    MIN_INTEGER,
    check_decimal,
    check_float,
    check_integer,
)
from jsonattrs_core.builtin.simple import check_boolean
from jsonattrs_core.builtin.text import TEXT, takes_lines, takes_space
from jsonattrs_core.compiler.collect import AttributePlan, Collector, Suspect
from jsonattrs_core.errors import Invalid
from jsonattrs_core.messages import CORE, Problem
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from jsonattrs_core.compiler.items import Step

__all__ = ["Fast", "fast_tier"]

#: Takes a record; returns the clean record where nothing is wrong, else what ``doubt`` makes of it.
Fast = Callable[[Any], Any]

#: Characters of all texts of a record together, up to which the fast tier looks at them.
_MOST_CHARACTERS = 2000


def fast_tier(collector: Collector, doubt: Callable[..., Any]) -> Fast:
    """Return the fast tier of the schema that ``collector`` was made for.

    ``doubt`` is called as :meth:`Collector.resolve` where anything is wrong, or may be.
    """
    writer = _Writer(collector)
    for position, plan in enumerate(collector.plans.values()):
        writer.attribute(position, plan)
    return writer.function(doubt)


class _Lines(NamedTuple):
    """What is written for one attribute."""

    suspect: str = ""  #: an expression, which cannot raise, that is true where the value is suspect
    otherwise: tuple[str, ...] = ()  #: lines, from an `elif` on, for a value that is not
    block: tuple[str, ...] = ()  #: lines that take the place of both
    convert: tuple[str, ...] = ()  #: lines that convert the value or call plugins; an exception makes it a suspect
    refusal: str = ""  #: function that makes a suspect of an Invalid raised there, which says all that there is to say
    is_text: bool = False  #: its characters are looked at together with those of the other texts


class _Writer:
    """Writes the function, attribute by attribute.

    All values are fetched and given a first look before any plugin sees one, since a plugin is promised clean values of
    the base type.
    """

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._fetched: dict[str, str] = {}  # variables of the attributes that every record must give, and their names
        self._fetch: list[str] = []
        self._first: list[str] = []
        self._second: list[str] = []
        self._texts: list[str] = []
        self._no_texts: list[str] = []
        self._measured = False
        self._names: dict[str, Any] = {
            "is_normalized": is_normalized,
            "combining": combining,
            "fromisoformat": date.fromisoformat,
            "decimal": DECIMAL_CONTEXT.create_decimal,
            "exact_float": check_float,
            "Invalid": Invalid,
        }

    def attribute(self, position: int, plan: AttributePlan) -> None:
        """Write the lines for one attribute."""
        value, name = f"v{position}", repr(plan.name)
        lines = self._lines(plan, value, name)
        suspect = self._bind((position, None))
        doubt = f"suspects.append({suspect}); {value} = {'EMPTY' if lines.is_text else None}"
        must = plan.required and plan.visible_if is None and plan.default is None
        if must:
            self._fetched[value] = plan.name
        else:
            self._fetch += [f"if {name} in data:", f"    {value} = data[{name}]"]
            demanded = plan.required and plan.visible_if is None
            if lines.is_text:
                null = doubt if demanded else f"{value} = EMPTY"
                self._fetch += [f"    if {value} is None: {null}", f"    elif not {value}: {doubt}"]
            elif demanded:
                self._fetch.append(f"    if {value} is None: {doubt}")
            self._fetch += ["else:", *(f"    {line}" for line in self._missing(plan, value, name, lines, suspect))]
        if lines.is_text:
            self._texts.append(value)
            self._no_texts.append(f"if {value}.__class__ is not str: {doubt}")
        self._first += self._first_look(lines, value, doubt, must=must)
        if lines.convert:
            self._second.append(f"if {value}:" if lines.is_text else f"if {value} is not None:")
            self._second += ["    try:", *(f"        {line}" for line in lines.convert)]
            if lines.refusal:
                self._second.append(f"    except Invalid as error: suspects.append({lines.refusal}(error))")
            self._second.append(f"    except Exception: suspects.append({suspect})")

    def _first_look(self, lines: _Lines, value: str, doubt: str, *, must: bool) -> list[str]:
        """Return the lines that find a suspect without calling anybody."""
        suspect = lines.suspect or (f"{value} is None or {value} is EMPTY" if must else "")
        if lines.is_text and must:
            suspect += f" or not {value}"
        first = lines.block or ([f"if {suspect}: {doubt}", *lines.otherwise] if suspect else [])
        if must or not first:
            return list(first)
        return [f"if {value}:" if lines.is_text else f"if {value} is not None:", *(f"    {line}" for line in first)]

    def _missing(self, plan: AttributePlan, value: str, name: str, lines: _Lines, suspect: str) -> list[str]:
        """Return the lines for a missing attribute, which may have a default if no condition has a say in it."""
        found = ["known += 1", f"{value} = {'EMPTY' if lines.is_text else None}"]
        if not self._collector.has_conclusions:
            if plan.default_moves:
                found.append(f"suspects.append({suspect})")
            elif plan.default is not None:
                found.append(f"out[{name}] = {self._bind(plan.default)}()")
            elif plan.initial_default is not UNSET:
                found.append(f"out[{name}] = None")
        return found

    def _lines(self, plan: AttributePlan, value: str, name: str) -> _Lines:
        write = None if plan.multiple else _WRITERS.get(plan.base.check)
        lines = write(self, plan, value, name) if write else None
        if lines is not None:
            return lines
        self._measured = self._measured or plan.size is None
        return _Lines(convert=(f"clean = {self._bind(plan.strict)}({value})", *_stored("clean", value, name)))

    def write_text(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if takes_lines(plan.attribute) or takes_space(plan.attribute):
            return None
        choices = plan.item.choices
        if choices is None:
            # A subclass of str is refused as well: its strip gives another object.
            suspect = f"{value}.strip() is not {value}"
            lengths = self._lengths(plan, value)
            if lengths is not None:
                return _Lines(suspect, otherwise=lengths, is_text=True)
            convert = (*self._subtype(plan, value, name), *self._constraints(plan, value))
            return _Lines(suspect, convert=convert, refusal=self._refusal(plan), is_text=True)
        if plan.item.subtype or plan.item.constraints:
            return None
        return _Lines(f"{value}.__class__ is not str or {value} not in {self._bind(choices.active)}")

    def _lengths(self, plan: AttributePlan, value: str) -> tuple[str, ...] | None:
        """Return the lines that find a text too short or too long; None where there is more to check than that.

        Its length counts for what it is only if its characters turn out to be clean; else everything is in doubt.
        """
        limits = [(step.name, _plain_limit(plan, step)) for step in plan.item.constraints]
        if plan.item.subtype or any(limit is None for _, limit in limits) or len(limits) > 1:
            return None
        return tuple(
            f"elif len({value}) {_LENGTHS[name]} {self._bind(limit)}: suspects.append({self._known(plan, name, limit)})"
            for name, limit in limits
        )

    def _refusal(self, plan: AttributePlan) -> str:
        """Return the variable of a function for what the subtype raises, "" where something else may raise there."""
        step = plan.item.subtype
        if step is None or any(_plain_limit(plan, step) is None for step in plan.item.constraints):
            return ""
        position = list(self._collector.plans).index(plan.name)
        codes, path, provider = step.codes, plan.path, step.provider

        def suspect(error: Invalid) -> Suspect:
            if error.code in codes:
                return position, None
            return position, Problem(path, error.code, error.params, provider)

        return self._bind(suspect)

    def _known(self, plan: AttributePlan, code: str, limit: int | float | None) -> str:
        """Return the variable of a problem of which all is known here: a clean value exceeds a plain limit."""
        position = list(self._collector.plans).index(plan.name)
        return self._bind((position, Problem(plan.path, code, {"limit": limit})))

    def _subtype(self, plan: AttributePlan, value: str, name: str) -> list[str]:
        if plan.item.subtype is None:
            return []
        check, again = self._bind(plan.item.subtype.check), self._bind(plan.item.again)
        return [
            f"clean = {check}({value})",
            f"if clean is not {value}:",
            "    if clean.__class__ is not str or not clean.isascii() or not clean.isprintable() "
            "or not clean or clean.strip() is not clean:",
            f"        clean = {again}(clean, {value})",
            f"    {value} = out[{name}] = clean",
        ]

    def _constraints(self, plan: AttributePlan, value: str) -> list[str]:
        """Return the lines of the constraints; lengths are compared without a call."""
        lines = []
        for step in plan.item.constraints:
            limit = _plain_limit(plan, step)
            if limit is not None and step.name in _LENGTHS:
                lines.append(f"if len({value}) {_LENGTHS[step.name]} {self._bind(limit)}: raise ValueError")
            else:
                lines.append(f"if {self._bind(step.check)}({value}) is not {value}: raise ValueError")
        return lines

    def write_integer(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        return self._number(plan, value, "int", (MIN_INTEGER, "<=", MAX_INTEGER), (), ())

    def write_float(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        # A whole number without a point is common, and zero may be negative: neither is kept as it is written.
        whole = (
            f"if {value}.__class__ is int:",
            f"    try: {value} = out[{name}] = exact_float({value})",
            "    except Invalid: pass",  # it stays an int, and so becomes a suspect
        )
        zero = f"if not {value}: out[{name}] = 0.0"
        return self._number(plan, value, "float", (-inf, "<", inf), whole, (zero,))

    def _number(
        self,
        plan: AttributePlan,
        value: str,
        python: str,
        bounds: tuple[float, str, float],
        before: tuple[str, ...],
        after: tuple[str, ...],
    ) -> _Lines | None:
        """Return the lines for a number: one condition for a good one, and a block for the others.

        A number that exceeds a limit is no suspect: all that there is to say of it is known here.
        """
        limits = [(step.name, _plain_limit(plan, step)) for step in plan.item.constraints]
        if plan.item.choices or plan.item.subtype or any(limit is None for _, limit in limits):
            return None
        position = list(self._collector.plans).index(plan.name)
        low, sign, high = bounds
        is_number = f"{value}.__class__ is {python} and {self._bind(low)} {sign} {value} {sign} {self._bind(high)}"
        exceeded = []
        for limit_name, limit in limits:
            comparison = f"{value} {_COMPARISONS[limit_name]} {self._bind(limit)}"
            exceeded.append(f"if not {comparison}: suspects.append({self._known(plan, limit_name, limit)})")
        good = " and ".join(
            [f"{value}.__class__ is {python}", *([value] if after else []), *self._within(limits, value, bounds)]
        )
        doubt = f"suspects.append({self._bind((position, None))}); {value} = None"
        return _Lines(
            block=(
                f"if not ({good}):",
                *(f"    {line}" for line in before),
                f"    if not ({is_number}): {doubt}",
                *(["    else:"] if exceeded or after else []),
                *(f"        {line}" for line in (*exceeded, *after)),
            )
        )

    def _within(
        self, limits: list[tuple[str, int | float | None]], value: str, bounds: tuple[float, str, float]
    ) -> list[str]:
        """Return the comparisons of a good number: the bounds of its type, or closer limits in their place."""
        given = dict(limits)
        low, sign, high = bounds
        least, most = given.get("min"), given.get("max")
        above = (least, "<=") if least is not None and low < least else (low, sign)
        below = (most, "<=") if most is not None and most < high else (high, sign)
        chain = f"{self._bind(above[0])} {above[1]} {value} {below[1]} {self._bind(below[0])}"
        other = [(name, limit) for name, limit in limits if name not in ("min", "max")]
        return [chain, *(f"{value} {_COMPARISONS[name]} {self._bind(limit)}" for name, limit in other)]

    def write_decimal(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if plan.item.choices or plan.item.subtype:
            return None
        return _Lines(
            convert=(
                f"if len({value}) > 100 or {value}.strip('0123456789.-'): raise ValueError",
                f"{value} = decimal({value})",
                f"if not {value}: {value} = {value}.copy_abs()",
                *self._constraints(plan, value),
                f"out[{name}] = {value}",
            ),
        )

    def write_boolean(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if plan.item.choices or plan.item.subtype or plan.item.constraints:
            return None
        return _Lines(f"{value} is not True and {value} is not False")

    def write_date(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if plan.item.choices or plan.item.subtype:
            return None
        # Of ten characters, fromisoformat also reads a year, a week and a day: 2024-W01-1.
        form = f"if len({value}) != 10 or {value}[5] == 'W': raise ValueError"
        constraints = self._constraints(plan, value)
        if not constraints:
            return _Lines(convert=(form, f"out[{name}] = fromisoformat({value})"))
        return _Lines(convert=(form, f"{value} = fromisoformat({value})", *constraints, f"out[{name}] = {value}"))

    def function(self, doubt: Any) -> Fast:
        """Return the function that was written."""
        self._names |= {"doubt": doubt, "EMPTY": ""}
        lines = [
            "out = {**data}",
            "known = len(data)",
            "suspects = []",
            *self._fetching(),
            *self._fetch,
            *self._joining(),
            *self._first,
            *self._text_lines(),
            *self._second,
            f"unknown = known != {len(self._collector.plans)}",
            "if unknown or suspects: return doubt(data, out, suspects, unknown)",
        ]
        if self._measured:
            lines.append(f"if {self._bind(self._collector.may_be_too_large)}(out): return doubt(data, None, suspects)")
        # What raises outside of a plugin's call is an object that lies about its class: the collecting tier looks on.
        head = ["def fast(data):", "    try:", "        if data.__class__ is not dict: return doubt(data, None, [])"]
        tail = ["        return out", "    except Exception: return doubt(data, None, [])", ""]
        source = "\n".join([*head, *(f"        {line}" for line in lines), *tail])
        exec(compile(source, "<jsonattrs fast tier>", "exec"), self._names)  # noqa: S102 - see the module's docstring
        return self._names["fast"]  # type: ignore[no-any-return]

    def _fetching(self) -> list[str]:
        if not self._fetched:
            return []
        names = tuple(self._fetched.values())
        values = ", ".join(self._fetched)
        return [
            f"try: {values} = {self._bind(itemgetter(*names))}(data)",
            "except KeyError:",
            f"    {values}, = [data.get(name, EMPTY) for name in {self._bind(names)}]",
            f"    known += {len(names)} - sum(map(data.__contains__, {self._bind(names)}))",
        ]

    def _joined(self) -> str:
        return f"''.join(({', '.join(self._texts)},))"

    def _joining(self) -> list[str]:
        """Return the lines that join all texts, which also tells whether they are texts."""
        if not self._texts:
            return []
        return [
            f"try: text = {self._joined()}",
            "except TypeError:",
            *(f"    {line}" for line in self._no_texts),
        ]

    def _text_lines(self) -> list[str]:
        """Return the lines that look at the characters of all texts at once, which is cheaper than at each."""
        if not self._texts:
            return []
        return [
            f"if suspects: text = {self._joined()}",
            f"if len(text) > {_MOST_CHARACTERS} or not text.isprintable(): return doubt(data, None, suspects)",
            "if not text.isascii():",
            # All of Latin-1 is in NFC and combines with nothing. Of other characters it takes more than 30 to make a
            # long run of combining ones; such a run covers one of every 31 positions.
            "    high = len(text) - len(text.encode('latin-1', 'ignore'))",
            "    if high and (not is_normalized('NFC', text) or high > 30 and any(map(combining, text[30::31]))):",
            "        return doubt(data, None, suspects)",
        ]

    def _bind(self, value: Any) -> str:
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name


_LineWriter = Callable[[_Writer, AttributePlan, str, str], _Lines | None]

#: How the attributes of the built-in base types are written, by the function that defines the type: another plugin's
#: type of the same name has another function, and takes the general way.
_WRITERS: dict[Any, _LineWriter] = {
    TEXT.check: _Writer.write_text,
    check_integer: _Writer.write_integer,
    check_float: _Writer.write_float,
    check_decimal: _Writer.write_decimal,
    check_boolean: _Writer.write_boolean,
    check_date: _Writer.write_date,
}
_LENGTHS = {"min_length": "<", "max_length": ">"}
_COMPARISONS = {"min": ">=", "max": "<=", "exclusive_min": ">", "exclusive_max": "<"}


def _stored(clean: str, value: str, name: str) -> tuple[str, ...]:
    return (f"if {clean} is None: raise ValueError", f"if {clean} is not {value}: out[{name}] = {clean}")


def _plain_limit(plan: AttributePlan, step: Step) -> int | float | None:
    """Return the limit of a built-in constraint, None where it is no number that a comparison can be written with."""
    limit = (plan.attribute.constraints or {}).get(step.name)
    known = step.name in (_LENGTHS if plan.base.python is str else _COMPARISONS) and step.provider == CORE
    exact = limit.__class__ is int or (limit.__class__ is float and plan.base.python is float)
    return limit if known and exact and plan.base.python in (int, float, str) else None
