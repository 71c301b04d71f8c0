"""What time it is, for the checks that ask: limits such as ``today``, named defaults, dates of birth."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from threading import local
from time import time
from typing import TypeAlias

__all__ = ["Clock", "clock_at", "now", "today", "using"]

#: Gives the present moment as an aware datetime; its zone decides which day is today.
Clock: TypeAlias = Callable[[], datetime]


def _system_clock() -> datetime:
    return datetime.now().astimezone()


_clock: ContextVar[Clock] = ContextVar("jsonattrs_clock", default=_system_clock)


def now() -> datetime:
    """Return the present moment, aware, as the validator that is checking sees it."""
    return _clock.get()()


class _Day(local):
    """The day that it is in some second, for each thread."""

    second = -1
    date = date.min


_day = _Day()


def today() -> date:
    """Return the day of the moment that :func:`now` gives."""
    clock = _clock.get()
    if clock is not _system_clock:
        return clock().date()
    second = int(time())
    if _day.second != second:  # finding the day in the local zone takes longer than all the rest of a check
        _day.second, _day.date = second, _system_clock().date()
    return _day.date


class using:  # noqa: N801 - called as a function; a generator of contextlib takes three times as long
    """Let :func:`now` ask ``clock`` within the block, in this thread or task."""

    __slots__ = ("_clock", "_token")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __enter__(self) -> None:
        self._token = _clock.set(self._clock)

    def __exit__(self, *_: object) -> None:
        _clock.reset(self._token)


def clock_at(moment: datetime | Clock) -> Clock:
    """Return a clock for ``moment``: the clock itself, or one that stands still at an aware datetime.

    Raises ValueError for a datetime without a zone.
    """
    if isinstance(moment, datetime):
        if moment.utcoffset() is None:
            raise ValueError("the present moment must be an aware datetime")
        return lambda: moment
    return moment
