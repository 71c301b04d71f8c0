"""The base type ``object``: any JSON object that a database can keep, bounded in depth and size."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import Invalid, InvalidParts
from jsonattrs_core.values import shown_name

if TYPE_CHECKING:
    from jsonattrs_core.limits import Limits
    from jsonattrs_core.records import Check

__all__ = ["canonical_json", "load_object", "object_check"]

_MAX_INTEGER_BITS = 333  # the largest integer of 100 digits has so many
_MAX_INTEGER = 10**100

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]").search


class _Copier:
    """Copies one value, and stops as soon as it is too large: sharing and cycles cannot make it run away.

    The size is that of the JSON text, counted roughly: an exact count would cost as much as writing it.
    """

    __slots__ = ("limits", "size")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.size = 0

    def copy_object(self, value: dict[Any, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        self._enter(path, 5 * len(value))  # two quotes, a colon, a digit and a comma for each member at least
        copied = {}
        for name, member in value.items():
            here = (*path, shown_name(name))
            if not isinstance(name, str):
                raise InvalidParts([(here, Invalid("type", type="text"))])
            copied[self._text(name, here)] = self._copy(member, here)
        return copied

    def _copy_list(self, value: list[Any], path: tuple[str | int, ...]) -> list[Any]:
        self._enter(path, 2 * len(value))
        return [self._copy(member, (*path, position)) for position, member in enumerate(value)]

    def _copy(self, value: Any, path: tuple[str | int, ...]) -> Any:
        self._count(2)
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, int):
            return self._integer(value, path)
        if isinstance(value, float):
            if not isfinite(value):
                raise InvalidParts([(path, Invalid("format", type="float"))])
            return float.__add__(value, 0.0)
        if isinstance(value, dict):
            return self.copy_object(value, path)
        if isinstance(value, list):
            return self._copy_list(value, path)
        raise InvalidParts([(path, Invalid("type", type="JSON"))])

    def _text(self, value: str, path: tuple[str | int, ...]) -> str:
        self._count(len(value))
        if _UNSTORABLE(value):
            raise InvalidParts([(path, Invalid("format", type="object"))])
        return str.__str__(value)

    def _integer(self, value: int, path: tuple[str | int, ...]) -> int:
        if value.bit_length() > _MAX_INTEGER_BITS or not -_MAX_INTEGER < value < _MAX_INTEGER:
            raise InvalidParts([(path, Invalid("too_large", limit=100, unit="digits"))])
        return int.__index__(value)

    def _enter(self, path: tuple[str | int, ...], least: int) -> None:
        """Count a container, and refuse one whose members take too much room before any of them is looked at."""
        self._count(2)
        if self.size + least > self.limits.document_bytes:
            raise Invalid("too_large", limit=self.limits.document_bytes, unit="bytes")
        if len(path) >= self.limits.depth:
            raise Invalid("too_large", limit=self.limits.depth, unit="levels")

    def _count(self, size: int) -> None:
        self.size += size
        if self.size > self.limits.document_bytes:
            raise Invalid("too_large", limit=self.limits.document_bytes, unit="bytes")


def from_text(text: str, language: str) -> Any:
    """Return what a JSON text says; a name that stands twice in one object is refused."""
    try:
        return json.loads(text, object_pairs_hook=_no_name_twice)
    except RecursionError:
        raise Invalid("syntax", unit="depth") from None
    except json.JSONDecodeError:
        raise Invalid("syntax", unit="json") from None
    except ValueError:  # an integer of thousands of digits
        raise Invalid("syntax", unit="number") from None


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Invalid("syntax", unit="keys")
    return members


def load_object(value: Any) -> dict[str, Any]:
    """Return a stored object as it is."""
    if not isinstance(value, dict):
        raise Invalid("type", type="object")
    return value


def dump_object(value: dict[str, Any]) -> dict[str, Any]:
    """Return the object as it is."""
    return value


def canonical_json(value: Any) -> str:
    """Return the one JSON text of all values that equal ``value`` as JSON: names sorted, 1.0 as 1."""
    return json.dumps(_numbers_merged(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _numbers_merged(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _numbers_merged(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_numbers_merged(member) for member in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def object_check(limits: Limits) -> Check:
    """Return the check of values that stay within ``limits``; it copies them."""

    def check_object(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Invalid("type", type="object")
        return _Copier(limits).copy_object(value, ())

    return check_object
