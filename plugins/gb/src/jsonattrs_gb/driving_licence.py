"""The driver number of Great Britain, number 5 on a driving licence.

Issuer: Driver and Vehicle Licensing Agency (DVLA), for England, Wales and Scotland. The licences of Northern Ireland
bear a number of 8 digits, which is not this one.

Structure, 16 characters:

======  ================================================================================================
1-5     the surname's first five letters, filled up with 9
6       tens digit of the year of birth
7-8     month of birth, 50 added for women
9-10    day of birth
11      last digit of the year of birth
12-13   initials of the forenames: two letters, a letter and 9, or 99
14      a letter or digit that tells namesakes apart, usually 9; none of 0, 1, I, O, Q, Y, Z
15-16   two letters that DVLA computes in a way that it keeps to itself
======  ================================================================================================

On the photocard two digits follow that count the licences issued. DVLA says that they are no part of the driver
number, so they are accepted and left out.

What is refused of a date is what no birthday can be: month 13, 31 November. 29 February passes in every year.

Sources: DVLA, "Your new photocard licence" (INF45/1), where the sample number is explained; the pattern of
``drivingLicenceNumber`` in DVLA's Driver Data API, https://developer-portal.driver-vehicle-licensing.api.gov.uk/
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check", "display"]

_LENGTH = 16
#: With an issue number behind it.
_ISSUED = re.compile(r"(.{16})[0-9]{2}").fullmatch
#: The last eleven characters are of fixed length; so of 16, five are the surname's.
_SHAPE = re.compile(r"[A-Z]{1,5}9{0,4}[0-9]{6}(?:99|[A-Z][A-Z9])[A-HJ-NPR-X2-9][A-Z]{2}").fullmatch
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WOMEN = 50


def check(value: str) -> str:
    """Return the 16 characters of the number. Raises Invalid: ``max_length``, ``length``, ``format``, ``component``.

    >>> check("morga 657054 sm9ij")
    'MORGA657054SM9IJ'
    >>> check("MORGA657054SM9IJ 35")
    'MORGA657054SM9IJ'
    >>> check("MORGA613314SM9IJ")
    Traceback (most recent call last):
    ...
    jsonattrs_core.errors.Invalid: component
    """
    number = compact(value)
    issued = _ISSUED(number)
    if issued:
        number = issued[1]
    if len(number) != _LENGTH:
        raise Invalid("length")
    if not _SHAPE(number):
        raise Invalid("format")
    _check_birthday(month=int(number[6:8]), day=int(number[8:10]))
    return number


def _check_birthday(month: int, day: int) -> None:
    if month > _WOMEN:
        month -= _WOMEN
    if not 1 <= month <= len(_DAYS) or not 1 <= day <= _DAYS[month - 1]:
        raise Invalid("component")


def display(number: str) -> str:
    """Return a clean number in the groups of DVLA's leaflets.

    >>> display("MORGA657054SM9IJ")
    'MORGA 657054 SM9IJ'
    """
    return f"{number[:5]} {number[5:11]} {number[11:]}"
