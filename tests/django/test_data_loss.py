"""What a save does not mention stays; null is stored, and removing removes. Each row lost data when done plainly."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from testapp.models import Keyed, Note, Place, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.doors import waited_for
from tests.django.stored import exactly, plainly_stored, store, stored, stored_text

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("score", "integer"),
    Attribute("gender", "text"),
    Attribute("tags", "text", multiple=True),
    Attribute("data", "object"),
    Attribute("level", "text", required=True, default="low"),
)
TEXT = (
    '{"score": 1, "gender": null, "tags": ["a", "b"], "data": {"x": 1.10, "deep": {"y": null}}, "level": "high",'
    ' "orphan": 1234567890123456789012345678901234567890, "$held": "x"}'
)


@pytest.fixture
def keyed():
    return _record(Keyed, code="k", name="before")


@pytest.fixture
def place():
    return _record(Place, name="before")


@pytest.fixture
def note():
    return _record(Note, title="before")


def _record(model, **columns):
    SchemaRecord.objects.define(model, ATTRIBUTES)
    made = model.objects.create(**columns)
    store(made, TEXT)
    return model.objects.get(pk=made.pk)


# ---- an instance that was never read ----

UNREAD = {
    "save": lambda: Keyed(code="k", name="after").save(),
    "save-update": lambda: Keyed(code="k", name="after").save(force_update=True),
    "save-columns": lambda: Keyed(code="k", name="after").save(update_fields=["name", "count"]),
    "save-with-the-field": lambda: Keyed(code="k", name="after").save(update_fields=["name", "attrs"]),
    "asave": lambda: waited_for(Keyed(code="k", name="after").asave),
    "update-or-create": lambda: Keyed.objects.update_or_create(code="k", defaults={"name": "after"}),
    "update": lambda: Keyed.objects.filter(code="k").update(name="after"),
    "bulk-update": lambda: Keyed.objects.bulk_update([Keyed(code="k", name="after")], ["name"]),
    "bulk-update-with-the-field": lambda: Keyed.objects.bulk_update([Keyed(code="k", name="after")], ["name", "attrs"]),
    "plain-bulk-update": lambda: Keyed._base_manager.bulk_update([Keyed(code="k", name="after")], ["name", "attrs"]),
    "bulk-create": lambda: Keyed.objects.bulk_create(
        [Keyed(code="k", name="after")], update_conflicts=True, unique_fields=["code"], update_fields=["name"]
    ),
}


@pytest.mark.parametrize("write", UNREAD.values(), ids=UNREAD)
def test_attributes_that_were_never_mentioned_stay(keyed, write):
    before = stored(keyed)

    write()

    keyed.refresh_from_db()
    assert (keyed.name, stored(keyed)) == ("after", before)


@pytest.mark.parametrize("fixture", ["place", "note"])
def test_saving_under_a_number_that_is_taken_erases_nothing(request, fixture):
    record = request.getfixturevalue(fixture)
    before = stored(record)
    label = "name" if fixture == "place" else "title"

    type(record)(pk=record.pk, **{label: "after"}).save()

    record.refresh_from_db()
    assert (getattr(record, label), stored(record)) == ("after", before)


def test_one_attribute_of_an_instance_that_was_never_read_is_merged(keyed):
    unread = Keyed(code="k", name="after")
    unread.attrs["score"] = 2

    unread.save()

    assert stored(keyed) == exactly(TEXT.replace('"score": 1', '"score": 2'))


def test_a_new_key_inserts_with_defaults(keyed):
    Keyed(code="new", attrs={"score": 1}).save()

    assert plainly_stored(Keyed.objects.get(code="new")) == {"score": 1, "level": "low"}


def test_an_insert_that_must_not_update_fails_and_erases_nothing(keyed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Keyed(code="k", attrs={"score": 2}).save(force_insert=True)

    assert stored(keyed) == exactly(TEXT)


READS = {
    "only": lambda model: model.objects.only("name"),
    "defer": lambda model: model.objects.defer("attrs"),
    "raw": lambda model: model.objects.raw(f'SELECT id, name FROM "{model._meta.db_table}"'),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_deferred_document_is_not_written(place, read, django_assert_num_queries):
    (found,) = read(Place)
    found.name = "after"

    with django_assert_num_queries(1):
        found.save()

    place.refresh_from_db()
    assert (place.name, stored(place)) == ("after", exactly(TEXT))


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_deferred_document_is_read_when_it_is_asked_for(place, read):
    (found,) = read(Place)

    assert found.attrs["score"] == 1
    found.attrs["score"] = 2
    found.save()

    assert stored(place) == exactly(TEXT.replace('"score": 1', '"score": 2'))


# ---- the whole set of attributes ----


def test_assigning_removes_the_defined_attributes_left_out_and_keeps_orphans(place):
    place.attrs = {"level": "mid", "score": None}

    place.save()

    orphan = '"orphan": 1234567890123456789012345678901234567890, "$held": "x"'
    assert stored(place) == exactly('{"level": "mid", "score": null, ' + orphan + "}")


def test_assigning_the_mapping_of_another_record_copies_it(place):
    other = Place.objects.create(attrs={"score": 7, "level": "mid"})

    other.attrs = place.attrs
    other.save()
    other.attrs["tags"].append("c")
    other.save()

    assert plainly_stored(other)["tags"] == ["a", "b", "c"]
    assert stored(place) == exactly(TEXT)


def test_of_two_fields_only_the_changed_one_is_written():
    for field in ("left", "right"):
        SchemaRecord.objects.define(Twin, [Attribute("n", "integer")], field=field)
    twin = Twin.objects.create(left={"n": 1}, right={"n": 1})
    mine, theirs = (Twin.objects.get(pk=twin.pk) for _ in range(2))
    mine.left["n"] = 2
    theirs.right["n"] = 3

    mine.save()
    theirs.save()

    assert (plainly_stored(twin, "left"), plainly_stored(twin, "right")) == ({"n": 2}, {"n": 3})


# ---- null and removal ----


SAVES = {
    "save": lambda record: record.save(),
    "save-field": lambda record: record.save(update_fields=["attrs"]),
    "bulk-update": lambda record: type(record).objects.bulk_update([record], ["attrs"]),
}
each_save = pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)


@pytest.mark.parametrize("fixture", ["place", "note"])
@each_save
@pytest.mark.parametrize("name", ["score", "gender", "tags", "data"])
def test_a_removed_attribute_is_gone_and_nothing_else_is(request, fixture, save, name):
    record = request.getfixturevalue(fixture)

    del record.attrs[name]
    save(record)

    assert stored(record) == {key: value for key, value in exactly(TEXT).items() if key != name}
    assert name not in type(record).objects.get(pk=record.pk).attrs


@each_save
@pytest.mark.parametrize(
    ("name", "value"), [("score", None), ("gender", " "), ("tags", None), ("tags", []), ("data", None)]
)
def test_an_empty_value_is_stored_as_null(place, save, name, value):
    place.attrs[name] = value
    save(place)

    assert stored(place) == {**exactly(TEXT), name: None}
    again = Place.objects.get(pk=place.pk)
    assert name in again.attrs
    assert again.attrs[name] is None


def test_removing_what_is_null_removes_it_and_null_after_removal_is_stored(place):
    place.attrs["score"] = None
    del place.attrs["score"]
    place.save()
    assert "score" not in stored(place)

    place.attrs["score"] = None
    place.save()
    assert stored(place)["score"] is None

    with pytest.raises(KeyError):
        del Place.objects.create(attrs={"level": "low"}).attrs["score"]


def test_update_attributes_stores_null():
    note = _record(Note, title="n")

    assert update_attributes(Note.objects.all(), {"score": None}) == 1

    assert stored(note) == {**exactly(TEXT), "score": None}


def test_nulls_in_what_is_stored_outlive_writes_of_other_attributes(place):
    """SQLite's json_patch drops them."""
    place.attrs["score"] = 2
    place.save()
    update_attributes(Place.objects.all(), {"tags": ["c"]})

    assert stored(place) == {**exactly(TEXT.replace('"score": 1', '"score": 2')), "tags": ["c"]}


