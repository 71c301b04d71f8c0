"""Whatever becomes of a record's schema, every stored value is still there, and reappears when the change is undone."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.stored import exactly, store, stored, stored_text

pytestmark = pytest.mark.django_db

GENERAL = (
    Attribute("education", "text"),
    Attribute("score", "integer"),
    Attribute("tags", "text", multiple=True),
    Attribute("fee", "decimal", default="1.00"),
)
OWN = (
    Attribute("nik", "text", subtype="id-nik@stdnum"),
    Attribute("village", "text"),
    Attribute("score", required=True),
)
TEXT = (
    '{"education": "none", "score": 5, "tags": ["a", "b"], "fee": "1.10", "nik": "3171011708450001", "village": "V",'
    ' "orphan": [1.10, 1234567890123456789012345678901234567890]}'
)


@pytest.fixture
def party():
    """A party of organisation A and project A, which have a schema of their own, as B and B have not."""
    for slug in "ab":
        organization = Organization.objects.create(slug=slug, name=slug)
        Project.objects.create(slug=slug, organization=organization, name=slug)
    SchemaRecord.objects.define(Party, GENERAL)
    SchemaRecord.objects.define(Party, OWN, selectors=(_organization("a"), _project("a")))
    made = Party.objects.create(project=_project("a"), attrs={"score": 1})
    store(made, TEXT)
    return _again(made)


def _organization(slug):
    return Organization.objects.get(slug=slug)


def _project(slug):
    return Project.objects.get(slug=slug)


def _again(party):
    return Party.objects.get(pk=party.pk)


# ---- changes, and what undoes them ----


@contextmanager
def _moved(party, how):
    how(party, project=_project("b"))
    yield
    how(_again(party), project=_project("a"))


@contextmanager
def _of_another_type(party, how):
    SchemaRecord.objects.define(Party, [Attribute("village", omit=True)], selectors={"type": "CO"})
    how(party, type="CO")
    yield
    how(_again(party), type="IN")


@contextmanager
def _project_moved(party, how):
    """A related row changes, which the party does not notice."""
    SchemaRecord.objects.define(Party, [Attribute("tags", omit=True)], selectors=(_organization("b"),))
    project = party.project
    project.organization = _organization("b")
    project.save()
    yield
    project.organization = _organization("a")
    project.save()


@contextmanager
def _omitted(party, how):
    record = SchemaRecord.objects.define(
        Party, [Attribute("education", omit=True), Attribute("tags", omit=True)], selectors=(_organization("a"),)
    )
    yield
    record.retire()


@contextmanager
def _omitted_and_back(party, how):
    where = {"selectors": (_organization("a"),)}
    SchemaRecord.objects.define(Party, [Attribute("education", omit=True)], **where)
    yield
    SchemaRecord.objects.define(Party, [], **where)


@contextmanager
def _left_out(party, how):
    SchemaRecord.objects.define(Party, GENERAL[1:])
    yield
    SchemaRecord.objects.define(Party, GENERAL)


@contextmanager
def _of_status(party, status):
    changed = [Attribute("education", "text", status=status), *GENERAL[1:]]
    SchemaRecord.objects.define(Party, changed)
    yield
    SchemaRecord.objects.define(Party, GENERAL)


@contextmanager
def _schema_retired(party, how):
    record = SchemaRecord.objects.get(name__contains="project a")
    record.retire()
    yield
    record.restore()


@contextmanager
def _all_schemas_retired(party, how):
    records = list(SchemaRecord.objects.all())
    SchemaRecord.objects.set_retired(records[::-1], True)
    yield
    SchemaRecord.objects.set_retired(records, False)


@contextmanager
def _schema_deleted(party, how):
    SchemaRecord.objects.get(name__contains="project a").delete()
    yield
    SchemaRecord.objects.define(Party, OWN, selectors=(_organization("a"), _project("a")))


@contextmanager
def _row_deleted(party, how):
    """An attribute's row is deleted past every interface."""
    row = AttributeRecord.objects.get(key="education")
    kept = {"schema": row.schema, "position": row.position, "key": row.key, "definition": row.definition}
    row.delete()
    yield
    AttributeRecord.objects.create(**kept)


@contextmanager
def _of_another_type_of_value(party, how):
    SchemaRecord.objects.define(Party, [Attribute("education", "integer"), *GENERAL[1:]])
    yield
    SchemaRecord.objects.define(Party, GENERAL)


@contextmanager
def _renamed(party, how):
    SchemaRecord.objects.define(Party, [Attribute("schooling", "text", key="education"), *GENERAL[1:]])
    yield
    SchemaRecord.objects.define(Party, GENERAL)


@contextmanager
def _choices_taken_away(party, how):
    SchemaRecord.objects.define(Party, [Attribute("education", "text", choices=["other"]), *GENERAL[1:]])
    yield
    SchemaRecord.objects.define(Party, GENERAL)


