"""The admins of models of all kinds: several attribute fields, inherited ones, proxies, other keys; and of sizes."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import User
from landregistry.models import Organization, Party, Project
from testapp.models import Early, Keyed, Note, OldTree, Pair, Restaurant, Stone, Team, Tree, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.admin import AttributeModelAdmin
from jsonattrs_django.models import SchemaRecord
from tests.django.pages.test_admin_form import inputs
from tests.django.queries import asked
from tests.django.stored import plainly_stored as plain

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

SIZE = Attribute("size", "integer", label="Size")


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    return client


def made(model):
    """Return a new record and the field whose attributes it has."""
    fields = {
        Note: {"title": "t", "kind": "k", "team": Team.objects.create(code="c")},
        Early: {"kind": "k"},
        Tree: {"kind": "k"},
        OldTree: {"kind": "k"},
        Stone: {"kind": "k"},
        Keyed: {"code": "a/b_c", "name": "n"},
        Pair: {"first": "f"},
        Restaurant: {"name": "r"},
    }
    SchemaRecord.objects.define(model, [SIZE], field="attrs")
    return model.objects.create(**fields[model], attrs={"size": 1})


@pytest.mark.parametrize("model", [Note, Early, Keyed, Tree, OldTree, Stone, Pair, Restaurant])
def test_any_model_is_listed_edited_and_set_in_bulk(root, model):
    record = made(model)
    start = f"/records/{model._meta.app_label}/{model._meta.model_name}/"
    page = root.get(start + "?attrs__size__exact=1&q=1&o=2")
    assert [each.pk for each in page.context["cl"].result_list] == [record.pk]
    assert 'class="field-attrs__size">1</td>' in page.content.decode()

    from django.contrib.admin.utils import quote

    change = f"{start}{quote(record.pk)}/change/"
    sent = inputs(root.get(change))
    before = plain(record)
    assert root.post(change, sent).status_code == 302
    assert plain(record) == before
    assert root.post(change, {**sent, "attrs__size": ["5"]}).status_code == 302
    assert plain(record) == {**before, "size": 5}

    action = {"action": "set_attribute", "_selected_action": [record.pk], "attribute": "attrs__size"}
    assert root.post(start, {**action, "value-attrs__size": "7", "_apply": "1"}).status_code == 302
    assert plain(record) == {**before, "size": 7}

    given = {"kind": ["k"], "name": ["x"], "title": ["x"], "code": ["x"], "team": sent.get("team", [])}
    sent = inputs(root.get(start + "add/")) | given
    assert root.post(start + "add/", {**sent, "attrs__size": ["3"]}).status_code == 302
    assert model.objects.exclude(pk=record.pk).get().attrs["size"] == 3


def test_a_scope_of_text_and_of_another_tables_row_changes_the_form(root):
    team = Team.objects.create(code="c")
    SchemaRecord.objects.define(Note, [SIZE], selectors=(team,))
    SchemaRecord.objects.define(Note, [Attribute("length", "integer")], selectors=(None, "long"))

    sent = {"title": "t", "kind": "long", "team": str(team.pk), "attrs__size": "2", "attrs__length": "3"}
    assert root.post("/records/testapp/note/add/", sent).status_code == 302

    assert plain(Note.objects.get()) == {"size": 2, "length": 3}


def test_several_attribute_fields_have_places_columns_and_rows_of_their_own(root):
    SchemaRecord.objects.define(Twin, [SIZE], field="left")
    SchemaRecord.objects.define(Twin, [SIZE, Attribute("colour", "text")], field="right")
    twin = Twin.objects.create(left={"size": 1}, right={"size": 2, "colour": "red"})
    start = "/records/testapp/twin/"

    page = root.get(f"{start}{twin.pk}/change/")
    text = page.content.decode()
    assert text.index('name="right__size"') < text.index('name="left__size"')
    assert text.count('data-attributes="') == 2
    assert root.post(f"{start}{twin.pk}/change/", {**inputs(page), "left__size": ["8"]}).status_code == 302
    assert (plain(twin, "left"), plain(twin, "right")) == ({"size": 8}, {"size": 2, "colour": "red"})

    page = root.get(start)
    assert f'<th class="field-left__size"><a href="{start}{twin.pk}/change/">8</a></th>' in page.content.decode()
    form = page.context["cl"].formset.forms[0]
    sent = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": twin.pk, "_save": "1"}
    assert root.post(start, {**sent, f"{form.prefix}-right__size": "9"}).status_code == 302
    assert (plain(twin, "left"), plain(twin, "right")) == ({"size": 8}, {"size": 9, "colour": "red"})
    assert [each.pk for each in root.get(start + "?left__size__exact=8&right__size__exact=9").context["cl"].queryset]


# ---- sizes ----


def test_five_hundred_attributes_and_ten_thousand_choices_are_shown_in_bearable_time(root):
    long = "a label " * 37
    choices = [(f"c{n}", f"Choice {n}") for n in range(10_000)]
    attributes = [Attribute(f"a{n}", "integer", label=f"{long} {n}", group=f"g{n // 25}") for n in range(499)]
    SchemaRecord.objects.define(Party, [*attributes, Attribute("education", "text", choices=choices)])
    project = Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")
    values = {"education": "c9999", **{f"a{n}": n for n in range(499)}}
    party = Party.objects.create(project=project, name="one", attrs=values)
    change, listed = f"/records/landregistry/party/{party.pk}/change/", "/records/landregistry/party/"
    root.get(change)

    begin = time.process_time()
    page = root.get(change)
    assert time.process_time() - begin < 5
    text = page.content.decode()
    assert len(text) < 1_500_000
    assert text.count("<details") == 20
    assert text.count("<details") > text.count('data-attributes-group="g0" open')
    assert "Choice 9999" in text
    assert text.count("<option") < 300
    assert root.post(change, inputs(page)).status_code == 302

    page = root.get(listed)
    assert "Choice 9999" in page.content.decode()
    assert page.content.decode().count("attrs__education__exact") < 20
    action = {"action": "set_attribute", "_selected_action": [party.pk]}
    assert root.post(listed, action).content.decode().count("<option") < 600
    assert root.post(listed, {**action, "attribute": "attrs__education"}).content.decode().count("<option") < 300


def test_the_change_form_takes_as_many_queries_as_without_attributes(root, monkeypatch):
    from tests.django.pages.record_admins import site

    party = made_party()
    change = f"/records/landregistry/party/{party.pk}/change/"

    def count():
        root.get(change)
        with asked() as queries:
            root.get(change)
        return len(queries)

    with_attributes = count()
    monkeypatch.setattr(site._registry[Party], "exclude", ("attrs",))

    assert with_attributes <= count() + len(Party._meta.get_field("attrs").select_related)


def made_party():
    SchemaRecord.objects.define(Party, [SIZE])
    project = Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")
    return Party.objects.create(project=project, name="one", attrs={"size": 1})


def test_an_admin_may_be_of_a_model_without_attributes():
    from django.contrib import admin

    assert AttributeModelAdmin(Team, admin.AdminSite()).check() == []
