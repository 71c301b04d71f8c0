"""What SQLite cannot do by itself: reading a duration, and finding members whose names are not ASCII."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from django.db.models.fields.json import KeyTransform

from jsonattrs_core import Invalid
from jsonattrs_django.registry import registry

__all__ = ["escape_members", "escaped_sql", "with_functions", "within_integers"]

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+").sub
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


def escape_members(typed: Any) -> None:
    """Let an object be read with all that is not ASCII escaped, where ``typed`` is one or a member of one.

    Django writes the names of members and the values compared with that way, and SQLite compares them as written.
    """
    while isinstance(typed, KeyTransform):
        typed = typed.lhs
    typed.is_escaped = True


def escaped_sql(connection: Any, sql: str) -> str:
    """Return the SQL of a JSON text with all escaped that is not ASCII."""
    connection.ensure_connection()
    connection.connection.create_function("jsonattrs_escaped", 1, escaped, deterministic=True)  # each time, as above
    return f"jsonattrs_escaped({sql})"


def escaped(text: str | None) -> str | None:
    """Return a JSON text as ``json.dumps`` writes it: what is not ASCII escaped, and everything else as it is."""
    return text if text is None or text.isascii() else _NOT_ASCII(lambda found: json.dumps(found[0])[1:-1], text)


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
