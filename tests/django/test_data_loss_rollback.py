"""An edit is pending until the transaction that wrote it commits: a rollback, or a save that fails, loses none."""

from __future__ import annotations

from contextlib import nullcontext, suppress

import pytest
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save
from landregistry.models import Organization, Project
from testapp.models import Note

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.doors import waited_for
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db(transaction=True)

ATTRIBUTES = (
    Attribute("score", "integer"),
    Attribute("gender", "text"),
    Attribute("tags", "text", multiple=True),
    Attribute("data", "object"),
)
BEFORE = {"score": 1, "gender": "f", "tags": ["a"], "data": {"x": 1}, "orphan": True}


class Failure(Exception):
    """What makes a transaction fail."""


@pytest.fixture
def project():
    """A record of a model with AttributeManager and a unique column; the slug "taken" is another's."""
    organization = Organization.objects.create(slug="o", name="O")
    SchemaRecord.objects.define(Project, ATTRIBUTES)
    Project.objects.create(organization=organization, slug="taken", name="T")
    return _with_orphan(Project.objects.create(organization=organization, slug="p", name="P", attrs=_defined()))


@pytest.fixture
def note():
    """A record of a model with the plain manager."""
    SchemaRecord.objects.define(Note, ATTRIBUTES)
    return _with_orphan(Note.objects.create(title="N", attrs=_defined()))


@pytest.fixture(params=["project", "note"])
def record(request):
    return request.getfixturevalue(request.param)


def _defined():
    return {name: value for name, value in BEFORE.items() if name != "orphan"}


def _with_orphan(made):
    store(made, '{"score": 1, "gender": "f", "tags": ["a"], "data": {"x": 1}, "orphan": true}')
    return type(made).objects.get(pk=made.pk)


def _set(record):
    record.attrs["score"] = 2


def _set_null(record):
    record.attrs["gender"] = None


def _remove(record):
    del record.attrs["gender"]


def _append(record):
    record.attrs["tags"].append("b")


def _change_object(record):
    record.attrs["data"]["x"] = 2


def _assign(record):
    record.attrs = {"score": 2}


EDITS = {
    "set": (_set, {**BEFORE, "score": 2}),
    "null": (_set_null, {**BEFORE, "gender": None}),
    "removed": (_remove, {name: value for name, value in BEFORE.items() if name != "gender"}),
    "list-in-place": (_append, {**BEFORE, "tags": ["a", "b"]}),
    "object-in-place": (_change_object, {**BEFORE, "data": {"x": 2}}),
    "whole": (_assign, {"score": 2, "orphan": True}),
}
each_edit = pytest.mark.parametrize(("edit", "after"), EDITS.values(), ids=EDITS)

SAVES = {
    "save": lambda record: record.save(),
    "save-field": lambda record: record.save(update_fields=["attrs"]),
    "asave": lambda record: waited_for(record.asave),
    "bulk-update": lambda record: type(record).objects.bulk_update([record], ["attrs"]),
    "abulk-update": lambda record: waited_for(type(record).objects.abulk_update, [record], ["attrs"]),
}
each_save = pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)


def _full_rollback(record, save):
    with suppress(Failure), transaction.atomic():
        save(record)
        raise Failure


def _rollback_asked_for(record, save):
    with transaction.atomic():
        save(record)
        transaction.set_rollback(True)


def _savepoint_rollback(record, save):
    with transaction.atomic(), suppress(Failure), transaction.atomic():
        save(record)
        raise Failure


def _rollback_around_a_savepoint(record, save):
    with suppress(Failure), transaction.atomic():
        with transaction.atomic():
            save(record)
        raise Failure


def _rollback_of_two_saves(record, save):
    with suppress(Failure), transaction.atomic():
        save(record)
        save(record)
        raise Failure


ROLLBACKS = {
    "full": _full_rollback,
    "asked-for": _rollback_asked_for,
    "savepoint": _savepoint_rollback,
    "around-a-savepoint": _rollback_around_a_savepoint,
    "of-two-saves": _rollback_of_two_saves,
}


