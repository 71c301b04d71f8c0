"""The mapping is a dict in all that a dict does, and checks and writes by whichever of its methods it is changed."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from testapp.models import Note, Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("score", "integer", constraints={"max": 9}),
    Attribute("born", "date"),
    Attribute("tags", "text", multiple=True),
    Attribute("data", "object"),
    Attribute("place", "reference", constraints={"model": "testapp.Place"}),
    Attribute("free", "integer"),
)
BEFORE = {"score": 1, "born": "1984-02-29", "tags": ["a"], "data": {"x": [1]}, "orphan": True}


@pytest.fixture(params=[Place, Note], ids=["AttributeManager", "plain-manager"])
def record(request):
    SchemaRecord.objects.define(request.param, ATTRIBUTES)
    made = request.param.objects.create()
    store(made, json.dumps(BEFORE))
    return request.param.objects.get(pk=made.pk)


def _merge_in_place(attrs, name, value):
    attrs |= {name: value}


SETTERS = {
    "item": lambda attrs, name, value: attrs.__setitem__(name, value),
    "update": lambda attrs, name, value: attrs.update({name: value}),
    "update-pairs": lambda attrs, name, value: attrs.update([(name, value)]),
    "update-keywords": lambda attrs, name, value: attrs.update(**{name: value}),
    "or": _merge_in_place,
    "setdefault": lambda attrs, name, value: attrs.setdefault(name, value),
}
each_setter = pytest.mark.parametrize("setter", SETTERS.values(), ids=SETTERS)


@each_setter
def test_what_is_set_is_normalised_and_written(record, setter):
    setter(record.attrs, "free", 3.0)

    assert (record.attrs["free"], type(record.attrs["free"])) == (3, int)
    record.save()
    assert plainly_stored(record) == {**BEFORE, "free": 3}


@each_setter
@pytest.mark.parametrize(
    ("name", "value", "error"),
    [("free", "x", ValidationError), ("colour", 1, KeyError), ("orphan", 1, KeyError), ("$held", 1, KeyError)],
    ids=["bad", "unknown", "orphan", "reserved"],
)
def test_what_is_wrong_is_refused_at_once_and_leaves_everything_as_it_was(record, setter, name, value, error):
    before = dict(record.attrs)

    with pytest.raises(error):
        setter(record.attrs, name, value)

    assert dict(record.attrs) == before
    assert record.attrs.changed == ()
    record.save()
    assert plainly_stored(record) == BEFORE


@pytest.mark.parametrize("wrong", [{"free": "x"}, {"colour": 1}], ids=["bad", "unknown"])
def test_update_sets_all_or_none(record, wrong):
    with pytest.raises((ValidationError, KeyError)):
        record.attrs.update({"score": 2, **wrong})

    assert record.attrs["score"] == 1


def _delete(attrs):
    del attrs["score"]


REMOVERS = {
    "del": (_delete, {"score"}),
    "pop": (lambda attrs: attrs.pop("score"), {"score"}),
    "pop-with-default": (lambda attrs: attrs.pop("score", None), {"score"}),
    "pop-of-nothing": (lambda attrs: attrs.pop("free", None), set()),
    "popitem": (lambda attrs: attrs.popitem(), {"data"}),
    "clear": (lambda attrs: attrs.clear(), {"score", "born", "tags", "data"}),
}


@pytest.mark.parametrize(("remove", "gone"), REMOVERS.values(), ids=REMOVERS)
def test_what_is_removed_is_removed_from_the_record_and_orphans_stay(record, remove, gone):
    remove(record.attrs)

    assert gone.isdisjoint(record.attrs)
    record.save()
    assert plainly_stored(record) == {name: value for name, value in BEFORE.items() if name not in gone}


def test_removing_what_is_not_there_is_a_key_error(record):
    for remove in (record.attrs.pop, record.attrs.__delitem__):
        for name in ("free", "colour", "orphan"):
            with pytest.raises(KeyError):
                remove(name)


# ---- held for longer than a moment ----


def test_a_mapping_that_is_held_takes_several_changes(record):
    attrs = record.attrs
    attrs["score"] = 2
    attrs["free"] = 3
    del attrs["born"]

    assert (attrs["score"], attrs["free"], "born" in attrs) == (2, 3, False)
    assert record.attrs == attrs
    record.save()
    assert plainly_stored(record) == {"score": 2, "free": 3, "tags": ["a"], "data": {"x": [1]}, "orphan": True}


def test_two_mappings_of_one_record_write_to_the_same(record):
    one, other = record.attrs, record.attrs
    one["score"] = 2
    other["free"] = 3

    assert (record.attrs["score"], record.attrs["free"]) == (2, 3)
    record.save()
    assert plainly_stored(record) == {**BEFORE, "score": 2, "free": 3}


def _after_a_save(record):
    record.save()


def _after_a_change(record):
    record.attrs["score"] = 1


def _after_a_change_and_a_save(record):
    record.attrs["score"] = 1
    record.save()


def _after_reading(record):
    assert dict(record.attrs)
    assert record.attrs.dump()
    assert record.attrs.problems() == ()


def _after_nothing(record):
    pass


BETWEEN = {
    "nothing": _after_nothing,
    "reading": _after_reading,
    "a-change": _after_a_change,
    "a-save": _after_a_save,
    "a-change-and-a-save": _after_a_change_and_a_save,
}
each_between = pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)


@each_between
@pytest.mark.parametrize("holds", ["mapping", "value"])
def test_a_list_or_an_object_that_is_held_is_edited_and_saved(record, between, holds):
    attrs = record.attrs
    tags, data = attrs["tags"], attrs["data"]
    between(record)
    if holds == "mapping":
        tags, data = attrs["tags"], attrs["data"]
    tags.append("b")
    data["x"].append(2)

    assert (record.attrs["tags"], record.attrs["data"]) == (["a", "b"], {"x": [1, 2]})
    record.save()
    assert plainly_stored(record) == {**BEFORE, "tags": ["a", "b"], "data": {"x": [1, 2]}}


@pytest.mark.parametrize(
    "read",
    [
        lambda attrs: attrs["tags"],
        lambda attrs: attrs.get("tags"),
        lambda attrs: dict(attrs.items())["tags"],
        lambda attrs: list(attrs.values())[2],
        lambda attrs: attrs.setdefault("tags", []),
    ],
    ids=["item", "get", "items", "values", "setdefault"],
)
def test_a_list_may_be_edited_however_it_was_got(record, read):
    read(record.attrs).append("b")
    record.save()

    assert plainly_stored(record) == {**BEFORE, "tags": ["a", "b"]}


def test_a_mapping_that_is_held_writes_to_what_the_record_has_become(record):
    attrs = record.attrs
    store(record, '{"score": 5, "tags": ["z"]}')
    record.refresh_from_db()
    attrs["free"] = 3
    record.save()

    assert plainly_stored(record) == {"score": 5, "tags": ["z"], "free": 3}
    assert record.attrs == {"score": 5, "tags": ["z"], "free": 3}


def test_a_mapping_that_is_held_knows_no_attribute_that_the_schema_has_lost(record):
    attrs = record.attrs
    assert attrs["score"] == 1
    SchemaRecord.objects.define(type(record), ATTRIBUTES[1:])

    with pytest.raises(KeyError):
        attrs["score"] = 2
    with pytest.raises(KeyError):
        record.attrs["score"]
    record.save()
    assert plainly_stored(record) == BEFORE


# ---- as a dict ----


def test_it_reads_as_a_dict_does(record):
    attrs = record.attrs
    expected = {"score": 1, "born": attrs["born"], "tags": ["a"], "data": {"x": [1]}}

    assert attrs == expected
    assert expected == attrs
    assert {**attrs} == dict(attrs) == attrs.copy() == (attrs | {}) == ({} | attrs) == expected
    assert [*attrs] == [*attrs.keys()] == [name for name, _ in attrs.items()] == list(expected)
    assert [*attrs.values()] == [*expected.values()]
    assert [*reversed(attrs)] == [*expected][::-1]
    assert (len(attrs), bool(attrs), "score" in attrs, "free" in attrs) == (4, True, True, False)
    assert attrs.get("free", 7) == 7
    assert {name: value for name, value in attrs.items() if name != "born"} == json.loads(
        json.dumps({name: value for name, value in attrs.items() if name != "born"})
    )
    assert json.loads(json.dumps(attrs.dump())) == {name: value for name, value in BEFORE.items() if name != "orphan"}
    match attrs:
        case {"score": score}:
            assert score == 1


def test_the_order_is_that_of_the_schema_whatever_was_set(record):
    record.attrs["free"] = 1
    record.attrs["score"] = 2
    record.attrs.update(born="2000-01-01")
    expected = ["score", "born", "tags", "data", "free"]

    assert [*record.attrs] == [*record.attrs.keys()] == [name for name, _ in record.attrs.items()] == expected
    assert [*record.attrs.dump()] == [*record.attrs.copy()] == [*dict(record.attrs)] == expected
    assert dict(zip(record.attrs.keys(), record.attrs.values(), strict=True)) == record.attrs


def test_a_reference_is_the_record_however_it_is_read(record):
    target = Place.objects.create(name="target")
    if type(record) is Note:
        SchemaRecord.objects.define(Place, ATTRIBUTES)
    record.attrs["place"] = target
    record.save()
    found = type(record).objects.get(pk=record.pk)

    assert found.attrs["place"] == found.attrs.get("place") == target
    assert dict(found.attrs.items())["place"] == [*found.attrs.values()][-1] == target
    assert found.attrs.dump()["place"] == target.pk
    assert found.attrs == {**{name: found.attrs[name] for name in found.attrs}, "place": target}
