"""The page on which an attribute is defined, or an inherited one changed."""

from __future__ import annotations

import json

import pytest
from django.test.utils import CaptureQueriesContext

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.editor.access import url_for
from jsonattrs_django.editor.limits_in_words import limit_title
from tests.django.pages.editor import Land, northern_only, user
from tests.django.pages.editor_pages import page, part_of, refusals, send

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>\"'\u202e javascript:alert(1)"


@pytest.fixture
def land(client):
    client.force_login(user("ada", is_superuser=True))
    return Land()


def edit(land, key, *selectors):
    return url_for("attribute", land.draft(*selectors), key=key)


def override(land, key, *selectors):
    return url_for("override", land.draft(*selectors), key=key)


def definition(land, key, *selectors):
    return land.draft(*selectors).definition(key)


def put(land, said, *selectors):
    draft = land.draft(*selectors)
    draft.put(said)
    draft.save(None)


# ---- adding one ----


def test_an_attribute_is_added_by_filling_in_a_form(client, land):
    url = land.url("attribute_add")
    typed = {"label__en": "Post code", "subtype": "id-post-code", "required": "true", "limit__max_length": "5"}
    answer = send(client, url, page(client, url), **typed)
    assert answer.url == f"{land.url('schema')}#attribute-post_code"
    assert definition(land, "post_code") == {
        "key": "post_code",
        "name": "post_code",
        "label": "Post code",
        "type": "text",
        "subtype": "id-post-code",
        "constraints": {"max_length": 5},
        "required": True,
    }
    assert land.draft().published_document["attributes"] == land.draft().definitions[:2]  # nothing is published


def test_another_type_shows_what_belongs_to_it_and_keeps_what_was_typed(client, land):
    url = land.url("attribute_add")
    shown = page(client, url)
    answer = send(client, url, shown, label__en="Since", limit__pattern="x", group="g", type="date", _update="type")
    fresh = part_of(answer)
    assert not refusals(fresh)
    assert [fresh.shown(f"label__{code}") for code in ("en",)] == ["Since"]
    assert fresh.shown("group") == "g"
    assert fresh.control("limit__min")
    assert "Not before" in fresh.words
    assert not fresh.all("input", name="limit__pattern")
    assert land.draft().row is None
    send(client, url, fresh, limit__max="today-18y")
    assert definition(land, "since") == {
        "key": "since",
        "name": "since",
        "label": "Since",
        "group": "g",
        "type": "date",
        "constraints": {"max": "today-18y"},
    }


def test_a_type_that_is_chosen_back_finds_what_the_definition_says(client, land):
    put(land, {"key": "note", "name": "note", "type": "text", "constraints": {"max_length": 7}})
    url = edit(land, "note")
    there = part_of(send(client, url, page(client, url), type="integer", _update="type"))
    back = part_of(send(client, url, there, type="text", _update="type"))
    assert back.shown("limit__max_length") == "7"
    send(client, url, back)
    assert definition(land, "note") == {"key": "note", "name": "note", "type": "text", "constraints": {"max_length": 7}}


def test_several_values_have_limits_of_their_own(client, land):
    url = land.url("attribute_add")
    fresh = part_of(send(client, url, page(client, url), label__en="Tags", multiple="true", _update="type"))
    send(client, url, fresh, limit__max_items="3", limit__unique_items="true", default="a\nb")
    assert definition(land, "tags")["constraints"] == {"max_items": 3, "unique_items": True}
    assert definition(land, "tags")["default"] == ["a", "b"]


def test_a_subtype_has_limits_of_its_own(client, land):
    url = land.url("attribute_add")
    fresh = part_of(send(client, url, page(client, url), type="float", _update="type"))
    assert fresh.all("option", value="latitude")
    fresh = part_of(send(client, url, page(client, url), label__en="Home", type="object", _update="type"))
    fresh = part_of(send(client, url, fresh, subtype="address", _update="subtype"))
    send(client, url, fresh, limit__country="GB")
    assert definition(land, "home")["constraints"] == {"country": "GB"}


