"""The effective schema: what comes of a draft and of what it inherits, in words, with where each property is from."""

from __future__ import annotations

import re
from html import unescape

import pytest

from jsonattrs_core import Attribute, Rule, Schema, compose
from jsonattrs_django.editor.conditions import condition_in_words
from jsonattrs_django.editor.effective import MOST_BESIDE, Effective
from jsonattrs_django.editor.phrases import Phrases
from jsonattrs_django.schemas.source import with_schemas
from jsonattrs_django.selectors import generalisations
from tests.django.pages.editor import FIELD, Land, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def admin(client):
    client.force_login(user("ada", is_superuser=True))
    return client


def effective(draft, *definitions):
    """Return what comes of a draft in which this is said, too."""
    for definition in definitions:
        draft.put(definition)
    return Effective(draft)


def attributes(found):
    return {each.name: each for group in found.groups for each in group.attributes}


def lines(attribute):
    """Return the properties of an attribute as its page has them: title, value, origin."""
    return [(each.title, each.said and each.said.text, each.origin) for each in attribute.properties]


def changes(attribute):
    return [
        (each.title, each.before and each.before.text, each.said and each.said.text) for each in attribute.overrides
    ]


def text_of(response):
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


# ---- where properties come from ----


def test_each_property_is_shown_with_the_schema_that_it_comes_from(land):
    found = attributes(effective(land.draft(land.north), {"key": "score", "required": True, "constraints": {"max": 9}}))
    assert lines(found["score"]) == [
        ("Type", "Whole number", "Parties"),
        ("Required", "yes", "Northern parties"),
        ("Greatest value", "9", "Northern parties"),
    ]
    assert [each.state for each in found.values()] == ["changed", "inherited", "own"]
    assert [each.origin for each in found.values()] == ["Parties", "Parties", "Northern parties"]


def test_what_the_scope_changes_is_shown_before_and_after(land):
    land.define(
        (),
        Attribute("score", "integer", constraints={"min": 0, "max": 10}, label={"en": "Score"}, help_text="Of ten"),
        name="Parties",
    )
    said = {
        "key": "score",
        "constraints": {"max": 5, "min": None},
        "label": {"en": "Points", "id": "Nilai"},
        "help_text": None,
    }
    found = attributes(effective(land.draft(land.north), said))
    assert changes(found["score"]) == [
        ("Label (English)", "Score", "Points"),
        ("Label (Indonesian)", None, "Nilai"),
        ("Greatest value", "10", "5"),
        ("Help", "Of ten", None),
        ("Least value", "0", None),
    ]
    assert found["score"].notes == ()  # what is taken away is told by the table


def test_what_is_said_again_is_no_change(land):
    found = attributes(effective(land.draft(land.north), {"key": "score", "type": "integer"}))
    assert changes(found["score"]) == []
    assert found["score"].state == "inherited"
    assert found["score"].notes == ("schema 'Northern parties' gives a type, and so redefines it whole",)


def test_attributes_are_in_the_sections_and_in_the_order_of_forms(land):
    land.define(
        (), Attribute("b", "text", group="more_things"), Attribute("a", "text"), Attribute("c", "text", order=-1)
    )
    found = effective(land.draft(), {"key": "d", "name": "d", "type": "text", "group": "more_things"})
    assert [(group.title, [each.name for each in group.attributes]) for group in found.groups] == [
        ("", ["c", "a"]),
        ("More things", ["b", "d"]),
    ]


def test_what_is_left_out_or_retired_is_listed_with_who_did_it(land):
    land.define((), Attribute("score", "integer"), Attribute("note", "text", status="retired"), name="Parties")
    draft = land.draft(land.north)
    draft.omit("score")
    found = effective(draft, {"key": "idea", "name": "idea", "type": "text", "status": "draft"})
    assert [(each.label, each.state, each.is_here, each.notes) for each in found.gone] == [
        ("Score", "left out", True, ()),
        ("Note", "retired", False, ("schema 'Parties' retires it",)),
        ("Idea", "not in use yet", True, ("the definition in schema 'Northern parties' is a draft and is skipped",)),
    ]


def test_a_change_of_what_is_gone_is_explained(land):
    land.define((), Attribute("score", "integer"), Attribute("note", "text", status="retired"), name="Parties")
    found = effective(land.draft(land.north), {"key": "note", "required": True})
    assert "its change is dropped" in " ".join(found.gone[0].notes)


def test_rules_are_shown_with_the_schema_that_they_come_from(land):
    land.define(
        (),
        Attribute("score", "integer", label="Points"),
        Attribute("note", "text"),
        rules=[Rule("score > 1", {"en": "Too low", "id": "Terlalu rendah"}, severity="warning")],
        unique_together=[("score", "note")],
        name="Parties",
    )
    rules = effective(land.draft(land.north)).rules
    assert [(each.message, each.expression, each.origin, each.is_warning) for each in rules] == [
        ("Too low", "score > 1", "Parties", True),
        ("Unique together: Points, Note", "", "Parties", False),
    ]


