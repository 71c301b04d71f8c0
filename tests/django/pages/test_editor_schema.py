"""The page of one schema, and the edits that are made on it."""

from __future__ import annotations

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from landregistry.models import Party

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import AttributeRecord, DraftRecord, SchemaRecord, UniquenessRecord
from tests.django.pages.editor import Land, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def admin(client):
    client.force_login(user("ada", is_superuser=True))
    return client


def own(page):
    """Return the keys of the attributes that a page lists as the scope's own."""
    return re.findall(r'data-key="([^"]*)"', page.content.decode())


def part(page, key):
    """Return what a page shows of one attribute, without its tags."""
    item = page.content.decode().split(f'id="attribute-{key}"', 1)[1].split("</li>", 1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", item).split())


def test_the_page_shows_what_is_defined_here_and_what_is_inherited(land, admin):
    land.define(
        (land.north,),
        Attribute("acres", "float", label={"en": "Size", "id": "Luas"}, required=True),
        Attribute("crops", "text", key="crop-1", multiple=True, status="deprecated"),
        Attribute("note", omit=True),
        Attribute("score", required=True),
        name="Northern parties",
    )
    page = admin.get(land.url("schema", land.north))
    assert own(page) == ["acres", "crop-1"]
    assert part(page, "acres").startswith('data-key="acres" tabindex="-1"> Size required Number acres')
    assert "Crops going out of use Text (several values) crops stored as crop-1" in part(page, "crop-1")
    assert "Score required changed here Whole number score from Parties" in part(page, "score")
    assert "Note left out here" in part(page, "note")
    assert "Northern Trust" in page.content.decode()
    assert "Published." in page.content.decode()


def test_labels_are_shown_in_the_readers_language(land, admin, settings):
    land.define((land.north,), Attribute("acres", "float", label={"en": "Size", "id": "Luas"}))
    page = admin.get(land.url("schema", land.north), headers={"accept-language": "id"})
    assert "Luas" in part(page, "acres")


def test_the_type_says_which_detailed_type_and_of_which_country(land, admin):
    land.define((land.north,), Attribute("code", "text", subtype="gb-post-code"))
    assert "(GB)" in part(admin.get(land.url("schema", land.north)), "code")


def test_a_scope_without_a_schema_shows_what_it_inherits(land, admin):
    page = admin.get(land.url("schema", land.north, land.hill))
    assert own(page) == []
    assert "There is no schema for this scope alone." in page.content.decode()
    assert "from Northern parties" in part(page, "acres")
    assert not DraftRecord.objects.exists()


def test_what_is_locked_above_cannot_be_changed_here(land, admin):
    land.define((), Attribute("score", "integer", locked=True), name="Parties")
    page = admin.get(land.url("schema", land.north))
    assert "locked" in part(page, "score")
    assert "Leave out here" not in part(page, "score")


def test_attributes_are_moved_by_buttons_and_by_places(land, admin):
    land.define((land.north,), *(Attribute(name, "text") for name in "abc"))
    url, move = land.url("schema", land.north), land.url("move", land.north)
    assert admin.post(move, {"down": "a"}).url == f"{url}#attribute-a"
    assert own(admin.get(url)) == ["b", "a", "c", "acres"]
    admin.post(move, {"up": "c"})
    assert own(admin.get(url)) == ["b", "c", "a", "acres"]
    admin.post(move, {"key": "a", "place": "0"})
    assert own(admin.get(url)) == ["a", "b", "c", "acres"]
    admin.post(move, {"up": "a"})
    admin.post(move, {"down": "acres"})
    assert own(admin.get(url)) == ["a", "b", "c", "acres"]
    assert list(SchemaRecord.objects.for_selectors(Party, (land.north,)))[-3:] == ["a", "b", "c"]


@pytest.mark.parametrize("given", [{"up": "nothing"}, {"key": "acres", "place": "x"}, {"key": "acres"}, {}])
def test_a_move_of_nothing_or_to_nowhere_is_not_found(land, admin, given):
    assert admin.post(land.url("move", land.north), given).status_code == 404


@pytest.mark.parametrize("page", ["about", "move", "omit", "take_back", "status"])
def test_edits_are_posted_and_nothing_else(land, admin, page):
    assert admin.get(land.url(page, land.north)).status_code == 405


def test_edits_need_the_token_of_the_form(land):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user("ada", is_superuser=True))
    assert client.post(land.url("omit", land.north), {"key": "note"}).status_code == 403


