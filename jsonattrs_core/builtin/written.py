"""How Python values are written as JSON where no attribute says what their type is: in definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.builtin.moments import DATE, DATETIME, DURATION, TIME, check_datetime
from jsonattrs_core.builtin.numbers import DECIMAL
from jsonattrs_core.builtin.simple import UUID_TYPE
from jsonattrs_core.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["dump_of"]

_DUMPS = {base.python: base.dump for base in (DATE, TIME, DURATION, DECIMAL, UUID_TYPE)}


def dump_of(python: type) -> Callable[[Any], Any]:
    """Return the function that writes values of the class ``python``. Raises SchemaError where there is none."""
    if python is DATETIME.python:
        return lambda value: DATETIME.dump(check_datetime(value))
    if python not in _DUMPS:
        raise SchemaError(f"a value of the class {python.__name__!r} cannot be written; give it as JSON")
    return _DUMPS[python]
