"""The base types ``integer``, ``float`` and ``decimal``: exact, finite, bounded."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from math import isfinite
from typing import Any

from jsonattrs_core.errors import Invalid

__all__ = ["DECIMAL_CONTEXT", "MAX_DIGITS", "MAX_INTEGER", "MIN_INTEGER"]

MIN_INTEGER, MAX_INTEGER = -(2**63), 2**63 - 1
#: Most digits of a decimal on either side of the point.
MAX_DIGITS = 100

#: Characters of a whole number that Python converts whatever its settings (sys.set_int_max_str_digits).
_MOST_READABLE = 600

#: Digits that no integer of 64 bits has.
_MOST_DIGITS = 30

#: Decimals are made in a context of their own: in the caller's, a text that is no number may be a silent NaN.
DECIMAL_CONTEXT = Context(prec=2 * MAX_DIGITS + 2, traps=[InvalidOperation])

_PLAIN_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch
_JSON_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+").fullmatch


def check_integer(value: Any) -> int:
    """Return the value as an int of at most 64 bits; a float that is whole is one, a boolean is not."""
    if value.__class__ is not int:
        value = _whole(value)
    if value < MIN_INTEGER:
        raise Invalid("min", limit=MIN_INTEGER)
    if value > MAX_INTEGER:
        raise Invalid("max", limit=MAX_INTEGER)
    return value  # type: ignore[no-any-return]  # an int: every other class has gone through _whole


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid("type", type="integer")
    if isinstance(value, int):
        return int.__index__(value)
    if not isfinite(value):
        raise Invalid("format", type="integer")
    if not value.is_integer():
        raise Invalid("type", type="integer")
    return int(value)


def check_float(value: Any) -> float:
    """Return the value as a finite float; an int that no float equals is refused, ``-0.0`` is ``0.0``."""
    if value.__class__ is not float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Invalid("type", type="float")
        if isinstance(value, int):
            return _exact_float(int.__index__(value))
    if not isfinite(value):
        raise Invalid("format", type="float")
    return float.__add__(value, 0.0)


def _exact_float(value: int) -> float:
    try:
        number = float(value)
    except OverflowError:
        raise Invalid("type", type="float") from None
    # A database may write a large float without its exponent: what its shortest text says is that float, too.
    if number != value and Decimal(repr(number)) != value:
        raise Invalid("type", type="float")
    return number


def load_float(value: Any) -> float:
    """Return a stored number as the nearest float. Raises Invalid for what is none, and for what no float is near."""
    if value.__class__ is int:
        try:
            return float(value)
        except OverflowError:
            raise Invalid("type", type="float") from None
    return check_float(value)


def check_decimal(value: Any) -> Decimal:
    """Return the value as a finite Decimal in plain notation; a float is refused, since it is not what was meant."""
    if isinstance(value, str):
        number = _read_decimal(value)
    elif isinstance(value, Decimal):
        number = Decimal(value) if value.__class__ is not Decimal else value
    elif isinstance(value, int) and not isinstance(value, bool):
        number = _decimal_of(int.__index__(value))
    else:
        raise Invalid("type", type="decimal")
    return _bounded(number)


def _read_decimal(text: str) -> Decimal:
    if len(text) > 2 * MAX_DIGITS + 2:
        raise Invalid("too_large", limit=MAX_DIGITS, unit="digits")
    if not _PLAIN_DECIMAL(text):
        raise Invalid("format", type="decimal")
    return DECIMAL_CONTEXT.create_decimal(text)


def _decimal_of(number: int) -> Decimal:
    if number.bit_length() > 340:  # over 100 digits; some thousands of them would be slow to convert
        raise Invalid("too_large", limit=MAX_DIGITS, unit="digits")
    return Decimal(number)


def _bounded(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):  # NaN and the infinities
        raise Invalid("format", type="decimal")
    if exponent < -MAX_DIGITS or (number and number.adjusted() >= MAX_DIGITS):
        raise Invalid("too_large", limit=MAX_DIGITS, unit="digits")
    if exponent > 0:
        number = DECIMAL_CONTEXT.create_decimal(format(number, "f")) if number else Decimal(0)
    return number if number else number.copy_abs()


#: Languages that write a comma where English has its point (Unicode CLDR 47, `decimal` of the default numbers), and
#: the regions whose habit differs from that of their language.
_COMMA = {
    "af",
    "az",
    "be",
    "bg",
    "bs",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "eu",
    "fi",
    "fr",
    "gl",
    "hr",
    "hu",
    "hy",
}
_COMMA |= {
    "id",
    "is",
    "it",
    "ka",
    "kk",
    "ky",
    "lt",
    "lv",
    "mk",
    "nb",
    "nl",
    "nn",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
}
_COMMA |= {"sq", "sr", "sv", "tr", "uk", "uz", "vi"}
_POINT = {
    "de-ch",
    "de-li",
    "it-ch",
    "es-mx",
    "es-us",
    "es-pr",
    "es-do",
    "es-gt",
    "es-hn",
    "es-ni",
    "es-pa",
    "es-sv",
    "es-pe",
}
#: Digits that mean one number with a point and another with a separator of thousands.
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+").fullmatch


def _pointed(text: str, language: str, type_name: str) -> str:
    """Return a number as it is written in ``language`` with a point; one that could be two numbers is refused.

    Separators of thousands are not read: the plugin for locales does that.
    """
    text = text.strip()
    if not _has_comma(language):
        return text
    if _AMBIGUOUS(text):
        raise Invalid("format", type=type_name)
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _has_comma(language: str) -> bool:
    tag = language.lower().replace("_", "-")
    return tag.partition("-")[0] in _COMMA and tag not in _POINT


def float_to_text(value: float, language: str) -> str:
    """Return the number as it is written in ``language``."""
    return repr(value).replace(".", ",") if _has_comma(language) else repr(value)


def decimal_to_text(value: Decimal, language: str) -> str:
    """Return the number as it is written in ``language``."""
    return dump_decimal(value).replace(".", ",") if _has_comma(language) else dump_decimal(value)


def whole_from_text(text: str, language: str) -> Any:
    """Return the number that a text stands for; a float where it is not whole or too large, for the check to refuse."""
    if _WHOLE_NUMBER(text.strip()):
        if len(text) > _MOST_READABLE:
            raise Invalid("syntax", unit="number")
        return int(text)
    text = _pointed(text, language, "integer")
    if not _JSON_NUMBER(text):
        raise Invalid("format", type="integer")
    number = DECIMAL_CONTEXT.create_decimal(text)  # a float would round the last digits of a long one
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS or number != number.to_integral_value():
        return float(text)
    return int(number)


def float_from_text(text: str, language: str) -> float:
    """Return the number that a text stands for."""
    return _number_from_text(text, language, "float")


def _number_from_text(text: str, language: str, type_name: str) -> float:
    text = _pointed(text, language, type_name)
    if not _JSON_NUMBER(text):
        raise Invalid("format", type=type_name)
    return float(text)


def decimal_from_text(text: str, language: str) -> str:
    """Return the number that a text stands for, with a point."""
    return _pointed(text, language, "decimal")


def dump_decimal(value: Decimal) -> str:
    """Return the decimal in plain notation, its trailing zeros kept."""
    return format(value, "f")


def canonical_decimal(value: Decimal) -> str:
    """Return the one text of all decimals that equal ``value``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
