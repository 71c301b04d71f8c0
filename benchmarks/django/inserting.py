"""Inserting rows beside many that are there, with three indexed attributes, or columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max

from benchmarks.django.asking import explained, in_turns, row_of
from benchmarks.django.data import values
from benchmarks.django.models import Searched, SearchedRecord
from benchmarks.django.tables import records, settle
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.django.models import Project
    from benchmarks.timing import Row

__all__ = ["inserting"]

#: Of what Django and the database do together, as an application inserts.
GOAL = 1.25
NATIVE = "native columns"
#: Rows of one turn: by bulk_create and by the database itself, and one by one.
MANY, FEW = 2_000, 200


def inserting(owner: Project, size: int, repetitions: int) -> Iterator[Row]:
    """Time inserts on tables that are filled already, and take the rows away again."""
    given = list(values(MANY))
    for work, count, ways in (
        (f"bulk_create of {MANY:,}", MANY, (SearchedRecord.objects.bulk_create, Searched.objects.bulk_create)),
        (f"create {FEW} one by one", FEW, (_one_by_one, _one_by_one)),
    ):
        contestants = {
            model.__name__: Contestant(
                prepare=lambda make=make, count=count: make(owner, given[:count]), run=run, finish=_taken_away(model)
            )
            for (model, make), run in zip(((SearchedRecord, _records), (Searched, _columns)), ways, strict=True)
        }
        times = race(contestants, repetitions)
        yield beside(f"{work} beside {size:,}", times["SearchedRecord"], NATIVE, times["Searched"], GOAL)
    if connection.vendor == "postgresql":
        yield _by_the_database(size, repetitions)
    settle()


def _records(owner: Project, rows: Any) -> list[Any]:
    return records(owner, rows, SearchedRecord)


def _columns(owner: Project, rows: Any) -> list[Any]:
    return [Searched(project=owner, **row) for row in rows]


def _one_by_one(made: list[Any]) -> None:
    for each in made:
        each.save(force_insert=True)


def _taken_away(model: Any) -> Callable[[Any], None]:
    """Return what deletes all rows that come after those that are there now."""
    last = model.objects.aggregate(last=Max("pk"))["last"]

    def take(_: Any = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id > %s", [last])

    return take


def _by_the_database(size: int, repetitions: int) -> Row:
    """Time the same rows copied from another table, so that neither Django nor a check has a part in it."""

    def contestant(model: Any) -> Callable[[], float]:
        names = ", ".join(field.column for field in model._meta.concrete_fields if not field.primary_key)
        table, source = model._meta.db_table, f"source_{model._meta.model_name}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {source} AS SELECT {names} FROM {table} ORDER BY id LIMIT {MANY}")
            cursor.execute(f"ANALYZE {source}")
        take_away = _taken_away(model)

        def once() -> float:
            plan = explained(f"INSERT INTO {table} ({names}) SELECT {names} FROM {source}")
            take_away()
            return float(plan["Execution Time"]) / 1000

        return once

    times = in_turns({"ours": contestant(SearchedRecord), "native": contestant(Searched)}, repetitions)
    work = f"insert {MANY:,} beside {size:,}: the database alone"
    return row_of(work, times["ours"], NATIVE, times["native"])
