"""Serializers of ten values: a payload validated, and records made JSON values; with attributes and with columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from benchmarks.django.serializers import (
    NativeOfAnyProject,
    NativeSerializer,
    RecordOfAnyProject,
    RecordSerializer,
    payload,
)
from benchmarks.django.tables import database, fill, project
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.django.models import Project
    from benchmarks.timing import Row

__all__ = ["Work", "rows", "works"]

VENDORS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
THEIRS = "a ModelSerializer of ten fields"


class Work(NamedTuple):
    """What is timed: our serializer beside theirs."""

    name: str
    ours: Any
    theirs: Any
    contestant: Callable[[Any, Project], Contestant]
    goal: float | None


def works(count: int, times: int) -> Iterator[Work]:
    """Yield everything that is timed; what is done to one record is done ``times`` times."""
    yield Work(f"validate {count:,} records", RecordSerializer, NativeSerializer, _validate_many(count), 0.5)
    yield Work("validate one record", RecordSerializer, NativeSerializer, _validate_one(times), 0.5)
    yield Work(f"serialise {count:,} records", RecordSerializer, NativeSerializer, _serialise(count), 0.7)
    yield Work(
        f"validate {count:,} records, each of which names its project",
        RecordOfAnyProject,
        NativeOfAnyProject,
        _validate_many(count),
        None,
    )


def rows(repetitions: int, count: int, times: int) -> Iterator[Row]:
    """Time everything with so many records."""
    with database():
        owner = project()
        fill(owner, count)
        for work in works(count, times):
            sides = {"ours": work.ours, "theirs": work.theirs}
            times_of = race({name: work.contestant(side, owner) for name, side in sides.items()}, repetitions)
            told = f"{work.name}: {VENDORS[connection.vendor]}"
            yield beside(told, times_of["ours"], THEIRS, times_of["theirs"], work.goal)


def valid(serializer: Any, data: Any, owner: Project) -> Any:
    """Return what a view has when it has validated a payload."""
    made = serializer(data=data, many=isinstance(data, list), context={"project": owner})
    if not made.is_valid():
        raise AssertionError(made.errors)
    return made.validated_data


def _validate_many(count: int) -> Callable[[Any, Project], Contestant]:
    def contestant(serializer: Any, owner: Project) -> Contestant:
        data = payload(serializer.Meta.model, owner, count)
        return Contestant(run=lambda _: valid(serializer, data, owner), count=count)

    return contestant


def _validate_one(times: int) -> Callable[[Any, Project], Contestant]:
    def contestant(serializer: Any, owner: Project) -> Contestant:
        data = payload(serializer.Meta.model, owner, times)
        return Contestant(run=lambda _: [valid(serializer, row, owner) for row in data], count=times)

    return contestant


def _serialise(count: int) -> Callable[[Any, Project], Contestant]:
    def contestant(serializer: Any, owner: Project) -> Contestant:
        model = serializer.Meta.model
        return Contestant(
            prepare=lambda: list(model.objects.order_by("pk")),
            run=lambda found: serializer(found, many=True).data,
            count=count,
        )

    return contestant