@contextmanager
def _one_made_many(party, how):
    SchemaRecord.objects.define(Party, [Attribute("education", "text", multiple=True), *GENERAL[1:]])
    yield
    SchemaRecord.objects.define(Party, GENERAL)


CHANGES = {
    "moved": _moved,
    "of-another-type": _of_another_type,
    "project-moved": _project_moved,
    "omitted": _omitted,
    "omitted-and-back": _omitted_and_back,
    "left-out": _left_out,
    "retired": lambda party, how: _of_status(party, "retired"),
    "draft": lambda party, how: _of_status(party, "draft"),
    "deprecated": lambda party, how: _of_status(party, "deprecated"),
    "schema-retired": _schema_retired,
    "all-schemas-retired": _all_schemas_retired,
    "schema-deleted": _schema_deleted,
    "row-deleted": _row_deleted,
    "of-another-type-of-value": _of_another_type_of_value,
    "renamed": _renamed,
    "choices-taken-away": _choices_taken_away,
    "one-made-many": _one_made_many,
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def _by_save(party, **columns):
    for name, value in columns.items():
        setattr(party, name, value)
    party.save()


def _by_save_of_the_column(party, **columns):
    for name, value in columns.items():
        setattr(party, name, value)
    party.save(update_fields=[*columns])


def _by_update(party, **columns):
    Party.objects.filter(pk=party.pk).update(**columns)


def _by_bulk_update(party, **columns):
    for name, value in columns.items():
        setattr(party, name, value)
    Party.objects.bulk_update([party], [*columns, "attrs"])


HOW = {
    "save": _by_save,
    "save-column": _by_save_of_the_column,
    "update": _by_update,
    "bulk-update": _by_bulk_update,
}


@each_change
@pytest.mark.parametrize("how", HOW.values(), ids=HOW)
def test_every_value_is_kept_and_reappears(party, change, how):
    before, read = stored_text(party), dict(party.attrs)

    with change(party, how):
        assert stored_text(party) == before
        there = _again(party)
        there.name = "saved in between"
        assert len(there.attrs) + len(there.attrs.orphans) >= 5
        there.save()
        assert stored_text(party) == before

    after = _again(party)
    assert stored_text(party) == before
    assert dict(after.attrs) == read
    assert list(after.attrs.orphans) == ["orphan"]
    assert after.attrs.problems() == ()


@each_change
def test_another_attribute_may_be_changed_meanwhile(party, change):
    with change(party, _by_save):
        there = _again(party)
        if "score" in there.attrs:
            there.attrs["score"] = 6
            there.save()
            update_attributes(Party.objects.all(), {"score": 6})

    assert {**stored(party), "score": 5} == {**exactly(TEXT), "score": 5}


# ---- moving asks the new scope ----


def test_a_move_that_the_new_scope_refuses_is_stopped_and_writes_nothing(party):
    SchemaRecord.objects.define(
        Party, [Attribute("score", constraints={"max": 3}), Attribute("ward", "text", required=True)],
        selectors=(_organization("b"),),
    )  # fmt: skip
    party.project = _project("b")

    with pytest.raises(ValidationError) as caught:
        party.save()

    assert sorted((problem.path, problem.code) for problem in caught.value.problems) == [
        (("score",), "max"),
        (("ward",), "required"),
    ]
    assert _again(party).project == _project("a")
    assert stored(party) == exactly(TEXT)


def test_a_move_that_brings_what_the_new_scope_asks_for_is_written_with_it(party):
    SchemaRecord.objects.define(Party, [Attribute("ward", "text", required=True)], selectors=(_organization("b"),))
    party.project = _project("b")
    party.attrs["ward"] = "W"

    party.save()

    assert stored(party) == {**exactly(TEXT), "ward": "W"}
    assert sorted(party.attrs.orphans) == ["nik", "orphan", "village"]


# ---- plugins ----


@pytest.mark.parametrize("blocked", [["stdnum"], ["jsonattrs-stdnum"]])
def test_blocking_a_plugin_keeps_every_value_until_it_is_back(party, settings, blocked):
    before, read = stored_text(party), dict(party.attrs)

    settings.JSONATTRS = {"BLOCK": blocked}
    there = _again(party)
    assert there.attrs["nik"] == "3171011708450001"
    assert there.attrs["score"] == 5
    assert list(there.attrs.orphans) == ["orphan"]
    assert [problem.code for problem in there.attrs.problems()] == ["provider_error"]
    there.name = "saved in between"
    there.save()
    with pytest.raises(ValidationError, match="cannot be changed at present"):
        there.attrs["score"] = 6
    with pytest.raises(ValidationError, match="cannot be changed at present"):
        update_attributes(Party.objects.all(), {"score": 6})
    there.attrs = {"score": 6}
    with pytest.raises(ValidationError, match="cannot be changed at present"):
        there.save()
    assert stored_text(party) == before

    settings.JSONATTRS = {}
    assert dict(_again(party).attrs) == read
    there = _again(party)
    there.attrs["score"] = 6
    there.save()
    assert stored(party) == {**exactly(TEXT), "score": exactly("6")}
