"""What the schemas of a field ask of its indexes, read from their rows.

There may be thousands of scopes, which mostly say the same: the rows are read in one query, the same ones once, and
nothing is composed. Where it would take composition to tell what a row is about, everything that it may be about is
taken: an index of nothing costs next to nothing, and one that is missing is missed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BooleanField, Case, Value, When

from jsonattrs_django.indexes.lengths import may_be_long
from jsonattrs_django.queries.stored import KEY
from jsonattrs_django.selectors import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Indexed", "Wanted", "wanted"]

TRIGRAM = "trigram"
_GONE = ("draft", "retired")


@dataclass(frozen=True, slots=True, order=True)
class Indexed:
    """Values of one type under one key, which queries are to find quickly."""

    key: str
    type: str
    multiple: bool
    is_trigram: bool  #: parts of the texts, too
    is_everywhere: bool  #: the schema of all records defines it, so that most of them have a value
    is_long: bool = False  #: in some scope it takes texts that are too long for an entry of an ordinary index


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the schemas of one field ask for."""

    indexed: tuple[Indexed, ...] = ()
    claims: tuple[tuple[str, ...], ...] = ()  #: keys whose values together are unique in some scope, sorted


class _Row(NamedTuple):
    """What one schema says of one attribute, or several schemas in the same words."""

    key: str
    definition: Mapping[str, Any]
    is_global: bool

    @property
    def name(self) -> str:
        return str(self.definition.get("name", self.key))

    @property
    def type(self) -> str | None:
        """The type that it defines, None of what only changes an inherited attribute."""
        found = self.definition.get("type")
        return found if isinstance(found, str) and found else None

    @property
    def is_live(self) -> bool:
        return self.definition.get("status") not in _GONE and self.definition.get("omit") is not True

    @property
    def revives(self) -> bool:
        """It brings back what a more general schema has retired."""
        return self.type is None and self.definition.get("status") in ("active", "deprecated")


def wanted(field: JSONAttributeField, alias: str) -> Wanted:
    """Return what the active schemas of a field ask for. ``alias`` is the database of the schemas."""
    by_key = _by_key(_rows(field, alias))
    indexed: list[Indexed] = []
    claims: set[tuple[str, ...]] = set()
    for key, rows in by_key.items():
        is_revived = any(row.revives for row in rows)
        live = [row for row in rows if row.is_live or (is_revived and row.type)]
        indexed += _indexed(key, live)
        if any(row.type for row in live) and any(row.definition.get("unique") is True for row in live):
            claims.add((key,))
    claims |= _groups(field, alias, by_key)
    return Wanted(tuple(sorted(indexed)), tuple(sorted(claims)))


def _rows(field: JSONAttributeField, alias: str) -> list[_Row]:
    from jsonattrs_django.models import AttributeRecord

    is_global = Case(
        When(schema__digest=digest(()), then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
    )
    active = field.schemas.active(alias).order_by().values("pk")
    found = (
        AttributeRecord.objects.using(alias)
        .filter(schema__in=active)
        .order_by()
        .annotate(is_global=is_global)
        .values_list("key", "definition", "is_global")
        .distinct()
    )
    rows = [_Row(*each) for each in found.iterator()]
    return [row for row in rows if KEY(row.key) and isinstance(row.definition, dict)]


# ---- keys ----


def _by_key(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    """Return the rows by the key of the attribute that they are about.

    What changes an inherited attribute, or defines it anew, may give nothing but its name, in the key's place.
    """
    rows = [row for row in rows if row.definition.get("status") != "draft"]
    named: dict[str, set[str]] = defaultdict(set)  # keys by the names that they are known by, where these differ
    for row in rows:
        if row.name != row.key:
            named[row.name].add(row.key)
    defined = {row.key for row in rows if row.type}
    general = {row.key: row.name for row in rows if row.is_global}
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        for key in _keys(row, named, defined, general):
            found[key].append(row)
    return found


def _keys(row: _Row, named: Mapping[str, set[str]], defined: set[str], general: Mapping[str, str]) -> set[str]:
    if row.is_global or row.definition.get("name") != row.key or row.key in general:
        return {row.key}
    inherited = {key for key, name in general.items() if name == row.key}
    if inherited:
        return inherited
    own = {row.key} if row.key in defined else set()
    return own | named.get(row.key, set())


# ---- indexes ----


def _indexed(key: str, rows: list[_Row]) -> Iterable[Indexed]:
    """Yield what is to be indexed of one key, one for each type that it has among the rows."""
    definitions = [row for row in rows if row.type]
    changes = [row for row in rows if not row.type]
    asking = [row.definition["indexed"] for row in changes if _is_asked(row)]
    lists = {row.definition["multiple"] for row in changes if isinstance(row.definition.get("multiple"), bool)}
    everywhere = {_kind(row) for row in definitions if row.is_global}
    kinds: dict[tuple[str, bool], bool] = {}
    for row in definitions:
        if asking or _is_asked(row):
            is_trigram = TRIGRAM in asking or row.definition.get("indexed") == TRIGRAM
            for multiple in {_kind(row)[1], *lists}:
                kind = (_kind(row)[0], multiple)
                kinds[kind] = kinds.get(kind, False) or is_trigram
    texts = [row.definition for row in definitions if row.type == "text" and False in {_kind(row)[1], *lists}]
    is_long = ("text", False) in kinds and may_be_long(texts, [row.definition for row in changes])
    for kind, is_trigram in kinds.items():
        yield Indexed(key, *kind, is_trigram, kind in everywhere, is_long and kind == ("text", False))


def _is_asked(row: _Row) -> bool:
    return row.definition.get("indexed") in (True, TRIGRAM)


def _kind(row: _Row) -> tuple[str, bool]:
    return str(row.type), row.definition.get("multiple") is True


# ---- unique groups ----


def _groups(field: JSONAttributeField, alias: str, by_key: Mapping[str, list[_Row]]) -> set[tuple[str, ...]]:
    """Return the keys of each group of names that a schema wants to be unique together."""
    texts = field.schemas.active(alias).order_by().values_list("unique_together", flat=True).distinct()
    groups = {tuple(map(str, group)) for several in texts if several for group in several if group}
    if not groups:
        return set()
    keys: dict[str, set[str]] = defaultdict(set)
    for key, rows in by_key.items():
        for row in rows:
            keys[row.name].add(key)
    return {tuple(sorted(chosen)) for group in groups for chosen in product(*(sorted(keys[name]) for name in group))}
