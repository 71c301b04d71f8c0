"""Publishing a draft, and retiring and restoring whole schemas."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import clear_url_caches
from landregistry.models import Organization, Party

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.editor import publishing
from jsonattrs_django.editor.access import url_for
from jsonattrs_django.editor.views.publishing import state_of
from jsonattrs_django.models import DraftRecord, SchemaRecord
from tests.django import urls
from tests.django.pages.editor import Land, change_page, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def admin(client):
    client.force_login(user("ada", is_superuser=True))
    return client


@pytest.fixture
def registered():
    """Have pages of parties in the admin."""
    if site.is_registered(Party):
        yield
        return
    site.register(Party)
    before = urls.urlpatterns[0].url_patterns[:]
    urls.urlpatterns[0].url_patterns[:] = site.get_urls()
    clear_url_caches()
    yield
    site.unregister(Party)
    urls.urlpatterns[0].url_patterns[:] = before
    clear_url_caches()


def edited(land, *selectors, by=None, **definitions):
    """Keep a draft in which these attributes are said."""
    draft = land.draft(*selectors)
    for key, definition in definitions.items():
        draft.put({"key": key, "name": key, **definition})
    draft.save(by)
    return draft


def text(answer):
    """Return what a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def seen_on(answer):
    """Return what a page with a button has seen."""
    return {"seen": re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1]}


def publish(client, url):
    """Look at the review, or at what else asks before it does something, and do what it shows."""
    return client.post(url, seen_on(client.get(url)), follow=True)


def names(*selectors):
    return list(SchemaRecord.objects.for_selectors(Party, selectors))


def test_a_draft_takes_effect_when_it_is_published(land, admin):
    edited(land, land.north, crop={"type": "text"})
    assert names(land.north) == ["score", "note", "acres"]
    answer = publish(admin, land.url("publish", land.north))
    assert "Published. It is in force from now on." in text(answer)
    assert names(land.north) == ["score", "note", "acres", "crop"]
    assert not DraftRecord.objects.exists()


def test_a_scope_gets_a_schema_of_its_own(land, admin):
    edited(land, land.north, land.hill, "CO", shares={"type": "integer"})
    publish(admin, land.url("publish", land.north, land.hill, "CO"))
    assert names(land.north, land.hill, "CO") == ["score", "note", "acres", "shares"]
    assert names(land.north, land.hill) == ["score", "note", "acres"]


def test_the_review_says_what_changes_and_what_that_means(land, admin):
    land.party(score=1, note="long enough")
    land.party(score=9)
    draft = land.draft()
    draft.put({**draft.definition("score"), "required": True, "constraints": {"max": 5}, "label": {"en": "Points"}})
    draft.put({"key": "kind", "name": "kind", "type": "text", "choices": ["a", {"value": "b", "label": "B"}]})
    draft.set_status("note", "retired")
    draft.document["name"] = "All parties"
    draft.document["rules"] = [{"expression": "score > 3", "message": "Too low"}]
    draft.move("kind", 0)
    draft.save(None)
    page = text(admin.get(land.url("publish")))
    assert "2 records in this scope" in page
    assert "Points score changed" in page
    assert "Required — yes" in page
    assert "Greatest value — 5" in page
    assert "2 records hold a value of it. 1 record does not fit." in page
    assert "Kind kind new" in page
    assert "Choices a, B" in page
    assert "Note note retired 1 record holds a value of it. The values stay stored, and are not shown." in page
    assert "Name Parties All parties" in page
    assert "Rule score &gt; 3: Too low" in page
    assert "Rules: 1 record does not fit." in page


def test_the_review_says_what_order_changes(land, admin):
    draft = land.draft()
    draft.move("note", 0)
    draft.save(None)
    assert "the attributes stand in another order" in text(admin.get(land.url("publish")))


def test_the_review_says_when_values_become_unique(land, admin):
    draft = land.draft()
    draft.put({**draft.definition("score"), "unique": True})
    draft.save(None)
    answer = admin.get(land.url("publish"))
    assert "whoever saves a record with a value that another one has is refused" in text(answer)
    said, _more, for_developers = answer.content.decode().partition("<summary>For who runs the site</summary>")
    assert ("attributes_sync" in said, "attributes_sync" in for_developers) == (False, True)


