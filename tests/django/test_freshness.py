"""A schema change is seen at once where it is made, everywhere within the bound once committed, nowhere otherwise."""

from __future__ import annotations

import gc
import threading
import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import AttributeRecord, SchemaRecord, SelectorRecord
from jsonattrs_django.schemas.generation import pending_changes
from tests.django.others import Process, Thread, elsewhere
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db(transaction=True)

BOUND = 0.3


class Failure(Exception):
    """What makes a transaction fail."""


@pytest.fixture(autouse=True)
def bound(settings):
    settings.JSONATTRS = {"FRESHNESS": BOUND}


def define(*names, model=Place, type_="text", **options):
    return SchemaRecord.objects.define(model, [Attribute(name, type_) for name in names], **options)


def names(model=Place, selectors=()):
    return [*SchemaRecord.objects.for_selectors(model, selectors)]


def types(model=Place):
    return {name: each.type for name, each in SchemaRecord.objects.for_selectors(model).items()}


NAMES = "[*SchemaRecord.objects.for_selectors(Place)]"


# ---- another process ----


def test_a_change_is_seen_by_another_process_within_the_bound():
    define("a")
    with Process(FRESHNESS=BOUND) as other:
        assert other.ask(NAMES) == ["a"]

        define("a", "b")
        time.sleep(BOUND)

        assert other.ask(NAMES) == ["a", "b"]
        assert other.ask("Place.objects.create(attrs={'b': 'x'}).attrs['b']") == "x"


def test_a_change_made_by_another_process_is_seen_here_within_the_bound():
    define("a")
    place = Place.objects.create(attrs={"a": "x"})
    with Process(FRESHNESS=BOUND) as other:
        other.ask("SchemaRecord.objects.define(Place, [Attribute('b', 'text')]).pk")
        time.sleep(BOUND)

    assert names() == ["b"]
    assert (dict(place.attrs), place.attrs.orphans) == ({}, {"a": "x"})
    with pytest.raises(KeyError):
        place.attrs["a"] = "y"


def test_within_the_bound_a_process_may_look_once_and_no_more_often():
    define("a")
    with Process(FRESHNESS=60) as other:
        assert other.ask(NAMES) == ["a"]
        define("b")
        assert other.ask(NAMES) == ["a"]
        written = other.ask("Place.objects.create(attrs={'a': 'x'}).pk")

    # What was written within the bound is as what was written before the change: readable, and reported.
    place = Place.objects.get(pk=written)
    assert (dict(place.attrs), place.attrs.orphans) == ({}, {"a": "x"})


def test_without_a_bound_it_is_seen_at_once():
    define("a")
    with Process(FRESHNESS=0) as other:
        for name in "bcd":
            define(name)
            assert other.ask(NAMES) == [name]


CHANGES = {
    "define": lambda record: define("b"),
    "retire": lambda record: record.retire(),
    "retire-of-the-manager": lambda record: SchemaRecord.objects.set_retired([record], True),
    "delete": lambda record: record.delete(),
    "delete-of-a-query-set": lambda record: SchemaRecord.objects.all().delete(),
    "update-of-a-query-set": lambda record: SchemaRecord.objects.update(is_retired=True),
    "attribute-saved": lambda record: _saved(record.attributes.get()),
    "attribute-deleted": lambda record: record.attributes.get().delete(),
    "attributes-deleted": lambda record: AttributeRecord.objects.all().delete(),
    "attribute-created": lambda record: AttributeRecord.objects.create(
        schema=record, position=1, key="b", definition={"name": "b", "key": "b", "type": "text"}
    ),
    "attributes-created": lambda record: AttributeRecord.objects.bulk_create(
        [AttributeRecord(schema=record, position=1, key="b", definition={"name": "b", "key": "b", "type": "text"})]
    ),
    "attributes-updated": lambda record: AttributeRecord.objects.update(
        definition={"name": "b", "key": "b", "type": "text"}
    ),
    "attributes-updated-in-bulk": lambda record: _updated_in_bulk(record.attributes.get()),
}


def _saved(attribute):
    attribute.definition = {**attribute.definition, "name": "b"}
    attribute.save()


def _updated_in_bulk(attribute):
    attribute.definition = {**attribute.definition, "name": "b"}
    AttributeRecord.objects.bulk_update([attribute], ["definition"])


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_through_whichever_door_is_seen_at_once_here_and_in_other_threads(change):
    record = define("a")
    place = Place.objects.create(attrs={"a": "x"})
    assert (names(), elsewhere(names), list(place.attrs)) == (["a"], ["a"], ["a"])

    change(record)

    after = names()
    assert after != ["a"]
    assert elsewhere(names) == after
    assert list(place.attrs) == [name for name in after if name == "a" or name in place.attrs]


def test_a_selector_that_is_changed_past_every_interface_is_seen_at_once():
    SchemaRecord.objects.define(Note, [Attribute("a", "text")], selectors=(None, "x"))
    assert names(Note, (None, "x")) == ["a"]

    SelectorRecord.objects.filter(value="x").delete()
    SchemaRecord.objects.all().delete()

    assert names(Note, (None, "x")) == []


# ---- a change that is not committed ----


