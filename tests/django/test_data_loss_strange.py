"""Stored documents that are none, members that are the library's own, and records that nobody touched."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from landregistry.models import Organization
from testapp.models import Note

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.stored import exactly, store, stored, stored_text

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("score", "integer"),
    Attribute("title", "text"),
    Attribute("tags", "text", multiple=True),
)
each_model = pytest.mark.parametrize("model", [Organization, Note], ids=["AttributeManager", "plain-manager"])

BROKEN = {
    "list": "[1, 2.50, {}]",
    "empty-list": "[]",
    "text": '"{\\"score\\": 1}"',
    "number": "1234567890123456789012345678901234567890.10",
    "null": "null",
    "true": "true",
}
each_broken = pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)


def record_with(model, text):
    """Return a record with a document, as it is read."""
    SchemaRecord.objects.define(model, ATTRIBUTES)
    made = model.objects.create()
    store(made, text)
    return model.objects.get(pk=made.pk)


def _label(record):
    return "name" if isinstance(record, Organization) else "title"


@each_model
@each_broken
def test_what_is_no_object_reads_as_empty_with_one_problem(model, text):
    record = record_with(model, text)

    assert (dict(record.attrs), len(record.attrs), "score" in record.attrs) == ({}, 0, False)
    assert record.attrs.get("score") is None
    assert record.attrs.orphans == {}
    assert record.attrs.dump() == {}
    assert [(problem.path, problem.code) for problem in record.attrs.problems()] == [((), "type")]
    assert list(model.objects.values_list("attrs", flat=True)) == [{}]


def _set_item(record):
    record.attrs["score"] = 2


def _update(record):
    record.attrs.update(score=2)


def _assign(record):
    record.attrs = {"score": 2}
    record.save()


def _assign_nothing(record):
    record.attrs = {}
    record.save()


def _update_attributes(record):
    update_attributes(type(record).objects.all(), {"score": 2})


def _in_bulk(record):
    record.attrs = {"score": 2}
    type(record).objects.bulk_update([record], ["attrs"])


WRITES = {
    "item": _set_item,
    "update": _update,
    "whole": _assign,
    "nothing": _assign_nothing,
    "bulk": _in_bulk,
    "update-attributes": _update_attributes,
}


@each_model
@each_broken
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_writing_attributes_over_what_is_no_object_is_refused(model, text, write):
    record = record_with(model, text)
    before = stored_text(record)

    with pytest.raises(ValidationError) as caught, transaction.atomic():
        write(record)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [((), "type")]
    assert stored_text(record) == before


SAVES = {
    "save": lambda record: record.save(),
    "save-all": lambda record: record.save(update_fields=[_label(record), "attrs"]),
    "save-column": lambda record: record.save(update_fields=[_label(record)]),
    "bulk-update": lambda record: type(record).objects.bulk_update([record], [_label(record), "attrs"]),
}
each_save = pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)


@each_model
@each_broken
@each_save
def test_saving_other_columns_keeps_what_is_no_object(model, text, save):
    record = record_with(model, text)
    before = stored_text(record)
    setattr(record, _label(record), "after")

    save(record)

    assert stored_text(record) == before
    assert model.objects.filter(**{_label(record): "after"}).exists()


@each_model
@each_broken
def test_repair_moves_it_aside_whole_and_touches_nothing_else(model, text, capsys):
    record = record_with(model, text)
    fine = model.objects.create(**({"slug": "fine"} if model is Organization else {}))
    store(fine, '{"score": 1.0, "title": " x ", "orphan": 1.10}')
    before, others = stored(record), stored_text(fine)
    with pytest.raises(CommandError):
        call_command("attributes_check", model._meta.label, no_progress=True)
    assert (stored(record), stored_text(fine)) == (before, others)

    call_command("attributes_check", model._meta.label, repair=True, no_progress=True)

    assert stored(record) == {"$broken": before}
    assert stored_text(fine) == others
    call_command("attributes_check", model._meta.label, no_progress=True)
    mended = model.objects.get(pk=record.pk)
    assert (dict(mended.attrs), mended.attrs.orphans, mended.attrs.problems()) == ({}, {}, ())
    mended.attrs["title"] = "x"
    mended.save()
    assert stored(record) == {"$broken": before, "title": "x"}


# ---- the library's own members ----

HELD = '{"$later:a": 7, "$later:b": "1.10", "$broken": [1.50], "score": 1, "orphan": 1.10}'


@each_model
def test_the_librarys_own_members_are_hidden_everywhere(model):
    record = record_with(model, HELD)

    assert dict(record.attrs) == {"score": 1}
    assert list(record.attrs.orphans) == ["orphan"]
    assert record.attrs.dump() == {"score": 1}
    assert "$" not in repr(record.attrs)
    assert "$broken" not in record.attrs
    with pytest.raises(KeyError):
        record.attrs["$broken"]
    assert list(model.objects.values_list("attrs", flat=True)) == [{"score": 1, "orphan": 1.1}]
    assert list(model.objects.values("attrs")) == [{"attrs": {"score": 1, "orphan": 1.1}}]
    assert record.attrs.problems() == ()


@each_model
@pytest.mark.parametrize("key", ["$broken", "$new", "$"])
def test_the_librarys_own_members_cannot_be_written(model, key):
    record = record_with(model, HELD)

    with pytest.raises(KeyError):
        record.attrs[key] = 1
    with pytest.raises(KeyError):
        del record.attrs[key]
    with pytest.raises(ValidationError):
        update_attributes(model.objects.all(), {key: 1})
    record.attrs = {"score": 2, key: 1}
    with pytest.raises(ValidationError):
        record.save()
    assert stored(record) == exactly(HELD)


def _save_item(record):
    record.attrs["score"] = 2
    record.save()


@each_model
@pytest.mark.parametrize("write", [_save_item, _assign, _in_bulk, _update_attributes])
def test_the_librarys_own_members_outlive_every_write(model, write):
    record = record_with(model, HELD)

    write(record)

    assert stored(record) == {**exactly(HELD), "score": exactly("2")}


# ---- records that nobody touched ----

UNTOUCHED = (
    '{"score": 3.0, "title": "  not stripped ", "tags": [" b", "", null, 5], "old": 1.10, "born": "1984-2-3",'
    ' "price": 1.10, "times": ["2024-01-01T00:00:00+02:00"], "prices": ["1.10", "01"], "data": {"x": 1.10, "y": 1e400},'
    ' "agent": 404, "flag": 1}'
)
LATER = {
    "as-it-was": [],
    "typed": [
        Attribute("born", "date"),
        Attribute("price", "decimal"),
        Attribute("times", "datetime", multiple=True),
        Attribute("prices", "decimal", multiple=True),
        Attribute("data", "object"),
        Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
        Attribute("flag", "boolean"),
    ],
    "required": [Attribute("new", "text", required=True), Attribute("score", "integer", required=True)],
    "default": [Attribute("new", "text", required=True, default="d"), Attribute("newer", "integer", initial_default=1)],
    "tighter": [
        Attribute("score", "integer", constraints={"max": 1}),
        Attribute("title", "text", constraints={"max_length": 1}),
    ],
    "other-types": [Attribute("score", "text"), Attribute("tags", "object"), Attribute("title", "date")],
    "one-and-many": [Attribute("score", "integer", multiple=True), Attribute("tags", "text")],
    "choices": [Attribute("title", "text", choices=["a"]), Attribute("tags", "text", multiple=True, choices=["a"])],
    "renamed": [Attribute("points", "integer", key="score"), Attribute("words", "text", multiple=True, key="tags")],
}


def _nothing(record):
    pass


def _read(record):
    for name in record.attrs:
        record.attrs[name]
    assert record.attrs == dict(record.attrs)
    assert isinstance(record.attrs.orphans, dict)
    assert isinstance(record.attrs.problems(), tuple)


def _same(record):
    record.attrs.update({})


TOUCHES = {"unread": _nothing, "read": _read, "updated-with-nothing": _same}


@each_model
@each_save
@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
def test_saving_an_untouched_record_changes_nothing_whatever_the_schema_became(model, save, touch, later):
    record = record_with(model, UNTOUCHED)
    before = stored_text(record)
    kept = [
        attribute for attribute in ATTRIBUTES if attribute.name not in {str(each.key or each.name) for each in later}
    ]
    rules = [Rule("score > 100", "Never met")] if "score" in {each.name for each in kept} else []
    SchemaRecord.objects.define(model, [*kept, *later], rules=rules)
    record = model.objects.get(pk=record.pk)

    touch(record)
    save(record)
    save(record)

    assert stored_text(record) == before


@each_model
@each_save
@pytest.mark.parametrize("is_retired", [True, False], ids=["retired", "deleted"])
def test_saving_an_untouched_record_without_a_schema_changes_nothing(model, save, is_retired):
    record = record_with(model, UNTOUCHED)
    before = stored_text(record)
    schema = SchemaRecord.objects.get()
    schema.retire() if is_retired else schema.delete()
    record = model.objects.get(pk=record.pk)

    _read(record)
    save(record)

    assert stored_text(record) == before
    assert dict(record.attrs) == {}


@each_model
def test_full_clean_of_an_untouched_record_finds_nothing_to_refuse(model):
    text = json.dumps({"score": 7})
    record = record_with(model, text)
    if model is Organization:
        record.slug = record.name = "x"
    else:
        record.title = "x"
    before = stored_text(record)
    SchemaRecord.objects.define(model, [Attribute("score", "integer", constraints={"max": 1})])

    record.full_clean(exclude=["team"])
    record.save()

    assert stored_text(record) == before