def test_records_that_do_not_fit_are_named_to_those_who_may_see_them(land, admin, registered):
    party = land.party(score=9, name="Ann <b>")
    draft = land.draft()
    draft.put({**draft.definition("score"), "constraints": {"max": 5}})
    draft.save(None)
    page = admin.get(land.url("publish")).content.decode()
    assert f'<a href="{change_page(party)}">Ann &lt;b&gt;</a>' in page
    eve = Client()
    eve.force_login(user("eve", "change_schemarecord"))
    page = eve.get(land.url("publish")).content.decode()
    assert "1 record does not fit." in page
    assert "None of them is named: there is none that you may open." in page
    assert "Ann" not in page


def his_own(user, rows, attribute):
    """Decide which records somebody may refer to: those that are called like him."""
    return rows.filter(name__icontains=user.username)


def knows_another_model(user, rows, attribute):
    """Decide by a field that parties do not have."""
    return rows.filter(owner=user)


def test_who_has_no_page_in_the_admin_gets_the_records_own_pages(land, client, settings, monkeypatch):
    settings.JSONATTRS = {"REFERENCE_PERMISSION": f"{__name__}.his_own"}
    client.force_login(user("ann", "change_schemarecord"))
    ann, bob = land.party(score=9, name="Ann"), land.party(score=9, name="Bob")
    draft = land.draft()
    draft.put({**draft.definition("score"), "constraints": {"max": 5}})
    draft.document["rules"] = [{"expression": "given.note", "message": "No note"}]
    draft.save(None)
    monkeypatch.setattr(Party, "get_absolute_url", lambda party: f"/people/{party.pk}/")
    page = client.get(land.url("publish")).content.decode()
    assert page.count(f'<a href="/people/{ann.pk}/">Ann</a>') == 2, "at the attribute and at the rules"
    assert f"/people/{bob.pk}/" not in page
    settings.JSONATTRS = {"REFERENCE_PERMISSION": f"{__name__}.knows_another_model"}
    assert "/people/" not in client.get(land.url("publish")).content.decode()
    monkeypatch.delattr(Party, "get_absolute_url")
    settings.JSONATTRS = {"REFERENCE_PERMISSION": f"{__name__}.his_own"}
    assert "None of them is named" in text(client.get(land.url("publish")))


def test_nothing_to_publish(land, admin):
    answer = admin.get(land.url("publish", land.north), follow=True)
    assert "There is nothing to publish" in text(answer)


def test_what_was_not_seen_is_not_published(land, admin):
    edited(land, land.north, crop={"type": "text"})
    url = land.url("publish", land.north)
    seen = re.search(r'name="seen" value="([^"]*)"', admin.get(url).content.decode())[1]
    edited(land, land.north, cow={"type": "text"})
    answer = admin.post(url, {"seen": seen}, follow=True)
    assert "It has changed since you looked at it." in text(answer)
    seen = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1]
    land.define((land.north,), Attribute("acres", "float", required=True))
    admin.post(url, {"seen": seen})
    admin.post(url)
    assert names(land.north) == ["score", "note", "acres"]
    assert DraftRecord.objects.exists()


def test_every_fault_is_said_and_nothing_can_be_published(land, admin):
    edited(land, land.north, crop={"type": "txet"}, cow={"type": "text", "subtype": "nothing"})
    url = land.url("publish", land.north)
    answer = admin.get(url)
    assert "txet" in text(answer)
    assert "nothing" in text(answer)
    assert 'name="seen"' not in answer.content.decode()
    state = state_of(land.draft(land.north))
    answer = admin.post(url, {"seen": state})
    assert "Nothing was changed: see below what is wrong." in text(answer)
    assert names(land.north) == ["score", "note", "acres"]


def test_faults_are_told_in_words_of_people(land, admin):
    edited(
        land, land.north, crop_size={"type": "integer", "constraints": {"min": 10, "max": 3}}, to={"type": "reference"}
    )
    for page in ("publish", "schema"):
        said = text(admin.get(land.url(page, land.north)))
        assert "Crop size: No value fits both “Least value: 10” and “Greatest value: 3”." in said
        assert "To: Choose which kind of record it links to." in said


def test_a_draft_that_cannot_be_read_says_why(land, admin):
    edited(land, land.north, crop={"type": "text", "colour": "red"})
    answer = admin.get(land.url("publish", land.north))
    assert "colour" in text(answer)
    assert 'name="seen"' not in answer.content.decode()


