"""Partial checks: changes to a record, decided on with the rest of it in view."""

from __future__ import annotations

import pytest

from jsonattrs_core import Attribute, Choice, Rule
from tests.core.checking import validator, verdict

PERSON = (
    Attribute("name", "text", required=True),
    Attribute("age", "integer", constraints={"max": 150}),
    Attribute("note", "text", default="none", initial_default="old"),
)


@pytest.mark.parametrize(
    ("changes", "values", "problems"),
    [
        pytest.param({}, {}, [], id="nothing"),
        pytest.param({"age": 5.0}, {"age": 5}, [], id="one"),
        pytest.param({"age": 151, "note": "x"}, {"note": "x"}, [(("age",), "max")], id="one of two is wrong"),
        pytest.param({"name": " "}, {}, [(("name",), "required")], id="what is required is emptied"),
        pytest.param({"age": None}, {"age": None}, [], id="what is optional is emptied"),
        pytest.param({"note": None}, {"note": None}, [], id="no default for a null"),
        pytest.param({"nobody": 1}, {}, [(("nobody",), "unknown")], id="unknown"),
        pytest.param({"name": "x", 5: 1}, {"name": "x"}, [(("<int>",), "unknown")], id="no text for a name"),
    ],
)
@pytest.mark.parametrize(
    "current", [{}, {"name": "Ann", "age": 41}, {"name": None}, {"orphan": 1}], ids=["empty", "whole", "null", "orphan"]
)
def test_only_the_changes_are_checked_and_returned(changes, values, problems, current):
    before = dict(current)
    assert verdict(validator(*PERSON).check(changes, current=current)) == (values, problems)
    assert current == before


def test_an_older_record_stays_editable_when_more_is_required_of_new_ones():
    older = validator(Attribute("name", "text"), Attribute("age", "integer"))
    newer = validator(
        Attribute("name", "text", required=True, constraints={"max_length": 3}),
        Attribute("age", "integer"),
        Attribute("added", "text", required=True),
    )
    document = older.dump(older.validate({"name": "Annabel"}))
    current = newer.load(document)
    assert current == {"name": "Annabel"}
    assert verdict(newer.check({"age": 5}, current=current)) == ({"age": 5}, [])
    assert verdict(newer.check({"name": "Annabella"}, current=current)) == ({}, [(("name",), "max_length")])
    assert {(p.path, p.code) for p in newer.problems(document)} == {(("name",), "max_length"), (("added",), "required")}


# ---- conditions ----

SWITCHED = (
    Attribute("x", "text"),
    Attribute("y", "text", required_if="x == 'on'"),
    Attribute("z", "text", required=True, default="d", visible_if="x == 'on'"),
)


@pytest.mark.parametrize(
    ("changes", "current", "problems"),
    [
        pytest.param({"x": "on"}, {}, ["y", "z"], id="a change makes both required"),
        pytest.param({"x": "on"}, {"y": "a", "z": "b"}, [], id="they are there"),
        pytest.param({"x": "on"}, {"y": None, "z": "b"}, ["y"], id="one is null"),
        pytest.param({"x": "on", "y": "a", "z": "b"}, {}, [], id="they come along"),
        pytest.param({"x": "off"}, {"x": "on"}, [], id="a change makes them optional"),
        pytest.param({"y": None}, {"x": "on"}, ["y"], id="emptied while required"),
        pytest.param({"y": None}, {"x": "off"}, [], id="emptied while optional"),
        pytest.param({"y": None}, {}, [], id="emptied, nobody knows"),
        pytest.param({"z": None}, {"x": "on"}, ["z"], id="emptied while visible"),
        pytest.param({"z": None}, {"x": "off"}, [], id="emptied while invisible"),
        pytest.param({"x": None}, {"x": "on"}, [], id="the condition is emptied"),
        pytest.param({}, {"x": "on"}, [], id="no change, no question"),
    ],
)
def test_conditions_see_the_record_with_its_changes(changes, current, problems):
    result = validator(*SWITCHED).check(changes, current=current)
    assert verdict(result)[1] == [((name,), "required") for name in problems]
    assert result.value == {name: value for name, value in changes.items() if name not in problems}


def test_only_conditions_that_use_a_changed_name_are_evaluated():
    one = validator(*SWITCHED, Attribute("other", "text"))
    assert verdict(one.check({"other": "new"}, current={"x": "on"})) == ({"other": "new"}, [])


def test_a_condition_is_not_evaluated_where_the_change_has_a_problem():
    assert verdict(validator(*SWITCHED).check({"x": 5}, current={"x": "on"})) == ({}, [(("x",), "type")])
    assert verdict(validator(*SWITCHED).check({"x": 5, "y": None}, current={"x": "on"})) == (
        {"y": None},
        [(("x",), "type")],
    )


# ---- rules ----

ORDERED = (
    Attribute("low", "integer"),
    Attribute("high", "integer", constraints={"max": 9}),
    Attribute("other", "text"),
)


