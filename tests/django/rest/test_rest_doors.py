"""Requests are refused for the reasons for which every other door refuses a document, and write the others alike."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party
from testapp.models import Note

from jsonattrs_django.models import SchemaRecord
from tests.django.documents import ATTRIBUTES, BAD, GOOD, RULES
from tests.django.doors import BEFORE, Place, in_order
from tests.django.rest.api import API, serializer_class
from tests.django.rest.rest_doors import REST_DOORS, body
from tests.django.test_doors import others, pushed

pytestmark = pytest.mark.django_db

#: What no JSON can say: the parser refuses it, which is told under no attribute.
UNSAID = {"float-nan", "text-lone-surrogate"}
SAID = {name: bad for name, bad in BAD.items() if name not in UNSAID}

each_door = pytest.mark.parametrize("door", REST_DOORS.values(), ids=REST_DOORS)
each_model = pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
each_bad = pytest.mark.parametrize("bad", SAID.values(), ids=SAID)
each_good = pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)


@pytest.fixture
def place(model):
    SchemaRecord.objects.define(model, ATTRIBUTES, rules=RULES)
    return Place(model)


@pytest.mark.parametrize("model", [Party])
@each_bad
def test_every_request_refuses_a_bad_document_with_the_same_problems_and_writes_nothing_of_it(place, bad):
    doors = {name: door for name, door in REST_DOORS.items() if not (door.is_partial and bad.is_whole)}

    found = {name: pushed(door, place, bad.document) for name, door in doors.items()}

    assert others({name: outcome.problems for name, (outcome, _) in found.items()}, in_order(bad.problems)) == {}
    assert others({name: [*stored.values()] for name, (_, stored) in found.items()}, [], [BEFORE]) == {}


@each_model
@each_good
def test_every_request_writes_a_good_document_alike(place, good):
    found = {}
    for name, door in REST_DOORS.items():
        outcome, stored = pushed(door, place, good.document)
        found[name] = stored[outcome.key] if outcome.error is None else outcome.problems

    assert others(found, good.stored) == {}


@each_model
@each_good
def test_what_is_answered_is_what_is_stored(place, good):
    names = {attribute.key or attribute.name: attribute.name for attribute in ATTRIBUTES}

    answer = API(serializer_class(place.model)).post(body(place, good.document))

    assert answer.json["attrs"] == {names[key]: value for key, value in good.stored.items()}


@each_model
@each_door
def test_references_are_primary_keys(place, door):
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in "ab")

    outcome, stored = pushed(door, place, {"code": "AB", "agent": one, "agents": [one, two]})

    assert stored[outcome.key] == {"code": "AB", "agent": one.pk, "agents": [one.pk, two.pk]}


@each_model
@each_door
def test_without_a_schema_nothing_may_be_stored(model, door):
    outcome, stored = pushed(door, Place(model, before={}), {"title": "x"})

    assert outcome.problems == [(("title",), "unknown")]
    assert [document for document in stored.values() if document] == []


@each_model
@each_door
def test_without_a_schema_a_record_without_attributes_is_fine(model, door):
    outcome, stored = pushed(door, Place(model, before={}), {})

    assert stored[outcome.key] == {}
