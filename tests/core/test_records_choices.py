"""Choices: retired ones, and how they are compared and told."""

from __future__ import annotations

import pytest

from jsonattrs_core import (
    Attribute,
    Choice,
)
from tests.core.checking import validator, verdict

# ---- choices ----

SIZES = Attribute("x", "text", choices=["S", Choice("M", {"en": "Medium"}), Choice("XL", retired=True)])


@pytest.mark.parametrize(
    ("current", "accepted"),
    [(None, False), ({}, False), ({"x": "S"}, False), ({"x": None}, False), ({"x": "XL"}, True)],
    ids=["new", "never stored", "another", "null", "held"],
)
def test_a_retired_choice_is_accepted_only_where_the_record_holds_it(current, accepted):
    result = validator(SIZES).check({"x": "XL"}, current=current)
    assert verdict(result) == (({"x": "XL"}, []) if accepted else ({}, [(("x",), "choice")]))


@pytest.mark.parametrize(
    ("held", "given", "places"),
    [
        (["XL"], ["XL", "S"], []),
        (["S", "XL"], ["XL", "XL"], []),
        (["S"], ["S", "XL"], [1]),
        (None, ["XL"], [0]),
        ([], ["XL"], [0]),
        ("XL", ["XL"], []),
    ],
    ids=repr,
)
def test_retired_choices_of_a_multiple_attribute(held, given, places):
    one = validator(Attribute("x", "text", choices=SIZES.choices, multiple=True))
    result = one.check({"x": given}, current={"x": held})
    assert [problem.path for problem in result.problems] == [("x", place) for place in places]


@pytest.mark.parametrize(
    ("type_", "choices"),
    [
        ("text", ["S", "XL"]),
        ("integer", [1, 2]),
        ("float", [0.5, 1.5]),
        ("decimal", ["1.0", "2.0"]),
        ("date", ["2024-01-01", "2024-01-02"]),
        ("datetime", ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"]),
        ("time", ["10:00", "11:00"]),
        ("duration", ["P1D", "P2D"]),
        ("uuid", ["0" * 32, "1" * 32]),
        ("boolean", [True, False]),
        ("object", [{"a": 1}, {"a": 2}]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("held", ["", "misfit", 5, [], [None], {"a": float("nan")}, {"b": b"x"}, object], ids=repr)
def test_a_misfit_that_the_record_holds_is_no_choice_and_no_exception(type_, choices, held):
    one = validator(Attribute("x", type_, choices=[choices[0], Choice(choices[1], retired=True)]))
    result = one.check({"x": choices[1]}, current={"x": held})
    assert [problem.code for problem in result.problems] == ["choice"]
    assert one.check({"x": choices[0]}, current={"x": held}).ok


def test_a_stored_retired_choice_is_no_problem_and_is_read():
    assert validator(SIZES).problems({"x": "XL"}) == ()
    assert validator(SIZES).load({"x": "XL"}) == {"x": "XL"}
    assert [p.code for p in validator(SIZES).problems({"x": "XXL"})] == ["choice"]


def test_a_refused_choice_lists_at_most_ten_that_are_offered():
    [problem] = validator(SIZES).check({"x": "L"}).problems
    assert problem.params == {"choices": ["S", "M"], "count": 2}
    [problem] = validator(Attribute("x", "integer", choices=range(25))).check({"x": 25}).problems
    assert problem.params == {"choices": list(range(10)), "count": 25}


@pytest.mark.parametrize(
    ("type_", "choices", "given", "stored"),
    [
        ("decimal", ["1.0"], "1.00", "1.00"),
        ("decimal", ["100"], "100.000", "100.000"),
        ("float", [1.0], 1, 1.0),
        ("text", ["e\u0301"], " \u00e9 ", "\u00e9"),
        ("date", ["2024-02-29"], "2024-02-29", "2024-02-29"),
        ("datetime", ["2024-01-01T00:00:00Z"], "2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00Z"),
        ("uuid", ["0" * 32], "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
        ("object", [{"a": 1, "b": 2}], {"b": 2.0, "a": 1}, {"b": 2.0, "a": 1}),
    ],
    ids=repr,
)
def test_choices_are_compared_by_value(type_, choices, given, stored):
    one = validator(Attribute("x", type_, choices=choices))
    assert one.dump(one.validate({"x": given})) == {"x": stored}
