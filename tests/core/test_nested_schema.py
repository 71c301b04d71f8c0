"""The constraint `json_schema`: right verdicts with reasons, from a schema that may be hostile, over any value."""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from jsonattrs_core.builtin.nested.schema import load_json_schema
from jsonattrs_core.errors import Invalid, InvalidParts, SchemaError

BIG = 10**50


def refusals(schema, value):
    """What the check finds: (path, code, params) of each part; empty for a value that passes."""
    return reasons(load_json_schema(schema), value)


def reasons(check, value):
    try:
        assert check(value) is value
    except InvalidParts as refused:
        return [(path, invalid.code, invalid.params) for path, invalid in refused.parts]
    except Invalid as refused:
        return [((), refused.code, refused.params)]
    return []


@contextmanager
def within(seconds):
    start = time.process_time()  # not the time that others take from us
    yield
    assert time.process_time() - start < seconds


def under(name, schema, **others):
    return {"properties": {name: schema}, **others}


# Reasons


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (under("a", {"type": "integer"}), {"a": "x"}, [(("a",), "type", {"type": "integer"})]),
        (under("a", {"type": ["null", "array"]}), {"a": 1}, [(("a",), "type", {"type": ["null", "array"]})]),
        ({"required": ["a", "b"]}, {"b": 1}, [(("a",), "required", {})]),
        ({"additionalProperties": False}, {"a": 1, "b": 2}, [(("a",), "unknown", {}), (("b",), "unknown", {})]),
        (
            {"patternProperties": {"^x-": {"type": "null"}}, "properties": {"a": True}, "additionalProperties": False},
            {"a": 1, "x-b": None, "x-c": 1, "d": 1},
            [(("x-c",), "type", {"type": "null"}), (("d",), "unknown", {})],
        ),
        ({"additionalProperties": {"type": "null"}}, {"a": 1}, [(("a",), "type", {"type": "null"})]),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1, "c": 2}, [(("ab",), "unknown", {})]),
        (
            {"allOf": [under("a", True)], "unevaluatedProperties": False},
            {"a": 1, "b": 2},
            [(("b",), "unknown", {})],
        ),
        (under("a", {"enum": list(range(20))}), {"a": 30}, [(("a",), "choice", {"choices": list(range(10))})]),
        (under("a", {"enum": ["x", "y"]}), {"a": "z"}, [(("a",), "choice", {"choices": ["x", "y"]})]),
        (under("a", {"const": [1]}), {"a": [2]}, [(("a",), "choice", {"choices": [[1]]})]),
        (under("a", {"minimum": 3}), {"a": 2}, [(("a",), "min", {"limit": 3})]),
        (under("a", {"maximum": 3}), {"a": 4}, [(("a",), "max", {"limit": 3})]),
        (under("a", {"exclusiveMinimum": 3}), {"a": 3}, [(("a",), "exclusive_min", {"limit": 3})]),
        (under("a", {"exclusiveMaximum": 3}), {"a": 3}, [(("a",), "exclusive_max", {"limit": 3})]),
        (under("a", {"multipleOf": 2}), {"a": 3}, [(("a",), "multiple_of", {"limit": 2})]),
        (under("a", {"multipleOf": 0.01}), {"a": 0.125}, [(("a",), "multiple_of", {"limit": 0.01})]),
        (under("a", {"minLength": 2}), {"a": "x"}, [(("a",), "min_length", {"limit": 2})]),
        (under("a", {"maxLength": 2}), {"a": "xyz"}, [(("a",), "max_length", {"limit": 2})]),
        (under("a", {"pattern": "^x"}), {"a": "y"}, [(("a",), "pattern", {"pattern": "^x"})]),
        (under("a", {"minItems": 2}), {"a": []}, [(("a",), "min_items", {"limit": 2})]),
        (under("a", {"maxItems": 1}), {"a": [1, 2]}, [(("a",), "max_items", {"limit": 1})]),
        (under("a", {"uniqueItems": True}), {"a": [1, 1.0]}, [(("a",), "unique_items", {})]),
        (under("a", {"items": {"items": {"type": "null"}}}), {"a": [[None], [1]]}, [(("a", 1, 0), "type", ...)]),
        (under("a", {"prefixItems": [True], "items": False}), {"a": [1, 2]}, [(("a", 1), "component", ...)]),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {}, [((), "component", {"keyword": "anyOf"})]),
        ({"oneOf": [True, True]}, {}, [((), "component", {"keyword": "oneOf"})]),
        ({"not": {"type": "object"}}, {}, [((), "component", {"keyword": "not"})]),
        (under("a", {"contains": {"const": 1}}), {"a": [2]}, [(("a",), "component", {"keyword": "contains"})]),
        (under("a", {"format": "date"}), {"a": "2024-02-30"}, [(("a",), "component", {"keyword": "format"})]),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, [((), "component", {"keyword": "dependentRequired"})]),
        ({"minProperties": 1}, {}, [((), "component", {"keyword": "minProperties"})]),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}, [(("b",), "required", {})]),
        ({"if": {"required": ["a"]}, "else": {"required": ["c"]}}, {}, [(("c",), "required", {})]),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}, [(("b",), "required", {})]),
        (under("a", {"unevaluatedItems": False}), {"a": [1]}, [(("a", 0), "component", ...)]),
        (under("a", False), {"a": 1}, [(("a",), "component", {"keyword": "properties"})]),
        (False, {}, [((), "component", {"keyword": "not"})]),
        (under("a", {"maximum": 5}), {"a": BIG}, [(("a",), "max", {"limit": 5})]),
    ],
)
def test_each_refusal_has_its_place_and_code(schema, value, expected):
    found = refusals(schema, value)
    assert [(path, code) for path, code, _ in found] == [(path, code) for path, code, _ in expected]
    for (_, _, params), (_, _, wanted) in zip(found, expected, strict=True):
        assert wanted is ... or params == wanted


