"""Constraints that compare: ``min``, ``max`` and their kin, for numbers and for moments."""

from __future__ import annotations

import operator
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonattrs_core import clock
from jsonattrs_core.errors import Invalid, SchemaError
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.records import BaseType, Check

__all__ = [
    "load_decimal_places",
    "load_exclusive_max",
    "load_exclusive_min",
    "load_max",
    "load_max_digits",
    "load_min",
    "load_multiple_of",
    "moment",
]

_MOMENT = re.compile(r"(today|now)((?:[+-][0-9]{1,6}[hdwmy])*)").fullmatch
_OFFSET = re.compile(r"([+-][0-9]+)([hdwmy])").finditer


def moment(words: str) -> Callable[[datetime], datetime]:
    """Return what finds the moment that ``words`` name, such as ``today-18y`` or ``now+2h``, seen from another.

    Offsets are hours, days, weeks, months and years. A day that the month does not have becomes its last one: seen from
    29 February 2024, ``today-1y`` is 28 February 2023. Raises ValueError for anything else, and so does the function
    where it leaves the calendar.
    """
    found = _MOMENT(words)
    if found is None:
        raise ValueError(f"{words!r} is not a moment")
    offsets = [(int(offset[1]), offset[2]) for offset in _OFFSET(found[2])]

    def seen_from(at: datetime) -> datetime:
        for number, unit in offsets:
            at = _shifted(at, number, unit)
        return at

    return seen_from


def _shifted(at: datetime, number: int, unit: str) -> datetime:
    try:
        if unit in "hdw":
            return at + number * {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[unit]
        years, month = divmod(at.month - 1 + number * (12 if unit == "y" else 1), 12)
        first = at.replace(year=at.year + years, month=month + 1, day=1)
        last_day = ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day
        return first.replace(day=min(at.day, last_day))
    except OverflowError as error:
        raise ValueError(str(error)) from error


#: The word that names the present in a limit.
_PRESENT = {"date": "today", "datetime": "now"}


def _moving_limit(parameter: Any, base: BaseType) -> Callable[[], Any] | None:
    """Return what gives a limit that moves with the clock, None where ``parameter`` names none."""
    word = _PRESENT.get(base.name)
    if word is None or not isinstance(parameter, str) or not parameter.startswith(word):
        return None
    try:
        find = moment(parameter)
        for year in (1000, 3000):
            find(datetime(year, 1, 1, tzinfo=UTC))
    except ValueError as error:
        raise SchemaError(f"{shown(parameter)} is no limit; write {word!r}, or such as '{word}-18y'") from error
    if word == "now":
        return lambda: find(clock.now()).astimezone(UTC)

    @lru_cache(maxsize=4)
    def on(day: date) -> date:
        return find(datetime(day.year, day.month, day.day, tzinfo=UTC)).date()

    return lambda: on(clock.today())


def _fixed_limit(parameter: Any, base: BaseType) -> Any:
    try:
        return base.check(parameter)
    except Invalid as error:
        hint = f"; write it as a text, '{parameter}'" if isinstance(parameter, float) and base.json == "string" else ""
        raise SchemaError(f"{shown(parameter)} is not of the type {base.name!r}{hint}") from error


def _comparing(code: str, refused: Callable[[Any, Any], bool]) -> Callable[[Any, Attribute, BaseType], Check]:
    """Return the loader of a constraint that refuses a value by comparing it with its limit."""

    def load(parameter: Any, attribute: Attribute, base: BaseType) -> Check:
        dump = base.dump
        moving = _moving_limit(parameter, base)
        if moving is None:
            limit = _fixed_limit(parameter, base)
            shown = parameter if isinstance(parameter, int | float) else dump(limit)

            def check(value: Any) -> Any:
                if refused(value, limit):
                    raise Invalid(code, limit=shown)
                return value

            return check

        def check_now(value: Any) -> Any:
            limit = moving()
            if refused(value, limit):
                raise Invalid(code, limit=dump(limit))
            return value

        return check_now

    return load


def load_multiple_of(parameter: Any, attribute: Attribute) -> Check:
    """Return the check that a whole number divides the value."""
    if isinstance(parameter, bool) or not isinstance(parameter, int) or parameter < 1:
        raise SchemaError(f"{shown(parameter)} is not a whole number above 0")

    def check(value: int) -> int:
        if value % parameter:
            raise Invalid("multiple_of", limit=parameter)
        return value

    return check


def _digits(parameter: Any) -> int:
    if isinstance(parameter, bool) or not isinstance(parameter, int) or not 0 <= parameter <= 200:
        raise SchemaError(f"{shown(parameter)} is not a number of digits")
    return parameter


def _digits_and_places(text: str) -> tuple[int, int]:
    """Count digits and decimal places of a plain notation, zeros at the end left out: 1.50 is 1.5."""
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return len(whole.lstrip("-0")) + len(fraction), len(fraction)


def load_max_digits(parameter: Any, attribute: Attribute) -> Check:
    """Return the check of the number of digits."""
    limit = _digits(parameter)

    def check(value: Decimal) -> Decimal:
        text = format(value, "f")
        if len(text) > limit and _digits_and_places(text)[0] > limit:
            raise Invalid("max_digits", limit=limit)
        return value

    return check


def load_decimal_places(parameter: Any, attribute: Attribute) -> Check:
    """Return the check of the number of decimal places."""
    limit = _digits(parameter)

    def check(value: Decimal) -> Decimal:
        text = format(value, "f")
        if "." in text[: -1 - limit] and _digits_and_places(text)[1] > limit:
            raise Invalid("decimal_places", limit=limit)
        return value

    return check


load_min = _comparing("min", operator.lt)
load_max = _comparing("max", operator.gt)
load_exclusive_min = _comparing("exclusive_min", operator.le)
load_exclusive_max = _comparing("exclusive_max", operator.ge)
