"""Reading and writing the library's trees."""

from __future__ import annotations

import math

import pytest
from cel_expr_python import cel
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_cel import wire
from jsonattrs_cel.tree import Const, Fold, Ident, encode, read_checked

VARIABLES = {
    "a": cel.Type.INT,
    "s": cel.Type.STRING,
    "m": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
    "l": cel.Type.List(cel.Type.TIMESTAMP),
}
EXPRESSIONS = [
    "a > 3",
    "a > -3",
    "a == -9223372036854775808 || a == 9223372036854775807",
    "1.5 > -2.25e10 && true != false",
    "s == 'l\xf6\xdf\U0001f600' || s == ''",
    "s.startsWith('x') && size(s) < 3",
    "a in [1, 2, 3] || [] == []",
    "{'x': 1, 'y': 2}['x'] == 1 && {1: true}[1] && {} == {}",
    "has(m.x) && m.x.y == 3 && m['z'] == 'q'",
    "a > 1 ? a < 5 : !(a == 3)",
    "[1, 2].all(x, x > 0) && [1].exists(y, y == a) && [1].exists_one(z, z == a)",
    "[1].all(x, [2].exists(y, x < y))",
    "l.all(t, t.getFullYear() == 2000)",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_tree_means_what_it_meant(expression):
    environment = cel.NewEnv(variables=VARIABLES)
    compiled = environment.compile(expression)
    again = environment.deserialize(encode(read_checked(compiled.serialize()).root))
    for data in ({}, {"a": 4, "s": "xy", "m": {"x": {"y": 3}, "z": "q"}, "l": []}, {"a": 1, "s": "", "m": {}}):
        assert again.eval(data=data).value() == compiled.eval(data=data).value()


def test_types_and_places():
    expression = "l.all(t, t.getFullYear() > 3) && m.x == s"
    compiled = cel.NewEnv(variables=VARIABLES).compile(expression)
    checked = read_checked(compiled.serialize())
    found = {
        checked.types[number]: expression[place] for number, place in checked.places.items() if number in checked.types
    }
    assert {"bool", "int", "timestamp", "dyn", "string", "list(timestamp)", "map(string, dyn)"} <= set(found)
    assert checked.types[checked.root.id] == "bool"
    assert expression[checked.places[checked.root.id] :].startswith("&&")


def test_loops_are_folds():
    compiled = cel.NewEnv(variables=VARIABLES).compile("l.all(t, true)")
    root = read_checked(compiled.serialize()).root
    assert isinstance(root, Fold)
    assert (root.variable, root.range.name, root.start.value) == ("t", "l", True)


@pytest.mark.parametrize("data", [b"", b"\x0a\x00", wire.message(2, b""), wire.message(2, wire.message(4, b""))])
def test_what_is_no_tree(data):
    with pytest.raises(ValueError, match=r"no expression|without a kind"):
        read_checked(data)


def test_a_field_of_another_kind():
    with pytest.raises(ValueError, match="kind 5"):
        list(wire.fields(b"\x0d\x00\x00\x00\x00"))


def test_a_constant_that_no_rule_has():
    with pytest.raises(ValueError, match="bytes"):
        encode(Const(1, "bytes", b"x"))


@given(st.integers(-(2**63), 2**63 - 1), st.integers(1, 2**20))
def test_numbers(value, field):
    assert [(found, wire.signed(number)) for found, number, _ in wire.fields(wire.number(field, value))] == [
        (field, value)
    ]


@given(st.floats())
def test_doubles(value):
    ((_, _, found),) = wire.fields(wire.fixed(3, value))
    assert wire.unfixed(found) == value or math.isnan(value)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.binary())
def test_texts(text, data):
    read = list(wire.fields(wire.text(1, text) + wire.message(2, data) + wire.boolean(3, True)))
    assert read == [(1, 0, text.encode()), (2, 0, data), (3, 1, b"")]


def test_names_are_written_as_they_are():
    assert b"int@0" in encode(Ident(1, "int@0"))
