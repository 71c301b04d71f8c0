"""Doors by which a duplicate came in once, or a refusal that had no reason."""

from __future__ import annotations

import pytest
from django.db import transaction
from landregistry.models import Organization, Party, Project
from testapp.models import Keyed, Place

from jsonattrs_core import Attribute
from jsonattrs_django import saving
from jsonattrs_django.errors import AttributeUniqueError, WriteRefused
from jsonattrs_django.models import SchemaRecord
from tests.django.indexes import synced
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
    return offices_named("abcdefgh")


@pytest.fixture
def projects(offices):
    return projects_of(offices)


def given_to(project, office):
    """Let a project go to an organisation, past everything that knows of its records."""
    Project.objects.filter(pk=project.pk).update(organization=office, slug=f"moved-{project.slug}")


def is_where_it_was(record, project):
    assert Party.objects.get(pk=record.pk).project_id == project.pk
    assert values_held_twice(Party) == []


# ---- moves ----


@each_mode
def test_a_constructed_record_is_moved_by_one_column(mode, projects):
    here, there = projects[:2]
    record, other = made(here, phone="1"), made(here, phone="2")
    made(there, phone="1")

    with mode(), pytest.raises(AttributeUniqueError):
        Party(pk=record.pk, project=there).save(update_fields=["project"])
    is_where_it_was(record, here)
    with mode():
        Party(pk=other.pk, project=there).save(update_fields=["project"])
    assert wrong_claims(Party) == []


@each_mode
def test_an_edit_that_is_not_saved_with_a_move_is_not_asked_for(mode, projects):
    here, there = projects[:2]
    record, other = made(here, phone="1"), made(here, phone="3")
    made(there, phone="1")
    made(there, phone="4")
    for each, phone in ((record, "2"), (other, "4")):
        each.attrs["phone"] = phone
        each.project = there

    with mode(), pytest.raises(AttributeUniqueError):
        record.save(update_fields=["project"])
    is_where_it_was(record, here)
    with mode():
        other.save(update_fields=["project"])
    assert wrong_claims(Party) == []


@each_mode
@pytest.mark.parametrize("names", [None, ["project"]], ids=["save", "one-column"])
def test_a_stale_instance_is_moved(names, mode, projects):
    here, there = projects[:2]
    record = made(here, phone="1")
    made(there, phone="2")
    stale = Party.objects.get(pk=record.pk)
    record.attrs["phone"] = "2"
    record.save()
    stale.project = there

    with pytest.raises(AttributeUniqueError), mode():
        stale.save(update_fields=names)
    is_where_it_was(record, here)


@each_mode
def test_a_stale_instance_is_moved_back(mode, projects):
    here, there = projects[:2]
    record = made(here, phone="1", x="1", y="1")
    stale = Party.objects.get(pk=record.pk)
    Party.objects.filter(pk=record.pk).update(project=there)
    stale.attrs["phone"] = "2"
    with mode():
        stale.save()

    is_where_it_was(record, here)
    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError), mode():
        made(here, phone="2")


@pytest.mark.parametrize("is_deferred", [False, True], ids=["one-column", "deferred"])
def test_who_takes_the_value_while_a_record_moves_is_met_before_it_has_moved(is_deferred, projects, monkeypatch):
    here, there = projects[:2]
    record = made(here, phone="1")
    asked = saving.demand_free

    def quicker(*args):
        found = asked(*args)
        made(there, phone="1")
        return found

    monkeypatch.setattr(saving, "demand_free", quicker)
    moving = Party.objects.defer("attrs").get(pk=record.pk) if is_deferred else Party.objects.get(pk=record.pk)
    moving.project = there
    with pytest.raises(AttributeUniqueError):
        moving.save(update_fields=None if is_deferred else ["project"])

    is_where_it_was(record, here)


@pytest.mark.parametrize("names", [["project"], ["project", "name"]])
@pytest.mark.parametrize("manager", ["objects", "_base_manager"])
def test_an_upsert_moves_no_record(manager, names, projects):
    here, there = projects[:2]
    record = made(here, phone="1")
    with pytest.raises(WriteRefused, match="another scope"):
        getattr(Party, manager).bulk_create(
            [Party(pk=record.pk, project=there, name="q")],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=names,
        )
    is_where_it_was(record, here)


def test_a_plain_bulk_update_does_not_leave_out_the_column_that_was_changed(projects):
    here, there = projects[:2]
    record = made(here, phone="1")
    record.project = there
    record.attrs["phone"] = "2"
    with pytest.raises(WriteRefused, match="project"):
        Party._base_manager.bulk_update([record], ["attrs"])
    Party._base_manager.bulk_update([record], ["attrs", "project"])
    assert wrong_claims(Party) == []