def test_all_reasons_are_told_at_once():
    schema = {"properties": {"a": {"type": "integer"}, "b": {"$ref": "#/$defs/x"}}, "required": ["a", "b", "c"]}
    schema |= {"additionalProperties": False, "$defs": {"x": {"minLength": 2, "pattern": "^[a-c]+$"}}}
    found = refusals(schema, {"a": "1", "b": "z", "d": 1})
    assert {(path, code) for path, code, _ in found} == {
        (("a",), "type"),
        (("b",), "min_length"),
        (("b",), "pattern"),
        (("c",), "required"),
        (("d",), "unknown"),
    }


def test_names_from_data_are_shortened_and_escaped():
    (found,) = refusals({"additionalProperties": False}, {"\n" + "x" * 100: 1})
    assert found == (("\\n" + "x" * 62,), "unknown", {})
    (found,) = refusals({"additionalProperties": {"type": "null"}}, {"\x1b" * 3: 1})
    assert found[0] == ("\\x1b" * 3,)


def test_a_check_lists_at_most_a_hundred_reasons():
    assert len(refusals({"additionalProperties": False}, {str(number): 1 for number in range(5000)})) == 100
    assert len(refusals(under("a", {"items": {"type": "null"}}), {"a": [1] * 5000})) == 100


# Verdicts


@pytest.mark.parametrize(
    ("schema", "value", "valid"),
    [
        ({"type": "integer"}, BIG, True),
        ({"type": "integer"}, 10**99, True),
        ({"type": "integer"}, 1e300, True),
        ({"type": "integer", "maximum": 5}, BIG, False),
        ({"minimum": BIG}, BIG, True),
        ({"minimum": BIG}, BIG - 1, False),
        ({"exclusiveMinimum": BIG}, BIG, False),
        ({"const": BIG}, BIG, True),
        ({"const": BIG}, BIG + 1, False),
        ({"enum": [BIG, 1]}, BIG + 1, False),
        ({"enum": [BIG, 1]}, float(10**22), False),
        ({"enum": [10**22]}, 1e22, True),
        ({"multipleOf": 7}, BIG, False),
        ({"multipleOf": 5}, BIG, True),
        ({"multipleOf": 0.1}, BIG, True),
        ({"multipleOf": 0.1}, 0.3, True),
        ({"multipleOf": 2.5}, 5, True),
        ({"multipleOf": 2.5}, -4.0, False),
        ({"multipleOf": 5e-324}, 1.7e308, True),
        ({"multipleOf": 0.1}, True, True),
        ({"uniqueItems": True}, [BIG, BIG + 1], True),
        ({"uniqueItems": True}, [BIG, BIG], False),
        ({"uniqueItems": True}, [1, True, "1", [1], {"1": 1}], True),
        ({"uniqueItems": True}, [{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}], False),
        ({"uniqueItems": True}, [0, -0.0], False),
        ({"uniqueItems": True}, ["a", "a"], False),
        ({"uniqueItems": False}, [1, 1], True),
        ({"not": {"uniqueItems": True}}, [1, 1], True),
        ({"enum": [[1, 2]]}, [1.0, 2], True),
        ({"enum": [{"a": 1}, None]}, {"a": True}, False),
        ({"enum": [1]}, True, False),
        ({"enum": [[]]}, {}, False),
        ({"enum": []}, None, False),
    ],
)
def test_numbers_and_equality_are_exact(schema, value, valid):
    assert (not refusals(under("x", schema), {"x": value})) is valid


