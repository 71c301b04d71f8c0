"""Names that people meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["closest", "nearest"]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name that is most like ``name``, or ``""``."""
    match = closest(name, known)
    return "" if match is None else f"; did you mean {match!r}?"


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like ``name``, None where none is: in whatever case, where none is in its."""
    names, asked = list(known), name[:100]
    folded = {each.casefold(): each for each in reversed(names)}
    same = folded.get(asked.casefold())
    if same is not None:
        return same
    matches = _matches(asked, names) or [folded[each] for each in _matches(asked.casefold(), folded)]
    return matches[0] if matches else None


def _matches(name: str, known: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
