"""The form of one definition: whatever a definition says, opening it and keeping it changes nothing."""

from __future__ import annotations

from copy import deepcopy
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_core import Schema
from jsonattrs_django.editor.definitions import DefinitionForm, Origin, Source
from tests.django.pages.forms import Page

LANGUAGES = (("en", "English"), ("de", "German"), ("id", "Indonesian"))
#: Texts that a page can hold, line breaks and what stands between columns among them; the forms of records are tested
#: with those that it cannot.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t|\\ ,:"), min_size=1, max_size=12)
LABELS = st.none() | TEXTS | st.dictionaries(st.sampled_from(["en", "de", "id", "fr"]), TEXTS | st.none(), min_size=1)
VALUES = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | TEXTS | st.lists(st.integers(0, 9), max_size=3)
)
NAMES = (
    "min",
    "max",
    "pattern",
    "multiline",
    "strip",
    "unique_items",
    "max_length",
    "filter",
    "model",
    "region",
    "odd",
)
CONSTRAINTS = st.none() | st.dictionaries(st.sampled_from(NAMES), VALUES | st.dictionaries(TEXTS, VALUES, max_size=2))
CHOICE = st.one_of(
    TEXTS,
    st.integers(0, 99),
    st.fixed_dictionaries({"value": TEXTS}, optional={"label": LABELS.filter(bool), "retired": st.booleans()}),
)
PROPERTIES = {
    "type": st.sampled_from(["text", "integer", "date", "boolean", "object", "reference", "gone"]),
    "name": st.just("some_name"),
    "subtype": st.none() | st.sampled_from(["id-post-code", "slug", "gone@nobody"]),
    "label": LABELS,
    "help_text": LABELS,
    "group": st.none() | TEXTS,
    "order": st.integers(-5, 5),
    "required": st.none() | st.booleans(),
    "default": VALUES,
    "initial_default": VALUES,
    "choices": st.none() | st.lists(CHOICE, max_size=4),
    "multiple": st.none() | st.booleans(),
    "constraints": CONSTRAINTS,
    "unique": st.none() | st.booleans(),
    "indexed": st.none() | st.sampled_from([True, False, "trigram"]),
    "required_if": st.none() | TEXTS,
    "visible_if": st.none() | TEXTS,
    "locked": st.none() | st.booleans(),
    "status": st.sampled_from(["draft", "active", "deprecated", "retired"]),
}
DEFINITIONS = st.fixed_dictionaries({"key": st.just("k")}, optional=PROPERTIES)
OTHERS = {name: values for name, values in PROPERTIES.items() if name not in ("name", "type")}
INHERITED = st.fixed_dictionaries({"key": st.just("k"), "name": st.just("n"), "type": st.just("text")}, optional=OTHERS)


def source(definition, inherited=None, **more):
    return Source(definition=definition, inherited=inherited, languages=LANGUAGES, **more)


def page_of(form):
    """Return the form as a page shows it, in which each control stands alone."""
    return Page("".join(f"<div>{field.as_widget()}</div>" for field in form))


def kept(about, **typed):
    """Return the definition that is kept when these controls are changed, and all others sent as they are shown."""
    page = page_of(DefinitionForm(source=about))
    for name, value in typed.items():
        page.fill(name, value)
    form = DefinitionForm(page.posted(), source=about)
    assert form.is_valid(), form.errors
    return form.definition


@settings(max_examples=60)
@given(DEFINITIONS, st.none() | INHERITED)
def test_a_definition_that_is_opened_and_kept_is_the_same(definition, inherited):
    before = deepcopy(definition)
    form = DefinitionForm(
        page_of(DefinitionForm(source=source(definition, inherited))).posted(), source=source(definition, inherited)
    )
    form.full_clean()
    assert repr(form.definition) == repr(before)
    assert repr(definition) == repr(before)


@pytest.mark.parametrize(
    "said",
    [
        {"type": "boolean", "choices": True, "default": {}},
        {"type": "nothing", "multiple": [0], "status": [], "required": {}},
        {"type": "text", "constraints": {"strip": [1], "model": {}, "filter": [], "odd": None}, "default": "x"},
        {"type": "text", "constraints": "none", "label": [], "help_text": {"en": {"a": 1}}, "subtype": {}},
        {
            "type": None,
            "choices": [{"label": "no value"}, {"value": [1]}, ["a", "A"], ["a", 1], None],
            "visible_if": [1],
        },
    ],
    ids=str,
)
def test_what_nobody_should_have_written_is_shown_and_stays(said):
    definition = {"key": "k", "name": "k", **said}
    form = DefinitionForm(source=source(definition))
    assert form.sections
    made = DefinitionForm(page_of(form).posted(), source=source(definition))
    assert made.is_valid(), made.errors
    assert made.definition == definition


