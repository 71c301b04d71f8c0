"""Problems and how many: bounds of a verdict, names out of data, errors as dicts, and what is pickled."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle

import pytest

from jsonattrs_core import (
    UNSET,
    Attribute,
    Choice,
    Invalid,
    Problem,
    Registry,
    Rule,
    Schema,
    ValidationError,
    compose,
)
from jsonattrs_core.limits import Limits
from tests.core.checking import validator
from tests.core.fake_language import REGISTRY

MANY = validator(Attribute("x", "integer", multiple=True), Attribute("y", "text", required=True))
TOO_MANY = Problem((), "too_large", {"limit": 1000, "unit": "problems"})

# ---- at most 1,000 problems ----


@pytest.mark.parametrize("check", ["new", "changes", "text", "stored"])
@pytest.mark.parametrize(("wrong", "listed"), [(999, 999), (1000, 1000), (1001, 1001), (5000, 1001)], ids=str)
def test_a_verdict_lists_at_most_1000_problems(check, wrong, listed):
    data = {"x": [None] * wrong, "y": "a"}
    problems = {
        "new": lambda: MANY.check(data).problems,
        "changes": lambda: MANY.check(data, current={}).problems,
        "text": lambda: MANY.check(data, from_text=True).problems,
        "stored": lambda: MANY.problems(data),
    }[check]()
    assert len(problems) == listed
    assert (problems[-1] == TOO_MANY) is (wrong > 1000)
    assert {problem.code for problem in problems[:1000]} == {"required"}


@pytest.mark.parametrize("wrong", [1000, 1001, 5000])
def test_unknown_names_count_too(wrong):
    problems = validator().check({f"a{number}": 1 for number in range(wrong)}).problems
    assert len(problems) == min(wrong, 1001)
    assert (problems[-1] == TOO_MANY) is (wrong > 1000)


def test_problems_of_all_kinds_count_together():
    attributes = [Attribute(f"a{number}", "text", required=True) for number in range(400)]
    data = {f"u{number}": 1 for number in range(400)} | {f"a{number}": 5 for number in range(200)}
    problems = validator(*attributes).check(data).problems
    assert len(problems) == 800
    nested = (
        validator(*attributes, Attribute("x", "integer", multiple=True)).check({**data, "x": ["no"] * 900}).problems
    )
    assert len(nested) == 1001
    assert nested[-1] == TOO_MANY


def test_the_number_is_a_setting():
    few = validator(
        Attribute("x", "integer", multiple=True), registry=Registry.from_plugins([], limits=Limits(problems=2))
    )
    assert [(p.path, p.code) for p in few.check({"x": ["a", "b", "c"]}).problems] == [
        (("x", 0), "type"),
        (("x", 1), "type"),
        ((), "too_large"),
    ]


# ---- at most 1 MiB ----

TEXTS = validator(Attribute("x", "text", multiple=True))
LIMIT = 1024 * 1024


def document_of(size):
    """Return a record whose document has exactly so many bytes as JSON."""
    items = ["a" * 9_997] * (size // 10_000 - 1)
    rest = size - len(json.dumps({"x": [*items, ""]}, separators=(",", ":")))
    return {"x": [*items, "a" * rest]}


@pytest.mark.parametrize("more", [0, 1, 500_000])
def test_a_document_has_at_most_1_mib(more):
    data = document_of(LIMIT + more)
    assert len(json.dumps(data, separators=(",", ":"))) == LIMIT + more
    expected = [Problem((), "too_large", {"limit": LIMIT, "unit": "bytes"})] if more else []
    assert list(TEXTS.check(data).problems) == expected
    assert list(TEXTS.check(data, current={}).problems) == expected
    assert list(TEXTS.problems(data)) == expected


@pytest.mark.parametrize("character", ["\u00e9", "\u20ac", "\U0001f600"], ids=ascii)
def test_bytes_are_those_of_utf_8(character):
    items = [character * 99_999] * (LIMIT // len(character.encode()) // 100_000)
    assert TEXTS.check({"x": items}).ok
    assert [p.code for p in TEXTS.check({"x": [*items, *items[:1]]}).problems] == ["too_large"]


@pytest.mark.parametrize(
    ("type_", "item"),
    [
        ("decimal", "9" * 100),
        ("decimal", "0." + "1" * 100),
        ("datetime", "2024-01-01T00:00:00.123456Z"),
        ("uuid", "0" * 32),
        ("duration", "-P999999998DT23H59M59.999999S"),
        ("integer", -(2**63)),
        ("object", {"a": "b" * 500}),
        ("boolean", False),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_values_of_every_type_count(type_, item):
    one = validator(Attribute("x", type_, multiple=True))
    size = len(json.dumps(one.dump(one.validate({"x": [item]}))["x"][0], separators=(",", ":"))) + 1
    assert one.check({"x": [item] * (LIMIT // size - 10)}).ok
    assert [p.code for p in one.check({"x": [item] * (LIMIT // size + 10)}).problems] == ["too_large"]


def test_many_attributes_make_one_document():
    one = validator(*(Attribute(f"a{number}", "text") for number in range(20)))
    assert one.check({f"a{number}": "a" * 99_999 for number in range(10)}).ok
    result = one.check({f"a{number}": "a" * 99_999 for number in range(11)})
    assert [(p.path, p.code) for p in result.problems] == [((), "too_large")]


# ---- names out of data ----


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("nobody", "nobody"),
        ("", ""),
        ("a" * 63, "a" * 63),
        ("a" * 64, "a" * 63),
        ("a" * 1_000_000, "a" * 63),
        ("\u00e9t\u00e9", "\u00e9t\u00e9"),
        ("a\x00b", "a\\x00b"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202eabc", "\\u202eabc"),
        ("\ud800", "\\ud800"),
        ("x" * 62 + "\x07\x07", "x" * 62 + "\\x07"),
        (5, "<int>"),
        (None, "<NoneType>"),
        (True, "<bool>"),
        (("x",), "<tuple>"),
        (b"x", "<bytes>"),
        (1.5, "<float>"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_an_unknown_name_is_cut_and_escaped(name, shown):
    for result in (
        MANY.check({"y": "a", name: 1}),
        MANY.check({name: 1}, current={}),
        MANY.check({"y": "a", name: 1}, from_text=True),
    ):
        assert [(p.path, p.code, dict(p.params)) for p in result.problems] == [((shown,), "unknown", {})]
        json.dumps(ValidationError(result.problems).as_dict())


def test_a_name_is_the_attributes_name_and_never_its_key():
    one = validator(Attribute("x", "text", key="k"))
    assert [(p.path, p.code) for p in one.check({"k": "a"}).problems] == [(("k",), "unknown")]


def test_a_name_inside_an_object_is_shown_the_same_way():
    one = validator(Attribute("x", "object"))
    assert [p.path for p in one.check({"x": {"a\x00": 1}}).problems] == [("x", "a\\x00")]
    assert [p.path for p in one.check({"x": {5: 1}}).problems] == [("x", "<int>")]
    assert [p.path for p in one.check({"x": {"a" * 100: float("nan")}}).problems] == [("x", "a" * 63)]


# ---- errors ----


def test_the_problems_as_a_dict_by_dotted_path():
    error = ValidationError(
        [
            Problem((), "type", {"type": "document"}),
            Problem(("x",), "max", {"limit": 3}),
            Problem(("x",), "multiple_of", {"limit": 2}),
            Problem(("tags", 2), "required", {}),
            Problem(("o", "a.b", 0, "c"), "format", {"type": "float"}),
            Problem(("y",), "rule", {"message": {"en": "no", "de": "nein"}}),
        ]
    )
    found = error.as_dict()
    assert list(found) == ["", "x", "tags.2", r"o.a\.b.0.c", "y"]
    assert found["x"] == [
        {"code": "max", "message": "The value must be 3 or less.", "params": {"limit": 3}},
        {"code": "multiple_of", "message": "The value must be a multiple of 2.", "params": {"limit": 2}},
    ]
    assert found["y"][0]["message"] == "no"
    assert error.as_dict("de")["y"][0]["message"] == "nein"
    assert error.as_dict(language="de")["x"][0]["code"] == "max"
    assert error.as_dict("de")["x"][0]["message"] != found["x"][0]["message"]
    json.dumps(error.as_dict("de"))


def test_a_validation_error_is_pickled_with_its_problems():
    with pytest.raises(ValidationError) as caught:
        MANY.validate({"x": [1, "no"], "z": 1})
    error = caught.value
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ValidationError
    assert again.problems == error.problems
    assert again.as_dict() == error.as_dict()
    assert str(again) == str(error)
    assert copy.deepcopy(error).problems == error.problems


def test_a_message_never_repeats_a_value():
    secret = "4711-secret"
    one = validator(
        *(Attribute(type_, type_) for type_ in ("integer", "date", "uuid", "decimal", "boolean", "duration", "object")),
        Attribute("slug", "text", subtype="slug", constraints={"max_length": 3, "pattern": "[0-9]"}),
        Attribute("choice", "text", choices=["a"]),
    )
    result = one.check(
        dict.fromkeys(["integer", "date", "uuid", "decimal", "boolean", "duration", "object"], secret)
        | {"slug": f"{secret} x", "choice": secret}
    )
    assert len(result.problems) >= 9
    assert secret not in repr(result.problems)
    assert secret not in str(ValidationError(result.problems))
    assert secret not in json.dumps(ValidationError(result.problems).as_dict())


def test_a_problem_is_frozen_and_says_itself():
    problem = Problem(("x", 0), "max", {"limit": 3})
    assert (problem.path, problem.code, problem.params, problem.provider) == (
        ("x", 0),
        "max",
        {"limit": 3},
        "jsonattrs",
    )
    assert str(problem) == "The value must be 3 or less."
    for name in ("path", "code", "params", "provider", "other"):
        with pytest.raises(AttributeError):
            setattr(problem, name, 1)


RULES = [Rule("x < 5", {"en": "small"}, attributes=["x"], severity="warning")]
SCHEMA = Schema(
    "s",
    [
        Attribute("x", "integer", key="k", label={"en": "X"}, choices=[1, Choice(2, "two", retired=True)], default=1),
        Attribute(
            "o", "object", multiple=True, default=[{"a": [1]}], constraints={"max_items": 2}, required_if="x < 5"
        ),
    ],
    rules=RULES,
    unique_together=[("x", "o")],
    rule_language="fake",
)


@pytest.mark.parametrize(
    "it",
    [
        SCHEMA.attributes[0],
        SCHEMA.attributes[1],
        Attribute(),
        Choice([1], {"en": "x"}),
        RULES[0],
        SCHEMA,
        compose(SCHEMA),
        compose(SCHEMA, Schema("t", [Attribute("y", key="k")])),
        compose(),
        Problem(("x", 0), "max", {"limit": [1]}, "other"),
        UNSET,
    ],
    ids=lambda it: type(it).__name__,
)
def test_definitions_and_problems_are_pickled_and_copied(it):
    for again in (pickle.loads(pickle.dumps(it)), copy.copy(it), copy.deepcopy(it)):
        assert again == it
        assert type(again) is type(it)
    if isinstance(it, Attribute):
        assert pickle.loads(pickle.dumps(it)).given == it.given
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET


def test_a_composed_schema_from_a_pickle_checks_like_the_first():
    first = compose(SCHEMA, Schema("t", [Attribute("y", key="k")]))
    again = pickle.loads(pickle.dumps(first))
    assert again.to_document() == first.to_document()
    assert dict(again.explain("y", REGISTRY)) == dict(first.explain("y", REGISTRY))
    for data in ({}, {"y": 2}, {"y": 1, "o": [{}, {}, {}]}, {"x": 1}):
        one, other = (schema.compile(REGISTRY).check(data) for schema in (first, again))
        assert (one.value, one.problems, one.warnings) == (other.value, other.problems, other.warnings)


@pytest.mark.parametrize(
    "it", [Attribute("x", "text"), Choice("a"), RULES[0], SCHEMA], ids=lambda it: type(it).__name__
)
def test_definitions_are_frozen_and_hashable(it):
    assert hash(it) == hash(copy.copy(it))
    field = dataclasses.fields(it)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(it, field, "other")
    with pytest.raises((AttributeError, TypeError)):
        it.other = 1


def test_definitions_keep_their_own_copy_of_what_they_are_given():
    constraints, label, choices, attributes = {"min": 1}, {"en": "X"}, [1], [Attribute("x", "integer")]
    attribute = Attribute("x", "integer", constraints=constraints, label=label, choices=choices)
    schema = Schema("s", attributes)
    constraints["min"], label["en"] = 5, "Y"
    choices.append(2)
    attributes.clear()
    assert (attribute.constraints, attribute.label, len(attribute.choices)) == ({"min": 1}, {"en": "X"}, 1)
    assert len(schema.attributes) == 1


def test_a_reason_is_pickled_with_its_parameters():
    reason = pickle.loads(pickle.dumps(Invalid("max", limit=3)))
    assert (reason.code, reason.params) == ("max", {"limit": 3})
    assert Invalid("max", code=1).params == {"code": 1}
