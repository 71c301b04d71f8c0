"""Records as typed dictionaries, without instances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from jsonattrs_django.documents import Document
from jsonattrs_django.schemas.scope import Scope
from jsonattrs_django.schemas.source import SchemaSource
from jsonattrs_django.selectors import Selectors

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["ScopeFinder", "typed_values"]


class ScopeFinder:
    """Finds the scopes of rows by the raw values of their selectors, each once for as long as it is kept."""

    def __init__(self, selectors: Selectors, schemas: SchemaSource) -> None:
        self._selectors = selectors
        self._schemas = schemas
        self._by_raw: dict[tuple[Any, ...], Scope] = {}

    def find(self, raw: tuple[Any, ...]) -> Scope:
        """Return the scope of a row."""
        key = (*raw, *map(type, raw))  # 1 and True are one key of a dict
        found = self._by_raw.get(key)
        if found is None:
            found = self._by_raw[key] = self._schemas.scope(self._selectors.texts(raw))
        return found


def typed_values(queryset: QuerySet[Any], columns: Sequence[str], name: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield a dict for each record: the columns, and the attributes by name under the field's own name.

    References are given as keys, and a value that does not fit as it is stored.
    """
    from jsonattrs_django.models.manager import attribute_field

    field: JSONAttributeField = attribute_field(queryset.model, name)
    finder = ScopeFinder(field.selectors, field.schemas)
    lookups = [selector.lookup for selector in field.selectors]
    width = len(columns)
    for row in queryset.values_list(*columns, field.attname, *lookups):
        record = dict(zip(columns, row, strict=False))
        record[field.name] = loaded(finder.find(row[width + 1 :]), row[width])
        yield record


def loaded(scope: Scope, document: Document) -> dict[str, Any]:
    """Return the typed values of a document by name."""
    validator = scope.compiled.validator
    if validator is None:
        return {name: document[key] for key, name in scope.compiled.names.items() if key in document}
    return validator.load(document)
