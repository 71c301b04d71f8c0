"""What the core itself contributes, through the same hooks as any plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core.builtin.catalogue import SUBTYPES
from jsonattrs_core.builtin.lengths import ITEMS, LENGTHS
from jsonattrs_core.builtin.limits import LIMITS
from jsonattrs_core.builtin.moments import DATE, DATETIME, DURATION, TIME
from jsonattrs_core.builtin.numbers import DECIMAL, FLOAT, INTEGER
from jsonattrs_core.builtin.objects import object_type
from jsonattrs_core.builtin.simple import BOOLEAN, UUID_TYPE
from jsonattrs_core.builtin.text import TEXT
from jsonattrs_core.hookspecs import hookimpl
from jsonattrs_core.records import BaseType, Constraint, Subtype

if TYPE_CHECKING:
    from jsonattrs_core.limits import Limits

__all__ = ["Builtin"]

_JSON_SCHEMA = Constraint(
    "json_schema",
    bases=("object",),
    load="jsonattrs_core.builtin.nested.schema:load_json_schema",
    codes=(
        "required",
        "unknown",
        "type",
        "choice",
        "min",
        "max",
        "exclusive_min",
        "exclusive_max",
        "multiple_of",
        "min_length",
        "max_length",
        "pattern",
        "min_items",
        "max_items",
        "unique_items",
        "component",
        "too_large",
    ),
    parameter="a JSON Schema (2020-12) that refers to nothing outside itself",
)


class Builtin:
    """The plugin that every registry holds first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    @hookimpl
    def jsonattrs_base_types(self) -> list[BaseType]:
        """Return the eleven built-in base types, in the order in which lists show them."""
        own = object_type(self._limits)
        return [TEXT, INTEGER, FLOAT, DECIMAL, BOOLEAN, DATE, DATETIME, TIME, DURATION, UUID_TYPE, own]

    @hookimpl
    def jsonattrs_subtypes(self) -> list[Subtype]:
        """Return the built-in subtypes."""
        return list(SUBTYPES)

    @hookimpl
    def jsonattrs_constraints(self) -> list[Constraint]:
        """Return the built-in constraints."""
        return [*LENGTHS, *LIMITS, *ITEMS, _JSON_SCHEMA]
