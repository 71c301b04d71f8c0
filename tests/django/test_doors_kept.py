"""What a refused write leaves behind: a usable transaction, an error that says which object, and nothing stored."""

from __future__ import annotations

import pickle

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from landregistry.models import Party
from testapp.models import Note

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import SchemaRecord
from tests.django.doors import BEFORE, DOORS, Place
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

BAD = {"code": "ab"}
SINGLE = [door for door in DOORS.values() if not door.is_bulk]
BULK = [door for door in DOORS.values() if door.is_bulk]


def place_of(model):
    SchemaRecord.objects.define(
        model, [Attribute("code", "text", required=True, constraints={"pattern": "[A-Z]+"}), Attribute("n", "integer")]
    )
    return Place(model)


@pytest.mark.parametrize(
    ("model", "door"),
    [
        *[pytest.param(model, door, id=f"{model.__name__}-{door.name}") for model in (Party, Note) for door in SINGLE],
        *[pytest.param(Party, door, id=f"Party-{door.name}") for door in BULK],
    ],
)
def test_a_refusal_leaves_the_transaction_usable(model, door):
    place = place_of(model)

    with transaction.atomic():
        outcome = door(place, BAD)
        after = place.new(BEFORE, "after")
        after.save()

    assert outcome.problems == [(("code",), "pattern")]
    assert plainly_stored(after) == BEFORE


BULK_WRITES = {
    "bulk-create": lambda place, records: place.model.objects.bulk_create(records),
    "bulk-update": lambda place, records: place.model.objects.bulk_update(records, ["attrs"]),
}


@pytest.mark.parametrize("write", BULK_WRITES.values(), ids=BULK_WRITES)
@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_the_error_says_which_object_of_several_it_was(write, wrong, django_assert_num_queries):
    place = place_of(Party)
    make = place.new if write is BULK_WRITES["bulk-create"] else place.changed
    records = [make(BAD if index >= wrong else {"code": "CD"}, str(index)) for index in range(3)]

    with pytest.raises(ValidationError) as caught, django_assert_num_queries(0):
        write(place, records)

    assert caught.value.instance is records[wrong]
    assert caught.value.index == wrong
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.index, again.problems, again.message_dict) == (
        wrong, caught.value.problems, caught.value.message_dict,
    )  # fmt: skip


@pytest.mark.parametrize("write", BULK_WRITES.values(), ids=BULK_WRITES)
def test_the_plain_manager_refuses_at_the_first_bad_object(write):
    place = place_of(Note)
    make = place.new if write is BULK_WRITES["bulk-create"] else place.changed
    records = [make(BAD if index == 1 else {"code": "CD"}, str(index)) for index in range(3)]
    before = {record.pk: plainly_stored(record) for record in Note.objects.all()}

    with pytest.raises(ValidationError) as caught, transaction.atomic():
        write(place, records)

    assert [problem.code for problem in caught.value.problems] == ["pattern"]
    assert {record.pk: plainly_stored(record) for record in Note.objects.all()} == before


def test_update_attributes_says_which_record_refused_and_writes_none():
    place = place_of(Party)
    SchemaRecord.objects.define(Party, [Attribute("n", constraints={"max": 5})], selectors=(None, None, "CO"))
    fine, refusing = place.existing("fine"), place.existing("refusing")
    refusing.type = "CO"
    refusing.save()

    with pytest.raises(ValidationError) as caught:
        Party.objects.update_attributes({"n": 9})

    assert [problem.code for problem in caught.value.problems] == ["max"]
    assert [plainly_stored(fine), plainly_stored(refusing)] == [BEFORE, BEFORE]


def test_update_attributes_names_the_record_where_a_rule_refused():
    place = place_of(Party)
    SchemaRecord.objects.define(
        Party,
        [Attribute("code", "text"), Attribute("n", "integer"), Attribute("most", "integer")],
        rules=[Rule("n <= most", "Too many")],
    )
    place.existing("fine")
    refusing = place.changed({"code": "AB", "most": 3}, "refusing")
    refusing.save()

    with pytest.raises(ValidationError) as caught:
        Party.objects.update_attributes({"n": 9})

    assert caught.value.instance == refusing
    assert [plainly_stored(record).get("n") for record in Party.objects.all()] == [None, None]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_the_error_is_djangos_own_with_an_entry_for_each_problem(door):
    place = place_of(Party)

    error = door(place, {"code": "ab", "n": "x"}).error

    assert isinstance(error, ValidationError)
    entries = sorted(error.error_dict["attrs"], key=lambda entry: entry.code)
    assert [(entry.code, entry.params["attribute"]) for entry in entries] == [("pattern", "code"), ("type", "n")]
    assert "ab" not in str(error)
    if not door.name.startswith("full-clean"):  # whose error is made by Django, of the entries
        assert sorted(problem.code for problem in error.problems) == ["pattern", "type"]