def test_what_would_break_narrower_scopes_is_said_with_their_names(land, admin):
    land.define((land.north, land.hill), Attribute("acres", required=True))
    land.define((land.north, land.hill, "CO"), Attribute("shares", "integer", visible_if="acres > 1.0"))
    draft = land.draft(land.north)
    draft.definitions.clear()
    draft.put({"key": "other", "name": "acres", "type": "text"})
    draft.save(None)
    answer = admin.get(land.url("publish", land.north))
    assert "Organization Northern Trust, Project Hill" in text(answer)
    assert land.url("schema", land.north, land.hill).replace("&", "&amp;") in answer.content.decode()
    assert 'name="seen"' not in answer.content.decode()


def only_all_and_north(user, model, field, selectors):
    """Decide who may edit which schema: that of all records, and those of the north."""
    bound = [each for each in selectors if each is not None]
    return not bound or bound[0] == Organization.objects.get(slug="north").pk


def test_narrower_scopes_that_a_user_may_not_edit_are_only_counted(land, client, settings):
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "tests.django.pages.test_editor_publishing.only_all_and_north"}
    client.force_login(user("ann"))
    for row in (land.north, land.south):
        land.define((row,), Attribute("more", "text", visible_if="score > 1"), name=f"Schema of {row}")
    edited(land, score={"type": "text"})
    page = text(client.get(land.url("publish")))
    assert "Organization Northern Trust" in page
    assert "1 scope that is not named here" in page
    assert "South" not in page
    seen = state_of(land.draft())
    assert "South" not in text(client.post(land.url("publish"), {"seen": seen}))


def test_a_plugin_that_is_missing_is_a_fault(land, admin):
    edited(land, land.north, code={"type": "text", "subtype": "gb-post-code@nobody"})
    assert "nobody" in text(admin.get(land.url("publish", land.north)))


def test_a_draft_is_discarded_after_a_look_at_what_is_lost(land, admin):
    ann = user("ann", is_superuser=True)
    edited(land, land.north, crop={"type": "text", "label": "Main crop"}, by=ann)
    url = land.url("discard", land.north)
    page = text(admin.get(url))
    assert "It cannot be brought back." in page
    assert "Main crop new" in page
    assert "Last edited by ann" in page
    assert DraftRecord.objects.exists()
    assert publish(admin, url).redirect_chain[0][0] == land.url("schema", land.north)
    assert admin.get(url).url == land.url("schema", land.north), "there is none"
    edited(land, land.north, land.hill, crop={"type": "text"})
    answer = publish(admin, land.url("discard", land.north, land.hill))
    assert answer.redirect_chain[0][0] == "/admin/jsonattrs/schemarecord/"
    assert not DraftRecord.objects.exists()


def test_what_a_colleague_has_edited_since_is_not_discarded(land, admin):
    edited(land, land.north, crop={"type": "text"})
    url = land.url("discard", land.north)
    seen = seen_on(admin.get(url))
    edited(land, land.north, cow={"type": "text"})
    answer = admin.post(url, seen, follow=True)
    assert "It has changed since you looked at it. Nothing was done" in text(answer)
    assert "Cow new" in text(answer)
    admin.post(url)
    assert land.draft(land.north).definition("cow")


def test_a_draft_that_can_be_no_schema_is_discarded(land, admin):
    edited(land, land.north, crop={"type": "text", "colour": "red"})
    publish(admin, land.url("discard", land.north))
    assert not DraftRecord.objects.exists()


def test_values_stay_whatever_is_published(land, admin):
    party = land.party(score=3, note="x")
    draft = land.draft()
    draft.remove_override("score")
    draft.set_status("note", "retired")
    draft.save(None)
    publish(admin, land.url("publish"))
    found = Party.objects.get(pk=party.pk)
    assert (list(found.attrs), dict(found.attrs.orphans)) == ([], {"score": 3, "note": "x"})
    draft = land.draft()
    draft.set_status("score", "active")
    draft.save(None)
    publish(admin, land.url("publish"))
    assert Party.objects.get(pk=party.pk).attrs["score"] == 3


