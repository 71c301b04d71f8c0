"""The schemas of one attribute field: found in the database, composed, and kept while their generation lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections
from django.db.models import Exists, OuterRef, Q

from jsonattrs_core import Schema, applicable
from jsonattrs_django.conf import setting
from jsonattrs_django.schemas.cache import BoundedCache
from jsonattrs_django.schemas.generation import Generation, schema_database
from jsonattrs_django.schemas.scope import Scope
from jsonattrs_django.selectors import Texts, digest, generalisations

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from django.db.models import Model, QuerySet

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord

__all__ = ["SchemaSource", "cached_scopes", "composed_scopes"]

#: The scopes that were used last, of all fields: by field, generation and texts.
cached_scopes: BoundedCache[Scope] = BoundedCache(lambda: setting("CACHED_SCOPES"))

#: The same by field, generation and the schemas that they are composed of: most entities have none of their own.
composed_scopes: BoundedCache[Scope] = BoundedCache(lambda: setting("CACHED_SCOPES"))

#: Tuples asked for in one query: databases bound the number of parameters.
_CHUNK = 500

#: Tuples around which schemas are looked for; for more of them all are read.
_FEW = 20


class _Shelf(NamedTuple):
    """Where scopes are kept by the texts of selector values: by the process, or while a change is pending."""

    token: Any  #: the generation that they belong to
    get: Callable[[Any], Scope | None]
    put: Callable[[Any, Scope], Scope]


class SchemaSource:
    """The schemas of one attribute field."""

    def __init__(self, model: type[Model], field: JSONAttributeField) -> None:
        options = model._meta.concrete_model._meta
        self.label = (options.app_label, options.model_name, field.name)
        self.generation = Generation(options.app_label, str(options.model_name), field.name)
        self._field = field

    def scope(self, texts: Texts) -> Scope:
        """Return the scope of an entity's selector values."""
        return self.scopes([texts])[texts]

    def scopes(self, wanted: Iterable[Texts], beside: Callable[[], Iterable[Texts]] = tuple) -> dict[Texts, Scope]:
        """Return the scopes of several entities, those that are not known yet with two queries for all of them.

        Where there are such, those of ``beside`` are found with the same queries: they will be asked for next.
        """
        alias = schema_database()
        pending = self.generation.pending(connections[alias])
        if pending is not None:
            shelf = _Shelf(pending.token, pending.scopes.get, pending.scopes.setdefault)
        else:
            token = self.generation.token(alias)
            shelf = _Shelf(
                token,
                lambda key: cached_scopes.get((self.label, token, key)),
                lambda key, scope: cached_scopes.put((self.label, token, key), scope),
            )
        found: dict[Texts, Any] = {texts: shelf.get(texts) for texts in wanted}
        missing = [texts for texts, scope in found.items() if scope is None]
        if missing:
            more = [texts for texts in beside() if texts not in found and shelf.get(texts) is None]
            found |= self._load(dict.fromkeys([*missing, *more]), shelf, alias)
        return found

    def _load(self, wanted: Iterable[Texts], shelf: _Shelf, alias: str) -> dict[Texts, Scope]:
        """Find the schemas that apply to each of the tuples; the same ones make one scope."""
        bound = {texts: generalisations(texts) for texts in wanted}
        texts_of = {digest(texts): texts for several in bound.values() for texts in several}
        digests = list(texts_of)
        found: dict[Texts, tuple[int, Schema]] = {}
        for start in range(0, len(digests), _CHUNK):
            records = self.active(alias).filter(digest__in=digests[start : start + _CHUNK])
            found |= {texts_of[record.digest]: (record.pk, each) for record, each in with_schemas(records).items()}
        scopes: dict[Texts, Scope] = {}
        for texts, general in bound.items():
            layers = applicable({each: found[each] for each in general if each in found}, texts)
            key = (self.label, shelf.token, tuple(pk for pk, _ in layers))
            scope = composed_scopes.get(key)
            if scope is None:
                scope = composed_scopes.put(key, Scope(layers, shelf.token))
            scopes[texts] = shelf.put(texts, scope)
        return scopes

    def records(self, alias: str) -> QuerySet[SchemaRecord]:
        """Return the schema records of this field."""
        from jsonattrs_django.models import SchemaRecord

        app_label, model_name, field = self.label
        return SchemaRecord.objects.using(alias).filter(
            content_type__app_label=app_label, content_type__model=model_name, field=field
        )

    def active(self, alias: str) -> QuerySet[SchemaRecord]:
        """Return those of them that apply to records."""
        return self.records(alias).filter(is_retired=False)

    def indexed_keys(self, alias: str) -> set[str]:
        """Return the keys of which any schema asks for an index: it is one for the records of all scopes."""
        from jsonattrs_django.models import AttributeRecord

        active = self.active(alias).order_by().values("pk")
        rows = AttributeRecord.objects.using(alias).filter(schema__in=active, definition__contains='"indexed": true')
        return set(rows.order_by().values_list("key", flat=True).distinct())

    def all_schemas(self, alias: str, around: Collection[Texts] | None = None) -> dict[Texts, Schema]:
        """Return every schema of this field that applies to records, by the tuple that it is bound to.

        ``around`` leaves out those that no record shares with any of these tuples, where these are few: one tenant's
        change has nothing to do with the schemas of the others.
        """
        chosen = self.active(alias)
        if around is not None and len(around) <= _FEW:
            chosen = chosen.filter(self._shares_records(around))
        records = list(chosen.select_related("content_type").prefetch_related("selectors"))
        width = len(self._field.selectors)
        return {record.texts: schema for record, schema in with_schemas(records).items() if len(record.texts) == width}

    def _shares_records(self, around: Collection[Texts]) -> Q:
        """Return the condition that a schema is bound to nothing else, wherever one of these tuples says something."""
        from jsonattrs_django.models import SelectorRecord

        either = Q(pk__in=[])
        for texts in around:
            elsewhere = Q(pk__in=[])
            for position, text in enumerate(texts):
                if text is not None:
                    elsewhere |= Q(position=position, value__isnull=False) & ~Q(value=text)
            others = SelectorRecord.objects.filter(elsewhere, schema=OuterRef("pk"))
            either |= ~Exists(others)
        return either


def with_schemas(records: Iterable[SchemaRecord]) -> Mapping[SchemaRecord, Schema]:
    """Return the schemas that records hold, with one query for the attributes of all."""
    from jsonattrs_django.models import AttributeRecord

    found = list(records)
    if not found:
        return {}
    attributes: dict[int, list[Any]] = {record.pk: [] for record in found}
    for start in range(0, len(found), _CHUNK):
        chunk = [record.pk for record in found[start : start + _CHUNK]]
        rows = AttributeRecord.objects.using(found[0]._state.db).filter(schema__in=chunk).order_by("position", "pk")
        for schema, definition in rows.values_list("schema_id", "definition"):
            attributes[schema].append(definition)
    return {record: record.schema_of(attributes[record.pk]) for record in found}
