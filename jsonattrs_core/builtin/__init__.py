"""What the core itself contributes, through the same hooks as any plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core.builtin.base_types import BASE_TYPES, object_type
from jsonattrs_core.builtin.catalogue import SUBTYPES
from jsonattrs_core.builtin.constraints import CONSTRAINTS
from jsonattrs_core.hookspecs import hookimpl

if TYPE_CHECKING:
    from jsonattrs_core.limits import Limits
    from jsonattrs_core.records import BaseType, Constraint, Subtype

__all__ = ["Builtin"]


class Builtin:
    """The plugin that every registry holds first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    @hookimpl
    def jsonattrs_base_types(self) -> list[BaseType]:
        """Return the eleven built-in base types, in the order in which lists show them."""
        return [*BASE_TYPES, object_type(self._limits)]

    @hookimpl
    def jsonattrs_subtypes(self) -> list[Subtype]:
        """Return the built-in subtypes."""
        return list(SUBTYPES)

    @hookimpl
    def jsonattrs_constraints(self) -> list[Constraint]:
        """Return the built-in constraints."""
        return list(CONSTRAINTS)
