"""Corners where composition, documents and defaults meet."""

from __future__ import annotations

import pytest

from jsonattrs_core import Attribute, Choice, PluginError, Registry, Rule, Schema, SchemaError, compose, hookimpl
from jsonattrs_core.records import RuleLanguage
from tests.core.fake_language import REGISTRY


def schema(name, *attributes, **rest):
    return Schema(name, attributes, rule_language="fake", **rest)


# ---- an initial default outlives what is tightened later ----


@pytest.mark.parametrize(
    ("defined", "later"),
    [
        (Attribute("a", "integer", initial_default=0), Attribute("a", constraints={"min": 5})),
        (
            Attribute("a", "text", choices=["x", "y"], initial_default="x"),
            Attribute("a", choices=[Choice("x", retired=True), "y"]),
        ),
        (Attribute("a", "text", initial_default="No slug"), Attribute("a", subtype="slug")),
    ],
)
def test_a_tighter_schema_still_compiles_and_reads(defined, later):
    validator = compose(schema("g", defined), schema("o", later)).compile(REGISTRY)
    assert validator.load({}) == {"a": defined.initial_default}


def test_an_initial_default_that_its_own_schema_refuses_is_a_fault():
    with pytest.raises(SchemaError, match="initial_default"):
        compose(schema("g", Attribute("a", "integer", initial_default=0, constraints={"min": 5}))).compile(REGISTRY)


# ---- conditional defaults, in any order ----

CHAIN = (
    Attribute("b", "text", visible_if="a == 9", default="x", required=True),
    Attribute("a", "integer", visible_if="c == 3", default=9),
    Attribute("c", "integer", default=3),
)


@pytest.mark.parametrize("attributes", [CHAIN, CHAIN[::-1]], ids=["last first", "first first"])
def test_a_default_makes_another_attribute_visible_whatever_their_order(attributes):
    result = compose(schema("s", *attributes)).compile(REGISTRY).check({})
    assert (result.value, result.problems) == ({"a": 9, "b": "x", "c": 3}, ())


# ---- documents of composed schemas mean what the schemas mean ----


def again(composed):
    return compose(Schema.from_document(composed.to_document()))


def test_a_composed_document_has_rules_under_present_names():
    base = schema("g", Attribute("a", "integer"), rules=[Rule("a == 9", "m", attributes=["a"])])
    composed = compose(base, schema("o", Attribute("aa", key="a")))
    assert composed.rules[0].attributes == ("aa",)
    assert [p.path for p in composed.compile(REGISTRY).check({"aa": 1}).problems] == [("aa",)]


def test_a_composed_document_says_in_which_language_a_text_is():
    one = Schema("g", [Attribute("a", "text", label="Nama")], default_language="id")
    two = Schema("o", [])
    composed = compose(one, two)
    more = Schema("p", [Attribute("a", label={"fr": "Nom"})])
    assert compose(*again(composed).schemas, more)["a"].label == compose(composed, more)["a"].label


def test_a_composed_document_says_in_which_language_a_rule_is():
    rule = Rule("a", "m")
    composed = compose(Schema("g", [], rules=[rule], rule_language="one"), Schema("o", [], rule_language="two"))
    assert composed.to_document()["rules"] == [{"expression": "a", "message": "m", "language": "one"}]


def test_a_redefinition_after_a_rename_is_the_same_through_a_document():
    base, renamed = schema("g", Attribute("b", "text")), schema("m", Attribute("bb", key="b"))
    redefined = schema("o", Attribute("bb", "integer"))
    direct = compose(base, renamed, redefined)
    read = compose(base, renamed, Schema.from_document(redefined.to_document()))
    assert [(it.name, it.key, it.type) for it in direct.values()] == [("bb", "b", "integer")]
    assert direct == read


def test_choices_that_are_objects_are_written_and_read():
    choices = schema("g", Attribute("a", "object", key="a", choices=[{"x": 1}, {"value": 2}]))
    assert Schema.from_document(choices.to_document()) == choices


@pytest.mark.parametrize("version", [True, 1.0, "1"])
def test_the_format_of_a_document_is_the_number_1(version):
    with pytest.raises(SchemaError, match="'format' must be 1"):
        Schema.from_document({"format": version, "name": "s"})


# ---- what is no definition at all ----


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"attributes": [{"name": "a"}]}, "{'name': 'a'} is no Attribute"),
        ({"attributes": [], "rules": ["a > b"]}, "'a > b' is no Rule"),
        ({"attributes": [], "unique_together": ["ab"]}, "a unique group is a list of names, not 'ab'"),
    ],
)
def test_what_is_no_definition_is_a_fault(given, message):
    composed = compose(Schema("s", **given))
    with pytest.raises(SchemaError) as raised:
        composed.compile(REGISTRY)
    assert str(raised.value) == f"schema 's': {message}"


def test_compose_takes_schemas_one_by_one():
    with pytest.raises(TypeError, match="not a list"):
        compose([Schema("s", [])])


# ---- plugins given as objects ----


class Plugin:
    def __init__(self, load):
        self._load = load

    @hookimpl
    def jsonattrs_rule_languages(self):
        return [RuleLanguage("own", load=self._load)]


def test_objects_of_one_class_are_told_apart_by_a_number():
    class Other:
        pass

    registry = Registry.from_plugins([Other(), Other(), Other()])
    assert [provider.name for provider in registry.providers] == ["jsonattrs", "other", "other-2", "other-3"]


def fail():
    raise OSError("no disk")


def test_a_language_that_cannot_be_made_is_a_plugins_fault():
    registry = Registry.from_plugins({"acme": Plugin(fail)})
    with pytest.raises(PluginError) as raised:
        compose(Schema("s", [Attribute("a", "text", required_if="x")], rule_language="own")).compile(registry)
    assert str(raised.value) == (
        "plugin jsonattrs-acme: rule language 'own' cannot be made: OSError: no disk; "
        "to go on without it, set JSONATTRS_BLOCK=acme"
    )


def test_explain_knows_of_what_was_compiled_with_any_registry():
    composed = compose(
        schema("g", Attribute("a", "integer"), rules=[Rule("a == 9", "m")]), schema("o", Attribute("a", omit=True))
    )
    composed.compile(REGISTRY)
    assert "the rule 'a == 9' of schema 'g' is dropped, since 'a' is gone" in composed.explain("a").notes


def test_a_list_of_objects_in_one_cell_is_a_json_array():
    validator = compose(Schema("s", [Attribute("a", "object", multiple=True)])).compile(REGISTRY)
    result = validator.check({"a": '[{"x": "1;2"}, {}]'}, from_text=True)
    assert result.value == {"a": [{"x": "1;2"}, {}]}
