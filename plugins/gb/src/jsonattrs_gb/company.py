"""The company number, also called company registration number (CRN).

Issuer: the registrars of companies (Companies House) of England and Wales, Scotland, and Northern Ireland.

Structure: 8 characters. Those of England and Wales are digits; others begin with two letters, such as SC (Scotland), NI
(Northern Ireland) or OC (limited liability partnership), or with R (Northern Ireland before partition). Of the older
registers of societies some numbers end in up to three letters. There is no check digit.

The letters are not compared with a list. The published one is of 2012, and prefixes have been added since (RS, SG, OE);
a number that is new should not be refused because this file is old.

Letterheads leave out leading zeros. They are put back, since only the whole number is unique. Numbers are counted from
one; a serial of zeros is nobody's.

Source: Companies House, "Uniform Resource Identifiers (URI) Customer Guide", list of company numbers and prefixes;
Companies Act 2006, section 1066, https://www.legislation.gov.uk/ukpga/2006/46/section/1066
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check"]

_LENGTH = 8
_SHORT = re.compile(r"([A-Z]{0,2})([0-9]{1,8})").fullmatch
_ZEROS = re.compile(r"[A-Z]{0,2}0+").fullmatch
_SHAPE = re.compile(r"[0-9]{8}|R[0-9]{7}|[A-Z]{2}[0-9]{3}[0-9A-Z]{3}").fullmatch


def check(value: str) -> str:
    """Return the number with all its eight characters. Raises Invalid: ``max_length``, ``format``, ``component``.

    >>> check("sc123456")
    'SC123456'
    >>> check("SC 1234")
    'SC001234'
    >>> check("1234567")
    '01234567'
    """
    number = compact(value)
    if short := _SHORT(number):
        prefix, serial = short.groups()
        number = prefix + serial.zfill(_LENGTH - len(prefix))
    if not _SHAPE(number):
        raise Invalid("format")
    if _ZEROS(number):
        raise Invalid("component")
    return number
