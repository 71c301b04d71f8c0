"""How values of attributes come into the language, and which do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest

from jsonattrs_cel.language import LANGUAGE
from jsonattrs_cel.values import MAX_CHARACTERS, MAX_DEPTH, MAX_ITEMS, MAX_PARTS, MAX_TEXT, converter, type_of
from jsonattrs_core import BaseType, Invalid, Registry, SchemaError
from jsonattrs_core.records import ValueType

RULE = "rule"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a", "int"),
        ("price", "double"),
        ("weight", "double"),
        ("name", "string"),
        ("open", "bool"),
        ("born", "timestamp"),
        ("seen", "timestamp"),
        ("starts", "string"),
        ("takes", "duration"),
        ("ref", "string"),
        ("plot", "map(string, dyn)"),
        ("counts", "list(int)"),
        ("days", "list(timestamp)"),
        ("spans", "list(duration)"),
        ("plots", "list(map(string, dyn))"),
    ],
)
def test_types(types, name, expected):
    assert type_of(types[name]) == expected


def test_every_base_type_of_the_core_has_one():
    bases = Registry.from_plugins({}).base_types
    assert all(type_of(ValueType(base, False)) != "dyn" for base in bases.values())


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        pytest.param("name == 'x' || a > 3", {"name": "x" * MAX_TEXT, "a": 1}, False, id="longest text"),
        pytest.param("name == 'x'", {"name": "x" * (MAX_TEXT + 1)}, RULE, id="longer text"),
        pytest.param("name == 'x' || a > 3", {"name": "x" * (MAX_TEXT + 1), "a": 4}, True, id="nobody asks for it"),
        pytest.param(
            "name == 'x' || a > 3", {"name": "x" * (MAX_TEXT + 1), "a": 1}, RULE, id="the rest decides nothing"
        ),
        pytest.param("a > 3 && name == 'x'", {"name": "x" * (MAX_TEXT + 1)}, RULE, id="and another is absent"),
        pytest.param("given.name", {"name": "x" * (MAX_TEXT + 1)}, True, id="there is a longer text"),
        pytest.param("size(counts) == 1000", {"counts": [1] * MAX_ITEMS}, True, id="longest list"),
        pytest.param("size(counts) > 1", {"counts": [1] * (MAX_ITEMS + 1)}, RULE, id="longer list"),
        pytest.param("size(tags) > 1", {"tags": ["x"] * (MAX_ITEMS + 1)}, RULE, id="longer list of texts"),
        pytest.param("size(tags) > 1", {"tags": ["x", "x" * (MAX_TEXT + 1)]}, RULE, id="longer text in a list"),
        pytest.param("size(tags) == 100", {"tags": ["x" * MAX_TEXT] * 100}, True, id="most characters"),
        pytest.param("size(tags) > 1", {"tags": ["x" * MAX_TEXT] * 101}, RULE, id="more characters"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": "x" * (MAX_TEXT + 1)}}, RULE, id="longer text in an object"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "x" * (MAX_TEXT + 1): 1}}, RULE, id="longer name of a member"),
        pytest.param(
            "plot.a == 1", {"plot": {"a": 1, "b": [0] * (MAX_ITEMS + 1)}}, RULE, id="longer list in an object"
        ),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": [[0] * 999] * 9}}, True, id="many parts"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": [[0] * 999] * 11}}, RULE, id="more parts"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": ["x" * MAX_TEXT] * 102}}, RULE, id="more characters inside"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": "x\0y"}}, RULE, id="NUL in an object"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": "\ud800"}}, RULE, id="half a pair in an object"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "\udfff": 1}}, RULE, id="half a pair in a name"),
        pytest.param("name != 'x'", {"name": "x\0y"}, RULE, id="NUL"),
        pytest.param("name != 'x'", {"name": "\ud800"}, RULE, id="half a pair"),
        pytest.param("name != 'x'", {"name": "\U0001f600" * MAX_TEXT}, True, id="longest text, wide"),
        pytest.param("plot.a == 1", {"plot": {"a": 1, "b": float("inf")}}, RULE, id="infinity in an object"),
        pytest.param("price > 1", {"price": Decimal("1e400")}, RULE, id="beyond double precision"),
        pytest.param("weight > 1", {"weight": float("nan")}, RULE, id="no number"),
        pytest.param("seen > now", {"seen": datetime(2000, 1, 1)}, RULE, id="no offset"),  # noqa: DTZ001
        pytest.param(
            "seen == timestamp('2000-01-01T00:00:00Z')",
            {"seen": datetime(2000, 1, 1, 7, tzinfo=timezone(timedelta(hours=7)))},
            True,
            id="another offset",
        ),
    ],
)
def test_bounds(outcome, expression, values, expected):
    assert outcome(expression, values) == expected


def test_depth(outcome):
    deep = {"a": 1}
    for _ in range(MAX_DEPTH - 1):
        deep = {"a": deep, "b": 1}
    assert outcome("plot.b == 1", {"plot": deep}) is True
    assert outcome("plot.b == 1", {"plot": {"a": deep, "b": 1}}) == RULE


def test_the_bounds_are_those_that_are_promised():
    assert (MAX_TEXT, MAX_ITEMS, MAX_PARTS, MAX_CHARACTERS) == (10_000, 1_000, 10_000, 1_000_000)


class Colour:
    """A value of a plugin's class."""

    def __init__(self, name):
        self.name = name