def test_schemas_of_one_name_are_told_apart(land):
    land.define((), Attribute("score", "integer"), name="Same")
    land.define((land.north,), Attribute("acres", "float"), name="Same")
    found = attributes(effective(land.draft(land.north), {"key": "score", "required": True}))
    assert [(origin, here) for *_, origin, here in found_origins(found["score"])] == [
        ("Same", False),
        ("Same (2)", True),
    ]


def found_origins(attribute):
    return [(each.origin, each.is_here) for each in attribute.properties]


def test_no_schema_that_is_named_is_bound_to_anything_but_the_scope_itself(land):
    land.define((None, None, "IN"), Attribute("age", "integer"))
    land.define((land.north, land.hill), Attribute("rent", "decimal"))
    own = FIELD.selectors.given((land.north, land.hill, "IN"))
    bound = {schema: record.texts for record, schema in with_schemas(FIELD.schemas.active("default")).items()}
    general = land.draft(land.north, land.hill, "IN").general
    assert [schema.name for schema in general][:2] == ["Parties", "Northern parties"]
    assert len(general) == 4
    for schema in general:
        texts = next(bound[each] for each in bound if each == schema)
        assert all(text in (None, mine) for text, mine in zip(texts, own, strict=True))
    assert all(text in (None, mine) for texts in generalisations(own) for text, mine in zip(texts, own, strict=True))


# ---- faults ----


@pytest.mark.parametrize(
    ("definition", "fault", "count"),
    [
        ({"key": "x", "name": "x", "type": "texxt"}, "did you mean 'text'?", 4),
        ({"key": "x", "name": "x", "type": "text", "colour": "red"}, "'colour' is no property of an attribute", 0),
        ({"key": "x", "name": "x", "type": "text", "visible_if": "nobody == 1"}, "no attribute is named 'nobody'", 4),
        ({"key": "score", "type": ["integer"]}, "", 3),
        ({"key": "x", "name": "x", "type": "text", "constraints": "long"}, "", 4),
        ({"key": "x", "name": "x", "type": "text", "choices": 5, "label": 7}, "", 4),
    ],
)
def test_faults_are_told_and_the_rest_is_shown(land, admin, definition, fault, count):
    draft = land.draft(land.north)
    found = effective(draft, definition)
    assert fault in " ".join(found.faults)
    assert found.faults
    assert sum(len(group.attributes) for group in found.groups) <= count
    draft.save(None)
    for page in ("schema", "effective", "preview", "try"):
        assert admin.get(land.url(page, land.north)).status_code == 200


def test_what_a_more_general_schema_has_locked_is_a_fault(land, admin):
    land.define((), Attribute("score", "integer", locked=True), name="Parties")
    draft = land.draft(land.north)
    found = effective(draft, {"key": "score", "required": True})
    assert "it is locked by schema 'Parties'" in found.faults[0]
    assert (found.groups, found.gone, found.rules) == ([], [], [])
    draft.save(None)
    page = text_of(admin.get(land.url("schema", land.north)))
    assert "This cannot be used as it is:" in page
    assert "There is no form as long as this is not mended:" in page


def test_a_broken_plugin_is_a_fault_and_no_error_page(land, admin, settings):
    land.define((), Attribute("score", "integer"), Attribute("note", "text", visible_if="score > 1"), name="Parties")
    settings.JSONATTRS = {"PREFER": {"*": "nobody"}}
    page = text_of(admin.get(land.url("schema", land.north)))
    assert "the provider 'nobody', preferred for '*', is not installed" in page
    assert "Shown if Score is more than 1 Parties" in page


# ---- in words ----


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        (Attribute("x", "integer", constraints={"min": 1, "multiple_of": 5}), "Least value: 1; A multiple of: 5"),
        (
            Attribute("x", "date", constraints={"min": "2000-02-01", "max": "today-18y"}),
            "Not before: Feb. 1, 2000; Not after: 18 years before today",
        ),
        (Attribute("x", "datetime", constraints={"max": "now+1h"}), "Not after: 1 hour after now"),
        (Attribute("x", "text", constraints={"max_length": 1}), "Most characters: 1"),
        (
            Attribute("x", "text", constraints={"min_length": 3, "pattern": "[a-z]+"}),
            "Fewest characters: 3; Pattern: [a-z]+",
        ),
        (Attribute("x", "text", constraints={"multiline": True}), "Line breaks: Yes"),
        (Attribute("x", "text", constraints={"strip": False}), "Blanks around the text: Kept"),
        (
            Attribute("x", "text", choices=["a", ("b", "Barn"), ("c", {"en": "Cow", "id": "Sapi"})]),
            "Choices: a, Barn, Cow",
        ),
        (Attribute("x", "integer", choices=range(14)), "Choices: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, and 4 more"),
        (Attribute("x", "boolean", choices=[True]), "Choices: yes"),
        (Attribute("x", "date", default="today"), "Value of new records: the day of entry"),
        (Attribute("x", "text", default="today"), "Value of new records: today"),
        (Attribute("x", "text", choices=[("b", "Barn")], default="b"), "Value of new records: Barn; Choices: Barn"),
        (Attribute("x", "text", multiple=True, default=["a", "b"]), "Value of new records: a, b"),
        (Attribute("x", "text", unique=True), "Unique: yes"),
        (Attribute("x", "reference", constraints={"model": "landregistry.Party"}), "Kind of record: parties"),
        (
            Attribute("x", "object", constraints={"json_schema": {"properties": {"street": {}, "town": {}}}}),
            "Members: street, town",
        ),
        (Attribute("x", "object", constraints={"json_schema": {"minProperties": 1}}), "Members: as a JSON Schema says"),
    ],
)
def test_what_is_asked_of_values_is_said_in_words(land, attribute, said):
    land.define((), attribute)
    assert attributes(effective(land.draft()))["x"].facts == said


