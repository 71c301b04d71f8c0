"""The checks, one for each subtype: ``us_ssn`` and so on.

They differ only in the module of python-stdnum that they ask, so they are made when somebody wants one (:pep:`562`),
and wanting one imports that module and no other.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError

from jsonattrs_core import Invalid
from jsonattrs_stdnum.library import CRASHES, NUMBERS, validator

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CODES", "MAX_LENGTH", "NATIONAL_LETTERS"]

#: No number is longer, separators included. The library looks at each character more than once: what is longer is
#: refused before.
MAX_LENGTH: Final = 256
#: Code of each error of the library; all others, InvalidFormat among them, are ``format``.
CODES: Final[dict[type[ValidationError], str]] = {
    InvalidLength: "length",
    InvalidChecksum: "checksum",
    InvalidComponent: "component",
}
#: Subtypes whose numbers have letters outside ASCII: names of towns, and Ñ.
NATIONAL_LETTERS: Final = frozenset({"de-handelsregisternummer", "es-referenciacatastral", "fr-rcs", "mx-rfc", "vatin"})


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name not in NUMBERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    fits = _fits_with_letters if NUMBERS[name].subtype in NATIONAL_LETTERS else _fits
    return _check(validator(name), fits)


def __dir__() -> list[str]:
    return sorted({*globals(), *NUMBERS})


def _check(validate: Callable[[str], str], fits: Callable[[str], bool]) -> Callable[[str], str]:
    """Return the check that gives what the library gives, if that is fit for storing.

    It is not where the library would make something else of it, or refuse it: of ``(17)181119`` without the brackets,
    or of ``0000 00 00000``, a Norwegian account whose first zeros it drops and then misses.
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


def _fits(clean: str) -> bool:
    r"""Tell whether a number is ASCII without control characters, as its issuer writes it, and not empty.

    Some modules use ``\d``, ``\w`` or ``str.isalpha``, or do not look at some characters at all, and would keep the
    Arabic digit three, a fraction or a line break.
    """
    return clean.isascii() and clean.isprintable() and clean != ""


def _fits_with_letters(clean: str) -> bool:
    """Tell the same of a number that may have letters outside ASCII; digits of other scripts are none."""
    return clean.isprintable() and clean != "" and all(c.isascii() or c.isalpha() for c in clean)