def test_the_log_names_the_attributes_that_changed(land, admin):
    draft = land.draft()
    draft.put({**draft.definition("score"), "required": True, "constraints": {"max": 5}})
    draft.put({"key": "kind", "name": "kind", "type": "text", "label": "Sort"})
    draft.set_status("note", "retired")
    draft.document["name"] = "All parties"
    draft.save(None)
    publish(admin, land.url("publish"))
    entry = LogEntry.objects.get()
    message = entry.get_change_message()
    assert (entry.user.username, entry.object_repr, entry.is_change()) == ("ada", "All parties", True)
    assert "Added attribute “Sort (kind)”." in message
    assert "Changed required and limits for attribute “Score (score)”." in message
    assert "Changed retired for attribute “Note (note)”." in message
    assert "Changed Name." in message
    edited(land, land.north, land.hill, crop={"type": "text"})
    publish(admin, land.url("publish", land.north, land.hill))
    assert LogEntry.objects.latest("pk").is_addition()
    edited(land, land.north, land.hill, crop={"type": "text", "required": True})
    admin.cookies["django_language"] = "id"
    publish(admin, land.url("publish", land.north, land.hill))
    assert '"required"' in LogEntry.objects.latest("pk").change_message, "in no language of the one who publishes"
    history = admin.get(f"/admin/jsonattrs/schemarecord/{entry.object_id}/history/")
    assert "Sort (kind)" in text(history)


# ---- what asks about an attribute that goes ----

SHOWN_ONLY = "“Harbour” is never shown any more: it is shown only if a condition on “Boats” holds."


@pytest.fixture
def fishing():
    """Have an attribute that others ask about: in its own schema, and in a narrower scope's."""
    land = Land()
    asking = Attribute("harbour", "text", visible_if="boats >= 2")
    land.define(
        (),
        Attribute("boats", "integer"),
        Attribute("crew", "integer", required_if="given.boats"),
        asking,
        rules=[Rule("crew >= boats", "Too few hands", attributes=["crew"])],
        unique_together=[("boats", "crew")],
        name="Parties",
    )
    land.define((land.north,), Attribute("pier", "text", visible_if="boats >= 9"), name="Northern parties")
    return land


def retired(draft):
    draft.set_status("boats", "retired")


def overridden(draft):
    draft.put({**draft.definition("boats"), "status": "retired"})


@pytest.mark.parametrize("change", [retired, overridden, lambda draft: draft.remove_override("boats")])
def test_the_review_warns_of_what_asks_about_what_goes(fishing, admin, change):
    draft = fishing.draft()
    change(draft)
    draft.save(None)
    page = text(admin.get(fishing.url("publish")))
    assert SHOWN_ONLY in page
    assert "“Crew” is not required any more" in page
    assert "The rule “Too few hands” is not checked any more: it asks about “Boats”." in page
    assert "Boats, Crew are not unique together any more" in page
    assert "Organization Northern Trust “Pier” is never shown any more" in page
    assert page.count("“Harbour” is never shown") == 1, "a narrower scope is told what concerns it alone"


def told_at_once(answer):
    """Return what a page tells of what was just done."""
    html = answer.content.decode().partition('<ul class="messagelist">')[2].partition("</ul>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_button_that_retires_or_omits_warns_at_once(fishing, admin):
    answer = admin.post(fishing.url("status"), {"retire": "boats"}, follow=True)
    assert SHOWN_ONLY in told_at_once(answer)
    assert "Organization Northern Trust: “Pier” is never shown any more" in told_at_once(answer)
    answer = admin.post(fishing.url("status"), {"restore": "boats"}, follow=True)
    assert "never shown" not in told_at_once(answer)
    answer = admin.post(fishing.url("omit", fishing.north), {"key": "boats"}, follow=True)
    assert SHOWN_ONLY in told_at_once(answer)
    answer = admin.post(fishing.url("omit", fishing.north), {"key": "crew"}, follow=True)
    assert "Too few hands" in told_at_once(answer)
    assert "“Harbour”" not in told_at_once(answer), "that is of another attribute"


def test_the_page_of_an_attribute_says_what_depends_on_it(fishing, admin):
    page = text(admin.get(url_for("attribute", fishing.draft(), key="boats")))
    assert "What depends on this attribute" in page
    assert SHOWN_ONLY in page
    assert "Organization Northern Trust “Pier” is never shown any more" in page
    assert "What depends on" not in text(admin.get(url_for("attribute", fishing.draft(), key="harbour")))
    page = text(admin.get(url_for("override", fishing.draft(fishing.north), key="boats")))
    assert "“Pier” is never shown any more" in page


def test_the_effective_schema_says_what_became_of_what_asked_about_it(fishing, admin):
    draft = fishing.draft()
    retired(draft)
    draft.save(None)
    page = text(admin.get(fishing.url("effective")))
    assert SHOWN_ONLY in page
    assert "is dropped" not in page


def test_a_scope_that_a_user_may_not_edit_is_not_named_as_depending(fishing, client, settings):
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "tests.django.pages.test_editor_publishing.only_all"}
    client.force_login(user("ann"))
    draft = fishing.draft()
    retired(draft)
    draft.save(None)
    for url in (fishing.url("publish"), url_for("attribute", fishing.draft(), key="boats")):
        page = text(client.get(url))
        assert ("Pier" in page, "Northern Trust" in page) == (False, False)
    assert "1 scope that is not named here" in text(client.get(fishing.url("publish")))


