"""What queries by attributes have to find, in plain Python: how stored values are read, and what lookups say of them.

Nothing here knows of SQL. Where the databases are meant to differ, a function asks which one it speaks for; those
places are all the differences there are:

- PostgreSQL keeps numbers exactly. SQLite has 64-bit integers, and doubles for all other numbers.
- SQLite compares decimals as doubles and reads them with 15 digits, and has no durations beyond 292,000 years.
- SQLite's ``contains``, ``startswith`` and ``endswith`` do not tell capital letters of ASCII apart, and its
  case-insensitive lookups know no other letters.
- Texts are sorted as the database sorts texts.
- Nulls are last in PostgreSQL and first in SQLite; the other way round in descending order.
"""

from __future__ import annotations

import json
import operator
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from math import isfinite

from django.utils import timezone

from jsonattrs_core import Invalid
from jsonattrs_django.registry import registry

INTEGERS = range(-(2**63), 2**63)


@dataclass(frozen=True)
class Database:
    """What a database is like."""

    vendor: str
    ranks: dict[str, int] = field(default_factory=dict, compare=False)  #: of texts, in the database's own order

    @property
    def is_exact(self):
        """Tell whether it keeps numbers digit for digit."""
        return self.vendor == "postgresql"

    def counts(self, length):
        """Tell whether it can compare a duration: SQLite's is a 64-bit integer of microseconds, 292,000 years."""
        return self.is_exact or length // timedelta(microseconds=1) in INTEGERS

    def read(self, text):
        """Return a stored document with the numbers that the database has."""
        if self.is_exact:
            return json.loads(text, parse_float=Decimal)
        return json.loads(text)

    def folded(self, text):
        """Return a text as case-insensitive lookups compare it: PostgreSQL's has one capital for each letter."""
        if self.vendor == "sqlite":
            return re.sub("[a-z]+", lambda found: found[0].upper(), text)
        return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)

    def comparable(self, one, two):
        """Return two values as they are compared with each other: doubles of PostgreSQL make doubles of others."""
        if self.is_exact and isinstance(one, float) != isinstance(two, float) and None not in (one, two):
            return float(one), float(two)
        return one, two

    def sortable(self, value):
        """Return what values of one type are compared by."""
        if isinstance(value, str):
            return self.ranks.get(value, value)
        return float(value) if isinstance(value, Decimal) and not self.is_exact else value


# ---- values ----


def values_of(document, kinds, database):
    """Return the values of a document by name, None for whatever is no value of its type.

    ``kinds`` gives the base type by name, as a list of one for an attribute with several values.
    """
    members = document if isinstance(document, dict) else {}
    return {name: value_of(kind, members.get(name), database) for name, kind in kinds.items()}


def value_of(kind, stored, database):
    """Return the typed value of a stored one: the type loads it, and would store it in that very form.

    Lists are compared as they are stored: in them a decimal 1.5 is another than 1.50.
    """
    if not isinstance(kind, list):
        value = _single(kind, stored)
        return None if isinstance(value, timedelta) and not database.counts(value) else value
    if not isinstance(stored, list) or not stored or any(_single(kind[0], item) is None for item in stored):
        return None
    return stored


def _single(kind, stored):
    if kind == "text":
        return stored if isinstance(stored, str) and stored.strip(" ") else None
    if kind in ("integer", "float"):
        is_number = isinstance(stored, int | float | Decimal) and not isinstance(stored, bool)
        return {"integer": _integer, "float": _float}[kind](stored) if is_number else None
    if kind == "reference":
        is_key = isinstance(stored, str) or (isinstance(stored, int) and stored in INTEGERS)
        return str(stored) if is_key and not isinstance(stored, bool) else None
    base = registry().base_types[kind]
    try:
        value = base.load(stored)
    except Invalid:
        return None
    return value if base.dump(value) == stored and type(base.dump(value)) is type(stored) else None


def _integer(number):
    is_whole = isfinite(number) and number == int(number)
    return int(number) if is_whole and int(number) in INTEGERS else None


