"""Imports refuse the documents that every other door refuses, for the same reasons, and write the others alike."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party
from testapp.models import Note

from jsonattrs_django.models import SchemaRecord
from tests.django.documents import ATTRIBUTES, BAD, GOOD, RULES, Bad
from tests.django.doors import BEFORE, Place, in_order
from tests.django.exchange.exchange_doors import EXCHANGE_DOORS, JSON_DOORS, TEXT_DOORS
from tests.django.test_doors import others, pushed

pytestmark = pytest.mark.django_db

#: Documents that no file holds.
NO_FILE = {"datetime-naive", "text-lone-surrogate"}
JSON = {name: bad for name, bad in BAD.items() if not name.startswith("no-object") and name not in NO_FILE}
#: Documents that no table of texts holds: what stands in a cell is read by the type of its column.
UNWRITTEN = {
    "text-number": "5 is a text",
    "text-control-character": "a workbook cannot hold it",
    "integer-text": "2 is a number",
    "integer-truth": "another code",
    "integer-fraction": "another code",
    "float-text": "0.5 is a number",
    "float-nan": "another value",
    "decimal-float": "1.5 is a decimal number",
    "boolean-number": "another code",
    "date-number": "another code",
    "multiple-no-list": "a cell is a list of one",
    "multiple-null-item": "a gap is a text",
    "multiple-bad-items": "5 is a text",
    "reference-text": "1 is a key",
    "object-list": "another code",
    "unknown": "there is no such column",
    "unknown-retired": "the same",
    "unknown-key": "the same",
    "unknown-reserved": "the same",
    "required-blank": "a blank cell says nothing",
    "several": "there is no such column",
}
TEXTS = {name: bad for name, bad in JSON.items() if name not in UNWRITTEN}
TEXTS |= {
    "items": Bad(
        {"code": "AB", "tags": ["a", "toolong", "c"], "numbers": [1, 10, "x"]},
        [(("tags", 1), "max_length"), (("numbers", 2), "format")],
    ),
    "at-many-attributes": Bad(
        {"code": "a", "count": "x", "born": "x", "agent": 10**9},
        [
            *[(("code",), "min_length"), (("code",), "pattern"), (("count",), "format"), (("born",), "format")],
            (("agent",), "django.not_found"),
        ],
    ),
}
#: As a program gives them: files hold JSON, or texts.
GIVEN = {name: good for name, good in GOOD.items() if name not in ("python", "moment-of-utc")}

each_door = pytest.mark.parametrize("door", EXCHANGE_DOORS.values(), ids=EXCHANGE_DOORS)
each_model = pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
each_bad = pytest.mark.parametrize("bad", JSON.values(), ids=JSON)
each_text = pytest.mark.parametrize("bad", TEXTS.values(), ids=TEXTS)
each_good = pytest.mark.parametrize("good", GIVEN.values(), ids=GIVEN)


def demand_the_same(doors, place, bad):
    found = {
        name: pushed(door, place, bad.document)
        for name, door in doors.items()
        if not (door.is_partial and bad.is_whole)
    }

    assert others({name: outcome.problems for name, (outcome, _) in found.items()}, in_order(bad.problems)) == {}
    assert others({name: [*stored.values()] for name, (_, stored) in found.items()}, [], [BEFORE]) == {}


@each_bad
def test_json_lines_are_refused_with_the_same_problems(bad):
    SchemaRecord.objects.define(Party, ATTRIBUTES, rules=RULES)
    demand_the_same(JSON_DOORS, Place(Party), bad)


@each_text
def test_cells_are_refused_with_the_same_problems(bad):
    SchemaRecord.objects.define(Note, ATTRIBUTES, rules=RULES)
    demand_the_same(TEXT_DOORS, Place(Note), bad)


@each_model
@each_good
def test_every_import_writes_a_good_document_alike(model, good):
    SchemaRecord.objects.define(model, ATTRIBUTES, rules=RULES)
    place, found = Place(model), {}
    for name, door in EXCHANGE_DOORS.items():
        document = good.stored if name in TEXT_DOORS else good.document
        names = {"remark": "note"} if name in TEXT_DOORS else {}
        outcome, stored = pushed(door, place, {names.get(key, key): value for key, value in document.items()})
        found[name] = stored[outcome.key] if outcome.error is None else outcome.problems

    assert others(found, good.stored) == {}


@each_model
@each_door
def test_references_are_keys(model, door):
    SchemaRecord.objects.define(model, ATTRIBUTES, rules=RULES)
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in "ab")

    outcome, stored = pushed(door, Place(model), {"code": "AB", "agent": one, "agents": [one, two]})

    assert stored[outcome.key] == {"code": "AB", "agent": one.pk, "agents": [one.pk, two.pk]}
