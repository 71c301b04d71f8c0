"""Days as people write them: in the one order of their language, with four digits for the year, or YYYY-MM-DD.

The forms are the short, medium and long ones of Unicode CLDR, through Babel. Babel's own ``parse_date`` is not used: it
swaps day and month where they do not fit, guesses centuries, and fails on names of months.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from jsonattrs_babel.locales import MARKS, SPACES, likely, locale_of, native_digits
from jsonattrs_core import Invalid, fold_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from babel.core import Locale

__all__ = ["read_date", "write_date"]

#: Longest text that is looked at here.
_LONGEST = 100
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
#: What is the same to people: kinds of spaces, and marks of direction that nobody sees.
_SAME = {**SPACES, **dict.fromkeys(map(ord, MARKS))}

#: Years that may be of another calendar, which is in use beside ours: they are not read but from YYYY-MM-DD. Hijri
#: 1446, Solar Hijri 1403 and Buddhist era 2567 are our 2024. They are doubtful in every language, since people write
#: the dates of their calendar in others than their own: in English in Bangkok, in Malay or French in the Muslim world.
_OTHER_CALENDARS = frozenset([*range(1200, 1600), *range(2400, 2700)])
#: Where another calendar is used instead of ours, and its years cannot be told from ours: Ethiopian 2017 and Bikram
#: Sambat 2081 are our 2024.
_OWN_CALENDAR = ("ET", "NP")

#: A part of a CLDR pattern: quoted text, a field (the same letter some times), other text.
_PART = re.compile(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|([^A-Za-z']+)")
_NUMERIC = {"d": "d", "dd": "d", "M": "m", "MM": "m", "L": "m", "LL": "m", "y": "y", "yy": "y", "yyyy": "y"}
_NAMED = ("MMM", "MMMM", "LLL", "LLLL")
#: Forms that cannot be misread whatever the region: the name of the month says which number it is not.
_ENGLISH = ("d MMMM y", "MMMM d, y")
#: Names of months beside those of CLDR, as `_simple` writes them: it has "Sep" for some English readers and "Sept" for
#: others, who all write either.
_MONTHS_TOO = {"en": {"sep": 9, "sept": 9}}
#: By language, what makes "1" of the first day of a month, before the name of the month. CLDR has "1 mai" in French,
#: but the rule of the language is "1er mai".
_FIRST = {"fr": partial(re.compile("(?:^|(?<=[^0-9]))1(?:er|\u1d49\u02b3)(?= [^0-9])").sub, "1")}


class Part(NamedTuple):
    """A part of a pattern."""

    kind: str  #: "d", "m" or "y", a number; "name", that of a month; "text"
    text: str  #: of a field its letters, else what stands there


class Form(NamedTuple):
    """A way to write a date."""

    matches: Callable[[str], re.Match[str] | None]
    named: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a locale."""

    forms: tuple[Form, ...]  #: all that are read
    months: Mapping[str, int]  #: by name
    owned: bool  #: whether every year may be of another calendar
    first: Callable[[str], str]  #: makes a plain number of a first day of the month that is written otherwise
    written: tuple[Part, ...] | None  #: the form that is written, None for YYYY-MM-DD
    digits: dict[int, str] | None  #: from ASCII, for `str.translate`

    def iso(self, text: str) -> str | None:
        """Return the text of a date as YYYY-MM-DD, None where it is none or may be two; the day may not exist."""
        simple = self.first(_simple(text).strip())
        found = {self._date(match) for form in self.forms if (match := form.matches(simple))}
        return found.pop() if len(found) == 1 else None

    def _date(self, match: re.Match[str]) -> str | None:
        parts = match.groupdict()
        month = self.months[parts["name"]] if "name" in parts else int(parts["m"])
        year, day = int(parts["y"]), int(parts["d"])
        return None if self.owned or year in _OTHER_CALENDARS else f"{year:04}-{month:02}-{day:02}"

    def text(self, value: date) -> str:
        """Return a date as the locale writes it, as YYYY-MM-DD where that would not be read back."""
        iso = value.isoformat()
        if self.written is None:
            return iso
        text = "".join(_written(part, value) for part in self.written)
        text = text.translate(self.digits) if self.digits else text
        return text if self.iso(text) == iso else iso


def _written(part: Part, value: date) -> str:
    if part.kind == "text":
        return part.text
    number = {"d": value.day, "m": value.month, "y": value.year}[part.kind]
    return f"{number:0{4 if part.kind == 'y' else len(part.text)}}"


