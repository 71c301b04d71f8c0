"""What is told of each attribute of an effective schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.editor.phrases import Said

__all__ = ["EffectiveAttribute", "GoneAttribute", "Group", "Property", "grouped"]

#: Properties that say what is asked of values.
_OF_VALUES = ("constraints.", "choices", "default", "required_if", "visible_if", "unique")


class Property(NamedTuple):
    """One property of an attribute."""

    part: str  #: as explanations name it
    title: str
    said: Said | None  #: None where it is taken away here
    origin: str  #: the name of the schema that says so
    is_here: bool  #: this scope does
    is_changed: bool = False  #: it is inherited otherwise, or not at all
    before: Said | None = None  #: as it is inherited


@dataclass(frozen=True)
class EffectiveAttribute:
    """One attribute as records have it."""

    key: str
    name: str
    label: str
    type: str  #: in words
    state: str  #: "own", "inherited", or "changed" here
    origin: str  #: the name of the schema that defines it
    group: str
    is_required: bool
    properties: list[Property]
    notes: tuple[str, ...]

    @property
    def overrides(self) -> list[Property]:
        """The properties that this scope changes, where the attribute is inherited."""
        return [each for each in self.properties if each.is_changed]

    @property
    def facts(self) -> str:
        """What is asked of its values, in words."""
        said = [each for each in self.properties if each.part.startswith(_OF_VALUES) and not each.is_changed]
        return "; ".join(f"{each.title}: {each.said.text}" for each in said if each.said is not None)


class GoneAttribute(NamedTuple):
    """An attribute that some schema defines, and records do not have."""

    label: str
    state: str  #: in words
    is_here: bool  #: because of this scope
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Attributes that forms show together."""

    title: str
    attributes: list[EffectiveAttribute] = field(default_factory=list)


def grouped(attributes: Iterable[EffectiveAttribute]) -> list[Group]:
    """Return attributes in the sections of forms, these in the order in which they first come."""
    found: dict[str, Group] = {}
    for attribute in attributes:
        title = capfirst(attribute.group.replace("_", " "))
        found.setdefault(attribute.group, Group(title)).attributes.append(attribute)
    return [*found.values()]
