"""Records by name: who offers them, and who wins where several do."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from jsonattrs_core.errors import PluginError
from jsonattrs_core.plugins import Provider, short_name
from jsonattrs_core.records import BaseType, Constraint, RuleLanguage, Subtype, TextFormat
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


__all__ = ["Conflict", "Entry", "R", "Records", "Table", "base_of"]

R = TypeVar("R", bound=BaseType | Subtype | Constraint | RuleLanguage | TextFormat)


class Entry(NamedTuple, Generic[R]):
    """A record, and the provider that it came from."""

    record: R
    provider: Provider


class Conflict(PluginError):
    """Two providers offer one name with equal right."""


class Table(Generic[R]):
    """The entries of one kind, by name."""

    def __init__(self, kind: str, entries: Iterable[Entry[R]], prefer: Mapping[str, str]) -> None:
        self.kind = kind
        self.has_priorities = kind == "subtype"
        self.entries: list[Entry[R]] = list(entries)
        self.by_name: dict[str, list[Entry[R]]] = {}
        self._prefer: Mapping[str, str] = prefer
        for entry in self.entries:
            for name in (entry.record.name, *getattr(entry.record, "aliases", ())):
                self._add(name, entry)

    def _add(self, name: str, entry: Entry[R]) -> None:
        candidates = self.by_name.setdefault(name, [])
        base = getattr(entry.record, "base", None)
        for other in candidates:
            if other.provider is entry.provider and getattr(other.record, "base", None) == base:
                raise PluginError(
                    f"plugin {entry.provider} gives the {self.kind} {shown(name)} twice; {entry.provider.way_out}"
                )
        candidates.append(entry)

    def choose(self, name: str, candidates: list[Entry[R]]) -> Entry[R]:
        """Return the candidate that an unpinned use of ``name`` gets: preferred, or of the highest priority."""
        preferred = self._preferred(name)
        for entry in candidates:
            if entry.provider.name == preferred:
                return entry
        ranked = sorted(candidates, key=lambda entry: -self._rank(entry))
        if len(ranked) > 1 and self._rank(ranked[0]) == self._rank(ranked[1]):
            one, other = ranked[0].provider, ranked[1].provider
            pin = f"pin one of them ({name}@{one.name}), " if self.has_priorities else ""
            raise Conflict(
                f"the {self.kind} {name!r} is provided by {one} and by {other} with equal priority; {pin}"
                f"prefer one (prefer={{{name!r}: {one.name!r}}}), or block one (JSONATTRS_BLOCK={other.name})"
            )
        return ranked[0]

    def _rank(self, entry: Entry[R]) -> int:
        priority = getattr(entry.record, "priority", 0)
        return priority if isinstance(priority, int) else 0

    def _preferred(self, name: str) -> str | None:
        if name in self._prefer:
            return self._prefer[name]
        return next((provider for glob, provider in self._prefer.items() if fnmatchcase(name, glob)), None)

    def decided(self, name: str) -> Entry[R] | None:
        """Return the entry that an unpinned use of ``name`` gets, None in a conflict.

        Records on different base types do not conflict: the attribute's type decides; here the first of them is given.
        """
        candidates = self.by_name[name]
        if len(candidates) == 1:
            return candidates[0]
        by_base: dict[str | None, list[Entry[R]]] = {}
        for entry in candidates:
            by_base.setdefault(base_of(entry), []).append(entry)
        try:
            winners = [self.choose(name, entries) for entries in by_base.values()]
        except Conflict:
            return None
        return max(winners, key=self._rank)

    def entry(self, reference: str) -> Entry[R] | None:
        """Return what ``name``, where it is decided, or ``name@provider`` stands for."""
        name, at, pin = reference.partition("@")
        candidates = self.by_name.get(name, [])
        if not at:
            return self.decided(name) if candidates else None
        return next((entry for entry in candidates if entry.provider.name == short_name(pin)), None)

    def references(self) -> Iterator[str]:
        """Yield every reference for which `entry` has an entry."""
        yield from (name for name in self.by_name if self.decided(name))
        for name, candidates in self.by_name.items():
            yield from dict.fromkeys(f"{name}@{entry.provider.name}" for entry in candidates)


class Records(Mapping[str, R]):
    """The records of a table by reference, looked up when they are asked for: most never are."""

    def __init__(self, table: Table[R], prepare: Callable[[Entry[R]], Entry[R]] = lambda entry: entry) -> None:
        self._table = table
        self._prepare = prepare

    def __getitem__(self, reference: str) -> R:
        entry = self._table.entry(reference)
        if entry is None:
            raise KeyError(reference)
        return self._prepare(entry).record

    def __contains__(self, reference: object) -> bool:
        return isinstance(reference, str) and self._table.entry(reference) is not None

    def __iter__(self) -> Iterator[str]:
        return self._table.references()

    def __len__(self) -> int:
        return sum(1 for _ in self._table.references())


def base_of(entry: Entry[Any]) -> str | None:
    """Return the base type that a subtype is for, None for other records."""
    return getattr(entry.record, "base", None)
