"""What a query is given to compare with, as the database has to see it: nothing that is given makes it raise."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import DurationField, IntegerField, JSONField, TextField

from jsonattrs_django.queries.outputs import AttributeListField, DecimalOutput, ObjectOutput, SQLiteJSON, SQLiteReal
from jsonattrs_django.queries.sqlite import LONGEST, within_integers

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["comparable"]

_SEVERAL = (list, tuple, set, frozenset)
#: Lookups that compare a value with values of its own kind.
_COMPARING = {"exact", "gt", "gte", "lt", "lte", "in", "range"}
_ORDERING = {"gt", "gte", "lt", "lte", "range"}
#: Lookups to which a value that is nowhere makes no difference.
_ANY = {"in", "overlap", "contained_by", "has_any_keys"}


def comparable(typed: Any, name: str, given: Any, vendor: str) -> Any:
    """Return the value, or the values, with which a lookup of that name compares.

    Raises EmptyResultSet where nothing that can be stored answers it.
    """
    if hasattr(given, "resolve_expression"):
        return _on_sqlite(typed, given) if vendor == "sqlite" and name in _COMPARING else given
    if isinstance(typed.output_field, TextField | JSONField):
        given = _storable(typed, name, given, vendor)
    if vendor != "sqlite" or name not in _COMPARING:
        return given
    if not isinstance(given, _SEVERAL):
        return _on_sqlite(typed, given)
    if isinstance(typed.output_field, IntegerField):
        return _integers(typed.output_field, name, given)
    return [_on_sqlite(typed, value) for value in given]


# ---- texts that no database stores ----

#: Half a character, which is no text; and what PostgreSQL does not have, either.
_UNKNOWN = {"sqlite": re.compile("[\ud800-\udfff]").search, "postgresql": re.compile("[\x00\ud800-\udfff]").search}


def _storable(typed: Any, name: str, given: Any, vendor: str) -> Any:
    if vendor == "sqlite" and isinstance(typed.output_field, AttributeListField):
        return given  # compared as JSON, which has escapes
    if name in _ANY and isinstance(given, _SEVERAL):
        return [value for value in given if _is_storable(value, vendor)]
    if name in _ANY and isinstance(given, dict):
        return {key: value for key, value in given.items() if _is_storable([key, value], vendor)}
    if _is_storable(given, vendor):
        return given
    if name not in _ORDERING:
        raise EmptyResultSet
    return [_next(value, vendor) for value in given] if isinstance(given, _SEVERAL) else _next(given, vendor)


def _is_storable(value: Any, vendor: str) -> bool:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, _SEVERAL):
        return all(_is_storable(item, vendor) for item in value)
    return not isinstance(value, str) or _UNKNOWN[vendor](value) is None


def _next(text: Any, vendor: str) -> Any:
    """Return the text that can be stored and comes after this one, in the order of code points."""
    found = _UNKNOWN[vendor](text) if isinstance(text, str) else None
    return text if found is None else text[: found.start()] + ("\x01" if found[0] == "\x00" else "\ue000")


# ---- what SQLite does not compare as Python does ----


def _integers(output: Any, name: str, given: Any) -> list[Any]:
    """Return integers of 64 bits in the place of these; SQLite takes no other ones."""
    values = [value if hasattr(value, "resolve_expression") else output.get_prep_value(value) for value in given]
    if name == "in":
        return [value for value in values if not isinstance(value, int) or _fits(value)]
    if all(isinstance(value, int) for value in values) and len(values) == 2:
        low, high = values
        if low > LONGEST or high < -LONGEST - 1:
            raise EmptyResultSet
        return [max(low, -LONGEST - 1), min(high, LONGEST)]
    return values


def _fits(number: int) -> bool:
    return -LONGEST - 1 <= number <= LONGEST


def _on_sqlite(typed: Any, value: Any) -> Any:
    adapted = _ON_SQLITE.get(typed.output_field.__class__)
    return value if adapted is None else adapted(typed, value)


def _real(typed: Any, value: Any) -> Any:
    number = value if hasattr(value, "resolve_expression") else typed.output_field.to_python(value)
    return SQLiteReal(number) if isinstance(number, Decimal) else number


def _bounded(typed: Any, value: Any) -> Any:
    length = value if hasattr(value, "resolve_expression") else typed.output_field.to_python(value)
    return within_integers(length) if isinstance(length, timedelta) else length


def _json(typed: Any, value: Any) -> Any:
    if isinstance(value, int) and not _fits(value):
        value = _double(value)
    return value if hasattr(value, "resolve_expression") or not hasattr(typed, "attribute") else SQLiteJSON(value)


def _double(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


_ON_SQLITE: dict[type, Callable[[Any, Any], Any]] = {
    DecimalOutput: _real,
    DurationField: _bounded,
    ObjectOutput: _json,
}
