"""Definitions: attributes, their choices, and rules across them.

They hold what was said and check nothing: ``compile`` reports whatever is wrong with them, all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from jsonattrs_core.values import UNSET, Text, Unset

__all__ = ["PROPERTIES", "STATUSES", "TRIGRAM", "Attribute", "Choice", "Rule"]

#: The states of an attribute's life.
STATUSES = ("draft", "active", "deprecated", "retired")

#: The value of ``indexed`` that asks for an index by which parts of a text are found.
TRIGRAM = "trigram"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value out of a list. The value is stored: never its position, never its label."""

    value: Any  #: the value, of the attribute's type
    label: Text | Unset = UNSET  #: what people see; the value itself if unset
    retired: bool = False  #: no longer offered; accepted only where a record holds it


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a schema, or what a more specific schema changes about it.

    Every property that is left :data:`UNSET` is inherited; None takes an inherited one away.
    """

    name: str | Unset = UNSET  #: public name: Python, forms, API, queries; an override may give its key alone
    type: str | Unset = UNSET  #: base type
    _: KW_ONLY
    key: str | Unset = UNSET  #: JSON key and identity, for ever; defaults to the name
    subtype: str | Unset | None = UNSET  #: detailed type; may pin a provider, ``us-ssn@localflavor``
    label: Text | Unset | None = UNSET
    help_text: Text | Unset | None = UNSET
    group: str | Unset | None = UNSET  #: section of the form
    order: int | float | Unset | None = UNSET  #: the composed list is stably sorted by it; unset counts 0
    required: bool | Unset | None = UNSET
    default: Any = UNSET  #: value of a new record that gives none; a copy, or a name that the base type knows
    initial_default: Any = UNSET  #: what records stored before the attribute existed read as
    choices: Iterable[Any] | Unset | None = UNSET  #: values, ``(value, label)`` pairs or :class:`Choice`
    multiple: bool | Unset | None = UNSET  #: a list of values of the type
    constraints: Mapping[str, Any] | Unset | None = UNSET
    unique: bool | Unset | None = UNSET  #: enforced by the storage adapter
    indexed: bool | str | Unset | None = UNSET  #: built by the storage adapter; "trigram" for searching in texts, too
    required_if: str | Unset | None = UNSET  #: expression in the schema's rule language
    visible_if: str | Unset | None = UNSET  #: expression in the schema's rule language
    omit: bool | Unset | None = UNSET  #: removes an inherited attribute from this scope
    locked: bool | Unset | None = UNSET  #: no more specific schema may override or omit it
    status: str | Unset | None = UNSET  #: one of :data:`STATUSES`; active if unset
    #: The properties that were given, by name.
    given: Mapping[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        given = {}
        for name in PROPERTIES:
            value = getattr(self, name)
            if value is not UNSET:
                normalise = _NORMALISE.get(name)
                if normalise is not None:
                    value = normalise(value)
                    object.__setattr__(self, name, value)
                given[name] = value
        object.__setattr__(self, "given", given)

    def __hash__(self) -> int:
        return hash((self.name, self.type, self.key))

    @classmethod
    def from_given(cls, given: Mapping[str, Any]) -> Attribute:
        """Return the attribute with these properties, taken from others that have normalised them."""
        attribute = object.__new__(cls)
        for name, put in _PUT.items():
            put(attribute, given.get(name, UNSET))
        object.__setattr__(attribute, "given", given)
        return attribute


@dataclass(frozen=True, slots=True)
class Rule:
    """A check across attributes."""

    expression: str  #: true where the rule is met
    message: Text  #: what the person reads who breaks it
    _: KW_ONLY
    attributes: Iterable[str] = ()  #: where the problem is shown: the first is its path, none is the document
    language: str | Unset = UNSET  #: rule language; the schema's if unset
    severity: str = "error"  #: "error", or "warning": it lands in ``result.warnings`` and refuses nothing

    def __post_init__(self) -> None:
        attributes: Any = self.attributes
        if isinstance(attributes, Iterable) and not isinstance(attributes, str | bytes | Mapping):
            object.__setattr__(self, "attributes", tuple(attributes))

    def __hash__(self) -> int:
        return hash((self.expression, self.severity))


def _choice(item: Any) -> Choice:
    if isinstance(item, Choice):
        return item
    if isinstance(item, list | tuple) and len(item) == 2 and isinstance(item[1], str | Mapping):
        return Choice(*item)
    return Choice(item)


def _choices(value: Any) -> Any:
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return tuple(_choice(item) for item in value)
    return value  # a fault, which compile reports


def _mapping(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


_NORMALISE = {"choices": _choices, "constraints": _mapping, "label": _mapping, "help_text": _mapping}

#: Names of all properties, in the order in which documents write them.
PROPERTIES: tuple[str, ...] = tuple(name for name in Attribute.__dataclass_fields__ if name != "given")

#: What writes each property's slot: in half the time of ``object.__setattr__``, and composing makes many attributes.
_PUT = {name: getattr(Attribute, name).__set__ for name in PROPERTIES}
