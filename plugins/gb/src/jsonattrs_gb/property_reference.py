"""The unique property reference number (UPRN), of every addressable place in Great Britain.

Issuer: local authorities and Ordnance Survey, out of ranges that GeoPlace gives them.

Structure: a whole number of at most 12 digits that says nothing about the place. It is written with and without leading
zeros; without them it is stored, so that one place has one number. There is no check digit.

Source: GOV.UK, Open standards for government, "Identifying property and street information",
https://www.gov.uk/government/publications/open-standards-for-government/identifying-property-and-street-information
"""

from __future__ import annotations

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import digits_of

__all__ = ["check"]

_LONGEST = 12


def check(value: str) -> str:
    """Return the digits without leading zeros. Raises Invalid: ``max_length``, ``format``, ``length``, ``component``.

    >>> check("000000199356")
    '199356'
    """
    number = digits_of(value)
    if len(number) > _LONGEST:
        raise Invalid("length")
    number = number.lstrip("0")
    if not number:
        raise Invalid("component")
    return number
