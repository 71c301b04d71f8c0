r"""What stands in a cell of a table for a value, so that it can be read back exactly.

=============  ==============================================================================
``\N``         null
``\``          the empty text
nothing        nothing is said: the record has no such value, or keeps the one that it has
``\=1+2``      the text ``=1+2``, so that no spreadsheet takes it for a formula
``\ ``         the text of one space, and so of any other white space
``\\N``        the text ``\N``
anything else  the value as text, in the form in which it is stored
=============  ==============================================================================

Where a text begins with a backslash and none of these is meant, the backslash is a part of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from jsonattrs_django.documents import members

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "ABSENT",
    "FORMULA",
    "NULL",
    "SPECIAL",
    "CellError",
    "Digits",
    "as_text",
    "guarded",
    "plain",
    "read_digits",
    "reader_of",
    "unescaped",
]

#: The cell of null.
NULL: Final = "\\N"
#: The cell that says nothing.
ABSENT: Final = ""

#: With one of these a spreadsheet takes a text for a formula, or loses it (OWASP, "CSV Injection").
FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the wide ones are meant
_ESCAPED = FORMULA | {"\\"}
#: A text that begins with none of these, and is not empty, is its own cell.
SPECIAL: Final = _ESCAPED | {space for space in map(chr, range(0x3001)) if space.isspace()}
#: A negative number is no formula, and is to stay a number.
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?").fullmatch


class CellError(str):
    """What a spreadsheet shows where it could calculate nothing, such as ``#DIV/0!``."""

    __slots__ = ()


class Digits(str):
    """A number of a document, as it is written there."""

    __slots__ = ()


def reader_of(number: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return the function that reads a document with its numbers digit for digit, each made by ``number``."""
    return json.JSONDecoder(parse_float=number, parse_int=number, parse_constant=number).decode


#: Reads a document in which every number is a text of its digits.
read_digits: Final = reader_of(str)


def plain(text: str) -> str:
    """Return the cell of a text, for a table that knows texts from formulas."""
    if not text.strip() or (text[0] == "\\" and (text == NULL or _is_escaped(text[1:]))):
        return "\\" + text
    return text


def _is_escaped(text: str) -> bool:
    """Tell whether a backslash before this text is taken off."""
    return text[:1] in _ESCAPED or not text.strip()


def guarded(text: str) -> str:
    """Return the cell of a text, for a table that spreadsheets open: none becomes a formula."""
    if text[:1] in FORMULA and not _NEGATIVE(text):
        return "\\" + text
    return plain(text)


def unescaped(cell: str) -> str | None:
    """Return the text that a cell holds, None for null."""
    if not cell.startswith("\\"):
        return cell
    if cell == NULL:
        return None
    return cell[1:] if _is_escaped(cell[1:]) else cell


def as_text(value: Any, key: str, text: str, *, multiple: bool) -> str | None:
    """Return the text of a value that was read with :func:`read_digits`, None for null.

    ``text`` is that of the document, from which objects and lists come as they are written there.
    """
    if value is None or isinstance(value, str):
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    if multiple and isinstance(value, list) and value and all(isinstance(item, str | bool) for item in value):
        return _listed([str(as_text(item, key, text, multiple=False)) for item in value])
    return members(text)[key]


def _listed(items: Sequence[str]) -> str:
    """Return the text of several values as the core reads it: between semicolons, or a list in JSON."""
    joined = "; ".join(items)
    is_plain = not joined.lstrip().startswith("[") and all(items)
    if is_plain and [item.strip() for item in joined.split(";")] == list(items):
        return joined
    return json.dumps(list(items), ensure_ascii=False)
