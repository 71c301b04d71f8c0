"""Values of attributes as the library takes them, and the bounds within which they are handed over."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from jsonattrs_core import BaseType
    from jsonattrs_core.records import ValueType

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_ITEMS",
    "MAX_PARTS",
    "MAX_TEXT",
    "Convert",
    "Withheld",
    "converter",
    "day",
    "moment",
    "type_of",
]

#: Most characters of one text, and items of one list.
MAX_TEXT, MAX_ITEMS = 10_000, 1_000
#: Most values inside one object, how deep they may lie, and most characters of an object or list in all.
MAX_PARTS, MAX_DEPTH, MAX_CHARACTERS = 10_000, 100, 1_000_000

Convert: TypeAlias = Callable[[Any], Any]


class Withheld(Exception):
    """A value is not handed over, since it is out of bounds."""


class Timestamp:
    """A moment by its seconds: the library takes the first and the last of Python's datetimes for infinity."""

    def __init__(self, value: datetime) -> None:
        since = value - datetime(1970, 1, 1, tzinfo=UTC)
        self.seconds = since.days * 86_400 + since.seconds
        self.nanos = since.microseconds * 1_000


_ENDS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def moment(value: datetime) -> Any:
    """Return an aware datetime as the library takes it."""
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return Timestamp(value) if value in _ENDS else value


def day(value: date) -> Any:
    """Return a date as the library takes it: the moment at which it begins, in UTC."""
    found = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return Timestamp(found) if found == _ENDS[0] else found


def _aware(value: datetime) -> Any:
    if value.tzinfo is None:
        raise Withheld
    return moment(value)


def _number(value: Any) -> float:
    try:
        found = float(value)
    except (OverflowError, TypeError, ValueError):  # a number of a plugin's type, or one of hundreds of digits
        raise Withheld from None
    if not math.isfinite(found):
        raise Withheld
    return found


def _whole(value: int) -> int:
    if not -(2**63) <= value < 2**63:
        raise Withheld
    return value


def _time(value: time) -> str:
    """Return a time of day as people write it: without seconds where there are none. Such texts are in order."""
    return value.isoformat("auto" if value.second or value.microsecond else "minutes")


def _text(value: str) -> str:
    # The library reads texts as C does, up to a NUL, and not at all with half a surrogate pair.
    if len(value) > MAX_TEXT or "\0" in value or not (value.isascii() or _is_encodable(value)):
        raise Withheld
    return value


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _same(value: Any) -> Any:
    return value


def _object(value: Any) -> Any:
    return _Copy().part(value, 0)


class _Copy:
    """Copies what an object holds, without its nulls: null is absent."""

    def __init__(self) -> None:
        self.parts = 0
        self.characters = 0

    def part(self, value: Any, depth: int) -> Any:
        self.parts += 1
        if self.parts > MAX_PARTS or self.characters > MAX_CHARACTERS or depth > MAX_DEPTH:
            raise Withheld
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            members = ((name, part) for name, part in value.items() if part is not None)
            return {self.text(name): self.part(part, depth + 1) for name, part in members}
        if isinstance(value, list | tuple):
            if len(value) > MAX_ITEMS:
                raise Withheld
            return [self.part(part, depth + 1) for part in value]
        if value is None or isinstance(value, bool):
            return value
        return _whole(value) if isinstance(value, int) else _number(value)

    def text(self, value: str) -> str:
        self.characters += len(value)
        return _text(value)


def _list(convert: Convert) -> Convert:
    def converted(value: Any) -> list[Any]:
        if len(value) > MAX_ITEMS:
            raise Withheld
        return [convert(item) for item in value]

    return converted


def _texts(value: Any) -> list[str]:
    if len(value) > MAX_ITEMS or sum(map(len, value)) > MAX_CHARACTERS:
        raise Withheld
    return [_text(item) for item in value]


#: How values of a class are handed over: as which type, and with which function. The first class that fits decides.
_CLASSES: tuple[tuple[type, str, Convert], ...] = (
    (bool, "bool", _same),
    (int, "int", _whole),
    (float, "double", _number),
    (Decimal, "double", _number),
    (datetime, "timestamp", _aware),
    (date, "timestamp", day),
    (timedelta, "duration", _same),
    (time, "string", _time),
    (str, "string", _text),
    (dict, "map(string, dyn)", _object),
)
#: The same for the JSON values of all other classes: UUIDs, and whatever plugins have.
_JSON = {
    "string": ("string", _text),
    "boolean": ("bool", _same),
    "number": ("double", _number),
    "array": ("list(dyn)", _object),
    "object": ("map(string, dyn)", _object),
}


def _handling(base: BaseType) -> tuple[str, Convert]:
    for python, name, convert in _CLASSES:
        if issubclass(base.python, python):
            return name, convert
    name, convert = _JSON.get(base.json, ("dyn", _object))
    dump = base.dump
    return name, lambda value: convert(dump(value))


def type_of(value_type: ValueType) -> str:
    """Return the name of the type that an attribute has in the language, such as ``list(string)``."""
    name = _handling(value_type.base)[0]
    return f"list({name})" if value_type.multiple else name


def converter(value_type: ValueType) -> Convert:
    """Return the function that makes a clean value one that the library takes; it raises Withheld."""
    convert = _handling(value_type.base)[1]
    if not value_type.multiple:
        return convert
    return _texts if convert is _text else _list(convert)
