"""Account numbers: ``world`` takes the IBAN of any country, ``GB`` one of the United Kingdom, and so on.

Issuer: the banks of each country; SWIFT is the registration authority. Structure: the country, two check digits over
all (ISO 7064, mod 97-10), and the national account number in the form that the country has registered, mostly with
check digits of its own. Source: ISO 13616 and the IBAN registry, as the library schwifty carries them; the algorithms
of national check digits as far as schwifty has them.

The countries differ in their data alone, so their checks are made when somebody asks for one (:pep:`562`).
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from schwifty import IBAN
from schwifty.checksum import algorithms
from schwifty.exceptions import InvalidBBANChecksum
from schwifty.registry import get_banks_by_country, get_iban_spec

from jsonattrs_core import Invalid
from jsonattrs_iban.spelling import asked, compact
from jsonattrs_iban.table import COUNTRIES, HOSTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from schwifty.checksum import Algorithm

__all__ = ["check_for"]

_SEPARATORS = re.compile(r"[\s.-]+")
_KNOWN = {country for country, *_ in COUNTRIES}
#: Countries whose banks have several algorithms of check digits, and use one each: Germany.
_BY_BANK = {key.partition(":")[0] for key in algorithms if not key.endswith(":default")}
#: Some algorithms keep what they have found so far in themselves.
_LOCK = Lock()


def check_for(*countries: str) -> Callable[[str], str]:
    """Return the check that takes an IBAN which begins with one of ``countries``, or with any if there are none.

    The files of the library that it needs are read here, so that no value waits for them. Returned are the capitals and
    digits without separators.
    """
    for country in countries or _KNOWN:
        get_iban_spec(country)
    for country in _BY_BANK.intersection(countries or _KNOWN):
        get_banks_by_country(country)

    def check(value: str) -> str:
        text = compact(value, _SEPARATORS)
        if countries and text[:2].isalpha() and text[:2] not in countries:
            raise Invalid("region")
        asked(_verify, text)
        return text

    return check


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name == "world":
        return check_for()
    if name not in _KNOWN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return check_for(name, HOSTS[name]) if name in HOSTS else check_for(name)


def _verify(text: str) -> None:
    """Raise what schwifty raises for a text that is no IBAN, or that has wrong national check digits.

    ``IBAN(text, validate_bban=True)`` says the same, but reads the banks of the country, which no algorithm asks for
    except the German ones, and warns where there is no algorithm.
    """
    iban = IBAN(text)
    algorithm = _algorithm(iban)
    if algorithm is None:
        return
    parts = [str(getattr(iban, part.value)) for part in algorithm.accepts]
    with _LOCK:
        fits = algorithm.validate(parts, iban.national_checksum_digits)
    if not fits:
        raise InvalidBBANChecksum


def _algorithm(iban: IBAN) -> Algorithm | None:
    """Return the algorithm of national check digits, None where there is none that the library knows."""
    bank = iban.bank if iban.country_code in _BY_BANK else None
    return algorithms.get(f"{iban.country_code}:{bank.checksum_algo if bank else 'default'}")
