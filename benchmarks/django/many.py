"""Many different records, written by the database itself: the same ones in columns and in documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import connection

from benchmarks.django.data import ATTRIBUTES, EDUCATION, NOTES
from benchmarks.django.models import Organization, Project, Searched
from benchmarks.django.tables import emptied
from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["INDEXED", "attributes", "fill_columns", "fill_documents", "owner_of", "synced"]

#: The attributes that are indexed.
INDEXED = ("name", "score", "birth_date")
#: Records that have the same name.
NAMESAKES = 10

_DATES = {
    "postgresql": {
        "birth_date": "date '1930-01-01' + {}::int",
        "surveyed_at": "timestamptz '2020-01-01 00:00:00Z' + {} * interval '1 second'",
        "area": "({} / 100.0)::numeric(12, 2)",
        "active": "{} < 8",
        "score": "({} / 10000.0)::float8",
    },
    "sqlite": {
        "birth_date": "date('1930-01-01', {} || ' days')",
        "surveyed_at": "datetime('2020-01-01', {} || ' seconds')",
        "area": "CAST(printf('%.2f', {} / 100.0) AS REAL)",
        "active": "{} < 8",
        "score": "{} / 10000.0",
    },
}
_DOCUMENTS = {
    "postgresql": (
        "jsonb_build_object('name', name, 'education', education, 'notes', notes, 'household_size', household_size, "
        "'year_built', year_built, 'score', score, 'area', area::text, 'active', active, 'birth_date', "
        "birth_date::text, 'surveyed_at', to_char(surveyed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))"
    ),
    "sqlite": (
        "json_object('name', name, 'education', education, 'notes', notes, 'household_size', household_size, "
        "'year_built', year_built, 'score', score, 'area', printf('%.2f', area), "
        "'active', json(CASE WHEN active THEN 'true' ELSE 'false' END), 'birth_date', birth_date, "
        "'surveyed_at', replace(surveyed_at, ' ', 'T') || 'Z')"
    ),
}


def attributes(indexed: Iterable[str] = INDEXED) -> list[Attribute]:
    """Return the ten attributes, some of them indexed."""
    chosen = set(indexed)
    return [Attribute.from_given({**each.given, "indexed": each.name in chosen}) for each in ATTRIBUTES]


def owner_of(*models: Any, indexed: Iterable[str] = INDEXED) -> Project:
    """Return a project; define the attributes of these models for everybody."""
    for model in models:
        SchemaRecord.objects.define(model, attributes(indexed))
    return Project.objects.create(organization=Organization.objects.create(name="Land registry"), name="North")


def synced(*models: Any, prune: bool = False) -> None:
    """Build the indexes that the schemas ask for, as a user does, and drop others where ``prune`` says so."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("attributes_sync", *(model._meta.label for model in models), prune=prune, stdout=nowhere)


def fill_columns(owner: Project, count: int, model: Any = Searched, namesakes: int = NAMESAKES) -> None:
    """Fill a table of ten columns: the values are scattered, and the same ones each time.

    ``namesakes`` is how many have the same name.
    """
    emptied(model)
    written = _DATES[connection.vendor]

    def below(limit: int, factor: int) -> str:
        return f"((n * {factor}) % 2147483647 % {limit})"

    def one_of(texts: Iterable[str], factor: int) -> str:
        texts = list(texts)
        whens = " ".join(f"WHEN {place} THEN '{text}'" for place, text in enumerate(texts))
        return f"CASE {below(len(texts), factor)} {whens} END"

    values = {
        "name": f"'Siti Rahma ' || {'n' if namesakes == 1 else below(-(-count // namesakes), 48271)}",
        "education": one_of(EDUCATION, 69621),
        "notes": one_of(NOTES, 39373),
        "household_size": f"1 + {below(30, 630360016)}",
        "year_built": f"1870 + {below(155, 742938285)}",
        "score": written["score"].format(below(10_000_000, 950706376)),
        "area": written["area"].format(f"(100 + {below(9_999_900, 1226874159)})"),
        "active": written["active"].format(below(10, 62089911)),
        "birth_date": written["birth_date"].format(below(29_000, 1343714438)),
        "surveyed_at": written["surveyed_at"].format(below(150_000_000, 16807)),
    }
    source = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "
    if connection.vendor == "postgresql":
        source = "WITH numbers AS (SELECT generate_series(1, %s)::bigint AS n) "
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} (project_id, {', '.join(values)}) "
            f"{source}SELECT %s, {', '.join(values.values()).replace('%', '%%')} FROM numbers",
            [count, owner.pk],
        )


def fill_documents(*models: Any, source: Any = Searched, holder: int | None = None) -> None:
    """Fill tables of documents with the values of a table of columns.

    ``holder`` is the id of the schema under which each document claims its name to be unique, as records do that are
    written by Django; PostgreSQL only.
    """
    for model in models:
        emptied(model)
        document = _DOCUMENTS[connection.vendor]
        if holder is not None:
            document += f" || jsonb_build_object('$scope:name', {holder:d}, '$value:name', name)"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (project_id, attrs) "
                f"SELECT project_id, {document} FROM {source._meta.db_table} ORDER BY id"
            )
