"""What SQLite cannot do by itself: reading a duration."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from jsonattrs_core import Invalid
from jsonattrs_django.registry import registry

__all__ = ["with_functions"]

_MICROSECOND = timedelta(microseconds=1)


def with_functions(connection: Any, type_name: str) -> None:
    """Give a connection the functions that the SQL of a type calls."""
    if type_name != "duration":
        return
    connection.ensure_connection()
    # Made anew each time: the connection may be a new one, which nothing tells. It costs about a microsecond.
    connection.connection.create_function("jsonattrs_duration", 1, microseconds, deterministic=True)


def microseconds(text: str) -> int | None:
    """Return the length of a stored duration, None for a text that is not stored as one."""
    base = registry().base_types["duration"]
    try:
        value = base.load(text)
    except Invalid:
        return None
    return value // _MICROSECOND if base.dump(value) == text else None
