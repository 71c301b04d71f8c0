"""JSON Schema export: what the validator accepts is valid under it, and it says all that the language can say."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Choice, Registry, Rule, Schema, SchemaError, Subtype, compose, hookimpl

REGISTRY = Registry.from_plugins()
TEXT = {"type": "string", "minLength": 1}
NOTHING = {"type": "string", "enum": []}
DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}


def exported(*attributes, language=None, **schema):
    composed = compose(Schema("s", attributes, **schema))
    document = composed.to_json_schema(language, REGISTRY)
    json.dumps(document)
    jsonschema.Draft202012Validator.check_schema(document)
    return document


def of(attribute, language=None):
    found = exported(attribute, language=language)["properties"][attribute.name]
    del found["x-jsonattrs"]
    return found


@pytest.mark.parametrize(
    ("attribute", "keywords"),
    [
        (Attribute("x", "text", required=True), TEXT),
        (Attribute("x", "text"), {"type": ["string", "null"]}),
        (Attribute("x", "boolean"), {"type": ["boolean", "null"]}),
        (
            Attribute("x", "integer", required=True, constraints={"min": 1, "multiple_of": 2}),
            {"type": "integer", "minimum": 1, "maximum": 2**63 - 1, "multipleOf": 2},
        ),
        (
            Attribute("x", "float", required=True, constraints={"exclusive_min": 0, "max": 1.5}),
            {"type": "number", "exclusiveMinimum": 0, "maximum": 1.5},
        ),
        (Attribute("x", "date", required=True, constraints={"max": "today"}), DATE),
        (
            Attribute("x", "text", subtype="slug", required=True),
            {"type": "string", "minLength": 1, "format": "slug", "pattern": r"^(?:[A-Za-z0-9_\-]+)$"},
        ),
        (
            Attribute("x", "integer", subtype="rating", required=True),
            {"type": "integer", "minimum": 1, "maximum": 10, "format": "rating"},
        ),
        (
            Attribute("x", "integer", subtype="rating", required=True, constraints={"max": 20}),
            {"type": "integer", "minimum": 1, "maximum": 20, "format": "rating"},
        ),
        (Attribute("x", "text", subtype="url", required=True), {"type": "string", "minLength": 1, "format": "url"}),
        (
            Attribute("x", "text", required=True, constraints={"pattern": "[A-Z]{2}", "max_length": 2}),
            {"type": "string", "minLength": 1, "pattern": "^(?:[A-Z]{2})$", "maxLength": 2},
        ),
        (Attribute("x", "text", required=True, constraints={"pattern": "(?i)[a-z]+"}), TEXT),
        (
            Attribute("x", "text", required=True, choices=["a", "b", Choice("c", retired=True)]),
            {"type": "string", "minLength": 1, "enum": ["a", "b"]},
        ),
        (
            Attribute("x", "decimal", choices=[("1.50", "Half")]),
            {
                "anyOf": [
                    {
                        "type": "string",
                        "pattern": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$",
                        "oneOf": [{"const": "1.50", "title": "Half"}],
                    },
                    {"type": "null"},
                ]
            },
        ),
        (
            Attribute("x", "text", multiple=True, required=True, constraints={"max_items": 2, "unique_items": True}),
            {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 2, "uniqueItems": True},
        ),
        (Attribute("x", "text", default="a", status="deprecated"), {"type": ["string", "null"], "deprecated": True}),
        (Attribute("x", "object", default={"a": [1]}), {"type": ["object", "null"], "default": {"a": [1]}}),
        (
            Attribute("x", "text", multiple=True, default=["a"], required=True),
            {"type": "array", "items": TEXT, "minItems": 1, "default": ["a"]},
        ),
        (Attribute("x", "text", required=True, constraints={"min_length": 0}), TEXT),
        (Attribute("x", "text", choices=[Choice("c", "C", retired=True)]), {"anyOf": [NOTHING, {"type": "null"}]}),
        (
            Attribute("x", "object", constraints={"json_schema": {"required": ["a"]}}),
            {"anyOf": [{"type": "object", "allOf": [{"required": ["a"]}]}, {"type": "null"}]},
        ),
        (
            Attribute("x", "object", required=True, constraints={"json_schema": {"items": {"$ref": "#"}}}),
            {"type": "object"},
        ),
        (Attribute("x", "date", default="today", required=True), DATE),
        (
            Attribute("x", "text", label={"en": "Name", "id": "Nama"}, help_text="Full", required=True),
            {"type": "string", "minLength": 1, "title": "Name", "description": "Full"},
        ),
    ],
)
def test_an_attribute_in_the_words_of_json_schema(attribute, keywords):
    assert of(attribute) == keywords


def test_labels_are_in_the_language_that_is_asked_for():
    attribute = Attribute("x", "text", label={"en": "Name", "id": "Nama"}, choices=[("a", {"en": "A", "id": "Ah"})])
    found = of(attribute, "id")
    assert found["title"] == "Nama"
    assert found["anyOf"][0]["oneOf"] == [{"const": "a", "title": "Ah"}]


def test_a_record_is_closed_and_says_what_it_demands():
    document = exported(
        Attribute("a", "text", required=True),
        Attribute("b", "text", required=True, default="x"),
        Attribute("c", "text", required=True, status="deprecated"),
        Attribute("d", "text", status="retired"),
        Attribute("e", "text"),
    )
    assert document["required"] == ["a"]
    assert document["additionalProperties"] is False
    assert list(document["properties"]) == ["a", "b", "c", "e"]


def test_changes_require_nothing_and_what_is_stored_may_be_older_than_its_limits():
    attributes = [
        Attribute("a", "text", required=True, constraints={"max_length": 3}),
        Attribute("b", "integer", default=1, constraints={"max": 3}),
        Attribute("c", "text", choices=["x", Choice("y", retired=True)]),
        Attribute("d", "date", multiple=True, required=True, constraints={"max_items": 2}),
    ]
    composed = compose(Schema("s", attributes))

    def properties(of):
        document = composed.to_json_schema(registry=REGISTRY, of=of)
        assert "required" not in document
        assert document["additionalProperties"] is False
        for each in document["properties"].values():
            del each["x-jsonattrs"]
        return document["properties"]

    changes = properties("changes")
    assert changes["a"] == {**TEXT, "maxLength": 3}
    assert "default" not in changes["b"]
    stored = properties("stored")
    assert stored["a"] == {"type": ["string", "null"], "minLength": 1}
    assert stored["b"] == {"type": ["integer", "null"], "minimum": -(2**63), "maximum": 2**63 - 1}
    assert stored["c"] == {"anyOf": [{"type": "string", "enum": ["x", "y"]}, {"type": "null"}]}
    assert stored["d"] == {"type": ["array", "null"], "items": DATE}


def test_what_json_schema_has_no_words_for_is_kept_apart():
    document = exported(
        Attribute(
            "born",
            "date",
            key="dob",
            subtype="birth-date",
            constraints={"min": "1900-01-01", "max": "today"},
            initial_default="2000-01-01",
            unique=True,
            group="person",
        ),
        unique_together=[("born",)],
    )
    assert document["properties"]["born"]["x-jsonattrs"] == {
        "key": "dob",
        "type": "date",
        "subtype": "birth-date",
        "group": "person",
        "unique": True,
        "initial_default": "2000-01-01",
        "constraints": {"min": "1900-01-01", "max": "today"},
        "input": {"autocomplete": "bday"},
    }
    assert document["x-jsonattrs"] == {"unique_together": [["born"]]}


@pytest.mark.parametrize("indexed", [True, "trigram"])
def test_how_an_attribute_is_indexed_is_kept_apart(indexed):
    properties = exported(Attribute("title", "text", indexed=indexed))["properties"]
    assert properties["title"]["x-jsonattrs"] == {"key": "title", "type": "text", "indexed": indexed}


def test_a_schema_that_does_not_compile_is_not_exported():
    with pytest.raises(SchemaError):
        exported(Attribute("x", "txet"))
    with pytest.raises(SchemaError):
        exported(Attribute("x", "text"), rules=[Rule("a < b", "m")])


EVERY = Schema(
    "every",
    [
        Attribute("a", "text", constraints={"pattern": "[a-c]*", "max_length": 4}),
        Attribute("b", "integer", constraints={"min": -5}),
        Attribute("c", "float", required=True),
        Attribute("d", "decimal", constraints={"max_digits": 6}),
        Attribute("e", "boolean"),
        Attribute("f", "date"),
        Attribute("g", "datetime"),
        Attribute("h", "time"),
        Attribute("i", "duration"),
        Attribute("j", "uuid"),
        Attribute("k", "object"),
        Attribute("l", "text", multiple=True, choices=["x", ("y", "Y")], constraints={"unique_items": True}),
    ],
)
VALIDATOR = compose(EVERY).compile(REGISTRY)
ORACLE = jsonschema.Draft202012Validator(compose(EVERY).to_json_schema(registry=REGISTRY))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=2)


@given(
    st.fixed_dictionaries(
        {"c": st.floats(allow_nan=False, allow_infinity=False)},
        optional={
            "a": st.text("abcd", max_size=5) | st.none(),
            "b": st.integers(-9, 9) | st.none(),
            "d": DECIMALS,
            "e": st.booleans(),
            "f": st.dates(),
            "g": st.datetimes(timezones=st.timezones()),
            "h": st.times(),
            "i": st.timedeltas(),
            "j": st.uuids(),
            "k": st.dictionaries(st.text(max_size=2), st.integers() | st.lists(st.none())),
            "l": st.lists(st.sampled_from("xyz"), max_size=3),
        },
    )
)
def test_what_is_accepted_is_valid_as_it_is_stored(data):
    result = VALIDATOR.check(data)
    stored = {name: VALIDATOR.dump({name: value})[name] for name, value in result.value.items()}
    if result.ok:
        ORACLE.validate(json.loads(json.dumps(stored)))


def test_the_parameters_of_a_subtype_are_told():
    class Sized:
        @hookimpl
        def jsonattrs_subtypes(self):
            common = {"label": "S", "summary": "S.", "examples": ("1",), "invalid_examples": ("x",)}
            check = lambda attribute: lambda value: value  # noqa: E731
            return [Subtype(base="decimal", name="size", load=check, factory=True, params=("unit",), **common)]

    attribute = Attribute("plot", "decimal", subtype="size", constraints={"unit": "ha", "min": "0"})
    schema = compose(Schema("s", [attribute]))
    exported = schema.to_json_schema(registry=Registry.from_plugins([Sized()]))
    assert exported["properties"]["plot"]["x-jsonattrs"]["constraints"] == {"min": "0", "unit": "ha"}


@pytest.mark.parametrize("subtype", REGISTRY.subtypes.values(), ids=lambda subtype: subtype.name)
def test_the_bounds_of_a_subtype_are_those_of_its_check(subtype):
    """What the keywords refuse the check refuses, too, and of numbers the other way round."""
    attribute = Attribute("x", subtype.base, subtype=subtype.name, required=True)
    found = jsonschema.Draft202012Validator(exported(attribute))
    validator = compose(Schema("s", [attribute])).compile(REGISTRY)
    for example in subtype.examples:
        assert found.is_valid({"x": validator.dump(validator.validate({"x": example}))["x"]})
    if subtype.json_schema:
        assert not any(found.is_valid({"x": example}) for example in subtype.invalid_examples)
