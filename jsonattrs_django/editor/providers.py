"""What the installed plugins provide, for people: types, detailed types by country, limits, and languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from importlib.metadata import PackageNotFoundError, metadata
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import formats
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from jsonattrs_core import PluginError
from jsonattrs_django.editor.countries import country_names
from jsonattrs_django.editor.limits_in_words import limit_title
from jsonattrs_django.editor.words import type_title
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonattrs_core import Registry

__all__ = ["Country", "Plugin", "Provided", "Provisions"]

#: The kinds of what plugins provide, as the registry names them, and how many of each are counted.
_COUNTS = {
    "base type": ngettext_lazy("%(number)d type", "%(number)d types", "number"),
    "subtype": ngettext_lazy("%(number)d detailed type", "%(number)d detailed types", "number"),
    "constraint": ngettext_lazy("%(number)d limit", "%(number)d limits", "number"),
    "rule language": ngettext_lazy("%(number)d language of rules", "%(number)d languages of rules", "number"),
    "text format": ngettext_lazy("%(number)d way to write values", "%(number)d ways to write values", "number"),
}
#: Examples that are shown of each.
_EXAMPLES = 3

Record = dict[str, Any]


class Provided(NamedTuple):
    """One thing that a plugin provides."""

    name: str
    label: str
    summary: str
    of: str  #: the types that it is for, in words
    examples: list[str]
    provider: str
    more: str  #: what it is for, where it comes from, and the warning
    warning: str  #: why it is not what a schema gets by its name, nothing where it is
    is_conflict: bool
    searched: str  #: what is searched, beside what is shown


class Country(NamedTuple):
    """The detailed types of one country, or those of none."""

    code: str
    name: str
    provided: list[Provided]


class Plugin(NamedTuple):
    """One distribution."""

    name: str
    distribution: str
    version: str
    summary: str
    counts: list[str]  #: of what it provides, in words


class Provisions:
    """What is provided, or that of it in which each of the words of a query is found.

    Where a plugin is broken, nothing is known but ``error``, which says which, and the way out.
    """

    def __init__(self, query: str = "") -> None:
        self.query = " ".join(query.split())[:200]
        self.error = ""
        self._registry: Registry | None = None
        try:
            self._registry = registry()
        except PluginError as error:
            self.error = str(error)
        self._records = [] if self._registry is None else self._registry.describe()

    @cached_property
    def plugins(self) -> list[Plugin]:
        """The plugins, what is built in first."""
        numbers = Counter((record["provider"], record["kind"]) for record in self._records)
        return [
            Plugin(
                provider.name,
                provider.distribution,
                provider.version,
                _summary(provider.distribution) if provider.version else "",
                [str(said % {"number": number}) for said, number in _counted(numbers, provider.name)],
            )
            for provider in (self._registry.providers if self._registry is not None else ())
        ]

    # ---- what they provide ----

    @cached_property
    def _found(self) -> dict[str, list[tuple[Record, Provided]]]:
        """What the query finds, by kind."""
        words = self.query.casefold().split()
        found: dict[str, list[tuple[Record, Provided]]] = defaultdict(list)
        for record in self._records:
            provided = self._provided(record)
            if not words or _has_all(words, provided, self._country(record)):
                found[record["kind"]].append((record, provided))
        return found

    @property
    def count(self) -> int:
        """How much is found."""
        return sum(map(len, self._found.values()))

    @property
    def base_types(self) -> list[Provided]:
        """The types."""
        return self._of("base type")

    @property
    def constraints(self) -> list[Provided]:
        """The limits."""
        return self._of("constraint")

    @property
    def rule_languages(self) -> list[Provided]:
        """The languages of rules and conditions."""
        return self._of("rule language")

    @property
    def text_formats(self) -> list[Provided]:
        """The ways in which values are written in languages."""
        return self._of("text format")

    def _of(self, kind: str) -> list[Provided]:
        return [provided for _record, provided in self._found[kind]]

    @cached_property
    def subtype_count(self) -> int:
        """How many detailed types are found."""
        return len(self._found["subtype"])

    @cached_property
    def countries(self) -> list[Country]:
        """The detailed types by country in the order of their names, first those of no country."""
        found: dict[str, list[Provided]] = defaultdict(list)
        for record, provided in self._found["subtype"]:
            found[record["country"] or ""].append(provided)
        countries = [
            Country(code, self._countries.get(code, code), sorted(several, key=_by_label))
            for code, several in found.items()
        ]
        return sorted(countries, key=lambda each: (bool(each.code), each.name.casefold()))

    @cached_property
    def conflicts(self) -> list[Provided]:
        """What several plugins provide, so that no schema gets it by its name."""
        return [each for several in self._found.values() for _record, each in several if each.is_conflict]

    # ---- in words ----

    @cached_property
    def _countries(self) -> Mapping[str, str]:
        return {} if self._registry is None else country_names(self._registry)

    def _country(self, record: Record) -> str:
        code = record.get("country") or ""
        return f"{code} {self._countries.get(code, '')}"

    def _provided(self, record: Record) -> Provided:
        examples = record.get("examples", ())[:_EXAMPLES]
        searched = [*record.get("aliases", ()), record.get("identifies") or ""]
        of, warning = self._types(record), self._warning(record)
        more = (of, self._from % {"provider": record["provider"]}, warning)
        return Provided(
            record["name"],
            _label(record),
            record.get("summary") or capfirst(record.get("parameter", "")),
            of,
            [example if isinstance(example, str) else str(formats.localize(example)) for example in examples],
            record["provider"],
            " · ".join(filter(None, more)),
            warning,
            record["state"] == "conflict" or bool(record.get("conflicts")),
            " ".join(filter(None, searched)),
        )

    @cached_property
    def _from(self) -> str:
        return _("from %(provider)s")

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The types in words, by name."""
        return {record["name"]: _label(record) for record in self._records if record["kind"] == "base type"}

    def _types(self, record: Record) -> str:
        """Return the types that a record is for, in words."""
        bases = [record["base"]] if "base" in record else record.get("bases", ())
        return _("every type") if "*" in bases else ", ".join(self._titles.get(base, base) for base in bases)

    @cached_property
    def _rivals(self) -> dict[tuple[Any, ...], list[Record]]:
        """What has the same name for the same type."""
        found = defaultdict(list)
        for record in self._records:
            found[_identity(record)].append(record)
        return found

    def _warning(self, record: Record) -> str:
        rivals = [other for other in self._rivals[_identity(record)] if other["provider"] != record["provider"]]
        providers = {"providers": get_text_list([other["provider"] for other in rivals], _("and"))}
        if record["state"] == "conflict":
            return (
                _("Also provided by %(providers)s: no schema can use it before one of them is preferred.") % providers
            )
        if record["state"] == "shadowed":
            providers["providers"] = ", ".join(other["provider"] for other in rivals if other["state"] == "used")
            return _("Not in use: it comes from %(providers)s.") % providers
        if record.get("conflicts"):
            names = {"names": ", ".join(record["conflicts"])}
            return _("Other plugins have the same names for something else: %(names)s.") % names
        return ""


