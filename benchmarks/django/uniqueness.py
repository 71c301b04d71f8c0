"""Two processes that create records with a unique value at once: how many a second, and whether any value is double."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count

from benchmarks.django.costs import claims
from benchmarks.django.many import attributes, fill_columns, fill_documents, owner_of, synced
from benchmarks.django.models import Unique, UniqueRecord
from benchmarks.django.tables import database, settle
from benchmarks.timing import Row, Spread, spread
from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.django.models import Project

__all__ = ["fill_claimed", "rows"]

#: At least 0.85 of native throughput: at most so many times its time.
GOAL = round(1 / 0.85, 3)
WRITERS = 2
#: Records from which on they are filled with their claims: the job that has them claim is timed with fewer.
_TOO_MANY = 500_000
#: Values that all writers want to have.
WANTED = 400
#: Seconds in which every writer has read its task.
_SOON = 0.1

ROOT = Path(__file__).resolve().parents[2]


def rows(size: int, repetitions: int, each: int) -> Iterator[Row]:
    """Time writers that create ``each`` records of different names beside ``size`` records that are there."""
    with database():
        if size < _TOO_MANY:
            owner = owner_of()
            fill_columns(owner, size, Unique, namesakes=1)
            fill_documents(UniqueRecord, source=Unique)
            _made_unique(owner)
            yield _turned_on(size)
        else:
            owner = fill_claimed(size)
            synced(UniqueRecord)
        settle()
        yield claims(size)
        with _Writers(Unique) as natives, _Writers(UniqueRecord) as ours:
            for is_waiting in (False, True):
                with _durable(is_waiting):
                    yield _timed(owner, natives, ours, repetitions, each, is_waiting)
                    yield from _contested(owner, ours, is_waiting)


def fill_claimed(size: int) -> Project:
    """Fill the tables with records of unique names, which claim them already."""
    owner = owner_of()
    holder = _made_unique(owner).pk
    fill_columns(owner, size, Unique, namesakes=1)
    fill_documents(UniqueRecord, source=Unique, holder=holder)
    return owner


def _made_unique(owner: Project) -> SchemaRecord:
    """Have names be unique in a project."""
    name, *others = attributes(())
    unique = Attribute.from_given({**name.given, "unique": True})
    record: SchemaRecord = SchemaRecord.objects.define(UniqueRecord, [unique, *others], selectors=(owner,))
    return record


def _turned_on(size: int) -> Row:
    """Tell how long the job takes that has all records claim their names."""
    start = perf_counter()
    synced(UniqueRecord)
    seconds = perf_counter() - start
    return Row(
        work=f"attributes_sync makes a text unique, of {size:,}", figure=Spread(seconds, seconds, seconds), unit="s"
    )


def _timed(owner: Project, natives: _Writers, ours: _Writers, repetitions: int, each: int, is_waiting: bool) -> Row:
    times: dict[str, list[float]] = {"ours": [], "native": []}
    sides = [("native", natives), ("ours", ours)]
    for repetition in range(-1, repetitions):
        for who, writers in sides:
            names = [
                [f"{is_waiting} {repetition} {writer} {place}" for place in range(each)] for writer in range(WRITERS)
            ]
            answers = writers.create(owner, names, is_waiting)
            if any(answer["taken"] for answer in answers):
                raise AssertionError("a writer found a name taken that nobody else writes")
            if repetition >= 0:
                times[who].append(max(answer["seconds"] for answer in answers) / (WRITERS * each))
        sides.reverse()
    return Row(
        work=f"{WRITERS} writers, a record each time, synchronous_commit {'on' if is_waiting else 'off'}",
        against="native UniqueConstraint",
        figure=spread([mine / other for mine, other in zip(times["ours"], times["native"], strict=True)]),
        goal=GOAL,
        ours=spread(times["ours"]),
        theirs=spread(times["native"]),
    )


def _contested(owner: Project, ours: _Writers, is_waiting: bool) -> Iterator[Row]:
    names = [f"wanted {is_waiting} {place}" for place in range(WANTED)]
    ours.create(owner, [names] * WRITERS, is_waiting)
    created = UniqueRecord.objects.filter(attrs__name__startswith=f"wanted {is_waiting} ")
    double = created.values("attrs__name").annotate(n=Count("pk")).filter(n__gt=1).count()
    what = f"{WRITERS} writers want the same {WANTED} values, synchronous_commit {'on' if is_waiting else 'off'}"
    for outcome, number in (("duplicates", double), ("values lost", WANTED - created.count())):
        yield Row(work=what, figure=Spread(number, number, number), unit=outcome, goal=0)


class _Writers:
    """Processes that create records at the same time."""

    def __init__(self, model: Any) -> None:
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "benchmarks.django.writer", name, model.__name__]
        self.processes = [
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ
            )
            for _ in range(WRITERS)
        ]

    def __enter__(self) -> _Writers:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.communicate()

    def create(self, owner: Project, names: list[list[str]], is_waiting: bool) -> list[dict[str, Any]]:
        """Have each writer create records of its names; return what each of them answers."""
        task = {"project": owner.pk, "begin": time() + _SOON, "is_waiting": is_waiting}
        for process, own in zip(self.processes, names, strict=True):
            process.stdin.write(json.dumps({**task, "names": own}) + "\n")
            process.stdin.flush()
        return [json.loads(process.stdout.readline()) for process in self.processes]


@contextmanager
def _durable(is_waiting: bool) -> Iterator[None]:
    """Have the server wait for its disk where commits are to wait: the one that these benchmarks start does not."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        is_hasty = cursor.fetchone()[0] == "off"
        if is_waiting and is_hasty:
            cursor.execute("ALTER SYSTEM SET fsync = on")
            cursor.execute("SELECT pg_reload_conf()")
    settle()
    try:
        yield
    finally:
        if is_waiting and is_hasty:
            with connection.cursor() as cursor:
                cursor.execute("ALTER SYSTEM RESET fsync")
                cursor.execute("SELECT pg_reload_conf()")