def _constructed(record, project):
    same = Party(pk=record.pk, project=project, name="c")
    same.attrs["x"] = "5"
    return same


def _deferred(record, project):
    same = Party.objects.defer("attrs").get(pk=record.pk)
    same.attrs = {"phone": "1", "x": "5"}
    return same


@pytest.mark.parametrize("make", [_constructed, _deferred])
def test_what_was_never_read_is_saved_and_moved_in_a_transaction(make, projects):
    here, there = projects[:2]
    record = made(here, phone="1", x="1", y="1")
    with transaction.atomic():
        same = make(record, here)
        same.save()
        same.project = there
        same.save()

    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError):
        made(there, phone="1")


# ---- claims that are not right ----


@each_mode
def test_a_member_of_a_group_that_was_never_claimed(mode, offices):
    enforced(Party, X, Y, selectors=(offices[0],), unique_together=[("x", "y")])
    SchemaRecord.objects.define(Party, [X, Y], selectors=(offices[1],))
    here, there = (Project.objects.create(organization=office, slug="p", name="p") for office in offices[:2])
    record = made(there, x="1", y="1")
    given_to(there, offices[0])
    record = Party.objects.get(pk=record.pk)
    record.attrs["x"] = "2"
    with mode():
        record.save()

    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError), mode():
        made(here, x="2", y="1")


@each_mode
def test_what_was_given_up_is_claimed_again_once_it_is_free(mode, offices, projects):
    here, there = projects[:2]
    rival = made(there, phone="1")
    record = made(here, phone="1")
    given_to(here, offices[1])
    for x in "12":
        record = Party.objects.get(pk=record.pk)
        record.attrs["x"] = x
        with mode():
            record.save()
        rival.delete() if rival.pk else None

    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError), mode():
        made(there, phone="1")


@each_mode
def test_a_long_chain_of_claims_that_are_not_right(mode, offices, projects):
    records = [made(project, phone="1") for project in projects]
    for project, office in zip(projects, [*offices[1:], offices[0]], strict=True):
        given_to(project, office)
    record = Party.objects.get(pk=records[0].pk)
    record.attrs["phone"] = "1"
    with mode():
        record.save()

    assert wrong_claims(Party) == []
    for project in projects:
        with pytest.raises(AttributeUniqueError), mode():
            made(Project.objects.get(pk=project.pk), phone="1")


@each_mode
@pytest.mark.parametrize("manager", ["objects", "_base_manager"])
def test_nothing_is_left_out_for_a_claim_that_is_not_right(manager, mode, offices, projects):
    made(projects[0], phone="1")
    given_to(projects[0], offices[1])
    other = Project.objects.create(organization=offices[0], slug="o", name="O")
    with mode():
        getattr(Party, manager).bulk_create([Party(project=other, attrs={"phone": "1"})], ignore_conflicts=True)

    assert Party.objects.filter(project=other).count() == 1


def test_a_project_that_was_constructed_takes_the_claims_along(offices, projects):
    here, there = projects[:2]
    made(here, phone="1")
    Project(pk=here.pk, organization=offices[1], slug="new", name="new").save()

    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError):
        made(there, phone="1")


# ---- in bulk ----


@pytest.mark.parametrize(
    "options",
    [
        {"ignore_conflicts": True},
        {"update_conflicts": True, "update_fields": ["name"], "unique_fields": ["code"]},
    ],
    ids=["ignore", "update"],
)
def test_an_insert_of_a_row_that_is_there_frees_nothing(options):
    SchemaRecord.objects.define(Keyed, [PLAIN_PHONE])
    for code in ("double-1", "double-2"):
        Keyed.objects.create(code=code, attrs={"phone": "9"})
    SchemaRecord.objects.define(Keyed, [PHONE])
    assert synced("testapp.Keyed")[0] == 1
    Keyed.objects.create(code="k1", attrs={"phone": "1"})
    before = values_held_twice(Keyed)
    with transaction.atomic():
        with pytest.raises(AttributeUniqueError):
            Keyed.objects.bulk_create(
                [Keyed(code="k1", attrs={"phone": "2"}), Keyed(code="k2", attrs={"phone": "1"})], **options
            )
        assert Keyed.objects.count() == 3

    assert values_held_twice(Keyed) == before


def test_an_upsert_is_not_refused_because_of_the_row_that_it_updates():
    enforced(Organization, PHONE)
    for name in ("one", "two"):
        Organization.objects.bulk_create(
            [Organization(slug="q", name=name, attrs={"phone": "1"})],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["name"],
        )
    assert Organization.objects.get().name == "two"