def test_true_and_the_empty_schema_accept_everything():
    assert refusals(True, {"a": [1]}) == refusals({}, {"a": [1]}) == []


def test_the_attribute_is_of_no_importance():
    assert load_json_schema({"required": ["a"]}, None)({"a": 1}) == {"a": 1}
    assert load_json_schema({"required": ["a"]}, attribute=object())({"a": 1}) == {"a": 1}


def test_annotations_and_foreign_keywords_check_nothing():
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.org/a", "title": "x"}
    schema |= {"$comment": "x", "default": 5, "examples": [{"$ref": "http://example.org"}], "x-ours": {"$ref": 5}}
    schema |= {"contentMediaType": "application/json", "contentSchema": False, "properties": {"$id": {"const": 1}}}
    assert refusals(schema, {"a": 1, "$id": 1}) == []
    assert refusals(schema, {"$id": 2})


def test_references_lead_to_every_place_of_the_schema():
    schema = {"$defs": {"a/b~c %é": {"type": "null"}, "k": {"$anchor": "key", "type": "integer"}, "t": True}}
    schema["properties"] = {
        "a": {"$ref": "#/$defs/a~1b~0c%20%25%C3%A9"},
        "k": {"$ref": "#key", "minimum": 2},
        "t": {"$ref": "#/$defs/t"},
        "r": {"$ref": "#"},
        "p": {"$ref": "#/properties/a"},
    }
    assert refusals(schema, {"a": None, "k": 2, "t": 1, "r": {"a": None}, "p": None}) == []
    found = refusals(schema, {"a": 1, "k": 1, "r": {"r": {"a": 1}}, "p": 1})
    assert sorted(path for path, _, _ in found) == [("a",), ("k",), ("p",), ("r", "r", "a")]


def test_one_check_serves_many_threads():
    check = load_json_schema({"properties": {"a": {"type": "integer"}, "r": {"$ref": "#"}}})
    failures = []

    def work():
        for number in range(200):
            value = {"r": {"r": {"a": number if number % 2 else "x"}}}
            try:
                check(value)
                failures.append(number) if not number % 2 else None
            except InvalidParts as refused:
                failures.append(number) if number % 2 or len(refused.parts) != 1 else None

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


# Schemas that are refused


def nested(levels, keyword="not"):
    schema = {}
    for _ in range(levels):
        schema = {keyword: schema}
    return schema


