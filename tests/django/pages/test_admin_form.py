"""The change form of a record, with its attributes."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.utils.translation import override
from landregistry.models import Organization, Party, Project, SpatialUnit

from jsonattrs_core import Attribute, Choice, Rule
from jsonattrs_django.models import SchemaRecord
from tests.django.pages.record_admins import PartyAdmin
from tests.django.stored import stored_text as raw

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

HOSTILE = "<script>alert(1)</script>\"'\u202e{{ x }}"

ATTRIBUTES = (
    Attribute("score", "integer", label={"en": "Score", "de": "Punkte"}),
    Attribute("active", "boolean", label="Active", group="state"),
    Attribute("consent", "boolean", choices=[True], group="state"),
    Attribute("education", "text", choices=[("a", "Ah"), Choice("old", "Old", retired=True), ("b", "Beh")]),
    Attribute("nick", "text", visible_if="score > 2"),
    Attribute("born", "date", label="Born", group="state"),
    Attribute("tags", "text", multiple=True, choices=["x", "y"]),
    Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
)


@pytest.fixture
def party():
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    organization = Organization.objects.create(slug="o", name="O")
    project = Project.objects.create(organization=organization, slug="p", name="P")
    return Party.objects.create(project=project, name="one", attrs={"score": 3, "active": True, "education": "a"})


@pytest.fixture
def root(client):
    user = User.objects.create_superuser("root", "", "x")
    client.force_login(user)
    return client


def address(record, what="change", site="records"):
    return f"/{site}/landregistry/{record._meta.model_name}/{record.pk}/{what}/"


def inputs(page):
    """Return what a browser would send of the page's form."""
    text = page.content.decode()
    text = text[text.index('id="content-main"') :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        attrs = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        kind = attrs.get("type", "text")
        if (
            "name" not in attrs
            or kind in ("submit", "search")
            or (kind in ("checkbox", "radio") and " checked" not in tag)
        ):
            continue
        found.setdefault(attrs["name"], []).append(attrs.get("value", "on" if kind == "checkbox" else ""))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.findall(r'<option value="([^"]*)"[^>]* selected', body)
        if chosen:
            found[name] = [html.unescape(value) for value in chosen]
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.S):
        found[name] = [html.unescape(body).removeprefix("\n")]
    return {
        name: values for name, values in found.items() if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }


def test_the_attributes_of_the_scope_are_there_by_group_and_saving_them_unchanged_changes_nothing(root, party):
    before = raw(party)
    page = root.get(address(party))
    text = page.content.decode()

    assert 'name="attrs__score" value="3"' in text
    assert "<summary>State</summary>" in text
    assert text.index("attrs__score") < text.index("<summary>State</summary>") < text.index('name="attrs__active"')
    assert root.post(address(party), inputs(page)).status_code == 302
    assert raw(party) == before
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_what_was_changed_is_written_and_the_log_names_it(root, party):
    sent = inputs(root.get(address(party)))
    sent |= {"name": ["other"], "attrs__score": ["5"], "attrs__born": ["1984-02-29"], "attrs__tags": ["x", "y"]}

    assert root.post(address(party), sent).status_code == 302

    party.refresh_from_db()
    assert dict(party.attrs)["score"] == 5
    assert party.attrs["tags"] == ["x", "y"]
    assert party.name == "other"
    assert LogEntry.objects.get().get_change_message() == "Changed Name, Score, Born and Tags."
    page = root.get(address(party, "history"))
    assert "Changed Name, Score, Born and Tags." in html.unescape(page.content.decode())


def test_what_a_rule_only_warns_of_is_said_after_the_record_was_saved(root, party):
    rule = Rule("score < 100", "Is it really that many?", attributes=["score"], severity="warning")
    SchemaRecord.objects.define(Party, ATTRIBUTES, rules=[rule])
    data = inputs(root.get(address(party))) | {"attrs__score": "200"}

    page = root.post(address(party), data, follow=True).content.decode()

    assert "was changed successfully" in page
    assert "Score: Is it really that many?" in page
    assert json.loads(raw(party))["score"] == 200