def test_an_object_is_replaced_and_not_merged(place):
    place.attrs["data"] = {"z": None}
    place.save()

    assert stored(place) == {**exactly(TEXT), "data": {"z": None}}


@each_save
def test_more_attributes_than_a_function_of_sqlite_takes_arguments(save):
    names = [f"a{number}" for number in range(200)]
    SchemaRecord.objects.define(Place, [Attribute(name, "integer") for name in names])
    place = Place.objects.create(attrs=dict.fromkeys(names[:150], 1))
    for name in names[:130]:
        del place.attrs[name]
    place.attrs.update(dict.fromkeys(names[150:], 2) | dict.fromkeys(names[140:150]))
    save(place)
    assert plainly_stored(place) == {
        **dict.fromkeys(names[130:140], 1),
        **dict.fromkeys(names[140:150]),
        **dict.fromkeys(names[150:], 2),
    }

    place.attrs.update(dict.fromkeys(names, 3))
    save(place)
    assert plainly_stored(place) == dict.fromkeys(names, 3)


# ---- in place ----


@pytest.mark.parametrize(
    ("before", "after"),
    [(1, True), (0, False), (True, 1), (1, 1.5), (None, False)],
    ids=["one-true", "zero-false", "true-one", "one-fraction", "null-false"],
)
@pytest.mark.parametrize("is_whole", [False, True], ids=["in-place", "whole"])
def test_values_that_python_finds_equal_are_not_the_same(before, after, is_whole):
    SchemaRecord.objects.define(Place, [Attribute("data", "object")])
    place = Place.objects.get(pk=Place.objects.create(attrs={"data": {"x": before}}).pk)

    if is_whole:
        place.attrs = {"data": {"x": after}}
    else:
        place.attrs["data"]["x"] = after
    place.save()

    assert stored_text(place).replace(" ", "") == json.dumps({"data": {"x": after}}).replace(" ", "")


def test_a_list_that_was_edited_into_something_wrong_is_refused(place):
    place.attrs["tags"].append(5)

    with pytest.raises(ValidationError) as caught:
        place.save()

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [(("tags", 2), "type")]
    assert stored(place) == exactly(TEXT)


# ---- defaults ----


def test_defaults_are_given_on_insert_and_never_on_update(keyed):
    SchemaRecord.objects.define(Keyed, [*ATTRIBUTES, Attribute("late", "text", default="d")])
    keyed.attrs["score"] = 2
    keyed.save()
    Keyed(code="k", name="again").save()
    Keyed.objects.update_or_create(code="k", defaults={"name": "third"})
    Keyed.objects.bulk_update([keyed], ["attrs", "name"])
    Keyed.objects.update_attributes({"score": 3})

    assert "late" not in stored(keyed)
    assert plainly_stored(Keyed.objects.create(code="new")) == {"level": "low", "late": "d"}
    assert plainly_stored(Keyed.objects.update_or_create(code="newer")[0]) == {"level": "low", "late": "d"}
