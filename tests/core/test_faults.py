"""Faults: everything that is wrong with a schema is found by ``compile``, and told together, each with its place."""

from __future__ import annotations

import pickle

import pytest

from jsonattrs_core import (
    Attribute,
    Registry,
    Rule,
    SchemaError,
    compose,
)
from jsonattrs_core.errors import Fault
from jsonattrs_core.limits import Limits
from tests.core.checking import faults, refused, schema
from tests.core.fake_language import REGISTRY

# ---- names and keys ----

NO_NAME = "{!r} is no name: it takes a-z first, then a-z, 0-9 and single _, 63 characters in all"
NO_KEY = "{!r} is no key: it takes A-Z, a-z, 0-9 or _ first, then these and -, 63 characters in all"
RESERVED = """pk id in exact iexact gt gte lt lte range isnull contains contained_by icontains startswith istartswith
endswith iendswith regex iregex has_key has_keys has_any_keys true false null""".split()  # noqa: SIM905 - reads better


@pytest.mark.parametrize(
    "name",
    [
        *(" ", "A", "aB", "1a", "_a", "a__b", "a_b__", "__", "a-b", "a.b", "a b", " a", "a ", "a\n", "a\x00"),
        *("é", "aé", "a²", "a\u0661", "\uff41", "a" * 64, "$a", "a'b"),
    ],
    ids=ascii,
)
def test_what_is_no_name(name):
    assert faults(schema(Attribute(name, "text", key="k"))) == [
        f"schema 's', attribute {name!r}: {NO_NAME.format(name)}"
    ]


def test_an_empty_name_is_no_name():
    assert faults(schema(Attribute("", "text", key="k"))) == [f"schema 's': {NO_NAME.format('')}"]


@pytest.mark.parametrize("name", ["a", "z9", "a_b", "a_", "a1_2_3", "a" * 63, "ids", "nulls", "pk_", "in_"])
def test_what_is_a_name(name):
    schema_of_one = schema(Attribute(name, "text"))
    assert compose(schema_of_one).compile(REGISTRY).validate({name: "x"}) == {name: "x"}


@pytest.mark.parametrize("name", RESERVED)
def test_reserved_names(name):
    assert faults(schema(Attribute(name, "text", key="k"))) == [
        f"schema 's', attribute {name!r}: the name {name!r} is reserved"
    ]
    compose(schema(Attribute("x", "text", key=name))).compile(REGISTRY)


@pytest.mark.parametrize(
    "key", ["", "-", "-a", "$a", "a.b", "a b", "a\n", "é", "a/b", "a" * 64, "a\x00", "\u0661", "a'"], ids=ascii
)
def test_what_is_no_key(key):
    assert faults(schema(Attribute("x", "text", key=key))) == [f"schema 's', attribute 'x': {NO_KEY.format(key)}"]


@pytest.mark.parametrize("key", ["a", "A", "0", "_", "__", "a-b", "0-", "_-_", "Z" * 63, "constructor", "__proto__"])
def test_what_is_a_key(key):
    validator = compose(schema(Attribute("x", "text", key=key))).compile(REGISTRY)
    assert validator.dump({"x": "v"}) == {key: "v"}
    assert validator.load({key: "v"}) == {"x": "v"}


@pytest.mark.parametrize(
    ("attribute", "fault"),
    [
        (Attribute(), "schema 's': an attribute needs a name or a key"),
        (Attribute(type="text"), "schema 's': an attribute needs a name or a key"),
        (Attribute(5, "text"), "schema 's', attribute '5': its name and its key must be texts"),
        (Attribute("x", "text", key=5), "schema 's', attribute 'x': its name and its key must be texts"),
        (Attribute(None, "text"), "schema 's', attribute 'None': its name and its key must be texts"),
        (Attribute(["x"], "text", key={}), "schema 's', attribute \"['x']\": its name and its key must be texts"),
    ],
    ids=["nothing", "a type alone", "name 5", "key 5", "name None", "a list"],
)
def test_names_and_keys_of_other_forms(attribute, fault):
    assert faults(schema(attribute)) == [fault]


# ---- two of one name, two of one key ----