def _counted(numbers: Mapping[tuple[str, str], int], provider: str) -> Iterator[tuple[Any, int]]:
    """Yield how much a plugin provides of each kind that it provides."""
    for kind, said in _COUNTS.items():
        if number := numbers[provider, kind]:
            yield said, number


def _by_label(provided: Provided) -> tuple[Any, ...]:
    return provided.label.casefold(), bool(provided.warning), provided.name


def _identity(record: Record) -> tuple[Any, ...]:
    return record["kind"], record["name"], record.get("base")


def _has_all(words: Iterable[str], provided: Provided, country: str) -> bool:
    shown = (provided.name, provided.label, provided.summary, provided.of, provided.provider, provided.searched)
    text = " ".join([*shown, *provided.examples, country]).casefold()
    return all(word in text for word in words)


def _label(record: Record) -> str:
    """Return what people call what a record is about."""
    if record["kind"] == "base type":
        said = type_title({"type": record["name"]})
        return said if said != capfirst(record["name"]) else record["label"] or said
    if record["kind"] == "text format":
        return type_title({"type": record["name"]})
    if record["kind"] == "constraint":
        return limit_title(record["name"])
    return record.get("label") or capfirst(record["name"].replace("_", " "))


def _summary(distribution: str) -> str:
    """Return what a distribution says it is, nothing where it is a part of the project and no distribution."""
    try:
        return metadata(distribution)["Summary"] or ""
    except PackageNotFoundError:
        return ""