@settings(max_examples=20)
@given(DEFINITIONS, st.none() | INHERITED)
def test_what_is_kept_can_be_read(definition, inherited):
    about = source(definition, inherited)
    page = page_of(DefinitionForm(source=about)).fill("group", "another")
    form = DefinitionForm(page.posted(), source=about)
    form.full_clean()
    assert form.definition == {**definition, "group": "another"}
    Schema.from_document({"format": 1, "name": "s", "attributes": [form.definition]})


# ---- what people say ----


def test_a_new_attribute_is_named_after_its_label():
    about = source({}, is_new=True)
    assert kept(about, label__en="Post code") == {
        "key": "post_code",
        "name": "post_code",
        "label": "Post code",
        "type": "text",
    }


@pytest.mark.parametrize(
    ("label", "name"), [("2nd floor", "attribute_2nd_floor"), ("العنوان", "attribute"), ("A  b__c", "a_b_c")]
)
def test_a_label_that_is_no_name_makes_one(label, name):
    assert kept(source({}, is_new=True), label__en=label)["name"] == name


def test_a_name_that_is_taken_is_not_made_again():
    page = page_of(DefinitionForm(source=source({}, is_new=True))).fill("label__en", "Score")
    form = DefinitionForm(page.posted(), source=source({}, is_new=True), taken={"score", "score_2"})
    assert form.is_valid()
    assert form.definition["key"] == "score_3"


@pytest.mark.parametrize("name", ["Score", "a__b", "1a", "a-b", "x" * 64])
def test_a_name_that_programs_cannot_use_is_refused(name):
    about = source({"key": "k", "name": "k", "type": "text"})
    page = page_of(DefinitionForm(source=about)).fill("name", name)
    form = DefinitionForm(page.posted(), source=about)
    assert not form.is_valid()
    assert "name" in form.errors


def test_a_rename_keeps_the_key_of_what_is_published():
    said = {"key": "k", "name": "k", "type": "text"}
    assert kept(source(said, is_published=True), name="other") == {"key": "k", "name": "other", "type": "text"}
    assert kept(source(said), name="other") == {"key": "other", "name": "other", "type": "text"}
    assert kept(source({"key": "k"}, BELOW), name="other") == {"key": "k", "name": "other"}


def test_labels_in_several_languages_are_kept_by_language():
    about = source({"key": "k", "type": "text", "label": "Street"})
    assert kept(about, label__de="Straße")["label"] == {"en": "Street", "de": "Straße"}


def test_limits_are_values_of_the_type():
    assert kept(source({"key": "k", "type": "integer"}), limit__min="3")["constraints"] == {"min": 3}
    assert kept(source({"key": "k", "type": "decimal"}), limit__min="3.50")["constraints"] == {"min": "3.50"}
    assert kept(source({"key": "k", "type": "date"}), limit__max="today-18y")["constraints"] == {"max": "today-18y"}
    assert kept(source({"key": "k", "type": "text"}), limit__multiline="true")["constraints"] == {"multiline": True}
    assert kept(source({"key": "k", "type": "text"}), limit__pattern=" [A-Z] ")["constraints"] == {"pattern": " [A-Z] "}


def test_a_limit_that_the_form_does_not_know_is_kept_beside_others():
    about = source({"key": "k", "type": "text", "constraints": {"odd": {"a": [1]}, "max_length": 5}})
    assert kept(about, limit__max_length="7")["constraints"] == {"odd": {"a": [1]}, "max_length": 7}
    assert kept(about, limit__max_length="")["constraints"] == {"odd": {"a": [1]}}


def test_defaults_are_written_as_people_write_them():
    assert kept(source({"key": "k", "type": "integer"}), default="7")["default"] == 7
    assert kept(source({"key": "k", "type": "boolean"}), default="false")["default"] is False
    assert kept(source({"key": "k", "type": "date"}), default="today")["default"] == "today"
    assert kept(source({"key": "k", "type": "integer", "multiple": True}), default="1\n2")["default"] == [1, 2]


def test_the_value_of_older_records_is_said_once():
    said = {"key": "k", "type": "text"}
    assert "initial_default" in DefinitionForm(source=source({}, is_new=True)).fields
    assert kept(source(said), initial_default="x")["initial_default"] == "x"
    assert "initial_default" not in DefinitionForm(source=source(said, is_published=True)).fields
    about = source({**said, "initial_default": "x"}, is_published=True)
    data = {**page_of(DefinitionForm(source=about)).posted().dict(), "initial_default": "y", "group": "g"}
    form = DefinitionForm(QueryDict(urlencode(data)), source=about)
    assert form.is_valid()
    assert form.definition == {**said, "initial_default": "x", "group": "g"}


# ---- another type ----


def test_another_type_has_its_own_limits_and_forgets_those_of_the_old_one():
    about = source({"key": "k", "type": "text", "subtype": "slug", "constraints": {"max_length": 5}})
    page = page_of(DefinitionForm(source=about)).fill("type", "integer")
    form = DefinitionForm({**page.posted().dict(), "_update": "1"}, source=about)
    assert not form.is_valid()
    assert form.errors == {}
    assert {"limit__min", "limit__max"} <= form.fields.keys()
    assert kept(about, type="integer") == {"key": "k", "type": "integer"}


