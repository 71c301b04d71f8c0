"""The registry: which base types, subtypes, constraints and rule languages there are, and who provides them.

A registry is built once, from plugins, and never changes; whoever needs another one builds it and passes it in.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import PluginError, SchemaError, nearest
from jsonattrs_core.limits import Limits
from jsonattrs_core.plugins import Provider, builtin_provider, collect, given, installed, short_name
from jsonattrs_core.records import BaseType, Constraint, RuleLanguage, Subtype, TextFormat, with_objects
from jsonattrs_core.tables import Conflict, Entry, R, Records, Table, base_of
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Registry", "default_registry"]


class Registry:
    """What plugins contribute, by name. Immutable; equal only to itself."""

    def __init__(
        self, providers: Iterable[Provider], prefer: Mapping[str, str] | None = None, limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._others = tuple(providers)
        self._providers = (builtin_provider(self.limits), *self._others)
        self._prefer = {pattern: short_name(name) for pattern, name in (prefer or {}).items()}
        records = collect(self._providers)
        self._check_preferences()
        self._base_types = self._table("base type", records["jsonattrs_base_types"])
        self._subtypes = self._table("subtype", records["jsonattrs_subtypes"])
        self._constraints = self._table("constraint", records["jsonattrs_constraints"])
        self._rule_languages = self._table("rule language", records["jsonattrs_rule_languages"])
        self._text_formats = self._table("text format", records["jsonattrs_text_formats"])
        self._check_unique()
        self._loaded: dict[int, BaseType] = {}
        #: The base types by name and by ``name@provider``.
        self.base_types: Mapping[str, BaseType] = Records(self._base_types, self._with_objects)
        #: The subtypes by name and alias, where one provider wins, and by ``name@provider``.
        self.subtypes: Mapping[str, Subtype] = Records(self._subtypes)
        #: The constraints by name and by ``name@provider``.
        self.constraints: Mapping[str, Constraint] = Records(self._constraints)
        #: The rule languages by name and by ``name@provider``.
        self.rule_languages: Mapping[str, RuleLanguage] = Records(self._rule_languages)
        #: The text formats by the name of their base type and by ``name@provider``.
        self.text_formats: Mapping[str, TextFormat] = Records(self._text_formats)
        self._check_bases()

    @classmethod
    def installed(
        cls, prefer: Mapping[str, str] | None = None, block: Iterable[str] = (), *, limits: Limits | None = None
    ) -> Registry:
        """Return a registry of the built-in plugin and every installed one.

        ``prefer`` maps names of subtypes, or patterns such as ``*-post-code``, to the provider that shall win;
        ``block`` names plugins to leave out, as does the environment variable ``JSONATTRS_BLOCK``. Raises PluginError.
        """
        return cls(installed(block), prefer, limits)

    @classmethod
    def from_plugins(
        cls,
        plugins: Iterable[Any] | Mapping[str, Any] = (),
        prefer: Mapping[str, str] | None = None,
        *,
        limits: Limits | None = None,
    ) -> Registry:
        """Return a registry of the built-in plugin and these objects, or ``{provider: object}``. Raises PluginError."""
        return cls(given(plugins), prefer, limits)

    def with_plugins(
        self, plugins: Iterable[Any] | Mapping[str, Any], prefer: Mapping[str, str] | None = None
    ) -> Registry:
        """Return a registry of this one's plugins and these, with its preferences and these. Raises PluginError."""
        preferences = {**(prefer or {}), **_without(self._prefer, prefer)}
        return type(self)((*self._others, *given(plugins)), preferences, self.limits)

    def base_type(self, name: str) -> Entry[BaseType]:
        """Return the base type of that name. Raises SchemaError with the nearest known name."""
        return self._with_objects(self._find(self._base_types, name))

    def _with_objects(self, entry: Entry[BaseType]) -> Entry[BaseType]:
        """Return the entry of a base type with the functions that it names. Raises PluginError."""
        record = entry.record
        if id(record) not in self._loaded:
            try:
                self._loaded[id(record)] = with_objects(record)
            except Exception as error:  # whatever a stranger's module raises on import
                raise entry.provider.broken(f"base type {record.name!r} cannot be loaded", error) from error
        return Entry(self._loaded[id(record)], entry.provider)

    def constraint(self, name: str) -> Entry[Constraint]:
        """Return the constraint of that name. Raises SchemaError with the nearest known name."""
        return self._find(self._constraints, name)

    def rule_language(self, name: str) -> Entry[RuleLanguage]:
        """Return the rule language of that name. Raises SchemaError with the nearest known name."""
        return self._find(self._rule_languages, name)

    def text_format(self, base: str) -> Entry[TextFormat] | None:
        """Return the text format of a base type, None where it has none but its own."""
        return self._text_formats.decided(base) if base in self._text_formats.by_name else None

    def subtype(self, reference: str, base: str) -> Entry[Subtype]:
        """Return the subtype that ``name`` or ``name@provider`` means for an attribute of base type ``base``.

        Raises SchemaError where there is none, with the nearest known name, and PluginError where two providers offer
        it with equal right.
        """
        name, at, pin = reference.partition("@")
        candidates = self._subtypes.by_name.get(name)
        if not candidates:
            known = [other for other in self._subtypes.by_name if self._offers(other, base)]
            of = f" of provider {pin!r}" if at else ""
            raise SchemaError(f"unknown subtype {shown(name)}{of}{nearest(name, known)}")
        if at:
            candidates = self._pinned("subtype", name, pin, candidates)
        fitting = [entry for entry in candidates if entry.record.base == base]
        if not fitting:
            bases = " or ".join(sorted({repr(entry.record.base) for entry in candidates}))
            raise SchemaError(f"the subtype {shown(name)} is for the base type {bases}, not {base!r}")
        return fitting[0] if at else self._subtypes.choose(name, fitting)

    def describe(self) -> list[dict[str, Any]]:
        """Return everything registered as plain data: one dict a record, with its provider and version.

        ``state`` is ``used``, ``shadowed`` (another provider of the name wins) or ``conflict`` (none does).
        """
        tables: tuple[Table[Any], ...] = (
            self._base_types,
            self._subtypes,
            self._constraints,
            self._rule_languages,
            self._text_formats,
        )
        return [_described(table, entry) for table in tables for entry in table.entries]

    @property
    def providers(self) -> tuple[Provider, ...]:
        """The plugins, the built-in one first."""
        return self._providers

    def _table(self, kind: str, records: list[tuple[Any, Provider]]) -> Table[Any]:
        return Table(kind, (Entry(record, provider) for record, provider in records), self._prefer)

    def _find(self, table: Table[R], reference: str) -> Entry[R]:
        name, at, pin = reference.partition("@")
        candidates = table.by_name.get(name)
        if not candidates:
            raise SchemaError(f"unknown {table.kind} {shown(name)}{nearest(name, table.by_name)}")
        if at:
            return self._pinned(table.kind, name, pin, candidates)[0]
        return table.choose(name, candidates)

    def _pinned(self, kind: str, name: str, pin: str, candidates: list[Entry[R]]) -> list[Entry[R]]:
        found = [entry for entry in candidates if entry.provider.name == short_name(pin)]
        if not found:
            providers = [entry.provider.name for entry in candidates]
            raise SchemaError(
                f"no provider {shown(pin)} of the {kind} {shown(name)}: it comes from {', '.join(providers)}"
            )
        return found

    def _offers(self, name: str, base: str) -> bool:
        return any(entry.record.base == base for entry in self._subtypes.by_name[name])

    def _check_preferences(self) -> None:
        names = [provider.name for provider in self._providers]
        for pattern, name in self._prefer.items():
            if name not in names:
                raise PluginError(
                    f"the provider {shown(name)}, preferred for {pattern!r}, is not installed{nearest(name, names)}"
                )

    def _check_unique(self) -> None:
        """Refuse two providers of a base type, constraint or language: unlike subtypes, they have no priority."""
        for table in (self._base_types, self._constraints, self._rule_languages, self._text_formats):
            for name, candidates in table.by_name.items():
                table.choose(name, candidates)

    def _check_bases(self) -> None:
        """Refuse what stands on a base type that nobody provides."""
        for entry in self._subtypes.entries:
            self._check_base(entry.record.base, f"the subtype {entry.record.name!r}", entry.provider)
        for written in self._text_formats.entries:
            self._check_base(written.record.name, "a text format", written.provider)

    def _check_base(self, base: str, what: str, provider: Provider) -> None:
        if base not in self.base_types:
            raise PluginError(
                f"plugin {provider}: {what} needs the base type {base!r}, which nobody provides"
                f"{nearest(base, self.base_types)}; {provider.way_out}"
            )


