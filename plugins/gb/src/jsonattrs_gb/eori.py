"""The Economic Operators Registration and Identification number (EORI), of whoever moves goods over the border.

Issuer: HM Revenue and Customs.

Structure: GB and 12 digits, or 15; XI and as many for moves between Northern Ireland and the European Union. Whoever is
registered for VAT has the nine digits of that number and 000; whoever is not has others, so there is no check digit to
rely on. Numbers of other countries, which begin otherwise, are not these.

Source: HMRC, application for an EORI number, which has the sample, https://www.tax.service.gov.uk/shortforms/form/EORIVAT;
Check a UK EORI number, https://www.tax.service.gov.uk/check-eori-number, which takes 12 digits and 15;
https://www.gov.uk/eori
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check", "display"]

_SHAPE = re.compile(r"[A-Z]{2}(?:[0-9]{12}|[0-9]{15})").fullmatch
_PREFIXES = ("GB", "XI")


def check(value: str) -> str:
    """Return the 14 or 17 characters of the number. Raises Invalid: ``max_length``, ``format``, ``region``.

    >>> check("gb 012345678 000")
    'GB012345678000'
    >>> check("FR012345678000")
    Traceback (most recent call last):
    ...
    jsonattrs_core.errors.Invalid: region
    """
    number = compact(value)
    if not _SHAPE(number):
        raise Invalid("format")
    if not number.startswith(_PREFIXES):
        raise Invalid("region")
    return number


def display(number: str) -> str:
    """Return a clean number with its country, the nine digits of the VAT number, and the rest apart.

    >>> display("GB012345678000")
    'GB 012345678 000'
    >>> display("GB012345678000000")
    'GB 012345678 000000'
    """
    return f"{number[:2]} {number[2:11]} {number[11:]}"