def test_two_visible_attributes_of_one_name():
    first, second = Attribute("x", "text", key="a"), Attribute("x", "text", key="b")
    fault = "schema 's', attribute 'x': another attribute, with the key 'a', has this name too"
    assert faults(schema(first, second)) == [fault]
    assert faults(schema(first, name="g"), schema(second)) == [fault]


def test_a_rename_to_a_name_that_is_taken():
    first = schema(Attribute("x", "text"), Attribute("y", "text"), name="g")
    assert faults(first, schema(Attribute("y", key="x"))) == [
        "schema 'g', attribute 'y': another attribute, with the key 'x', has this name too"
    ]


@pytest.mark.parametrize(
    "change", [{"omit": True}, {"status": "retired"}, {"status": "draft", "type": "text"}], ids=str
)
def test_a_name_may_be_used_again_once_its_attribute_is_not_visible(change):
    first = {"status": change["status"]} if change.get("status") == "draft" else {}
    schemas = [schema(Attribute("x", "text", key="a", **first)), schema(Attribute(key="a", **change))]
    composed = compose(*schemas, schema(Attribute("x", "integer", key="b")))
    assert composed.compile(REGISTRY).validate({"x": 5}) == {"x": 5}


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        (Attribute("y", "text", key="a"), "y"),
        (Attribute("x", "integer", key="a"), "x"),
        (Attribute(key="a", omit=True), "a"),
        (Attribute("a", label="name for a key"), "a"),
    ],
    ids=["another name", "another type", "omitted again", "meant by its name"],
)
def test_two_definitions_of_one_key_in_one_schema(second, shown):
    assert faults(schema(Attribute("x", "text", key="a"), second)) == [
        f"schema 's', attribute '{shown}': the key 'a' is defined twice in this schema"
    ]


# ---- what nobody provides ----


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"type": "integr"}, "unknown base type 'integr'; did you mean 'integer'?"),
        ({"type": "Text"}, "unknown base type 'Text'; did you mean 'text'?"),
        ({"type": "blob"}, "unknown base type 'blob'"),
        ({"type": "text", "subtype": "slugg"}, "unknown subtype 'slugg'; did you mean 'slug'?"),
        ({"type": "text", "subtype": "zz-tax-number"}, "unknown subtype 'zz-tax-number'"),
        (
            {"type": "text", "subtype": "slug@other"},
            "no provider 'other' of the subtype 'slug': it comes from jsonattrs",
        ),
        (
            {"type": "text", "subtype": "positive-float"},
            "the subtype 'positive-float' is for the base type 'float', not 'text'",
        ),
        (
            {"type": "text", "constraints": {"maxlength": 5}},
            "unknown constraint 'maxlength'; did you mean 'max_length'?",
        ),
        ({"type": "text", "constraints": {"": 5}}, "unknown constraint ''"),
        ({"type": "text", "constraints": {5: 5}}, "unknown constraint '5'"),
        (
            {"type": "text", "constraints": {"min": 5}},
            "the constraint 'min' is not for the base type 'text'; 'text' takes min_length, max_length, pattern, "
            "strip, multiline",
        ),
        ({"type": "boolean", "constraints": {"min": 1}}, "the constraint 'min' is not for the base type 'boolean'"),
        (
            {"type": "text", "constraints": {"min_items": 1}},
            "the constraint 'min_items' is for attributes that are multiple",
        ),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value),
)
def test_what_nobody_provides_or_belongs_elsewhere(properties, message):
    assert faults(schema(Attribute("x", **properties))) == [f"schema 's', attribute 'x': {message}"]


@pytest.mark.parametrize("name", ["constraints", "subtype"])
def test_nothing_unknown_is_silently_accepted_beside_what_is_known(name):
    given = {"constraints": {"max_length": 5, "min_lenght": 1}, "subtype": "slug@jsonattrs.slug"}
    assert len(faults(schema(Attribute("x", "text", **{name: given[name]})))) == 1


def test_a_type_that_an_override_takes_away():
    first = schema(Attribute("x", "text"), name="g")
    [fault] = faults(first, schema(Attribute("x", None)))
    assert fault.startswith("schema 's', attribute 'x': ")
    assert "UNSET" not in fault
    assert "Unset" not in fault


