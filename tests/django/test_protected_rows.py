"""A row that schemas name cannot be deleted; retiring them lets it go, and erases nothing."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Team

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.models import SchemaRecord
from tests.django.queries import asked

pytestmark = pytest.mark.django_db

OWN = [Attribute("own", "text")]


@pytest.fixture
def organization():
    return Organization.objects.create(slug="o", name="O")


@pytest.fixture
def project(organization):
    return Project.objects.create(slug="p", name="P", organization=organization)


DELETIONS = {
    "instance": lambda row: row.delete(),
    "query-set": lambda row: type(row).objects.filter(pk=row.pk).delete(),
    "all": lambda row: type(row).objects.all().delete(),
    "base-manager": lambda row: type(row)._base_manager.filter(pk=row.pk).delete(),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_a_row_that_a_schema_names_is_protected_and_the_error_lists_the_schemas(organization, delete):
    schemas = {
        SchemaRecord.objects.define(Party, OWN, selectors=(organization,)),
        SchemaRecord.objects.define(Project, OWN, selectors=(organization,)),
    }

    with transaction.atomic(), pytest.raises(ProtectedError) as caught:
        delete(organization)

    assert caught.value.protected_objects == schemas
    assert "retire" in str(caught.value)
    assert Organization.objects.exists()


def test_a_row_is_protected_from_a_deletion_that_cascades_to_it(organization, project):
    SchemaRecord.objects.define(Party, OWN, selectors=(None, project))

    with pytest.raises(ProtectedError):
        organization.delete()

    assert Project.objects.exists()


def test_retiring_releases_it(organization, project):
    SchemaRecord.objects.define(Party, OWN, selectors=(organization,))
    kept = SchemaRecord.objects.define(Party, OWN)

    retired = SchemaRecord.objects.retire(selectors=(organization,))
    organization.delete()

    assert [each.is_retired for each in retired] == [True]
    assert SchemaRecord.objects.filter(is_retired=False).get() == kept


def test_a_row_that_no_schema_names_goes_as_ever(organization, project):
    SchemaRecord.objects.define(Party, OWN, selectors=(organization,))
    other = Organization.objects.create(slug="other", name="Other")

    with asked() as queries:
        other.delete()

    assert not Organization.objects.filter(slug="other").exists()
    assert len(queries) < 10


def test_the_same_key_of_another_model_protects_nothing(organization):
    project = Project.objects.create(pk=organization.pk, slug="p", name="P", organization=organization)
    SchemaRecord.objects.define(Party, OWN, selectors=(organization,))

    project.delete()

    assert not Project.objects.exists()


def test_a_row_with_a_uuid_is_protected_too():
    team = Team.objects.create(code="t")
    SchemaRecord.objects.define(Note, OWN, selectors=(team,))

    with pytest.raises(ProtectedError):
        team.delete()


def test_retiring_nothing_in_particular_is_refused():
    SchemaRecord.objects.define(Party, OWN)

    for selectors in ((), None, (None,)):
        with pytest.raises(SchemaError):
            SchemaRecord.objects.retire(selectors=selectors)
        with pytest.raises(SchemaError):
            SchemaRecord.objects.retire(Party, selectors=selectors)

    assert not SchemaRecord.objects.filter(is_retired=True).exists()