def test_the_new_name_is_one_that_nobody_has_had(client, land):
    url = land.url("attribute_add")
    send(client, url, page(client, url), label__en="Score!")
    assert land.draft().definitions[-1]["key"] == "score_2"
    answer = send(client, url, page(client, url), label__en="Other", name="note")
    assert refusals(part_of(answer)) == {"name": "Another attribute has this name already."}
    url = land.url("attribute_add", land.north)
    answer = send(client, url, page(client, url), label__en="Other", name="score")
    assert "name" in refusals(part_of(answer))


def test_a_label_that_another_attribute_has_is_said_before_it_is_kept(client, land):
    url = land.url("attribute_add", land.north)
    typed = {"label__en": "score ", "help_text__en": "Another one"}
    told = part_of(send(client, url, page(client, url), **typed))
    assert refusals(told) == {"label__en": "Another attribute is called so already."}
    assert land.draft(land.north).definition("score_2") is None
    assert send(client, url, told, "_anyway", "1").status_code == 302
    assert definition(land, "score_2", land.north)["label"] == "score"
    again = edit(land, "score_2", land.north)
    assert send(client, again, page(client, again), required="true").status_code == 302, "it is called so already"


@pytest.mark.parametrize("typed", [{}, {"name": "licence"}])
def test_a_form_that_is_sent_twice_makes_one_attribute(client, land, typed):
    url = land.url("attribute_add")
    shown = page(client, url)
    typed |= {"label__en": "Fish licence", "limit__max_length": "9"}
    key = typed.get("name", "fish_licence")
    for _ in range(2):
        answer = send(client, url, shown, **typed)
        assert answer.url == f"{land.url('schema')}#attribute-{key}"
    assert [each["key"] for each in land.draft().definitions] == ["score", "note", key]
    assert "It is in the draft already." in client.get(answer.url).content.decode()


def test_until_it_is_published_the_key_follows_the_name(client, land):
    url = land.url("attribute_add")
    send(client, url, page(client, url), label__en="Postcode")
    send(client, edit(land, "postcode"), page(client, edit(land, "postcode")), name="post_code")
    assert [each["key"] for each in land.draft().definitions] == ["score", "note", "post_code"]
    send(client, edit(land, "score"), page(client, edit(land, "score")), name="points")
    assert definition(land, "score") == {"key": "score", "name": "points", "type": "integer"}
    assert "Its values are stored as score" in page(client, edit(land, "score")).words


def test_a_condition_is_put_together_without_knowing_the_language(client, land):
    url = land.url("attribute_add")
    typed = {"label__en": "Why", "visible_if__of": "score", "visible_if__sign": ">=", "visible_if__value": "3"}
    fresh = part_of(send(client, url, page(client, url), **typed, _update="visible_if"))
    assert fresh.shown("visible_if").strip() == "score >= 3"
    assert "In words: Score is 3 or more" in fresh.words
    assert fresh.shown("visible_if__value") == ""
    send(client, url, fresh, visible_if__of="note", visible_if__sign="given")
    assert definition(land, "why")["visible_if"] == "score >= 3 && given.note"


