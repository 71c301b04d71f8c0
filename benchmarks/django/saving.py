"""Saving one changed value of one record."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import transaction

from benchmarks.django.models import Native, Record
from benchmarks.django.tables import database, fill, project
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.timing import Row

__all__ = ["atomically", "change_native", "change_record", "each", "fetching", "plainly", "rows"]

GOAL = 1.4
#: Records that are saved in one turn, each once.
SIZE = 200

#: Records, each with a value that it does not have.
Pairs = list[tuple[Any, float]]
Change = Callable[[Any, float], None]


def change_native(record: Native, value: float) -> None:
    """Change a column of a record, and save it."""
    record.score = value
    record.save(update_fields=["score"])


def change_record(record: Record, value: float) -> None:
    """Change an attribute of a record, and save it."""
    record.attrs["score"] = value
    record.save(update_fields=["attrs"])


def rows(repetitions: int, size: int = SIZE) -> Iterator[Row]:
    """Time saves in autocommit, and within a transaction."""
    ways = {
        f"{who}, {how}": Contestant(run=around(each(change)), prepare=fetching(model, size, read), count=size)
        for how, around, read in (
            ("autocommit", plainly, False),
            ("in a transaction", atomically, False),
            ("in a transaction, read before", atomically, True),
        )
        for who, change, model in (("native", change_native, Native), ("ours", change_record, Record))
    }
    with database():
        fill(project(), size)
        times = race(ways, repetitions)
    for how, goal in (("autocommit", GOAL), ("in a transaction", GOAL), ("in a transaction, read before", None)):
        work = f"set and save one attribute: {how}"
        yield beside(work, times[f"ours, {how}"], "native column", times[f"native, {how}"], goal)


def fetching(model: Any, size: int, read: bool = False) -> Callable[[], Pairs]:
    """Return what fetches records anew, each with a value that it does not have; ``read`` reads their attributes."""
    turn = count(1)

    def fetch() -> Pairs:
        number = next(turn)
        records = list(model.objects.order_by("pk")[:size])
        if read and model is Record:
            for record in records:
                record.attrs["score"]
        return [(record, number + place / 1024) for place, record in enumerate(records)]

    return fetch


def each(change: Change) -> Callable[[Pairs], None]:
    """Return what changes each record."""

    def run(pairs: Pairs) -> None:
        for record, value in pairs:
            change(record, value)

    return run


def plainly(run: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what runs in autocommit."""
    return run


def atomically(run: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what runs within one transaction."""

    def inside(argument: Any) -> None:
        with transaction.atomic():
            run(argument)

    return inside
