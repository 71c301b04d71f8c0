"""Moments in queries, and parts of moments and dates, to the edges of Python's calendar: none makes a query raise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import models
from django.db.models.functions import ExtractIsoYear
from django.db.models.functions.datetime import TimezoneMixin
from django.db.models.lookups import YearLookup
from django.utils import timezone
from django.utils.dateparse import parse_datetime

__all__ = ["DateTimeOutput", "within_calendar"]

#: Texts that SQLite orders before every moment, and after every one.
_BEFORE, _AFTER = "", "~"
_NONE = timedelta()
_CALENDAR = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class DateTimeOutput(models.DateTimeField):
    """Moments, which are aware and in UTC whatever the project's settings say of its columns."""

    def get_transform(self, name: str) -> Any:
        """Return the transform of a name: a part in the current time zone, or in that of the project's settings."""
        found = super().get_transform(name)
        return _in_zone(found) if found is not None and issubclass(found, TimezoneMixin) else found

    def get_prep_value(self, value: Any) -> Any:
        """Return an aware datetime, in UTC if the calendar goes so far; a naive one is in the current time zone."""
        value = self.to_python(value)
        if not isinstance(value, datetime):
            return value
        aware = timezone.make_aware(value) if timezone.is_naive(value) else value
        try:
            return aware.astimezone(UTC)
        except OverflowError:
            return aware

    def to_python(self, value: Any) -> Any:
        """Return a datetime. Raises ValidationError for what is none."""
        found = parse_datetime(value) if isinstance(value, str) and "T" in value else None
        return found if found is not None else super().to_python(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the parameter of a query."""
        value = self.get_prep_value(value)
        if connection.vendor != "sqlite" or not isinstance(value, datetime):
            return value
        if value.tzinfo is not UTC:
            return _BEFORE if (value.utcoffset() or _NONE) > _NONE else _AFTER
        return str(value.replace(tzinfo=None))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the moment in UTC."""
        if isinstance(value, str):
            value = parse_datetime(value)
        if not isinstance(value, datetime):
            return value
        if timezone.is_naive(value):  # SQLite's are in UTC; PostgreSQL's in the project's zone, without USE_TZ
            zone = UTC if connection.vendor == "sqlite" else timezone.get_default_timezone()
            value = value.replace(tzinfo=zone)
        return value.astimezone(UTC)

    def get_internal_type(self) -> str:
        """Return the name of Django's own field, which the lookups of dates ask for."""
        return "DateTimeField"


class _InZone:
    """Makes a part of a moment one that is null where the time zone puts the moment out of the calendar."""

    lhs: Any
    output_field: Any

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Compile to Django's own SQL, which raises for such a moment, or gives what cannot be read."""
        sql, params = super().as_sql(compiler, connection, **context)  # type: ignore[misc]
        zone: Any = timezone.get_current_timezone() if settings.USE_TZ else timezone.get_default_timezone()
        if connection.vendor == "sqlite":  # the zone, and that of the moments, whatever that of the columns is
            params = (*params[:-2], self.get_tzname() or settings.TIME_ZONE, "UTC")  # type: ignore[attr-defined]
        elif not isinstance(self.output_field, models.DateField):
            return sql, params
        edges = _edges(zone)
        if edges == _CALENDAR:
            return sql, params
        value, more = compiler.compile(self.lhs)
        bounds = [self.lhs.output_field.get_db_prep_value(edge, connection) for edge in edges]
        return f"CASE WHEN {value} BETWEEN %s AND %s THEN {sql} END", (*more, *bounds, *params)


def _edges(zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the first and the last moment that are in the calendar in UTC and in a zone."""
    first, last = _CALENDAR
    before, after = zone.utcoffset(first.replace(tzinfo=zone)), zone.utcoffset(last.replace(tzinfo=zone))
    return first + max(-(before or _NONE), _NONE), last - max(after or _NONE, _NONE)


@cache
def _in_zone(part: type) -> type:
    return type(part.__name__, (_InZone, part), {})


class _OfYears:
    """Makes a lookup of years one that takes every number, and finds what is on the calendar's first and last day."""

    lhs: Any
    rhs: Any
    lookup_name: str

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Compile to a comparison with the bounds of the year. Raises what says that all dates fit, or none."""
        if self.rhs_is_direct_value() and not date.min.year <= self.rhs <= date.max.year:  # type: ignore[attr-defined]
            fitting = ("gt", "gte") if self.rhs < date.min.year else ("lt", "lte")
            raise FullResultSet if self.lookup_name in fitting else EmptyResultSet
        return super().as_sql(compiler, connection)  # type: ignore[misc]

    def year_lookup_bounds(self, connection: Any, year: int) -> list[Any]:
        """Return the first and the last date or moment of a year."""
        first, last = (
            _iso_year(year) if isinstance(self.lhs, ExtractIsoYear) else (date(year, 1, 1), date(year, 12, 31))
        )
        output = self.lhs.lhs.output_field
        if not isinstance(output, models.DateTimeField):
            return [output.get_db_prep_value(day, connection) for day in (first, last)]
        moments = datetime.combine(first, time.min), datetime.combine(last, time.max)
        return [output.get_db_prep_value(moment, connection) for moment in moments]


def _iso_year(year: int) -> tuple[date, date]:
    last = date.max if year == date.max.year else date.fromisocalendar(year + 1, 1, 1) - timedelta(days=1)
    return date.fromisocalendar(year, 1, 1), last


@cache
def within_calendar(lookup: Any) -> Any:
    """Return a lookup, of years one that takes every number."""
    if not isinstance(lookup, type) or not issubclass(lookup, YearLookup):
        return lookup
    return type(lookup.__name__, (_OfYears, lookup), {})
