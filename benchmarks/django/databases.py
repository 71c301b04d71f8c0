"""Databases of the benchmarks, and what they are asked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["database", "queries", "settle"]


@contextmanager
def database() -> Iterator[None]:
    """Make a database with empty tables; it is gone afterwards."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def settle() -> None:
    """Bring the statistics up to date now, and not while times are taken."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def queries(make: Callable[[], bytes]) -> int:
    """Return how many queries a page takes.

    It is the fewest of some times: once in ``FRESHNESS`` seconds a process asks whether schemas have changed.
    """
    return min(_counted(make) for _ in range(5))


def _counted(make: Callable[[], bytes]) -> int:
    with CaptureQueriesContext(connection) as found:
        make()
    return len(found)
