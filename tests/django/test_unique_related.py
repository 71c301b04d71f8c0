"""A related row that is saved takes the claims of its records to their new scope."""

from __future__ import annotations

import logging
from contextlib import nullcontext

import pytest
from django.db import transaction
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.uniqueness import related
from tests.django.unique_cases import PHONE, checked, enforced, wrong_claims

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]

each_mode = pytest.mark.parametrize("mode", [nullcontext, transaction.atomic], ids=["autocommit", "atomic"])


@pytest.fixture
def offices():
    offices = [Organization.objects.create(slug=slug, name=slug) for slug in "ab"]
    for office in offices:
        enforced(Party, PHONE, Attribute("x", "text"), selectors=(office,))
    return offices


@pytest.fixture
def projects(offices):
    return [Project.objects.create(organization=office, slug=office.slug, name=office.slug) for office in offices]


def made(project, **attrs):
    return Party.objects.create(project=project, attrs=attrs)


def _save(project, office):
    project.organization = office
    project.save()


def _save_field(project, office):
    project.organization_id = office.pk
    project.save(update_fields=["organization"])


def _save_column(project, office):
    project.organization_id = office.pk
    project.save(update_fields=["organization_id"])


def _update_or_create(project, office):
    Project.objects.update_or_create(pk=project.pk, defaults={"organization": office})


@each_mode
@pytest.mark.parametrize("move", [_save, _save_field, _save_column, _update_or_create])
def test_its_records_claim_their_values_where_they_are_now(move, mode, offices, projects):
    here, there = projects
    records = [made(here, phone=str(number)) for number in range(5)]

    with mode():
        move(here, offices[1])

    assert wrong_claims(Party) == []
    with pytest.raises(AttributeUniqueError), mode():
        made(there, phone="3")
    free = Project.objects.create(organization=offices[0], slug="free", name="free")
    made(free, phone="3")
    assert checked(Party)[0] == 0
    assert {record.pk for record in records} == set(Party.objects.filter(project=here).values_list("pk", flat=True))


@each_mode
def test_what_another_has_there_is_kept_and_told(mode, offices, projects, caplog):
    here, there = projects
    made(there, phone="1")
    record = made(here, phone="1", x="kept")

    with mode(), caplog.at_level(logging.WARNING, "jsonattrs_django"):
        _save(here, offices[1])

    assert "1 of its records of landregistry.Party" in caplog.text
    assert dict(Party.objects.get(pk=record.pk).attrs) == {"phone": "1", "x": "kept"}
    assert checked(Party)[0] == 1
    with pytest.raises(AttributeUniqueError), mode():
        made(there, phone="1")


def test_two_projects_exchange_their_organisations(offices, projects):
    for project in projects:
        made(project, phone="1")
    with transaction.atomic():
        for project, office in zip(projects, reversed(offices), strict=True):
            project.slug = f"now-{office.slug}"
            _save(project, office)

    assert checked(Party)[0] in (0, 1)  # the first to come met the other, which had not left yet
    assert checked(Party)[0] == 0
    assert wrong_claims(Party) == []


def test_a_save_that_changes_nothing_of_it_looks_at_no_record(offices, projects, settings, django_assert_num_queries):
    settings.JSONATTRS = {"FRESHNESS": 60}
    made(projects[0], phone="1")
    project = Project.objects.get(pk=projects[0].pk)
    project.name = "another"
    project.save()  # whether anything is unique is known from then on
    with django_assert_num_queries(1):
        project.save(update_fields=["name"])
    with django_assert_num_queries(2):  # what the row has, and the update
        project.save()


def test_more_records_than_a_request_can_wait_for_are_left_to_the_audit(offices, projects, monkeypatch, caplog):
    monkeypatch.setattr(related, "_MOST", 3)
    here, there = projects
    for number in range(4):
        made(here, phone=str(number))

    with caplog.at_level(logging.WARNING, "jsonattrs_django"):
        _save(here, offices[1])

    assert "run attributes_check --claims" in caplog.text
    assert len(wrong_claims(Party)) == 4
    assert checked(Party)[0] == 0
    with pytest.raises(AttributeUniqueError):
        made(there, phone="3")


def test_a_save_that_is_rolled_back_moves_nothing(offices, projects):
    made(projects[0], phone="1")
    with transaction.atomic():
        _save(projects[0], offices[1])
        transaction.set_rollback(True)

    assert wrong_claims(Party) == []
    made(projects[1], phone="1")
