"""What an override changes and what it leaves: constraints, texts, single properties, statuses."""

from __future__ import annotations

import pytest

from jsonattrs_core import UNSET, Attribute, Choice, compose
from tests.core.checking import faults, layers, named
from tests.core.fake_language import REGISTRY

COLOUR = [Attribute("colour", "text", key="k", label="old")]

# ---- merging ----


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        pytest.param({"min": 1}, {"max": 9}, {"min": 1, "max": 9}, id="one more"),
        pytest.param({"min": 1, "max": 9}, {"max": 5}, {"min": 1, "max": 5}, id="one replaced"),
        pytest.param({"min": 1, "max": 9}, {"max": None}, {"min": 1}, id="one taken away"),
        pytest.param({"min": 1}, {"max": None}, {"min": 1}, id="what is not there is taken away"),
        pytest.param({"min": 1}, {}, {"min": 1}, id="nothing said"),
        pytest.param({"min": 1}, UNSET, {"min": 1}, id="not set"),
        pytest.param(UNSET, {"max": 9}, {"max": 9}, id="none below"),
    ],
)
def test_constraints_merge_by_name(below, above, expected):
    composed = layers([Attribute("a", "integer", constraints=below)], [Attribute("a", constraints=above)])
    assert composed["a"].constraints == expected
    composed.compile(REGISTRY)


@pytest.mark.parametrize("above", [None, {"min": None}], ids=["all of them", "the only one"])
def test_constraints_are_taken_away(above):
    composed = layers([Attribute("a", "integer", constraints={"min": 1})], [Attribute("a", constraints=above)])
    assert not composed["a"].constraints
    assert composed.compile(REGISTRY).check({"a": 0}).ok


@pytest.mark.parametrize("name", ["label", "help_text"])
@pytest.mark.parametrize(
    ("below", "below_language", "above", "above_language", "expected"),
    [
        pytest.param("Size", "en", "Bulk", "en", "Bulk", id="plain over plain of one language"),
        pytest.param("Size", "en", "Größe", "de", {"en": "Size", "de": "Größe"}, id="plain over plain of another"),
        pytest.param("Size", "en", {"de": "Größe"}, "en", {"en": "Size", "de": "Größe"}, id="mapping over plain"),
        pytest.param("Size", "en", {"en": "Bulk"}, "de", {"en": "Bulk"}, id="mapping over plain, the same language"),
        pytest.param({"de": "Größe"}, "en", "Size", "en", {"de": "Größe", "en": "Size"}, id="plain over mapping"),
        pytest.param({"de": "Größe"}, "en", "Maß", "de", {"de": "Maß"}, id="plain over mapping, the same language"),
        pytest.param({"de": "x", "id": "y"}, "en", {"de": "z"}, "en", {"de": "z", "id": "y"}, id="one replaced"),
        pytest.param({"de": "x", "id": "y"}, "en", {"de": None}, "en", {"id": "y"}, id="one taken away"),
        pytest.param("Size", "en", {"en": None, "de": "Größe"}, "en", {"de": "Größe"}, id="the plain one taken away"),
        pytest.param("Size", "en", UNSET, "de", "Size", id="not set"),
        pytest.param(UNSET, "en", "Größe", "en", "Größe", id="plain over nothing"),
        pytest.param(UNSET, "en", "Größe", "de", {"de": "Größe"}, id="plain over nothing, of another language"),
    ],
)
def test_texts_merge_by_language(name, below, below_language, above, above_language, expected):
    composed = compose(
        named("a", Attribute("a", "text", **{name: below}), default_language=below_language),
        named("b", Attribute("a", **{name: above}), default_language=above_language),
    )
    assert getattr(composed["a"], name) == expected
    composed.compile(REGISTRY)


@pytest.mark.parametrize("above", [None, {"en": None}], ids=["all of it", "its only language"])
@pytest.mark.parametrize("below", ["Size", {"en": "Size"}], ids=["plain", "mapping"])
def test_a_text_is_taken_away(below, above):
    composed = layers([Attribute("a", "text", label=below)], [Attribute("a", label=above)])
    assert not composed["a"].label
    assert "label" not in composed.explain("a", REGISTRY)
    composed.compile(REGISTRY)


def test_texts_of_three_schemas_merge():
    composed = compose(
        named("a", Attribute("a", "text", label="Size"), default_language="en"),
        named("b", Attribute("a", label="Größe"), default_language="de"),
        named("c", Attribute("a", label="Bulk"), default_language="en"),
    )
    assert composed["a"].label == {"en": "Bulk", "de": "Größe"}