@lru_cache(maxsize=256)
def _dates(locale: Locale) -> Dates:
    months = _months(locale)
    patterns = {name: _parts(str(locale.date_formats[name].pattern)) for name in ("short", "medium", "long")}
    found = [*patterns.values(), *(_parts(pattern) for pattern in _ENGLISH if locale.language == "en")]
    forms = [_form(parts, months) for parts in found if parts]
    if _is_everybody(locale):
        forms = [form for form in forms if form is None or form.named]
    short = patterns["short"]
    return Dates(
        forms=(Form(_ISO_FORM, named=False), *(form for form in forms if form)),
        months=months,
        owned=likely(locale)[1] in _OWN_CALENDAR,
        first=_FIRST.get(locale.language, str),
        written=short if short and all(part.kind != "name" for part in short) else None,
        digits=native_digits(locale),
    )


_ISO_FORM = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})").fullmatch


def _is_everybody(locale: Locale) -> bool:
    """Tell whether a locale is what programs say when nobody has said anything: then 3/4/2024 has no order."""
    return str(locale) == "en"


def _months(locale: Locale) -> dict[str, int]:
    """Return the months by name, as `_simple` writes names; those of two months and plain numbers are left out."""
    found = dict(_MONTHS_TOO.get(locale.language, {}))
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                simple = _simple(str(name)).strip(" .")
                found[simple] = month if found.get(simple, month) == month else 0
    return {name: month for name, month in found.items() if month and not name.isdigit() and name}


def _parts(pattern: str) -> tuple[Part, ...] | None:
    """Return the parts of a CLDR pattern, None if it has others than a day, a month and a year."""
    found: list[Part] = []
    for quoted, field, _, text in _PART.findall(pattern):
        if not field:
            found.append(Part("text", text or quoted.replace("''", "'") or "'"))
        elif field in _NUMERIC:
            found.append(Part(_NUMERIC[field], field))
        elif field in _NAMED:
            found.append(Part("name", field))
        else:
            return None
    kinds = sorted("m" if part.kind == "name" else part.kind for part in found if part.kind != "text")
    return _merged(found) if kinds == ["d", "m", "y"] else None


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    """Return the parts with neighbouring texts made one."""
    found: list[Part] = []
    for part in parts:
        if found and part.kind == found[-1].kind == "text":
            found[-1] = Part("text", found[-1].text + part.text)
        else:
            found.append(part)
    return tuple(found)


def _form(parts: tuple[Part, ...], months: Mapping[str, int]) -> Form | None:
    named = any(part.kind == "name" for part in parts)
    if named and not months:
        return None
    last = len(parts) - 1
    written = (_expression(part, months, last=place == last) for place, part in enumerate(parts))
    return Form(re.compile("".join(written)).fullmatch, named)


def _expression(part: Part, months: Mapping[str, int], *, last: bool) -> str:
    if part.kind == "name":
        return rf"(?P<name>{'|'.join(re.escape(name) for name in sorted(months, key=len, reverse=True))})\.?"
    if part.kind != "text":
        return f"(?P<{part.kind}>[0-9]{{{'4' if part.kind == 'y' else '1,2'}}})"
    return _literal(_simple(part.text), last=last)


def _literal(text: str, *, last: bool) -> str:
    """Return the expression for the text between fields: after points, spaces may be left out, and the end as well."""
    if last:
        return rf"(?: ?{re.escape(text.strip())})?"
    if text.strip() and not any(character.isalpha() for character in text):
        return " ?".join(re.escape(piece) for piece in text.split(" "))
    return re.escape(text)


def _simple(text: str) -> str:
    """Return a text with ASCII digits, plain spaces and small letters, without marks of direction."""
    folded = fold_digits(unicodedata.normalize("NFC", text)).translate(_SAME)
    return re.sub(" +", " ", folded.casefold())


def read_date(text: str, language: str) -> str:
    """Return, as YYYY-MM-DD, the day that a text stands for in a language. Raises Invalid.

    >>> read_date("3. April 2024", "de")
    '2024-04-03'
    """
    text = text.strip()
    if _ISO(text):
        return text
    locale = locale_of(language) if len(text) <= _LONGEST else None
    found = None if locale is None else _dates(locale).iso(text)
    if found is None:
        raise Invalid("format", type="date")
    return found


def write_date(value: date, language: str) -> str:
    """Return the text of a day, which `read_date` reads as the same.

    >>> from datetime import date
    >>> write_date(date(2024, 4, 3), "de"), write_date(date(2024, 4, 3), "en")
    ('03.04.2024', '2024-04-03')
    """
    locale = locale_of(language)
    return value.isoformat() if locale is None else _dates(locale).text(value)
