"""Making an attribute of many records searchable while others write, and what its index costs from then on."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from django.db import connection

from benchmarks.django.asking import in_turns, row_of
from benchmarks.django.many import INDEXED, attributes, synced
from benchmarks.django.models import Searched, SearchedRecord
from benchmarks.timing import Row, Spread
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["indexing"]

#: Of a million rows; of fewer nothing was promised, since the count of values at the end takes as long for them.
GOAL = 3.0
MANY = 1_000_000
#: Attributes that are made searchable, one after the other, and what of.
SEARCHABLE = {"year_built": "integers", "area": "decimals", "surveyed_at": "datetimes"}
NATIVE = "native CREATE INDEX CONCURRENTLY"

#: Locks of a table that let others read and write.
_GENTLE = ("AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock")


def indexing(size: int, repetitions: int) -> Iterator[Row]:
    """Time ``attributes_sync``, which builds one index, on tables that are filled already."""
    for name, what in SEARCHABLE.items():
        yield from _made_searchable(
            name, f"make {what} searchable, of {size:,}", repetitions, GOAL if size >= MANY else None
        )


def _made_searchable(name: str, work: str, repetitions: int, goal: float | None) -> Iterator[Row]:
    seen = _Seen()
    before = _file()
    times = in_turns({"ours": lambda: _ours(name, seen), "native": lambda: _native(name, seen)}, repetitions)
    yield row_of(f"{work}: attributes_sync", times["ours"], NATIVE, times["native"], goal)
    yield row_of(f"{work}: the longest wait of a writer", seen.ours, NATIVE, seen.native)
    yield _count(f"{work}: the table written anew", "times", before != _file())
    yield _count(f"{work}: locks of the table that keep writers out", "locks", len(seen.locks))


@dataclass(slots=True)
class _Seen:
    """What another connection saw while indexes were built."""

    ours: list[float] = field(default_factory=list)  #: the longest wait of a writer, turn by turn
    native: list[float] = field(default_factory=list)
    locks: set[str] = field(default_factory=set)


def _count(work: str, unit: str, number: int) -> Row:
    return Row(work=work, figure=Spread(number, number, number), unit=unit, goal=0)


def _ours(name: str, seen: _Seen) -> float:
    """Have the attribute indexed; return how long the command took."""
    SchemaRecord.objects.define(SearchedRecord, attributes((*INDEXED, name)))
    with _writing(SearchedRecord, seen.ours, seen.locks):
        start = perf_counter()
        synced(SearchedRecord)
        seconds = perf_counter() - start
    SchemaRecord.objects.define(SearchedRecord, attributes())
    synced(SearchedRecord, prune=True)
    return seconds


def _native(name: str, seen: _Seen) -> float:
    with _writing(Searched, seen.native, set()), connection.cursor() as cursor:
        start = perf_counter()
        cursor.execute(f"CREATE INDEX CONCURRENTLY bench_made ON {Searched._meta.db_table} ({name})")
        seconds = perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX bench_made")
    return seconds


@contextmanager
def _writing(model: Any, waits: list[float], locks: set[str]) -> Iterator[None]:
    """Update a row again and again beside the block, and look which locks there are.

    What is added to ``waits`` is the longest that one update took, to ``locks`` those that keep others from writing.
    """
    ended = Event()
    found: list[float] = []
    threads = [
        Thread(target=_beside, args=(ended, _updating(model, found))),
        Thread(target=_beside, args=(ended, _looking(model, locks))),
    ]
    for thread in threads:
        thread.start()
    try:
        sleep(0.2)
        found.clear()
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    waits.append(max(found))


def _beside(ended: Event, step: Callable[[Any], None]) -> None:
    """Take steps with a connection of this thread's own until the end."""
    try:
        while not ended.is_set():
            step(connection)
            sleep(0.002)
    finally:
        connection.close()


def _updating(model: Any, waits: list[float]) -> Callable[[Any], None]:
    table = model._meta.db_table

    def update(own: Any) -> None:
        with own.cursor() as cursor:
            start = perf_counter()
            cursor.execute(f"UPDATE {table} SET project_id = project_id WHERE id = 5")
            waits.append(perf_counter() - start)

    return update


def _looking(model: Any, locks: set[str]) -> Callable[[Any], None]:
    """Return what looks which locks of the table others hold or wait for."""

    def look(own: Any) -> None:
        with own.cursor() as cursor:
            cursor.execute(
                "SELECT mode FROM pg_locks WHERE locktype = 'relation' AND relation = %s::regclass AND mode <> ALL(%s)",
                [model._meta.db_table, list(_GENTLE)],
            )
            locks.update(mode for (mode,) in cursor.fetchall())

    return look


def _file() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode(%s)", [SearchedRecord._meta.db_table])
        return cursor.fetchone()
