"""The preview of a draft: the form that record editors will get, which is asked and never saves."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from landregistry.models import Party

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.editor.effective import Effective
from jsonattrs_django.editor.previewing import Preview, stamp_of
from jsonattrs_django.forms import AttributeForm
from jsonattrs_django.models import DraftRecord, SchemaRecord
from tests.django.pages.editor import Land, northern_only, user

pytestmark = pytest.mark.django_db

BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
LANGUAGES = [("en", "English"), ("id", "Indonesian"), ("ar", "Arabic")]


@pytest.fixture
def land(settings):
    settings.LANGUAGES = LANGUAGES
    land = Land()
    land.define(
        (),
        Attribute("score", "float", constraints={"max": 5}, label={"en": "Score", "id": "Nilai"}),
        Attribute("kind", "text", choices=[("farm", {"en": "Farm", "id": "Ladang"}), ("shop", "Shop")]),
        Attribute("area", "integer", required_if="kind == 'farm'", visible_if="kind == 'farm'"),
        name="Parties",
    )
    land.define((land.north,), Attribute("born", "date", default="2001-02-03"), name="Northern parties")
    return land


@pytest.fixture
def admin(client):
    client.force_login(user("ada", is_superuser=True))
    return client


@pytest.fixture
def url(land):
    return land.url("preview", land.north)


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def named(response):
    """Return the names of the attributes that the form has."""
    return re.findall(r'data-attribute="attrs__(\w+)"', response.content.decode())


def value_of(response, name):
    return re.search(rf'<input[^>]*name="attrs__{name}"[^>]*value="([^"]*)"', response.content.decode())[1]


def told(response):
    """Return what is said below the form."""
    return text_of(response).split("Nothing is saved here.", 1)[1].strip()


def test_it_is_the_form_of_the_composed_draft(land, admin, url):
    draft = land.draft(land.north)
    draft.put({"key": "crop", "name": "crop", "type": "text", "label": "Crop", "group": "fields"})
    draft.save(None)
    page = admin.get(url)
    assert named(page) == ["score", "kind", "born", "crop"]
    form = AttributeForm(schema=draft.composed())
    for field in form:
        if not field.is_hidden:
            assert str(field) in page.content.decode()
    assert 'data-attributes="attributes"' in page.content.decode()
    assert list(SchemaRecord.objects.for_selectors(Party, (land.north,))) == ["score", "kind", "area", "born"]


def test_it_is_beside_the_draft_and_asks_its_own_page(land, admin, url):
    page = admin.get(land.url("schema", land.north))
    assert named(page) == ["score", "kind", "born"]
    assert f'<form method="post" action="{url}" novalidate data-preview-form>' in page.content.decode()
    assert "jsonattrs/forms.js" in page.content.decode()


def test_conditions_work_as_in_the_form_of_a_record(admin, url):
    page = admin.post(url, {"_attributes": "refresh", "attrs__kind": "farm"}, headers=BY_SCRIPT)
    assert named(page) == ["score", "kind", "area", "born"]
    assert "required" in text_of(page).split("Area:")[1][:20]
    assert "A value is required." not in text_of(page)
    assert "<html" not in page.content.decode()


def test_conditions_look_at_defaults_that_nobody_changes(land, admin):
    land.define(
        (),
        Attribute("kind", "text", choices=["farm", "shop"], default="farm"),
        Attribute("area", "integer", visible_if="kind == 'farm'"),
        name="Parties",
    )
    page = admin.get(land.url("preview"))
    shown = unescape(re.search(r'name="attrs-shown" value="([^"]*)"', page.content.decode())[1])
    data = {"attrs-shown": shown, "attrs__kind": "farm", "attrs__area": "7", "_attributes": "check"}
    assert told(admin.post(land.url("preview"), data)) == "What would be stored Kind farm Area 7"


def test_what_is_refused_is_said_at_its_question(admin, url):
    page = admin.post(url, {"_attributes": "check", "attrs__kind": "farm", "attrs__score": "6"})
    assert "The value must be 5 or less." in text_of(page)
    assert "A value is required." in text_of(page)
    assert "This would be refused" in told(page)
    assert "What would be stored" not in told(page)


@pytest.mark.parametrize("button", [{}, {"_attributes": "check"}], ids=["Enter", "the button"])
def test_what_would_be_stored_is_said_in_words(admin, url, button):
    data = {"attrs__kind": "farm", "attrs__score": "2.50", "attrs__area": "7", "attrs__born": "2002-03-04", **button}
    assert told(admin.post(url, data)) == (
        "What would be stored Score 2.5 Kind farm reads Farm Area 7 Born 2002-03-04 reads March 4, 2002"
    )


def test_nothing_at_all_is_stored_where_nothing_is_given(land, admin):
    land.define((), Attribute("score", "float"), name="Parties")
    assert "Nothing: no question is answered." in told(admin.post(land.url("preview"), {"_attributes": "check"}))


def test_a_warning_refuses_nothing(land, admin):
    land.define(
        (), Attribute("score", "float"), rules=[Rule("score < 3.0", "Rather high", severity="warning")], name="Parties"
    )
    page = admin.post(land.url("preview"), {"_attributes": "check", "attrs__score": "4"})
    assert told(page) == "What would be stored Rather high Score 4.0"


def test_the_first_button_of_the_form_is_that_of_the_enter_key(admin, url):
    form = admin.get(url).content.decode().split("data-preview-form", 1)[1]
    first = re.search(r"<button[^>]*>", form)[0]
    assert first == '<button type="submit" name="_attributes" value="check" hidden>'


def test_nothing_is_ever_written(admin, url):
    data = {"attrs__kind": "farm", "attrs__score": "2", "attrs__area": "7", "attrs__born": "2002-03-04"}
    for button in ({}, {"_attributes": "check"}, {"_attributes": "refresh"}, {"_attributes": "save"}, {"_to": "id"}):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert admin.post(url, {**data, **button}).status_code == 200
        assert [query["sql"] for query in caught if re.match(r"(INSERT|UPDATE|DELETE)", query["sql"])] == []
    assert (Party.objects.count(), DraftRecord.objects.count()) == (0, 0)


# ---- languages ----


def test_the_form_can_be_seen_in_each_language_of_the_site(admin, url):
    page = admin.get(f"{url}&_language=id")
    assert "Nilai:" in text_of(page)
    assert "What would be stored?" in text_of(page)  # the rest of the page is in the reader's own
    assert '<div class="ja-sheet" lang="id" dir="ltr">' in page.content.decode()
    assert '<div class="ja-sheet" lang="ar" dir="rtl">' in admin.get(f"{url}&_language=ar").content.decode()


@pytest.mark.parametrize("language", ["xx", "", "<script>", "en\0"])
def test_another_language_is_none(admin, url, language):
    assert (
        'lang="en"'
        in admin.get(url, {"_language": language, "organization": re.search(r"\d+$", url)[0]}).content.decode()
    )
    assert 'lang="en"' in admin.post(url, {"_language": language, "_to": language}).content.decode()


def test_what_was_typed_is_written_as_the_other_language_writes_it(admin, url):
    page = admin.get(url)
    shown = unescape(re.search(r'name="attrs-shown" value="([^"]*)"', page.content.decode())[1])
    data = {"_language": "en", "attrs-shown": shown, "attrs__score": "1.5", "attrs__kind": "farm", "attrs__area": "?"}
    page = admin.post(url, {**data, "attrs__born": "2002-03-04", "_to": "id"})
    assert value_of(page, "score") == "1,5"
    assert value_of(page, "area") == "?"
    assert value_of(page, "born") == "2002-03-04"
    assert '<option value="farm" selected>Ladang</option>' in page.content.decode()
    assert 'name="_language" value="id"' in page.content.decode()


def test_numbers_are_read_as_they_are_written_in_the_language_of_the_form(admin, url):
    page = admin.get(f"{url}&_language=id")
    shown = unescape(re.search(r'name="attrs-shown" value="([^"]*)"', page.content.decode())[1])
    data = {"_language": "id", "attrs-shown": shown, "attrs__score": "1,5", "attrs__kind": "shop", "attrs__born": ""}
    page = admin.post(url, {**data, "_attributes": "check"})
    assert told(page) == "What would be stored Nilai 1.5 reads 1,5 Kind shop reads Shop Born nothing"


# ---- faults ----


def test_there_is_no_form_of_a_draft_with_faults(land, admin, url):
    draft = land.draft(land.north)
    draft.put({"key": "x", "name": "x", "type": "texxt"})
    draft.save(None)
    for page in (admin.get(url), admin.post(url, {"_attributes": "check"}), admin.post(url, {"_to": "id"})):
        assert "There is no form as long as this is not mended:" in text_of(page)
        assert "did you mean 'text'?" in text_of(page)


def test_there_is_no_form_without_attributes(admin, land):
    land.define((), name="Parties")
    assert "Records have no attributes yet." in text_of(admin.get(land.url("preview")))


def test_the_form_of_faults_is_none_to_be_rendered(land):
    draft = land.draft(land.north)
    draft.put({"key": "x", "name": "x", "type": "texxt"})
    preview = Preview(Effective(draft), None)
    assert (preview.form, preview.stored, preview.warnings, preview.is_refused) == (None, None, [], False)
    with pytest.raises(ValueError, match="no form"):
        preview.render()


# ---- who may ----


def test_it_is_for_those_who_may_edit_the_scope(land, client, settings):
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "tests.django.pages.editor.northern_only"}
    assert northern_only
    client.force_login(user("nora"))
    assert client.get(land.url("preview", land.north)).status_code == 200
    assert client.get(land.url("preview", land.south)).status_code == 403
    assert client.post(land.url("preview", land.south), {"_attributes": "check"}).status_code == 403
    assert client.get(f"{land.url('preview', land.south)}&_stamp=x", headers=BY_SCRIPT).status_code == 403


def test_references_are_to_records_that_the_user_may_choose(land, client):
    land.define((), Attribute("agent", "reference", constraints={"model": "landregistry.Party"}), name="Parties")
    land.party(name="A Secret Agent")
    client.force_login(user("eve", "change_schemarecord"))
    assert "A Secret Agent" not in text_of(client.get(land.url("preview")))
    client.force_login(user("ida", "change_schemarecord", "view_party"))
    assert "A Secret Agent" in text_of(client.get(land.url("preview")))


# ---- for the script ----


def test_a_script_is_told_whether_something_else_is_to_be_shown(land, admin, url):
    draft = land.draft(land.north)
    stamp = stamp_of(draft, Effective(draft))
    assert f'data-beside="{stamp}"' in admin.get(land.url("schema", land.north)).content.decode()
    assert admin.get(f"{url}&_stamp={stamp}", headers=BY_SCRIPT).status_code == 204
    draft.put({"key": "crop", "name": "crop", "type": "text"})
    draft.save(None)
    fresh = admin.get(f"{url}&_stamp={stamp}", headers=BY_SCRIPT)
    assert "Crop of this scope" in text_of(fresh)
    assert "Try a value" in text_of(fresh)
    assert "crop" in named(fresh)
    assert "<html" not in fresh.content.decode()


def test_what_a_more_general_schema_changes_is_something_else_too(land, admin, url):
    draft = land.draft(land.north)
    stamp = stamp_of(draft, Effective(draft))
    land.define((), Attribute("score", "float"), name="Parties")
    assert admin.get(f"{url}&_stamp={stamp}", headers=BY_SCRIPT).status_code == 200