@each_edit
@pytest.mark.parametrize("roll_back", [_full_rollback, _savepoint_rollback], ids=["full", "savepoint"])
def test_after_a_rollback_the_edit_is_there_and_the_next_save_writes_it(record, edit, after, roll_back):
    edit(record)
    edited = dict(record.attrs)

    roll_back(record, SAVES["save"])

    assert plainly_stored(record) == BEFORE
    assert record.attrs == edited
    record.save()
    assert plainly_stored(record) == after
    assert record.attrs == edited


@each_save
@pytest.mark.parametrize("roll_back", ROLLBACKS.values(), ids=ROLLBACKS)
def test_after_each_kind_of_rollback_each_kind_of_save_writes_the_edit(record, save, roll_back):
    record.attrs["score"] = 2

    roll_back(record, save)

    assert record.attrs["score"] == 2
    save(record)
    assert plainly_stored(record) == {**BEFORE, "score": 2}


@each_edit
@pytest.mark.parametrize("is_in_transaction", [False, True], ids=["autocommit", "transaction"])
def test_after_a_save_that_the_database_refuses_the_edit_is_written_by_the_next(
    project, edit, after, is_in_transaction
):
    edit(project)
    project.slug = "taken"

    with pytest.raises(IntegrityError), transaction.atomic() if is_in_transaction else nullcontext():
        project.save()

    edited = dict(project.attrs)
    project.slug = "p"
    project.save()
    assert plainly_stored(project) == after
    assert project.attrs == edited


def test_after_a_receiver_of_post_save_fails_the_edit_is_written_by_the_next_save(record):
    def fail(**_):
        raise Failure

    record.attrs["score"] = 2
    post_save.connect(fail, sender=type(record))
    try:
        with pytest.raises(Failure), transaction.atomic():
            record.save()
    finally:
        post_save.disconnect(fail, sender=type(record))

    assert record.attrs["score"] == 2
    record.save()
    assert plainly_stored(record) == {**BEFORE, "score": 2}


def test_after_an_insert_is_rolled_back_the_next_save_inserts_the_whole_document(record):
    fresh = type(record)(**{field.attname: getattr(record, field.attname) for field in _columns(record)})
    fresh.attrs = {"score": 3, "tags": ["z"]}
    if isinstance(fresh, Project):
        fresh.slug = "fresh"
    with suppress(Failure), transaction.atomic():
        fresh.save()
        raise Failure

    fresh.save()

    assert plainly_stored(fresh) == {"score": 3, "tags": ["z"]}


def _columns(record):
    return [field for field in record._meta.concrete_fields if field.name not in ("id", "attrs")]


@each_save
def test_only_what_was_rolled_back_is_written_again(record, save):
    record.attrs["score"] = 2
    save(record)
    other = type(record).objects.get(pk=record.pk)
    other.attrs["score"] = 99
    other.save()
    record.attrs["gender"] = "m"
    _full_rollback(record, save)

    save(record)

    assert plainly_stored(record) == {**BEFORE, "score": 99, "gender": "m"}


@each_save
def test_what_was_committed_is_not_written_again(record, save):
    record.attrs["score"] = 2
    with transaction.atomic():
        save(record)
    other = type(record).objects.get(pk=record.pk)
    other.attrs["score"] = 99
    other.save()

    save(record)

    assert plainly_stored(record) == {**BEFORE, "score": 99}


def test_an_edit_made_after_a_save_that_is_rolled_back_wins_over_the_earlier_one(record):
    record.attrs["score"] = 2
    with suppress(Failure), transaction.atomic():
        record.save()
        record.attrs["score"] = 3
        raise Failure

    assert record.attrs["score"] == 3
    record.save()
    assert plainly_stored(record) == {**BEFORE, "score": 3}


def test_saving_other_columns_leaves_the_edit_pending(record):
    label = "name" if isinstance(record, Project) else "title"
    record.attrs["score"] = 2

    record.save(update_fields=[label])

    assert plainly_stored(record) == BEFORE
    record.save()
    assert plainly_stored(record) == {**BEFORE, "score": 2}


def test_refreshing_takes_back_an_edit_and_refreshing_other_columns_does_not(record):
    label = "name" if isinstance(record, Project) else "title"
    record.attrs["score"] = 2

    record.refresh_from_db(fields=[label])
    assert record.attrs["score"] == 2
    record.refresh_from_db()
    assert record.attrs["score"] == 1
    record.save()

    assert plainly_stored(record) == BEFORE
