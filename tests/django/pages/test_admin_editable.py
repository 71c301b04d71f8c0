"""Attributes that are edited in the rows of a list."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.pages.record_admins import placed
from tests.django.queries import asked
from tests.django.stored import store
from tests.django.stored import stored_text as raw

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

LIST = "/placed/landregistry/party/"

ATTRIBUTES = (
    Attribute("score", "integer", label="Score"),
    Attribute("active", "boolean", label="Active"),
    Attribute("tags", "text", multiple=True, choices=["x", "y"], label="<b>Tags"),
    Attribute("nick", "text"),
)


@pytest.fixture
def parties():
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    SchemaRecord.objects.define(Party, [Attribute("tags", omit=True)], selectors=(None, None, "CO"))
    organization = Organization.objects.create(slug="o", name="O")
    project = Project.objects.create(organization=organization, slug="p", name="P")
    one = {"score": 1, "active": True, "tags": ["x"], "nick": "n"}
    return [
        Party.objects.create(project=project, name="one", attrs=one),
        Party.objects.create(project=project, name="two", type="CO", attrs={"score": 2, "nick": "m"}),
    ]


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    return client


def inputs(page):
    """Return what a browser would send when the list is saved."""
    text = page.content.decode()
    found = {"_save": ["Save"]}
    for tag in re.findall(r"<input[^>]*>", text):
        attrs = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        is_box = attrs.get("type") == "checkbox"
        if attrs.get("name", "").startswith("form-") and not (is_box and " checked" not in tag):
            found.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    for name, body in re.findall(r'<select[^>]*name="(form-[^"]+)"[^>]*>(.*?)</select>', text, re.S):
        found[name] = re.findall(r'<option value="([^"]*)"[^>]* selected', body)
    return found


def place(page, record):
    """Return the prefix of a record's row."""
    return next(form.prefix for form in page.context["cl"].formset.forms if form.instance.pk == record.pk)


def test_saving_the_list_unchanged_changes_nothing(root, parties):
    before = [raw(party) for party in parties]

    assert root.post(LIST, inputs(root.get(LIST))).status_code == 302

    assert [raw(party) for party in parties] == before
    assert not LogEntry.objects.exists()


def test_what_was_changed_is_written_and_nothing_else(root, parties):
    one, two = parties
    before = [json.loads(raw(party)) for party in parties]
    page = root.get(LIST)
    sent = inputs(page) | {f"{place(page, one)}-attrs__score": ["7"], f"{place(page, two)}-attrs__active": ["false"]}
    store(one, json.dumps({**before[0], "nick": "somebody else's"}))

    assert root.post(LIST, sent).status_code == 302

    assert json.loads(raw(one)) == {**before[0], "score": 7, "nick": "somebody else's"}
    assert json.loads(raw(two)) == {**before[1], "active": False}
    said = {entry.object_repr: entry.get_change_message() for entry in LogEntry.objects.all()}
    assert said == {"one": "Changed Score.", "two": "Changed Active."}


def test_what_somebody_else_has_written_meanwhile_stays(root, parties):
    one, _ = parties
    page = root.get(LIST)
    sent = inputs(page) | {f"{place(page, one)}-attrs__active": ["false"]}
    Party.objects.filter(pk=one.pk).update_attributes({"score": 99})

    assert root.post(LIST, sent).status_code == 302

    one.refresh_from_db()
    assert (one.attrs["score"], one.attrs["active"]) == (99, False)


def test_boxes_that_are_all_unticked_empty_the_list(root, parties):
    one, _ = parties
    page = root.get(LIST)
    sent = inputs(page)
    del sent[f"{place(page, one)}-attrs__tags"]

    assert root.post(LIST, sent).status_code == 302

    one.refresh_from_db()
    assert one.attrs["tags"] is None


