"""Whole records: missing, null, empty and default; deprecated attributes; conditions; any mapping is a record."""

from __future__ import annotations

from collections import ChainMap, OrderedDict, UserDict, defaultdict
from types import MappingProxyType

import pytest

from jsonattrs_core import (
    UNSET,
    Attribute,
    ValidationError,
)
from tests.core.checking import told, validator, verdict

REQUIRED = [(("x",), "required")]

# ---- the table of missing, null, empty and default ----

#: What a new record without the attribute becomes, and what a stored one without it reads as and is told.
MISSING = {
    "plain": ({}, {}, [], {}, []),
    "initial": ({"initial_default": "i"}, {"x": None}, [], {"x": "i"}, []),
    "default": ({"default": "d"}, {"x": "d"}, [], {}, []),
    "default initial": ({"default": "d", "initial_default": "i"}, {"x": "d"}, [], {"x": "i"}, []),
    "required": ({"required": True}, {}, REQUIRED, {}, REQUIRED),
    "required initial": ({"required": True, "initial_default": "i"}, {}, REQUIRED, {"x": "i"}, []),
    "required default": ({"required": True, "default": "d"}, {"x": "d"}, [], {}, REQUIRED),
    "required default initial": (
        {"required": True, "default": "d", "initial_default": "i"},
        {"x": "d"},
        [],
        {"x": "i"},
        [],
    ),
}
PROPERTIES = pytest.mark.parametrize("properties", [row[0] for row in MISSING.values()], ids=MISSING)
#: How an empty value is written, and properties of the attribute that takes it so.
EMPTY = pytest.mark.parametrize(
    ("empty", "extra"),
    [
        (None, {}),
        ("", {}),
        ("  ", {}),
        (" \t\r\n\u00a0\u2003", {}),
        ("", {"constraints": {"strip": False}}),
        ("  ", {"constraints": {"strip": False}}),
        ("\n", {"constraints": {"multiline": True}}),
        ("", {"choices": ["d", "i"]}),
        (None, {"multiple": True}),
        ([], {"multiple": True}),
        ((), {"multiple": True}),
    ],
    ids=repr,
)


def attribute(properties, extra):
    """Return a text attribute; the defaults of a multiple one are lists."""
    if extra.get("multiple"):
        properties = {name: [it] if isinstance(it, str) else it for name, it in properties.items()}
    return Attribute("x", "text", **properties, **extra)


@pytest.mark.parametrize(("properties", "values", "problems", "read", "stored"), MISSING.values(), ids=MISSING)
def test_a_missing_attribute(properties, values, problems, read, stored):
    one = validator(Attribute("x", "text", **properties))
    assert verdict(one.check({})) == (values, problems)
    assert verdict(one.check({}, from_text=True)) == (values, problems)
    assert one.load({}) == read
    assert [(p.path, p.code) for p in one.problems({})] == stored


@PROPERTIES
@pytest.mark.parametrize("current", [{}, {"x": "old"}, {"x": None}], ids=["never stored", "stored", "null"])
def test_a_missing_attribute_is_left_alone_in_a_partial_check(properties, current):
    assert verdict(validator(Attribute("x", "text", **properties)).check({}, current=current)) == ({}, [])


@PROPERTIES
@EMPTY
def test_a_null_or_empty_attribute(properties, empty, extra):
    one = validator(attribute(properties, extra))
    expected = ({}, REQUIRED) if properties.get("required") else ({"x": None}, [])
    assert verdict(one.check({"x": empty})) == expected
    assert verdict(one.check({"x": empty}, current={})) == expected
    assert verdict(one.check({"x": empty}, current={"x": ["old"] if extra.get("multiple") else "old"})) == expected


@PROPERTIES
@EMPTY
def test_a_stored_null_or_empty_attribute(properties, empty, extra):
    one = validator(attribute(properties, extra))
    assert one.load({"x": empty}) == {"x": None}
    assert [p.code for p in one.problems({"x": empty})] == (["required"] if properties.get("required") else [])


@pytest.mark.parametrize(
    "type_", ["integer", "float", "decimal", "boolean", "date", "datetime", "time", "duration", "uuid", "object"]
)
def test_null_of_every_type(type_):
    assert verdict(validator(Attribute("x", type_)).check({"x": None})) == ({"x": None}, [])
    assert verdict(validator(Attribute("x", type_, required=True)).check({"x": None})) == ({}, REQUIRED)


@pytest.mark.parametrize(("type_", "value"), [("object", {}), ("integer", 0), ("boolean", False), ("float", 0.0)])
def test_what_is_false_is_not_empty(type_, value):
    assert verdict(validator(Attribute("x", type_, required=True)).check({"x": value})) == ({"x": value}, [])