def test_an_inherited_attribute_is_left_out_and_taken_back(land, admin):
    url = land.url("schema", land.north)
    assert admin.post(land.url("omit", land.north), {"key": "note"}).url == f"{url}#attribute-note"
    page = admin.get(url)
    assert "left out here not published" in part(page, "note")
    assert "There are changes that are not published." in page.content.decode()
    admin.post(land.url("take_back", land.north), {"key": "note"})
    assert "left out" not in part(admin.get(url), "note")
    assert not DraftRecord.objects.exists()
    assert admin.post(land.url("omit", land.north), {"key": "acres"}).status_code == 404
    assert admin.post(land.url("take_back", land.north), {"key": "note"}).status_code == 404


def test_a_new_attribute_can_be_removed_and_a_published_one_is_retired(land, admin):
    draft = land.draft(land.north)
    draft.put({"key": "crop", "name": "crop", "type": "text"})
    draft.save(None)
    url = land.url("schema", land.north)
    assert "new" in part(admin.get(url), "crop")
    assert admin.post(land.url("take_back", land.north), {"key": "acres"}).status_code == 404
    admin.post(land.url("take_back", land.north), {"key": "crop"})
    admin.post(land.url("status", land.north), {"retire": "acres"})
    page = admin.get(url)
    assert own(page) == ["acres"]
    assert "retired changed" in part(page, "acres")
    admin.post(land.url("status", land.north), {"restore": "acres"})
    assert not DraftRecord.objects.exists()
    assert admin.post(land.url("status", land.north), {"retire": "nothing"}).status_code == 404


def test_the_name_and_the_language_of_a_schema(land, admin):
    about = land.url("about", land.north)
    admin.post(about, {"name": "  Parties   of the north ", "default_language": "id"})
    draft = land.draft(land.north)
    assert (draft.document["name"], draft.document["default_language"]) == ("Parties of the north", "id")
    for given in (
        {"name": " ", "default_language": "en"},
        {"name": "x" * 201},
        {"name": "x", "default_language": "xx"},
    ):
        admin.post(about, given)
    assert land.draft(land.north).row.version == 1


def test_faults_of_a_draft_are_said_and_the_page_stays_usable(land, admin):
    draft = land.draft(land.north)
    draft.put({"key": "crop", "name": "crop", "type": "txet"})
    draft.put({"key": "ghost", "required": True})
    draft.document["rules"] = [{"expression": "score >", "message": "x"}]
    draft.save(None)
    page = admin.get(land.url("schema", land.north)).content.decode()
    assert "To be mended before it can be published" in page
    assert "txet" in page
    assert "ghost" in page
    draft.document["attributes"][0]["colour"] = "red"
    draft.save(None)
    assert "colour" in admin.get(land.url("schema", land.north)).content.decode()


def test_what_breaks_a_lock_is_a_fault(land, admin):
    draft = land.draft(land.north)
    draft.omit("score")
    draft.save(None)
    land.define((), Attribute("score", "integer", locked=True), name="Parties")
    page = admin.get(land.url("schema", land.north)).content.decode()
    assert "it is locked by schema &#x27;Parties&#x27;" in page


def test_rules_are_listed(land, admin):
    land.define((land.north,), rules=[Rule("score > 1", "Too low")], unique_together=[("score", "note")])
    page = admin.get(land.url("schema", land.north)).content.decode()
    assert "score &gt; 1" in page
    assert "score, note" in page


