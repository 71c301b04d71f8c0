"""Drafts: what is edited of a schema, and kept until it is published."""

from __future__ import annotations

import pytest
from landregistry.models import Party

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.editor.drafts import DraftChanged
from jsonattrs_django.models import DraftRecord, SchemaRecord
from tests.django.pages.editor import Land, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return Land()


def keys(draft):
    return [each["key"] for each in draft.definitions]


def test_a_draft_begins_as_what_is_published_and_nothing_is_kept_of_it(land):
    draft = land.draft(land.north)
    assert (keys(draft), draft.document["name"]) == (["acres"], "Northern parties")
    assert not draft.is_changed
    assert not DraftRecord.objects.exists()


def test_the_draft_of_a_scope_without_a_schema_is_named_by_its_scope(land):
    draft = land.draft(land.north, land.hill)
    assert draft.document["name"] == "party (organization Northern Trust, project Hill)"
    assert (draft.published, draft.is_changed, list(draft.composed())) == (None, False, ["score", "note", "acres"])


def test_it_takes_the_default_language_of_what_it_inherits(land):
    land.define((land.north,), Attribute("acres", "float"), default_language="id")
    assert land.draft(land.north, land.hill).document["default_language"] == "id"


def test_edits_are_kept_and_change_nothing_for_records(land):
    draft = land.draft(land.north)
    draft.put({"key": "crop", "name": "crop", "type": "text"})
    draft.omit("note")
    draft.save(user("ada"))
    again = land.draft(land.north)
    assert again.is_changed
    assert (again.row.edited_by, again.row.version) == ("ada", 1)
    assert list(again.composed()) == ["score", "acres", "crop"]
    assert list(SchemaRecord.objects.for_selectors(Party, (land.north,))) == ["score", "note", "acres"]


def test_what_says_the_same_as_the_published_schema_is_not_kept(land):
    draft = land.draft(land.north)
    draft.omit("note")
    draft.save(None)
    draft.remove_override("note")
    draft.save(None)
    assert (draft.is_changed, draft.row, DraftRecord.objects.count()) == (False, None, 0)


def test_an_attribute_is_found_put_and_taken_away_by_its_key(land):
    draft = land.draft()
    draft.put({**draft.definition("score"), "required": True})
    assert draft.definition("score") == {"key": "score", "name": "score", "type": "integer", "required": True}
    assert keys(draft) == ["score", "note"]
    draft.remove_override("score")
    assert (keys(draft), draft.definition("score")) == (["note"], None)
    draft.put({"name": "late", "type": "text"})
    assert draft.definition("late") == {"key": "late", "name": "late", "type": "text"}


def test_which_attributes_are_inherited_and_which_are_published_here(land):
    draft = land.draft(land.north)
    draft.put({"key": "crop", "name": "crop", "type": "text"})
    draft.put({"key": "score", "required": True})
    assert draft.inherited_keys == {"score", "note"}
    assert [draft.is_published(key) for key in ("acres", "crop", "score")] == [True, False, False]
    assert [each["key"] for each in draft.own] == ["acres", "crop"]


def test_what_changes_an_inherited_attribute_by_its_name_is_known_by_its_key(land):
    land.define((), Attribute("points", "integer", key="score"), Attribute("note", "text"))
    land.define((land.north,), Attribute("points", required=True))
    draft = land.draft(land.north)
    assert draft.definition("score")["required"] is True
    assert not draft.is_changed
    assert draft.own[0]["key"] == "acres"


def test_attributes_are_moved_and_what_is_changed_of_inherited_ones_stays_in_between(land):
    draft = land.draft(land.north)
    for key in ("b", "c"):
        draft.put({"key": key, "name": key, "type": "text"})
    draft.definitions.insert(1, {"key": "score", "required": True})
    draft.move("c", 0)
    assert keys(draft) == ["c", "score", "acres", "b"]
    draft.move("c", 99)
    assert keys(draft) == ["acres", "score", "b", "c"]
    draft.move("nothing", 0)
    assert keys(draft) == ["acres", "score", "b", "c"]


def test_places_that_an_order_gives_stay_where_they_are(land):
    draft = land.draft()
    draft.put({"key": "first", "name": "first", "type": "text", "order": -1})
    draft.put({"key": "last", "name": "last", "type": "text", "order": 5})
    assert [each["key"] for each in draft.own] == ["first", "score", "note", "last"]
    draft.move("last", 0)
    assert [(each["key"], each.get("order")) for each in draft.own] == [
        ("last", -1),
        ("first", None),
        ("score", None),
        ("note", 5),
    ]
    assert list(draft.composed()) == ["last", "first", "score", "note"]


def test_an_attribute_is_retired_and_in_use_again(land):
    draft = land.draft(land.north)
    draft.set_status("acres", "retired")
    assert list(draft.composed()) == ["score", "note"]
    draft.set_status("acres", "active")
    assert not draft.is_changed
    draft.set_status("score", "retired")
    draft.set_status("score", "active")
    assert draft.definition("score") == {"key": "score", "status": "active"}, "it may be retired above"


def test_plain_texts_stay_in_the_language_that_they_are_in(land):
    draft = land.draft()
    draft.put(
        {"key": "kind", "name": "kind", "type": "text", "label": "Kind", "choices": [{"value": "a", "label": "A"}]}
    )
    draft.document["rules"] = [{"expression": "score > 1", "message": "Too low"}]
    draft.set_default_language("id")
    assert draft.document["default_language"] == "id"
    assert draft.definition("kind")["label"] == {"en": "Kind"}
    assert draft.definition("kind")["choices"][0]["label"] == {"en": "A"}
    assert draft.document["rules"][0]["message"] == {"en": "Too low"}


def test_a_draft_that_cannot_be_read_is_kept_and_says_why(land):
    draft = land.draft(land.north)
    draft.definitions[0]["colour"] = "red"
    draft.save(None)
    again = land.draft(land.north)
    assert again.is_changed
    with pytest.raises(SchemaError, match="colour"):
        again.composed()


def test_two_who_edit_at_the_same_time_are_told(land):
    one, other = land.draft(land.north), land.draft(land.north)
    one.omit("note")
    one.save(None)
    other.omit("score")
    with pytest.raises(DraftChanged):
        other.save(None)
    later, last = land.draft(land.north), land.draft(land.north)
    later.omit("score")
    later.save(None)
    for edit in (lambda: last.save(None), last.discard):
        last.put({"key": "crop", "name": "crop", "type": "text"})
        with pytest.raises(DraftChanged):
            edit()
    assert keys(land.draft(land.north)) == ["acres", "note", "score"]


def test_a_draft_knows_that_another_version_was_published(land):
    draft = land.draft(land.north)
    draft.omit("note")
    draft.save(None)
    assert not land.draft(land.north).is_outdated
    land.define((land.north,), Attribute("acres", "float", required=True))
    assert land.draft(land.north).is_outdated


def test_the_draft_of_a_retired_schema_begins_as_that(land):
    SchemaRecord.objects.get(name="Northern parties").retire()
    draft = land.draft(land.north)
    assert (draft.is_retired, draft.is_changed, keys(draft)) == (True, False, ["acres"])


def test_a_discarded_draft_is_what_is_published_again(land):
    draft = land.draft(land.north)
    draft.omit("note")
    draft.save(None)
    draft.discard()
    assert (keys(draft), draft.is_changed, DraftRecord.objects.count()) == (["acres"], False, 0)
