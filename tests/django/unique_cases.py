"""What the tests of uniqueness share: turning it on, asking whether it holds, and waiting for nobody."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord, UniquenessRecord
from jsonattrs_django.uniqueness.mending import records
from tests.django.indexes import synced

POSTGRESQL = connection.vendor == "postgresql"
#: Seconds after which a process looks at the schemas again: nobody wants to wait for the usual one.
FRESHNESS = 0.05
PHONE = Attribute("phone", "text", unique=True)
PLAIN_PHONE = Attribute("phone", "text")
X, Y = Attribute("x", "text"), Attribute("y", "text")

each_mode = pytest.mark.parametrize("mode", [nullcontext, transaction.atomic], ids=["autocommit", "atomic"])


def offices_named(slugs):
    """Return organisations."""
    return [Organization.objects.create(slug=slug, name=slug) for slug in slugs]


def projects_of(offices):
    """Return a project of each organisation, in which telephone numbers, and x and y together, are unique."""
    for office in offices:
        SchemaRecord.objects.define(Party, [PHONE, X, Y], selectors=(office,), unique_together=[("x", "y")])
    assert synced("landregistry.Party")[0] == 0
    return [Project.objects.create(organization=office, slug=office.slug, name=office.slug) for office in offices]


def made(project, **attrs):
    """Return a new record of a project."""
    return Party.objects.create(project=project, attrs=attrs)


def enforced(model, *attributes, selectors=(), **options):
    """Define the schema of a scope, and have the database enforce what is unique in it."""
    record = SchemaRecord.objects.define(model, attributes, selectors=selectors, **options)
    code, said = synced(model._meta.label)
    assert code == 0, said
    return record


def checked(model, **options):
    """Run ``attributes_check --claims``; return its exit code and what it wrote, the error included."""
    out, code, said = StringIO(), 0, ""
    try:
        call_command("attributes_check", model._meta.label, claims=True, no_progress=True, stdout=out, **options)
    except CommandError as error:
        code, said = error.returncode, str(error)
    return code, out.getvalue() + said


def wrong_claims(model, name="attrs"):
    """Return the keys of records that claim something else than they should."""
    field = model._meta.get_field(name)
    every = records(field, "default", [*model._base_manager.values_list("pk", flat=True)])
    return [record.pk for record in every if record.changes]


def values_held_twice(model, name="attrs"):
    """Return what several records of one scope have and may not, by the values themselves and not by the claims."""
    field = model._meta.get_field(name)
    every = records(field, "default", [*model._base_manager.values_list("pk", flat=True)])
    counts = Counter((each.claim, each.values) for record in every for each in record.claimed)
    return [what for what, count in counts.items() if count > 1]


def states():
    """Return the states of what is unique in the database, by the keys."""
    return dict(UniquenessRecord.objects.values_list("keys", "state"))
