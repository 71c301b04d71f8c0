"""Writing documents: JSON values by key, by a function that is written for one schema.

It knows clean values of exact classes, in a record that gives every attribute in the order of the schema, as most do.
Other records are written value by value, in their own order; and ``AttributePlan.dump`` is asked for other values. See
``fast`` for what its source is made of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from jsonattrs_core.builtin.moments import dump_datetime, iso
from jsonattrs_core.builtin.numbers import dump_decimal
from jsonattrs_core.builtin.simple import dump_boolean
from jsonattrs_core.compiler.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jsonattrs_core.compiler.attribute_plan import AttributePlan

__all__ = ["make_writer"]

#: By the function that writes a type, and the class of its values: what it gives for ``{0}`` of just that class.
_WRITTEN: dict[Any, str] = {
    (str, str): "{0}",
    (int, int): "{0}",
    (float, float): "{0}",
    (dump_boolean, bool): "{0}",
    (iso, date): "{0}.isoformat()",
    (dump_decimal, Decimal): "{0}.__format__('f')",
    (dump_datetime, datetime): "dump_datetime({0})",
}
#: Most attributes whose values are written at one go: records of wider schemas are seldom complete.
_MOST_TOGETHER = 60

Writer = Callable[[Any], dict[str, Any]]


def make_writer(plans: Sequence[AttributePlan]) -> Writer:
    """Return the function that writes records of these attributes. Raises KeyError for a name that is none."""
    one_by_one = _writer_of_any(plans)
    if not 1 < len(plans) <= _MOST_TOGETHER:
        return one_by_one
    source = Source({"dump_datetime": dump_datetime})
    names, otherwise = tuple(plan.name for plan in plans), f"return {source.bind(one_by_one)}(data)"
    values = [(plan, f"v{number}") for number, plan in enumerate(plans)]
    lines = [
        f"if data.__class__ is not dict or tuple(data) != {source.bind(names)}: {otherwise}",
        f"{', '.join(value for _, value in values)} = {source.bind(itemgetter(*names))}(data)",
        *(line for plan, value in values for line in _writing(plan, value, source)),
        f"return {{{', '.join(f'{_key(plan, source)}: {value}' for plan, value in values)}}}",
    ]
    function: Writer = source.function("writer", lines, otherwise)
    return function


def _writer_of_any(plans: Sequence[AttributePlan]) -> Writer:
    """Return the function that writes any record, value by value."""
    places = {plan.name: (plan.key, plan.base.python if _written(plan) == "{0}" else None, plan.dump) for plan in plans}

    def write(record: Mapping[str, Any]) -> dict[str, Any]:
        document = {}
        for name, value in record.items():
            key, kept, dump = places[name]
            document[key] = value if type(value) is kept else dump(value)
        return document

    return write


def _written(plan: AttributePlan) -> str | None:
    """Return what is written for a value of just the type's class, None where ``AttributePlan.dump`` is asked."""
    return None if plan.multiple else _WRITTEN.get((plan.base.dump, plan.base.python))


def _writing(plan: AttributePlan, value: str, source: Source) -> list[str]:
    """Return the lines that put what is stored in the place of the clean value, in the variable ``value``."""
    written = _written(plan)
    other = f"if {value} is not None: {value} = {source.bind(plan.dump)}({value})"
    if written is None:
        return [other]
    # An object may lie about its __class__, and plan.dump does not believe it.
    is_clean = f"if type({value}) is {source.bind(plan.base.python)}"
    return [f"{is_clean}: {value} = {written.format(value)}" if written != "{0}" else f"{is_clean}: pass", f"el{other}"]


def _key(plan: AttributePlan, source: Source) -> str:
    """Return the expression for the key; one that is the name has been through the grammar of names."""
    return repr(plan.name) if plan.key == plan.name else source.bind(plan.key)
