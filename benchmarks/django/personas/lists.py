"""Pages that list personas with 75 characteristics: as attributes, and as native columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from benchmarks.django.databases import database, queries
from benchmarks.django.personas.data import fill, scene
from benchmarks.django.personas.pages import makers
from benchmarks.django.timing import Contestant, beside, race
from benchmarks.timing import Row, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["rows"]

GOAL = 1.5
NATIVE = "native columns"


def rows(repetitions: int, count: int) -> Iterator[Row]:
    """Time each page of so many personas, and count its queries."""
    with database():
        author = scene()
        fill(author, count)
        for what, sides in makers(author).items():
            ours, theirs = map(queries, sides)
            listed = f"{count} personas, {what}: {connection.display_name}"
            yield Row(work=listed, against=NATIVE, figure=Spread(ours, ours, ours), unit="queries", goal=theirs)
            times = race(dict(zip(("ours", "theirs"), map(_made, sides), strict=True)), repetitions)
            yield beside(listed, times["ours"], NATIVE, times["theirs"], GOAL)


def _made(make: Callable[[], bytes]) -> Contestant:
    return Contestant(run=lambda _: make())