def laughs(keyword, levels):
    """A schema whose references double at each level."""
    defs = {f"a{n}": {keyword: [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(levels)}
    return {"$ref": "#/$defs/a0", "$defs": {**defs, f"a{levels}": {"type": "string"}}}


def shared(levels):
    value = {}
    for _ in range(levels):
        value = {"allOf": [value, value]}
    return value


def circular():
    schema = {}
    schema["not"] = schema
    return schema


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (5, "takes a JSON Schema"),
        ([], "takes a JSON Schema"),
        (None, "takes a JSON Schema"),
        ("{}", "takes a JSON Schema"),
        ({"const": object()}, "is JSON"),
        ({"const": {1: 2}}, "is JSON"),
        ({"const": float("nan")}, "is JSON"),
        ({"minimum": float("inf")}, "is JSON"),
        ({"const": "\ud800"}, "surrogate"),
        ({"const": 10**5000}, "64 bits"),
        ({"enum": [BIG + number for number in range(500)]}, "64 bits"),
        ({"type": "strin"}, "#/type"),
        ({"properties": {"a": {"minimum": "5"}}}, "#/properties/a/minimum"),
        ({"properties": []}, "#/properties"),
        ({"items": [{}]}, "#/items"),
        ({"allOf": {}}, "#/allOf"),
        ({"required": "a"}, "#/required"),
        ({"enum": 5}, "#/enum"),
        ({"multipleOf": 0}, "#/multipleOf"),
        ({"multipleOf": "0.1"}, "#/multipleOf"),
        ({"$ref": 5}, "#/$ref"),
        ({"$defs": {"a": {"type": 5}}}, "#/$defs/a/type"),
        ({"$ref": "http://127.0.0.1:1/schema"}, "not inside the schema"),
        ({"items": {"$ref": "https://json-schema.org/draft/2020-12/schema"}}, "not inside the schema"),
        ({"$ref": "file:///etc/passwd"}, "not inside the schema"),
        ({"$ref": "other.json#/a"}, "not inside the schema"),
        ({"$ref": ""}, "not inside the schema"),
        ({"$id": "http://x/y", "$ref": "http://x/y"}, "not inside the schema"),
        ({"$ref": "#/nope"}, "no schema at"),
        ({"$ref": "#nope"}, "no schema at"),
        ({"$ref": "#/const", "const": {}}, "no schema at"),
        ({"$ref": "#/allOf/00", "allOf": [{}]}, "no schema at"),
        ({"$defs": {"unused": {"$ref": "#/nope"}}}, "no schema at"),
        ({"$schema": "http://127.0.0.1:1/meta"}, "not understood"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "not understood"),
        ({"$schema": 5}, "not understood"),
        ({"$id": 5}, "$id"),
        ({"not": {"$schema": "https://json-schema.org/draft/2020-12/schema"}}, "at the top only"),
        ({"$defs": {"a": {"$id": "http://x/y"}}}, "nested $id"),
        ({"$dynamicAnchor": "x", "items": {"$dynamicRef": "#x"}}, "$dynamicRef is not supported"),
        ({"items": {"$recursiveRef": "#"}}, "$recursiveRef is not supported"),
        ({"dependencies": {"a": ["b"]}}, "older drafts"),
        ({"additionalItems": False}, "older drafts"),
        ({"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}, "twice"),
        ({"$ref": "#"}, "refers to itself"),
        ({"allOf": [{"$ref": "#"}]}, "refers to itself"),
        ({"anyOf": [{"type": "null"}, {"$ref": "#"}]}, "refers to itself"),
        ({"not": {"not": {"$ref": "#"}}}, "refers to itself"),
        ({"if": {"$ref": "#"}}, "refers to itself"),
        ({"dependentSchemas": {"a": {"$ref": "#"}}}, "refers to itself"),
        ({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"oneOf": [{"$ref": "#/$defs/a"}]}}}, "refers to itself"),
        ({"properties": {"a": {"$ref": "#/properties/a"}}}, "refers to itself"),
        (laughs("allOf", 14), "multiply"),
        (laughs("anyOf", 15), "multiply"),
        (laughs("oneOf", 1000), "applied inside each other"),
        (nested(40), "applied inside each other"),
        (nested(65, "items"), "64 levels"),
        (nested(10_000), "64 levels"),
        (circular(), "64 levels"),
        (shared(30), "characters"),
        ({"description": "x" * 100_001}, "characters"),
        ({"allOf": [{}] * 6000}, "subschemas"),
        ({"pattern": "("}, "the pattern '(' is refused"),
        ({"pattern": r"(a)\1"}, "is refused"),
        ({"pattern": "(?=a)"}, "look-around"),
        ({"pattern": "(?<!a)b"}, "look-around"),
        ({"pattern": "(?x) # ["}, "inline flags"),
        ({"patternProperties": {"(?!a)": True}}, "look-around"),
        ({"$defs": {"unused": {"pattern": "a{2,1}"}}}, "is refused"),
        ({"pattern": "a{1000}{1000}"}, "1000 positions"),
        ({"pattern": "((a{10}){20}){30}"}, "1000 positions"),
        ({"pattern": "[]]{,1001}"}, "1000 positions"),
        ({"pattern": "a{0000000000000001001}"}, "1000 positions"),
        ({"pattern": "a{" + "9" * 5000 + "}"}, "1000 positions"),
        ({"allOf": [{"pattern": rf"\p{{L}}{{{n + 900}}}"} for n in range(50)]}, "too large together"),
        ({"format": "emial"}, "unknown format 'emial'; did you mean 'email'?"),
        ({"format": "regex"}, "unknown format 'regex'"),
    ],
)
def test_schema_errors_are_one_clear_line(schema, message):
    with within(1.5), pytest.raises(SchemaError) as error:
        load_json_schema(schema)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_what_the_bounds_leave_room_for():
    load_json_schema(nested(31))
    load_json_schema(nested(60, "items"))
    load_json_schema(laughs("allOf", 10))
    load_json_schema({"properties": {f"p{number}": {"type": "string"} for number in range(3000)}})
    load_json_schema({"pattern": r"^[\p{L}\p{N} .'-]{1,100}$"})