@pytest.mark.parametrize(
    ("type_", "sign", "text", "condition"),
    [
        ("text", "==", "it's \\", r"a == 'it\'s \\'"),
        ("integer", "<", "-3", "a < -3"),
        ("decimal", ">", "0.50", "a > 0.50"),
        ("float", "<=", "1e300", "a <= 1e+300"),
        ("boolean", "==", "Yes", "a"),
        ("boolean", "!=", "", "!a"),
        ("boolean", "==", "no", "!a"),
        ("date", ">", "2024-12-31", "a > date('2024-12-31')"),
        ("date", "<=", "Today", "a <= today"),
        ("datetime", "<", "2024-12-31T23:59:00Z", "a < timestamp('2024-12-31T23:59:00Z')"),
        ("datetime", "<", "now", "a < now"),
        ("time", ">=", "09:00", "a >= '09:00'"),
        ("duration", "<", "PT1H30M", "a < duration('5400s')"),
        ("uuid", "==", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "a == '6ba7b810-9dad-11d1-80b4-00c04fd430c8'"),
        ("object", "!given", "", "!given.a"),
    ],
)
def test_each_type_is_compared_as_the_language_has_it(client, land, type_, sign, text, condition):
    put(land, {"key": "a", "name": "a", "type": type_})
    url = edit(land, "note")
    typed = {"required_if__of": "a", "required_if__sign": sign, "required_if__value": text}
    answer = send(client, url, page(client, url), **typed)
    assert answer.status_code == 302, refusals(part_of(answer))
    assert definition(land, "note")["required_if"] == condition


def test_of_several_values_it_is_asked_whether_one_is_this(client, land):
    put(land, {"key": "a", "name": "a", "type": "text", "multiple": True, "choices": [{"value": "x", "label": "Ex"}]})
    url = edit(land, "note")
    send(
        client, url, page(client, url), visible_if="score > 1 || score < 0", visible_if__of="a", visible_if__value="ex"
    )
    assert definition(land, "note")["visible_if"] == "(score > 1 || score < 0) && 'x' in a"
    answer = send(client, url, page(client, url), required_if__of="a", required_if__sign=">", required_if__value="x")
    assert "whether one of them is this" in refusals(part_of(answer))["required_if"]


def test_a_value_that_is_none_of_the_other_attribute_is_refused(client, land):
    url = edit(land, "note")
    shown = part_of(send(client, url, page(client, url), required_if__of="score", required_if__value="many"))
    assert "whole number" in refusals(shown)["required_if"]
    assert shown.shown("required_if__value") == "many"


# ---- what is wrong with it ----


def faulty(client, land, **typed):
    url = land.url("attribute_add")
    first = {name: value for name, value in typed.items() if name in ("type", "subtype", "multiple")}
    fresh = part_of(send(client, url, page(client, url), label__en="New", **first, _update="type"))
    return part_of(send(client, url, fresh, **typed))


@pytest.mark.parametrize(
    ("typed", "place", "text"),
    [
        ({"limit__max_length": "many"}, "limit__max_length", "Enter a whole number"),
        ({"limit__pattern": "["}, "limit__pattern", "["),
        ({"type": "integer", "limit__min": "x"}, "limit__min", "Enter a whole number in digits"),
        ({"type": "date", "limit__max": "tomorow"}, "limit__max", "Enter a date"),
        ({"type": "object", "limit__json_schema": "{"}, "limit__min_length", ""),
        ({"type": "reference"}, "limit__model", "Choose which kind of record it links to."),
        ({"type": "integer", "limit__min": "10", "limit__max": "3"}, "limit__max", "Least value: 10"),
        ({"limit__min_length": "6", "limit__max_length": "5"}, "limit__max_length", "No value fits both"),
        ({"type": "date", "limit__max": "today-1x"}, "limit__max", "“today-1x” cannot be read"),
        ({"type": "decimal", "limit__max_digits": "many"}, "limit__max_digits", "Enter a number of digits"),
        ({"type": "integer", "limit__multiple_of": "0"}, "limit__multiple_of", "Enter a whole number above 0."),
        ({"type": "integer", "limit__max": "3", "default": "5"}, "default", "does not take this value"),
        ({"default": "xyz", "limit__max_length": "2"}, "default", "The attribute does not take this value"),
        (
            {"initial_default": "xyz", "limit__max_length": "2"},
            "initial_default",
            "The attribute does not take this value",
        ),
        (
            {"choice__0__value": "xyz", "choice__1__value": "x", "limit__max_length": "2"},
            "choice__0__value",
            "does not take this choice",
        ),
        ({"choice__0__value": "x", "choice__1__value": "x"}, "choice__0__value", "listed twice"),
        ({"name": "range"}, "name", "means something else"),
        ({"visible_if": "score > 'x'"}, "visible_if", "Line 1, column 7"),
        ({"required_if": "score >"}, "required_if", "Line 1, column 8: the expression ends too early"),
        ({"subtype": "gone"}, "subtype", "gone"),
    ],
)
def test_what_the_engine_refuses_is_shown_where_it_was_typed(client, land, typed, place, text):
    shown = faulty(client, land, **typed)
    found = {
        **refusals(shown),
        **{
            each["id"].removeprefix("id_").removesuffix("_error"): each.words
            for each in shown.all("ul", class_="errorlist")
        },
    }
    if place == "limit__min_length":  # the control has an error of its own
        place = next(iter(found))
        text = "JSON" if "JSON" in found[place] else text
    assert place in found, found
    assert text in found[place]
    link = shown.one("section", class_="ja-faults").all("a", href=f"#id_{place}")
    assert link
    assert land.draft().row is None