def test_a_post_that_does_not_say_what_was_shown_changes_only_what_it_mentions(root, parties):
    one, two = parties
    before = [json.loads(raw(party)) for party in parties]
    page = root.get(LIST)
    sent = {name: value for name, value in inputs(page).items() if not name.endswith(("-shown", "-attrs__tags"))}

    assert root.post(LIST, {**sent, f"{place(page, one)}-attrs__score": "5"}).status_code == 302

    assert json.loads(raw(one)) == {**before[0], "score": 5}
    assert json.loads(raw(two)) == before[1]


def test_a_row_has_the_fields_of_its_own_scope(root, parties):
    one, two = parties
    page = root.get(LIST)

    assert f'name="{place(page, one)}-attrs__tags"' in page.content.decode()
    assert f'name="{place(page, two)}-attrs__tags"' not in page.content.decode()
    assert "attrs__gone" not in inputs(page)
    assert "<b>Tags" not in page.content.decode()


def test_what_is_refused_is_said_in_the_row(root, parties):
    one, _ = parties
    page = root.get(LIST)

    page = root.post(LIST, inputs(page) | {f"{place(page, one)}-attrs__score": ["many"]})

    assert page.status_code == 200
    assert page.content.decode().count('<ul class="errorlist"') == 1
    assert 'value="many"' in page.content.decode()
    one.refresh_from_db()
    assert one.attrs["score"] == 1


def test_a_list_that_only_asks_is_not_saved(root, parties):
    one, _ = parties
    page = root.get(LIST)
    sent = inputs(page) | {f"{place(page, one)}-attrs__score": ["9"], "index": ["0"], "action": [""]}
    del sent["_save"]

    for what in ("refresh", "check"):
        page = root.post(LIST, {**sent, "_attributes": what})
        assert page.status_code == 200
        assert 'value="9"' in page.content.decode()
    one.refresh_from_db()
    assert one.attrs["score"] == 1


def may(user, action, model, field, attribute):
    return attribute.name != "score" or action == "view"


def test_what_may_not_be_changed_is_shown_and_not_written(client, parties, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": "tests.django.pages.test_admin_editable.may"}
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_party", "change_party"]))
    client.force_login(user)
    one, _ = parties
    page = client.get(LIST)
    text = page.content.decode()

    assert not re.search(r'name="form-\d-attrs__score"(?![^>]*disabled)', text)
    assert 'class="field-attrs__score">1</td>' in text
    sent = inputs(page) | {f"{place(page, one)}-attrs__score": ["5"], f"{place(page, one)}-attrs__active": ["false"]}
    assert client.post(LIST, sent).status_code == 302
    one.refresh_from_db()
    assert (one.attrs["score"], one.attrs["active"]) == (1, False)


def test_who_may_only_view_edits_nothing(client, parties):
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_party"))
    client.force_login(user)

    assert 'name="form-0-attrs' not in client.get(LIST).content.decode()


def test_two_rows_that_would_have_the_same_unique_value_are_refused(root, parties):
    SchemaRecord.objects.define(Party, [Attribute("score", "integer", unique=True), *ATTRIBUTES[1:]])
    page = root.get(LIST)
    sent = inputs(page) | {f"{place(page, party)}-attrs__score": ["8"] for party in parties}

    page = root.post(LIST, sent)

    assert page.status_code == 200
    assert "Another record has this value already." in page.content.decode()
    assert not LogEntry.objects.exists()
    assert sorted(party.attrs["score"] for party in Party.objects.all()) == [1, 2]


def test_a_list_of_rows_takes_no_more_queries_for_each_than_one_of_columns(root, parties, monkeypatch):
    def count(editable):
        monkeypatch.setattr(placed._registry[Party], "list_editable", editable)
        root.get(LIST)
        with asked() as get:
            page = root.get(LIST)
        with asked() as post:
            assert root.post(LIST, inputs(page)).status_code == 302
        return len(get), len(post)

    monkeypatch.setattr(placed._registry[Party], "list_display", ("name", "type", "attrs__score", "attrs__active"))
    monkeypatch.setattr(placed._registry[Party], "list_filter", ())
    project = parties[0].project
    Party.objects.bulk_create(Party(project=project, name=f"n{n}", attrs={"score": n}) for n in range(50))

    assert count(("attrs__score", "attrs__active")) == count(("type",))
