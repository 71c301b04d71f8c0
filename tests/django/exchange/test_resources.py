"""Resources of django-import-export: a field for each attribute, dry run, and its own admin classes."""

from __future__ import annotations

import pytest
import tablib
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import path
from import_export.admin import ImportExportMixin
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.admin import AttributeModelAdmin
from jsonattrs_django.exchange.resources import AttributeModelResource, AttributeResourceAdminMixin
from jsonattrs_django.models import SchemaRecord
from tests.django.stored import plainly_stored, store, stored_text

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

site = admin.AdminSite(name="exchange")


class PartyResource(AttributeModelResource):
    class Meta:
        model = Party
        fields = ("id", "project", "name")


@admin.register(Party, site=site)
class PartyAdmin(AttributeResourceAdminMixin, ImportExportMixin, AttributeModelAdmin):
    resource_classes = (PartyResource,)


urlpatterns = [path("exchange/", site.urls)]


def may_use(user, action, model, field, attribute):
    return attribute.name != "secret" and not (action == "change" and attribute.name == "fixed")


@pytest.fixture(autouse=True)
def import_export_is_installed(settings):
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "import_export"]


@pytest.fixture
def south():
    organization = Organization.objects.create(slug="o", name="O")
    SchemaRecord.objects.define(
        Party,
        [
            Attribute("score", "integer", constraints={"max": 9}),
            Attribute("name", "text"),
            Attribute("code", "text", unique=True),
            Attribute("price", "decimal"),
            Attribute("tags", "text", multiple=True),
            Attribute("secret", "text"),
            Attribute("fixed", "text"),
        ],
    )
    return Project.objects.create(organization=organization, slug="south", name="S")


def codes_in(result):
    return [
        sorted(error.code for errors in row.error.error_dict.values() for error in errors)
        for row in result.invalid_rows
    ]


def test_what_a_resource_exports_it_imports_without_changing_a_byte(south):
    for document in ({"score": 5, "name": "=1", "price": "1.50", "tags": ["a;b", "c"]}, {"code": None}, {}):
        Party.objects.create(project=south, name="x", attrs=document)
    store(Party.objects.last(), '{"score": "x", "gone": 1.10}')
    before = [stored_text(each) for each in Party.objects.order_by("pk")]

    data = PartyResource().export()
    result = PartyResource().import_data(data, raise_errors=True)

    assert data.headers == ["id", "project", "name", "score", "attrs.name", "code", "price", "tags", "secret", "fixed"]
    assert data[0][3:] == ("5", "\\=1", "", "1.50", '["a;b", "c"]', "", "")
    assert [stored_text(each) for each in Party.objects.order_by("pk")] == before
    assert result.totals["update"] == 3


def test_rows_are_created_and_updated_and_only_what_is_mentioned_is_touched(south):
    one = Party.objects.create(project=south, name="one", attrs={"score": 1, "code": "a"})
    data = tablib.Dataset([one.pk, south.pk, "one", "2", ""], ["", south.pk, "two", "3", "b"])
    data.headers = ["id", "project", "name", "score", "code"]

    PartyResource().import_data(data, raise_errors=True)

    assert {each.name: plainly_stored(each) for each in Party.objects.all()} == {
        "one": {**plainly_stored(one), "score": 2, "code": "a"},
        "two": {**plainly_stored(Party.objects.get(name="two")), "score": 3, "code": "b"},
    }


@pytest.mark.parametrize("dry", [True, False])
def test_problems_are_those_of_every_other_door_in_a_dry_run_too(south, dry):
    rows = [["", south.pk, "a", "99", "c"], ["", south.pk, "b", "x", "d"], ["", south.pk, "c", "1", "e"]]
    data = tablib.Dataset(*rows, ["", south.pk, "d", "1", "e"], headers=["id", "project", "name", "score", "code"])

    result = PartyResource().import_data(data, dry_run=dry)

    assert codes_in(result) == [["max"], ["format"], ["unique"]]
    assert Party.objects.count() == (0 if dry else 1)


def test_a_user_neither_sees_nor_changes_what_she_may_not(south, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    one = Party.objects.create(project=south, name="one", attrs={"score": 1, "secret": "s", "fixed": "f"})
    user = User.objects.create(username="u")

    data = PartyResource(user=user).export()
    assert "secret" not in data.headers
    assert PartyResource(user=user).import_data(data).totals["update"] == 1

    rows = [one.pk, "t", "", "2"], [one.pk, "", "g", "2"], [one.pk, "t", "g", "2"]
    data = tablib.Dataset(*rows, headers=["id", "secret", "fixed", "score"])
    assert codes_in(PartyResource(user=user).import_data(data)) == [
        ["unknown"],
        ["read_only"],
        ["read_only", "unknown"],
    ]
    assert plainly_stored(one) == {"score": 1, "secret": "s", "fixed": "f"}


def test_a_column_that_no_scope_of_the_row_knows_is_a_problem_of_the_row_and_not_passed_over(south):
    data = tablib.Dataset(["", south.pk, "a", "1"], ["", south.pk, "b", ""], headers=["id", "project", "name", "scroe"])

    result = PartyResource().import_data(data)

    assert codes_in(result) == [["unknown"]]
    assert [each.name for each in Party.objects.all()] == ["b"]


def test_its_own_admin_imports_after_a_look_and_exports(south, client):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    text = f"id,project,name,score\n,{south.pk},new,7\n".encode()

    page = client.post(
        "/exchange/landregistry/party/import/",
        {"import_file": SimpleUploadedFile("x.csv", text), "format": "0", "resource": ""},
    )
    assert page.context["result"].totals["new"] == 1
    assert not Party.objects.exists()
    client.post("/exchange/landregistry/party/process_import/", page.context["confirm_form"].initial)
    assert plainly_stored(Party.objects.get())["score"] == 7

    fields = {"id": "on", "name": "on", "score": "on"}
    chosen = {f"partyresource_{name}": value for name, value in fields.items()}
    page = client.post("/exchange/landregistry/party/export/", {"format": "0", "resource": "0", **chosen})
    assert page.content.decode().splitlines()[0].startswith("id,name,score")