@pytest.mark.parametrize("items", [[None], ["a", None], ["a", ""], ["  ", "a"]], ids=repr)
def test_items_of_a_multiple_are_never_null_or_empty(items):
    empty = [(("x", place), "required") for place, item in enumerate(items) if item != "a"]
    assert verdict(validator(Attribute("x", "text", multiple=True)).check({"x": items})) == ({}, empty)


def test_nothing_but_the_default_depends_on_whether_a_null_is_written():
    """A given null is an answer: the default does not take its place, in whatever way it is given."""
    one = validator(Attribute("x", "text", default="d"))
    assert one.validate({"x": None}) == {"x": None}
    assert one.validate({"x": " "}) == {"x": None}
    assert one.check({"x": ""}, from_text=True).value == {"x": None}


# ---- deprecated attributes ----


@pytest.mark.parametrize(
    "properties",
    [{"required": True}, {"default": "d"}, {"required": True, "default": "d"}, {"required_if": "x == 'on'"}],
    ids=repr,
)
def test_a_deprecated_attribute_is_neither_required_of_nor_offered_for_new_records(properties):
    one = validator(Attribute("x", "text"), Attribute("y", "text", status="deprecated", **properties))
    assert verdict(one.check({"x": "on"})) == ({"x": "on"}, [])
    assert verdict(one.check({"x": "on", "y": None})) == ({"x": "on", "y": None}, [])


def test_a_deprecated_attribute_is_accepted_checked_and_read():
    one = validator(Attribute("x", "integer", status="deprecated", initial_default=7, constraints={"max": 9}))
    assert verdict(one.check({"x": 5})) == ({"x": 5}, [])
    assert verdict(one.check({"x": 10})) == ({}, [(("x",), "max")])
    assert one.load({}) == {"x": 7}
    assert verdict(one.check({})) == ({"x": None}, [])


# ---- conditions ----

SWITCH = Attribute("x", "text")
ON = "x == 'on'"


@pytest.mark.parametrize(
    ("data", "values", "problems"),
    [
        pytest.param({"x": "on"}, {"x": "on", "y": 1}, [], id="visible: the default"),
        pytest.param({"x": "off"}, {"x": "off"}, [], id="invisible: nothing"),
        pytest.param({}, {}, [], id="not evaluated: nothing"),
        pytest.param({"x": None}, {"x": None}, [], id="not evaluated, null"),
        pytest.param({"x": 5}, {}, [(("x",), "type")], id="not evaluated, a problem"),
        pytest.param({"x": "off", "y": 2}, {"x": "off", "y": 2}, [], id="invisible, but given"),
        pytest.param({"x": "off", "y": "no"}, {"x": "off"}, [(("y",), "type")], id="invisible, given and wrong"),
        pytest.param({"x": "off", "y": None}, {"x": "off", "y": None}, [], id="invisible, null"),
        pytest.param({"x": "on", "y": None}, {"x": "on"}, [(("y",), "required")], id="visible, null"),
    ],
)
def test_an_invisible_attribute_is_not_required_and_gets_no_default(data, values, problems):
    one = validator(SWITCH, Attribute("y", "integer", required=True, default=1, visible_if=ON))
    assert verdict(one.check(data)) == (values, problems)


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        pytest.param({"x": "on"}, [(("y",), "required")], id="true"),
        pytest.param({"x": "on", "y": ""}, [(("y",), "required")], id="true, empty"),
        pytest.param({"x": "on", "y": 5}, [(("y",), "type")], id="true, wrong: one problem is enough"),
        pytest.param({"x": "on", "y": "z"}, [], id="true, given"),
        pytest.param({"x": "off"}, [], id="false"),
        pytest.param({}, [], id="not evaluated"),
        pytest.param({"x": ""}, [], id="not evaluated, empty"),
        pytest.param({"x": {}}, [(("x",), "type")], id="not evaluated, a problem"),
    ],
)
def test_required_if(data, problems):
    one = validator(SWITCH, Attribute("y", "text", required_if=ON))
    assert verdict(one.check(data))[1] == problems


@pytest.mark.parametrize(
    ("data", "required"),
    [({"x": "on", "z": True}, True), ({"x": "on", "z": False}, False), ({"x": "off", "z": True}, False)],
    ids=["both true", "invisible", "not required"],
)
def test_what_is_required_has_to_be_visible_too(data, required):
    one = validator(SWITCH, Attribute("z", "boolean"), Attribute("y", "text", required_if=ON, visible_if="z"))
    assert verdict(one.check(data))[1] == ([(("y",), "required")] if required else [])


