"""How a stored account number is shown."""

from __future__ import annotations

__all__ = ["in_fours"]


def in_fours(value: str) -> str:
    """Return an IBAN as it is printed: in groups of four characters (ISO 13616-1).

    >>> in_fours("GB29NWBK60161331926819")
    'GB29 NWBK 6016 1331 9268 19'
    """
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
