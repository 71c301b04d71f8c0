"""The sort code of a bank's branch.

Issuer: Pay.UK. Structure: six digits, written in pairs. Whether a code is in use, and whether an account number belongs
to it, is told by tables of Pay.UK that change often, and is not checked.

Source: Vocalink for Pay.UK, "Validating account numbers: UK modulus checking", which has the sample as a test case,
https://www.vocalink.com/tools/modulus-checking/
"""

from __future__ import annotations

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import digits_of

__all__ = ["check", "display"]

_LENGTH = 6


def check(value: str) -> str:
    """Return the six digits. Raises Invalid: ``max_length``, ``format``, ``length``.

    >>> check("08-99-99")
    '089999'
    """
    code = digits_of(value)
    if len(code) != _LENGTH:
        raise Invalid("length")
    return code


def display(code: str) -> str:
    """Return a clean code in pairs.

    >>> display("089999")
    '08-99-99'
    """
    return "-".join((code[:2], code[2:4], code[4:]))
