"""The National Insurance number (NINO).

Issuer: Department for Work and Pensions and HM Revenue and Customs, for the United Kingdom.

Structure: two letters, six digits, and one of A, B, C, D. Prefixes are given out in no order that would tell more, but
some never are: none has D, F, I, Q, U or V, none has O as its second letter, and BG, GB, KN, NK, NT, TN and ZZ are not
used. There is no check digit.

The example that HMRC prints on its forms, QQ 12 34 56 A, breaks the first of these rules, and is meant to: it can be
nobody's number. So it is refused here. Temporary reference numbers (11 a1 11 11) are no NINOs; they are refused too.

Source: HMRC, National Insurance Manual, NIM39110,
https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check", "display"]

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{6}[A-D]").fullmatch
_PREFIX = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]").fullmatch
_UNUSED = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))


def check(value: str) -> str:
    """Return the nine characters of the number. Raises Invalid: ``max_length``, ``format``, ``component``.

    >>> check("ab 12 34 56 c")
    'AB123456C'
    >>> check("QQ 12 34 56 A")
    Traceback (most recent call last):
    ...
    jsonattrs_core.errors.Invalid: component
    """
    number = compact(value)
    if not _SHAPE(number):
        raise Invalid("format")
    prefix = number[:2]
    if not _PREFIX(prefix) or prefix in _UNUSED:
        raise Invalid("component")
    return number


def display(number: str) -> str:
    """Return a clean number in pairs, as HMRC prints it.

    >>> display("AB123456C")
    'AB 12 34 56 C'
    """
    return " ".join((number[:2], number[2:4], number[4:6], number[6:8], number[8]))
