"""From a text to a telephone number, without losing a part of it on the way.

Source: ITU-T E.164 (the international numbering plan) and E.123 (how numbers are written), as the library phonenumbers
reads them; RFC 3966 for ``tel:``.

The library looks for a number in running text, and leaves out what it has no use for: words in front of the number,
one or two letters within it, a star, a second number behind a stroke. Here the text is the number, so what it would
leave out may only be punctuation.
"""

from __future__ import annotations

import re

from phonenumbers import NumberParseException, PhoneNumber, parse

from jsonattrs_core import Invalid, fold_digits

__all__ = ["MAX_LENGTH", "read", "spelled"]

#: Longest text that the library reads; it refuses a longer one by an exception.
MAX_LENGTH = 250
#: The library takes fewer letters for typing errors and leaves them out; from three on they are keys of a telephone.
_LETTERS_OF_A_WORD = 3
#: It stands for the code of whatever carrier is dialled, as in 0xx11 of Brazil, and is no part of the number.
_PLACEHOLDER = "x"

_CODES = {
    NumberParseException.NOT_A_NUMBER: "format",
    NumberParseException.TOO_SHORT_AFTER_IDD: "length",
    NumberParseException.TOO_SHORT_NSN: "length",
    NumberParseException.TOO_LONG: "length",
    NumberParseException.INVALID_COUNTRY_CODE: "component",
}
#: What RFC 3966 puts around a number; the context, a country code or a host, is read by the library.
_URI = re.compile("^tel:|;phone-context=[^;]*", re.IGNORECASE)
_START = re.compile("[0-9+\uff0b]")
_PLUS = re.compile("[+\uff0b]")
_LETTER = re.compile("[a-z]")
#: An ISDN subaddress, or a second extension behind a stroke: the library cuts them off and does not say so.
_CUT_OFF = re.compile(r";isub=|[\\/] *x")


def spelled(value: str) -> str:
    """Return the text with ASCII digits. Raises Invalid for one that is too long, before anything looks at it."""
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    return fold_digits(value)


def read(text: str, region: str | None) -> PhoneNumber:
    """Return the number that ``text`` writes, as it is dialled in ``region``, or with + and a country code.

    Raises Invalid where there is none, and where some of the text would be lost.
    """
    try:
        number = parse(text, region)
    except NumberParseException as error:
        raise _refusal(error, text, region) from None
    if number.extension or _CUT_OFF.search(text):
        raise Invalid("phonenumbers.extension")
    if not _is_all_read(_URI.sub("", text)):
        raise Invalid("format")
    return number


def _refusal(error: NumberParseException, text: str, region: str | None) -> Invalid:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE and region is None and not _PLUS.search(text):
        return Invalid("phonenumbers.country-code")
    return Invalid(_CODES.get(error.error_type, "format"))


def _is_all_read(text: str) -> bool:
    """Tell whether the library makes digits of every letter and digit of a text in which it has found a number."""
    start = _START.search(text)
    if start is None or "*" in text or any(character.isalnum() for character in text[: start.start()]):
        return False
    rest = text[start.start() :].lower()
    if any(character.isalnum() and not character.isascii() for character in rest):
        return False
    letters = _LETTER.findall(rest)
    return len(letters) >= _LETTERS_OF_A_WORD or all(letter == _PLACEHOLDER for letter in letters)
