"""What queries by attributes find is what plain Python finds in the same documents, whatever is stored there."""

from __future__ import annotations

import json
import random

import pytest
from django.db import connection
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.predicates import Database, in_order, read_as, values_of
from tests.django.query_cases import GIVEN, KINDS, NASTY, SEARCHED, STORED, Questions, random_document

pytestmark = pytest.mark.django_db

#: Each seed is a test of its own, so that they share the processors.
SEEDS = range(12)
SETS, ROWS, CASES = 9, 40, 50
#: One case in so many asks for an order.
ORDERINGS = 5


@pytest.fixture
def database():
    """Return what the database is like, with the order in which it sorts texts."""
    readable = [json.loads(text) for text in (*NASTY, *(text for several in STORED.values() for text in several))]
    texts = {text for text in (*readable, *GIVEN["text"], *SEARCHED) if isinstance(text, str)}
    with connection.cursor() as cursor:
        given = ", ".join("(%s)" for _ in texts)
        cursor.execute(f"WITH given(t) AS (VALUES {given}) SELECT t FROM given ORDER BY t", [*texts])
        return Database(connection.vendor, {text: rank for rank, (text,) in enumerate(cursor.fetchall())})


@pytest.fixture
def _schema():
    attributes = [
        Attribute(name, kind[0], multiple=True)
        if isinstance(kind, list)
        else Attribute(name, kind, constraints={"model": "testapp.Place"} if kind == "reference" else {})
        for name, kind in KINDS.items()
    ]
    SchemaRecord.objects.define(Place, attributes)


def stored(texts):
    """Store documents, past everything that checks them; return the keys of the rows."""
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    Place.objects.all().delete()
    with connection.cursor() as cursor:
        rows = ", ".join(f"('', %s{cast})" for _ in texts)
        cursor.execute(f"INSERT INTO testapp_place (name, attrs) VALUES {rows}", texts)
    return list(Place.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.usefixtures("_schema")
def test_the_database_finds_what_python_finds(seed, database):
    choose = random.Random(seed)
    ask = Questions(choose, database)
    cases = telling = 0
    wrong = []
    for _ in range(SETS):
        texts = [random_document(choose) for _ in range(ROWS)]
        keys = stored(texts)
        rows = [values_of(database.read(text), KINDS, database) for text in texts]
        for _ in range(CASES):
            question, orderings = ask.any(), ask.orderings() if choose.randrange(ORDERINGS) == 0 else []
            expected = [keys[number] for number in in_order(rows, orderings, database) if question.holds(rows[number])]
            queryset = choose.choice([Place.objects.filter(question.asked), Place.objects.exclude(~question.asked)])
            # Where what is ordered by is selected, too, Django orders by the position of the column.
            selected = [f"attrs__{name}" for name, *_ in orderings if choose.random() < 0.5]
            ordered = queryset.order_by(*ask.ordered_by(orderings), "pk").values_list("pk", *selected)
            found = [row[0] for row in ordered]
            cases += 1
            telling += 0 < len(expected) < ROWS
            if found != expected:
                wrong.append(f"{question.asked} {orderings}\n{_told(question, texts, keys, expected, found)}")

    assert not wrong, "\n".join(wrong[:20])
    assert cases == SETS * CASES
    assert telling > cases / 2  # neither all rows nor none


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.usefixtures("_schema")
def test_the_database_reads_what_python_reads(seed, database):
    choose = random.Random(seed)
    texts = [random_document(choose) for _ in range(200)]
    stored(texts)
    rows = [values_of(database.read(text), KINDS, database) for text in texts]
    for name, kind in KINDS.items():
        expected = [read_as(kind, row[name], database) for row in rows]
        found = list(Place.objects.order_by("pk").values_list(f"attrs__{name}", flat=True))
        assert found == expected, name
        assert [type(value) for value in found] == [type(value) for value in expected], name
        assert sum(value is not None for value in found) > 20, name


def _told(question, texts, keys, expected, found):
    """Return what is stored in rows that only one side found, of the attributes that were asked for."""
    told = []
    for key in sorted(set(expected) ^ set(found)):
        document = json.loads(texts[keys.index(key)])
        members = document.items() if isinstance(document, dict) else [("", document)]
        shown = {name: str(value)[:80] for name, value in members if f"attrs__{name}" in str(question.asked)}
        told.append(f"    {'found' if key in found else 'not found'}: {shown}")
    return "\n".join(told) or "    another order"


def test_there_are_enough_cases():
    assert len(SEEDS) * SETS * CASES >= 5_000
