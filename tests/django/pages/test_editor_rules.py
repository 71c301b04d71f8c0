"""The pages of rules across attributes, and of attributes that are unique together."""

from __future__ import annotations

import pytest

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.editor.access import url_for
from tests.django.pages.editor import Land, user
from tests.django.pages.editor_pages import page, part_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def land(client):
    client.force_login(user("ada", is_superuser=True))
    return Land()


def rules(land, *selectors):
    return land.draft(*selectors).document.get("rules", [])


def groups(land, *selectors):
    return land.draft(*selectors).document.get("unique_together", [])


def test_a_rule_is_added(client, land):
    url = land.url("rule_add")
    answer = send(client, url, page(client, url), expression="score > 3", message__en="More!", attributes=["score"])
    assert answer.url == land.url("rules")
    assert rules(land) == [{"expression": "score > 3", "message": "More!", "attributes": ["score"]}]
    listed = page(client, land.url("rules"))
    assert "More!" in listed.words
    assert "Score is more than 3" in listed.words
    assert "shown at Score" in listed.words


@pytest.fixture
def sown(land):
    """Have days, numbers and a list of texts to compare."""
    days = [Attribute("planted", "date"), Attribute("harvested", "date", label="Day of harvest")]
    land.define((), *days, Attribute("score", "integer"), Attribute("tags", "text", multiple=True), name="Parties")
    return land


def built(client, land, of, sign, **more):
    """Return the page after the controls have added a comparison."""
    url = land.url("rule_add")
    typed = {
        "expression__of": of,
        "expression__sign": sign,
        **{f"expression__{name}": said for name, said in more.items()},
    }
    return part_of(send(client, url, page(client, url), "_update", "expression", **typed))


def test_a_rule_is_put_together_without_knowing_the_language(client, sown):
    told = built(client, sown, "planted", "<", other="harvested")
    assert told.shown("expression").strip() == "planted < harvested"
    assert "In words: Planted is less than Day of harvest" in told.words
    url = sown.url("rule_add")
    more = {"expression__of": "score", "expression__sign": ">=", "expression__value": "3"}
    answer = send(client, url, told, message__en="Too early", **more)
    assert answer.status_code == 302, "what is chosen and not added yet is kept, too"
    assert rules(sown) == [{"expression": "planted < harvested && score >= 3", "message": "Too early"}]
    assert "Planted is less than Day of harvest and Score is 3 or more" in page(client, sown.url("rules")).words


@pytest.mark.parametrize(
    ("of", "sign", "more", "why"),
    [
        ("score", "<", {}, "Write the value that it is compared with."),
        ("score", "<", {"value": "many"}, "whole number"),
        ("score", "<", {"value": "3", "other": "planted"}, "and not with both"),
        ("score", "given", {"other": "planted"}, "of one attribute alone"),
        ("tags", "==", {"other": "planted"}, "several values is compared with no other one"),
        ("nothing", "==", {"value": "3"}, "No attribute has this name."),
        ("score", "==", {"other": "nothing"}, "No attribute has this name."),
        ("score", "; drop", {"value": "3"}, "This is no comparison."),
    ],
)
def test_a_comparison_that_cannot_be_written_says_why_and_keeps_what_was_chosen(client, sown, of, sign, more, why):
    told = built(client, sown, of, sign, **more)
    assert why in told.words
    assert told.shown("expression").strip() == ""
    assert told.shown("expression__value") == more.get("value", "")


def test_what_the_engine_says_of_a_comparison_of_two_attributes_is_told(client, land):
    land.define((), Attribute("a", "boolean"), Attribute("b", "boolean"), name="Parties")
    url = land.url("rule_add")
    told = built(client, land, "a", "<", other="b")
    assert "cannot be compared" in part_of(send(client, url, told, message__en="x")).words


def test_a_rule_in_another_language_has_no_such_controls(client, land):
    draft = land.draft()
    draft.document["rule_language"] = "other"
    draft.save(None)
    assert "Add a comparison" not in page(client, land.url("rule_add")).words


def test_the_place_of_a_mistake_is_shown_also_in_several_lines(client, land):
    url = land.url("rule_add")
    shown = part_of(send(client, url, page(client, url), expression="score >\n  3 3", message__en="x"))
    assert shown.one("pre").text == "score >\n  3 3\n    ^"
    assert "Line 2, column 5: '3' is not expected here" in shown.words
    assert rules(land) == []


def test_a_name_that_no_attribute_has_is_told_with_the_nearest(client, land):
    url = land.url("rule_add")
    shown = part_of(send(client, url, page(client, url), expression="scor > 3", message__en="x"))
    assert "No attribute is named 'scor'; did you mean 'score'?" in shown.words.replace("Line 1, column 1: no", "No")


def test_a_rule_with_a_mistake_is_kept_where_somebody_says_so(client, land):
    url = land.url("rule_add")
    send(client, url, page(client, url), expression="score > ", message__en="x", _anyway="1")
    assert rules(land) == [{"expression": "score >", "message": "x"}]


def test_a_mistake_is_told_together_with_a_missing_message(client, land):
    url = land.url("rule_add")
    shown = part_of(send(client, url, page(client, url), expression="score > ", _anyway="1"))
    assert "Say what people shall read." in shown.words
    assert "ends too early" in shown.words
    assert rules(land) == []


