"""Reading and writing protocol buffers, as far as expression trees need it.

Encoding: https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["boolean", "fields", "fixed", "message", "number", "signed", "text", "unfixed"]

_VARINT, _FIXED, _BYTES = 0, 1, 2
_WRAP = 1 << 64


def _read(data: bytes, place: int) -> tuple[int, int]:
    """Return the varint that stands at ``place``, and the place behind it."""
    found = shift = 0
    while True:
        byte = data[place]
        place += 1
        found |= (byte & 0x7F) << shift
        if byte < 0x80:
            return found, place
        shift += 7


def fields(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the fields of a message: its number, and its value as a number or as bytes, the other being empty.

    Raises ValueError for a field of another kind, IndexError where the message is cut off.
    """
    place = 0
    while place < len(data):
        key, place = _read(data, place)
        kind = key & 7
        if kind == _VARINT:
            value, place = _read(data, place)
            yield key >> 3, value, b""
            continue
        if kind == _BYTES:
            size, place = _read(data, place)
        elif kind == _FIXED:
            size = 8
        else:
            raise ValueError(f"a field of kind {kind}")
        yield key >> 3, 0, data[place : place + size]
        place += size


def signed(value: int) -> int:
    """Return the int64 that a varint stands for."""
    return value - _WRAP if value >= _WRAP >> 1 else value


def unfixed(value: bytes) -> float:
    """Return the double that eight bytes stand for."""
    found: float = struct.unpack("<d", value)[0]
    return found


def _varint(value: int) -> bytes:
    value %= _WRAP
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def number(field: int, value: int) -> bytes:
    """Return the field of an int64."""
    return _varint(field << 3 | _VARINT) + _varint(value)


def boolean(field: int, value: bool) -> bytes:
    """Return the field of a bool."""
    return number(field, int(value))


def fixed(field: int, value: float) -> bytes:
    """Return the field of a double."""
    return _varint(field << 3 | _FIXED) + struct.pack("<d", value)


def message(field: int, value: bytes) -> bytes:
    """Return the field of a message, or of bytes."""
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def text(field: int, value: str) -> bytes:
    """Return the field of a string."""
    return message(field, value.encode())
