"""Lookups on attributes with several values."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldError
from django.db.models import IntegerField, Lookup, Transform
from django.db.models.lookups import IsNull

from jsonattrs_django.names import nearest

__all__ = ["list_lookup"]


class _ListLookup(Lookup):
    """A comparison of a list with one value or several, in the form in which they are stored."""

    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        if hasattr(self.rhs, "resolve_expression"):
            raise FieldError(f"{self.lhs} is compared with values, not with another expression")
        return self.lhs.output_field.items(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        sql, params = compiler.compile(self.lhs)
        made = self.as_postgresql_of if connection.vendor == "postgresql" else self.as_sqlite_of
        text, more = made(sql, [*params])
        return text, more

    def as_postgresql_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def as_sqlite_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        raise NotImplementedError


def _found_in(sql: str, other: str, and_also: str = "") -> str:
    """Return the condition that an item of a given list is in a list of SQLite's: the same JSON value."""
    return (
        f"EXISTS (SELECT 1 FROM json_each({sql}) AS held WHERE {and_also}held.value = {other}.value AND "
        f"(held.type = {other}.type OR (held.type IN ('integer', 'real') AND {other}.type IN ('integer', 'real'))))"
    )


class _Contains(_ListLookup):
    """The list has all of these values."""

    def as_postgresql_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        return f"{sql} @> %s::jsonb", [*params, json.dumps(self.rhs)]

    def as_sqlite_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        return f"NOT EXISTS (SELECT 1 FROM json_each(%s) AS given WHERE NOT {_found_in(sql, 'given')})", [
            json.dumps(self.rhs),
            *params,
        ]


class _ContainedBy(_ListLookup):
    """The list has none but these values."""

    def as_postgresql_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        return f"{sql} <@ %s::jsonb", [*params, json.dumps(self.rhs)]

    def as_sqlite_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        return f"NOT EXISTS (SELECT 1 FROM json_each({sql}) AS own WHERE NOT {_found_in('%s', 'own')})", [
            *params,
            json.dumps(self.rhs),
        ]


class _Overlap(_ListLookup):
    """The list has one of these values at least."""

    def as_postgresql_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        if not self.rhs:
            raise EmptyResultSet
        each = " OR ".join(f"{sql} @> %s::jsonb" for _ in self.rhs)
        return f"({each})", [value for item in self.rhs for value in (*params, json.dumps([item]))]

    def as_sqlite_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        return f"EXISTS (SELECT 1 FROM json_each(%s) AS given WHERE {_found_in(sql, 'given')})", [
            json.dumps(self.rhs),
            *params,
        ]


class _Exact(_ListLookup):
    """The list is this list."""

    def as_postgresql_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        return f"{sql} = %s::jsonb", [*params, json.dumps(self.rhs)]

    def as_sqlite_of(self, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        there = _found_in(sql, "given", "held.key = given.key AND ")
        return (
            f"json_array_length({sql}) = %s AND NOT EXISTS (SELECT 1 FROM json_each(%s) AS given WHERE NOT {there})",
            [*params, len(self.rhs), json.dumps(self.rhs), *params],
        )


class Length(Transform):
    """How many values a list has."""

    lookup_name = "len"
    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:
        """Compile to the database's own function."""
        function = "jsonb_array_length" if connection.vendor == "postgresql" else "json_array_length"
        sql, params = compiler.compile(self.lhs)
        return f"{function}({sql})", params

    as_sqlite = as_sql


_LOOKUPS: dict[str, Any] = {
    "contains": _Contains,
    "contained_by": _ContainedBy,
    "overlap": _Overlap,
    "exact": _Exact,
    "isnull": IsNull,
}


def list_lookup(typed: Any, name: str, rhs: Any) -> Any:
    """Return the lookup of a name on an attribute with several values. Raises FieldError where there is none."""
    if name == Length.lookup_name:
        length = Length(typed)
        return length.get_lookup("exact")(length, rhs)
    if name not in _LOOKUPS:
        known = [*_LOOKUPS, Length.lookup_name]
        raise FieldError(f"{typed} has no lookup {name!r}{nearest(name, known)}; it has {', '.join(known)}")
    return _LOOKUPS[name](typed, rhs)