def test_the_place_of_a_mistake_in_a_condition_is_shown_below_it(client, land):
    shown = faulty(client, land, visible_if="score > 1 &&\n  note == 3 &&\n  score < 9")
    assert shown.one("pre").text == "score > 1 &&\n  note == 3 &&\n       ^\n  score < 9"


def test_what_is_wrong_can_be_kept_and_mended_later(client, land):
    shown = faulty(client, land, subtype="slug", default="A b", name="new")
    url = land.url("attribute_add")
    assert shown.one("button", name="_anyway").words == "Keep it as it is, and mend it later"
    assert send(client, url, shown, "_anyway", "1").status_code == 302
    assert definition(land, "new")["default"] == "A b"


def test_faults_of_other_attributes_do_not_stop_this_one(client, land):
    put(land, {"key": "bad", "name": "bad", "type": "text", "subtype": "gone", "visible_if": "nobody == 3"})
    url = edit(land, "note")
    assert send(client, url, page(client, url), group="g").status_code == 302
    assert definition(land, "note")["group"] == "g"


def test_what_a_change_breaks_elsewhere_is_told(client, land):
    put(land, {"key": "why", "name": "why", "type": "text", "visible_if": "score > 3"})
    url = edit(land, "score")
    answer = send(client, url, page(client, url), type="text")
    told = client.get(answer.url).content.decode()
    assert "Something else has to be mended now" in told
    assert "visible_if" in told


@pytest.fixture
def conflict(client, land):
    """Have a page open while a colleague keeps another group and another limit; return its address and the page."""
    url = edit(land, "note")
    shown = page(client, url)
    draft = land.draft()
    theirs = {"key": "note", "name": "note", "type": "text", "group": "theirs", "constraints": {"max_length": 9}}
    draft.put(theirs)
    draft.save(user("ben"))
    return url, shown, theirs


def test_what_somebody_else_has_changed_meanwhile_is_shown_beside_mine(client, land, conflict):
    url, shown, theirs = conflict
    answer = part_of(send(client, url, shown, help_text__en="mine"))
    assert "Somebody has changed this attribute" in answer.words
    assert "Last edited by ben" in answer.words
    rows = [[cell.words for cell in row.all("th", "td")] for row in answer.all("table")[0].all("tr")]
    assert rows == [
        ["Property", "Kept by the other", "Yours"],
        ["Help", "—", "mine"],
        ["Section", "Theirs", "—"],
        ["Most characters", "9", "—"],
    ]
    assert definition(land, "note") == theirs
    assert "_save" not in {button.get("name") for button in answer.all("button")}