def test_faults_of_other_rules_and_attributes_stop_nobody(client, land):
    draft = land.draft()
    draft.document["rules"] = [{"expression": "broken >", "message": "x"}]
    draft.put({"key": "bad", "name": "bad", "type": "text", "subtype": "gone"})
    draft.save(None)
    url = land.url("rule_add")
    assert send(client, url, page(client, url), expression="score > 3", message__en="y").status_code == 302
    assert [rule["message"] for rule in rules(land)] == ["x", "y"]


RULE = {
    "expression": "score > 3 ",
    "message": {"en": "More", "id": "Lebih"},
    "attributes": ["note", "score"],
    "language": "cel",
    "severity": "warning",
}


@pytest.fixture
def ruled(land):
    land.define(
        (),
        Attribute("score", "integer"),
        Attribute("note", "text"),
        name="Parties",
        rules=[Rule("score < 99", "Fewer")],
        unique_together=[("score", "note")],
    )
    draft = land.draft()
    draft.document["rules"] = [RULE]
    draft.save(None)
    return land


def test_a_rule_that_is_opened_and_kept_is_the_same(client, ruled):
    url = url_for("rule", ruled.draft(), place=0)
    assert send(client, url, page(client, url)).status_code == 302
    assert rules(ruled) == [RULE]


def test_what_is_changed_of_a_rule_is_changed_and_nothing_else(client, ruled):
    url = url_for("rule", ruled.draft(), place=0)
    send(client, url, page(client, url), message__en="Much more", severity="error")
    changed = {name: value for name, value in RULE.items() if name != "severity"}
    assert rules(ruled) == [{**changed, "message": {"id": "Lebih", "en": "Much more"}}]


def test_a_rule_and_a_group_are_removed(client, ruled):
    shown = page(client, ruled.url("rules"))
    form = shown.all("form")[0]
    client.post(ruled.url("rules"), shown.posted("remove_rule", "0", form=form).dict())
    assert rules(ruled) == []
    shown = page(client, ruled.url("rules"))
    client.post(ruled.url("rules"), shown.posted("remove_group", "0", form=shown.all("form")[1]).dict())
    assert groups(ruled) == []


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(client, ruled):
    url = url_for("rule", ruled.draft(), place=0)
    shown, listed = page(client, url), page(client, ruled.url("rules"))
    draft = ruled.draft()
    draft.document["rules"].insert(0, {"expression": "score == 1", "message": "One"})
    draft.save(None)
    answer = send(client, url, shown, message__en="Overwritten")
    told = part_of(answer)
    assert "Somebody has changed this" in told.words
    rows = [[cell.words for cell in row.all("th", "td")] for row in told.all("table")[0].all("tr")]
    assert rows == [
        ["Property", "Kept by the other", "Yours"],
        ["Rule", "score == 1", "score > 3"],
        ["Message", "One", "Overwritten"],
        ["Shown at", "—", "Score, Note"],
        ["Where it is broken", "—", "The record is saved, and the message shown"],
    ]
    assert send(client, url, told).status_code == 200, "it takes a choice"
    client.post(ruled.url("rules"), listed.posted("remove_rule", "0", form=listed.all("form")[0]).dict())
    assert [rule["expression"] for rule in rules(ruled)] == ["score == 1", "score > 3 "]


def test_a_rule_that_there_is_not_is_not_found(client, land):
    assert client.get(url_for("rule", land.draft(), place=3)).status_code == 404
    assert client.get(url_for("group", land.draft(), place=3)).status_code == 404


def test_inherited_rules_and_groups_are_listed_with_their_schema(client, ruled):
    listed = page(client, ruled.url("rules", ruled.north))
    assert "Fewer Score is less than 99 score < 99 from Parties" in listed.words
    assert "Score, Notefrom Parties" in listed.words.replace("Note from", "Notefrom")


def test_a_group_is_added_and_changed(client, land):
    url = land.url("group_add")
    send(client, url, page(client, url), attributes=["score", "note"])
    assert groups(land) == [["score", "note"]]
    url = url_for("group", land.draft(), place=0)
    assert send(client, url, page(client, url)).status_code == 302
    assert groups(land) == [["score", "note"]]
    assert "Choose two or more" in part_of(send(client, url, page(client, url), attributes=["score"])).words


def test_hostile_texts_of_rules_are_text(client, land):
    hostile = "<script>alert(1)</script>\"'"
    draft = land.draft()
    draft.document["rules"] = [{"expression": hostile, "message": hostile, "attributes": [hostile]}]
    draft.document["unique_together"] = [[hostile, "score"]]
    draft.save(None)
    assert hostile in page(client, land.url("rules")).text
    assert page(client, url_for("rule", land.draft(), place=0)).one("textarea").text.strip() == hostile


def test_only_those_who_may_edit_the_scope_see_its_rules(client, land):
    client.force_login(user("somebody"))
    for name in ("rules", "rule_add", "group_add"):
        assert client.get(land.url(name)).status_code == 403
        assert client.post(land.url(name), {"remove_rule": 0}).status_code == 403
