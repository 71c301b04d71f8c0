"""The fast tier: one function, written for one schema, that lets good values pass at little cost.

It knows records of exact JSON types. A value in which it sees nothing wrong is clean; one that it is not sure of
becomes a suspect, and the collecting tier decides on it. So it may be narrow, but never wrong: what it lets pass, the
collecting tier lets pass with the same clean value.

Its source is put together from the fixed pieces below, numbered variables, and ``repr`` of names that the grammar of
names has let pass. Limits, choices and functions reach it as variables, never as text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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
from jsonattrs_core.compiler.collect import AttributePlan, Collector
from jsonattrs_core.messages import CORE
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

    suspect: str = ""  #: an expression that is true where the value is suspect; all are in doubt where it raises
    convert: tuple[str, ...] = ()  #: lines that convert the value or call plugins; an exception makes it a suspect
    is_text: bool = False  #: its characters are looked at together with those of the other texts


class _Writer:
    """Writes the function, attribute by attribute.

    All values are fetched and given a first look before any plugin sees one, since a plugin is promised clean values of
    the base type.
    """

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._fetched: dict[str, str] = {}  # variables of the attributes that every record must give, and their names
        self._first: list[str] = []
        self._second: list[str] = []
        self._texts: list[str] = []
        self._measured = False
        self._names: dict[str, Any] = {
            "is_normalized": is_normalized,
            "combining": combining,
            "fromisoformat": date.fromisoformat,
            "decimal": DECIMAL_CONTEXT.create_decimal,
        }

    def attribute(self, position: int, plan: AttributePlan) -> None:
        """Write the lines for one attribute."""
        value, name = f"v{position}", repr(plan.name)
        lines = self._lines(plan, value, name)
        doubt = f"suspects.append({position}); {value} = {'EMPTY' if lines.is_text else None}"
        if plan.required and plan.visible_if is None and plan.default is None:
            self._fetched[value] = plan.name
            self._first.append(f"if {lines.suspect or f'{value} is None'}: {doubt}")
        else:
            self._first += [f"if {name} in data:", f"    {value} = data[{name}]"]
            self._first += [f"    {line}" for line in self._first_look(lines, value, doubt)]
            self._first += ["else:", *(f"    {line}" for line in self._missing(plan, value, name, lines))]
        if lines.is_text:
            self._texts.append(value)
        if lines.convert:
            self._second.append(f"if {value}:" if lines.is_text else f"if {value} is not None:")
            self._second += ["    try:", *(f"        {line}" for line in lines.convert)]
            self._second.append(f"    except Exception: suspects.append({position})")

    def _first_look(self, lines: _Lines, value: str, doubt: str) -> list[str]:
        """Return the lines for an attribute that may be null."""
        if lines.is_text:
            return [f"if {value} is None: {value} = EMPTY", f"elif {lines.suspect}: {doubt}"]
        return [f"if {value} is not None and ({lines.suspect}): {doubt}"] if lines.suspect else []

    def _missing(self, plan: AttributePlan, value: str, name: str, lines: _Lines) -> list[str]:
        """Return the lines for a missing attribute, which may have a default if no condition has a say in it."""
        found = ["known += 1", f"{value} = {'EMPTY' if lines.is_text else None}"]
        if not self._collector.has_conclusions:
            if plan.default is not None:
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

    def text(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if takes_lines(plan.attribute) or takes_space(plan.attribute):
            return None
        choices = plan.item.choices
        if choices is None:
            # A subclass of str is refused as well: its strip gives another object.
            suspect = f"{value}.strip() is not {value} or not {value}"
            return _Lines(suspect, (*self._subtype(plan, value, name), *self._constraints(plan, value)), is_text=True)
        if plan.item.subtype or plan.item.constraints:
            return None
        return _Lines(f"{value}.__class__ is not str or {value} not in {self._bind(choices.active)}")

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

    def _constraints(self, plan: AttributePlan, value: str, done: Collection[str] = ()) -> list[str]:
        """Return the lines of the constraints but for those ``done``; lengths are compared without a call."""
        lines = []
        for step in plan.item.constraints:
            limit = _plain_limit(plan, step)
            if step.name in done and limit is not None:
                continue
            if step.name in _LENGTHS and limit is not None:
                lines.append(f"if len({value}) {_LENGTHS[step.name]} {self._bind(limit)}: raise ValueError")
            else:
                lines.append(f"if {self._bind(step.check)}({value}) is not {value}: raise ValueError")
        return lines

    def _range(self, plan: AttributePlan, value: str, low: float, high: float, sign: str) -> str:
        """Return the comparison of a number with its bounds, those of ``min`` and ``max`` where they are plain."""
        bounds = {"min": (low, sign), "max": (high, sign)}
        for step in plan.item.constraints:
            limit = _plain_limit(plan, step)
            if step.name in bounds and limit is not None and low < limit < high:
                bounds[step.name] = (limit, "<=")
        (least, above), (most, below) = bounds.values()
        return f"{self._bind(least)} {above} {value} {below} {self._bind(most)}"

    def integer(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if plan.item.choices or plan.item.subtype:
            return None
        within = self._range(plan, value, MIN_INTEGER, MAX_INTEGER, "<=")
        rest = self._constraints(plan, value, ("min", "max"))
        return _Lines(f"{value}.__class__ is not int or not {within}", tuple(rest))

    def float(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if plan.item.choices or plan.item.subtype or self._constraints(plan, value, ("min", "max")):
            return None
        within = self._range(plan, value, -inf, inf, "<")
        strict = (
            f"if {value}.__class__ is not float or not {value}:",  # an int; or zero, which may be negative
            f"    out[{name}] = {self._bind(plan.strict)}({value})",
        )
        return _Lines(f"{value}.__class__ is float and not {within}", strict)

    def decimal(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
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

    def boolean(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
        if plan.item.choices or plan.item.subtype or plan.item.constraints:
            return None
        return _Lines(f"{value} is not True and {value} is not False")

    def date(self, plan: AttributePlan, value: str, name: str) -> _Lines | None:
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
            "try:",
            *(f"    {line}" for line in [*self._first, *self._text_lines()] or ["pass"]),
            "except Exception: return doubt(data, None, suspects)",
            *self._second,
            f"unknown = known != {len(self._collector.plans)}",
            "if unknown or suspects: return doubt(data, out, suspects, unknown)",
        ]
        if self._measured:
            lines.append(f"if {self._bind(self._collector.may_be_too_large)}(out): return doubt(data, None, suspects)")
        head = ["def fast(data):", "if data.__class__ is not dict: return doubt(data, None, [])"]
        source = "\n    ".join([*head, *lines, "return out\n"])
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
            f"    {values}, = map(data.get, {self._bind(names)})",
            f"    known += sum(name not in data for name in {self._bind(names)})",
        ]

    def _text_lines(self) -> list[str]:
        """Return the lines that look at the characters of all texts at once, which is cheaper than at each."""
        if not self._texts:
            return []
        return [
            f"text = ''.join(({', '.join(self._texts)},))",  # which refuses whatever else has a method strip
            f"if not text.isprintable() or len(text) > {_MOST_CHARACTERS}: return doubt(data, None, suspects)",
            # Too few bytes beyond one a character for a long run of combining characters; else one of 31 is looked at.
            "if not text.isascii() and (not is_normalized('NFC', text) "
            "or len(text.encode()) - len(text) > 30 and any(map(combining, text[30::31]))): "
            "return doubt(data, None, suspects)",
        ]

    def _bind(self, value: Any) -> str:
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name


_LineWriter = Callable[[_Writer, AttributePlan, str, str], _Lines | None]

#: How the attributes of the built-in base types are written, by the function that defines the type: another plugin's
#: type of the same name has another function, and takes the general way.
_WRITERS: dict[Any, _LineWriter] = {
    TEXT.check: _Writer.text,
    check_integer: _Writer.integer,
    check_float: _Writer.float,
    check_decimal: _Writer.decimal,
    check_boolean: _Writer.boolean,
    check_date: _Writer.date,
}
_LENGTHS = {"min_length": "<", "max_length": ">"}


def _stored(clean: str, value: str, name: str) -> tuple[str, ...]:
    return (f"if {clean} is None: raise ValueError", f"if {clean} is not {value}: out[{name}] = {clean}")


def _plain_limit(plan: AttributePlan, step: Step) -> int | float | None:
    """Return the limit of a built-in constraint, None where it is no number that a comparison can be written with."""
    limit = (plan.attribute.constraints or {}).get(step.name)
    exact = limit.__class__ is int or (limit.__class__ is float and plan.base.python is float)
    return limit if exact and step.provider == CORE and plan.base.python in (int, float, str) else None