def test_mine_is_kept_in_its_place_by_a_choice_and_nothing_else(client, land, conflict):
    url, shown, theirs = conflict
    answer = part_of(send(client, url, shown, help_text__en="mine"))
    again = part_of(send(client, url, answer))
    assert "Kept by the other" in again.words, "without the choice it stays a conflict"
    assert definition(land, "note") == theirs
    over = next(button for button in again.all("button") if button.get("name") == "_over")
    assert send(client, url, again, "_over", over["value"]).status_code == 302
    assert definition(land, "note") == {"key": "note", "name": "note", "type": "text", "help_text": "mine"}


def test_a_choice_over_what_has_changed_again_is_asked_again(client, land, conflict):
    url, shown, theirs = conflict
    answer = part_of(send(client, url, shown, help_text__en="mine"))
    over = next(button for button in answer.all("button") if button.get("name") == "_over")
    put(land, {**theirs, "required": True})
    assert "Kept by the other" in part_of(send(client, url, answer, "_over", over["value"])).words
    assert definition(land, "note") == {**theirs, "required": True}


@pytest.mark.parametrize("typed", [{"_update": "type"}, {"limit__max_length": "many"}])
def test_a_page_that_is_shown_anew_does_not_forget_what_it_has_shown(client, land, conflict, typed):
    url, shown, theirs = conflict
    anew = part_of(send(client, url, shown, **typed))
    assert "Kept by the other" in part_of(send(client, url, anew, limit__max_length="")).words
    assert definition(land, "note") == theirs


# ---- words ----


@pytest.mark.parametrize("type_", ["text", "integer", "float", "decimal", "date", "duration", "object", "reference"])
def test_a_limit_is_called_the_same_wherever_it_is_shown(client, land, type_):
    url = land.url("attribute_add")
    shown = part_of(send(client, url, page(client, url), type=type_, multiple="true", _update="type"))
    listed = client.get("/admin/jsonattrs/schemarecord/plugins/").content.decode()
    names = [each["data-ja-field"] for each in shown.walk() if str(each.get("data-ja-field")).startswith("limit__")]
    assert names
    for name in names:
        label = shown.one("label", **{"for": f"id_{name}"}).words
        assert label == limit_title(name.removeprefix("limit__"), type_)
        assert type_ == "date" or label in listed, label


# ---- one that is published ----


def test_another_type_of_what_is_published_is_said_to_be_one(client, land):
    url = edit(land, "note")
    shown = part_of(send(client, url, page(client, url), type="integer", _update="type"))
    assert "The type is another one than the published." in shown.words
    assert send(client, url, shown).status_code == 302
    assert definition(land, "note") == {"key": "note", "name": "note", "type": "integer"}


def test_a_choice_that_is_published_can_be_retired_and_nothing_else(client, land):
    choices = [Choice("in", {"en": "Individual", "de": "Person"}), Choice("gr", "Group")]
    land.define((), Attribute("kind", "text", choices=choices), name="Parties")
    url = edit(land, "kind")
    shown = page(client, url)
    assert "readonly" in shown.control("choice__0__value")
    send(client, url, shown, choice__0__retired="on", choice__1__value="")
    assert definition(land, "kind")["choices"] == [
        {"value": "in", "label": {"en": "Individual", "de": "Person"}, "retired": True},
        {"value": "gr", "label": "Group"},
    ]


def test_rows_for_choices_are_added(client, land):
    url = land.url("attribute_add")
    shown = page(client, url)
    fresh = part_of(send(client, url, shown, "_update", "rows", label__en="Kind", choice__2__value="c"))
    assert fresh.shown("choice__2__value") == "c"
    typed = {f"choice__{place}__value": f"v{place}" for place in range(8)}
    send(client, url, fresh, **typed)
    assert definition(land, "kind")["choices"] == [f"v{place}" for place in range(8)]


