"""The constraint ``json_schema``: a stranger's JSON Schema over the values of type ``object``.

The schema is read, bounded and its cost computed before the library sees it; a value is measured before it is checked.
What is supported is JSON Schema 2020-12 within one document, with `format` checked and unknown formats refused.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jsonattrs_core.errors import Invalid, InvalidParts

if TYPE_CHECKING:
    from jsonattrs_core.builtin.nested_cost import Level
    from jsonattrs_core.records import Check

__all__ = ["load_json_schema"]

#: Nanoseconds that the check of one value may take at most; the bound is two or three times what is really needed.
_BUDGET: Final = 2e9
#: Seconds for a value whose bound is higher, but only because of the references that it might have to follow.
_SECONDS: Final = 0.3


def load_json_schema(parameter: Any, attribute: Any = None) -> Check:
    """Return the check of a JSON Schema; ``parameter`` is the schema, ``attribute`` is of no importance.

    The check takes plain JSON and returns it as it is. It raises InvalidParts with up to a hundred reasons, or
    ``too_large`` where checking could take seconds. Raises SchemaError for a schema that cannot be used safely.
    """
    # Only schemas with `json_schema` need these, and one of them needs an extra.
    from jsonattrs_core.builtin.nested_cost import Costs, levels
    from jsonattrs_core.builtin.nested_engine import Engine, check_shape, time_limit
    from jsonattrs_core.builtin.nested_reading import plain_schema, read_schema
    from jsonattrs_core.builtin.nested_reasons import Reasons

    plain = plain_schema(parameter)
    found = read_schema(plain)
    check_shape(plain)
    costs = Costs(found)
    engine = Engine(found)

    @cache
    def guarded() -> tuple[Costs, Engine]:
        """Return what the schema costs without its references, and an engine that follows them while there is time."""
        alone = replace(found, targets=dict.fromkeys(found.targets, True))
        return Costs(alone), Engine(read_schema(plain, guarded=True))

    def check_in_time(value: Any, measured: list[Level]) -> Any:
        costs, engine = guarded()
        if costs.bound(measured) > _BUDGET:
            raise Invalid("too_large")
        with time_limit(_SECONDS) as is_late:
            valid = engine.is_valid(value)
            if is_late():
                raise Invalid("too_large")
        if not valid:
            raise InvalidParts(Reasons(engine).of(value))
        return value

    def check_json_schema(value: Any) -> Any:
        measured = levels(value)
        if costs.bound(measured) > _BUDGET:
            return check_in_time(value, measured)
        if not engine.is_valid(value):
            raise InvalidParts(Reasons(engine).of(value))
        return value

    return check_json_schema