def test_the_log_names_attributes_in_the_language_of_the_schema(root, party):
    with override("de"):
        sent = inputs(root.get(address(party), headers={"accept-language": "de"}))
        assert "Punkte" in root.get(address(party), headers={"accept-language": "de"}).content.decode()
        root.post(address(party), {**sent, "attrs__score": ["7"]}, headers={"accept-language": "de"})

    assert LogEntry.objects.get().change_message == '[{"changed": {"fields": ["Score"]}}]'


def test_a_partial_post_leaves_the_rest_as_it_is(root, party):
    party.attrs.update({"tags": ["x"], "consent": True, "nick": "Zed"})
    party.save()
    before = raw(party)

    assert root.post(address(party), {"name": "two", "type": "IN", "project": party.project_id}).status_code == 302
    assert raw(party) == before

    posted = {"name": "two", "type": "IN", "project": party.project_id, "attrs__score": "4"}
    assert root.post(address(party), posted).status_code == 302
    assert json.loads(raw(party)) == {**json.loads(before), "score": 4}


def test_a_record_is_added_in_the_scope_that_the_form_says(root, party):
    SchemaRecord.objects.define(Party, [Attribute("crew", "integer", required=True)], selectors=(None, None, "CO"))
    posted = {"name": "new", "type": "CO", "project": party.project_id, "attrs__crew": "", "attrs__score": "1"}

    page = root.post("/records/landregistry/party/add/", posted)
    assert page.status_code == 200
    assert "attrs__crew" in page.context["adminform"].form.errors
    assert root.post("/records/landregistry/party/add/", {**posted, "attrs__crew": "3"}).status_code == 302

    assert dict(Party.objects.get(name="new").attrs) == {"crew": 3, "score": 1}
    assert LogEntry.objects.get().is_addition()


def test_a_form_that_is_only_asked_for_is_not_saved(root, party):
    sent = inputs(root.get(address(party)))
    page = root.post(address(party), {**sent, "attrs__score": ["1"], "name": [""], "_attributes": "refresh"})

    assert page.status_code == 200
    assert "attrs__nick" not in page.context["adminform"].form.fields
    assert "errornote" not in page.content.decode()
    page = root.post(address(party), {**sent, "attrs__score": ["x"], "_attributes": "check"})
    assert "attrs__score" in page.context["adminform"].form.errors
    party.refresh_from_db()
    assert party.attrs["score"] == 3
    assert not LogEntry.objects.exists()


def test_a_choice_that_is_retired_or_a_value_that_does_not_fit_is_kept_until_it_is_changed(root, party):
    Party.objects.filter(pk=party.pk).update_attributes({"education": "b"})
    SchemaRecord.objects.define(
        Party, [*ATTRIBUTES[:3], Attribute("education", "text", choices=["a", Choice("b", "Beh", retired=True)])]
    )
    before = raw(party)
    page = root.get(address(party))

    assert "Beh (no longer offered)" in page.content.decode()
    assert root.post(address(party), inputs(page)).status_code == 302
    assert raw(party) == before


def test_save_as_makes_another_record_with_the_attributes(root, party):
    sent = inputs(root.get(address(party)))

    assert root.post(address(party), {**sent, "name": ["copy"], "_saveasnew": "1"}).status_code == 302

    assert dict(Party.objects.get(name="copy").attrs)["score"] == 3
    assert dict(Party.objects.get(name="one").attrs)["score"] == 3


def test_a_popup_answers_with_the_new_record(root, party):
    posted = {"name": "new", "type": "IN", "project": party.project_id, "attrs__score": "1", "_popup": "1"}

    page = root.post("/records/landregistry/party/add/?_popup=1", posted)

    assert page.status_code == 200
    assert str(Party.objects.get(name="new").pk) in page.context["popup_response_data"]