WHOLE = {
    "subtype": "slug",
    "label": "A",
    "help_text": {"en": "help"},
    "group": "g",
    "order": 3,
    "required": True,
    "default": "x",
    "initial_default": "x",
    "choices": ["x", "y"],
    "multiple": False,
    "constraints": {"max_length": 5},
    "unique": True,
    "indexed": True,
    "required_if": "given.b",
    "visible_if": "given.b",
    "locked": False,
    "status": "deprecated",
}
OTHER = Attribute("b", "text")


@pytest.mark.parametrize("name", WHOLE)
def test_none_takes_one_property_away_and_leaves_the_others(name):
    composed = layers([Attribute("a", "text", **WHOLE), OTHER], [Attribute("a", **{name: None})])
    rest = {other: value for other, value in WHOLE.items() if other != name}
    assert composed["a"] == Attribute("a", "text", key="a", **rest)
    assert composed.explain("a", REGISTRY).keys().isdisjoint({name, f"{name}.en", f"{name}.max_length"})
    composed.compile(REGISTRY)


def test_what_is_not_set_is_inherited():
    composed = layers([Attribute("a", "text", **WHOLE), OTHER], [Attribute("a")], [Attribute("a", label="B")])
    assert composed["a"] == Attribute("a", "text", key="a", **{**WHOLE, "label": "B"})


@pytest.mark.parametrize(
    "below", [["x", "y"], [Choice("x", "X"), Choice("z")]], ids=["the same values", "labels and other values"]
)
def test_choices_are_replaced_whole(below):
    composed = layers([Attribute("a", "text", choices=below)], [Attribute("a", choices=[("x", "New")])])
    assert composed["a"].choices == (Choice("x", "New"),)


@pytest.mark.parametrize("type_", ["text", "decimal"], ids=["the same type", "another type"])
def test_a_type_redefines_the_attribute_whole(type_):
    composed = layers([Attribute("a", "text", **WHOLE), OTHER], [Attribute("a", type_, group="h")])
    assert composed["a"] == Attribute("a", type_, key="a", group="h")
    assert list(composed) == ["a", "b"]


def test_a_redefinition_keeps_key_and_name():
    composed = layers(COLOUR, [Attribute("colour", "integer")])
    assert composed["colour"] == Attribute("colour", "integer", key="k")


# ---- statuses ----


@pytest.mark.parametrize(
    ("status", "there"),
    [(UNSET, True), ("active", True), ("deprecated", True), ("draft", False), ("retired", False)],
    ids=str,
)
def test_only_draft_and_retired_attributes_are_not_in_the_mapping(status, there):
    composed = layers([Attribute("a", "text", status=status)])
    assert ("a" in composed) is there
    result = composed.compile(REGISTRY).check({"a": "x"})
    assert [problem.code for problem in result.problems] == ([] if there else ["unknown"])


def test_a_draft_changes_nothing():
    composed = layers([Attribute("a", "text", label="A")], [Attribute("a", "integer", label="B", status="draft")])
    assert composed["a"] == Attribute("a", "text", key="a", label="A")


def test_a_draft_may_stand_beside_the_definition_that_it_shall_replace():
    composed = layers([Attribute("a", "text", label="A"), Attribute("a", "integer", status="draft")])
    composed.compile(REGISTRY)
    assert composed["a"] == Attribute("a", "text", key="a", label="A")


def test_a_draft_defines_nothing_that_could_be_overridden():
    composed = layers([Attribute("a", "text", status="draft")], [Attribute("a", label="A")])
    assert faults(composed) == ["schema 'b', attribute 'a': no more general schema defines 'a'"]


@pytest.mark.parametrize("status", ["active", "deprecated", None], ids=str)
def test_a_narrower_schema_may_set_a_retired_attribute_active(status):
    retired = [Attribute("a", "text", label="A", status="retired")]
    composed = layers(retired, [Attribute("a", status=status, group="g")])
    assert (composed["a"].type, composed["a"].label, composed["a"].group) == ("text", "A", "g")
    composed.compile(REGISTRY)


def test_a_value_of_a_retired_attribute_is_an_orphan():
    validator = layers([Attribute("a", "text"), OTHER], [Attribute("a", status="retired")]).compile(REGISTRY)
    assert validator.load({"a": "x", "b": "y"}) == {"b": "y"}
    assert validator.problems({"a": 5, "b": "y"}) == ()
