"""The number of a bank account, as payments within the United Kingdom have it beside the sort code.

Issuer: the bank. Structure: eight digits; six and seven are filled up with zeros in front, as the source says. Nine and
ten digits, which a few banks use among themselves, become eight in ways that depend on the bank, and are refused. The
check digits that many numbers have can be computed only together with the sort code and tables of Pay.UK that change
often, so they are not checked.

Source: Vocalink for Pay.UK, "Validating account numbers: UK modulus checking", which has the sample as a test case,
https://www.vocalink.com/tools/modulus-checking/
"""

from __future__ import annotations

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import digits_of

__all__ = ["check"]

_SHORTEST, _LENGTH = 6, 8


def check(value: str) -> str:
    """Return the eight digits. Raises Invalid: ``max_length``, ``format``, ``length``.

    >>> check("66374958")
    '66374958'
    >>> check("374958")
    '00374958'
    """
    number = digits_of(value)
    if not _SHORTEST <= len(number) <= _LENGTH:
        raise Invalid("length")
    return number.zfill(_LENGTH)