def plugins_type(json, dump):
    return BaseType("colour", python=Colour, json=json, check=Colour, from_text=Colour, dump=dump, load=Colour)


@pytest.mark.parametrize(
    ("json", "dump", "expression"),
    [
        ("string", lambda value: value.name, "colour == 'red'"),
        ("number", lambda value: len(value.name), "colour > 2.5"),
        ("number", lambda value: Fraction(7, 2), "colour == 3.5"),
        ("boolean", lambda value: True, "colour"),
        ("array", lambda value: [*value.name], "colour[1] == 'e'"),
        ("object", lambda value: {"name": value.name}, "colour.name == 'red'"),
        ("something", lambda value: value.name, "colour == 'red'"),
    ],
)
def test_a_plugins_type_is_what_it_is_in_json(json, dump, expression):
    types = {"colour": ValueType(plugins_type(json, dump), False)}
    assert LANGUAGE.compile(expression, types, bool).evaluate({"colour": Colour("red")}) is True


def test_and_is_withheld_where_it_is_no_number():
    types = {"colour": ValueType(plugins_type("number", lambda value: 10**400), False)}
    with pytest.raises(Invalid):
        LANGUAGE.compile("colour > 1", types, bool).evaluate({"colour": Colour("red")})


def test_two_types_of_one_name_do_not_mix():
    first = {"colour": ValueType(plugins_type("string", lambda value: value.name), False)}
    second = {"colour": ValueType(plugins_type("string", lambda value: "blue"), False)}
    outcomes = [
        LANGUAGE.compile("colour == 'red'", types, bool).evaluate({"colour": Colour("red")})
        for types in (first, second, first)
    ]
    assert outcomes == [True, False, True]


def test_the_type_decides_not_the_class_of_the_value(types):
    assert converter(types["weight"])(3) == 3.0
    assert isinstance(converter(types["weight"])(3), float)


def test_days_begin_at_midnight_in_utc(types):
    assert converter(types["born"])(date(2024, 5, 1)) == datetime(2024, 5, 1, tzinfo=UTC)


def test_what_one_schema_calls_a_text_another_may_call_a_number(make_types):
    texts, numbers = make_types(x="text"), make_types(x="integer")
    assert LANGUAGE.compile("x == '1'", texts, bool).evaluate({"x": "1"}) is True
    with pytest.raises(SchemaError):
        LANGUAGE.compile("x == '1'", numbers, bool)
    assert LANGUAGE.compile("x == 1", numbers, bool).evaluate({"x": 1}) is True
