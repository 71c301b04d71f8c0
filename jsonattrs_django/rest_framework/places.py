"""Where in a JSON text something is that cannot be misread: looked for when it is refused, and only then."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Place", "place_of_half", "place_of_number", "place_of_second"]

#: Texts, numbers, what Python takes for numbers, and the marks that structure has.
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|-?(?:Infinity|\d[\d.eE+-]*)|NaN|[{}\[\]:]')


class Place(NamedTuple):
    """A line and a column, counted from 1, and the name that stands there."""

    line: int
    column: int
    name: str = ""


def _place(text: str, offset: int, name: str = "") -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset), name)


def place_of_second(text: str) -> Place | None:
    """Return where an object has a name for the second time, None where none has."""
    open_: list[set[str]] = []
    before = (0, "")
    for token in _TOKENS.finditer(text):
        mark = token.group()
        if mark in "{[":
            open_.append(set())
        elif mark in "}]":
            if open_:
                open_.pop()
        elif mark == ":" and open_:
            name = json.loads(before[1], strict=False)
            if name in open_[-1]:
                return _place(text, before[0], name)
            open_[-1].add(name)
        before = (token.start(), mark)
    return None


def place_of_number(text: str, is_refused: Callable[[str], bool]) -> Place | None:
    """Return where the first number is that is refused, None where none is."""
    return next(
        (_place(text, start) for start, mark in _marks(text) if mark[0] not in '"{}[]:' and is_refused(mark)), None
    )


def place_of_half(text: str) -> Place | None:
    """Return where the first text is that has half of a character, None where none has."""
    return next((_place(text, start) for start, mark in _marks(text) if mark[0] == '"' and _has_half(mark)), None)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    return ((token.start(), token.group()) for token in _TOKENS.finditer(text))


def _has_half(mark: str) -> bool:
    return any("\ud800" <= each <= "\udfff" for each in json.loads(mark, strict=False))
