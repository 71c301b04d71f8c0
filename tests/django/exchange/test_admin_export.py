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


def test_what_cannot_be_written_is_said_and_no_file_comes(client, parties):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    store(parties[0], json.dumps({"secret": "x" * 40_000}))

    response = exported(client, parties, "xlsx")

    assert response.status_code == 302
    page = html.unescape(client.get(response["Location"]).content.decode())
    assert f"Record {parties[0].pk}, column 'secret': a cell of a workbook cannot hold more than 32,767" in page
