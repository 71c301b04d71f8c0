"""What keeps an export or an import as a whole from going on."""

from __future__ import annotations

from jsonattrs_core import JSONAttrsError

__all__ = ["ExchangeError", "shortened"]

#: Characters of a heading that a message repeats.
_MOST = 100


class ExchangeError(JSONAttrsError):
    """Records cannot be exported, or imported, as asked; the message says why and what to do."""


def shortened(heading: str) -> str:
    """Return as much of a heading as anybody reads."""
    return heading if len(heading) <= _MOST else f"{heading[:_MOST]}…"
