"""The sections in which a form shows attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Group", "grouped"]

#: Attributes up to which every section of a form is open.
_FEW = 30


class Group(NamedTuple):
    """Attributes that are shown together."""

    name: str  #: as schemas give it, empty for the attributes without one
    fields: list[Any]  #: their bound fields
    is_open: bool  #: it is shown open: there is little in the form, or something to see to in here

    @property
    def title(self) -> str:
        """What people read above it."""
        return capfirst(self.name.replace("_", " "))

    @property
    def has_errors(self) -> bool:
        """Tell whether something in it was refused."""
        return any(field.errors for field in self.fields)


def grouped(fields: Iterable[Any]) -> list[Group]:
    """Return the groups of bound fields, in the order in which they first come."""
    found: dict[str, list[Any]] = {}
    for field in fields:
        found.setdefault(field.field.group, []).append(field)
    count = sum(map(len, found.values()))
    return [
        Group(name, several, not place or count <= _FEW or _needs_a_look(several))
        for place, (name, several) in enumerate(found.items())
    ]


def _needs_a_look(fields: Iterable[Any]) -> bool:
    return any(field.errors or field.notices or (field.field.required and not field.value()) for field in fields)
