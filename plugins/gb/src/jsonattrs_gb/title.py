"""The title number of registered land in England and Wales.

Issuer: HM Land Registry.

Structure: up to three letters, which come from the county (TGL, CS), and up to six digits counted within them. The
oldest have digits alone, and some old series end in a letter, Z or T (Z1Z). There is no check digit. Scotland
and Northern Ireland keep registers of their own.

Numbers are counted from one within the letters, and issued and published without leading zeros (MM786, P7073). Those
are therefore left out: CS072510 is CS72510. A serial of zeros is no title.

Source: HM Land Registry, Business Gateway, the data type of ``TitleNumber``; "The evolution of Land Registry title
numbers", http://blog.landregistry.gov.uk/history-lesson-evolution-land-registry-title-numbers/; its answer on how the
numbers are made, https://www.whatdotheyknow.com/request/method_for_generating_identifier. The sample is that of HM Land
Registry's specimen register, whose county does not exist.
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check"]

_LONGEST = 9
_SHAPE = re.compile(r"([A-Z]{0,3})([0-9]{1,6})([ZT]?)").fullmatch


def check(value: str) -> str:
    """Return the title number without spaces and leading zeros.

    Raises Invalid: ``max_length``, ``length``, ``format``, ``component``.

    >>> check("cs 72510")
    'CS72510'
    >>> check("CS072510")
    'CS72510'
    >>> check("Z1Z")
    'Z1Z'
    """
    number = compact(value)
    if len(number) > _LONGEST:
        raise Invalid("length")
    found = _SHAPE(number)
    if not found:
        raise Invalid("format")
    letters, serial, series = found.groups()
    serial = serial.lstrip("0")
    if not serial:
        raise Invalid("component")
    return f"{letters}{serial}{series}"
