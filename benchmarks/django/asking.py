"""How long the database takes over a query, in both databases."""

from __future__ import annotations

import json
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.db import connection

from benchmarks.timing import Row, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["database_time", "django_time", "explained", "in_turns", "row_of"]

#: Times that one turn asks the same: its time is the middle one.
ASKED = 5

Seconds = dict[str, list[float]]


def in_turns(contestants: Mapping[str, Callable[[], float]], repetitions: int) -> Seconds:
    """Return the seconds that each contestant says it took, turn by turn, after one turn that does not count."""
    times: Seconds = {name: [] for name in contestants}
    names = list(contestants)
    for repetition in range(-1, repetitions):
        start = repetition % len(names)
        for name in names[start:] + names[:start]:
            seconds = contestants[name]()
            if repetition >= 0:
                times[name].append(seconds)
    return times


def row_of(work: str, ours: list[float], against: str, theirs: list[float], goal: float | None = None) -> Row:
    """Return the row that says how many times theirs our time is."""
    return Row(
        work=work,
        against=against,
        figure=spread([mine / other for mine, other in zip(ours, theirs, strict=True)]),
        goal=goal,
        ours=spread(ours),
        theirs=spread(theirs),
    )


def database_time(query: Any, asked: int = ASKED) -> Callable[[], float]:
    """Return what asks the database, and gives its own time without planning.

    SQLite tells none, so that it is the clock's, until all primary keys are fetched: one document is fetched more
    quickly than ten columns, which has nothing to do with finding them.
    """
    on_postgresql = connection.vendor == "postgresql"
    sql, params = (query if on_postgresql else query.values_list("pk")).query.sql_with_params()

    def told() -> float:
        return float(explained(sql, params)["Execution Time"]) / 1000

    def measured() -> float:
        with connection.cursor() as cursor:
            start = perf_counter()
            cursor.execute(sql, params)
            cursor.fetchall()
            return perf_counter() - start

    once = told if on_postgresql else measured
    return lambda: median(once() for _ in range(asked))


def django_time(query: Any, asked: int = ASKED) -> Callable[[], float]:
    """Return what lets Django compile a query, ask it and make all objects, and gives the time on the clock."""

    def once() -> float:
        start = perf_counter()
        list(query.all())
        return perf_counter() - start

    return lambda: median(once() for _ in range(asked))


def explained(sql: str, params: Any = ()) -> dict[str, Any]:
    """Return what PostgreSQL says of a statement that it has carried out, without a clock in every step."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        (found,) = cursor.fetchone()
    (plan,) = json.loads(found) if isinstance(found, str) else found
    assert isinstance(plan, dict)
    return plan
