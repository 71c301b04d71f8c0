"""The checks: ``world`` takes the number of any country, ``GB`` one of the United Kingdom, and so on.

Source: ITU-T E.164, and the numbering plans of the regions as the installed phonenumbers carries them. A number is
valid for a region if the region's own plan has it: +44 7911 123456 is of Guernsey, and ``is_valid_number`` would take
it for a British one.

The regions differ in their data alone, so their checks are made when somebody asks for one (:pep:`562`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    SUPPORTED_REGIONS,
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    country_code_for_region,
    format_number,
    is_possible_number_with_reason,
    is_valid_number,
    is_valid_number_for_region,
    normalize_digits_only,
)

from jsonattrs_core import Invalid
from jsonattrs_phonenumbers.reading import read, spelled

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["check_for"]

#: A plan's number that has another number of digits, or lacks its area code.
_LENGTH = (
    ValidationResult.TOO_SHORT,
    ValidationResult.TOO_LONG,
    ValidationResult.INVALID_LENGTH,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
)
_START = re.compile("[0-9+\uff0b]")
_CONTEXT = re.compile(";phone-context=([+][^;]*)")
#: Country codes have one to three digits.
_CODE_LENGTHS = (1, 2, 3)


def check_for(*regions: str) -> Callable[[str], str]:
    """Return the check that takes a number of one of ``regions``, which share a country code.

    The first is the region in which a number without country code is dialled. The data of all regions with that code
    is read here, so that no value waits for it. Returned is E.164: ``+442079460958``.
    """
    home, code = regions[0], country_code_for_region(regions[0])
    for region in COUNTRY_CODE_TO_REGION_CODE[code]:
        PhoneMetadata.metadata_for_region(region)
    is_abroad = _abroad(home, code)

    def check(value: str) -> str:
        text = spelled(value)
        if is_abroad(text):
            raise Invalid("region")
        number = read(text, home)
        if not any(is_valid_number_for_region(number, region) for region in regions):
            raise Invalid(_reason(number, code))
        return str(format_number(number, PhoneNumberFormat.E164))

    return check


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name == "world":
        return _world()
    if name not in SUPPORTED_REGIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return check_for(name)


def _world() -> Callable[[str], str]:
    PhoneMetadata.load_all()

    def check(value: str) -> str:
        number = read(spelled(value), None)
        if not is_valid_number(number):
            raise Invalid(_reason(number, number.country_code))
        return str(format_number(number, PhoneNumberFormat.E164))

    return check


def _reason(number: PhoneNumber, code: int | None) -> str:
    """Return the problem code for a number that is not valid in the plans of a country code."""
    if number.country_code != code or is_valid_number(number):
        return "region"
    return "length" if is_possible_number_with_reason(number) in _LENGTH else "component"


def _abroad(home: str, code: int) -> Callable[[str], bool]:
    """Return what tells whether a text begins with the country code of elsewhere.

    The library would find that out as well, but only after reading the data of that country.
    """
    dialled = re.compile(getattr(PhoneMetadata.metadata_for_region(home), "international_prefix", None) or "(?!)")

    def is_abroad(text: str) -> bool:
        found = _country_code(text, dialled)
        return found not in (None, code)

    return is_abroad


def _country_code(text: str, dialled: re.Pattern[str]) -> int | None:
    """Return the country code that a text begins with, behind + or what is dialled for it; None if there is none."""
    context = _CONTEXT.search(text)
    head = context[1] + text if context else text
    start = _START.search(head)
    if start is None:
        return None
    digits = normalize_digits_only(head[start.start() :])
    code = None if start[0].isdigit() else _code_of(digits)
    prefix = dialled.match(digits)
    return code or (_code_of(digits[prefix.end() :]) if prefix else None)


def _code_of(digits: str) -> int | None:
    if digits.startswith("0"):
        return None
    codes = (int(digits[:length]) for length in _CODE_LENGTHS if len(digits) >= length)
    return next((code for code in codes if code in COUNTRY_CODE_TO_REGION_CODE), None)
