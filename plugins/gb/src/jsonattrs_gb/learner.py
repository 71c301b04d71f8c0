"""The unique learner number (ULN), of everybody over 14 in publicly funded education and training.

Issuer: Learning Records Service, for England, Wales and Northern Ireland.

Structure: ten digits, the first of them not 0, the last one a check digit: the digits, multiplied by 10, 9, 8 ... 1 and
added up, leave 10 when divided by 11. That is the method of the NHS number with another remainder, so that no number
is both. The 9999999999 that returns give for an unknown learner fails it.

Source: Higher Education Statistics Agency, field ULN, which has the sample number,
https://www.hesa.ac.uk/collection/c17051/a/ULN
"""

from __future__ import annotations

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import digits_of

__all__ = ["check"]

_LENGTH = 10
_MODULUS, _REMAINDER = 11, 10


def check(value: str) -> str:
    """Return the ten digits. Raises Invalid: ``max_length``, ``format``, ``length``, ``component``, ``checksum``.

    >>> check("9276308686")
    '9276308686'
    >>> check("9276308687")
    Traceback (most recent call last):
    ...
    jsonattrs_core.errors.Invalid: checksum
    """
    number = digits_of(value)
    if len(number) != _LENGTH:
        raise Invalid("length")
    if number.startswith("0"):
        raise Invalid("component")
    if sum(int(digit) * (_LENGTH - place) for place, digit in enumerate(number)) % _MODULUS != _REMAINDER:
        raise Invalid("checksum")
    return number