def test_a_missing_extra_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    with pytest.raises(SchemaError, match=r"pip install 'jsonattrs\[json-schema\]'"):
        load_json_schema({})


def test_importing_the_module_does_not_load_the_library():
    code = "import sys, jsonattrs_core.builtin.nested.schema; sys.exit('jsonschema_rs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_socket_is_opened(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for schema in (
        {"$ref": "http://127.0.0.1:1/x"},
        {"$schema": "http://127.0.0.1:1/x"},
        {"$dynamicRef": "http://127.0.0.1:1/x"},
        {"$defs": {"a": {"$id": "http://127.0.0.1:1/", "$ref": "x"}}},
    ):
        with pytest.raises(SchemaError):
            load_json_schema(schema)
    assert refusals({"$id": "http://127.0.0.1:1/x", "properties": {"a": {"$ref": "#"}}}, {"a": {"a": {}}}) == []


# Hostile schemas and values: bounded time and memory


def ab(length):
    generator = random.Random(7)
    return "".join(generator.choices("ab", k=length))


OBJECTS = [{"a": number} for number in range(30_000)]


@pytest.mark.parametrize(
    ("items", "unique"),
    [
        (OBJECTS, True),
        ([*OBJECTS, {"a": 29_999.0}], False),
        ([{"a": number, "b": [number]} for number in range(30_000)], True),
        ([{str(number): None} for number in range(30_000)], True),
        ([number * (2**61 - 1) for number in range(30_000)], True),  # one hash for all of them in a set
        ([10**30 + number for number in range(30_000)], True),  # minutes in the library's own check
        ([{"a": 10**60 + number} for number in range(30_000)], True),
        ([number * 5e-324 for number in range(30_000)], True),
        ([[[number]] for number in range(30_000)], True),
        ([str(number) for number in range(30_000)], True),
    ],
    ids=["objects", "last", "large", "keys", "one hash", "big", "big in objects", "tiny", "lists", "texts"],
)
def test_unique_items_over_30_000_items(items, unique):
    check = load_json_schema(under("x", {"uniqueItems": True}))
    with within(1):
        if unique:
            check({"x": items})
        else:
            with pytest.raises(InvalidParts):
                check({"x": items})


def test_hostile_patterns():
    text = "a" * 100_000 + "!"
    with within(0.5):
        assert refusals(under("x", {"pattern": "^(a+)+$"}), {"x": text})[0][1] == "pattern"
        assert refusals({"patternProperties": {"^(a+)+$": False}}, {text: 1}) == []
        assert refusals({"propertyNames": {"pattern": "^(a+)+$"}}, {text: 1})[0][1] == "unknown"
    with within(1.5):  # more states than the engine can remember
        refusals(under("x", {"pattern": "[ab]*a[ab]{100}c"}), {"x": ab(200_000)})
    with within(0.5):
        assert refusals(under("x", {"pattern": "[ab]*a[ab]{900}c"}), {"x": ab(900_000)})[0][1] == "too_large"
        names = {ab(20) + str(number): 1 for number in range(20_000)}
        patterns = {f"[ab]*a[ab]{{{number}}}c": False for number in range(1, 30)}
        assert refusals({"patternProperties": patterns}, names)[0][1] == "too_large"


def test_numbers_with_large_exponents():
    huge = sys.float_info.max
    with within(1.5):
        assert refusals(under("x", {"items": {"multipleOf": 5e-324}}), {"x": [huge] * 10_000}) == []
        refusals(under("x", {"items": {"minimum": 5e-324}}), {"x": [5e-324] * 10_000})


