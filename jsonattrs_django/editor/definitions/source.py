"""What the form of a definition is about: what a scope says of an attribute, what it inherits, what is beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Origin", "Source", "Term"]


class Origin(NamedTuple):
    """What is inherited of a property, in words, and the name of the schema that says so."""

    text: str
    schema: str


class Term(NamedTuple):
    """Another attribute, as conditions ask about it."""

    name: str
    label: str
    type: str
    is_multiple: bool
    choices: tuple[tuple[str, str], ...] = ()  #: the texts of its values, and what they are called


@dataclass(frozen=True)
class Source:
    """What the form is about."""

    definition: Mapping[str, Any]  #: what the scope says about the attribute
    inherited: Mapping[str, Any] | None  #: what it inherits, None of an attribute of its own
    languages: Sequence[tuple[str, str]]  #: codes and names, the schema's own first
    published_choices: Sequence[Any] = ()  #: the values that may not be taken away
    groups: Iterable[str] = ()  #: sections that are in use
    is_new: bool = False  #: it is being added
    is_published: bool = False  #: its key is in use
    rule_language: str = "cel"
    origins: Mapping[str, Origin] = field(default_factory=dict)  #: by part, as ``constraints.min`` and ``label.id``
    terms: Sequence[Term] = ()  #: what conditions can ask about
    models: Sequence[tuple[str, str]] = ()  #: labels and titles of those that can be referred to

    @property
    def is_override(self) -> bool:
        """Tell whether the definition only says what it changes: it inherits, and gives no type of its own."""
        return self.inherited is not None and not self.definition.get("type")

    def below(self, name: str) -> Any:
        """Return the inherited value of a property, None where there is none."""
        return self.inherited.get(name) if self.is_override and self.inherited is not None else None

    @property
    def type(self) -> str:
        """The base type of the attribute."""
        return str(self.definition.get("type") or (self.inherited or {}).get("type") or "text")

    @property
    def is_multiple(self) -> bool:
        """Tell whether a record has several values."""
        return bool(self.definition.get("multiple", self.below("multiple")))
