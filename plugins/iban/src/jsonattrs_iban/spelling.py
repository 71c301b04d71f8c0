"""What is the same for account numbers and bank codes: capitals, ASCII, and which problem an exception is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schwifty import exceptions

from jsonattrs_core import Invalid, fold_digits

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

__all__ = ["MAX_LENGTH", "asked", "compact"]

#: Longer texts are refused before anything looks at them; an IBAN has at most 34 characters.
MAX_LENGTH = 256

_CODES: dict[type[Exception], str] = {
    exceptions.InvalidLength: "length",
    exceptions.InvalidCountryCode: "component",
    exceptions.InvalidBankCode: "component",
    exceptions.InvalidBranchCode: "component",
    exceptions.InvalidAccountCode: "checksum",  # an account number for which there is no check digit
    exceptions.InvalidChecksumDigits: "checksum",
    exceptions.InvalidBBANChecksum: "checksum",
}


def compact(value: str, separators: re.Pattern[str]) -> str:
    """Return the text in capitals and ASCII digits, without separators. Raises Invalid where it is not ASCII then.

    Outside ASCII there are letters, such as the dotless i, whose capital lies inside it.
    """
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    text = fold_digits(separators.sub("", value))
    if not text.isascii():
        raise Invalid("format")
    return text.upper()


def asked(question: Callable[[str], object], text: str) -> None:
    """Call into the library, which raises where it refuses; raises Invalid instead.

    Besides its own exceptions, which are ValueErrors, an algorithm of check digits may raise another one for a
    character that it has no number for: that is no account number either.
    """
    try:
        question(text)
    except (ValueError, KeyError, IndexError) as error:
        raise Invalid(_CODES.get(type(error), "format")) from None
