"""The schemas of one attribute field: found in the database, composed, and kept while their generation lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

from jsonattrs_core import Schema, applicable
from jsonattrs_django.conf import setting
from jsonattrs_django.schemas.cache import BoundedCache
from jsonattrs_django.schemas.generation import Generation, schema_database
from jsonattrs_django.schemas.scope import Scope
from jsonattrs_django.selectors import Texts, digest, generalisations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model, QuerySet

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord

__all__ = ["SchemaSource", "cached_scopes"]

#: The scopes that were used last, of all fields: by field, generation and texts.
cached_scopes: BoundedCache[Scope] = BoundedCache(lambda: setting("CACHED_SCOPES"))

#: Tuples asked for in one query: databases bound the number of parameters.
_CHUNK = 500


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

    def scopes(self, wanted: Iterable[Texts]) -> dict[Texts, Scope]:
        """Return the scopes of several entities, those that are not known yet with two queries for all of them."""
        alias = schema_database()
        pending = self.generation.pending(connections[alias])
        if pending is not None:
            return self._found(wanted, pending, pending.scopes.get, pending.scopes.setdefault, alias)
        token = self.generation.token(alias)
        return self._found(
            wanted,
            token,
            lambda texts: cached_scopes.get((self.label, token, texts)),
            lambda texts, scope: cached_scopes.put((self.label, token, texts), scope),
            alias,
        )

    def _found(self, wanted: Iterable[Texts], token: Any, get: Any, put: Any, alias: str) -> dict[Texts, Scope]:
        found: dict[Texts, Scope] = {}
        missing: dict[Texts, None] = {}
        for texts in wanted:
            known = get(texts)
            if known is None:
                missing[texts] = None
            else:
                found[texts] = known
        if missing:
            for texts, schemas in self._load(list(missing), alias).items():
                found[texts] = put(texts, Scope(schemas, token))
        return found

    def _load(self, wanted: list[Texts], alias: str) -> dict[Texts, list[Schema]]:
        """Return the schemas that apply to each of the tuples, the most general first."""
        bound = {texts: generalisations(texts) for texts in wanted}
        texts_of = {digest(texts): texts for several in bound.values() for texts in several}
        digests = list(texts_of)
        found: dict[Texts, Schema] = {}
        for start in range(0, len(digests), _CHUNK):
            records = self.active(alias).filter(digest__in=digests[start : start + _CHUNK])
            found |= {texts_of[record.digest]: schema for record, schema in with_schemas(records).items()}
        return {
            texts: applicable({general: found[general] for general in bound[texts] if general in found}, texts)
            for texts in wanted
        }

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

    def all_schemas(self, alias: str) -> dict[Texts, Schema]:
        """Return every schema of this field that applies to records, by the tuple that it is bound to."""
        records = list(self.active(alias).select_related("content_type").prefetch_related("selectors"))
        width = len(self._field.selectors)
        return {record.texts: schema for record, schema in with_schemas(records).items() if len(record.texts) == width}


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