def _float(number):
    """Return the nearest double of any number that has one."""
    try:
        found = float(number)
    except OverflowError:
        return None
    return found if isfinite(found) else None


def read_as(kind, value, database):
    """Return what ``values()`` gives for a value; SQLite's decimals have the digits that a double has for certain."""
    if isinstance(kind, list):
        return value if value is None else [_loaded(kind[0], item) for item in value]
    if isinstance(value, Decimal) and not database.is_exact:
        return Decimal(f"{float(value):.15g}")
    return _loaded(kind, value)


def _loaded(kind, value):
    if value is None or kind == "text":
        return value
    if kind == "reference":
        return int(value) if isinstance(value, str) and re.fullmatch("-?(0|[1-9][0-9]*)", value) else value
    if kind in ("integer", "float"):
        return {"integer": int, "float": float}[kind](value)
    return plain(value) if kind == "object" else registry().base_types[kind].load(value)


def plain(value):
    """Return a JSON value with Python's own numbers."""
    return json.loads(json.dumps(value, default=float))


# ---- parts of dates ----

PARTS = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "quarter": lambda day: (day.month + 2) // 3,
    "week": lambda day: day.isocalendar().week,
    "iso_year": lambda day: day.isocalendar().year,
    "week_day": lambda day: day.isoweekday() % 7 + 1,
    "iso_week_day": lambda day: day.isoweekday(),
    "hour": lambda clock: clock.hour,
    "minute": lambda clock: clock.minute,
    "second": lambda clock: clock.second,
    "date": lambda moment: moment.date(),
    "time": lambda moment: moment.time(),
    "len": len,
}


def part_of(name, value):
    """Return a part of a date, a time of day, or a moment, which is looked at in the current time zone."""
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.astimezone(timezone.get_current_timezone())
    return PARTS[name](value)


# ---- lookups ----

COMPARISONS = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
SEARCHES = {
    "exact": operator.eq,
    "contains": lambda text, given: given in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
SETS = {
    "contains": lambda own, given: all(item in own for item in given),
    "contained_by": lambda own, given: all(item in given for item in own),
    "overlap": lambda own, given: any(item in own for item in given),
    "exact": operator.eq,
}


def holds(lookup, value, given, database):
    """Tell whether a lookup holds of a value. None of a missing one holds but ``isnull``."""
    if lookup == "isnull" or given is None:
        return (value is None) == (given is None or given)
    if value is None:
        return False
    if lookup == "regex":
        return re.search(given, value) is not None
    if lookup in ("in", "range"):
        return _among(lookup, value, given, database)
    if lookup in COMPARISONS and not isinstance(value, list):
        return COMPARISONS[lookup](database.sortable(value), database.sortable(given))
    if isinstance(value, list):
        return SETS[lookup](value, given)
    if lookup.startswith("i") or database.vendor == "sqlite":
        value, given = database.folded(value), database.folded(given)
    return SEARCHES[lookup.removeprefix("i")](value, given)


def _among(lookup, value, given, database):
    found, several = database.sortable(value), [database.sortable(item) for item in given]
    return found in several if lookup == "in" else several[0] <= found <= several[1]


# ---- orderings ----


def in_order(rows, orderings, database):
    """Return the numbers of rows in the order of attributes: ``orderings`` are (name, is_descending, nulls_first).

    Where ``nulls_first`` is None, nulls are where the database has them. Rows that are alike keep their order.
    """
    numbers = list(range(len(rows)))
    for name, is_descending, nulls_first in reversed(orderings):
        first = (is_descending == (database.vendor == "postgresql")) if nulls_first is None else nulls_first
        without = [number for number in numbers if rows[number][name] is None]
        having = [number for number in numbers if rows[number][name] is not None]
        # Not reverse=True: what is alike stays in its order in both directions, and so it does.
        having.sort(key=partial(_key, rows, name, database), reverse=is_descending)
        numbers = [*without, *having] if first else [*having, *without]
    return numbers


def _key(rows, name, database, number):
    return database.sortable(rows[number][name])