def test_an_autocomplete_field_searches_attributes(root):
    SchemaRecord.objects.define(Organization, [Attribute("motto", "text")])
    Organization.objects.create(slug="f", name="Found", attrs={"motto": "By the sea"})
    Organization.objects.create(slug="g", name="Other", attrs={"motto": "By the hill"})
    found = root.get(
        "/records/autocomplete/",
        {"term": "sea", "app_label": "landregistry", "model_name": "project", "field_name": "organization"},
    )
    assert [row["text"] for row in found.json()["results"]] == ["Found"]


def test_labels_help_choices_and_values_of_strangers_are_text(root, party):
    SchemaRecord.objects.define(
        Party,
        [
            Attribute("nasty", "text", label=HOSTILE, help_text=HOSTILE, group=HOSTILE),
            Attribute("choice", "text", label=HOSTILE, choices=[(HOSTILE, HOSTILE)]),
        ],
    )
    party = Party.objects.create(project=party.project, name=HOSTILE, attrs={"nasty": HOSTILE, "choice": HOSTILE})
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_party"))

    for user in (None, viewer):
        if user is not None:
            root.force_login(user)
        text = root.get(address(party)).content.decode()
        assert "<script>alert" not in text
        assert html.escape(HOSTILE) in text or "&lt;script&gt;alert(1)" in text


# ---- who may see and change what ----


def may(user, action, model, field, attribute):
    """See nothing of consent, and change nothing of the score."""
    if user.is_superuser:
        return True
    return attribute.name != "consent" and (action == "view" or attribute.name != "score")


