"""Stored documents as text: what Python's numbers cannot hold stays as it was written.

A document is read twice at most: as Python values, which is quick and what typed reads need; and, where it is to be
written whole again (a copy of a record, a fixture), as the texts of its members, so that a number of 40 digits, or
``1.10``, is written with the digits that it was read with.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from json import decoder
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BROKEN",
    "RESERVED",
    "BrokenDocument",
    "Document",
    "document",
    "dumps",
    "joined",
    "loads",
    "members",
    "members_of",
    "new_document",
    "read",
    "read_exactly",
    "reserved_of",
]

#: Keys that begin with it are the library's own, and hidden.
RESERVED = "$"
#: The key under which ``attributes_check --repair`` keeps a stored value that was no object.
BROKEN = "$broken"

_BLANK = re.compile(r"[ \t\n\r]*")
#: Stands before the digits of a number that is written as it was read, until the quotation marks are taken off.
_TOKEN = uuid4().hex
_MARKED = re.compile(f'"{_TOKEN}([^"]*)"')


class Document(dict[str, Any]):
    """The members of a stored document by key, without reserved ones, and the text that they were read from."""

    __slots__ = ("text",)

    text: str  #: the document as it is stored
    is_broken = False  #: it is stored, but no object

    def __reduce__(self) -> tuple[Any, ...]:
        return document, (dict(self), self.text, type(self))


class BrokenDocument(Document):
    """What is stored and is no object: it has no members."""

    __slots__ = ()

    is_broken = True


def document(values: Mapping[str, Any], text: str, kind: type[Document] = Document) -> Document:
    """Return a document. No constructor of its own: every record that is listed pays for it."""
    made = kind(values)
    made.text = text
    return made


def new_document() -> Document:
    """Return the document of a record that is not stored yet."""
    return document({}, "{}")


def _digits(value: Any) -> str:
    if isinstance(value, _Digits):
        return _TOKEN + value.text
    raise TypeError(f"a {type(value).__name__} is no JSON value")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_digits).encode


def dumps(value: Any) -> str:
    """Return a JSON value as text. Raises TypeError or ValueError for what is none."""
    text = _encode(value)
    return _MARKED.sub(r"\1", text) if _TOKEN in text else text


#: Reads one value at a place of a text; what `json.loads` calls, without what it does around it.
_scan: Any = vars(json.JSONDecoder())["scan_once"]
_scanstring: Any = vars(decoder)["scanstring"]


def loads(text: str) -> Any:
    """Return the JSON value of a stored text. Never raises: None for what is no JSON."""
    try:
        value, end = _scan(text, 0)
        if end == len(text):
            return value
        return json.loads(text)  # blanks around it
    except (StopIteration, ValueError, RecursionError):
        return read_exactly(text)  # an integer of more digits than Python reads, perhaps


def read(text: str) -> Document:
    """Return the document of a stored text; an empty, broken one where it is no object. Never raises."""
    values = members_of(text)
    return document({}, text, BrokenDocument) if values is None else document(values, text)


def members_of(text: str | None) -> dict[str, Any] | None:
    """Return the members of a stored object by key, without reserved ones; None for what is no object. Never raises."""
    if text is None:
        return None
    value = loads(text)
    if value.__class__ is not dict:
        return None
    if '"$' in text:
        return {key: member for key, member in value.items() if not key.startswith(RESERVED)}
    return value


def reserved_of(text: str) -> dict[str, Any]:
    """Return the reserved members of a stored document. Never raises."""
    value = loads(text) if '"$' in text else None
    return {key: each for key, each in value.items() if key.startswith(RESERVED)} if isinstance(value, dict) else {}


class _Digits(Decimal):
    """A number that no float or int of Python holds, or not as it is written."""

    __slots__ = ("text",)

    text: str

    def __new__(cls, text: str) -> _Digits:
        number = super().__new__(cls, text)
        number.text = text
        return number


def _real(text: str) -> float | _Digits:
    number = float(text)
    return number if repr(number) == text else _Digits(text)


def _whole(text: str) -> int | _Digits:
    return int(text) if len(text) < 4000 else _Digits(text)


def read_exactly(text: str) -> Any:
    """Return the JSON value of a text in which every number can be written again digit for digit, by :func:`dumps`.

    Numbers that Python would write otherwise are Decimals. Returns None for what is no JSON.
    """
    try:
        return json.loads(text, parse_float=_real, parse_int=_whole)
    except (ValueError, RecursionError):
        return None


def members(text: str) -> dict[str, str]:
    """Return the text of each member of a JSON object by its key, reserved ones too; {} for what is no object."""
    place = _BLANK.match(text, 0).end()  # type: ignore[union-attr]  # matches anything
    if text[place : place + 1] != "{":
        return {}
    found: dict[str, str] = {}
    place = _after_blank(text, place + 1)
    while text[place] != "}":
        key, place = _scanstring(text, place + 1)
        place = _after_blank(text, _after_blank(text, place) + 1)
        end = _end_of_value(text, place)
        found[key] = text[place:end]
        place = _after_blank(text, end)
        if text[place] == ",":
            place = _after_blank(text, place + 1)
    return found


def _after_blank(text: str, place: int) -> int:
    return _BLANK.match(text, place).end()  # type: ignore[union-attr]  # matches anything


_exact_decoder = json.JSONDecoder(parse_float=str, parse_int=str)


def _end_of_value(text: str, place: int) -> int:
    return _exact_decoder.raw_decode(text, place)[1]


def joined(texts: Mapping[str, str]) -> str:
    """Return the text of the object with these members, each given as text."""
    return "{" + ",".join(f"{_encode(key)}:{text}" for key, text in texts.items()) + "}"
