"""Finding rows of the database by what stands in cells, for a batch of rows with the same number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from jsonattrs_django.exchange.natives import NativeColumn
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Found", "existing", "related"]

#: Rows by the values that they are known by; several, where several have them.
Found = dict[tuple[Any, ...], list[Any]]


def _found(rows: QuerySet[Any], columns: Sequence[NativeColumn], wanted: Iterable[tuple[Any, ...]]) -> Found:
    """Return the keys of the rows that have these values in these columns."""
    known: Found = {key: [] for key in wanted}
    if not known:
        return known
    for place, column in enumerate(columns):
        rows = rows.filter(**{f"{column.lookup}__in": {key[place] for key in known}})
    for pk, *values in rows.order_by("pk").values_list("pk", *(column.lookup for column in columns)):
        if tuple(values) in known:
            known[tuple(values)].append(pk)
    return known


def existing(
    field: JSONAttributeField,
    columns: Sequence[NativeColumn],
    wanted: Iterable[tuple[Any, ...]],
    rows: QuerySet[Any],
) -> Found:
    """Return those of some records that have these values in these columns, with what it takes to find their scopes.

    They are locked until the end of the transaction, where the database can.
    """
    keys = _found(rows, columns, wanted)
    chosen = field.model._base_manager.using(rows.db).filter(pk__in=[pk for several in keys.values() for pk in several])
    if field.select_related:
        chosen = chosen.select_related(*field.select_related)
    if connections[rows.db].features.has_select_for_update:
        chosen = chosen.select_for_update(of=("self",))
    records = {record.pk: record for record in chosen}
    return {key: [records[pk] for pk in several if pk in records] for key, several in keys.items()}


def related(
    rows: QuerySet[Any], columns: Sequence[NativeColumn], wanted: Iterable[tuple[Any, ...]], relations: Iterable[str]
) -> Found:
    """Return those of some rows that have these values in these columns, together with ``relations`` of theirs."""
    keys = _found(rows, columns, wanted)
    chosen = rows.model._base_manager.using(rows.db).filter(pk__in=[pk for each in keys.values() for pk in each])
    names = list(relations)
    records = {row.pk: row for row in (chosen.select_related(*names) if names else chosen)}
    return {key: [records[pk] for pk in several if pk in records] for key, several in keys.items()}