def test_a_change_is_seen_at_once_in_its_own_transaction_and_nowhere_else_before_it_commits():
    define("a")
    with Process(FRESHNESS=0) as other:
        with transaction.atomic():
            define("b")
            assert names() == ["b"]
            place = Place.objects.create(attrs={"b": "x"})
            assert elsewhere(names) == ["a"]
            assert other.ask(NAMES) == ["a"]
            assert names() == ["b"]

        assert names() == elsewhere(names) == other.ask(NAMES) == ["b"]
    assert plainly_stored(place) == {"b": "x"}


def test_what_others_look_up_meanwhile_is_not_what_they_see_after_the_commit():
    define("a")
    with transaction.atomic():
        define("b")
        for _ in range(3):
            assert elsewhere(names) == ["a"]
            assert names() == ["b"]
    assert elsewhere(names) == names() == ["b"]


def _full():
    with suppress(Failure), transaction.atomic():
        define("b", type_="integer")
        assert types() == {"b": "integer"}
        assert elsewhere(names) == ["a"]
        raise Failure


def _to_a_savepoint():
    with transaction.atomic():
        with suppress(Failure), transaction.atomic():
            define("b", type_="integer")
            assert types() == {"b": "integer"}
            raise Failure
        assert types() == {"a": "text"}


def _after_a_savepoint():
    with suppress(Failure), transaction.atomic():
        with transaction.atomic():
            define("b", type_="integer")
        assert types() == {"b": "integer"}
        raise Failure


def _refused():
    with suppress(Exception), transaction.atomic():
        define("b", type_="integer")
        assert types() == {"b": "integer"}
        define("c", type_="no such type")


def _by_hand():
    record = SchemaRecord.objects.get()
    with suppress(Failure), transaction.atomic():
        AttributeRecord.objects.filter(schema=record).delete()
        assert types() == {}
        raise Failure


ROLLBACKS = {
    "full": _full,
    "to-a-savepoint": _to_a_savepoint,
    "after-a-savepoint": _after_a_savepoint,
    "refused": _refused,
    "by-hand": _by_hand,
}


@pytest.mark.parametrize("roll_back", ROLLBACKS.values(), ids=ROLLBACKS)
def test_a_change_that_is_rolled_back_leaves_no_trace(roll_back):
    define("a")
    place = Place.objects.create(attrs={"a": "x"})

    with Process(FRESHNESS=0) as other:
        roll_back()

        assert types() == elsewhere(types) == {"a": "text"}
        assert other.ask(NAMES) == ["a"]
    assert dict(place.attrs) == {"a": "x"}
    with pytest.raises(ValidationError):
        Place.objects.create(attrs={"b": 1})

    define("b", type_="text")
    assert types() == elsewhere(types) == {"b": "text"}
    assert Place.objects.create(attrs={"b": "x"}).attrs["b"] == "x"


def test_a_change_rolled_back_to_a_savepoint_leaves_the_one_before_it():
    define("a")
    with transaction.atomic():
        define("b")
        assert names() == ["b"]
        with suppress(Failure), transaction.atomic():
            define("c")
            assert names() == ["c"]
            raise Failure
        assert names() == ["b"]
        define("d")
        assert names() == ["d"]

    assert names() == elsewhere(names) == ["d"]


def test_a_record_read_in_a_transaction_that_is_rolled_back_reads_as_before():
    define("a")
    place = Place.objects.create(attrs={"a": "x"})
    with suppress(Failure), transaction.atomic():
        define("b")
        assert dict(place.attrs) == {}
        assert place.attrs.orphans == {"a": "x"}
        raise Failure

    assert dict(place.attrs) == {"a": "x"}
    place.attrs["a"] = "y"
    place.save()
    assert plainly_stored(place) == {"a": "y"}


def test_readers_never_see_what_is_rolled_back_however_often_they_look():
    define("a")
    done = threading.Event()

    def look():
        seen = set()
        while not done.is_set():
            seen.add(tuple(names()))
        return seen

    readers = [Thread(look) for _ in range(3)]
    for _ in range(15):
        with suppress(Failure), transaction.atomic():
            define("b")
            assert names() == ["b"]
            raise Failure
    done.set()

    assert {each for reader in readers for each in reader.answer()} == {("a",)}


def test_a_change_of_one_field_does_not_hide_another_models_schemas():
    organization = Organization.objects.create(slug="o", name="O")
    define("a", model=Party, selectors=(organization,))
    project = Project.objects.create(organization=organization, slug="p", name="P")

    with transaction.atomic():
        define("b")
        assert names() == ["b"]
        assert names(Party, (organization, project)) == ["a"]


@pytest.mark.parametrize("is_undone", [False, True], ids=["committed", "rolled-back"])
def test_a_change_that_is_over_slows_nobody(is_undone):
    with transaction.atomic():
        SchemaRecord.objects.define(Place, [Attribute("score", "integer")])
        place = Place.objects.create(attrs={"score": 1})
        assert place.attrs["score"] == 1
        assert pending_changes
        transaction.set_rollback(is_undone)

    gc.collect()

    assert not pending_changes
    assert place is not None


def test_what_this_process_has_committed_is_seen_in_its_next_transaction():
    with transaction.atomic():
        assert "later" not in Organization().attrs.schema
    SchemaRecord.objects.define(Organization, [Attribute("later", "text")])
    with transaction.atomic():
        assert "later" in Organization().attrs.schema
