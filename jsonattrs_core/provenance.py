"""Provenance: which schema each property of an attribute came from, and what it overrode."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jsonattrs_core.composition import TEXTS, Action, Composition, Event, Slot, by_language, next_slot

__all__ = ["Explanation", "Origin", "explain"]


class Origin(NamedTuple):
    """Where the value of one property comes from."""

    value: Any
    schema: str  #: name of the schema that gave it
    overrode: tuple[tuple[str, Any], ...] = ()  #: earlier (schema, value) pairs, the most general first


class Explanation(Mapping[str, Origin]):
    """The origin of each property; constraints and texts by their parts, ``constraints.min`` and ``label.id``."""

    def __init__(self, name: str, key: str, origins: Mapping[str, Origin], notes: tuple[str, ...]) -> None:
        self.name = name  #: what was asked for
        self.key = key
        self.notes = notes  #: what was skipped, dropped, omitted or taken away, a sentence each
        self._origins = dict(origins)

    def __getitem__(self, name: str) -> Origin:
        return self._origins[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._origins)

    def __len__(self) -> int:
        return len(self._origins)

    def __repr__(self) -> str:
        return f"<Explanation of {self.name!r}: {self._origins!r} {self.notes!r}>"


def explain(composition: Composition, name: str) -> Explanation:
    """Explain the attribute of that name (present, or of old) or key. Raises KeyError where none ever had it."""
    key = _key(composition, name)
    replay = _Replay(key)
    for event in composition.history[key]:
        replay.add(event)
    notes = [*replay.notes, *(note.text for note in composition.notes if key in note.keys)]
    return Explanation(name, key, {} if key in composition.former else replay.shown(), tuple(notes))


def _key(composition: Composition, name: str) -> str:
    if name in composition.attributes:
        return str(composition.attributes[name].key)
    for scope in reversed(composition.scopes):
        if name in scope:
            return scope[name]
    if name in composition.history:
        return name
    raise KeyError(name)


class _Replay:
    """Goes through the definitions of one key again, and keeps the origin of each part of each property."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.slot: Slot | None = None
        self.origins: dict[str, Origin] = {}
        self.notes: list[str] = []

    def add(self, event: Event) -> None:
        schema = event.schema.name
        if event.action is Action.OMITTED:
            self.notes.append(f"schema {schema!r} omits it")
        elif event.action is Action.SKIPPED:
            if event.attribute.status == "draft":
                self.notes.append(f"the definition in schema {schema!r} is a draft and is skipped")
        else:
            if event.action is Action.REDEFINED:
                self.notes.append(f"schema {schema!r} gives a type, and so redefines it whole")
            self._define(event)

    def _define(self, event: Event) -> None:
        kept = event.action is Action.OVERRIDDEN
        below = self.slot if kept else None
        slot = next_slot(event.schema, event.attribute, self.key, below, self.slot)
        stated = _parts(event.attribute.given, event.schema.default_language)
        before, self.origins = self.origins, {}
        for part, value in _parts(slot.given, slot.language).items():
            origin = before.get(part)
            unchanged = part in ("key", "name") and origin is not None and origin.value == value
            if origin is not None and (unchanged or (kept and part not in stated)):
                self.origins[part] = origin
            else:
                overrode = (*origin.overrode, (origin.schema, origin.value)) if origin else ()
                self.origins[part] = Origin(value, event.schema.name, overrode)
        if kept:
            lost = [part for part in before if part not in self.origins]
            self.notes += [f"schema {event.schema.name!r} takes {part!r} away" for part in lost]
        if slot.retired:
            self.notes.append(f"schema {event.schema.name!r} retires it")
        self.slot = slot

    def shown(self) -> dict[str, Origin]:
        """Return the origins, a text that is a plain string under its property's own name."""
        plain = {f"{name}.{self.slot.language}": name for name in TEXTS if self.slot and self._is_plain(name)}
        return {plain.get(part, part): origin for part, origin in self.origins.items()}

    def _is_plain(self, name: str) -> bool:
        return self.slot is not None and isinstance(self.slot.given.get(name), str)


def _parts(given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the properties by part: each constraint, each language of a text."""
    parts: dict[str, Any] = {}
    for name, value in given.items():
        members = by_language(value, language) if name in TEXTS else value
        if isinstance(members, Mapping) and name in (*TEXTS, "constraints"):
            parts |= {f"{name}.{member}": inner for member, inner in members.items()}
        else:
            parts[name] = value
    return parts
