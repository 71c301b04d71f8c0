"""From the language tag of a request to the data of a locale.

Tags come from strangers, and Babel makes file names of them. Only what looks like a language, a script and a region is
handed on; what is cached is bounded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError, get_global, parse_locale

__all__ = ["MARKS", "SPACES", "english", "likely", "locale_named", "locale_of", "native_digits"]

#: Marks of direction, which CLDR puts into the numbers and dates of languages that are written from right to left.
MARKS = "\u061c\u200e\u200f"
#: The spaces that CLDR and keyboards put into numbers and dates, for :meth:`str.translate`: to people they are one.
SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")

#: Language, script and region of a tag of BCP 47; variants and extensions, which follow, are not looked at.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?=-|\Z)").match
#: Characters that hold these three, and one more.
_LONGEST = 16

#: The digit zero of the numbering systems of CLDR; the other nine follow it in Unicode.
_ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "gujr": "\u0ae6",
    "guru": "\u0a66",
    "hmnp": "\U0001e140",
    "java": "\ua9d0",
    "khmr": "\u17e0",
    "knda": "\u0ce6",
    "laoo": "\u0ed0",
    "mlym": "\u0d66",
    "mong": "\u1810",
    "mtei": "\uabf0",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "orya": "\u0b66",
    "tamldec": "\u0be6",
    "telu": "\u0c66",
    "thai": "\u0e50",
    "tibt": "\u0f20",
    "vaii": "\ua620",
}


def english() -> Locale:
    """Return the locale whose names stand in for those that another one lacks."""
    return Locale("en")


def locale_of(language: str | None) -> Locale | None:
    """Return the locale that is nearest to a language tag, None where its language is unknown.

    No tag at all is English, as everywhere in jsonattrs. ``de-XX`` is ``de``; ``zh-TW`` is ``zh-Hant-TW``; ``und`` and
    what is no tag are unknown.
    """
    return _nearest((language or "en")[:_LONGEST].lower().replace("_", "-"))


@lru_cache(maxsize=512)
def _nearest(tag: str) -> Locale | None:
    found = _TAG(tag)
    if found is None:
        return None
    language, script, territory = found.groups()
    for parts in ((script, territory), (script, None), (None, territory), (None, None)):
        locale = locale_named(language, *parts)
        if locale is not None:
            return locale
    return None


def locale_named(language: str, script: str | None, territory: str | None) -> Locale | None:
    """Return the locale of these subtags, deprecated ones replaced, None where there is no data for it.

    The caller has seen to it that they are subtags: nothing else may become part of a file's name.
    """
    if language == "und":  # Babel takes it for English of the United States
        return None
    try:
        locale = Locale.parse("_".join(filter(None, (language, script, territory))))
    except (UnknownLocaleError, ValueError):  # ValueError: a name that Windows has reserved, such as "con"
        return None
    # Babel gives zh_Hans_CN for zh_Hant_CN, which is another script than was asked for.
    return locale if script is None or likely(locale)[0] == script.title() else None


def likely(locale: Locale) -> tuple[str | None, str | None]:
    """Return the script and the territory of a locale; where it does not say, those of most of its readers."""
    subtags = get_global("likely_subtags")
    fullest = subtags.get(str(locale)) or subtags.get(locale.language)
    _, territory, script, *_ = parse_locale(fullest) if fullest else (None, None, None)
    return locale.script or script, locale.territory or territory


def native_digits(locale: Locale) -> dict[int, str] | None:
    """Return the table for :meth:`str.translate` of ASCII digits to those of the locale, None where they are the same.

    Babel knows the names of the numbering systems, but not their digits.
    """
    zero = _ZEROS.get(str(locale.default_numbering_system))
    return {ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)} if zero else None
