"""Creating many records at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.django.data import values
from benchmarks.django.models import Native, Project, Record
from benchmarks.django.tables import database, emptied, natives, project, records
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.timing import Row

__all__ = ["as_json", "rows"]

GOAL = 1.5
SIZE = 10_000


def rows(repetitions: int, size: int = SIZE) -> Iterator[Row]:
    """Time bulk_create, with and without making the objects."""
    given = list(values(size))
    with database():
        times = race(_contestants(project(), given), repetitions)
    for how, goal in (("typed values", GOAL), ("objects made too", None), ("JSON values", None)):
        against = "native, unchecked" + (", objects made too" if how == "objects made too" else "")
        yield beside(f"bulk_create of {size:,}: {how}", times[how], against, times[against], goal)


def _contestants(owner: Project, given: Sequence[dict[str, Any]]) -> dict[str, Contestant]:
    from_json = as_json(given)

    def contestant(model: Any, prepare: Any, run: Any) -> Contestant:
        return Contestant(prepare=prepare, run=run, finish=lambda _: emptied(model))

    def made_natives() -> list[Native]:
        return natives(owner, given)

    def made_records() -> list[Record]:
        return records(owner, given)

    create_natives, create_records = Native.objects.bulk_create, Record.objects.bulk_create
    return {
        "native, unchecked": contestant(Native, made_natives, create_natives),
        "typed values": contestant(Record, made_records, create_records),
        "native, unchecked, objects made too": contestant(
            Native, lambda: None, lambda _: create_natives(made_natives())
        ),
        "objects made too": contestant(Record, lambda: None, lambda _: create_records(made_records())),
        "JSON values": contestant(Record, lambda: records(owner, from_json), create_records),
    }


def as_json(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records with JSON values in place of typed ones."""
    return [{name: _written(value) for name, value in row.items()} for row in rows]


def _written(value: Any) -> Any:
    if isinstance(value, bool | int | float | str):
        return value
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else str(value)
