"""Finding and ordering many records: indexed attributes beside indexed columns, in turns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from benchmarks.django.asking import database_time, django_time, in_turns, row_of
from benchmarks.django.models import GinRecord, Searched, SearchedRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.timing import Row

__all__ = ["Search", "searches", "searching"]

NATIVE = "native columns"
RANGE, ORDER, EQUALITY, TWO = 1.3, 2.0, 1.2, 0.5
#: Records of a list.
LIMIT = 50


class Search(NamedTuple):
    """The same question to both sides."""

    work: str
    goal: float | None
    ours: Any
    theirs: Any


def searches() -> Iterator[Search]:
    """Yield what is asked. The ranges find one record in 200."""
    columns, records, documents = Searched.objects, SearchedRecord.objects, GinRecord.objects
    low, high = 300.0, 305.0
    born, last = date(1970, 1, 1), date(1970, 1, 1) + timedelta(days=29_000 // 200)
    name = str(columns.order_by("pk")[10].name)
    yield Search(
        "range of a float, 0.5 %",
        RANGE,
        records.filter(attrs__score__gte=low, attrs__score__lt=high),
        columns.filter(score__gte=low, score__lt=high),
    )
    yield Search(
        "range of dates, 0.5 %",
        RANGE,
        records.filter(attrs__birth_date__range=(born, last)),
        columns.filter(birth_date__range=(born, last)),
    )
    for what, named in (("a float", "score"), ("a text", "name"), ("dates", "birth_date")):
        yield Search(
            f"order by {what}, the first {LIMIT}",
            ORDER,
            records.order_by(f"attrs__{named}")[:LIMIT],
            columns.order_by(named)[:LIMIT],
        )
    yield Search("equality of a text", EQUALITY, records.filter(attrs__name=name), columns.filter(name=name))
    begin = name[:-1]
    yield Search(
        "texts with the same beginning",
        None,
        records.filter(attrs__name__startswith=begin),
        columns.filter(name__startswith=begin),
    )
    two = {"education": "primary", "household_size": 17}
    asked = {f"attrs__{key}": value for key, value in two.items()}
    if connection.vendor == "postgresql":
        yield Search("two equalities, gin=True", TWO, documents.filter(**asked), columns.filter(**two))
    yield Search("two equalities, no index", None, records.filter(**asked), columns.filter(**two))


def searching(size: int, repetitions: int) -> Iterator[Row]:
    """Time every search, in the database and with Django, on tables that are filled already."""
    for search in searches():
        is_slow = "no index" in search.work
        times = in_turns(
            {
                "ours": database_time(search.ours, 1 if is_slow else 5),
                "theirs": database_time(search.theirs, 1 if is_slow else 5),
                "ours, Django": django_time(search.ours, 1),
                "theirs, Django": django_time(search.theirs, 1),
            },
            max(3, repetitions // 4) if is_slow else repetitions,
        )
        work = f"{search.work}, of {size:,}"
        yield row_of(work, times["ours"], NATIVE, times["theirs"], search.goal)
        yield row_of(f"{work}: with Django", times["ours, Django"], NATIVE, times["theirs, Django"])