@pytest.mark.parametrize(
    ("state", "said"),
    [(None, "unique, not enforced yet"), ("building", "unique, being built"), ("enforced", "unique, enforced")],
)
def test_how_far_uniqueness_is(land, admin, state, said):
    land.define((), Attribute("score", "integer", unique=True), name="Parties")
    if state:
        kind = ContentType.objects.get_for_model(Party)
        UniquenessRecord.objects.create(content_type=kind, field="attrs", keys="score", database="default", state=state)
    assert said in part(admin.get(land.url()), "score")
    assert said in part(admin.get(land.url("schema", land.north)), "score")


def test_a_draft_of_another_version_warns(land, admin):
    admin.post(land.url("omit", land.north), {"key": "note"})
    land.define((land.north,), Attribute("acres", "float", required=True))
    for page in ("schema", "publish"):
        assert "Somebody has published another version" in admin.get(land.url(page, land.north)).content.decode()


def test_who_edits_at_the_same_time_as_others_edits_what_they_have_left(land, admin, monkeypatch):
    from jsonattrs_django.editor.drafts import Draft

    save, others = Draft.save, ["score"]

    def save_after_another(draft, by):
        if others:
            other = land.draft(land.north)
            other.omit(others.pop())
            save(other, None)
        save(draft, by)

    monkeypatch.setattr(Draft, "save", save_after_another)
    admin.post(land.url("omit", land.north), {"key": "note"})
    assert [each["key"] for each in land.draft(land.north).definitions] == ["acres", "score", "note"]


def test_hostile_labels_and_names_are_shown_as_text(land, admin):
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    land.define(
        (land.north,),
        Attribute("acres", "float", label=hostile, help_text=hostile, group=hostile),
        rules=[Rule("acres > 1.0", hostile)],
        name=hostile,
    )
    draft = land.draft(land.north)
    draft.put({**draft.definition("acres"), "label": f"{hostile}!"})
    draft.save(None)
    for page in ("schema", "publish", "retire"):
        content = admin.get(land.url(page, land.north)).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content


def test_five_hundred_attributes_take_no_more_queries_than_one(land, admin, django_assert_max_num_queries):
    land.define((land.north,), *(Attribute(f"a{number}", "text") for number in range(490)))
    with django_assert_max_num_queries(16):
        page = admin.get(land.url("schema", land.north))
    assert len(own(page)) == 491


def test_a_stored_schema_that_cannot_be_read_can_be_looked_at_and_mended(land, admin):
    row = AttributeRecord.objects.get(key="acres")
    row.definition = {**row.definition, "colour": "red"}
    row.save()
    page = admin.get(land.url("schema", land.north))
    assert own(page) == ["acres"]
    assert "colour" in page.content.decode()
    draft = land.draft(land.north)
    assert not draft.is_changed
    draft.put({"key": "acres", "name": "acres", "type": "float"})
    draft.save(None)
    assert admin.get(land.url("publish", land.north)).status_code == 200


def test_schemas_above_that_do_not_compose_are_a_fault(land, admin):
    land.define((), Attribute("score", "integer", locked=True), name="Parties")
    record = SchemaRecord.objects.get(name="Northern parties")
    AttributeRecord.objects.create(schema=record, position=1, key="score", definition={"key": "score", "omit": True})
    page = admin.get(land.url("schema", land.north, land.hill))
    assert "it is locked by schema &#x27;Parties&#x27;" in page.content.decode()
    assert admin.post(land.url("omit", land.north, land.hill), {"key": "score"}).status_code == 404


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("schema", "Northern parties |"),
        ("rules", "Rules | Northern parties |"),
        ("attribute_add", "A new attribute | Northern parties |"),
        ("retire", "Retire this schema | Northern parties |"),
    ],
)
def test_each_page_has_a_title_of_its_own(land, admin, page, title):
    html = admin.get(land.url(page, land.north)).content.decode()
    assert " ".join(html.partition("<title>")[2].partition("</title>")[0].split()).startswith(title)
