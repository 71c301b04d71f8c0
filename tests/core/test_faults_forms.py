"""Faults of form: defaults and choices that do not fit, properties and rules that are no such thing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jsonattrs_core import (
    UNSET,
    Attribute,
    Choice,
    Rule,
    SchemaError,
    compose,
)
from tests.core.checking import faults, refused, schema
from tests.core.fake_language import REGISTRY

# ---- defaults and choices that the attribute itself refuses ----

SLUG = {"label": "Slug", "example": "north-field_2"}


@pytest.mark.parametrize("name", ["default", "initial_default"])
@pytest.mark.parametrize(
    ("properties", "value", "why"),
    [
        ({"type": "text"}, 5, refused("type", type="text")),
        ({"type": "text"}, "", "it is empty"),
        ({"type": "text"}, "  ", "it is empty"),
        ({"type": "integer"}, "5", refused("type", type="integer")),
        ({"type": "integer", "constraints": {"max": 3}}, 5, refused("max", limit=3)),
        ({"type": "text", "subtype": "slug"}, "a b", refused("format", **SLUG)),
        ({"type": "text", "choices": ["a"]}, "b", refused("choice", choices=["a"], count=1)),
        ({"type": "date"}, "2024-02-30", refused("format", type="date")),
        ({"type": "text", "multiple": True}, "a", refused("type", type="list")),
        ({"type": "text", "multiple": True}, [], "it is empty"),
        ({"type": "text", "multiple": True}, ["a", ""], refused("required")),
        (
            {"type": "text", "multiple": True, "constraints": {"max_items": 1}},
            ["a", "b"],
            refused("max_items", limit=1),
        ),
        ({"type": "object"}, [], refused("type", type="object")),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_default_that_the_attribute_itself_refuses(name, properties, value, why):
    assert faults(schema(Attribute("x", **properties, **{name: value}))) == [
        f"schema 's', attribute 'x': the attribute refuses its {name} {value!r}: {why}"
    ]


@pytest.mark.parametrize(
    ("type_", "named"), [("date", "today"), ("datetime", "now"), ("uuid", "uuid4")], ids=["today", "now", "uuid4"]
)
def test_a_named_default_is_for_new_records_of_its_type_alone(type_, named):
    compose(schema(Attribute("x", type_, default=named))).compile(REGISTRY)
    why = refused("format", type=type_)
    for attribute in (
        Attribute("x", type_, initial_default=named),
        Attribute("x", type_, default=[named], multiple=True),
    ):
        [fault] = faults(schema(attribute))
        assert fault.endswith(why)
    assert len(faults(schema(Attribute("x", "integer", default=named)))) == 1
    assert len(faults(schema(Attribute("x", type_, default=named.upper())))) == 1


def test_a_named_default_is_tried_at_the_time_of_the_validator():
    attribute = Attribute("x", "date", default="today", constraints={"max": "2019-12-31"})
    compose(schema(attribute)).compile(REGISTRY, now=datetime(2019, 5, 5, tzinfo=UTC))
    with pytest.raises(SchemaError, match="the attribute refuses its default"):
        compose(schema(attribute)).compile(REGISTRY, now=datetime(2020, 5, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("properties", "choices", "message"),
    [
        ({"type": "integer"}, ["1"], f"the attribute refuses its choice '1': {refused('type', type='integer')}"),
        ({"type": "integer"}, [True], f"the attribute refuses its choice True: {refused('type', type='integer')}"),
        ({"type": "text"}, [""], "the attribute refuses its choice ''"),
        ({"type": "text"}, [Choice(None)], f"the attribute refuses its choice None: {refused('type', type='text')}"),
        (
            {"type": "text", "constraints": {"max_length": 1}},
            ["a", ("bb", "B")],
            f"the attribute refuses its choice 'bb': {refused('max_length', limit=1)}",
        ),
        (
            {"type": "text", "subtype": "slug"},
            [Choice("a b", retired=True)],
            f"the attribute refuses its choice 'a b': {refused('format', **SLUG)}",
        ),
        ({"type": "text"}, ["a", "b", "a"], "the choice 'a' is listed twice"),
        ({"type": "text"}, ["a", Choice("a", retired=True)], "the choice 'a' is listed twice"),
        ({"type": "text"}, ["e\u0301", "\u00e9"], "the choice 'é' is listed twice"),
        ({"type": "decimal"}, ["1.0", "1.00"], "the choice '1.00' is listed twice"),
        ({"type": "text"}, [], "there must be 1 to 10000 choices, not 0"),
        ({"type": "text"}, "abc", "'choices' must be a list"),
        ({"type": "text"}, 5, "'choices' must be a list"),
        ({"type": "text"}, {"a": "A"}, "'choices' must be a list"),
        ({"type": "text"}, [Choice("a", 5)], "the label of the choice 'a' must be a text"),
        ({"type": "text"}, [Choice("a", {"en": 5})], "the label of the choice 'a' must be a text"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value)[:40],
)
def test_choices_that_the_attribute_itself_refuses(properties, choices, message):
    assert faults(schema(Attribute("x", choices=choices, **properties))) == [f"schema 's', attribute 'x': {message}"]


@pytest.mark.parametrize("retired", [1, "yes", None], ids=repr)
def test_retired_of_a_choice_is_true_or_false(retired):
    assert len(faults(schema(Attribute("x", "text", choices=["a", Choice("b", retired=retired)])))) == 1


# ---- properties of other forms ----

FORMS = {
    "required": ("yes", 1, 0, 0.0, [], "true"),
    "multiple": ("yes", 1, []),
    "unique": ("yes", 1, {}),
    "locked": ("yes", 1),
    "omit": ("yes", 1, []),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in FORMS.items() for value in values], ids=repr
)
def test_flags_are_true_or_false(name, value):
    assert faults(schema(Attribute("x", "text", **{name: value}))) == [
        f"schema 's', attribute 'x': {name!r} must be true or false"
    ]


@pytest.mark.parametrize("value", ["yes", "Trigram", "", 1, 0, [], {}, ["trigram"]], ids=repr)
def test_indexed_is_true_or_false_or_trigram(value):
    assert faults(schema(Attribute("x", "text", indexed=value))) == [
        "schema 's', attribute 'x': 'indexed' must be true, false or 'trigram'"
    ]


@pytest.mark.parametrize("value", [True, False, None, "trigram"], ids=repr)
def test_indexed_of_a_text(value):
    assert compose(schema(Attribute("x", "text", indexed=value))).compile(REGISTRY).problems({"x": "a"}) == ()


@pytest.mark.parametrize(
    "properties",
    [{"type": "integer"}, {"type": "date"}, {"type": "object"}, {"type": "text", "multiple": True}],
    ids=lambda properties: "-".join(map(str, properties.values())),
)
def test_trigrams_are_those_of_single_texts(properties):
    assert faults(schema(Attribute("x", indexed="trigram", **properties))) == [
        "schema 's', attribute 'x': 'indexed' is 'trigram' only for single texts"
    ]


@pytest.mark.parametrize("name", ["label", "help_text"])
@pytest.mark.parametrize("value", [3, True, ["x"], {"en": 5}, {5: "x"}, {"en": ["x"]}], ids=repr)
def test_texts_are_texts_or_mappings_of_language_to_text(name, value):
    assert faults(schema(Attribute("x", "text", **{name: value}))) == [
        f"schema 's', attribute 'x': {name!r} must be a text, or a mapping of language to text"
    ]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("order", "x", "'order' must be a number"),
        ("order", True, "'order' must be a number"),
        ("order", [], "'order' must be a number"),
        ("order", float("nan"), "'order' must be a number"),
        ("group", 5, "'group' must be a text"),
        ("subtype", 5, "'subtype' must be a text"),
        ("subtype", ["slug"], "'subtype' must be a text"),
        ("required_if", True, "'required_if' must be a text"),
        ("visible_if", 5, "'visible_if' must be a text"),
        ("constraints", 5, "'constraints' must be a mapping of name to parameter"),
        ("constraints", ["max_length"], "'constraints' must be a mapping of name to parameter"),
        ("constraints", "max_length", "'constraints' must be a mapping of name to parameter"),
        ("status", "archived", "'status' must be one of draft, active, deprecated, retired"),
        ("status", 5, "'status' must be one of draft, active, deprecated, retired"),
        ("status", [], "'status' must be one of draft, active, deprecated, retired"),
    ],
    ids=repr,
)
def test_properties_of_another_form(name, value, message):
    assert faults(schema(Attribute("x", "text", **{name: value}))) == [f"schema 's', attribute 'x': {message}"]


@pytest.mark.parametrize("below", [UNSET, {"min": 1}], ids=["alone", "over a mapping"])
def test_a_wrong_form_in_an_override(below):
    first = schema(Attribute("x", "integer", constraints=below, label="X"), name="g")
    assert faults(first, schema(Attribute("x", constraints=5, label=3, required="yes"))) == [
        "schema 's', attribute 'x': 'required' must be true or false",
        "schema 's', attribute 'x': 'label' must be a text, or a mapping of language to text",
        "schema 's', attribute 'x': 'constraints' must be a mapping of name to parameter",
    ]


@pytest.mark.parametrize("value", [5, None, ["en"]], ids=repr)
def test_the_default_language_is_a_text(value):
    assert len(faults(schema(Attribute("x", "text", label="X"), default_language=value))) == 1


# ---- expressions and rules ----


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("x <", "a value is expected, not ''"),
        ("x ~ 3", "'~ 3' cannot be read"),
        ("x", "a condition is true or false, not int"),
        ("x == 'five'", "int cannot be compared with str"),
        ("tags == 'five'", "'tags' is a list"),
        ("xx == 5", "no attribute is named 'xx'; did you mean 'x'?"),
        ("given.zzzzz", "no attribute is named 'zzzzz'"),
    ],
    ids=lambda value: value,
)
def test_an_expression_that_its_language_refuses(expression, message):
    attributes = Attribute("x", "integer"), Attribute("tags", "text", multiple=True)
    for name in ("required_if", "visible_if"):
        assert faults(schema(*attributes, Attribute("y", "text", **{name: expression}))) == [
            f"schema 's', attribute 'y': {name} {expression!r}: {message}"
        ]
    assert faults(schema(*attributes, rules=[Rule(expression, "m")])) == [f"schema 's': rule {expression!r}: {message}"]


def test_what_names_an_attribute_of_unknown_type_is_no_second_fault():
    attributes = Attribute("x", "intger"), Attribute("y", "text", required_if="x == 5")
    assert faults(schema(*attributes, rules=[Rule("x == 5 and y == 'a'", "m")])) == [
        "schema 's', attribute 'x': unknown base type 'intger'; did you mean 'integer'?"
    ]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (Rule("", "m"), "rule '': its expression must be a text"),
        (Rule(5, "m"), "rule 5: its expression must be a text"),
        (Rule("x == 1", ""), "rule 'x == 1': its message must be a text, or a mapping of language to text"),
        (Rule("x == 1", 5), "rule 'x == 1': its message must be a text, or a mapping of language to text"),
        (Rule("x == 1", {}), "rule 'x == 1': its message must be a text, or a mapping of language to text"),
        (Rule("x == 1", {"en": 5}), "rule 'x == 1': its message must be a text, or a mapping of language to text"),
        (Rule("x == 1", "m", attributes="x"), "rule 'x == 1': its attributes must be a list of names"),
        (
            Rule("x == 1", "m", severity="fatal"),
            "rule 'x == 1': its severity must be 'error' or 'warning', not 'fatal'",
        ),
        (Rule("x == 1", "m", severity=[]), "rule 'x == 1': its severity must be 'error' or 'warning', not []"),
        (Rule("x == 1", "m", attributes=[5]), "the rule 'x == 1' names 5, which nobody defines"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value),
)
def test_rules_of_another_form(rule, message):
    assert faults(schema(Attribute("x", "integer"), rules=[rule])) == [f"schema 's': {message}"]


@pytest.mark.parametrize("attributes", [5, None, True], ids=repr)
def test_attributes_of_a_rule_that_are_no_list(attributes):
    rule = Rule("x == 1", "m", attributes=attributes)
    assert faults(schema(Attribute("x", "integer"), rules=[rule])) == [
        "schema 's': rule 'x == 1': its attributes must be a list of names"
    ]


# ---- anything at all ----

#: One value of every kind that a document or a program may hold.
VALUES = (None, True, 0, 1.5, "", "x", [], ["x"], {}, {"x": 1}, {1: 2}, b"x", date(2024, 1, 1), float("nan"), len)
ANYTHING = pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value).replace("<", "").replace(">", ""))


def compiles_or_has_faults(*schemas):
    """Compose and compile; nothing but a SchemaError that names the schema may come of it."""
    composed = compose(*schemas)
    assert isinstance(list(composed), list)
    try:
        validator = composed.compile(REGISTRY)
    except SchemaError as error:
        return all("schema 's'" in str(fault) for fault in error.faults)
    return validator.check({"x": "value"}).problems is not None


@pytest.mark.parametrize("name", sorted(Attribute.__dataclass_fields__.keys() - {"given"}))
@ANYTHING
def test_definitions_never_raise_and_compile_raises_nothing_but_faults(name, value):
    given = {"name": "x", "type": "text", name: value}
    assert compiles_or_has_faults(schema(Attribute(**given)))
    override = Attribute(**{"name": "x", name: value})
    assert compiles_or_has_faults(schema(Attribute("x", "text")), schema(override))


@pytest.mark.parametrize("name", ["expression", "message", "attributes", "language", "severity"])
@ANYTHING
def test_rules_never_raise_and_compile_raises_nothing_but_faults(name, value):
    rule = Rule(**{"expression": "given.x", "message": "m", name: value})
    assert compiles_or_has_faults(schema(Attribute("x", "text"), rules=[rule]))
