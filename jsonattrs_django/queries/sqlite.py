"""What SQLite cannot do by itself: reading a duration."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from jsonattrs_core import Invalid
from jsonattrs_django.registry import registry

__all__ = ["with_functions", "within_integers"]

_MICROSECOND = timedelta(microseconds=1)
#: Microseconds that SQLite's integers hold, some 292,000 years.
LONGEST = 2**63 - 1


def with_functions(connection: Any, type_name: str) -> None:
    """Give a connection the functions that the SQL of a type calls."""
    if type_name != "duration":
        return
    connection.ensure_connection()
    # Made anew each time: the connection may be a new one, which nothing tells. It costs about a microsecond.
    connection.connection.create_function("jsonattrs_duration", 1, microseconds, deterministic=True)


def within_integers(value: timedelta) -> timedelta:
    """Return a duration, or the longest one that SQLite can compare it with."""
    most = timedelta(microseconds=LONGEST)
    return max(-most, min(value, most))


def microseconds(text: str) -> int | None:
    """Return the length of a stored duration, None for a text that is not stored as one."""
    base = registry().base_types["duration"]
    try:
        value = base.load(text)
    except Invalid:
        return None
    length = value // _MICROSECOND
    return length if base.dump(value) == text and abs(length) <= LONGEST else None