def test_a_condition_sees_defaults():
    one = validator(Attribute("y", "text", visible_if=ON, default="d"), Attribute("x", "text", default="on"))
    assert one.validate({}) == {"x": "on", "y": "d"}
    assert one.validate({"x": "off"}) == {"x": "off"}


def test_an_invisible_attribute_with_an_initial_default_is_null_in_a_new_record():
    one = validator(SWITCH, Attribute("y", "text", visible_if=ON, default="d", initial_default="i"))
    assert one.validate({"x": "off"}) == {"x": "off", "y": None}


@pytest.mark.parametrize(
    ("condition", "data", "required"),
    [
        ("not given.x", {}, True),
        ("not given.x", {"x": None}, True),
        ("not given.x", {"x": " "}, True),
        ("not given.x", {"x": "there"}, False),
        ("given.x and x == 'on'", {}, False),
        ("not x == 'on'", {}, False),
    ],
    ids=str,
)
def test_an_unevaluated_condition_is_false_and_an_empty_value_is_absent(condition, data, required):
    one = validator(SWITCH, Attribute("y", "text", required_if=condition))
    assert verdict(one.check(data))[1] == ([(("y",), "required")] if required else [])


# ---- whole records ----

BOTH = validator(Attribute("x", "text", required=True), Attribute("y", "integer", default=1))


@pytest.mark.parametrize(
    "data", [None, 5, "x", [], [("x", "a")], True, 1.5, object(), b"x", {"x"}], ids=lambda it: type(it).__name__
)
def test_a_document_that_is_no_object(data):
    [problem] = BOTH.check(data).problems
    assert (problem.path, problem.code, dict(problem.params)) == ((), "type", {"type": "document"})
    assert verdict(BOTH.check(data, current={})) == ({}, [((), "type")])
    assert [p.code for p in BOTH.problems(data)] == ["type"]
    assert BOTH.load(data) == {}


@pytest.mark.parametrize(
    "make",
    [MappingProxyType, OrderedDict, UserDict, ChainMap, lambda data: defaultdict(int, data)],
    ids=["proxy", "ordered", "user", "chain", "default"],
)
def test_any_mapping_is_a_record(make):
    data = make({"x": "a"})
    assert verdict(BOTH.check(data)) == ({"x": "a", "y": 1}, [])
    wrong = [(("x",), "required"), (("y",), "type"), (("z",), "unknown")]
    assert verdict(BOTH.check(make({"y": "no", "z": 1}))) == ({}, wrong)
    assert verdict(BOTH.check({"y": 5}, current=data)) == ({"y": 5}, [])
    assert BOTH.load(make({"x": "a"})) == {"x": "a"}
    assert BOTH.problems(make({"x": "a"})) == ()
    assert dict(data) == {"x": "a"}


def test_what_is_given_is_never_changed_and_never_handed_out():
    data = {"x": " a ", "tags": [" b "], "o": {"a": [1]}}
    one = validator(
        Attribute("x", "text"),
        Attribute("tags", "text", multiple=True),
        Attribute("o", "object"),
        Attribute("n", "text"),
    )
    value = one.validate(data)
    assert data == {"x": " a ", "tags": [" b "], "o": {"a": [1]}}
    assert value == {"x": "a", "tags": ["b"], "o": {"a": [1]}}
    value["o"]["a"].append(2)
    value["tags"].append("c")
    assert data == {"x": " a ", "tags": [" b "], "o": {"a": [1]}}
    clean = {"x": "a"}
    assert one.validate(clean) is not clean


def test_all_problems_are_told_at_once_and_the_rest_is_clean():
    one = validator(
        Attribute("a", "integer", constraints={"max": 3, "multiple_of": 2}),
        Attribute("b", "text", required=True),
        Attribute("c", "text", constraints={"min_length": 5, "pattern": "[0-9]+"}),
        Attribute("d", "date"),
        Attribute("e", "text"),
    )
    assert verdict(one.check({"a": 5, "c": "abc", "d": "2024-02-30", "e": " ok ", "f": 1})) == (
        {"e": "ok"},
        [
            (("a",), "max"),
            (("a",), "multiple_of"),
            (("b",), "required"),
            (("c",), "min_length"),
            (("c",), "pattern"),
            (("d",), "format"),
            (("f",), "unknown"),
        ],
    )


def test_validate_gives_the_clean_record_or_raises_all_the_problems():
    assert BOTH.validate({"x": " a "}) == {"x": "a", "y": 1}
    with pytest.raises(ValidationError) as caught:
        BOTH.validate({"y": "no"})
    assert told(caught.value.problems) == [(("x",), "required"), (("y",), "type")]
    assert BOTH.check({"y": "no"}).problems == caught.value.problems
    assert UNSET not in BOTH.validate({"x": "a"}).values()
