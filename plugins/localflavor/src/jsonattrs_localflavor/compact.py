"""One stored form for numbers that their fields return as they were typed, so that two spellings are one value.

Each function makes a cleaner of a form field, as those of :mod:`jsonattrs_localflavor.cleaning` do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jsonattrs_core import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_localflavor.cleaning import Cleaner, Field

__all__ = ["in_capitals", "uruguayan_number", "without_punctuation"]

_PUNCTUATION: Final = re.compile("[^0-9A-Z]+")


def in_capitals(field: Field) -> Cleaner:
    """Give the field capitals: it takes small letters as well, and lets them stand."""
    clean = field().clean
    return lambda text: clean(_capitals(text))


def without_punctuation(written: str) -> Callable[[Field], Cleaner]:
    """Return what makes the cleaner that gives the letters and digits of what the field returns, in capitals.

    ``written`` is the form of what the field may return. It is looked at before the punctuation goes: without it,
    junk behind a number would look like a part of it, ``100541-5-2`` like ``1005415-2``.
    """

    def maker(field: Field) -> Cleaner:
        clean, fits = in_capitals(field), re.compile(written).fullmatch

        def compacted(text: str) -> str:
            found: str = clean(text)
            if fits(found) is None:
                raise Invalid("format")
            return _PUNCTUATION.sub("", found)

        return compacted

    return maker


def uruguayan_number(field: Field) -> Cleaner:
    """Leave out the 0 in front as well, with which some write a number of seven digits."""
    clean = without_punctuation(r"([0-9]{6,7}|([0-9]\.)?[0-9]{3}\.[0-9]{3})-?[0-9]")(field)

    def shortened(text: str) -> str:
        found: str = clean(text)
        return found.removeprefix("0") if len(found) == 8 else found

    return shortened


def _capitals(text: str) -> str:
    """Return the text in capitals, if it is of ASCII: ``str.upper`` makes an ``I`` of a dotless one."""
    return text.upper() if text.isascii() else text