@pytest.mark.parametrize(
    ("language", "known"),
    [
        ("cel", "cel"),
        ("fakee", "fakee'; did you mean 'fake"),
        ("", ""),
        (None, "None"),
        (5, "5"),
        (["fake"], "['fake']"),
    ],
    ids=str,
)
def test_an_unknown_rule_language(language, known):
    condition = Attribute("x", "text", required_if="given.x")
    quoted = f"unknown rule language {known!r}" if "'" not in str(language) and known == str(language) else None
    expected = quoted or f"unknown rule language '{known}'" + ("?" if "did you mean" in known else "")
    for found in (
        faults(schema(condition, rule_language=language)),
        faults(schema(Attribute("x", "text"), rules=[Rule("given.x", "m", language=language)])),
        faults(schema(Attribute("x", "text"), rules=[Rule("given.x", "m")], rule_language=language)),
    ):
        assert len(found) == 1
        assert expected in found[0] or isinstance(language, list)


# ---- limits that contradict each other ----


@pytest.mark.parametrize(
    ("type_", "limits"),
    [
        ("integer", {"min": 10, "max": 3}),
        ("float", {"min": 1.5, "max": 1}),
        ("float", {"min": 1, "exclusive_max": 1}),
        ("float", {"exclusive_min": 1, "max": 1}),
        ("float", {"exclusive_min": 1.5, "exclusive_max": 1.5}),
        ("decimal", {"min": "9.50", "max": "9.49"}),
        ("date", {"min": "2024-01-02", "max": "2024-01-01"}),
        ("duration", {"min": "P2D", "max": "PT1H"}),
        ("text", {"min_length": 6, "max_length": 5}),
        ("text", {"min_items": 3, "max_items": 2}),
    ],
)
def test_limits_that_no_value_keeps(type_, limits):
    (low, least), (high, most) = limits.items()
    attribute = Attribute("x", type_, constraints=limits, multiple="min_items" in limits)
    assert faults(schema(attribute)) == [
        f"schema 's', attribute 'x': no value fits the constraints {low!r} and {high!r}: {least!r} and {most!r}"
    ]


@pytest.mark.parametrize(
    ("type_", "limits"),
    [
        ("integer", {"min": 3, "max": 3}),
        ("float", {"exclusive_min": 1, "exclusive_max": 1.1}),
        ("date", {"min": "today", "max": "today-1d"}),
        ("date", {"min": "2024-01-02", "max": "today"}),
        ("text", {"min_length": 5, "max_length": 5}),
    ],
)
def test_limits_that_some_value_keeps_or_will(type_, limits):
    compose(schema(Attribute("x", type_, constraints=limits))).compile(REGISTRY)


def test_who_narrows_limits_until_nothing_fits_is_to_blame():
    general = schema(Attribute("x", "integer", constraints={"min": 5, "max": 9}), name="general")
    narrower = schema(Attribute("x", constraints={"min": 10}), name="narrower")
    with pytest.raises(SchemaError) as error:
        compose(general, narrower).compile(REGISTRY)
    [fault] = error.value.faults
    assert (fault.schema, fault.attribute) == ("narrower", "x")


# ---- parameters of constraints ----


