"""What indexes and unique values cost: sizes, heap-only updates that are lost, and the bytes of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from benchmarks.django.many import attributes, fill_columns, fill_documents, owner_of, synced
from benchmarks.django.models import GinRecord, Native, Record, Searched, SearchedRecord, UniqueRecord
from benchmarks.django.tables import database, settle
from benchmarks.timing import Row, Spread
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["claims", "rows", "sizes"]

NATIVE = "native columns"
_MIB = 1024 * 1024

#: The tables of which updates are counted.
TABLES: dict[str, Any] = {
    "columns, none indexed": Native,
    "columns, three indexed": Searched,
    "attributes, none indexed": Record,
    "attributes, three indexed": SearchedRecord,
    "attributes, gin=True": GinRecord,
}


def rows(size: int, updated: int) -> Iterator[Row]:
    """Count the heap-only updates of a value that has no index, in tables of which a fifth of each page is free."""
    with database():
        owner = owner_of(SearchedRecord)
        for model in (Record, GinRecord):
            SchemaRecord.objects.define(model, attributes(()))
        synced()
        with connection.cursor() as cursor:
            for model in TABLES.values():
                cursor.execute(f"ALTER TABLE {model._meta.db_table} SET (fillfactor = 80)")
        for model in (Searched, Native):
            fill_columns(owner, size, model)
        fill_documents(Record, SearchedRecord, GinRecord)
        settle()
        for what, model in TABLES.items():
            share = _heap_only(model, updated)
            yield _told(f"heap-only among {updated:,} updates of a value without an index: {what}", share, "%")


def _heap_only(model: Any, updated: int) -> float:
    """Change a value of some records, each saved by itself; return the share of heap-only updates in percent."""
    before = _updates(model)
    for record in model.objects.order_by("pk")[:updated]:
        if hasattr(record, "attrs"):
            record.attrs["notes"] = "Seen."
            record.save(update_fields=["attrs"])
        else:
            record.notes = "Seen."
            record.save(update_fields=["notes"])
    every, heap_only = (now - then for now, then in zip(_updates(model), before, strict=True))
    return 100 * heap_only / every


def _updates(model: Any) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relid = %s::regclass",
            [model._meta.db_table],
        )
        every, heap_only = cursor.fetchone()
    return every, heap_only


def sizes(size: int) -> Iterator[Row]:
    """Tell how large tables and their indexes are, on tables that are filled already."""
    for table in (Searched, SearchedRecord):
        with connection.cursor() as cursor:
            cursor.execute(f"REINDEX TABLE {table._meta.db_table}")  # what was built at once is smaller
    yield _beside(f"size of the table, {size:,} rows", _size(SearchedRecord), _size(Searched))
    for what, name in (("a float", "score"), ("dates", "birth_date"), ("a text, both together", "name")):
        mine, other = _size(SearchedRecord, f"attrs_{name}"), _size(Searched, f"searched_{name}")
        yield _beside(f"size of the index on {what}, {size:,} rows", mine, other)
    yield _told(f"size of the index of gin=True, {size:,} rows", _size(GinRecord, "attrs_gin") / _MIB, "MiB")


def claims(size: int) -> Row:
    """Tell by how many bytes the claim of one unique text makes a document longer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT avg(pg_column_size(attrs)) - avg(pg_column_size(attrs - '{$scope:name,$value:name}'::text[])) "
            f"FROM {UniqueRecord._meta.db_table}"
        )
        (found,) = cursor.fetchone()
    return _told(f"what the claim of one unique text adds to a document, mean of {size:,}", float(found), "bytes")


def _size(model: Any, index: str = "") -> int:
    """Return the bytes of a table without its indexes, or of those of its indexes whose names contain a text."""
    with connection.cursor() as cursor:
        if not index:
            cursor.execute("SELECT pg_table_size(%s::regclass)", [model._meta.db_table])
        else:
            cursor.execute(
                "SELECT sum(pg_relation_size(indexrelid)) FROM pg_stat_user_indexes "
                "WHERE relid = %s::regclass AND strpos(indexrelname, %s) > 0",
                [model._meta.db_table, index],
            )
        (found,) = cursor.fetchone()
    return int(found)


def _beside(work: str, ours: int, theirs: int) -> Row:
    """Return the row of two sizes, which are told in words: the report's columns are for times."""
    figure = ours / theirs
    return Row(
        work=f"{work}: {ours / _MIB:.1f} MiB beside {theirs / _MIB:.1f}",
        against=NATIVE,
        figure=Spread(figure, figure, figure),
    )


def _told(work: str, value: float, unit: str) -> Row:
    return Row(work=work, figure=Spread(value, value, value), unit=unit)
