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
    """Return the known name that is most like ``name``, None where none is."""
    matches = difflib.get_close_matches(name[:100], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
