"""Records that come to other scopes, and scopes that come to ask for something else: the claims go along."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from django.db import transaction
from landregistry.models import Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.models import SchemaRecord
from tests.django.indexes import synced
from tests.django.stored import plainly_stored, store
from tests.django.unique_cases import (
    PHONE,
    PLAIN_PHONE,
    X,
    Y,
    checked,
    each_mode,
    enforced,
    made,
    offices_named,
    projects_of,
    states,
    values_held_twice,
    wrong_claims,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]


@pytest.fixture
def offices():
    return offices_named("abc")


@pytest.fixture
def projects(offices):
    return projects_of(offices)


def refused(write, mode=nullcontext):
    with pytest.raises(AttributeUniqueError), mode():
        write()


def all_is_well():
    """Every record claims what it should, no two the same, and the audit has nothing to do."""
    assert (wrong_claims(Party), values_held_twice(Party)) == ([], [])
    code, said = checked(Party)
    assert (code, "put right" in said) == (0, False), said


# ---- by which a record moves ----


def _save(record, project):
    record.project = project
    record.save()


def _save_field(record, project):
    record.project = project
    record.save(update_fields=["project"])


def _save_column(record, project):
    record.project_id = project.pk
    record.save(update_fields=["project_id"])


def _save_both(record, project):
    record.project = project
    record.attrs["phone"] = record.attrs["phone"]
    record.save(update_fields=["project", "attrs"])


def _save_deferred(record, project):
    record = Party.objects.defer("attrs").get(pk=record.pk)
    record.project = project
    record.save()


def _constructed(record, project):
    Party(pk=record.pk, project=project, name="constructed").save()


def _update(record, project):
    Party.objects.filter(pk=record.pk).update(project=project)


def _update_column(record, project):
    Party.objects.filter(name="", pk=record.pk).update(project_id=project.pk, name="moved")


def _bulk_update(record, project):
    record.project = project
    Party.objects.bulk_update([record], ["project"])


def _bulk_update_both(record, project):
    record.project = project
    Party.objects.bulk_update([record], ["project", "attrs"])


def _update_or_create(record, project):
    Party.objects.update_or_create(pk=record.pk, defaults={"project": project})


MOVES = {
    move.__name__.strip("_"): move
    for move in (
        _save,
        _save_field,
        _save_column,
        _save_both,
        _save_deferred,
        _constructed,
        _update,
        _update_column,
        _bulk_update,
        _bulk_update_both,
        _update_or_create,
    )
}
each_move = pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)


@each_mode
@each_move
def test_a_record_takes_its_claims_along(move, mode, projects):
    here, there, _ = projects
    record = made(here, phone="1", x="1", y="1")

    with mode():
        move(record, there)
    all_is_well()
    with mode():
        made(here, phone="1", x="1", y="1")
    refused(lambda: made(there, phone="1"), mode)
    refused(lambda: made(there, x="1", y="1"), mode)
    all_is_well()


@each_mode
@each_move
@pytest.mark.parametrize("held", [{"phone": "1"}, {"x": "1", "y": "1"}], ids=["one", "together"])
def test_a_record_does_not_move_to_where_another_has_its_values(held, move, mode, projects):
    here, there, _ = projects
    record = made(here, phone="1", x="1", y="1")
    made(there, **held)

    refused(lambda: move(record, there), mode)

    assert Party.objects.get(pk=record.pk).project == here
    all_is_well()


@each_mode
def test_records_that_change_places_one_after_the_other(mode, projects):
    here, there, corner = projects
    one, two = made(here, phone="1"), made(there, phone="1")
    for record, project in ((one, corner), (two, here), (one, there)):
        with mode():
            record.project = project
            record.save(update_fields=["project"])

    all_is_well()


def test_a_record_that_moves_to_where_nothing_is_unique_and_back(offices, projects):
    here, there, _ = projects
    SchemaRecord.objects.define(Party, [PLAIN_PHONE, X, Y], selectors=(offices[1],))
    record = made(here, phone="1")
    for project in (there, here, there):
        Party.objects.filter(pk=record.pk).update(project=project)
        assert [key for key in plainly_stored(record) if key.startswith("$")] == (
            ["$scope:phone", "$value:phone"] if project is here else []
        )
        assert wrong_claims(Party) == []
    made(there, phone="1")
    made(there, phone="1")
    made(here, phone="1")
    refused(lambda: Party.objects.filter(pk=record.pk).update(project=here))


# ---- a project that moves with all its records ----


def _projects_to(*pairs):
    """Let projects go to organisations, past everything that knows of their records."""
    for place, (project, office) in enumerate(pairs):
        Project.objects.filter(pk=project.pk).update(organization=office, slug=f"moved-{office.slug}-{place}")


@each_mode
def test_what_a_project_leaves_behind_is_free_at_once(mode, offices, projects):
    here, there, _ = projects
    made(here, phone="1", x="1", y="1")
    _projects_to((here, offices[1]))
    other = Project.objects.create(organization=offices[0], slug="o", name="O")

    with mode():
        made(other, phone="1", x="1", y="1")

    all_is_well()
    refused(lambda: made(there, phone="1"), mode)


@each_mode
@pytest.mark.parametrize("number", [2, 3], ids=["two", "three"])
def test_projects_that_exchange_organisations_and_hold_the_same(number, mode, offices, projects):
    records = [made(project, phone="1", x="1", y="1") for project in projects[:number]]
    _projects_to(*zip(projects[:number], [*offices[1:number], offices[0]], strict=True))
    for record in records:
        record = Party.objects.get(pk=record.pk)
        record.attrs["phone"] = "1"
        with mode():
            record.save()

    assert values_held_twice(Party) == []
    all_is_well() if not wrong_claims(Party) else checked(Party)
    all_is_well()


def test_the_audit_puts_right_what_was_left_behind_and_then_finds_nothing(offices, projects):
    for project in projects:
        for value in range(20):
            made(project, phone=str(value), x=str(value), y="1")
    _projects_to(*zip(projects, [*offices[1:], offices[0]], strict=True))
    assert len(wrong_claims(Party)) == 60

    code, said = checked(Party)

    assert (code, "60 with claims put right" in said) == (0, True), said
    all_is_well()


def test_the_audit_tells_of_duplicates_until_there_are_none(offices, projects, tmp_path):
    here, there, _ = projects
    kept, double = made(there, phone="1"), made(here, phone="1", x="1", y="1")
    made(here, phone="2")
    _projects_to((here, offices[1]))

    for _ in range(2):
        file = tmp_path / "report.jsonl"
        code, said = checked(Party, report=str(file))
        (line,) = map(json.loads, file.read_text().splitlines())
        assert (code, line["code"], line["path"], line["pk"]) == (1, "unique", ["phone"], double.pk)
        assert "1 record with problems" in said
    refused(lambda: made(there, x="1", y="1"))
    refused(lambda: made(there, phone="2"))
    kept.attrs["phone"] = "3"
    kept.save()
    code, said = checked(Party)

    assert (code, "1 with claims put right" in said) == (0, True), said
    all_is_well()
    refused(lambda: made(there, phone="1"))


def _save_whole_record(record, values):
    record = Party.objects.get(pk=record.pk)
    record.attrs.update(values)
    record.save()


def _update_attributes(record, values):
    Party.objects.filter(pk=record.pk).update_attributes(values)


@each_mode
@pytest.mark.parametrize("door", [_save_whole_record, _update_attributes], ids=["save", "update_attributes"])
def test_a_record_that_moved_with_its_project_can_be_edited_in_something_else(door, mode, offices, projects):
    here, there, _ = projects
    other = made(there, phone="1")
    record = made(here, phone="1", x="1", y="1")
    _projects_to((here, offices[1]))

    with mode():
        door(record, {"x": "2"})
    assert Party.objects.get(pk=record.pk).attrs["x"] == "2"
    assert checked(Party)[0] == 1, "both have the same telephone number"
    refused(lambda: door(other, {"x": "2", "y": "1"}), mode)
    with mode():
        door(record, {"phone": "2"})

    all_is_well()
    refused(lambda: made(there, phone="2"), mode)


@each_mode
def test_what_such_a_record_is_given_anew_is_asked_for(mode, offices, projects):
    here, there, _ = projects
    made(there, phone="2")
    record = made(here, phone="1", x="1")
    _projects_to((here, offices[1]))
    record = Party.objects.get(pk=record.pk)

    record.attrs["phone"] = "2"
    refused(record.save, mode)


# ---- from where nothing is unique, or less ----


@pytest.fixture
def two_projects(offices):
    """Return projects of an organisation in which telephone numbers are unique, and of one in which they are not."""
    enforced(Party, PHONE, X, selectors=(offices[0],))
    SchemaRecord.objects.define(Party, [PLAIN_PHONE, X], selectors=(offices[1],))
    return [Project.objects.create(organization=office, slug=office.slug, name=office.slug) for office in offices[:2]]


@each_mode
@each_move
def test_a_record_comes_from_where_it_claimed_nothing(move, mode, two_projects):
    there, here = two_projects
    made(there, phone="1")
    same, other = made(here, phone="1"), made(here, phone="2")

    refused(lambda: move(same, there), mode)
    assert Party.objects.get(pk=same.pk).project_id == here.pk
    with mode():
        move(other, there)

    all_is_well()
    refused(lambda: made(there, phone="2"), mode)


@each_mode
@each_move
def test_a_record_comes_to_where_more_is_unique_by_the_same_schema(move, mode, offices, two_projects):
    there, _ = two_projects
    here = Project.objects.create(organization=offices[0], slug="other", name="other")
    enforced(Party, Attribute("x", unique=True), selectors=(offices[0], there))
    made(there, phone="1", x="5")
    same, other = made(here, phone="2", x="5"), made(here, phone="3", x="6")

    refused(lambda: move(same, there), mode)
    with mode():
        move(other, there)

    all_is_well()
    refused(lambda: made(there, phone="4", x="6"), mode)


# ---- in a transaction that goes on ----


@each_move
def test_a_move_that_is_refused_leaves_a_transaction_usable(move, projects):
    here, there, _ = projects
    made(there, phone="1")
    record = made(here, phone="1")

    with transaction.atomic():
        refused(lambda: move(record, there))
        assert Party.objects.get(pk=record.pk).project_id == here.pk
        made(here, phone="2")

    all_is_well()


def test_a_bulk_update_says_which_record_is_refused_and_writes_none(projects):
    here, there, _ = projects
    made(there, phone="1")
    records = [made(here, phone="0"), made(here, phone="1")]
    for record in records:
        record.project = there

    with transaction.atomic(), pytest.raises(AttributeUniqueError) as error:
        Party.objects.bulk_update(records, ["project"])

    assert (error.value.index, error.value.instance) == (1, records[1])
    assert set(Party.objects.filter(pk__in=[record.pk for record in records]).values_list("project", flat=True)) == {
        here.pk
    }


# ---- schemas that change ----


def test_a_schema_at_two_levels_of_which_the_general_one_lets_go(offices):
    projects = [Project.objects.create(organization=offices[0], slug=slug, name=slug) for slug in "pqr"]
    enforced(Party, PHONE, selectors=(offices[0],))
    for project in projects[:2]:
        enforced(Party, Attribute("phone", unique=True), selectors=(offices[0], project))
    one, *_ = (made(project, phone=str(number)) for number, project in enumerate(projects))

    SchemaRecord.objects.define(Party, [PLAIN_PHONE], selectors=(offices[0],))
    assert checked(Party)[0] == 0
    made(projects[1], phone="0")
    made(projects[2], phone="0")
    made(projects[2], phone="0")
    refused(lambda: made(projects[0], phone="0"))
    all_is_well()

    SchemaRecord.objects.define(Party, [PHONE], selectors=(offices[0],))
    code, said = checked(Party)
    assert (code, "3 records with problems" in said) == (1, True), said
    for project in projects:
        refused(lambda project=project: made(project, phone="0"))
    Party.objects.filter(attrs__phone="0").exclude(pk=one.pk).delete()
    checked(Party)
    all_is_well()


def test_a_scope_that_leaves_the_attribute_out(offices, projects):
    here = projects[0]
    near = Project.objects.create(organization=offices[0], slug="near", name="N")
    record = made(near, phone="1")
    omitting = SchemaRecord.objects.define(Party, [Attribute("phone", omit=True)], selectors=(offices[0], near))

    made(here, phone="1")
    all_is_well()
    assert Party.objects.get(pk=record.pk).attrs.orphans == {"phone": "1"}

    omitting.delete()
    assert checked(Party)[0] == 1
    refused(lambda: made(near, phone="1"))


def test_a_schema_that_becomes_unique_later(offices):
    office = offices[0]
    project = Project.objects.create(organization=office, slug="p", name="P")
    SchemaRecord.objects.define(Party, [PLAIN_PHONE], selectors=(office,))
    for value in ("1", "2", "2"):
        made(project, phone=value)
    SchemaRecord.objects.define(Party, [PHONE], selectors=(office,))

    code, said = synced("landregistry.Party")
    assert (code, states()) == (1, {"phone": "building"}), said
    Party.objects.filter(attrs__phone="2").last().delete()
    assert synced("landregistry.Party")[0] == 0
    all_is_well()
    for value in "12":
        refused(lambda value=value: made(project, phone=value))


def test_what_no_schema_asks_for_any_more_is_claimed_by_nobody(offices, projects):
    record = made(projects[0], phone="1", x="1", y="1")
    SchemaRecord.objects.define(Party, [PLAIN_PHONE, X, Y], selectors=(offices[0],))

    made(projects[0], phone="1", x="1", y="1")
    record.attrs["x"] = "2"
    record.save()

    assert [key for key in plainly_stored(record) if key.startswith("$")] == []
    checked(Party)
    all_is_well()


def test_a_type_that_changes_changes_what_is_the_same(offices, projects):
    record = made(projects[0], phone="1.50")
    store(record, plainly_stored_text(record, phone="1.50"))
    SchemaRecord.objects.define(Party, [Attribute("phone", "decimal", unique=True)], selectors=(offices[0],))
    assert checked(Party)[0] == 0

    refused(lambda: made(projects[0], phone="1.5"))


def plainly_stored_text(record, **values):
    return json.dumps({**plainly_stored(record), **values})
