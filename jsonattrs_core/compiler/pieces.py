"""Fixed pieces of source that know values of the built-in types at a glance, and what they use by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from jsonattrs_core.builtin.moments import check_datetime
from jsonattrs_core.builtin.numbers import DECIMAL_CONTEXT

__all__ = [
    "CLEAN_DATE",
    "CLEAN_DATETIME",
    "CLEAN_DECIMAL",
    "DIGITS",
    "NAMES",
    "PLAINLY_CLEAN",
    "STORED_DATE",
    "STORED_DATETIME",
    "STORED_DECIMAL",
]

#: What the pieces use by name.
NAMES: dict[str, Any] = {
    "NUL": "\x00",
    "MARKS": slice(4, None, 3),  # where a moment has its marks
    "UTC": UTC,
    "Date": date,
    "Datetime": datetime,
    "Decimal": Decimal,
    "decimal": DECIMAL_CONTEXT.create_decimal,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "exact_moment": check_datetime,
}

#: A quick look at a str: whether it is a clean text as it stands. One that is not may still be.
PLAINLY_CLEAN = "{0} and {0}.isascii() and {0}.isprintable() and {0}.strip() is {0}"

# Quick looks at anything: whether it is the text of such a value as it is stored. Another text may be one, too.

#: A decimal in plain notation, which is in ``number`` then: of all that ``decimal`` reads, nothing else is of ASCII,
#: finite and without an exponent.
STORED_DECIMAL = (
    "type({0}) is str and len({0}) <= 100 and {0}.isascii() and 'e' not in {0} and 'E' not in {0}"
    " and (number := decimal({0})).is_finite()"
)
#: A date, if ``day`` reads it. Of ten characters, that also reads 2024-W01-1, and Python 3.11 even 20240229T1.
STORED_DATE = "type({0}) is str and len({0}) == 10 and {0}[4] == {0}[7] == '-'"
#: A moment in seconds, if ``moment`` reads it (:func:`~jsonattrs_core.builtin.moments.is_stored_datetime`).
STORED_DATETIME = (
    "type({0}) is str and len({0}) == 20 and {0}[MARKS] == '--T::Z'"
    " and ({0}[11] != '2' or {0}[12] != '4') and NUL not in {0}"
)

# Lines that make a clean value of a stored or typed one, or raise. They may raise for a good one of an odd form.

#: Leaves the plain notation, of at most 100 characters, in ``digits``.
CLEAN_DECIMAL = f"""\
if type({{0}}) is Decimal:
    digits = str({{0}})
    if len(digits) > 100 or digits.strip('0123456789.-'): raise ValueError
    if not {{0}}: {{0}} = {{0}}.copy_abs()
elif {STORED_DECIMAL}:
    digits = {{0}}
    {{0}} = number or number.copy_abs()
else: raise ValueError"""
CLEAN_DATE = f"""\
if {STORED_DATE}: {{0}} = day({{0}})
elif type({{0}}) is not Date: raise ValueError"""
CLEAN_DATETIME = f"""\
if {STORED_DATETIME}: {{0}} = moment({{0}})
elif type({{0}}) is not Datetime or {{0}}.tzinfo is not UTC or {{0}}.fold: {{0}} = exact_moment({{0}})"""

#: By constraint: what is true of the plain notation, in ``digits``, of each decimal that has more than ``{1}`` digits
#: or decimal places; of a few others, too. ``{0}`` cuts off as many characters and the point before them.
DIGITS = {"max_digits": "len(digits) > {1}", "decimal_places": "'.' in digits[{0}]"}
