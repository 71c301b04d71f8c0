"""How a stored number is shown."""

from __future__ import annotations

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

__all__ = ["international"]


def international(value: str) -> str:
    """Return a number as it is written for readers in any country (ITU-T E.123).

    >>> international("+442079460958")
    '+44 20 7946 0958'
    """
    try:
        return str(format_number(parse(value), PhoneNumberFormat.INTERNATIONAL))
    except NumberParseException:  # stored before the attribute had its subtype, perhaps: shown as it is
        return value
