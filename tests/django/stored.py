"""What is stored in a column of documents, past everything that reads and writes it in Python."""

from __future__ import annotations

import json
from typing import NamedTuple

from django.db import connections


class Number(NamedTuple):
    """A number as it is written."""

    digits: str


def exactly(text):
    """Return a JSON value in which numbers are equal only digit for digit."""
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)


def stored_text(record, field="attrs", using="default"):
    """Return the document of a record as the database writes it."""
    name, table, key = _names(record, field)
    cast = "::text" if connections[using].vendor == "postgresql" else ""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {name}{cast} FROM {table} WHERE {key} = %s", [record.pk])
        return cursor.fetchone()[0]


def stored(record, field="attrs", using="default"):
    """Return the document of a record, with numbers digit for digit."""
    return exactly(stored_text(record, field, using))


def plainly_stored(record, field="attrs", using="default"):
    """Return the document of a record as ordinary JSON."""
    return json.loads(stored_text(record, field, using))


def store(record, text, field="attrs", using="default"):
    """Give a record another document, as a program that knows nothing of schemas may."""
    name, table, key = _names(record, field)
    cast = "::jsonb" if connections[using].vendor == "postgresql" else ""
    with connections[using].cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {name} = %s{cast} WHERE {key} = %s", [text, record.pk])


def _names(record, field):
    column = record._meta.get_field(field)
    owner = column.model._meta
    return f'"{column.column}"', f'"{owner.db_table}"', f'"{owner.pk.column}"'
