"""Validate-only as a door: it refuses what every other door refuses, and would store what the others do."""

from __future__ import annotations

import json

import pytest
from landregistry.models import Organization, Party
from rest_framework import viewsets
from rest_framework.parsers import JSONParser
from rest_framework.test import APIRequestFactory, force_authenticate
from testapp.models import Note

from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin
from tests.django.documents import ATTRIBUTES, BAD, GOOD, RULES
from tests.django.doors import BEFORE, Door, Place, Refused, in_order
from tests.django.stored import store, stored_text
from tests.django.test_doors import others, pushed

pytestmark = pytest.mark.django_db

#: Documents that are no JSON.
UNSENT = {
    "float-nan": "NaN is no JSON",
    "datetime-naive": "nor is a datetime",
}
SENT = {name: bad for name, bad in BAD.items() if name not in UNSENT}
JSON_ONLY = {name: good for name, good in GOOD.items() if name not in ("python", "moment-of-utc")}
NAMES = {attribute.key or attribute.name: attribute.name for attribute in ATTRIBUTES}
KEYS = {name: key for key, name in NAMES.items()}

each_bad = pytest.mark.parametrize("bad", SENT.values(), ids=SENT)
each_good = pytest.mark.parametrize("good", JSON_ONLY.values(), ids=JSON_ONLY)
each_model = pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])


class Anybody:
    """Somebody who may do everything."""

    pk = 1
    is_active = is_authenticated = True

    def has_perm(self, permission):
        return True


class Lenient(JSONParser):
    """Lets through what the strict parser refuses, so that it is the check that refuses it."""


def ask(place, candidate, record=None):
    """Post to the endpoint of a record, or to that of the scope of the place."""
    kind = type("Views", (AttributeSchemaMixin, viewsets.GenericViewSet), {"queryset": place.model.objects.all()})
    kind.attribute_scopes, kind.parser_classes = [()], [Lenient]
    name = "attribute_schema_validate" if record is None else "record_schema_validate"
    view = kind.as_view({"post": name})
    selectors = {name: row.pk if hasattr(row, "pk") else row for name, row in place.owner.items()}
    query = "&".join(f"{name}={value}" for name, value in selectors.items()) if record is None else ""
    request = APIRequestFactory().post(f"/?{query}", json.dumps(candidate), content_type="application/json")
    force_authenticate(request, Anybody())
    response = view(request) if record is None else view(request, pk=record.pk)
    response.render()
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def kept(place, answer, record):
    """Store what a valid answer says would be stored, past everything that checks; return the record's key."""
    assert answer["valid"] is (not answer["problems"])
    if not answer["valid"]:
        raise Refused([(each["path"], each["code"]) for each in answer["problems"]])
    store(record, json.dumps({KEYS[name]: value for name, value in answer["document"].items()}))
    return record.pk


def _scope(place, document):
    answer = ask(place, {"document": document})
    assert not place.model.objects.exists()
    record = place.new({**BEFORE})
    if answer["valid"]:
        record.save()
    return kept(place, answer, record)


def _whole_record(place, document):
    record = place.existing()
    return kept(place, ask(place, {"document": document, "partial": False}, record), record)


def _record(place, document):
    record = place.existing()
    before = stored_text(record)
    answer = ask(place, {"document": document}, record)
    assert stored_text(record) == before
    return kept(place, answer, record)


DOORS = {
    "validate-scope": Door("validate-scope", _scope),
    "validate-record-whole": Door("validate-record-whole", _whole_record, is_update=True),
    "validate-record": Door("validate-record", _record, is_update=True, is_partial=True),
}


@pytest.fixture
def place(model):
    SchemaRecord.objects.define(model, ATTRIBUTES, rules=RULES)
    return Place(model)


@each_model
@each_bad
def test_it_refuses_a_bad_document_with_the_same_problems(place, bad):
    doors = {name: door for name, door in DOORS.items() if not (door.is_partial and bad.is_whole)}
    found = {name: pushed(door, place, bad.document)[0].problems for name, door in doors.items()}

    assert others(found, in_order(bad.problems)) == {}


@each_model
@each_good
def test_it_gives_what_the_other_doors_store(place, good):
    found = {}
    for name, door in DOORS.items():
        outcome, stored = pushed(door, place, good.document)
        found[name] = stored[outcome.key] if outcome.error is None else outcome.problems

    assert others(found, good.stored) == {}


@each_model
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_references_are_keys(place, door):
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in "ab")
    document = {"code": "AB", "agent": one.pk, "agents": [one.pk, two.pk]}
    outcome, stored = pushed(door, place, document)

    assert stored[outcome.key] == document


@each_model
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_without_a_schema_nothing_may_be_stored_and_the_error_says_so(model, door):
    place = Place(model, before={})
    outcome, _ = pushed(door, place, {"title": "x"})

    assert outcome.problems == [(("title",), "unknown")]
    message = ask(place, {"document": {"title": "x"}})["problems"][0]["message"]
    assert message == "No schema applies to this record, so that it can have no attributes."


def about(bad):
    """Return the name of the one attribute that is wrong, None where it is several, or the record as a whole."""
    names = {path[0] if path else None for path, _ in bad.problems}
    return names.pop() if len(names) == 1 and not bad.is_whole and names <= bad.document.keys() else None


#: Those in which one attribute is wrong, by itself.
ONE = {name: bad for name, bad in SENT.items() if about(bad) is not None and name not in ("rule", "required-missing")}


@each_model
@pytest.mark.parametrize("bad", ONE.values(), ids=ONE)
def test_one_attribute_is_refused_for_the_same_reasons(place, bad):
    candidate = {"attribute": about(bad), "value": bad.document[about(bad)]}
    for record in (None, place.existing()):
        found = ask(place, candidate, record)["problems"]
        assert in_order((each["path"], each["code"]) for each in found) == in_order(bad.problems)
