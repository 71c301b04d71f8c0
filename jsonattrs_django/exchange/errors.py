"""What keeps an export or an import as a whole from going on."""

from __future__ import annotations

from jsonattrs_core import JSONAttrsError

__all__ = ["ExchangeError"]


class ExchangeError(JSONAttrsError):
    """Records cannot be exported, or imported, as asked; the message says why and what to do."""