def test_the_same_object_twice_is_not_in_its_own_way():
    enforced(Place, PHONE)
    record = Place.objects.create(attrs={"phone": "1"})
    record.attrs["phone"] = "2"
    Place.objects.bulk_update([record, record], ["attrs"])
    assert Place.objects.get().attrs["phone"] == "2"


@pytest.mark.parametrize("manager", ["objects", "_base_manager"])
def test_a_statement_that_came_to_nothing_is_in_nobodys_way(manager):
    enforced(Keyed, PHONE)
    records = [Keyed.objects.create(code=f"k{phone}", attrs={"phone": phone}) for phone in "01"]
    records[1].attrs["phone"] = "0" if manager == "_base_manager" else "7"
    records[1].count = "no number"
    with pytest.raises(ValueError, match="no number"):
        getattr(Keyed, manager).bulk_update([records[1]], ["attrs", "count"])

    with transaction.atomic():
        Keyed.objects.filter(code="k0").update(name="x")
        Keyed.objects.create(code="k2", attrs={"phone": "5"})
    assert checked(Keyed)[0] == 0


# ---- values that are older than their subtype ----


def test_a_subtype_makes_two_spellings_one_value():
    enforced(Place, PHONE)
    Place.objects.create(attrs={"phone": "sw1a1aa"})
    SchemaRecord.objects.define(Place, [Attribute("phone", "text", subtype="gb-post-code", unique=True)])

    assert states() == {"phone": "building"}
    assert synced("testapp.Place")[0] == 0
    for _ in range(2):
        with pytest.raises(AttributeUniqueError):
            Place.objects.create(attrs={"phone": "SW1A 1AA"})
        assert checked(Place, normalise=True)[0] == 0
    assert wrong_claims(Place) == []


# ---- instances that are kept ----


def test_an_exchange_that_was_rolled_back_is_done_again(projects):
    here, there = projects[:2]
    one, two = made(here, phone="1"), made(there, phone="1")
    one.project, two.project = there, here
    for is_undone in (True, False):
        with transaction.atomic():
            Party.objects.bulk_update([one, two], ["project", "attrs"])
            transaction.set_rollback(is_undone)

    assert wrong_claims(Party) == []
    assert [Party.objects.get(pk=each.pk).project_id for each in (one, two)] == [there.pk, here.pk]


def _by_column(record):
    record.save(update_fields=["project"])


def _in_bulk(record):
    Party.objects.bulk_update([record], ["project"])


@each_mode
@pytest.mark.parametrize("move", [_by_column, _in_bulk])
def test_an_instance_knows_that_it_was_moved_without_its_attributes(move, mode, projects):
    here, there = projects[:2]
    record = made(here, phone="1")
    record.project = there
    with mode():
        move(record)
    record.attrs["x"] = "1"
    with mode():
        record.save(update_fields=["attrs"])
    record.project = here
    with mode():
        record.save()

    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError), mode():
        made(here, phone="1")


def test_a_move_that_was_rolled_back_is_still_to_be_done(projects):
    here, there = projects[:2]
    record = made(here, phone="1")
    record.project = there
    with transaction.atomic():
        record.save(update_fields=["project"])
        transaction.set_rollback(True)
    record.attrs["phone"] = "2"
    with pytest.raises(WriteRefused, match="project"):
        record.save(update_fields=["attrs"])
    record.save()

    assert wrong_claims(Party) == []


@each_mode
def test_a_stale_instance_moves_more_than_it_knows_of(mode, projects):
    here, there, elsewhere = projects[:3]
    record = made(here, x="1")
    made(there, phone="2")
    stale = Party.objects.get(pk=record.pk)
    record.attrs["phone"] = "2"
    record.save()

    stale.project = there
    with pytest.raises(AttributeUniqueError), mode():
        stale.save()
    is_where_it_was(record, here)
    stale.project = elsewhere
    with mode():
        stale.save()
    assert wrong_claims(Party) == []


def test_a_column_that_was_not_read_was_not_changed(projects):
    here, there = projects[:2]
    record = made(here, phone="1")
    for name in ("attrs", "type"):
        same = Party.objects.defer(name).get(pk=record.pk)
        same.project_id = there.pk
        same.attrs["x"] = name
        same.save(update_fields=["project", "attrs"])

    assert wrong_claims(Party) == []


def test_the_audit_names_what_a_refused_job_has_found():
    SchemaRecord.objects.define(Place, [PLAIN_PHONE])
    for _ in range(3):
        Place.objects.create(attrs={"phone": "1"})
    SchemaRecord.objects.define(Place, [PHONE])
    assert synced("testapp.Place")[0] == 1

    code, said = checked(Place)
    assert (code, "2 records with problems" in said) == (1, True), said
