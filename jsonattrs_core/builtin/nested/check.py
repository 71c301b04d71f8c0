"""Checks values by one JSON Schema: measures each before it is checked, and says why one is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from jsonattrs_core.builtin.nested.cost import Costs, levels
from jsonattrs_core.builtin.nested.engine import Engine, check_shape, is_late, time_limit
from jsonattrs_core.builtin.nested.reading import plain_schema, read_schema
from jsonattrs_core.builtin.nested.reasons import Reasons
from jsonattrs_core.errors import Invalid, InvalidParts

if TYPE_CHECKING:
    from jsonattrs_core.builtin.nested.cost import Level

__all__ = ["SchemaCheck"]

#: Nanoseconds that the check of one value may take at most; the bound is two or three times what is really needed.
_BUDGET: Final = 2e9
#: Seconds for a value whose bound is higher, but only because of the references that it might have to follow.
_SECONDS: Final = 0.3


class SchemaCheck:
    """One schema, ready to check. Raises SchemaError for a schema that cannot be used safely."""

    def __init__(self, parameter: Any) -> None:
        self._plain = plain_schema(parameter)
        found = read_schema(self._plain)
        check_shape(self._plain)
        self._costs = Costs(found)
        self._engine = Engine(found)

    def check(self, value: Any) -> Any:
        """Return ``value``, which is plain JSON, as it is; raises InvalidParts, or Invalid where it is too large."""
        measured = levels(value)
        engine = self._engine
        if self._costs.bound(measured) <= _BUDGET:
            valid = engine.is_valid(value)
        else:
            engine = self._guarded
            valid = self._is_valid_in_time(value, measured)
        if not valid:
            raise InvalidParts(Reasons(engine).of(value))
        return value

    def _is_valid_in_time(self, value: Any, measured: list[Level]) -> bool:
        if self._costs_alone.bound(measured) > _BUDGET:
            raise Invalid("too_large")
        with time_limit(_SECONDS):
            valid: bool = self._guarded.is_valid(value)
            if is_late():
                raise Invalid("too_large")
        return valid

    @cached_property
    def _costs_alone(self) -> Costs:
        """What the schema costs where none of its references is followed."""
        found = self._engine.found
        return Costs(replace(found, targets=dict.fromkeys(found.targets, True)))

    @cached_property
    def _guarded(self) -> Engine:
        """The same schema, following references only while there is time."""
        return Engine(read_schema(self._plain, guarded=True))
