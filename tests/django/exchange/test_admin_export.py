"""The actions of the admin that give the selected records as a file."""

from __future__ import annotations

import html
import json

import openpyxl
import pytest
from django.contrib.auth.models import Permission, User
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.exchange.tables import brought_in
from tests.django.pages.record_admins import site
from tests.django.stored import store, stored_text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

LIST = "/records/landregistry/party/"


def may_use(user, action, model, field, attribute):
    return attribute.name != "secret"


@pytest.fixture
def parties():
    organization = Organization.objects.create(slug="o", name="O")
    south, north = (Project.objects.create(organization=organization, slug=slug, name=slug) for slug in "sn")
    SchemaRecord.objects.define(Party, [Attribute("score", "integer"), Attribute("secret", "text")])
    SchemaRecord.objects.define(Party, [Attribute("only_north", "text")], selectors=(None, north))
    return [Party.objects.create(project=south, name=name, attrs={"score": 1, "secret": "s"}) for name in "abc"]


def exported(client, parties, form):
    data = {"action": f"export_as_{form}", "_selected_action": [party.pk for party in parties]}
    return client.post(LIST, data)


def body(response):
    return b"".join(response.streaming_content)


def test_the_selected_records_come_as_a_file_that_is_imported_again(client, parties, tmp_path):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    before = [stored_text(each) for each in Party.objects.order_by("pk")]

    for form in ("csv", "xlsx", "jsonl"):
        response = exported(client, parties[:2], form)
        assert response["Content-Disposition"] == f'attachment; filename="party.{form}"'
        path = tmp_path / f"party.{form}"
        path.write_bytes(body(response))
        (batch,) = brought_in(Party, str(path))
        assert (batch.unchanged, batch.problems) == (2, [])

    assert [stored_text(each) for each in Party.objects.order_by("pk")] == before
    assert (tmp_path / "party.csv").read_text("utf-8-sig").splitlines()[0] == "id,project,type,name,score,secret"
    assert openpyxl.load_workbook(tmp_path / "party.xlsx").active["E2"].value == 1
    assert json.loads((tmp_path / "party.jsonl").read_text().splitlines()[0])["score"] == 1


def test_a_user_gets_what_she_may_see_and_no_name_of_other_scopes(client, parties, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    user = User.objects.create_user("u", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_party"))
    client.force_login(user)

    text = body(exported(client, parties, "csv")).decode("utf-8-sig")

    assert text.splitlines()[0] == "id,project,type,name,score"


@pytest.mark.parametrize(
    ("options", "heading"),
    [
        ({}, "id,project,type,name,score,born,only_north"),
        ({"fields": ("name", "project")}, "id,project,name"),
        ({"fields": ("name", ("project", "attrs"))}, "id,project,name,score,born,only_north"),
        ({"fields": ("name", "attrs__score", "attrs__gone")}, "id,name,score"),
        ({"fieldsets": [("A", {"fields": ("attrs__born",)}), ("B", {"fields": ("type",)})]}, "id,type,born"),
        ({"fields": ("attrs__score", "attrs"), "exclude": ("attrs__born",)}, "id,score,only_north"),
        ({"exclude": ("attrs__score", "type")}, "id,project,name,born,only_north"),
        ({"exclude": ("attrs",)}, "id,project,type,name"),
        ({"fields": ("name", "attrs__score"), "readonly_fields": ("name", "attrs__score")}, "id,name,score"),
    ],
    ids=str,
)
def test_a_file_has_the_columns_that_the_form_shows(client, parties, monkeypatch, options, heading):
    SchemaRecord.objects.define(Party, [Attribute("score", "integer"), Attribute("born", "date")])
    north = Party.objects.create(project=Project.objects.get(slug="n"), name="n", attrs={"only_north": "x"})
    client.force_login(User.objects.create_superuser("root", "", "x"))
    party_admin = site.get_model_admin(Party)
    monkeypatch.setattr(party_admin, "autocomplete_fields", ())
    for name, value in options.items():
        monkeypatch.setattr(party_admin, name, value)

    text = body(exported(client, [*parties, north], "csv")).decode("utf-8-sig")

    assert text.splitlines()[0] == heading


def test_what_cannot_be_written_is_said_and_no_file_comes(client, parties):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    store(parties[0], json.dumps({"secret": "x" * 40_000}))

    response = exported(client, parties, "xlsx")

    assert response.status_code == 302
    page = html.unescape(client.get(response["Location"]).content.decode())
    assert f"Record {parties[0].pk}, column 'secret': a cell of a workbook cannot hold more than 32,767" in page
