"""The registration mark of a vehicle, which people call its number plate.

Issuer: Driver and Vehicle Licensing Agency (DVLA), for the United Kingdom.

Structure: since 2001 two letters, two digits, three letters (DE51 ABC); the styles before that, and those of Northern
Ireland, stay valid. The law lists nine layouts, which come down to five in the order of letters and digits:

=================  ===============================================
DE51 ABC           the current style
A123 ABC           a letter that tells the year in front
ABC 123A           the same behind
1234 AB, 12 ABC    without a year: digits, then letters
AB 1234, ABC 123   without a year: letters, then digits
=================  ===============================================

The law does not say which letters are used where, so neither does this. Military, diplomatic and trade plates are
other numbers, with layouts of their own.

Source: The Road Vehicles (Display of Registration Marks) Regulations 2001, Schedule 3, Part 1, from which the samples
are taken, https://www.legislation.gov.uk/uksi/2001/561/schedule/3
"""

from __future__ import annotations

import re

from jsonattrs_core import Invalid
from jsonattrs_gb.compact import compact

__all__ = ["check", "display"]

#: The two groups of each layout, between which there is a space on the plate.
_GROUPS = re.compile(
    r"([A-Z]{2}[0-9]{2})([A-Z]{3})"
    r"|([A-Z][0-9]{1,3})([A-Z]{3})"
    r"|([A-Z]{3})([0-9]{1,3}[A-Z])"
    r"|([0-9]{1,4})([A-Z]{1,3})"
    r"|([A-Z]{1,3})([0-9]{1,4})"
).fullmatch


def check(value: str) -> str:
    """Return the mark without its space. Raises Invalid: ``max_length``, ``format``.

    >>> check("de51 abc")
    'DE51ABC'
    >>> check("ABC 123A")
    'ABC123A'
    >>> check("DE5 1ABCD")
    Traceback (most recent call last):
    ...
    jsonattrs_core.errors.Invalid: format
    """
    mark = compact(value)
    if not _GROUPS(mark):
        raise Invalid("format")
    return mark


def display(mark: str) -> str:
    """Return a clean mark in its two groups.

    >>> [display(mark) for mark in ("DE51ABC", "A123ABC", "ABC123A", "1234AB", "ABZ1234")]
    ['DE51 ABC', 'A123 ABC', 'ABC 123A', '1234 AB', 'ABZ 1234']
    """
    found = _GROUPS(mark)
    return " ".join(filter(None, found.groups())) if found else mark
