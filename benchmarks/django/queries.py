"""Searching, inserting and indexing many records beside native columns: all on the same tables, filled once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from benchmarks.django.costs import sizes
from benchmarks.django.data import NAMES
from benchmarks.django.eav2_searching import eav2_searching, fill_entities
from benchmarks.django.indexing import indexing
from benchmarks.django.inserting import inserting
from benchmarks.django.many import attributes, fill_columns, fill_documents, owner_of, synced
from benchmarks.django.models import GinRecord, SearchedRecord
from benchmarks.django.searching import searching
from benchmarks.django.tables import database, settle
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.django.models import Project
    from benchmarks.timing import Row

__all__ = ["filled", "rows"]

#: Rows from which on django-eav2 is given only the values that are asked for: all ten are ten times as many rows.
_TOO_MANY = 500_000


def rows(size: int, repetitions: int, slow_repetitions: int) -> Iterator[Row]:
    """Time all; ``slow_repetitions`` are those of what takes seconds."""
    with database():
        owner = filled(size)
        yield from searching(size, repetitions)
        yield from inserting(owner, size, repetitions)
        if connection.vendor == "postgresql":
            yield from indexing(size, slow_repetitions)
            yield from sizes(size)
        fill_entities(NAMES if size < _TOO_MANY else ("score",))
        yield from eav2_searching(size, slow_repetitions)


def filled(size: int) -> Project:
    """Fill the tables, and have them indexed."""
    owner = owner_of(SearchedRecord)
    SchemaRecord.objects.define(GinRecord, attributes(()))
    fill_columns(owner, size)
    fill_documents(SearchedRecord, GinRecord)
    synced()
    settle()
    return owner
