"""Where our side's time goes: ``python -m benchmarks.django --profile``."""

from __future__ import annotations

import pstats
from cProfile import Profile
from typing import TYPE_CHECKING, Any

from benchmarks.django import auditing, eav2, listing, saving
from benchmarks.django.data import values
from benchmarks.django.models import Record
from benchmarks.django.tables import database, emptied, fill, project, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.django.models import Project

__all__ = ["profile"]

LINES = 25


def profile() -> None:
    """Print the functions in which the most time is spent, for each kind of work."""
    with database():
        owner = project()
        fill(owner, 1_000)
        for title, read in (
            ("list 1,000, the mapping once per record", listing.mapping),
            ("typed_values", listing.typed),
        ):
            _shown(title, read, 10)
        _shown("save 1,000, each once", _save, 1)
        _shown("create 1,000, one by one", lambda: _create(owner), 1)
        _shown("attributes_check of 2,000", auditing.check, 5)
        emptied(Record)
        given = list(values(10_000))
        made = [records(owner, given) for _ in range(3)]
        _shown("bulk_create 3 times 10,000", lambda: Record.objects.bulk_create(made.pop()), 3)


def _save() -> None:
    for place, record in enumerate(Record.objects.order_by("pk")):
        saving.change_record(record, place + 0.5)


def _create(owner: Project) -> None:
    for row in values(1_000):
        eav2.create_record(owner, row)


def _shown(title: str, call: Callable[[], Any], times: int) -> None:
    profiler = Profile()
    profiler.enable()
    for _ in range(times):
        call()
    profiler.disable()
    print(f"\n==== {title}, {times} times")
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(LINES)
