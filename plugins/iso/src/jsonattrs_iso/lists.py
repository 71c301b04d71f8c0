"""The code lists of pycountry as checks and choices.

Sources: ISO 3166-1, 3166-2 and 3166-3 (countries, their subdivisions, withdrawn country names), ISO 4217 (currencies),
ISO 639 (languages) and ISO 15924 (scripts), with the translated names of the iso-codes project: all of them as the
installed pycountry carries them. Nothing is copied from it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from itertools import islice
from typing import TYPE_CHECKING, Any

import pycountry

from jsonattrs_core import Invalid, fold_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["MAX_LENGTH", "CodeList"]

#: Longer texts are refused before anything looks at them; the longest code has six characters.
MAX_LENGTH = 256
#: Most codes that a message lists.
_LISTED = 10

_COUNTRY = re.compile("[A-Z]{2}").fullmatch
#: A language tag (BCP 47); nothing else may become part of a file's name.
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*").fullmatch
#: Catalogs that are not named like the language whose speakers read them.
_CATALOGS = {
    "nb": "nb_NO",
    "no": "nb_NO",
    "sr-latn": "sr@latin",
    "zh": "zh_CN",
    "zh-hans": "zh_CN",
    "zh-hant": "zh_TW",
}


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes, and the names of what they stand for."""

    names: Mapping[str, str]  #: English names by code, in the order in which they are offered
    domain: str  #: gettext domain of pycountry's translations of the names
    spell: Callable[[str], str]  #: puts a code in the case that its standard has
    offered: Iterable[str]  #: codes that have labels: all, but in a list that is too long to be chosen from

    def check(self, value: str) -> str:
        """Return the code, given in any case. Raises Invalid for what is not in the list."""
        if len(value) > MAX_LENGTH:
            raise Invalid("max_length", limit=MAX_LENGTH)
        text = fold_digits(value)
        # Outside ASCII there are letters, such as the long s, whose capital lies inside it.
        code = self.spell(text) if text.isascii() else ""
        if code not in self.names:
            raise Invalid("choice", choices=[*islice(self.names, _LISTED)], count=len(self.names))
        return code

    def labels(self, language: str | None = None) -> list[tuple[str, str]]:
        """Return ``(code, name)`` pairs, the names in ``language`` where pycountry has them, or else in English.

        Where two have one name, such as a district and its capital, the code is told behind it.
        """
        translate = _catalog(self.domain, (language or "en").lower().replace("_", "-")).gettext
        names = {code: translate(self.names[code]) for code in self.offered}
        times = Counter(names.values())
        return [(code, name if times[name] == 1 else f"{name} ({code})") for code, name in names.items()]


def __getattr__(name: str) -> CodeList:
    """Return a list by its name: ``DE`` has the subdivisions of Germany, ``country_alpha_2`` is one of the others.

    There are two hundred countries, whose lists differ in nothing but their codes. A list is made when a schema that
    uses it is compiled, and pycountry reads none of its databases before.

    >>> from jsonattrs_iso import lists
    >>> lists.DE.check("de-by"), dict(lists.DE.labels("fr"))["DE-BY"]
    ('DE-BY', 'Bavière')
    """
    if name in _MAKERS:
        return _made(name)
    if _COUNTRY(name) and (found := _subdivisions(name)).names:
        return found
    raise AttributeError(f"pycountry {pycountry.__version__} has no list for {name!r}")


@cache
def _made(name: str) -> CodeList:
    return _MAKERS[name]()


@cache
def _subdivisions(country: str) -> CodeList:
    entries = [entry for entry in pycountry.subdivisions if entry.country_code == country]
    return _listed(entries, "code", "iso3166-2", str.upper)


def _listed(entries: Iterable[Any], field: str, domain: str, spell: Callable[[str], str]) -> CodeList:
    """Return the list of those entries of a database of pycountry that have the field, ordered by it."""
    pairs = ((getattr(entry, field, None), getattr(entry, "common_name", entry.name)) for entry in entries)
    names = dict(sorted((code, name) for code, name in pairs if code))
    return CodeList(names, domain, spell, names)


def _all_languages() -> CodeList:
    """Return the languages with three letters; those that have two letters as well are offered, for they are known."""
    found = _listed(pycountry.languages, "alpha_3", "iso639-3", str.lower)
    known = {language.alpha_3 for language in pycountry.languages if hasattr(language, "alpha_2")}
    return CodeList(found.names, found.domain, found.spell, [code for code in found.names if code in known])


_MAKERS: dict[str, Callable[[], CodeList]] = {
    "country_alpha_2": lambda: _listed(pycountry.countries, "alpha_2", "iso3166-1", str.upper),
    "country_alpha_3": lambda: _listed(pycountry.countries, "alpha_3", "iso3166-1", str.upper),
    "country_numeric": lambda: _listed(pycountry.countries, "numeric", "iso3166-1", str),
    "country_subdivision": lambda: _listed(pycountry.subdivisions, "code", "iso3166-2", str.upper),
    "historic_country_alpha_4": lambda: _listed(pycountry.historic_countries, "alpha_4", "iso3166-3", str.upper),
    "currency_alpha_3": lambda: _listed(pycountry.currencies, "alpha_3", "iso4217", str.upper),
    "currency_numeric": lambda: _listed(pycountry.currencies, "numeric", "iso4217", str),
    "language_alpha_2": lambda: _listed(pycountry.languages, "alpha_2", "iso639-3", str.lower),
    "language_alpha_3": _all_languages,
    "script_alpha_4": lambda: _listed(pycountry.scripts, "alpha_4", "iso15924", str.capitalize),
}


@lru_cache(maxsize=256)
def _catalog(domain: str, language: str) -> NullTranslations:
    """Return pycountry's catalog for a lower-case language tag, or for as much of the tag as there is one for."""
    if not _TAG(language):
        return NullTranslations()
    first, *rest = language.split("-")
    tags = [[first, *rest[:length]] for length in range(len(rest), -1, -1)]
    names = [_CATALOGS.get("-".join(tag)) or "_".join([first, *map(str.upper, tag[1:])]) for tag in tags]
    return translation(domain, pycountry.LOCALES_DIR, names, fallback=True)
