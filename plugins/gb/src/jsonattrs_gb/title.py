"""The title number of registered land in England and Wales.

Issuer: HM Land Registry.

Structure: up to three letters, which come from the county (TGL, CS), and up to six digits counted within them. The
oldest have digits alone, and some old series end in a letter, Z or T (Z1Z). There is no check digit. Scotland
and Northern Ireland keep registers of their own.

Source: HM Land Registry, Business Gateway, the data type of ``TitleNumber``; "The evolution of Land Registry title
numbers", http://blog.landregistry.gov.uk/history-lesson-evolution-land-registry-title-numbers/. The sample is that of
HM Land Registry's specimen register, whose county does not exist.
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check"]

_LONGEST = 9
_SHAPE = re.compile(r"[A-Z]{0,3}[0-9]{1,6}[ZT]?").fullmatch


def check(value: str) -> str:
    """Return the title number without spaces. Raises Invalid: ``max_length``, ``length``, ``format``.

    >>> check("cs 72510")
    'CS72510'
    >>> check("Z1Z")
    'Z1Z'
    """
    number = compact(value)
    if len(number) > _LONGEST:
        raise Invalid("length")
    if not _SHAPE(number):
        raise Invalid("format")
    return number