@pytest.mark.parametrize(
    ("changes", "current", "broken"),
    [
        pytest.param({"low": 5}, {"low": 1, "high": 3}, True, id="one side changes"),
        pytest.param({"high": 0}, {"low": 1, "high": 3}, True, id="the other side changes"),
        pytest.param({"low": 5, "high": 6}, {"low": 1, "high": 3}, False, id="both change"),
        pytest.param({"low": 2}, {"low": 5, "high": 3}, False, id="a change mends it"),
        pytest.param({"other": "x"}, {"low": 5, "high": 3}, False, id="it was broken before"),
        pytest.param({}, {"low": 5, "high": 3}, False, id="nothing changes"),
        pytest.param({"low": 5}, {}, False, id="the other side is absent"),
        pytest.param({"low": 5}, {"high": None}, False, id="the other side is null"),
        pytest.param({"low": None}, {"low": 1, "high": 0}, False, id="a side is emptied"),
        pytest.param({"low": 12}, {"high": 10}, True, id="the other side breaks a newer constraint"),
    ],
)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_rules_see_the_record_with_its_changes(changes, current, broken, severity):
    one = validator(*ORDERED, rules=[Rule("low < high", "m", severity=severity)])
    result = one.check(changes, current=current)
    assert [problem.code for problem in result.problems] == ["rule"] * (broken and severity == "error")
    assert [warning.code for warning in result.warnings] == ["rule"] * (broken and severity == "warning")
    assert result.value == changes


def test_a_rule_takes_only_a_changed_value_out_of_the_result():
    one = validator(*ORDERED, rules=[Rule("low < high", "m", attributes=["high"])])
    assert verdict(one.check({"low": 5}, current={"high": 3})) == ({"low": 5}, [(("high",), "rule")])
    assert verdict(one.check({"high": 3}, current={"low": 5})) == ({}, [(("high",), "rule")])


@pytest.mark.parametrize("broken", ["three", [3], {"a": 3}, 3.5, True], ids=repr)
def test_a_rule_is_not_evaluated_over_what_is_broken_in_storage(broken):
    one = validator(*ORDERED, rules=[Rule("low < high", "m"), Rule("not given.high", "m"), Rule("low != 7", "seven")])
    current = one.load({"low": 1, "high": broken})
    assert current == {"low": 1, "high": broken}
    result = one.check({"low": 7}, current=current)
    assert [str(problem) for problem in result.problems] == ["seven"]
    assert verdict(one.check({"low": 6}, current=current)) == ({"low": 6}, [])
    assert [str(problem) for problem in one.check({"low": 6, "high": 5}, current=current).problems] == ["m", "m"]


@pytest.mark.parametrize(
    ("type_", "multiple", "broken"),
    [
        *[(type_, False, "misfit") for type_ in ("integer", "float", "decimal", "boolean", "date", "datetime")],
        *[(type_, False, "misfit") for type_ in ("time", "duration", "uuid", "object")],
        ("text", False, 5),
        ("text", True, "not a list"),
        ("integer", True, [1, "two"]),
        ("date", True, ["2024-01-01", "no"]),
    ],
    ids=repr,
)
def test_what_is_broken_in_storage_is_left_alone_until_it_is_changed(type_, multiple, broken):
    one = validator(
        Attribute("x", type_, multiple=multiple),
        Attribute("y", "text", required_if="given.x"),
        rules=[Rule("given.x", "m")],
    )
    current = one.load({"x": broken, "y": "a"})
    assert verdict(one.check({"y": "b"}, current=current)) == ({"y": "b"}, [])
    assert verdict(one.check({"y": None}, current=current)) == ({"y": None}, [])
    assert {problem.path[0] for problem in one.check({"x": broken}, current=current).problems} == {"x"}
    assert one.dump({**current, "y": "b"}) == {"x": broken, "y": "b"}


def test_a_retired_choice_stays_while_other_attributes_change():
    choices = ["S", Choice("XL", retired=True)]
    one = validator(Attribute("x", "text", choices=choices), Attribute("y", "text"))
    assert verdict(one.check({"y": "b"}, current={"x": "XL"})) == ({"y": "b"}, [])
    assert verdict(one.check({"y": "b", "x": "XL"}, current={"x": "XL"})) == ({"y": "b", "x": "XL"}, [])


def test_changes_may_come_as_text():
    one = validator(*ORDERED, rules=[Rule("low < high", "m")])
    assert verdict(one.check({"low": "5"}, current={"high": 6}, from_text=True)) == ({"low": 5}, [])
    assert verdict(one.check({"low": "7"}, current={"high": 6}, from_text=True)) == ({"low": 7}, [((), "rule")])
    assert verdict(one.check({"low": " "}, current={"high": 6}, from_text=True)) == ({"low": None}, [])


def test_a_document_cannot_grow_beyond_its_bound_by_many_small_changes():
    one = validator(Attribute("x", "text", multiple=True), Attribute("y", "text", multiple=True))
    half = ["a" * 99_000] * 6
    assert one.check({"x": half}).ok
    assert one.check({"y": half}, current={"x": None}).ok
    assert verdict(one.check({"y": half}, current={"x": half}))[1] == [((), "too_large")]
