"""The fast path: one function, written for one schema, that only ever says "nothing is wrong" or "not sure".

It accepts records of exact JSON types in which nothing is missing that is required, and returns their clean values; for
anything else it returns None, and the collecting tier decides. So it may be narrow, but never wrong: whatever it
accepts, the collecting tier accepts with the same values.

Its source is put together from the fixed pieces below, numbered variables, and ``repr`` of names that the grammar of
names has let pass. Limits, choices and functions reach it as variables, never as text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf
from typing import Any
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

__all__ = ["Fast", "fast_path"]

#: Takes a record; returns its clean values, or None where the collecting tier shall decide.
Fast = Callable[[Any], dict[str, Any] | None]

#: Characters of all texts of a record together, up to which the fast path looks at them.
_MOST_CHARACTERS = 2000


def fast_path(collector: Collector) -> Fast:
    """Return the fast path of the schema that ``collector`` was made for."""
    writer = _Writer(collector)
    for plan in collector.plans.values():
        writer.attribute(plan)
    fast = writer.function()
    if not collector.has_conclusions:
        return fast

    def fast_with_conclusions(data: Any) -> dict[str, Any] | None:
        values = fast(data)
        if values is None:
            return None
        verdict = collector.conclude(values, data)
        return None if verdict.problems or verdict.warnings else verdict.values

    return fast_with_conclusions


class _Writer:
    """Writes the function, attribute by attribute.

    All values are fetched and given a first look before any plugin sees one, since a plugin is promised clean values of
    the base type.
    """

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._first: list[str] = []  # lines of the first look
        self._second: list[str] = []  # lines that call plugins and write converted values
        self._texts: list[str] = []  # expressions that are texts
        self._measured = False
        self._names: dict[str, Any] = {
            "is_normalized": is_normalized,
            "combining": combining,
            "fromisoformat": date.fromisoformat,
            "decimal": DECIMAL_CONTEXT.create_decimal,
        }

    def attribute(self, plan: AttributePlan) -> None:
        """Write the lines for one attribute."""
        value = f"v{len(self._names)}"
        name = repr(plan.name)
        first, second = self._lines(plan, value, name)
        if plan.required and plan.visible_if is None:
            self._first.append(f"{value} = data[{name}]")
            self._first += first
            self._second += second
            return
        self._first += [
            f"if {name} in data:",
            f"    {value} = data[{name}]",
            *([f"    if {value} is not None:"] if first else []),
            *(f"        {line}" for line in first),
            "else:",
            "    known += 1",
            f"    {value} = None",
            *(f"    {line}" for line in self._fill(plan, name)),
        ]
        if second:
            self._second += [f"if {value} is not None:", *(f"    {line}" for line in second)]

    def _fill(self, plan: AttributePlan, name: str) -> list[str]:
        """Return the lines that give a missing attribute its value, where no condition has a say in it."""
        if self._collector.has_conclusions:
            return []
        if plan.default is not None:
            return [f"out[{name}] = {self._bind(plan.default)}()"]
        return [f"out[{name}] = None"] if plan.initial_default is not UNSET else []

    def _lines(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]]:
        """Return the lines of the first look and of the second."""
        write = None if plan.multiple else _WRITERS.get(_base_function(plan))
        lines = write(self, plan, value, name) if write else None
        if lines is None:
            self._measured = self._measured or plan.size is None
            lines = [], self._general(plan, value, name)
        if plan.required and plan.visible_if is None:
            lines[0].insert(0, f"if {value} is None: return None")
        return lines

    def _general(self, plan: AttributePlan, value: str, name: str) -> list[str]:
        """Return the lines for any attribute: its checks one after the other, each of which may raise."""
        strict = self._bind(plan.strict)
        return [
            f"clean = {strict}({value})",
            "if clean is None: return None",
            f"if clean is not {value}: out[{name}] = clean",
        ]

    def text(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]] | None:
        if takes_lines(plan.attribute) or takes_space(plan.attribute):
            return None
        choices = plan.item.choices
        if choices is not None:
            if plan.item.subtype or plan.item.constraints:
                return None
            active = self._bind(choices.active)
            return [f"if {value}.__class__ is not str or {value} not in {active}: return None"], []
        self._texts.append(value if plan.required and plan.visible_if is None else f"({value} or '')")
        first = [f"if {value}.strip() is not {value} or not {value}: return None"]
        return first, [*self._subtype(plan, value, name), *self._constraints(plan, value)]

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
        """Return the lines of the constraints; those that only compare lengths or numbers are written out."""
        lines = []
        for step in plan.item.constraints:
            limit = _plain_limit(plan, step.name) if step.provider == CORE else None
            if limit is not None and step.name in _COMPARISONS:
                lines.append(f"if not {_COMPARISONS[step.name].format(value, self._bind(limit))}: return None")
            else:
                lines.append(f"if {self._bind(step.check)}({value}) is not {value}: return None")
        return lines

    def integer(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]] | None:
        if plan.item.choices or plan.item.subtype:
            return None
        low, high = self._bind(MIN_INTEGER), self._bind(MAX_INTEGER)
        first = [f"if {value}.__class__ is not int or not {low} <= {value} <= {high}: return None"]
        return first, self._constraints(plan, value)

    def float(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]] | None:
        if plan.item.choices or plan.item.subtype:
            return None
        low, high = self._bind(-inf), self._bind(inf)
        strict = self._bind(plan.strict)
        constraints = self._constraints(plan, value)
        return [], [
            f"if {value}.__class__ is not float or not {value}:",  # an int; or zero, which may be negative
            f"    out[{name}] = {strict}({value})",
            f"elif not {low} < {value} < {high}: return None",
            *(["else:"] if constraints else []),
            *(f"    {line}" for line in constraints),
        ]

    def decimal(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]] | None:
        if plan.item.choices or plan.item.subtype:
            return None
        return [], [
            f"if {value}.__class__ is not str or len({value}) > 100 or {value}.strip('0123456789.-'): return None",
            f"{value} = decimal({value})",
            f"if not {value}: {value} = {value}.copy_abs()",
            *self._constraints(plan, value),
            f"out[{name}] = {value}",
        ]

    def boolean(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]] | None:
        if plan.item.choices or plan.item.subtype or plan.item.constraints:
            return None
        return [f"if {value} is not True and {value} is not False: return None"], []

    def date(self, plan: AttributePlan, value: str, name: str) -> tuple[list[str], list[str]] | None:
        if plan.item.choices or plan.item.subtype:
            return None
        return [], [
            # Of ten characters, fromisoformat also reads a year, a week and a day: 2024-W01-1.
            f"if len({value}) != 10 or {value}[5] == 'W': return None",
            f"{value} = fromisoformat({value})",
            *self._constraints(plan, value),
            f"out[{name}] = {value}",
        ]

    def function(self) -> Fast:
        """Return the function that was written."""
        lines = [
            "out = data.copy()",
            "known = len(data)",
            *self._first,
            f"if known != {len(self._collector.plans)}: return None",
            *self._text_lines(),
            *self._second,
            *([f"if {self._bind(self._collector.may_be_too_large)}(out): return None"] if self._measured else []),
            "return out",
        ]
        source = "\n        ".join(["def fast(data):\n    if data.__class__ is not dict: return None\n    try:", *lines])
        source += "\n    except Exception: return None\n"
        exec(compile(source, "<jsonattrs fast path>", "exec"), self._names)  # noqa: S102 - see the module's docstring
        return self._names["fast"]  # type: ignore[no-any-return]

    def _text_lines(self) -> list[str]:
        """Return the lines that look at the characters of all texts at once, which is cheaper than at each."""
        if not self._texts:
            return []
        return [
            f"text = ''.join(({', '.join(self._texts)},))",  # which refuses all but str; subclasses fail at strip()
            f"if not text.isprintable() or len(text) > {_MOST_CHARACTERS}: return None",
            "if not text.isascii() and (not is_normalized('NFC', text) or any(map(combining, text[30::31]))): "
            "return None",
        ]

    def _bind(self, value: Any) -> str:
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name


_Lines = Callable[[_Writer, AttributePlan, str, str], tuple[list[str], list[str]] | None]

#: How the attributes of the built-in base types are written, by the function that defines the type: another plugin's
#: type of the same name has another function, and takes the general way.
_WRITERS: dict[Any, _Lines] = {
    TEXT.check: _Writer.text,
    check_integer: _Writer.integer,
    check_float: _Writer.float,
    check_decimal: _Writer.decimal,
    check_boolean: _Writer.boolean,
    check_date: _Writer.date,
}
_COMPARISONS = {
    "min_length": "len({0}) >= {1}",
    "max_length": "len({0}) <= {1}",
    "min": "{0} >= {1}",
    "max": "{0} <= {1}",
    "exclusive_min": "{0} > {1}",
    "exclusive_max": "{0} < {1}",
}


def _base_function(plan: AttributePlan) -> Any:
    return plan.base.check


def _plain_limit(plan: AttributePlan, name: str) -> int | float | None:
    """Return the limit that a constraint compares with, None where it is no plain number."""
    limit = (plan.attribute.constraints or {}).get(name)
    wanted = (int, float) if plan.base.python in (int, float) else (int,)
    if plan.base.python in (int, float, str) and limit.__class__ in wanted:
        return limit  # type: ignore[no-any-return]
    return None