def test_rows_of_a_spreadsheet_become_choices_with_labels(client, land, settings):
    settings.LANGUAGES = [("en", "English"), ("id", "Indonesian")]
    url = land.url("attribute_add")
    pasted = "in\tIndividual\tPerorangan\ngr\tGroup\n\nx | Old | Lama | retired"
    send(client, url, page(client, url), label__en="Kind", choices__more=pasted)
    assert definition(land, "kind")["choices"] == [
        {"value": "in", "label": {"en": "Individual", "id": "Perorangan"}},
        {"value": "gr", "label": "Group"},
        {"value": "x", "label": {"en": "Old", "id": "Lama"}, "retired": True},
    ]


# ---- links to records ----


def test_a_link_is_to_a_kind_of_record_that_the_user_may_see(client, land):
    client.force_login(user("eve", "change_schemarecord", "view_project"))
    url = land.url("attribute_add")
    fresh = part_of(send(client, url, page(client, url), label__en="Plot", type="reference", _update="type"))
    models = [each["value"] for each in fresh.control("limit__model").all("option")]
    assert "landregistry.Project" in models
    assert "landregistry.Organization" not in models
    assert "auth.User" not in models
    send(client, url, fresh, limit__model="landregistry.Project", limit__filter="slug: a, b\nname: X")
    assert definition(land, "plot")["constraints"] == {
        "model": "landregistry.Project",
        "filter": {"slug": ["a", "b"], "name": "X"},
    }


# ---- what is inherited ----


def test_an_inherited_attribute_is_shown_with_where_it_comes_from(client, land):
    land.define(
        (),
        Attribute("score", "integer", label={"en": "Score", "de": "Punkte"}, group="sums", constraints={"max": 9}),
        name="Parties",
    )
    shown = page(client, override(land, "score", land.north))
    assert "Inherited: Score from Parties" in shown.words.replace("“", "").replace("”", "")
    for said in ("Punkte", "Sums", "9"):
        assert f"Inherited: {said} from Parties" in shown.words


def test_what_is_left_blank_stays_inherited(client, land):
    url = override(land, "score", land.north)
    assert send(client, url, page(client, url)).status_code == 302
    assert definition(land, "score", land.north) is None
    send(client, url, page(client, url), required="true", limit__max="9")
    said = {"key": "score", "required": True, "constraints": {"max": 9}}
    assert definition(land, "score", land.north) == said
    send(client, url, page(client, url), required="", limit__max="")
    assert definition(land, "score", land.north) is None


def test_an_inherited_attribute_may_be_retired_above(client, land):
    land.define((), Attribute("score", "integer", status="retired", group="g"), name="Parties")
    put(land, {"key": "score", "status": "active"}, land.north)
    url = override(land, "score", land.north)
    send(client, url, page(client, url), label__en="Points")
    assert definition(land, "score", land.north) == {"key": "score", "status": "active", "label": "Points"}


def test_what_is_locked_or_not_there_cannot_be_changed(client, land):
    land.define((), Attribute("score", "integer", locked=True), name="Parties")
    assert client.get(override(land, "score", land.north)).status_code == 404
    assert client.get(override(land, "acres")).status_code == 404
    assert client.get(edit(land, "nothing")).status_code == 404


def test_an_override_that_redefines_the_type_is_whole(client, land):
    url = override(land, "score", land.north)
    fresh = part_of(send(client, url, page(client, url), type="text", _update="type"))
    send(client, url, fresh, limit__max_length="3")
    said = {"key": "score", "type": "text", "constraints": {"max_length": 3}}
    assert definition(land, "score", land.north) == said
    assert "defined anew in this scope" in page(client, url).words


# ---- strangers ----


def test_only_those_who_may_edit_the_scope_see_the_page(client, land, settings):
    settings.JSONATTRS = {**getattr(settings, "JSONATTRS", {}), "SCHEMA_PERMISSION": f"{__name__}.northern_only"}
    client.force_login(user("nora"))
    assert client.get(land.url("attribute_add", land.north)).status_code == 200
    for url in (land.url("attribute_add"), edit(land, "score"), edit(land, "secret", land.south)):
        assert client.get(url).status_code == 403
        assert client.post(url, {"label__en": "x"}).status_code == 403


