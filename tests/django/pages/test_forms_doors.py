"""Forms refuse the documents that every other door refuses, for the same reasons, and write the others alike."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party
from testapp.models import Note

from jsonattrs_django.models import SchemaRecord
from tests.django.documents import ATTRIBUTES, BAD, GOOD, RULES, Bad
from tests.django.doors import BEFORE, Place, in_order
from tests.django.pages.form_doors import FORM_DOORS
from tests.django.test_doors import others, pushed

pytestmark = pytest.mark.django_db

#: Documents that nobody can type: what a form reads in their place, or why it has no place for it.
UNTYPED = {
    "text-number": "5 is a text",
    "text-lone-surrogate": "browsers send no half characters",
    "integer-text": "2 is a number",
    "integer-truth": "another code",
    "float-text": "0.5 is a number",
    "decimal-float": "1.5 is a decimal number",
    "boolean-number": "1 is yes",
    "date-number": "another code",
    "datetime-without-offset": "it is in the current time zone",
    "datetime-naive": "the same",
    "multiple-no-list": "one line is one value",
    "multiple-null-item": "a blank line is no value",
    "multiple-bad-items": "5 is a text",
    "reference-text": "1 is a key",
    "object-list": "another code",
    "unknown": "there is no such field",
    "unknown-retired": "the same",
    "unknown-key": "the same",
    "unknown-reserved": "the same",
    "several": "there is no such field",
}
TYPED = {name: bad for name, bad in BAD.items() if name not in UNTYPED and not name.startswith("no-object")}
#: A blank of something that was never there says nothing.
WRITTEN = {name: good for name, good in GOOD.items() if name not in ("nulls", "empty")}

TYPED |= {
    "items": Bad(
        {"code": "AB", "tags": ["a", "toolong", "c"], "numbers": [1, 10, "x"]},
        [(("tags", 1), "max_length"), (("numbers", 2), "format")],
    ),
    "items-of-which-none-can-be-read": Bad(
        {"code": "AB", "numbers": ["x", 1, "y"]}, [(("numbers", 0), "format"), (("numbers", 2), "format")]
    ),
    "at-many-attributes": Bad(
        {"code": "a", "count": "x", "born": "x"},
        [(("code",), "min_length"), (("code",), "pattern"), (("count",), "format"), (("born",), "format")],
    ),
}
NAMES = {attribute.key or attribute.name: attribute.name for attribute in ATTRIBUTES}

each_door = pytest.mark.parametrize("door", FORM_DOORS.values(), ids=FORM_DOORS)
each_model = pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
each_bad = pytest.mark.parametrize("bad", TYPED.values(), ids=TYPED)
each_good = pytest.mark.parametrize("good", WRITTEN.values(), ids=WRITTEN)


#: What rules and conditions look at together.
TOGETHER = ({"count", "ratio"}, {"active", "parent"}, {"code", "title"})


def place_for(model, document):
    """Return a place whose schema has what a document is about: pages of twenty attributes take their time."""
    names = {"code", *(NAMES.get(name, name) for name in document)}
    names |= {name for several in TOGETHER if several & names for name in several}
    rules = [rule for rule in RULES if "count" not in rule.expression or "count" in names]
    SchemaRecord.objects.define(model, [each for each in ATTRIBUTES if each.name in names], rules=rules)
    return Place(model)


def doors_for(bad):
    return {name: door for name, door in FORM_DOORS.items() if not (door.is_partial and bad.is_whole)}


@each_bad
def test_every_form_refuses_a_bad_document_with_the_same_problems(bad):
    place = place_for(Party, bad.document)
    found = {name: pushed(door, place, bad.document) for name, door in doors_for(bad).items()}

    assert others({name: outcome.problems for name, (outcome, _) in found.items()}, in_order(bad.problems)) == {}
    assert others({name: [*stored.values()] for name, (_, stored) in found.items()}, [], [BEFORE], [BEFORE] * 2) == {}


@each_model
@each_good
def test_every_form_writes_a_good_document_alike(model, good):
    place, found = place_for(model, good.stored), {}
    for name, door in FORM_DOORS.items():
        outcome, stored = pushed(door, place, {NAMES[key]: value for key, value in good.stored.items()})
        found[name] = stored[outcome.key] if outcome.error is None else outcome.problems

    assert others(found, good.stored) == {}


@each_model
@each_door
def test_references_are_chosen_by_their_keys(model, door):
    place = place_for(model, ("agent", "agents"))
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in "ab")

    outcome, stored = pushed(door, place, {"code": "AB", "agent": one, "agents": [one, two]})

    assert stored[outcome.key] == {"code": "AB", "agent": one.pk, "agents": [one.pk, two.pk]}


@each_model
@each_door
def test_without_a_schema_a_form_has_no_attributes_and_saves_the_rest(model, door):
    outcome, stored = pushed(door, Place(model, before={}), {"title": "x"})

    assert stored[outcome.key] == {}