def test_choices_that_are_no_longer_offered_are_said_to_be_so(land):
    definition = {"key": "x", "name": "x", "type": "text", "choices": ["a", {"value": "b", "retired": True}]}
    assert attributes(effective(land.draft(), definition))["x"].facts == "Choices: a, b (no longer offered)"


VOCABULARY = Phrases(
    compose(
        Schema(
            "",
            [
                Attribute("kind", "text", choices=[("farm", "Farm & field"), ("shop", "Shop")]),
                Attribute("rooms", "integer"),
                Attribute("organic", "boolean", label={"en": "Organic"}),
                Attribute("planted", "date"),
            ],
        )
    )
)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("kind == 'farm'", "Kind is “Farm & field”"),
        ('kind != "mill"', "Kind is not “mill”"),
        ("rooms > 3 && rooms <= 9", "Rooms is more than 3 and Rooms is 9 or less"),
        ("organic || !organic || given.rooms", "Organic is yes, Organic is no or Rooms is given"),
        ("!given.rooms", "Rooms is not given"),
        ("kind in ['farm', 'shop']", "Kind is one of “Farm & field”, “Shop”"),
        ("!(kind in ['farm'])", "Kind is none of “Farm & field”"),
        ("planted >= date('2020-01-01')", "Planted is 2020-01-01 or more"),
        ("planted < today", "Planted is less than today"),
        ("planted <= planted && rooms > 3", "Planted is Planted or less and Rooms is more than 3"),
        ("rooms <= nobody", None),
        ("kind == 'a && b || c'", "Kind is “a && b || c”"),
        ("organic == true", "Organic is yes"),
        # What is not put into words:
        ("nobody == 1", None),
        ("rooms > 1 && organic || rooms < 0", None),
        ("(rooms > 1)", None),
        ("size(kind) > 1", None),
        ("rooms + 1 > 2", None),
        ("kind == 'it\\'s'", None),
        ("", None),
        (None, None),
        (7, None),
        ("rooms > 1\0", None),
        ("rooms >" + " 1" * 5000, None),
    ],
)
def test_conditions_are_said_in_words_where_they_are_plain(expression, words):
    assert condition_in_words(expression, VOCABULARY) == words


# ---- the page ----

HOSTILE = "<script>alert(1)</script>\"'&\u202eevil"


def test_hostile_texts_are_shown_as_text(land, admin):
    draft = land.draft(land.north)
    for key, more in (("a", {}), ("b", {"visible_if": "a == '<b>x</b>'"})):
        draft.put(
            {
                "key": key,
                "name": key,
                "type": "text",
                "label": HOSTILE,
                "help_text": HOSTILE,
                "group": HOSTILE,
                "default": HOSTILE,
                **more,
            }
        )
    draft.document["name"] = HOSTILE
    draft.save(None)
    for page in ("schema", "effective", "preview", "try"):
        said = admin.get(land.url(page, land.north)).content.decode()
        assert "<script>alert" not in said
        assert "<b>x" not in said
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said


def test_a_large_schema_has_a_page_of_its_own_and_its_changes_beside_the_draft(land, admin):
    land.define((), *(Attribute(f"a{number}", "text") for number in range(MOST_BESIDE + 1)), name="Parties")
    draft = land.draft(land.north)
    draft.put({"key": "a7", "required": True})
    draft.save(None)
    beside = text_of(admin.get(land.url("schema", land.north))).split("What records have")[1]
    assert f"Show all {MOST_BESIDE + 2} attributes" in beside
    assert "A7 required changed here" in beside
    assert "Acres of this scope" in beside
    assert "A8" not in beside.split("Try a value")[0]
    assert f"it asks {MOST_BESIDE + 2} questions" in beside
    every = text_of(admin.get(land.url("effective", land.north)))
    assert "A80" in every


def test_the_page_is_for_those_who_may_edit_the_schema(land, client):
    client.force_login(user("eve"))
    for page in ("effective", "preview", "try"):
        assert client.get(land.url(page, land.north)).status_code == 403
