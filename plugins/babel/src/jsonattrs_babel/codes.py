"""Codes of countries, currencies, languages and locales, with their names in the reader's language.

The codes are those that Babel's data (Unicode CLDR) knows; a check gives a code its customary case, and the choices say
which there are. They stand in the order of the codes, the same in every language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from babel.core import Locale, get_global
from babel.localedata import locale_identifiers

from jsonattrs_babel.locales import english, locale_named, locale_of
from jsonattrs_core import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "countries",
    "country_code",
    "currencies",
    "currency_code",
    "language_code",
    "languages",
    "locale_code",
    "locales",
]

Pairs = list[tuple[str, str]]

_COUNTRY = re.compile("[A-Za-z]{2}").fullmatch
_CURRENCY = re.compile("[A-Za-z]{3}").fullmatch
_LANGUAGE = re.compile("[A-Za-z]{2,3}").fullmatch
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?").fullmatch

#: Regions of CLDR that ISO 3166-1 does not assign: islands that it reserves a code for, unions, made-up ones.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
#: No currency, one for tests, and the offshore yuan, which ISO 4217 does not have.
_NO_CURRENCIES = {"XXX", "XTS", "CNH"}
#: ISO 4217 lists it still; CLDR has it no longer in use.
_MORE_CURRENCIES = {"SVC"}
#: Undetermined, several, none: what is said instead of a language.
_NO_LANGUAGES = {"und", "mul", "mis", "zxx", "root"}


def country_code(value: str) -> str:
    """Return a code of two letters, such as ``ID``, in upper case. Source: ISO 3166-1.

    >>> country_code("id")
    'ID'
    """
    if not _COUNTRY(value):
        raise Invalid("format")
    return value.upper()


def currency_code(value: str) -> str:
    """Return a code of three letters, such as ``IDR``, in upper case. Source: ISO 4217.

    >>> currency_code("idr")
    'IDR'
    """
    if not _CURRENCY(value):
        raise Invalid("format")
    return value.upper()


def language_code(value: str) -> str:
    """Return a code of two or three letters in lower case, the preferred one if there are several.

    Source: ISO 639, and the aliases of CLDR (BCP 47 asks for the shortest code).

    >>> language_code("DEU")
    'de'
    """
    if not _LANGUAGE(value):
        raise Invalid("format")
    code = value.lower()
    return code if code in _languages() else str(get_global("language_aliases").get(code, code))


def locale_code(value: str) -> str:
    """Return a tag of language, script and region, such as ``pt-BR``, in the case that BCP 47 recommends.

    A tag that is another name of a locale becomes that: ``zh-TW`` is ``zh-Hant-TW``.
    """
    found = _LOCALE(value)
    if not found:
        raise Invalid("format")
    language, script, territory = (part and part.lower() for part in found.groups())
    tag = "-".join(filter(None, (language, script and script.title(), territory and territory.upper())))
    if tag in _locales():
        return tag
    locale = locale_named(language, script, territory)
    return tag if locale is None else str(locale).replace("_", "-")


def countries(language: str | None) -> Pairs:
    """Return the countries as ``(code, name)`` pairs, the names in ``language``."""
    return _named(_countries(), language, lambda locale: locale.territories)


def currencies(language: str | None) -> Pairs:
    """Return the currencies as ``(code, name)`` pairs, the names in ``language``."""
    return _named(_currencies(), language, lambda locale: locale.currencies)


def languages(language: str | None) -> Pairs:
    """Return the languages as ``(code, name)`` pairs, the names in ``language``."""
    return _named(_languages(), language, lambda locale: locale.languages)


def locales(language: str | None) -> Pairs:
    """Return the locales as ``(tag, name)`` pairs, the names in ``language``."""
    reader = locale_of(language) or english()
    return [(tag, locale.get_display_name(reader) or tag) for tag, locale in _locales().items()]


def _named(codes: Iterable[str], language: str | None, names_of: Callable[[Locale], Mapping[Any, Any]]) -> Pairs:
    plain = names_of(english())
    names = names_of(locale_of(language) or english())
    return [(code, str(names.get(code) or plain.get(code) or code)) for code in codes]


@cache
def _countries() -> tuple[str, ...]:
    codes = map(str, english().territories)
    return tuple(sorted(code for code in codes if _COUNTRY(code) and code not in _NO_COUNTRIES))


@cache
def _currencies() -> tuple[str, ...]:
    """Return the currencies that some territory has taken up and not given up."""
    used = {
        code
        for currencies_of in get_global("territory_currencies").values()
        for code, _, until, _ in currencies_of
        if until is None
    }
    return tuple(sorted((used | _MORE_CURRENCIES) - _NO_CURRENCIES))


@cache
def _languages() -> Mapping[str, None]:
    """Return the languages, as the keys of a mapping, in order."""
    codes = map(str, english().languages)
    return dict.fromkeys(sorted(code for code in codes if _LANGUAGE(code) and code not in _NO_LANGUAGES))


@cache
def _locales() -> Mapping[str, Locale]:
    """Return the locales that have data by tag; variants, which are spellings and such, are left out."""
    found = {name.replace("_", "-"): Locale.parse(name) for name in sorted(locale_identifiers()) if _LOCALE(name)}
    return dict(sorted(found.items()))
