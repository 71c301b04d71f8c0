"""Whether what was written has come to stay: known from the functions that a connection is to run on commit.

Django drops these functions when their transaction or savepoint is rolled back, and calls them when it commits. So a
ticket that hangs among them tells what became of a write, without a query and without state in the session.
"""

from __future__ import annotations

from typing import Any, Final
from weakref import ref

from django.db import connections

__all__ = ["COMMITTED", "Ticket", "ticket"]


class Ticket:
    """Stands for what was written under one savepoint of one transaction."""

    __slots__ = ("_connection", "_is_committed")

    def __init__(self, connection: Any = None) -> None:
        self._connection = None if connection is None else ref(connection)
        self._is_committed = connection is None

    def __call__(self) -> None:
        """Run on commit."""
        self._is_committed = True

    @property
    def is_lost(self) -> bool:
        """Tell whether what was written has been rolled back."""
        if self._is_committed:
            return False
        connection: Any = None if self._connection is None else self._connection()
        return connection is None or not any(entry[1] is self for entry in connection.run_on_commit)

    def __reduce__(self) -> Any:
        # Another process knows nothing of this transaction.
        return (_lost if self.is_lost else _committed), ()


#: Of what was written outside of a transaction.
COMMITTED: Final = Ticket()


def _committed() -> Ticket:
    return COMMITTED


class _Lost(Ticket):
    __slots__ = ()

    @property
    def is_lost(self) -> bool:
        return True


def _lost() -> Ticket:
    return _Lost()


def ticket(alias: str) -> Ticket:
    """Return the ticket of what is being written on a database now."""
    connection: Any = connections[alias]
    if not connection.in_atomic_block and connection.get_autocommit():
        return COMMITTED
    _follow_commits(connection)
    waiting = connection.run_on_commit
    if waiting and isinstance(waiting[-1][1], Ticket) and waiting[-1][0] == set(connection.savepoint_ids):
        return waiting[-1][1]
    made = Ticket(connection)
    # As `transaction.on_commit` does, which refuses transactions that are managed by hand.
    waiting.append((set(connection.savepoint_ids), made, False))
    return made


def _follow_commits(connection: Any) -> None:
    """Have the tickets of a connection told of a commit before anybody's function is run, which may raise."""
    if "run_and_clear_commit_hooks" in connection.__dict__:
        return
    run = connection.run_and_clear_commit_hooks

    def told_first() -> None:
        for entry in connection.run_on_commit:
            if isinstance(entry[1], Ticket):
                entry[1]()
        run()

    connection.run_and_clear_commit_hooks = told_first
