"""The GSS code of an area: a country, county, district, ward, constituency, output area ...

Issuer: Office for National Statistics, for the Government Statistical Service.

Structure: nine characters. A letter (E England, W Wales, S Scotland, N Northern Ireland, K the United Kingdom and parts
of it, and others), two digits for the kind of area, six for the area. There is no check digit. Which letters and kinds
there are is a register that grows, and is not repeated here.

Source: Office for National Statistics, "Coding and naming policy for UK statistical geographies" and Register of
Geographic Codes, https://geoportal.statistics.gov.uk/. The samples are England and the United Kingdom.
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check"]

_SHAPE = re.compile(r"[A-Z][0-9]{8}").fullmatch


def check(value: str) -> str:
    """Return the nine characters of the code. Raises Invalid: ``max_length``, ``format``.

    >>> check("e92000001")
    'E92000001'
    """
    code = compact(value)
    if not _SHAPE(code):
        raise Invalid("format")
    return code
