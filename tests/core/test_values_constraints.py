"""Constraints of every type, the options of texts, and the one form in which each value is stored."""

from __future__ import annotations

import decimal
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.core.checking import codes, exactly, of_type
from tests.core.fake_language import REGISTRY

NAN = float("nan")


# ---- text ----


@pytest.mark.parametrize(
    ("constraints", "given", "clean"),
    [
        ({"strip": False}, " a ", " a "),
        ({"strip": True}, " a ", "a"),
        ({"multiline": True}, "a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ({"multiline": True}, "\n\ta\n", "a"),
        ({"multiline": True, "strip": False}, "\r\na\t", "\na\t"),
        ({"multiline": False}, "a", "a"),
        ({"strip": False}, "e\u0301 ", "\u00e9 "),
    ],
    ids=repr,
)
def test_options_of_a_text(constraints, given, clean):
    assert of_type("text", constraints=constraints).validate({"x": given}) == {"x": clean}


@pytest.mark.parametrize(
    ("constraints", "given"),
    [
        ({"multiline": True}, "a\x0bb"),
        ({"multiline": True}, "a\x0cb"),
        ({"multiline": True}, "a\x00b"),
        ({"multiline": True}, "a\x85b"),
        ({"multiline": True}, "a\ud800b"),
        ({"strip": False}, "a\n"),
        ({"strip": False}, "\ta"),
        ({"strip": False}, "\x1fa"),
        ({"multiline": False}, "a\nb"),
    ],
    ids=ascii,
)
def test_control_characters_that_options_do_not_let_pass(constraints, given):
    assert codes(of_type("text", constraints=constraints).check({"x": given})) == ["format"]


@pytest.mark.parametrize(
    ("constraints", "given", "expected"),
    [
        ({"min_length": 2}, "a", ["min_length"]),
        ({"min_length": 2}, " a ", ["min_length"]),
        ({"min_length": 2}, "ab", []),
        ({"max_length": 1}, "e\u0301", []),
        ({"max_length": 1}, " a ", []),
        ({"max_length": 1}, "ab", ["max_length"]),
        ({"max_length": 0}, "a", ["max_length"]),
        ({"pattern": "[a-z]"}, "a", []),
        ({"pattern": "[a-z]"}, "ab", ["pattern"]),
        ({"pattern": "a|ab"}, "ab", []),
        ({"pattern": "^a$"}, "a", []),
        ({"pattern": "a"}, "A", ["pattern"]),
        ({"pattern": "."}, "\u00e9", []),
        ({"pattern": r"\d"}, "\u0661", ["pattern"]),
        ({"max_length": 1, "pattern": "[0-9]"}, "ab", ["max_length", "pattern"]),
    ],
    ids=repr,
)
def test_constraints_of_a_text(constraints, given, expected):
    assert sorted(codes(of_type("text", constraints=constraints).check({"x": given}))) == expected


def test_the_limits_of_a_text_are_told():
    [problem] = of_type("text").check({"x": "a" * 100_001}).problems
    assert problem.params == {"limit": 100_000, "unit": "characters"}


# ---- numbers ----


@pytest.mark.parametrize(
    ("type_", "constraints", "given", "expected"),
    [
        ("integer", {"min": 3}, 3, []),
        ("integer", {"min": 3}, 2, ["min"]),
        ("integer", {"max": 3}, 3.0, []),
        ("integer", {"max": 3}, 4.0, ["max"]),
        ("integer", {"min": 3.0}, 2, ["min"]),
        ("integer", {"multiple_of": 3}, -9, []),
        ("integer", {"multiple_of": 3}, 10, ["multiple_of"]),
        ("integer", {"multiple_of": 3}, 0, []),
        ("integer", {"min": 3, "max": 9, "multiple_of": 7}, 2, ["min", "multiple_of"]),
        ("float", {"min": 0}, 0, []),
        ("float", {"min": 0}, -0.0, []),
        ("float", {"min": 0}, -5e-324, ["min"]),
        ("float", {"exclusive_min": 0}, 0.0, ["exclusive_min"]),
        ("float", {"exclusive_min": 0}, 5e-324, []),
        ("float", {"exclusive_max": 1.5}, 1.5, ["exclusive_max"]),
        ("float", {"exclusive_max": 1.5}, 1.4999999999999998, []),
        ("float", {"max": 2}, 3, ["max"]),
        ("decimal", {"min": "0.10"}, "0.1", []),
        ("decimal", {"min": "0.10"}, "0.0999999999999999999999999999999999999999", ["min"]),
        ("decimal", {"max": 5}, "5.00", []),
        ("decimal", {"max": Decimal(5)}, "5.0000000000000000000000000000000000000001", ["max"]),
        ("decimal", {"max_digits": 3}, "123", []),
        ("decimal", {"max_digits": 3}, "1.23", []),
        ("decimal", {"max_digits": 3}, "12.34", ["max_digits"]),
        ("decimal", {"max_digits": 3}, "00123", []),
        ("decimal", {"decimal_places": 2}, "1.25", []),
        ("decimal", {"decimal_places": 2}, "1.255", ["decimal_places"]),
        ("decimal", {"decimal_places": 0}, "5", []),
        ("decimal", {"decimal_places": 0}, "5.5", ["decimal_places"]),
        ("decimal", {"max_digits": 1, "decimal_places": 1, "max": 0}, "1.25", ["decimal_places", "max", "max_digits"]),
    ],
    ids=repr,
)
def test_constraints_of_numbers(type_, constraints, given, expected):
    assert sorted(codes(of_type(type_, constraints=constraints).check({"x": given}))) == expected


def test_bounds_of_an_integer_are_told_like_any_others():
    one = of_type("integer")
    assert one.check({"x": 2**63}).problems[0].params == {"limit": 2**63 - 1}
    assert one.check({"x": -(2**63) - 1}).problems[0].params == {"limit": -(2**63)}


@pytest.mark.parametrize(
    "context", [decimal.Context(prec=1), decimal.Context(prec=3, Emax=3, Emin=-3)], ids=["short", "small"]
)
@pytest.mark.parametrize("trapped", [False, True], ids=["silent", "trapping"])
def test_decimals_have_an_arithmetic_of_their_own(context, trapped):
    context = context.copy()
    for signal in context.traps:
        context.traps[signal] = trapped
    text = "1234567890123456789012345678901234567890.0123456789"
    with decimal.localcontext(context):
        one = of_type("decimal", constraints={"min": "-5", "max": "9" * 60, "max_digits": 50}, choices=[text])
        for given in (text, Decimal(text)):
            value = one.validate({"x": given})["x"]
            assert str(value) == text
            assert one.dump({"x": value}) == {"x": text}
            assert str(one.load({"x": text})["x"]) == text
        assert codes(one.check({"x": "x"})) == ["format"]
        assert codes(one.check({"x": text + "1"})) == ["choice", "max_digits"]


@pytest.mark.parametrize(
    ("given", "stored", "canonical"),
    [
        ("1.50", "1.50", "1.5"),
        ("100", "100", "100"),
        ("100.0", "100.0", "100"),
        ("-0.00", "0.00", "0"),
        ("0.10", "0.10", "0.1"),
    ],
)
def test_zeros_at_the_end_of_a_decimal_are_stored_and_of_no_account(given, stored, canonical):
    one = of_type("decimal")
    value = one.validate({"x": given})
    assert one.dump(value) == {"x": stored}
    assert REGISTRY.base_types["decimal"].canonical(value["x"]) == canonical


# ---- moments ----


@pytest.mark.parametrize(
    ("type_", "given", "stored"),
    [
        ("datetime", "2024-02-29T01:02:03.500Z", "2024-02-29T01:02:03.500000Z"),
        ("datetime", "2024-02-29T01:02:03+01:00", "2024-02-29T00:02:03Z"),
        ("datetime", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("date", "0999-01-01", "0999-01-01"),
        ("time", "01:02", "01:02:00"),
        ("time", "01:02:03.5", "01:02:03.500000"),
        ("duration", "PT36H", "P1DT12H"),
        ("duration", "P1W", "P7D"),
        ("duration", "P0D", "PT0S"),
        ("duration", "-PT90M", "-PT1H30M"),
        ("duration", "PT0.500000S", "PT0.5S"),
        ("duration", timedelta.min, "-P999999999D"),
        ("duration", timedelta.max, "P999999999DT23H59M59.999999S"),
        ("uuid", "A" * 32, "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"),
        ("float", 3, 3.0),
        ("integer", 3.0, 3),
        ("text", " a ", "a"),
    ],
    ids=repr,
)
def test_each_value_is_stored_in_one_form(type_, given, stored):
    one = of_type(type_)
    found = one.dump(one.validate({"x": given}))
    assert exactly(found) == exactly({"x": stored})
    assert one.validate(found) == one.validate({"x": given})


@pytest.mark.parametrize(
    ("type_", "constraints", "given", "expected"),
    [
        ("date", {"min": "2024-01-01"}, "2024-01-01", []),
        ("date", {"min": date(2024, 1, 1)}, "2023-12-31", ["min"]),
        ("datetime", {"max": "2024-01-01T01:00:00+01:00"}, "2024-01-01T00:00:00Z", []),
        ("datetime", {"max": "2024-01-01T01:00:00+01:00"}, "2024-01-01T00:00:00.000001Z", ["max"]),
        ("time", {"min": "09:00", "max": "17:00"}, "17:00:00.000001", ["max"]),
        ("duration", {"min": "PT0S", "max": "P1D"}, "-PT0.000001S", ["min"]),
        ("duration", {"max": "P1D"}, "PT24H", []),
    ],
    ids=repr,
)
def test_constraints_of_moments(type_, constraints, given, expected):
    assert codes(of_type(type_, constraints=constraints).check({"x": given})) == expected


# ---- lists ----


@pytest.mark.parametrize(
    ("type_", "constraints", "given", "expected"),
    [
        ("text", {"min_items": 2}, ["a"], ["min_items"]),
        ("text", {"min_items": 2}, ["a", "b"], []),
        ("text", {"min_items": 2}, [], []),
        ("text", {"max_items": 1}, ["a", "b"], ["max_items"]),
        ("text", {"unique_items": True}, ["a", " a "], ["unique_items"]),
        ("text", {"unique_items": True}, ["\u00e9", "e\u0301"], ["unique_items"]),
        ("text", {"unique_items": False}, ["a", "a"], []),
        ("text", {"max_items": 1, "unique_items": True}, ["a", "a"], ["max_items", "unique_items"]),
        ("decimal", {"unique_items": True}, ["1.0", "1.00"], ["unique_items"]),
        ("float", {"unique_items": True}, [0.0, -0.0], ["unique_items"]),
        ("integer", {"unique_items": True}, [1, 1.0], ["unique_items"]),
        ("datetime", {"unique_items": True}, ["2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00"], ["unique_items"]),
        ("object", {"unique_items": True}, [{"a": 1, "b": 2}, {"b": 2.0, "a": 1}], ["unique_items"]),
        ("object", {"unique_items": True}, [{"a": 1}, {"a": True}, {"a": "1"}, {"a": [1]}, {"a": None}, {}], []),
        ("boolean", {"unique_items": True}, [True, False], []),
        ("uuid", {"unique_items": True}, ["A" * 32, "a" * 32], ["unique_items"]),
    ],
    ids=repr,
)
def test_constraints_of_lists(type_, constraints, given, expected):
    assert sorted(codes(of_type(type_, constraints=constraints, multiple=True).check({"x": given}))) == expected


def test_problems_of_items_have_their_place():
    result = of_type("integer", multiple=True, constraints={"max": 5}).check({"x": [1, "a", 9, None]})
    assert [(p.path, p.code) for p in result.problems] == [
        (("x", 1), "type"),
        (("x", 2), "max"),
        (("x", 3), "required"),
    ]


def test_problems_inside_an_object_have_their_path():
    result = of_type("object", multiple=True).check({"x": [{}, {"a": [0, {"b": NAN}]}]})
    assert [(p.path, p.code) for p in result.problems] == [(("x", 1, "a", 1, "b"), "format")]


def test_a_value_that_holds_itself_is_refused():
    knot = {}
    knot["a"] = [knot]
    assert codes(of_type("object").check({"x": knot})) == ["too_large"]
    shared = [0] * 100
    for _ in range(20):
        shared = [shared] * 100
    assert codes(of_type("object").check({"x": {"a": shared}})) == ["too_large"]
