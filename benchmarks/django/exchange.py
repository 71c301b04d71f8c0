"""Exporting records as CSV: ``manage.py attributes_export_records``."""

from __future__ import annotations

import csv
import os
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.db import connection

from benchmarks.django.data import NAMES
from benchmarks.django.models import Record
from benchmarks.django.tables import database, fill_fast, project
from benchmarks.django.timing import Contestant, beside, race
from jsonattrs_django.exchange import Export, write_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.timing import Row

__all__ = ["copied", "exported", "rows"]

GOAL = 2.0
SIZE = 200_000

COPY = "COPY … TO STDOUT through the csv module"
VALUES = "Django's values_list() through the csv module"


def exported(path: str = os.devnull) -> int:
    """Export all records; return their number."""
    with open(path, "wb") as stream:
        return write_records(Export(Record.objects.all(), columns=["id", "project"]), stream, "csv")


def copied(path: str = os.devnull) -> int:
    """Have PostgreSQL write the same columns, and pipe them through a reader and a writer of Python's csv module."""
    reading, writing = os.pipe()
    source = Thread(target=_copy, args=(writing,))
    source.start()
    count = 0
    with open(reading, encoding="utf-8", newline="") as lines, open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "project", *NAMES])
        for row in csv.reader(lines):
            writer.writerow(row)
            count += 1
    source.join()
    return count


def _copy(descriptor: int) -> None:
    columns = ", ".join(f"attrs->>'{name}'" for name in NAMES)
    query = (
        f"COPY (SELECT id, project_id, {columns} FROM {Record._meta.db_table} ORDER BY id) TO STDOUT WITH (FORMAT csv)"
    )
    fresh: Any = connection.copy()
    try:
        with open(descriptor, "wb") as pipe, fresh.cursor() as cursor:
            if hasattr(cursor, "copy_expert"):
                cursor.copy_expert(query, pipe)
            else:
                with cursor.copy(query) as copy:
                    for block in copy:
                        pipe.write(block)
    finally:
        fresh.close()


def by_django(path: str = os.devnull) -> int:
    """Write the same columns as one would without the library."""
    count = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for pk, owner, document in Record.objects.values_list("pk", "project_id", "attrs").order_by("pk").iterator():
            writer.writerow([pk, owner, *map(document.get, NAMES)])
            count += 1
    return count


def rows(repetitions: int, size: int = SIZE) -> Iterator[Row]:
    """Time the export beside PostgreSQL's own, and beside what one would write with Django."""
    ways = {
        "ours": Contestant(run=lambda _: exported()),
        COPY: Contestant(run=lambda _: copied()),
        VALUES: Contestant(run=lambda _: by_django()),
    }
    with database():
        fill_fast(project(), size)
        times = race(ways, repetitions)
    for against, goal in ((COPY, GOAL), (VALUES, None)):
        yield beside(f"export of {size:,} records to CSV", times["ours"], against, times[against], goal)
