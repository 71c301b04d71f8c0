"""Two who change different attributes of one record both win; the connections, threads and processes are real."""

from __future__ import annotations

import threading
import time
from contextlib import nullcontext

import pytest
from django.db import transaction
from landregistry.models import Organization
from testapp.models import Note

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.others import Process, Thread, elsewhere
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = "abcdefgh"
BEFORE = {"a": 1, "b": 1, "tags": ["x"], "orphan": 1}
each_model = pytest.mark.parametrize("model", [Organization, Note], ids=["AttributeManager", "plain-manager"])


def record_of(model):
    SchemaRecord.objects.define(
        model, [*[Attribute(name, "integer") for name in NAMES], Attribute("tags", "text", multiple=True)]
    )
    made = model.objects.create()
    store(made, '{"a": 1, "b": 1, "tags": ["x"], "orphan": 1}')
    return made


def _save(record):
    record.save()


def _save_field(record):
    record.save(update_fields=["attrs"])


def _bulk_update(record):
    type(record).objects.bulk_update([record], ["attrs"])


SAVES = {"save": _save, "save-field": _save_field, "bulk-update": _bulk_update}


def _set(record, name):
    record.attrs[name] = 2


def _null(record, name):
    record.attrs[name] = None


def _remove(record, name):
    del record.attrs[name]


CHANGES = {
    "set": (_set, lambda name: {name: 2}),
    "null": (_null, lambda name: {name: None}),
    "remove": (_remove, lambda name: {}),
}


@each_model
@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
@pytest.mark.parametrize(("mine", "mine_after"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("theirs", "theirs_after"), CHANGES.values(), ids=CHANGES)
def test_two_who_read_the_same_record_and_change_different_attributes(
    model, save, mine, mine_after, theirs, theirs_after
):
    record = record_of(model)
    my_copy, their_copy = model.objects.get(pk=record.pk), elsewhere(lambda: model.objects.get(pk=record.pk))
    mine(my_copy, "a")
    theirs(their_copy, "b")

    save(my_copy)
    elsewhere(lambda: save(their_copy))

    kept = {key: value for key, value in BEFORE.items() if key not in "ab"}
    assert plainly_stored(record) == {**kept, **mine_after("a"), **theirs_after("b")}


@each_model
def test_a_list_edited_in_place_and_an_attribute_changed_elsewhere(model):
    record = record_of(model)
    my_copy, their_copy = (model.objects.get(pk=record.pk) for _ in range(2))
    my_copy.attrs["tags"].append("y")
    their_copy.attrs["a"] = 2

    elsewhere(their_copy.save)
    my_copy.save()

    assert plainly_stored(record) == {**BEFORE, "a": 2, "tags": ["x", "y"]}


@each_model
@pytest.mark.parametrize("is_in_transaction", [False, True], ids=["autocommit", "one-transaction"])
def test_two_instances_of_one_record_change_different_attributes(model, is_in_transaction):
    record = record_of(model)

    with transaction.atomic() if is_in_transaction else nullcontext():
        one, two, three = (model.objects.get(pk=record.pk) for _ in range(3))
        one.attrs["a"] = 2
        del two.attrs["b"]
        three.attrs["c"] = 3
        for each in (one, two, three, one):
            each.save()

    assert plainly_stored(record) == {"a": 2, "c": 3, "tags": ["x"], "orphan": 1}


@each_model
def test_whoever_waits_for_a_transaction_merges_into_what_it_wrote(model):
    record = record_of(model)
    my_copy, their_copy = (model.objects.get(pk=record.pk) for _ in range(2))
    my_copy.attrs["a"] = 2
    del their_copy.attrs["b"]

    with transaction.atomic():
        my_copy.save()
        waiting = Thread(their_copy.save)
        time.sleep(0.2)
        assert waiting.is_alive()
    waiting.answer()

    assert plainly_stored(record) == {"a": 2, "tags": ["x"], "orphan": 1}


@each_model
def test_whoever_waits_for_a_transaction_that_is_rolled_back_loses_nothing(model):
    record = record_of(model)
    my_copy, their_copy = (model.objects.get(pk=record.pk) for _ in range(2))
    my_copy.attrs["a"] = 2
    their_copy.attrs["b"] = 2

    with transaction.atomic():
        my_copy.save()
        waiting = Thread(their_copy.save)
        time.sleep(0.2)
        transaction.set_rollback(True)
    waiting.answer()
    my_copy.save()

    assert plainly_stored(record) == {**BEFORE, "a": 2, "b": 2}


@each_model
def test_many_threads_at_once(model):
    record = record_of(model)
    together = threading.Barrier(len(NAMES))

    def count(name):
        together.wait()
        for number in range(10):
            mine = model.objects.get(pk=record.pk)
            mine.attrs[name] = number
            mine.save()

    threads = [Thread(lambda name=name: count(name)) for name in NAMES]
    for thread in threads:
        thread.answer()

    assert plainly_stored(record) == {**dict.fromkeys(NAMES, 9), "tags": ["x"], "orphan": 1}


def test_two_processes_at_once():
    record = record_of(Organization)
    with Process() as other:
        other.start(f"[changed(Organization.objects.get(pk={record.pk}), b=number) for number in range(50)]")
        for number in range(50):
            mine = Organization.objects.get(pk=record.pk)
            mine.attrs["a"] = number
            mine.save()
        other.answer()

    assert plainly_stored(record) == {**BEFORE, "a": 49, "b": 49}


@each_model
def test_update_attributes_and_a_save(model):
    record = record_of(model)
    mine = model.objects.get(pk=record.pk)
    mine.attrs["a"] = 2

    assert elsewhere(lambda: update_attributes(model.objects.all(), {"b": 3, "c": None})) == 1
    mine.save()

    assert plainly_stored(record) == {**BEFORE, "a": 2, "b": 3, "c": None}


def test_update_attributes_waits_for_a_record_whose_rule_must_be_asked():
    record = record_of(Organization)
    SchemaRecord.objects.define(
        Organization,
        [Attribute("a", "integer"), Attribute("b", "integer")],
        rules=[Rule("a + b <= 10", "Too much")],
    )
    mine = Organization.objects.get(pk=record.pk)
    mine.attrs["a"] = 9
    with transaction.atomic():
        mine.save()
        waiting = Thread(lambda: update_attributes(Organization.objects.all(), {"b": 5}))
        time.sleep(0.2)

    with pytest.raises(Exception, match="Too much"):
        waiting.answer()
    assert plainly_stored(record)["b"] == 1
