"""Characteristics as people read them: what they are called, and their values in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from jsonattrs_django.display import SchemaDisplay
from personas.characteristics import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonattrs_core import Attribute, ComposedSchema
    from jsonattrs_django.display import AttributeDisplay

__all__ = ["LANGUAGE", "Characteristic", "Reading", "Section", "Trait"]

LANGUAGE = "en-gb"

#: The ends of a rating.
LEAST, MOST = 1, 10


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What a persona can have: an attribute, and what people call it."""

    name: str
    label: str
    help_text: str
    section: str
    attribute: Attribute
    #: The listed values and what they are called; those that are retired, too, since personas may have them.
    choices: Mapping[Any, str]

    @property
    def is_rating(self) -> bool:
        """Whether its values are ratings from 1 to 10."""
        return bool(self.attribute.subtype == "rating" and not self.is_multiple)

    @property
    def is_multiple(self) -> bool:
        """Whether it has several values."""
        return self.attribute.multiple is True


@dataclass(frozen=True, slots=True)
class Trait:
    """What a persona has of a characteristic."""

    characteristic: Characteristic
    values: tuple[str, ...]  #: in words; none where it is not set
    rating: int | None  #: from 1 to 10, where that is what it has


@dataclass(frozen=True, slots=True)
class Section:
    """Characteristics that are shown together."""

    title: str
    traits: list[Trait]  #: those that are set
    total: int  #: how many could be set


class Reading:
    """Reads the characteristics of one schema, in the language of the pages."""

    def __init__(self, schema: ComposedSchema) -> None:
        with override(LANGUAGE):
            self._display = SchemaDisplay(schema)

    @cached_property
    def characteristics(self) -> Mapping[str, Characteristic]:
        """Those that there are, by name."""
        return {name: _characteristic(display) for name, display in self._display.items()}

    @cached_property
    def sections(self) -> Mapping[str, list[Characteristic]]:
        """The same, by the title of their section."""
        found: dict[str, list[Characteristic]] = {}
        for each in self.characteristics.values():
            found.setdefault(each.section, []).append(each)
        return found

    def trait(self, name: str, value: Any) -> Trait:
        """Return what a value of a characteristic says; a value that does not fit is shown as it is stored."""
        characteristic = self.characteristics[name]
        return Trait(
            characteristic, self._words(name, value), value if characteristic.is_rating and _rates(value) else None
        )

    def _words(self, name: str, value: Any) -> tuple[str, ...]:
        return self._display[name].texts(value)

    def traits(self, values: Mapping[str, Any]) -> Iterator[Trait]:
        """Yield what is set of a persona's characteristics, in the order of the schema."""
        for name in self.characteristics:
            if values.get(name) is not None:
                yield self.trait(name, values[name])

    def ratings(self, values: Mapping[str, Any]) -> dict[str, int]:
        """Return the ratings of a persona by name."""
        return {name: value for name, value in values.items() if _rates(value) and self.characteristics[name].is_rating}

    def portrait(self, values: Mapping[str, Any]) -> list[Section]:
        """Return what is set, by section; those where nothing is, too."""
        found: dict[str, list[Trait]] = {title: [] for title in self.sections}
        for trait in self.traits(values):
            found[trait.characteristic.section].append(trait)
        return [Section(title, traits, len(self.sections[title])) for title, traits in found.items()]


def _characteristic(display: AttributeDisplay) -> Characteristic:
    attribute = display.attribute
    section = title_of(str(attribute.group)) if attribute.group else "Other"
    listed = dict(display.choices) if display.has_choices else {}
    return Characteristic(display.name, display.label, display.help_text, section, attribute, listed)


def _rates(value: Any) -> bool:
    """Tell whether a value is a rating: what has been stored by other ways than this application's may be none."""
    return type(value) is int and LEAST <= value <= MOST