@pytest.fixture
def editor(client, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may"}
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_party", "change_party", "add_party"]))
    client.force_login(user)
    return client


def test_what_a_user_may_not_change_is_text_and_what_she_may_not_see_is_not_there(editor, party, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": "tests.django.pages.test_admin_form.may"}
    Party.objects.filter(pk=party.pk).update_attributes({"consent": True})
    page = editor.get(address(party))
    text = page.content.decode()

    assert "Consent" not in text
    assert 'name="attrs__score"' not in text
    assert re.search(r"Score</div><div[^>]*><bdi>3</bdi>", text)

    sent = {**inputs(page), "attrs__score": ["9"], "attrs__consent": ["false"], "attrs__education": ["b"]}
    assert editor.post(address(party), sent).status_code == 302
    party.refresh_from_db()
    assert (party.attrs["score"], party.attrs["consent"], party.attrs["education"]) == (3, True, "b")


def test_who_may_only_view_sees_text(client, party):
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_party"))
    client.force_login(user)
    Party.objects.filter(pk=party.pk).update_attributes({"agent": party.project.organization, "born": "1984-02-29"})

    text = client.get(address(party)).content.decode()

    assert 'name="attrs__' not in text
    for shown in ("<bdi>Ah</bdi>", "<bdi>Yes</bdi>", "<bdi>Feb. 29, 1984</bdi>", "<bdi>O</bdi>"):
        assert shown in text
    assert client.post(address(party), {"attrs__score": "1"}).status_code == 403


# ---- where developers put attributes ----


def test_attributes_are_where_the_developer_puts_them(root, party):
    page = root.get(address(party, site="placed"))
    text = page.content.decode()

    assert text.index("First</h2>") < text.index('name="attrs__score"') < text.index("Rest</h2>")
    assert text.count('name="attrs__score"') == 1
    assert text.count('name="attrs-shown"') == 1
    assert 'name="attrs__education"' not in text
    assert "<bdi>Ah</bdi>" in text
    assert "attrs__born" not in text
    before = raw(party)
    assert root.post(address(party, site="placed"), inputs(page)).status_code == 302
    assert raw(party) == before
    assert (
        root.post(
            address(party, site="placed"), {**inputs(page), "attrs__education": ["b"], "attrs__score": ["8"]}
        ).status_code
        == 302
    )
    assert json.loads(raw(party)) == {**json.loads(before), "score": 8}


def test_a_section_that_holds_an_error_is_open(root, party):
    page = root.post(
        address(party, site="placed"),
        {**inputs(root.get(address(party, site="placed"))), "attrs__nick": ["x" * 100_001]},
    )

    assert page.status_code == 200
    text = page.content.decode()
    assert not re.search(r"<details><summary>\s*<h2[^>]*>Rest", text)


def test_an_admin_with_a_broken_schema_shows_what_is_stored(root, party):
    from jsonattrs_django.models import AttributeRecord
    from tests.django.queries import forget

    AttributeRecord.objects.filter(key="score").update(definition={"name": "score", "key": "score", "type": "no-type"})
    forget()
    before = raw(party)

    page = root.get(address(party))
    assert page.status_code == 200
    assert "<bdi>3</bdi>" in page.content.decode()
    assert root.post(address(party), {**inputs(page), "name": ["x"]}).status_code == 302
    assert raw(party) == before


# ---- inlines ----


def test_inlines_have_the_attributes_of_their_records(root, party):
    SchemaRecord.objects.define(SpatialUnit, [Attribute("area", "decimal", label="Area")])
    project = party.project
    unit = SpatialUnit.objects.create(project=project, name="unit", attrs={"area": "1.50"})
    before = raw(party), raw(unit)
    page = root.get(address(project))
    sent = inputs(page)

    assert sent["parties-0-attrs__score"] == ["3"]
    assert sent["spatial_units-0-attrs__area"] == ["1.50"]
    assert root.post(address(project), sent).status_code == 302
    assert (raw(party), raw(unit)) == before
    assert Party.objects.count() == SpatialUnit.objects.count() == 1

    sent |= {"parties-0-attrs__score": ["6"], "spatial_units-1-name": ["new"], "spatial_units-1-attrs__area": ["2"]}
    assert root.post(address(project), sent).status_code == 302
    assert json.loads(raw(party)) == {**json.loads(before[0]), "score": 6}
    assert str(SpatialUnit.objects.get(name="new").attrs["area"]) == "2"
    message = LogEntry.objects.order_by("pk").last().get_change_message()
    assert "Changed Score for party “one”." in message
    assert "Added spatial unit “new”." in message


def test_who_may_only_view_sees_the_attributes_of_inlines_as_text(client, party):
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)

    text = client.get(address(party.project)).content.decode()

    assert 'name="parties-0-attrs' not in text
    assert "<bdi>Ah</bdi>" in text


def test_selectors_that_the_admin_puts_buttons_beside_are_watched(root, party):
    for name in ("records", "placed"):
        text = root.get(address(party, site=name)).content.decode()
        assert re.search(r'<select name="project"[^>]* data-attributes-refresh', text)
        assert re.search(r'<select name="type"[^>]* data-attributes-refresh', text)


def test_who_comes_second_with_a_unique_value_is_told_in_the_form(root, party, monkeypatch):
    SchemaRecord.objects.define(Party, [Attribute("number", "text", unique=True), *ATTRIBUTES])
    sent = inputs(root.get(address(party))) | {"attrs__number": ["7"]}
    save = PartyAdmin.save_model

    def save_second(self, request, obj, form, change):
        if not Party.objects.filter(name="first").exists():
            first.append(Party.objects.create(project=party.project, name="first", attrs={"number": "7"}))
        save(self, request, obj, form, change)

    first = []
    monkeypatch.setattr(PartyAdmin, "save_model", save_second)
    page = root.post(address(party), sent)

    assert first
    assert page.status_code == 200
    assert "Another record has this value already." in page.content.decode()
    assert not LogEntry.objects.exists()


def test_two_new_rows_of_an_inline_with_one_unique_value_are_refused_in_the_form(root, party):
    SchemaRecord.objects.define(SpatialUnit, [Attribute("number", "text", unique=True)])
    project = party.project
    sent = inputs(root.get(address(project)))
    sent |= {"spatial_units-TOTAL_FORMS": ["2"]}
    for place in (0, 1):
        own = {"name": ["u"], "type": ["PA"], "attrs__number": ["7"], "project": [str(project.pk)], "id": [""]}
        sent |= {f"spatial_units-{place}-{name}": value for name, value in own.items()}

    page = root.post(address(project), sent, follow=True)

    assert page.redirect_chain == []
    assert "Another record has this value already." in page.content.decode()
    assert not SpatialUnit.objects.exists()
