"""Reading stored documents: typed values by name, by a function that is written for one schema.

It knows values of exact JSON types in the form in which they are stored, and gives for them what ``AttributePlan.load``
gives; that is asked for all others. See ``fast`` for what its source is made of.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from math import inf
from typing import TYPE_CHECKING, Any

from jsonattrs_core.builtin.moments import check_date, check_datetime
from jsonattrs_core.builtin.numbers import (
    DECIMAL_CONTEXT,
    MAX_INTEGER,
    MIN_INTEGER,
    check_decimal,
    check_float,
    check_integer,
)
from jsonattrs_core.builtin.simple import check_boolean
from jsonattrs_core.builtin.text import load_text
from jsonattrs_core.compiler.collect import mapping_of
from jsonattrs_core.compiler.fast_lines import STORED_DATETIME
from jsonattrs_core.compiler.size import SMALL
from jsonattrs_core.compiler.source import Source
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jsonattrs_core.compiler.attribute_plan import AttributePlan

__all__ = ["make_reader", "read_document"]

#: What the lines use by name.
_GLOBALS: dict[str, Any] = {
    "MIN": MIN_INTEGER,
    "MAX": MAX_INTEGER,
    "INF": inf,
    "decimal": DECIMAL_CONTEXT.create_decimal,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "deepcopy": deepcopy,
    "NUL": "\x00",
}
#: By the function that reads a type: what tells that ``v`` is such a value as it is stored, and the typed value then.
_STORED: dict[Any, tuple[str, str]] = {
    load_text: ("v.__class__ is str", "v if v.strip() else None"),
    check_integer: ("v.__class__ is int and MIN <= v <= MAX", "v"),
    check_float: ("v.__class__ is float and -INF < v < INF", "v or 0.0"),  # zero may be negative
    check_decimal: (
        "v.__class__ is str and len(v) <= 100 and not v.strip('0123456789.-')",
        "decimal(v) or decimal(v).copy_abs()",
    ),
    check_boolean: ("v is True or v is False", "v"),
    check_date: ("v.__class__ is str and len(v) == 10 and v[4::3] == '--'", "day(v)"),
    check_datetime: (STORED_DATETIME.format("v"), "moment(v)"),
}


def read_document(plans: Sequence[AttributePlan], document: Any) -> dict[str, Any]:
    """Return the typed values of any document at all: what the function of :func:`make_reader` has to give."""
    given = mapping_of(document)
    if given is None:
        return {}
    values = {}
    for plan in plans:
        if plan.key in given:
            values[plan.name] = plan.load(given[plan.key])
        elif plan.initial_default is not UNSET:
            values[plan.name] = deepcopy(plan.initial_default)
    return values


def make_reader(plans: Sequence[AttributePlan]) -> Callable[[Any], dict[str, Any]]:
    """Return the function that reads documents of these attributes. It never raises."""
    source = Source(_GLOBALS)
    source_of_all = source.bind(lambda document: read_document(plans, document))
    lines = [f"if data.__class__ is not dict: return {source_of_all}(data)", "out = {}"]
    for plan in plans:
        lines += _lines(plan, source)
    function: Callable[[Any], dict[str, Any]] = source.function(
        "reader", [*lines, "return out"], f"return {source_of_all}(data)"
    )
    return function


def _lines(plan: AttributePlan, source: Source) -> list[str]:
    key, load, target = source.bind(plan.key), source.bind(plan.load), f"out[{plan.name!r}]"
    lines = [f"if {key} in data:", f"    v = data[{key}]", *(f"    {line}" for line in _reading(plan, target, load))]
    if plan.initial_default is not UNSET:
        lines += ["else:", f"    {target} = {_copied(plan.initial_default, source)}"]
    return lines


def _reading(plan: AttributePlan, target: str, load: str) -> list[str]:
    other = f"{target} = None if v is None else {load}(v)"
    stored = None if plan.multiple else _STORED.get(plan.base.load)
    if stored is None:
        return [other]
    is_stored, value = stored
    return [
        "try:",
        f"    if {is_stored}: {target} = {value}",
        f"    else: {other}",
        f"except Exception: {target} = {load}(v)",
    ]


def _copied(value: Any, source: Source) -> str:
    """Return the expression for a value that each reader may change as he likes."""
    name = source.bind(value)
    return name if value.__class__ in (str, *SMALL) else f"deepcopy({name})"
