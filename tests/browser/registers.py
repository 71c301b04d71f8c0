"""The records that the browser sees: filled once for each process, and before each test as they were then."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from django.db import connection, connections

from jsonattrs_django.testing import reset

if TYPE_CHECKING:
    from collections.abc import Callable


def fill() -> None:
    """Put the land registry with its accounts, and the schema of personas, into an empty database."""
    from landregistry.accounts import make_accounts
    from landregistry.seeding import seed
    from personas.schema import define_default

    seed()
    make_accounts()
    define_default()


def keeper() -> Callable[[], None]:
    """Return what puts the database back into the state that it is in now."""
    return _copying() if connection.vendor == "sqlite" else _refilling()


def _copying() -> Callable[[], None]:
    connection.ensure_connection()
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(kept)

    def restore() -> None:
        connection.ensure_connection()
        kept.backup(connection.connection)
        reset()

    return restore


def _refilling() -> Callable[[], None]:
    from django.core.management import call_command

    def restore() -> None:
        call_command("flush", verbosity=0, interactive=False)
        reset()
        fill()

    return restore


def close() -> None:
    """Close every connection, those of the server's threads too, which would keep the database from being dropped."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    connections.close_all()
