"""The base types ``date``, ``datetime``, ``time`` and ``duration``, each in exactly one written form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from jsonattrs_core.errors import Invalid

__all__ = [
    "check_date",
    "check_datetime",
    "check_duration",
    "check_time",
    "dump_datetime",
    "dump_duration",
    "is_stored_datetime",
    "iso",
]

_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
).fullmatch
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?").fullmatch
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=[0-9T])(?:(?P<weeks>[0-9]{1,9})W)?(?:(?P<days>[0-9]{1,10})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,11})H)?(?:(?P<minutes>[0-9]{1,13})M)?"
    r"(?:(?P<seconds>[0-9]{1,15})(?:\.(?P<fraction>[0-9]{1,6}))?S)?)?"
).fullmatch

#: Each number below 60 in two digits.
_TWO = tuple(f"{number:02}" for number in range(60))


def check_date(value: Any) -> date:
    """Return the date of a text ``YYYY-MM-DD``; a datetime is no date."""
    if isinstance(value, str):
        if len(value) == 10 and value[4] == value[7] == "-":
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise Invalid("format", type="date")
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Invalid("type", type="date")
    return value if type(value) is date else date(value.year, value.month, value.day)


def check_datetime(value: Any) -> datetime:
    """Return, in UTC, the moment of an RFC 3339 text or an aware datetime."""
    if value.__class__ is str and is_stored_datetime(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise Invalid("format", type="datetime") from None
    if isinstance(value, str):
        value = _read_datetime(value)
    elif not isinstance(value, datetime):
        raise Invalid("type", type="datetime")
    if value.tzinfo is None or value.utcoffset() is None:
        raise Invalid("format", type="datetime")
    try:
        utc = value.astimezone(UTC)
    except OverflowError:  # a year before 1 or after 9999, once it is in UTC
        raise Invalid("format", type="datetime") from None
    if type(utc) is datetime:
        return utc.replace(fold=0) if utc.fold else utc
    return datetime.combine(date(utc.year, utc.month, utc.day), utc.time().replace(fold=0), UTC)


def is_stored_datetime(text: str) -> bool:
    """Tell whether ``datetime.fromisoformat`` decides rightly on a text, which has the form that is stored.

    Of these lengths, and with these separators, it reads nothing else but what follows a NUL, at which it ends, and in
    later versions hour 24.
    """
    if text[11:13] == "24" or "\x00" in text:
        return False
    if len(text) == 20:
        return text[4::3] == "--T::Z"
    return len(text) == 27 and text[4:20:3] == "--T::." and text[26] == "Z"


def _read_datetime(text: str) -> datetime:
    if _DATETIME(text):
        try:
            return datetime.fromisoformat(text.upper())
        except ValueError:
            pass
    raise Invalid("format", type="datetime")


def check_time(value: Any) -> time:
    """Return the time of day of a text ``HH:MM[:SS[.ffffff]]``, without a zone."""
    if isinstance(value, str):
        if _TIME(value):
            return time.fromisoformat(value)
        raise Invalid("format", type="time")
    if not isinstance(value, time):
        raise Invalid("type", type="time")
    if value.tzinfo is not None:
        raise Invalid("format", type="time")
    return time(value.hour, value.minute, value.second, value.microsecond)


def check_duration(value: Any) -> timedelta:
    """Return the duration of an ISO 8601 text of weeks, days, hours, minutes and seconds."""
    if isinstance(value, timedelta):
        return value if type(value) is timedelta else timedelta(value.days, value.seconds, value.microseconds)
    if not isinstance(value, str):
        raise Invalid("type", type="duration")
    found = _DURATION(value)
    if found is None:
        raise Invalid("format", type="duration")
    parts = {name: int(digits) for name, digits in found.groupdict("0").items() if name not in ("sign", "fraction")}
    parts["microseconds"] = int((found["fraction"] or "").ljust(6, "0"))
    sign = -1 if found["sign"] else 1
    try:
        return timedelta(**{name: sign * number for name, number in parts.items()})
    except OverflowError:
        raise Invalid("format", type="duration") from None


def dump_datetime(value: datetime) -> str:
    """Return a moment in UTC as an RFC 3339 text that ends in ``Z``."""
    if type(value) is datetime and value.year > 999 and not value.microsecond:
        return (  # in a quarter of the time that isoformat takes
            f"{value.year}-{_TWO[value.month]}-{_TWO[value.day]}"
            f"T{_TWO[value.hour]}:{_TWO[value.minute]}:{_TWO[value.second]}Z"
        )
    return value.replace(tzinfo=None).isoformat() + "Z"


def dump_duration(value: timedelta) -> str:
    """Return a duration as days, hours, minutes and seconds, without the parts that are zero."""
    if value < timedelta(0):
        # -timedelta.min does not exist, but its days alone do
        days, rest = -value.days, timedelta(seconds=value.seconds, microseconds=value.microseconds)
        if rest:
            days, rest = days - 1, timedelta(days=1) - rest
        return "-" + _iso_duration(days, rest)
    return _iso_duration(value.days, timedelta(seconds=value.seconds, microseconds=value.microseconds))


def _iso_duration(days: int, rest: timedelta) -> str:
    hours, seconds = divmod(rest.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest.microseconds else ""
    clock = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    if seconds or fraction:
        clock += f"{seconds}{fraction}S"
    text = f"P{days}D" if days else "P"
    return text + f"T{clock}" * bool(clock) if days or clock else "PT0S"


def as_written(text: str, language: str) -> str:
    """Return the text without space around it."""
    return text.strip()


def iso(value: date | time) -> str:
    """Return a date or a time of day as ISO 8601 writes it."""
    return value.isoformat()


def today(now: datetime) -> date:
    """Return the day, the named default ``today``."""
    return now.date()


def now(now: datetime) -> datetime:
    """Return the moment in UTC, the named default ``now``."""
    return now.astimezone(UTC)
