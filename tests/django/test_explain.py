"""No lookup that the recipes say is indexed reads every record: 50,000 of them, and what the databases plan to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Q

from jsonattrs_core import Attribute
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import Attr, AttributeManager, SchemaRecord
from tests.django.indexes import execute, fetched, model_of, own, synced

pytestmark = [pytest.mark.long, pytest.mark.django_db]
POSTGRESQL = connection.vendor == "postgresql"
TABLE = "testapp_searched"
SHORT = {"max_length": 100}


def make():
    class Searched(models.Model):
        kind = models.CharField(max_length=10)
        attrs = JSONAttributeField(schema_selectors=("kind",), gin=True)
        objects = AttributeManager()

        class Meta:
            app_label = "testapp"
            managed = False
            db_table = TABLE

    return Searched


EVERYWHERE = (
    Attribute("score", "integer", indexed=True),
    Attribute("ratio", "float", indexed=True),
    Attribute("price", "decimal", indexed=True),
    Attribute("active", "boolean", indexed=True),
    Attribute("born", "date", indexed=True),
    Attribute("seen", "datetime", indexed=True),
    Attribute("at", "time", indexed=True),
    Attribute("lasts", "duration", indexed=True),
    Attribute("uid", "uuid", indexed=True),
    Attribute("owner", "reference", indexed=True, constraints={"model": "landregistry.Organization"}),
    Attribute("title", "text", indexed="trigram", constraints=SHORT),
    Attribute("code", "text", indexed=True, constraints=SHORT),
    Attribute("seldom", "integer", indexed=True),
    Attribute("tags", "text", multiple=True, indexed=True),
    Attribute("data", "object", indexed=True),
    Attribute("city", "text"),
    Attribute("level", "integer"),
)
#: Of one scope, and so with indexes of the records that have a value.
SOMEWHERE = (
    Attribute("local", "decimal", key="l", indexed=True),
    Attribute("note", "text", indexed="trigram", constraints=SHORT),
    Attribute("marks", "integer", multiple=True, indexed=True),
)

# The same values in both databases, which are those of the numbers from 0 to 49,999.

POSTGRESQL_ROWS = """
INSERT INTO testapp_searched (kind, attrs)
SELECT CASE n % 100 WHEN 0 THEN 'x' ELSE '' END, jsonb_build_object(
    'score', mixed, 'ratio', n / 8.0, 'price', mixed || '.5', 'active', n % 200 = 0,
    'born', to_char(date '1900-01-01' + n, 'YYYY-MM-DD'),
    'seen', to_char(date '1900-01-01' + n, 'YYYY-MM-DD"T12:00:00Z"'),
    'at', to_char(time '00:00' + n * interval '1 second', 'HH24:MI:SS'), 'lasts', 'P' || n + 1 || 'D',
    'uid', to_char(n, 'FM00000000') || '-0000-0000-0000-000000000000', 'owner', n,
    'title', 'Number ' || n || ' of Many', 'code', 'C' || n, 'tags', jsonb_build_array('t' || n % 5000, 'all'),
    'data', jsonb_build_object('n', n), 'city', 'city' || n % 100, 'level', n % 70
) || CASE n % 100 WHEN 0 THEN jsonb_build_object(
    'seldom', n, 'l', mixed || '.25', 'note', 'Note ' || mixed, 'marks', jsonb_build_array(n)
) ELSE '{}' END
FROM generate_series(0, 49999) AS n, LATERAL (SELECT n * 7919 % 50000) AS other (mixed)
"""
SQLITE_ROWS = """
WITH RECURSIVE numbers (n, mixed) AS (
    SELECT 0, 0 UNION ALL SELECT n + 1, (n + 1) * 7919 % 50000 FROM numbers WHERE n < 49999
)
INSERT INTO testapp_searched (kind, attrs)
SELECT CASE n % 100 WHEN 0 THEN 'x' ELSE '' END, json_patch(json_object(
    'score', mixed, 'ratio', n / 8.0, 'price', mixed || '.5',
    'active', json(CASE n % 200 WHEN 0 THEN 'true' ELSE 'false' END),
    'born', date('1900-01-01', n || ' days'),
    'seen', date('1900-01-01', n || ' days') || 'T12:00:00Z',
    'at', time('00:00', n || ' seconds'), 'lasts', 'P' || (n + 1) || 'D',
    'uid', printf('%08d', n) || '-0000-0000-0000-000000000000', 'owner', n,
    'title', 'Number ' || n || ' of Many', 'code', 'C' || n, 'tags', json_array('t' || n % 5000, 'all'),
    'data', json_object('n', n), 'city', 'city' || n % 100, 'level', n % 70
), CASE n % 100 WHEN 0 THEN json_object(
    'seldom', n, 'l', mixed || '.25', 'note', 'Note ' || mixed, 'marks', json_array(n)
) ELSE '{}' END)
FROM numbers
"""


@pytest.fixture(scope="module")
def model(django_db_setup, django_db_blocker):
    """Give a model of 50,000 records whose attributes are indexed; nothing of it is left for other tests."""
    serial, document = ("serial PRIMARY KEY", "jsonb") if POSTGRESQL else ("integer PRIMARY KEY", "text")
    with django_db_blocker.unblock(), model_of(make) as searched:
        try:
            execute(f"CREATE TABLE {TABLE} (id {serial}, kind text NOT NULL, attrs {document} NOT NULL)")
            execute(POSTGRESQL_ROWS if POSTGRESQL else SQLITE_ROWS)
            SchemaRecord.objects.define(searched, EVERYWHERE)
            SchemaRecord.objects.define(searched, SOMEWHERE, selectors=("x",))
            code, said = synced("testapp.Searched")
            assert code == 0, said
            yield searched
        finally:
            SchemaRecord.objects.filter(content_type__model="searched").delete()
            ContentType.objects.filter(model="searched").delete()
            ContentType.objects.clear_cache()
            execute(f"DROP TABLE {TABLE}")


def where(**lookups):
    return lambda objects: objects.filter(**{f"attrs__{name}": value for name, value in lookups.items()})


def ordered(*names):
    return lambda objects: objects.order_by(*names)[:50]


DAY = date(1950, 1, 1)
NOON = datetime(1950, 1, 1, 12, tzinfo=UTC)
UID = UUID("00012345-0000-0000-0000-000000000000")
#: What every type is compared with: one value, another one, and two that have few between them.
VALUES = {
    "score": (7, 40000, (100, 200)),
    "ratio": (100.5, 200.125, (100.0, 130.0)),
    "price": (Decimal("7.5"), Decimal("9.50"), (Decimal(100), Decimal("200.5"))),
    "born": (DAY, date(2000, 2, 29), (DAY, DAY + timedelta(100))),
    "seen": (NOON, NOON + timedelta(1), (NOON, NOON + timedelta(100))),
    "at": (time(1, 2, 3), time(3), (time(1), time(1, 1))),
    "lasts": (timedelta(100), timedelta(200), (timedelta(100), timedelta(200))),
    "uid": (UID, UUID(int=0), (UID, UUID("00012400-0000-0000-0000-000000000000"))),
    "title": ("Number 7 of Many", "Number 8 of Many", ("Number 77", "Number 775")),
    "code": ("C77", "C78", ("C77", "C78")),
    "seldom": (700, 800, (100, 200)),
    "local": (Decimal("700.25"), Decimal("800.250"), (Decimal(100), Decimal(500))),
    "note": ("Note 700", "Note 800", ("Note 7", "Note 71")),
}
EXTREMES = {
    "score": (100, 49900),
    "ratio": (10.0, 6240.0),
    "price": (Decimal(100), Decimal(49900)),
    "born": (date(1900, 4, 1), date(2036, 9, 1)),
    "seen": (datetime(1900, 4, 1, tzinfo=UTC), datetime(2036, 9, 1, tzinfo=UTC)),
    "lasts": (timedelta(100), timedelta(49900)),
    "code": ("C10", "C9990"),
    "local": (Decimal(500), Decimal(49500)),
}
ON_SQLITE_TOO = {*VALUES} - {"lasts"}
CASES = {}
for name, (one, other, bounds) in VALUES.items():
    if POSTGRESQL or name in ON_SQLITE_TOO:
        CASES[f"{name}-exact"] = name, where(**{name: one})
        CASES[f"{name}-in"] = name, where(**{f"{name}__in": [one, other]})
        CASES[f"{name}-range"] = name, where(**{f"{name}__range": bounds})
for name, (low, high) in EXTREMES.items():
    if POSTGRESQL or name in ON_SQLITE_TOO:
        CASES[f"{name}-lt"] = name, where(**{f"{name}__lt": low})
        CASES[f"{name}-lte"] = name, where(**{f"{name}__lte": low})
        CASES[f"{name}-gt"] = name, where(**{f"{name}__gt": high})
        CASES[f"{name}-gte"] = name, where(**{f"{name}__gte": high})
for name in ("score", "price", "born", "seen", "title", "code", "uid"):
    CASES[f"{name}-order"] = name, ordered(f"attrs__{name}")
    CASES[f"{name}-order-descending"] = name, ordered(f"-attrs__{name}")
CASES |= {
    "active-true": ("active", where(active=True)),
    "owner-exact": ("owner", where(owner=77)),
    "owner-in": ("owner", where(owner__in=[77, 78])),
    "local-isnull": ("local", where(local__isnull=False)),
    "note-isnull": ("note", where(note__isnull=False)),
    "local-attr": ("local", lambda objects: objects.filter(Q(attrs__local__gt=5), Q(attrs__local__lt=300))),
    "score-and-order": ("score", lambda objects: objects.filter(attrs__score__lt=500).order_by("attrs__score")[:50]),
    "attr": ("score", lambda objects: objects.annotate(s=Attr("score", type="integer")).filter(s=5)),
    "subquery": (
        "score",
        lambda objects: objects.filter(pk__in=objects.filter(attrs__score__lt=100).values("pk")),
    ),
    "either": ("score", lambda objects: objects.filter(Q(attrs__score=5) | Q(attrs__score__gt=49990))),
    "born-year": ("born", where(born__year=1984)),
    "born-year-gte": ("born", where(born__year__gte=2036)),
    "seen-year": ("seen", where(seen__year=1984)),
}
if POSTGRESQL:
    CASES |= {
        "seldom-isnull": ("seldom", where(seldom__isnull=False)),
        "title-startswith": ("title", where(title__startswith="Number 4321 ")),
        "code-startswith": ("code", where(code__startswith="C4321")),
        "note-startswith": ("note", where(note__startswith="Note 43")),
        "title-contains": ("title", where(title__contains="4321 of")),
        "title-icontains": ("title", where(title__icontains="4321 OF")),
        "title-istartswith": ("title", where(title__istartswith="number 4321 ")),
        "title-endswith": ("title", where(title__endswith=" 4321 of Many")),
        "title-iendswith": ("title", where(title__iendswith=" 4321 OF many")),
        "title-iexact": ("title", where(title__iexact="number 4321 of many")),
        "title-regex": ("title", where(title__regex="r 4321[ ]of")),
        "title-iregex": ("title", where(title__iregex="R 4321[ ]of")),
        "note-icontains": ("note", where(note__icontains="E 4300")),
        "tags-contains": ("tags", where(tags__contains=["t77"])),
        "tags-contains-one": ("tags", where(tags__contains="t77")),
        "tags-overlap": ("tags", where(tags__overlap=["t77", "t78"])),
        "marks-contains": ("marks", where(marks__contains=[4300])),
        "data-contains": ("data", where(data__contains={"n": 77})),
        "whole-two": ("gin", where(city="city7", level=7)),
        "whole-one": ("gin", where(city="city7", level=7, score__gte=0)),
    }


#: What goes along an index: in its order, or since it has no other records.
WALKS = {name for name in CASES if name.endswith(("-order", "-order-descending", "-isnull"))}


def plan_of(rows, number):
    """Return the plan of a query. SQLite remembers plans by their text, so that a later one bears another number."""
    sql, params = rows.query.sql_with_params()
    explain = "EXPLAIN" if POSTGRESQL else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row[-1]) for row in fetched(f"{explain} /* {number} */ {sql}", params))


def reads_all(plan):
    """Tell whether a plan reads every record of the table."""
    if POSTGRESQL:
        return f"Seq Scan on {TABLE}" in plan
    return any("SCAN" in line and "USING" not in line for line in plan.splitlines())


def part_of(name):
    """Return the part of the names of indexes that says which attribute they are of."""
    return f"_attrs_{'l' if name == 'local' else name}_"


def keys_of(rows):
    """Return the primary keys that a query gives, in its order where it has one."""
    found = [row.pk for row in rows.only("pk")]
    return found if rows.ordered else sorted(found)


@pytest.mark.parametrize(("name", "query"), CASES.values(), ids=CASES)
def test_an_index_is_used_and_without_it_every_record_is_read(model, name, query, request):
    rows = query(model.objects.all())
    plan, found = plan_of(rows, 1), keys_of(rows)

    assert not reads_all(plan), plan
    assert part_of(name) in plan, plan
    assert found
    if not POSTGRESQL and request.node.callspec.id not in WALKS:
        assert "SEARCH" in plan
        assert "SCAN" not in plan  # along an index is as bad, where records are looked for

    for index in own(model):
        execute(f'DROP INDEX "{index}"')
    assert reads_all(plan_of(rows, 2))
    assert keys_of(rows) == found