assert northern_only  # the setting names it


@pytest.mark.parametrize("type_", ["text", "integer", "reference", "object", "gone", HOSTILE])
def test_hostile_texts_are_text(client, land, type_):
    said = {
        "key": "odd",
        "name": HOSTILE,
        "type": type_,
        "subtype": HOSTILE,
        "label": {"en": HOSTILE, HOSTILE: HOSTILE},
        "help_text": HOSTILE,
        "group": HOSTILE,
        "default": HOSTILE,
        "choices": [{"value": HOSTILE, "label": HOSTILE}],
        "constraints": {"pattern": HOSTILE, "model": HOSTILE, HOSTILE: {HOSTILE: [HOSTILE]}, "filter": {"a": HOSTILE}},
        "visible_if": HOSTILE,
        "status": HOSTILE,
        "indexed": HOSTILE,
    }
    put(land, said)
    shown = page(client, edit(land, "odd"))
    assert shown.one("h1").text == HOSTILE
    assert shown.shown("group") == HOSTILE
    scripts = [each for each in shown.all("script") if each.get("type") != "application/json"]
    assert scripts == []
    answer = send(client, edit(land, "odd"), shown, "_save", "1")
    assert answer.status_code in (200, 302)
    page(client, override(land, "score", land.north))


def test_what_is_posted_that_no_page_has_is_no_error_page(client, land):
    url = edit(land, "note")
    for data in (
        {"type": "\0", "multiple": "x", "subtype": "@@"},
        {"choice__9999__value": "x", "choice__-1__value": "y", "choice__0__place": "z"},
        {"limit__max_length": "9" * 5000, "limit__strip": "true", "limit__multiline": "nonsense"},
        {"required": "maybe", "status": "x", "indexed": "y", "visible_if__of": "nobody"},
        {"choices__more": "|" * 3000, "default": "\ud7ff" * 10},
        {"label__xx": "x", "label__en": "y" * 100_000},
        {"_update": "1", "choice__9999__value": "x"},
    ):
        assert client.post(url, data).status_code in (200, 302)


# ---- many ----


def test_ten_thousand_choices_are_a_page_that_can_be_used(client, land):
    choices = [{"value": f"v{place}", "label": {"en": f"L{place}", "de": f"D{place}"}} for place in range(9_999)]
    put(land, {"key": "many", "name": "many", "type": "text", "choices": choices})
    url = edit(land, "many")
    shown = page(client, url)
    lines = shown.shown("choices__lines").strip().split("\n")
    assert lines[1] == "v1 | L1 | D1"
    lines[1] = "v1 | Other | D1"
    assert send(client, url, shown, choices__lines="\n".join([*lines, "new | New"])).status_code == 302
    made = definition(land, "many")["choices"]
    assert made[1] == {"value": "v1", "label": {"en": "Other", "de": "D1"}}
    assert made[2:-1] == choices[2:]
    assert made[-1] == {"value": "new", "label": "New"}


def test_the_number_of_queries_does_not_grow_with_the_schema(client, land):
    def queries():
        with CaptureQueriesContext(connection_of(land)) as found:
            assert client.get(edit(land, "note")).status_code == 200
        return len(found)

    client.get(edit(land, "note"))
    before = queries()
    draft = land.draft()
    for place in range(60):
        draft.put({"key": f"a{place}", "name": f"a{place}", "type": "integer", "visible_if": "score > 3"})
    draft.save(None)
    assert queries() <= before + 1


def connection_of(land):
    from django.db import connections

    return connections[land.north._state.db]


def test_the_values_that_conditions_can_name_are_in_the_page_as_data(client, land):
    put(land, {"key": "kind", "name": "kind", "type": "text", "choices": [{"value": "a", "label": "</script>"}]})
    shown = page(client, edit(land, "note"))
    assert json.loads(shown.one("script", id="ja-values").text)["kind"] == [["a", "</script>"]]