def test_large_enumerations():
    options = [{"a": number} for number in range(5000)]
    with within(1):
        assert refusals(under("x", {"items": {"enum": options}}), {"x": [{"a": 4999}] * 30_000}) == []
        assert refusals(under("x", {"enum": options}), {"x": OBJECTS})[0][1] == "choice"


def test_reasons_never_copy_the_value():
    # The library's own list of these errors takes seconds and gigabytes.
    large = {"a": [{"b": number} for number in range(20_000)]}
    with within(1):
        assert len(refusals({"required": [f"k{number}" for number in range(200)]}, large)) == 100
    with within(1):
        assert len(refusals(under("a", {"items": {"type": "string", "enum": ["x"]}}), large)) == 100
    with within(1):
        assert refusals(laughs("anyOf", 10), large) == [((), "component", {"keyword": "anyOf"})]


def test_the_last_of_many_items_is_found():
    schema = under("a", {"items": {"properties": {"b": {"type": "integer"}}, "additionalProperties": False}})
    large = {"a": [*({"b": number} for number in range(30_000)), {"b": "x", "c": 1}]}
    with within(1.5):
        found = refusals(schema, large)
    assert [(path, code) for path, code, _ in found] == [(("a", 30_000, "b"), "type"), (("a", 30_000, "c"), "unknown")]


def test_nested_unevaluated_properties_are_bounded():
    schema = under("a", True)
    for _ in range(12):
        schema = {"anyOf": [schema], "unevaluatedProperties": {"type": "integer"}}
    with pytest.raises(SchemaError, match="multiply"):
        load_json_schema(schema)


def spread(kinds):
    """A schema that applies more schemas the deeper a value is: ``kinds`` times as many at each level."""
    deeper = [{"items": {"$ref": f"#/$defs/n{level + 1}"}} for level in range(8)]
    defs = {f"n{level}": {"oneOf": [deeper[level]] * kinds} for level in range(8)}
    return under("x", {"$ref": "#/$defs/n0"}, **{"$defs": {**defs, "n8": {"type": "integer"}}})


def test_what_multiplies_with_depth_is_stopped_in_time():
    value = ["a"]
    for _ in range(6):
        value = [value]
    with within(2):
        assert refusals(spread(12), {"x": value}) == [((), "too_large", {})]
        assert refusals(spread(12), {"x": [5]}) == [(("x",), "component", {"keyword": "oneOf"})]


def blocks(kinds):
    """A document of blocks of many kinds, any of which may hold others: reasonable, and bounded very high."""
    kind = {"required": ["type"], "additionalProperties": False}
    children = {"items": {"$ref": "#/$defs/block"}}
    options = [
        {**kind, "properties": {"type": {"const": f"k{number}"}, "text": {"type": "string"}, "children": children}}
        for number in range(kinds)
    ]
    return under("doc", {"items": {"$ref": "#/$defs/block"}}, **{"$defs": {"block": {"oneOf": options}}})


def test_a_high_bound_alone_refuses_nothing():
    leaf = {"type": "k19", "text": "x"}
    doc = [{"type": "k0", "children": [{"type": "k7", "children": [leaf] * 40}] * 40}] * 5
    with within(1):
        assert refusals(blocks(20), {"doc": doc}) == []
        wrong = [*doc, {"type": "k20"}]
        assert refusals(blocks(20), {"doc": wrong}) == [(("doc", 5), "component", {"keyword": "oneOf"})]


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (
            under(
                "rows",
                {
                    "items": {
                        "type": "object",
                        "properties": {
                            **{
                                f"t{n}": {"type": "string", "pattern": "^[a-z]{1,40}$", "maxLength": 40}
                                for n in range(50)
                            },
                            **{f"n{n}": {"type": "integer", "minimum": 0, "maximum": 99} for n in range(50)},
                        },
                        "required": ["t1", "n1"],
                        "additionalProperties": False,
                    }
                },
            ),
            {"rows": [{**{f"t{n}": "abcdef" for n in range(50)}, **{f"n{n}": n for n in range(50)}}] * 900},
        ),
        (under("x", {"items": {"type": "integer", "minimum": 0}}), {"x": [1] * 400_000}),
        (under("x", {"items": {"multipleOf": 0.01}}), {"x": [12.25] * 150_000}),
        (under("x", {"items": {"enum": list(range(100))}}), {"x": [99] * 300_000}),
        (under("x", {"type": "string", "pattern": r"^[\p{L}\p{N} ]{1,50}"}), {"x": "abc " * 260_000}),
        (under("x", {"uniqueItems": True, "items": {"uniqueItems": True}}), {"x": [[n, n + 1] for n in range(60_000)]}),
    ],
    ids=["100 properties", "integers", "prices", "choices", "text", "unique"],
)
def test_reasonable_schemas_take_documents_of_a_megabyte(schema, value):
    assert refusals(schema, value) == []


