"""Each door refuses the same documents for the same reasons, and writes the others alike."""

from __future__ import annotations

import pytest
from django.db import transaction
from landregistry.models import Organization, Party
from testapp.models import Note

from jsonattrs_django.models import SchemaRecord
from tests.django.documents import ATTRIBUTES, BAD, GOOD, RULES
from tests.django.doors import BEFORE, DOORS, Place, in_order
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

each_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
each_model = pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
each_bad = pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
each_good = pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)


@pytest.fixture
def place(model):
    SchemaRecord.objects.define(model, ATTRIBUTES, rules=RULES)
    return Place(model)


def pushed(door, place, document):
    """Return the outcome of a door, and what every record then holds; it is undone."""
    with transaction.atomic():
        outcome = door(place, document)
        transaction.set_rollback(False)  # without AttributeManager, a bulk door that refuses asks for it
        stored = {record.pk: plainly_stored(record) for record in place.model.objects.all()}
        transaction.set_rollback(True)
    return outcome, stored


def others(found, *expected):
    """Return what the doors that deviate have given."""
    return {name: each for name, each in found.items() if each not in expected}


@each_model
@each_bad
def test_every_door_refuses_a_bad_document_with_the_same_problems_and_writes_nothing_of_it(place, bad):
    doors = {name: door for name, door in DOORS.items() if not (door.is_partial and bad.is_whole)}

    found = {name: pushed(door, place, bad.document) for name, door in doors.items()}

    problems = {name: outcome.problems for name, (outcome, _) in found.items()}
    assert others(problems, in_order(bad.problems)) == {}
    stored = {name: [*documents.values()] for name, (_, documents) in found.items()}
    assert others(stored, [], [BEFORE], [BEFORE, BEFORE]) == {}


@each_model
@each_good
def test_every_door_writes_a_good_document_alike(place, good):
    found = {}
    for name, door in DOORS.items():
        outcome, stored = pushed(door, place, good.document)
        found[name] = stored[outcome.key] if outcome.error is None else outcome.problems

    assert others(found, good.stored) == {}


@each_model
@each_door
def test_references_are_taken_as_records_and_as_keys(place, door):
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in "ab")

    for given in ({"agent": one, "agents": [one, two]}, {"agent": one.pk, "agents": [one.pk, two.pk]}):
        outcome, stored = pushed(door, place, {"code": "AB", **given})

        assert stored[outcome.key] == {"code": "AB", "agent": one.pk, "agents": [one.pk, two.pk]}


@each_model
@each_door
def test_without_a_schema_nothing_may_be_stored_and_the_error_says_so(model, door):
    place = Place(model, before={})

    outcome, stored = pushed(door, place, {"title": "x"})

    assert outcome.problems == [(("title",), "unknown")]
    assert "no schema applies" in str(outcome.error).lower()
    assert [document for document in stored.values() if document] == []


@each_model
@each_door
def test_without_a_schema_a_record_without_attributes_is_fine(model, door):
    outcome, stored = pushed(door, Place(model, before={}), {})

    assert stored[outcome.key] == {}
