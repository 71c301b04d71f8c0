"""Types and subtypes as people choose them: by what they are for, and by country."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jsonattrs_django.editor.countries import country_names
from jsonattrs_django.editor.words import type_title
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Entry", "entries", "subtype_groups", "type_choices"]

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


#: Characters of an example.
_LONGEST = 40


class Entry(NamedTuple):
    """A subtype as people choose it."""

    value: str  #: what a definition says
    label: str
    country: str  #: its name, empty where it is of no country
    example: str
    provider: str
    summary: str


def type_choices() -> list[tuple[str, str]]:
    """Return the base types and what they are called."""
    known = [name for name in registry().base_types if "@" not in name]
    names = [name for name in _USUAL if name in known] + [name for name in known if name not in _USUAL]
    return [(name, _type_label(name)) for name in names]


def _type_label(name: str) -> str:
    title = type_title({"type": name})
    return title if title != capfirst(name) else registry().base_types[name].label or title


def entries(base: str) -> list[Entry]:
    """Return the subtypes of a base type: those of no country first, then by country; by label in each.

    One that several providers have is offered of each, by a name that pins it, beside the one that wins.
    """
    countries = country_names(registry())
    found = [_entry(record, countries) for record in _described(base)]
    return sorted(found, key=lambda entry: (bool(entry.country), entry.country.casefold(), entry.label.casefold()))


def _described(base: str) -> Iterator[dict[str, Any]]:
    for record in registry().describe():
        if record["kind"] == "subtype" and record["base"] == base:
            yield record


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


def subtype_groups(base: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the subtypes of a base type as the groups of a list: each title with its pairs of value and label."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in entries(base):
        label = entry.label if "@" not in entry.value else f"{entry.label} ({entry.provider})"
        shown = (
            _("%(label)s, such as %(example)s") % {"label": label, "example": entry.example} if entry.example else label
        )
        groups.setdefault(entry.country or _("All countries"), []).append((entry.value, shown))
    return [*groups.items()]