@pytest.mark.parametrize(
    ("type_", "name", "parameter", "message"),
    [
        ("integer", "min", "5", "'5' is not of the type 'integer'"),
        ("integer", "max", 2.5, "2.5 is not of the type 'integer'"),
        ("integer", "min", True, "True is not of the type 'integer'"),
        ("integer", "multiple_of", 0, "0 is not a whole number above 0"),
        ("integer", "multiple_of", 2.0, "2.0 is not a whole number above 0"),
        ("float", "exclusive_min", float("nan"), "nan is not of the type 'float'"),
        ("float", "min", [], "[] is not of the type 'float'"),
        ("decimal", "min", 0.5, "0.5 is not of the type 'decimal'; write it as a text, '0.5'"),
        ("decimal", "max_digits", -1, "-1 is not a number of digits"),
        ("decimal", "decimal_places", "2", "'2' is not a number of digits"),
        ("date", "min", "yesterday", "'yesterday' is not of the type 'date'"),
        ("date", "max", "today-18x", "'today-18x' is no limit; write 'today', or such as 'today-18y'"),
        ("date", "min", "now", "'now' is not of the type 'date'"),
        ("date", "min", "today-999999y", "'today-999999y' is no limit; write 'today', or such as 'today-18y'"),
        ("datetime", "max", "now+1", "'now+1' is no limit; write 'now', or such as 'now-18y'"),
        ("datetime", "max", "2024-01-01T00:00:00", "'2024-01-01T00:00:00' is not of the type 'datetime'"),
        ("time", "min", "25:00", "'25:00' is not of the type 'time'"),
        ("duration", "max", "P1M", "'P1M' is not of the type 'duration'"),
        ("text", "max_length", -1, "-1 is not a whole number of 0 or more"),
        ("text", "min_length", 1.0, "1.0 is not a whole number of 0 or more"),
        ("text", "max_length", True, "True is not a whole number of 0 or more"),
        ("text", "strip", 0, "0 is neither true nor false"),
        ("text", "multiline", "yes", "'yes' is neither true nor false"),
        ("text", "pattern", 5, "a pattern is a text"),
        ("text", "pattern", "a" * 501, "a pattern has at most 500 characters, this one has 501"),
        ("object", "json_schema", 5, "json_schema takes a JSON Schema: an object, true or false"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_parameters_that_a_constraint_refuses(type_, name, parameter, message):
    attribute = Attribute("x", type_, constraints={name: parameter})
    assert faults(schema(attribute)) == [f"schema 's', attribute 'x': constraint {name!r}: {message}"]


@pytest.mark.parametrize("pattern", ["(", "a**", "(?=a)", r"\1", "[b-a]", "a{1001}"])
def test_patterns_that_are_not_in_the_syntax(pattern):
    [fault] = faults(schema(Attribute("x", "text", constraints={"pattern": pattern})))
    assert fault.startswith(
        f"schema 's', attribute 'x': constraint 'pattern': {pattern!r} is not a pattern in RE2 syntax: "
    )


@pytest.mark.parametrize("name", ["min_items", "max_items", "unique_items"])
def test_parameters_of_the_constraints_on_lists(name):
    words = "neither true nor false" if name == "unique_items" else "not a whole number of 0 or more"
    attribute = Attribute("x", "text", multiple=True, constraints={name: "2"})
    assert faults(schema(attribute)) == [f"schema 's', attribute 'x': constraint {name!r}: '2' is {words}"]


# ---- bounds ----


def test_a_schema_has_at_most_500_attributes():
    names = [f"a{number}" for number in range(501)]
    compose(schema(*(Attribute(name, "text") for name in names[:500]))).compile(REGISTRY)
    general = schema(*(Attribute(name, "text") for name in names[:300]), name="g")
    narrow = schema(*(Attribute(name, "text") for name in names[300:]))
    assert faults(general, narrow) == ["schema 's': 501 attributes are too many: at most 500 are allowed"]
    compose(general, narrow, schema(Attribute("a0", status="retired"))).compile(REGISTRY)


def test_an_attribute_has_at_most_10_000_choices():
    compose(schema(Attribute("x", "integer", choices=range(10_000)))).compile(REGISTRY)
    assert faults(schema(Attribute("x", "integer", choices=range(10_001)))) == [
        "schema 's', attribute 'x': there must be 1 to 10000 choices, not 10001"
    ]


def test_the_bounds_are_settings_of_the_registry():
    small = Registry.from_plugins([], limits=Limits(attributes=1, choices=2))
    attributes = Attribute("x", "integer", choices=[1, 2, 3]), Attribute("y", "text")
    assert faults(schema(*attributes), registry=small) == [
        "schema 's': 2 attributes are too many: at most 1 are allowed",
        "schema 's', attribute 'x': there must be 1 to 2 choices, not 3",
    ]


# ---- who is to blame, and all at once ----


@pytest.mark.parametrize(
    ("general", "narrow", "blamed"),
    [
        ({"constraints": {"mim": 1}}, {"label": "X"}, "g"),
        ({"constraints": {"mim": 1}}, {"constraints": {"max": 9}}, "g"),
        ({"constraints": {"min": 1}}, {"constraints": {"maxx": 9}}, "s"),
        ({"constraints": {"min": "a"}}, {"constraints": {"max": 9}}, "g"),
        ({"default": "a"}, {"label": "X"}, "g"),
        ({"default": 1}, {"default": "a"}, "s"),
        ({"choices": ["a"]}, {"required": True}, "g"),
        ({"label": 5}, {"required": True}, "g"),
        ({"label": {"de": 5}}, {"label": {"id": "X"}}, "g"),
        ({"subtype": "nothing"}, {"label": "X"}, "g"),
        ({"subtype": "year"}, {"subtype": "nothing"}, "s"),
        ({"required_if": "x <"}, {"label": "X"}, "g"),
        ({"label": "X"}, {"required_if": "x <"}, "s"),
        ({"label": "X"}, {"type": "nothing"}, "s"),
        ({"label": "X"}, {"type": "date", "subtype": "year"}, "s"),
    ],
    ids=repr,
)
def test_a_fault_names_the_schema_that_said_so(general, narrow, blamed):
    first = schema(Attribute("x", **{"type": "integer", **general}), name="g")
    last = schema(Attribute("other", "text"), name="last")
    found = faults(first, schema(Attribute("x", **narrow)), last)
    assert [fault.partition(":")[0] for fault in found] == [f"schema {blamed!r}, attribute 'x'"]


def test_a_fault_names_the_attribute_as_it_is_named_now():
    first = schema(Attribute("x", "nothing"), name="g")
    assert faults(first, schema(Attribute("y", key="x"))) == ["schema 'g', attribute 'y': unknown base type 'nothing'"]


@pytest.mark.parametrize("change", [{"omit": True}, {"status": "retired"}, {"type": "text"}], ids=str)
def test_what_is_not_visible_has_no_faults(change):
    wrong = Attribute("x", "nothing", subtype="nothing", constraints=5, default=object(), required="yes", label=3)
    compose(schema(wrong), schema(Attribute("x", **change))).compile(REGISTRY)
    compose(schema(Attribute("x", "nothing", status="draft", constraints=5))).compile(REGISTRY)


def test_all_faults_of_all_schemas_are_reported_together():
    general = schema(
        Attribute("a", "txt"),
        Attribute("b", "integer", subtype="slug", constraints={"min": "x", "pattern": "a", "mx": 1}, default="y"),
        Attribute("c", "text", choices=[1, "ok", 2], label=3, order="x", required_if="nobody == 1"),
        Attribute("No", "text", key="-"),
        name="g",
        rules=[Rule("", "m")],
        unique_together=[("a", "zz")],
    )
    narrow = schema(Attribute("d", label="x"), Attribute("a", "text", key="e"), Attribute("b", help_text=5))
    assert sorted(faults(general, narrow)) == sorted(
        [
            "schema 's', attribute 'd': no more general schema defines 'd'",
            "schema 'g': the unique group a, zz names 'zz', which nobody defines",
            "schema 's', attribute 'a': another attribute, with the key 'a', has this name too",
            "schema 'g', attribute 'a': unknown base type 'txt'; did you mean 'text'?",
            "schema 's', attribute 'b': 'help_text' must be a text, or a mapping of language to text",
            "schema 'g', attribute 'b': the subtype 'slug' is for the base type 'text', not 'integer'",
            "schema 'g', attribute 'b': constraint 'min': 'x' is not of the type 'integer'",
            "schema 'g', attribute 'b': the constraint 'pattern' is not for the base type 'integer'; 'integer' takes "
            "min, max, multiple_of",
            "schema 'g', attribute 'b': unknown constraint 'mx'; did you mean 'max'?",
            f"schema 'g', attribute 'b': the attribute refuses its default 'y': {refused('type', type='integer')}",
            "schema 'g', attribute 'c': 'label' must be a text, or a mapping of language to text",
            "schema 'g', attribute 'c': 'order' must be a number",
            f"schema 'g', attribute 'c': the attribute refuses its choice 1: {refused('type', type='text')}",
            f"schema 'g', attribute 'c': the attribute refuses its choice 2: {refused('type', type='text')}",
            f"schema 'g', attribute 'No': {NO_NAME.format('No')}",
            f"schema 'g', attribute 'No': {NO_KEY.format('-')}",
            "schema 'g', attribute 'c': required_if 'nobody == 1': no attribute is named 'nobody'",
            "schema 'g': rule '': its expression must be a text",
        ]
    )


def test_a_schema_error_is_pickled_with_its_faults():
    error = SchemaError([Fault("s", "x", "wrong"), Fault("s", "", "wrong too")])
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.faults, str(copy)) == (error.faults, "schema 's', attribute 'x': wrong\nschema 's': wrong too")