def test_several_values_have_limits_of_their_own():
    about = source({"key": "k", "type": "text", "multiple": True})
    assert kept(about, limit__max_items="3", limit__unique_items="true")["constraints"] == {
        "max_items": 3,
        "unique_items": True,
    }


# ---- choices ----

CHOICES = {"key": "k", "type": "text", "choices": ["a", {"value": "b", "label": {"en": "B", "de": "Be"}}, "c"]}


def test_choices_are_added_labelled_moved_and_retired():
    made = kept(
        source(CHOICES),
        choice__0__label__de="Ah",
        choice__2__place="1",
        choice__0__place="2",
        choice__1__retired="on",
        choice__3__value="d",
        choices__more="e | E\nf | F | retired",
    )
    assert made["choices"] == [
        "c",
        {"value": "a", "label": {"de": "Ah"}},
        {"value": "b", "label": {"en": "B", "de": "Be"}, "retired": True},
        "d",
        {"value": "e", "label": "E"},
        {"value": "f", "label": "F", "retired": True},
    ]


def test_a_published_choice_can_be_retired_and_not_deleted_nor_edited():
    about = source(CHOICES, published_choices=["a", "b"])
    page = page_of(DefinitionForm(source=about))
    data = page.posted()
    data["choice__0__value"], data["choice__1__value"], data["choice__2__value"] = "", "other", ""
    form = DefinitionForm(data, source=about)
    assert form.is_valid()
    assert form.definition["choices"] == CHOICES["choices"][:2]


def test_choices_have_the_type_of_the_attribute():
    assert kept(source({"key": "k", "type": "integer"}), choices__more="1 | One\n2")["choices"] == [
        {"value": 1, "label": "One"},
        2,
    ]


def test_many_choices_are_lines_that_lose_no_label():
    many = [{"value": f"v{place}", "label": {"en": f"L{place}", "de": f"D{place}"}} for place in range(10_000)]
    about = source({"key": "k", "type": "text", "choices": many}, published_choices=["v0"])
    form = DefinitionForm(source=about)
    assert len(form.fields) < 60
    lines = page_of(form).shown("choices__lines").splitlines()
    assert lines[1] == "v1 | L1 | D1"
    lines[1] = "v1 | Other"
    made = kept(about, choices__lines="\n".join(lines[1:-1]))["choices"]
    assert made[0] == {"value": "v1", "label": {"en": "Other", "de": "D1"}}
    assert made[1:-1] == many[2:-1]
    assert made[-1] == {**many[0], "retired": True}  # it is published


# ---- what is inherited ----

BELOW = {
    "key": "k",
    "name": "n",
    "type": "text",
    "label": {"en": "Street"},
    "required": True,
    "group": "g",
    "choices": ["a"],
    "constraints": {"max_length": 5, "pattern": "x"},
}


def test_an_override_says_what_it_changes_and_nothing_else():
    assert kept(source({"key": "k"}, BELOW)) == {"key": "k"}
    assert kept(source({"key": "k"}, BELOW), required="false", limit__max_length="9") == {
        "key": "k",
        "required": False,
        "constraints": {"max_length": 9},
    }
    assert kept(source({"key": "k"}, BELOW), label__de="Straße") == {"key": "k", "label": {"de": "Straße"}}


def test_what_is_inherited_is_shown_and_can_be_taken_away():
    origins = {"group": Origin("G", "Above"), "constraints.max_length": Origin("5 characters", "Above")}
    rows = [
        row
        for part in DefinitionForm(source=source({"key": "k"}, BELOW, origins=origins)).sections
        for row in part.rows
    ]
    shown = {row.field.name: row.origin for row in rows if row.origin is not None}
    assert shown == {"group": origins["group"], "limit__max_length": origins["constraints.max_length"]}
    assert kept(source({"key": "k"}, BELOW), group__none="on", limit__pattern__none="on") == {
        "key": "k",
        "group": None,
        "constraints": {"pattern": None},
    }


def test_what_was_said_is_taken_back_by_leaving_it_blank():
    said = {"key": "k", "group": "other", "required": False, "constraints": {"pattern": None, "max_length": 3}}
    made = kept(source(said, BELOW), group="", required="", limit__max_length="")
    assert made == {"key": "k", "constraints": {"pattern": None}}


def test_inherited_choices_are_replaced_whole_or_not_at_all():
    assert kept(source({"key": "k"}, BELOW), choices__here="1", choice__1__value="b")["choices"] == ["a", "b"]
    assert kept(source({"key": "k"}, BELOW), choices__here="2")["choices"] is None
    assert "choices" not in kept(source({"key": "k", "choices": ["z"]}, BELOW), choices__here="0")
