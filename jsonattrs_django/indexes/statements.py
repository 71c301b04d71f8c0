"""Running the statements that make and drop indexes, so that nobody else has to wait for them.

PostgreSQL builds an index beside the writers with ``CONCURRENTLY``, which takes long, and no lock that anybody minds.
What cannot be done so takes a lock for a moment, but waiting for that lock makes everybody wait who comes after: such
statements give up soon and try again.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django.db import Error, IntegrityError

from jsonattrs_django.indexes.errors import DuplicateValues, IndexProblem, sqlstate, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["locked", "refuse_transaction", "rows", "run", "run_briefly", "without_timeout"]

#: The first half of the keys of our advisory locks; the second stands for the table.
_LOCK_CLASS = crc32(b"jsonattrs.indexes") >> 1

#: Seconds between two looks at a lock that another process has.
_PAUSE = 0.5

#: How long, and how often, a statement waits for a lock that makes others wait behind it.
_BRIEF = "2s"
_ATTEMPTS = 5

_LOCK_NOT_AVAILABLE = "55P03"


def run(connection: Any, sql: str) -> None:
    """Run one statement. Raises DuplicateValues where a unique index is refused, else IndexProblem."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError as error:
        raise DuplicateValues("there are records with the same values") from error
    except Error as error:
        raise IndexProblem(words(error)) from error


def rows(connection: Any, sql: str, *params: Any) -> list[Any]:
    """Return the rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def run_briefly(connection: Any, sql: str) -> None:
    """Run a statement that needs a lock for a moment, several times if need be. Raises IndexProblem."""
    with _setting(connection, "lock_timeout", _BRIEF):
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                run(connection, sql)
            except IndexProblem as problem:
                cause: Any = problem.__cause__
                if sqlstate(cause) != _LOCK_NOT_AVAILABLE or attempt == _ATTEMPTS:
                    raise
                time.sleep(_PAUSE)
            else:
                return


@contextmanager
def without_timeout(connection: Any) -> Iterator[None]:
    """Let statements take as long as they take: a timeout for statements of web requests is not meant for an index."""
    with _setting(connection, "statement_timeout", "0"):
        yield


@contextmanager
def _setting(connection: Any, name: str, value: str) -> Iterator[None]:
    """Give the session another setting within the block. Outside transactions only, and nothing to SQLite."""
    if connection.vendor != "postgresql":
        yield
        return
    ((before,),) = rows(connection, "SELECT current_setting(%s)", name)
    rows(connection, "SELECT set_config(%s, %s, false)", name, value)
    try:
        yield
    finally:
        if connection.is_usable():
            rows(connection, "SELECT set_config(%s, %s, false)", name, before)


@contextmanager
def locked(connection: Any, table: str, waiting: Callable[[], Any] | None = None) -> Iterator[None]:
    """Let no other process change our indexes of a table within the block. Nobody else minds this lock.

    ``waiting`` is called where another process is at it. A session may nest such blocks. SQLite needs none: its
    statements run one after the other.
    """
    if connection.vendor != "postgresql":
        yield
        return
    key = (_LOCK_CLASS, crc32(table.encode()) >> 1)
    # Not pg_advisory_lock: who waits in it has a snapshot, which CREATE INDEX CONCURRENTLY waits for in its turn.
    while not rows(connection, "SELECT pg_try_advisory_lock(%s, %s)", *key)[0][0]:
        if waiting is not None:
            waiting()
            waiting = None
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        if connection.is_usable():
            rows(connection, "SELECT pg_advisory_unlock(%s, %s)", *key)


def refuse_transaction(connection: Any) -> None:
    """Raise IndexProblem inside a transaction, where PostgreSQL builds no index beside the writers."""
    if connection.vendor == "postgresql" and (connection.in_atomic_block or not connection.get_autocommit()):
        raise IndexProblem(
            "indexes are built beside the writers (CONCURRENTLY), which PostgreSQL refuses inside a transaction; "
            "run this outside of atomic(), and with AUTOCOMMIT"
        )
