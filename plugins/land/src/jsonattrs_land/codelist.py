"""A list of codes with labels in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Invalid
from jsonattrs_land.labels import labels

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CodeList"]

#: How many codes a message lists.
_LISTED = 10


class CodeList:
    """The codes of one list: a check of values, and the pairs of code and label that forms offer.

    ``spellings`` maps other ways to write a code, in lower case, to the code.
    """

    __slots__ = ("_by_spelling", "_codes", "_name")

    def __init__(self, name: str, spellings: Mapping[str, str] | None = None) -> None:
        self._name = name
        self._codes = tuple(labels(name, "en"))
        self._by_spelling = {code.lower(): code for code in self._codes} | dict(spellings or {})

    def check(self, value: str) -> str:
        """Return the code, as the list spells it, that ``value`` is in whatever case. Raises Invalid ``choice``."""
        code = self._by_spelling.get(value.lower())
        if code is None:
            raise Invalid("choice", choices=list(self._codes[:_LISTED]), count=len(self._codes))
        return code

    def pairs(self, language: str | None = None) -> list[tuple[str, str]]:
        """Return ``(code, label)`` pairs, the labels in ``language``, a BCP 47 tag."""
        return list(labels(self._name, language).items())
