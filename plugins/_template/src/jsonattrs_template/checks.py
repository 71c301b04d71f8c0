"""The orchard code. It is made up: put your own number and your own evidence in its place.

Issuer: the Orchard Register, which gives a code to each orchard that is entered in it.
Structure: 12 characters: two letters for the district (EA, NO, SO or WE), eight digits counted upwards within it, two
    check digits. Certificates print groups of four, ``NO00 0123 4522``; people type them with and without the spaces,
    and in small letters.
Check digits: ISO/IEC 7064, MOD 97-10, the algorithm of the IBAN and the LEI. A letter counts from A = 10 to Z = 35; all
    of it, read as one number, leaves 1 when it is divided by 97.
Source: Orchard Register, "Codes and certificates", section 2, https://example.org/orchards/codes, read 2026-01-31.
Samples: annex A of the same: ``NO00 0123 4522``, ``EA00 0000 0169``. A real orchard's code is its owner's business.
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid, fold_digits

__all__ = ["grouped", "orchard_code"]

DISTRICTS = frozenset(("EA", "NO", "SO", "WE"))
LENGTH = 12
#: A value may have 100,000 characters, and a code with its spaces has 14: what is longer than this is not looked at.
LONGEST = 64

_SEPARATORS = str.maketrans("", "", " -")
# ASCII in so many words: \d takes the digits of every script, and str.upper makes "SS" of "ß".
_SHAPE = re.compile("[A-Za-z]{2}[0-9]{10}").fullmatch


def orchard_code(value: str) -> str:
    """Return the 12 characters in capitals, without separators.

    Raises Invalid: ``length``; ``format`` for other characters or another order; ``component`` for a district that
    there is not; ``checksum``.

    >>> orchard_code("no00 0123 4522")
    'NO0001234522'
    """
    if len(value) > LONGEST:
        raise Invalid("length")
    code = fold_digits(value).translate(_SEPARATORS)
    if len(code) != LENGTH:
        raise Invalid("length")
    if not _SHAPE(code):
        raise Invalid("format")
    code = code.upper()
    if code[:2] not in DISTRICTS:
        raise Invalid("component")
    if _number(code) % 97 != 1:
        raise Invalid("checksum")
    return code


def grouped(code: str) -> str:
    """Return a stored code as certificates print it.

    >>> grouped("NO0001234522")
    'NO00 0123 4522'
    """
    return " ".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _number(code: str) -> int:
    """Return the number that ISO/IEC 7064 takes the characters for: each letter as two digits."""
    return int("".join(str(int(character, 36)) for character in code))
