"""How Python values are written as JSON where no attribute says what their type is: in definitions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jsonattrs_core.builtin.moments import check_datetime, dump_datetime, dump_duration, iso
from jsonattrs_core.builtin.numbers import dump_decimal
from jsonattrs_core.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["dump_of"]

_DUMPS: dict[type, Callable[[Any], Any]] = {
    date: iso,
    time: iso,
    timedelta: dump_duration,
    Decimal: dump_decimal,
    UUID: str,
}


def dump_of(python: type) -> Callable[[Any], Any]:
    """Return the function that writes values of the class ``python``. Raises SchemaError where there is none."""
    if python is datetime:
        return lambda value: dump_datetime(check_datetime(value))
    if python not in _DUMPS:
        raise SchemaError(f"a value of the class {python.__name__!r} cannot be written; give it as JSON")
    return _DUMPS[python]