# Against another implementation

NAMES = st.sampled_from(["a", "b", "ab", "c", "x~y/%"])
NUMBERS = st.sampled_from([0, 1, 2, 3, -1, 2.5, 0.5, 1.0, -0.0, BIG, -(10**99), 2**63, 2**64])
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(["", "a", "ab", "aab", "é", "😀", "bbbbb"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
PATTERNS = st.sampled_from(["^a", "b$", "a+b", "^$", "[ab]{2}", ".", "^a?b*$"])
COUNTS = st.sampled_from([0, 1, 2, 3, 1.0])
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
NAME_LISTS = st.lists(NAMES, max_size=2, unique=True)
REFERENCES = st.sampled_from(["#", "#/$defs/d0", "#/$defs/d~01%25", "#anchor"])
ASSERTIONS = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(VALUES, min_size=1, max_size=4),
    "const": VALUES,
    "multipleOf": st.sampled_from([1, 2, 3, 0.5, 1.0, 0.25]),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBERS),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), COUNTS),
    **dict.fromkeys(("minContains", "maxContains"), COUNTS),
    "pattern": PATTERNS,
    "uniqueItems": st.booleans(),
    "required": NAME_LISTS,
    "dependentRequired": st.dictionaries(NAMES, NAME_LISTS, max_size=2),
    "$ref": REFERENCES,
}


def applicators(inner):
    several = st.lists(inner, min_size=1, max_size=2)
    one = ("additionalProperties", "propertyNames", "unevaluatedProperties", "items", "contains", "unevaluatedItems")
    return {
        **dict.fromkeys((*one, "not", "if", "then", "else"), inner),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), several),
        "properties": st.dictionaries(NAMES, inner, min_size=1, max_size=3),
        "patternProperties": st.dictionaries(PATTERNS, inner, min_size=1, max_size=2),
        "dependentSchemas": st.dictionaries(NAMES, inner, max_size=2),
    }


def some_of(keywords):
    chosen = st.lists(st.sampled_from(sorted(keywords)), max_size=3, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: keywords[name] for name in names}))


SUBSCHEMAS = st.recursive(
    st.booleans() | some_of(ASSERTIONS), lambda inner: some_of({**ASSERTIONS, **applicators(inner)}), max_leaves=6
)
SCHEMAS = st.tuples(SUBSCHEMAS.filter(lambda schema: isinstance(schema, dict)), SUBSCHEMAS, SUBSCHEMAS).map(
    lambda drawn: {**drawn[0], "$defs": {"d0": drawn[1], "d~1%": drawn[2], "a": {"$anchor": "anchor", "minLength": 1}}}
)


@pytest.mark.fuzz
@settings(max_examples=max(300, settings().max_examples))
@given(schema=SCHEMAS, values=st.lists(st.dictionaries(NAMES, VALUES, max_size=3), min_size=3, max_size=6))
def test_verdicts_are_those_of_the_python_library(schema, values):
    try:
        check = load_json_schema(schema)
    except SchemaError as error:
        message = str(error)
    else:
        message = ""
        compare(check, schema, values)
    assert not message or "refers to itself" in message or "no schema at" in message


def compare(check, schema, values):
    oracle = Draft202012Validator(schema)
    for value in values:
        before = json.dumps(value)
        found = reasons(check, value)
        assert (not found) == oracle.is_valid(value)
        assert len(found) <= 100
        assert all(params.get("keyword") != "json_schema" for _, _, params in found), "no reason was found"
        json.dumps(found)
        assert json.dumps(value) == before
