"""Names in a form: each is an element of XML, and none is there twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FORBIDDEN", "Names", "as_name"]

#: Names that parts of every form have.
FORBIDDEN = frozenset({"meta", "data"})


class Names:
    """Hands out names, each once; case does not make a difference, since it does not for all who read forms."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}
        self._numbers: dict[str, int] = {}  #: the last number behind each name; thousands of choices may want the same

    def new(self, wanted: str) -> str:
        """Return ``wanted``, or with a number behind it where that is taken."""
        found, key = wanted, wanted.casefold()
        while found.casefold() in self._taken:
            self._numbers[key] = self._numbers.get(key, 1) + 1
            found = f"{wanted}_{self._numbers[key]}"
        self._taken.add(found.casefold())
        return found


def as_name(text: str, fallback: str) -> str:
    """Return a name made of the ASCII letters and digits of a text, ``fallback`` where it has none."""
    found = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:40]
    return found if found[:1].isalpha() else f"{fallback}_{found}".rstrip("_")
