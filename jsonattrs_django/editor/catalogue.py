"""Types and subtypes as people choose them: by what they are for, and by country."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_django.editor.countries import country_names
from jsonattrs_django.editor.words import type_title
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Registry

__all__ = ["Entry", "entries", "type_choices", "type_summaries"]

#: The order in which types are offered; those of plugins follow.
_USUAL = (
    "text",
    "integer",
    "decimal",
    "float",
    "boolean",
    "date",
    "datetime",
    "time",
    "duration",
    "reference",
    "uuid",
    "object",
)

#: What they are for. Those of plugins say it themselves.
_SUMMARIES = {
    "text": lazy("Names, addresses, codes, remarks"),
    "integer": lazy("Numbers of people or rooms: 0, 12, 2024"),
    "decimal": lazy("Money and exact measures: 12.50"),
    "float": lazy("Measured values: 0.318"),
    "boolean": lazy("A box to tick"),
    "date": lazy("A day of the calendar"),
    "datetime": lazy("A moment, the same in every time zone"),
    "time": lazy("Opening hours: 08:30"),
    "duration": lazy("Hours, days or weeks that something takes"),
    "reference": lazy("One of the records that there are, such as a person"),
    "uuid": lazy("Identifiers from other systems"),
    "object": lazy("Data of programs, in JSON"),
}

#: Characters of an example.
_LONGEST = 40
#: Lists of subtypes that are kept, for the registry and language they were made for.
_KEPT = 64


class Entry(NamedTuple):
    """A subtype as people choose it."""

    value: str  #: what a definition says
    label: str
    country: str  #: its name, empty where it is of no country
    example: str
    provider: str
    summary: str

    @property
    def title(self) -> str:
        """The label with what tells it from others."""
        label = f"{self.label} ({self.provider})" if "@" in self.value else self.label
        return (
            _("%(label)s, such as %(example)s") % {"label": label, "example": self.example} if self.example else label
        )


def type_choices() -> list[tuple[str, str]]:
    """Return the base types and what they are called."""
    known = [name for name in registry().base_types if "@" not in name]
    names = [name for name in _USUAL if name in known] + [name for name in known if name not in _USUAL]
    return [(name, _type_label(name)) for name in names]


def _type_label(name: str) -> str:
    title = type_title({"type": name})
    return title if title != capfirst(name) else registry().base_types[name].label or title


def type_summaries() -> dict[str, str]:
    """Return what each base type is for, by its name."""
    base_types = registry().base_types
    return {name: str(_SUMMARIES.get(name) or base_types[name].summary) for name, _title in type_choices()}


def entries(base: str) -> tuple[Entry, ...]:
    """Return the subtypes of a base type: those of no country first, then by country; by label in each.

    One that several providers have is offered of each, by a name that pins it, beside the one that wins.
    """
    return _entries(registry(), base, get_language())


@lru_cache(maxsize=_KEPT)
def _entries(known: Registry, base: str, _language: str | None) -> tuple[Entry, ...]:
    countries = country_names(known)
    found = [
        _entry(record, countries)
        for record in known.describe()
        if record["kind"] == "subtype" and record["base"] == base
    ]
    return tuple(
        sorted(found, key=lambda entry: (bool(entry.country), entry.country.casefold(), entry.label.casefold()))
    )


def _entry(record: dict[str, Any], countries: Any) -> Entry:
    pinned = record["state"] != "used"
    return Entry(
        value=f"{record['name']}@{record['provider']}" if pinned else record["name"],
        label=record["label"] or record["name"],
        country=countries.get(record["country"], record["country"]) if record["country"] else "",
        example=_example(record["examples"]),
        provider=record["provider"],
        summary=record["summary"],
    )


def _example(examples: Iterable[Any]) -> str:
    """Return the first example, cut where it is long; nothing where there is none."""
    for value in examples:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return ""
