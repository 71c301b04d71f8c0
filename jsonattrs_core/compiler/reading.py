"""Reading stored documents: typed values by name, by a function that is written for one schema.

It knows values of exact JSON types in the form in which they are stored, and gives for them what ``AttributePlan.load``
gives; that is asked for all others. A document that has a value for each attribute, as most have, is read at one go.
See ``fast`` for what its source is made of.
"""

from __future__ import annotations

from copy import deepcopy
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from jsonattrs_core.builtin.moments import check_date, check_datetime
from jsonattrs_core.builtin.numbers import MAX_INTEGER, MIN_INTEGER, check_decimal, check_integer, load_float
from jsonattrs_core.builtin.simple import check_boolean
from jsonattrs_core.builtin.text import load_text
from jsonattrs_core.compiler.collect import mapping_of
from jsonattrs_core.compiler.pieces import NAMES, STORED_DATE, STORED_DATETIME, STORED_DECIMAL
from jsonattrs_core.compiler.size import SMALL
from jsonattrs_core.compiler.source import Source
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jsonattrs_core.compiler.attribute_plan import AttributePlan

__all__ = ["make_reader", "read_document"]

#: What the lines use by name.
_GLOBALS: dict[str, Any] = {
    **NAMES,
    "MIN": MIN_INTEGER,
    "MAX": MAX_INTEGER,
    "INF": inf,
    "deepcopy": deepcopy,
    "mapping_of": mapping_of,
}
#: By the function that reads a type: what tells that ``{0}`` is such a value as it is stored, and the typed value then.
_STORED: dict[Any, tuple[str, str]] = {
    load_text: ("{0}.__class__ is str and {0}.strip()", "{0}"),
    check_integer: ("{0}.__class__ is int and MIN <= {0} <= MAX", "{0}"),
    load_float: ("{0}.__class__ is float and -INF < {0} < INF", "{0} or 0.0"),  # zero may be negative
    check_decimal: (STORED_DECIMAL, "number or number.copy_abs()"),  # zero again
    check_boolean: ("{0} is True or {0} is False", "{0}"),
    check_date: (STORED_DATE, "day({0})"),
    check_datetime: (STORED_DATETIME, "moment({0})"),
}
#: Most attributes whose values are read at one go: documents of wider schemas are seldom complete.
_MOST_TOGETHER = 60


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
    lines = ["if type(data) is not dict:", "    data = mapping_of(data)", "    if data is None: return {}"]
    if 1 < len(plans) <= _MOST_TOGETHER:
        lines += _lines_together(plans, source)
    lines.append("out = {}")
    for plan in plans:
        lines += _lines(plan, source)
    function: Callable[[Any], dict[str, Any]] = source.function(
        "reader", [*lines, "return out"], f"return {source_of_all}(data)"
    )
    return function


def _lines_together(plans: Sequence[AttributePlan], source: Source) -> list[str]:
    """Return the lines that read a document in which every key is."""
    values = [f"v{number}" for number in range(len(plans))]
    found = ", ".join(f"{plan.name!r}: {value}" for plan, value in zip(plans, values, strict=True))
    reading = [line for plan, value in zip(plans, values, strict=True) for line in _reading(plan, value, source)]
    return [
        f"if len(data) >= {source.bind(len(plans))}:",
        f"    try: {', '.join(values)} = {source.bind(itemgetter(*(plan.key for plan in plans)))}(data)",
        "    except KeyError: pass",
        "    else:",
        *(f"        {line}" for line in reading),
        f"        return {{{found}}}",
    ]


def _lines(plan: AttributePlan, source: Source) -> list[str]:
    """Return the lines that read the value of one attribute where its key is."""
    key, target = source.bind(plan.key), f"out[{plan.name!r}]"
    reading = [f"v = data[{key}]", *_reading(plan, "v", source), f"{target} = v"]
    lines = [f"if {key} in data:", *(f"    {line}" for line in reading)]
    if plan.initial_default is not UNSET:
        lines += ["else:", f"    {target} = {_copied(plan.initial_default, source)}"]
    return lines


def _reading(plan: AttributePlan, value: str, source: Source) -> list[str]:
    """Return the lines that put the typed value in the place of the stored one, in the variable ``value``."""
    load = source.bind(plan.load)
    stored = None if plan.multiple else _STORED.get(plan.base.load)
    if stored is None:
        return [f"if {value} is not None: {value} = {load}({value})"]
    is_stored, typed = (piece.format(value) for piece in stored)
    lines = [f"if not ({is_stored}): {value} = None if {value} is None else {load}({value})"]
    if typed != value:
        lines.append(f"else: {value} = {typed}")
    return ["try:", *(f"    {line}" for line in lines), f"except Exception: {value} = {load}({value})"]


def _copied(value: Any, source: Source) -> str:
    """Return the expression for a value that each reader may change as he likes."""
    name = source.bind(value)
    return name if value.__class__ in (str, *SMALL) else f"deepcopy({name})"
