"""Records as typed dictionaries, without instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Func, QuerySet, TextField

from jsonattrs_django.documents import loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.schemas.source import SchemaSource
    from jsonattrs_django.selectors import Selectors

__all__ = ["ScopeFinder", "typed_values"]


class ScopeFinder:
    """Finds the scopes of rows by the raw values of their selectors, as a database gives them."""

    def __init__(self, selectors: Selectors, schemas: SchemaSource) -> None:
        self._selectors = selectors
        self._schemas = schemas
        self._by_raw: dict[tuple[Any, ...], Scope] = {}

    def prepare(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Find the scopes of some rows with two queries, as they are now; the rows before are forgotten."""
        texts = {raw: self._selectors.texts(raw) for raw in dict.fromkeys(rows)}
        scopes = self._schemas.scopes(dict.fromkeys(texts.values()))
        self._by_raw = {raw: scopes[each] for raw, each in texts.items()}

    def find(self, raw: tuple[Any, ...]) -> Scope:
        """Return the scope of a row, one of those that were prepared."""
        return self._by_raw[raw]


def typed_values(queryset: QuerySet[Any], columns: Sequence[str], name: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield a dict for each record: the columns, and the attributes by name under the field's own name.

    References are given as keys, and a value that does not fit as it is stored.
    """
    from jsonattrs_django.models.manager import attribute_field

    field: JSONAttributeField = attribute_field(queryset.model, name)
    finder = ScopeFinder(field.selectors, field.schemas)
    lookups = [selector.lookup for selector in field.selectors]
    stored = StoredText(field.attname)
    width, label, find = len(columns), field.name, finder.find
    # The column comes as text, which no converter of Django's has to touch.
    rows = queryset.values_list(*columns, *lookups, stored)
    finder.prepare(row[width:-1] for row in rows)
    for row in rows:
        record = dict(zip(columns, row, strict=False))
        record[label] = find(row[width:-1]).load(loads(row[-1]))
        yield record


class StoredText(Func):
    """An attribute field's column as the text of its document."""

    template = "%(expressions)s"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Compile for PostgreSQL."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **context)
