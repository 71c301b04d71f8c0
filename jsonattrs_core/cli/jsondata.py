"""Records out of JSON Lines and JSON files.

What cannot be read comes out as a :class:`Problem` in place of the record, and reading goes on after it.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["LIMIT", "json_lines", "json_records", "syntax", "too_large"]

#: Bytes of a line that are read; a longer one is skipped without being held in memory.
LIMIT = 1024 * 1024

BLANK = " \t\r\n"
_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[][{},"]', re.DOTALL)
_DAMAGE = re.compile("[\udc80-\udcff]")


def syntax(unit: str) -> Problem:
    """Return the problem of something unreadable; ``unit`` says what is wrong with it."""
    return Problem((), "syntax", {"unit": unit})


def too_large() -> Problem:
    """Return the problem of a line, or a row, that is longer than is read."""
    return Problem((), "too_large", {"limit": LIMIT, "unit": "bytes"})


class _RepeatedKey(ValueError):
    """One object has one name twice; readers would differ in which value they keep."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedKey
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)


def _why(error: Exception) -> Problem:
    if isinstance(error, UnicodeDecodeError):
        return syntax("encoding")
    if isinstance(error, json.JSONDecodeError):
        return syntax("json")
    if isinstance(error, _RepeatedKey):
        return syntax("keys")
    if isinstance(error, RecursionError):
        return syntax("depth")
    return syntax("number")  # int() refuses more digits than sys.get_int_max_str_digits()


def json_lines(stream: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Yield ``(line number, value or Problem)`` for each line of a UTF-8 stream that is not blank."""
    read = _DECODER.raw_decode
    number = 0
    for line in iter(partial(stream.readline, LIMIT + 2), b""):
        number += 1
        if len(line) > LIMIT and _skip_rest(stream, line):
            yield number, too_large()
            continue
        text = ""
        try:
            text = str(line, "utf-8").strip(BLANK)
            value, end = read(text)
        except (ValueError, RecursionError) as error:
            if text or isinstance(error, UnicodeDecodeError):
                yield number, _why(error)
            continue
        yield number, value if end == len(text) else syntax("json")


def _skip_rest(stream: IO[bytes], line: bytes) -> bool:
    """Tell whether a line is too long without its line break, and if so leave the rest of it behind."""
    if len(line.rstrip(b"\r\n")) <= LIMIT:
        return False
    while line and not line.endswith(b"\n"):
        line = stream.readline(LIMIT)
    return True


def json_records(stream: IO[bytes], on_read: Callable[[int], None]) -> Iterator[tuple[int, Any]]:
    """Yield ``(record number, value or Problem)`` for the members of one array, or for one value.

    The stream is read whole; ``on_read`` is called with how much of it has been gone through, from time to time.
    """
    text = stream.read().decode("utf-8", "surrogateescape").rstrip(BLANK)
    start = _after_space(text, 0)
    if not text.startswith("[", start):
        yield from _single(text, start)
        return
    number = 0
    start = _after_space(text, start + 1)
    more = not text.startswith("]", start)
    while more:
        number += 1
        value, end = _element(text, start)
        yield number, value
        if end is None:
            return  # an object or a text that nobody closed: what comes after it cannot be told apart
        if number % 256 == 0:
            on_read(end)
        start = _after_space(text, end)
        more = text.startswith(",", start)
        if more:
            start = _after_space(text, start + 1)
    if text[start:] != "]":
        yield number + 1, syntax("json")


def _single(text: str, start: int) -> Iterator[tuple[int, Any]]:
    value, end = _element(text, start)
    rest = text[_after_space(text, end) :] if end is not None else ""
    if rest.startswith("{"):
        raise CannotRun("the file holds one object after another: say --format jsonl")
    yield 1, syntax("json") if rest else value


def _element(text: str, start: int) -> tuple[Any, int | None]:
    """Return the value, or its Problem, and where it ends; None if that cannot be told."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        return _why(error), _end_of(text, start)
    return (syntax("encoding") if _DAMAGE.search(text, start, end) else value), end


def _end_of(text: str, start: int) -> int | None:
    """Find where an unreadable element ends, by its brackets alone."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        mark = token[0]
        if mark == '"':
            return None  # a text that nobody closed
        if depth == 0 and mark in ",]}":
            return token.start()
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
    return None


def _after_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start
