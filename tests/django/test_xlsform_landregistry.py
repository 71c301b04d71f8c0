"""The land registry's scopes as forms: pyxform converts each without a warning."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from landregistry.models import Organization, Party, Project, SpatialUnit
from landregistry.seeding import seed

from jsonattrs_core import to_xlsform
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.registry import registry
from tests.django.test_xlsform_command import rows, xform

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(_seeded, db):
    """The register as its example fills it."""


@pytest.mark.parametrize("model", [Organization, Project, Party, SpatialUnit])
def test_every_scope_of_the_register_is_a_form_that_pyxform_takes(seeded, model):
    scopes = SchemaRecord.objects.scopes(model)
    assert scopes
    for schema in scopes.values():
        form = to_xlsform(schema, title="Land registry", form_id="land", registry=registry())
        target = io.BytesIO()
        form.save(target)
        written = xform(target.getvalue())
        for row in form.survey:
            assert row["type"] == "end_group" or f'/{row["name"]}"' in written
        left_out = {omission.attribute for omission in form.report if "left out" in omission.reason}
        deprecated = {name for name, attribute in schema.items() if attribute.status == "deprecated"}
        assert set(form.attributes.values()) == set(schema) - left_out - deprecated


def test_a_condition_and_a_rule_of_the_register_are_in_the_form(seeded, tmp_path):
    path = tmp_path / "party.xlsx"

    call_command(
        "attributes_xlsform", "landregistry.Party", output=str(path), stdout=io.StringIO(), stderr=io.StringIO()
    )

    found = {row["name"]: row for row in rows(path)}
    assert found["phone"]["required"] == "${contact_by} = 'phone'"
    assert found["phone"]["label::Indonesian (id)"] == "Telepon"
    assert 'required="' in xform(path.read_bytes())
