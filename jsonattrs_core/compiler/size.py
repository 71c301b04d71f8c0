"""How many bytes a value can take in its document, found at little cost where it is small."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

__all__ = ["SMALL", "SMALL_BYTES", "most_bytes"]

#: Classes whose values take few bytes, whatever they are.
SMALL = (bool, int, float, Decimal, date, datetime, time, timedelta, UUID)
#: Bytes that a small value and its key take at most.
SMALL_BYTES = 512
#: A size that has to be measured.
_UNKNOWN = 2**63
#: More bytes than a number, a date or a UUID takes.
_SMALL_BYTES = 256


def most_bytes(value: Any) -> int:
    """Return a number that the size of a clean value as JSON does not exceed, at little cost for small ones."""
    if value is None or isinstance(value, SMALL):
        return _SMALL_BYTES
    if isinstance(value, str):
        return 4 * len(value) + 2
    if isinstance(value, list):
        return sum(1 + most_bytes(item) for item in value)
    try:
        return len(json.dumps(value))
    except (RecursionError, TypeError, ValueError):  # of a plugin's type; or broken, in a record that already held it
        return _UNKNOWN
