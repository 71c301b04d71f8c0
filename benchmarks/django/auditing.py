"""Holding all stored records against their schema: ``manage.py attributes_check``."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.django.models import PlainRecord, Record
from benchmarks.django.tables import database, fill_fast, project
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.timing import Row

__all__ = ["check", "read_and_load", "rows"]

GOAL = 2.0
SIZE = 200_000

READING = "reading and json.loads"
DJANGO = "Django's JSONField, values_list().iterator()"


def check() -> None:
    """Run the command. Raises CommandError where a record does not fit."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("attributes_check", Record._meta.label, no_progress=True, stdout=nowhere)


def read_and_load() -> int:
    """Read each record's keys and document with a cursor, in order, and load the document; return their number."""
    query = f"SELECT id, project_id, CAST(attrs AS text) FROM {Record._meta.db_table} ORDER BY id"
    loads, count = json.loads, 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while part := cursor.fetchmany(2_000):
            for _, _, text in part:
                loads(text)
            count += len(part)
    return count


def read_by_django() -> int:
    """Read the same with Django's own field; return their number."""
    found = PlainRecord.objects.order_by("pk").values_list("pk", "project_id", "attrs")
    return sum(1 for _ in found.iterator(chunk_size=2_000))


def rows(repetitions: int, size: int = SIZE) -> Iterator[Row]:
    """Time the command beside reading alone."""
    ways = {
        "ours": Contestant(run=lambda _: check()),
        READING: Contestant(run=lambda _: read_and_load()),
        DJANGO: Contestant(run=lambda _: read_by_django()),
    }
    with database():
        fill_fast(project(), size)
        times = race(ways, repetitions)
    for against, goal in ((READING, GOAL), (DJANGO, None)):
        yield beside(f"attributes_check of {size:,}", times["ours"], against, times[against], goal)
