"""The Accounts Office reference, under which an employer pays PAYE and National Insurance.

Issuer: HM Revenue and Customs. It is not the employer PAYE reference (123/AB456), which has a slash.

Structure, 13 characters: the three digits of the tax office, two letters, eight characters that are digits, or seven of
them and a check letter. Shorter ones are filled up with zeros behind the two letters. How the check letter comes about
is told to makers of payroll software only, so it is not checked.

Source: HMRC, online services help, "Accounts Office reference", which has the samples,
https://online.hmrc.gov.uk/information/help?helpcategory=security&helpid=AccountsOfficereference
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check"]

_SHAPE = re.compile(r"([0-9]{3}[A-Z]{2})([0-9]{0,7}[0-9A-Z])").fullmatch
_LAST = 8


def check(value: str) -> str:
    """Return the 13 characters of the reference. Raises Invalid: ``max_length``, ``format``.

    >>> check("123pa 00045678")
    '123PA00045678'
    >>> check("123PA45678")
    '123PA00045678'
    """
    found = _SHAPE(compact(value))
    if not found:
        raise Invalid("format")
    office, employer = found.groups()
    return f"{office}{employer.zfill(_LAST)}"
