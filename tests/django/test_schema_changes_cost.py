"""A schema change is a change of metadata, and what is kept of schemas is bounded."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from testapp.models import Note, Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.schemas.scope import compiled_schemas
from jsonattrs_django.schemas.source import cached_scopes
from tests.django.queries import asked, forget
from tests.django.stored import plainly_stored, store

ATTRIBUTES = (Attribute("score", "integer"), Attribute("title", "text"))


def _define(*attributes):
    return lambda: SchemaRecord.objects.define(Place, attributes)


CHANGES = {
    "rename": _define(Attribute("points", "integer", key="score"), ATTRIBUTES[1]),
    "retire-an-attribute": _define(ATTRIBUTES[1]),
    "restore-an-attribute": _define(*ATTRIBUTES),
    "add-with-default": _define(*ATTRIBUTES, Attribute("new", "text", default="d")),
    "add-with-initial-default": _define(*ATTRIBUTES, Attribute("new", "text", initial_default="d")),
    "add-required": _define(*ATTRIBUTES, Attribute("new", "text", required=True)),
    "tighten": _define(Attribute("score", "integer", constraints={"max": 0}), ATTRIBUTES[1]),
    "another-type": _define(Attribute("score", "text"), ATTRIBUTES[1]),
    "retire": lambda: SchemaRecord.objects.get().retire(),
    "restore": lambda: SchemaRecord.objects.get().restore(),
    "delete": lambda: SchemaRecord.objects.get().delete(),
}


@pytest.mark.django_db
def test_schema_changes_take_the_same_few_queries_on_10_and_on_20000_rows_and_leave_them_alone():
    def cost():
        _define(*ATTRIBUTES)()
        counts = {}
        for name, change in CHANGES.items():
            with asked() as queries:
                change()
                assert SchemaRecord.objects.for_selectors(Place) is not None
            assert [sql for sql in queries if Place._meta.db_table in sql] == []
            counts[name] = len(queries)
        return counts

    Place.objects.bulk_create(Place(name=str(n)) for n in range(10))
    cost()  # what is asked once in a process, of the types of content, is known now
    on_10 = cost()
    Place.objects.bulk_create(Place(name=str(n)) for n in range(19_990))

    assert cost() == on_10
    assert max(on_10.values()) <= 25


@pytest.mark.django_db
def test_values_are_read_under_the_new_definition_without_having_been_rewritten():
    _define(*ATTRIBUTES)()
    place = Place.objects.create(attrs={"score": 1})
    store(place, '{"score": 1}')

    CHANGES["rename"]()
    assert dict(Place.objects.get().attrs) == {"points": 1}
    CHANGES["add-with-initial-default"]()
    assert dict(Place.objects.get().attrs) == {"score": 1, "new": "d"}
    CHANGES["retire-an-attribute"]()
    assert dict(Place.objects.get().attrs) == {}
    CHANGES["restore-an-attribute"]()
    assert dict(Place.objects.get().attrs) == {"score": 1}
    assert plainly_stored(place) == {"score": 1}


# ---- what is kept ----


def look_at(kinds, together=5):
    """Have the schemas of many scopes looked up and compiled, some at a time."""
    kinds = list(kinds)
    for start in range(0, len(kinds), together):
        notes = [Note(kind=kind) for kind in kinds[start : start + together]]
        SchemaRecord.objects.for_instances(notes)
        for note in notes:
            assert note.attrs.problems() == ()


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_scopes_cost_bounded_memory(settings):
    size = 500
    settings.JSONATTRS = {"CACHED_SCOPES": size, "FRESHNESS": 600}
    SchemaRecord.objects.define(Note, ATTRIBUTES)
    for number in range(5):
        SchemaRecord.objects.define(Note, [Attribute("own", "text")], selectors=(None, f"k{number * 20}"))
    forget()

    tracemalloc.start()
    try:
        look_at((f"k{number}" for number in range(size)), 500)
        gc.collect()
        full = tracemalloc.get_traced_memory()[0]
        look_at((f"k{number}" for number in range(10_000)), 500)
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()

    assert len(cached_scopes) <= size
    assert len(compiled_schemas) == 2
    assert after < full * 1.25 + 200_000


@pytest.mark.django_db(transaction=True)
def test_what_was_used_last_is_kept(settings):
    settings.JSONATTRS = {"CACHED_SCOPES": 10, "FRESHNESS": 600}
    SchemaRecord.objects.define(Note, ATTRIBUTES)
    for number in range(100):
        look_at([f"k{number}", "often"])

    with asked() as queries:
        look_at(["often", "k99", "k95"])
    assert queries == []

    with asked() as queries:
        look_at(["k1"])
    assert len(queries) == 2


@pytest.mark.django_db(transaction=True)
def test_changing_schemas_again_and_again_keeps_nothing_of_the_old_ones_for_ever(settings):
    settings.JSONATTRS = {"CACHED_SCOPES": 20, "FRESHNESS": 600}
    for number in range(40):
        SchemaRecord.objects.define(Note, [Attribute(f"a{number}", "text")])
        look_at(f"k{each}" for each in range(5))

    assert len(cached_scopes) <= 20
    assert len(compiled_schemas) <= 20


@pytest.mark.django_db(transaction=True)
def test_scopes_whose_schemas_are_equal_share_one_validator():
    def validator(kind):
        return SchemaRecord.objects.scope_for_instance(Note(kind=kind)).usable

    same = [Attribute("score", required=True), Attribute("own", "text")]
    SchemaRecord.objects.define(Note, ATTRIBUTES)
    SchemaRecord.objects.define(Note, same, selectors=(None, "one"), name="One")
    SchemaRecord.objects.define(Note, same, selectors=(None, "two"), name="Two")
    SchemaRecord.objects.define(Note, [*same, Attribute("more", "text")], selectors=(None, "three"))

    assert validator("one") is validator("two")
    assert validator("any") is validator("other")
    assert len({id(validator(kind)) for kind in ("one", "three", "any")}) == 3

    before = validator("one")
    SchemaRecord.objects.define(Place, ATTRIBUTES)
    assert validator("one") is before
