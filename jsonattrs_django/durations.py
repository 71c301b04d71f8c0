"""Lengths of time as people write them: "14 days", "1 hour 30 minutes", "36:00", "14 00:00:00"."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from django.utils.timesince import TIME_STRINGS
from django.utils.translation import get_language, override

__all__ = ["duration_in_words", "read_duration", "written_duration"]

_SECONDS = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60}
#: Units that Django has no word for, and what is written short.
_MORE = {"second": 1, "seconds": 1, "s": 1, "sec": 1, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
#: Numbers that between them take each form that languages have of a word.
_NUMBERS = (0, 1, 2, 3, 5, 11, 100)

#: Characters of the longest text that is looked at.
_LONGEST = 100

#: A clock, with days before it: hours and minutes, and seconds where there are three.
_CLOCK = re.compile(r"(?:([0-9]{1,9})[ ,]+)?([0-9]{1,9}):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?").fullmatch
_PART = r"([0-9]{1,9}(?:[.,][0-9]{1,2})?)\s*([^\W\d_]+(?:[ '\u2019-][^\W\d_]+)*\.?)"
_PARTS = re.compile(rf"{_PART}(?:(?:\s*,)?\s*{_PART})*").fullmatch
_EACH = re.compile(_PART).findall


def read_duration(text: str, language: str | None = None) -> timedelta | None:
    """Return the length of time of a text in a language, the active one if that is None, or in English.

    None for what is written otherwise.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    clock = _CLOCK(text)
    try:
        return _of_clock(*clock.groups()) if clock is not None else _of_words(text.casefold(), language)
    except OverflowError:  # longer than any
        return None


def written_duration(days: int) -> str:
    """Return a number of days in the active language."""
    return _said("day", days)


def duration_in_words(value: timedelta, language: str) -> str | None:
    """Return a length of time in a language, in days, hours and minutes; None where these do not say it exactly."""
    minutes, rest = divmod(value, timedelta(minutes=1))
    if rest or minutes <= 0:
        return None
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    with override(language):
        units = [_said(*each) for each in (("day", days), ("hour", hours), ("minute", minutes)) if each[1]]
    text = " ".join(units)
    return text if read_duration(text, language) == value else None


def _said(unit: str, number: int) -> str:
    return str(TIME_STRINGS[unit] % {"num": number}).replace("\xa0", " ")


def _of_clock(days: str | None, hours: str, minutes: str, seconds: str | None, fraction: str | None) -> timedelta:
    found = timedelta(days=int(days or 0), hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return found + timedelta(microseconds=int((fraction or "").ljust(6, "0")))


def _of_words(text: str, language: str | None) -> timedelta | None:
    if _PARTS(text) is None:
        return None
    known = {**_words("en"), **_words(language or get_language() or "en")}
    found = timedelta()
    for number, word in _EACH(text):
        seconds = known.get(word) or known.get(word.removesuffix("."))
        if seconds is None:
            return None
        found += timedelta(seconds=float(number.replace(",", ".")) * seconds)
    return found


@lru_cache(maxsize=100)
def _words(language: str) -> dict[str, int]:
    """Return the words for the units in a language, and how many seconds each is."""
    with override(language):
        said = [(str(TIME_STRINGS[unit] % {"num": number}), unit) for unit in _SECONDS for number in _NUMBERS]
    words = {re.sub(r"[0-9\s]+", " ", text).strip().casefold(): _SECONDS[unit] for text, unit in said}
    return {**_MORE, **words}
