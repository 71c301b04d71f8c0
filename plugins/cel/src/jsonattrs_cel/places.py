"""Where something is wrong in an expression, and how it is said: one sentence with line and column."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TOO_DEEP", "UNCLOSED", "Complaint", "at", "nearest"]

#: Said where the library goes no deeper: 32 levels when it reads an expression, fewer loops when it runs one.
TOO_DEEP = "this is nested too deep, or too long a sum; take parentheses away, or make two rules of it"
#: Said where a text does not end; both look alike to whoever divides an expression into words.
UNCLOSED = "a text is not closed, or has a backslash that stands for nothing"


class Complaint(Exception):
    """A part of the expression is refused.

    ``place`` is where it begins, in characters from the beginning of the text.
    """

    def __init__(self, place: int, sentence: str) -> None:
        super().__init__(place, sentence)
        self.place = place
        self.sentence = sentence


def at(text: str, place: int, sentence: str) -> str:
    """Return a sentence with the line and column of a place before it, both counted from 1."""
    before = text[:place]
    return f"line {before.count(chr(10)) + 1}, column {place - before.rfind(chr(10))}: {sentence}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name that is most like ``name``, or ``""``."""
    matches = get_close_matches(name[:100], list(known), n=1)
    return f"; did you mean {matches[0]!r}?" if matches else ""