_SHOWN = {
    "base type": ("json", "label", "summary"),
    "subtype": ("base", "country", "label", "summary", "priority", "pattern"),
    "constraint": ("parameter",),
    "rule language": ("summary",),
    "text format": ("summary",),
}
_SHOWN_LISTS = {
    "base type": ("constraints", "named"),
    "subtype": ("aliases", "examples", "codes"),
    "constraint": ("bases", "codes"),
    "rule language": (),
    "text format": (),
}


def _without(preferences: Mapping[str, str], others: Mapping[str, str] | None) -> dict[str, str]:
    """Return the preferences that others do not take the place of; the first that fits a name counts."""
    return {pattern: name for pattern, name in preferences.items() if pattern not in (others or {})}


def _described(table: Table[Any], entry: Entry[Any]) -> dict[str, Any]:
    fitting = [other for other in table.by_name[entry.record.name] if base_of(other) == base_of(entry)]
    try:
        chosen = table.choose(entry.record.name, fitting)
    except Conflict:
        chosen = None
    about = {
        "kind": table.kind,
        "name": entry.record.name,
        "provider": entry.provider.name,
        "distribution": entry.provider.distribution,
        "version": entry.provider.version,
        "state": "conflict" if chosen is None else "used" if chosen is entry else "shadowed",
    }
    about |= {name: getattr(entry.record, name) for name in _SHOWN[table.kind]}
    if isinstance(entry.record, Subtype):
        about["identifies"] = entry.record.kind
        about["input"] = dict(entry.record.input)
        about["conflicts"] = [name for name in entry.record.aliases if table.decided(name) is None]
    about |= {name: list(getattr(entry.record, name)) for name in _SHOWN_LISTS[table.kind]}
    if isinstance(entry.record, BaseType):
        python = entry.record.python
        about["python"] = python.rpartition(":")[2] if isinstance(python, str) else python.__name__
    return about


@cache
def default_registry() -> Registry:
    """Return the registry of everything installed, made at the first call. Raises PluginError."""
    return Registry.installed()
