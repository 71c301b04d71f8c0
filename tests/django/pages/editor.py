"""What tests of the schema editor share: organisations with schemas, users, and the addresses of pages."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.urls import reverse
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.editor.access import address
from jsonattrs_django.editor.drafts import open_draft
from jsonattrs_django.models import SchemaRecord

TREE = "/admin/jsonattrs/schemarecord/"
FIELD = Party._meta.get_field("attrs")


class Land:
    """Two organisations with two projects, and the schemas that parties have there."""

    def __init__(self):
        self.north = Organization.objects.create(slug="north", name="Northern Trust")
        self.south = Organization.objects.create(slug="south", name="Southern Trust")
        self.hill = Project.objects.create(organization=self.north, slug="hill", name="Hill")
        self.dale = Project.objects.create(organization=self.south, slug="dale", name="Dale")
        self.define((), Attribute("score", "integer"), Attribute("note", "text"), name="Parties")
        self.define((self.north,), Attribute("acres", "float"), name="Northern parties")
        self.define((self.south,), Attribute("secret", "text"), name="Southern parties")

    def define(self, selectors, *attributes, **more):
        """Define a schema of parties."""
        return SchemaRecord.objects.define(Party, attributes, selectors=selectors, **more)

    def party(self, project=None, type="IN", name="A party", **attrs):  # noqa: A002 - as the model calls it
        """Register a party."""
        return Party.objects.create(project=project or self.hill, type=type, name=name, attrs=attrs)

    def draft(self, *selectors):
        """Open the draft of a scope of parties."""
        return open_draft(FIELD, FIELD.selectors.given(selectors))

    def url(self, page="schema", *selectors):
        """Return the address of a page of a scope of parties."""
        return address(page, FIELD, FIELD.selectors.given(selectors))


def user(name, *permissions, **more):
    """Make a member of the staff, who has these permissions of any application."""
    found = User.objects.create_user(name, is_staff=True, **more)
    found.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return found


def northern_only(user, model, field, selectors):
    """Decide who may edit which schema: a user of the north the schemas of the north, an administrator all."""
    if user.is_superuser:
        return True
    return bool(selectors) and selectors[0] == Organization.objects.get(slug="north").pk


def change_page(row):
    """Return the address of the admin's page of a record."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