def only_all(user, model, field, selectors):
    """Decide who may edit which schema: that of all records alone."""
    return all(each is None for each in selectors)


# ---- whole schemas ----


def test_a_schema_is_retired_and_restored(land, admin):
    land.party(acres=1.5)
    page = admin.get(land.url("retire", land.north))
    assert "Acres acres retired 1 record holds a value of it." in text(page)
    answer = publish(admin, land.url("retire", land.north))
    assert "This schema is retired." in text(answer)
    assert names(land.north) == ["score", "note"]
    assert admin.get(land.url("retire", land.north)).status_code == 404
    page = admin.get(land.url("restore", land.north))
    assert "Acres acres new" in text(page)
    publish(admin, land.url("restore", land.north))
    assert names(land.north) == ["score", "note", "acres"]
    assert admin.get(land.url("restore", land.north)).status_code == 404
    assert admin.get(land.url("retire", land.north, land.hill)).status_code == 404
    messages = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert "Changed retired for schema “Northern parties”." in messages[0]
    assert "Acres (acres)" in messages[0]
    assert "Changed restored for schema “Northern parties”." in messages[1]


def test_a_schema_that_others_stand_on_is_not_retired(land, admin):
    land.define((land.north, land.hill), Attribute("acres", required=True))
    answer = admin.get(land.url("retire", land.north))
    assert "Narrower scopes" in text(answer)
    assert "Retire the schema" not in text(answer)
    seen = {"seen": state_of(land.draft(land.north))}
    assert "Nothing was changed" in text(admin.post(land.url("retire", land.north), seen))
    assert not SchemaRecord.objects.get(name="Northern parties").is_retired


@pytest.mark.parametrize("page", ["retire", "restore"])
def test_what_has_changed_since_is_neither_retired_nor_restored(land, admin, page):
    record = land.draft(land.north).record
    url = land.url(page, land.north)
    if page == "restore":
        record.retire()
    seen = seen_on(admin.get(url))
    land.define((land.north,), Attribute("acres", "float"), Attribute("shed", "boolean"))
    if page == "restore":  # a definition puts it in force
        land.draft(land.north).record.retire()
    for given in (seen, {}):
        answer = admin.post(url, given, follow=True)
        assert "It has changed since you looked at it." in text(answer)
        assert "Shed" in text(answer)
    assert land.draft(land.north).is_retired is (page == "restore")


def test_publishing_the_draft_of_a_retired_schema_puts_it_in_force(land, admin):
    SchemaRecord.objects.get(name="Northern parties").retire()
    page = text(admin.get(land.url("publish", land.north)))
    assert "Publishing the draft puts it in force again." in page
    assert "Acres acres new" in page
    publish(admin, land.url("publish", land.north))
    assert names(land.north) == ["score", "note", "acres"]


def test_what_fails_half_way_leaves_everything_as_it_was(land, admin, monkeypatch):
    edited(land, land.north, crop={"type": "text"})

    def fails(*args):
        raise RuntimeError("no log today")

    monkeypatch.setattr(publishing, "_log", fails)
    with pytest.raises(RuntimeError):
        publish(admin, land.url("publish", land.north))
    assert names(land.north) == ["score", "note", "acres"]
    assert DraftRecord.objects.exists()
