"""The checks, one for each subtype: ``us_ssn`` and so on.

They differ only in the module of python-stdnum that they ask and in rows of tables, so they are made when somebody
wants one (:pep:`562`). Wanting one imports that module and no other, and reads its lists of numbers.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError

from jsonattrs_core import Invalid
from jsonattrs_stdnum.corrections import corrected
from jsonattrs_stdnum.table import READERS, SHAPES
from jsonattrs_stdnum.upstream import CRASHES, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CODES", "MAX_LENGTH"]

#: No number is longer, separators included. The library looks at each character more than once: what is longer is
#: refused before.
MAX_LENGTH: Final = 256
#: Code of each error of the library; all others, InvalidFormat among them, are ``format``.
CODES: Final[dict[type[ValidationError], str]] = {
    InvalidLength: "length",
    InvalidChecksum: "checksum",
    InvalidComponent: "component",
}


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name not in NUMBERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    subtype, _, examples = NUMBERS[name]
    fits = re.compile(SHAPES.get(subtype, "[0-9A-Z]+")).fullmatch
    check = _check(corrected(name), fits)
    for text in (*examples, *READERS.get(subtype, ())):  # so that no file is read when a value is checked
        with suppress(Invalid):  # an example may be one of yesterday; faults of the installation come out
            check(text)
    return check


def __dir__() -> list[str]:
    return sorted({*globals(), *NUMBERS})


def _check(validate: Callable[[str], str], fits: Callable[[str], object]) -> Callable[[str], str]:
    r"""Return the check that gives what the library gives, if that is fit for storing.

    It is not where the library would make something else of it, or refuse it: of ``(17)181119`` without the brackets,
    or of ``0000 00 00000``, a Norwegian account whose first zeros it drops and then misses. And it is not where it has
    another shape: some modules use ``\d``, ``\w`` or ``str.isalpha``, or do not look at some characters at all, and
    would keep the Arabic digit three, a quotation mark or a line break.
    """

    def check(value: str) -> str:
        if len(value) > MAX_LENGTH:
            raise Invalid("max_length", limit=MAX_LENGTH)
        clean = _verdict(validate, value)
        if not fits(clean) or (clean != value and _verdict(validate, clean) != clean):
            raise Invalid("format")
        return clean

    return check


def _verdict(validate: Callable[[str], str], text: str) -> str:
    """Return the compact form of a text, by the library. Raises Invalid where it refuses the text."""
    try:
        return validate(text)
    except ValidationError as error:
        raise Invalid(CODES.get(type(error), "format")) from None
    except CRASHES:  # see there
        raise Invalid("format") from None
