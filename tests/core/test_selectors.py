"""Which schemas apply to an entity, and in which order: ``applicable`` is a function of its arguments alone."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Schema, SchemaError, compose
from jsonattrs_core.selectors import applicable

#: The schemas that apply to an entity with the selectors 1, 2, 3, in the order in which they are composed.
ORDERS = {
    1: ["*", "1"],
    2: ["**", "1*", "*2", "12"],
    3: ["***", "1**", "*2*", "12*", "**3", "1*3", "*23", "123"],
}


def tuple_of(name):
    return tuple(None if letter == "*" else int(letter) for letter in name)


@pytest.mark.parametrize("width", ORDERS, ids="{} selectors".format)
def test_the_order_compares_what_is_bound_from_the_last_selector_to_the_first(width):
    names = ORDERS[width]
    assert len(names) == 2**width
    bound = {tuple_of(name): name for name in reversed(names)}
    assert applicable(bound, tuple(range(1, width + 1))) == names


def test_the_order_of_the_design_for_organisation_and_project():
    bound = {
        ("acme", "north"): "org/project",
        (None, "north"): "any/project",
        (None, None): "any/any",
        ("acme", None): "org/any",
    }
    assert applicable(bound, ("acme", "north")) == ["any/any", "org/any", "any/project", "org/project"]


@pytest.mark.parametrize("arrangement", list(permutations(ORDERS[2])), ids="-".join)
def test_the_order_in_which_schemas_are_given_is_of_no_account(arrangement):
    assert applicable([(tuple_of(name), name) for name in arrangement], (1, 2)) == ORDERS[2]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param((1, 2), ["**", "1*", "*2", "12"], id="both values"),
        pytest.param((1, None), ["**", "1*"], id="no last value"),
        pytest.param((None, 2), ["**", "*2"], id="no first value"),
        pytest.param((None, None), ["**"], id="no value at all"),
        pytest.param((9, 2), ["**", "*2"], id="another first value"),
        pytest.param((1, 9), ["**", "1*"], id="another last value"),
        pytest.param((2, 1), ["**"], id="the values in other places"),
        pytest.param(("1", "2"), ["**"], id="a text is no number"),
    ],
)
def test_a_schema_applies_where_each_bound_value_equals_the_entitys(values, expected):
    assert applicable({tuple_of(name): name for name in ORDERS[2]}, values) == expected


@pytest.mark.parametrize("bound", [{}, [], {(3, None): "elsewhere"}], ids=["no mapping", "no pair", "none that fits"])
def test_nothing_applies(bound):
    assert applicable(bound, (1, 2)) == []


@pytest.mark.parametrize(
    ("selectors", "full"),
    [((), (None, None, None)), ((1,), (1, None, None)), ((None, 2), (None, 2, None)), ((1, 2, 3), (1, 2, 3))],
    ids=str,
)
def test_values_left_out_at_the_end_mean_any(selectors, full):
    for values in product((1, 7, None), (2, 7, None), (3, 7, None)):
        assert applicable({selectors: "it"}, values) == applicable({full: "it"}, values)


@pytest.mark.parametrize(
    ("bound", "shown"),
    [
        ([((1, 2), "a"), ((1, 2), "b")], r"\(1, 2\)"),
        ([((1,), "a"), ((1, None), "b")], r"\(1, None\)"),
        ([((), "a"), ((None, None), "b")], r"\(None, None\)"),
        ([((9, 9), "a"), ((9, 9), "b")], r"\(9, 9\)"),
    ],
    ids=["the same tuple", "one cut short", "any, twice", "of other entities"],
)
def test_two_schemas_of_one_tuple_are_an_error(bound, shown):
    with pytest.raises(SchemaError, match=f"two schemas are bound to the selectors {shown}"):
        applicable(bound, (1, 2))


def test_more_values_than_selectors_are_an_error():
    with pytest.raises(SchemaError, match="3 selector values were given, there are 2 selectors"):
        applicable({(1, 2, 3): "it"}, (1, 2))


def test_what_applies_is_ready_to_be_composed():
    bound = {(None,): Schema("default", ()), ("acme",): Schema("acme", ())}
    assert [schema.name for schema in compose(*applicable(bound, ("acme",))).schemas] == ["default", "acme"]


def selectors_of(width):
    return st.tuples(*[st.sampled_from([None, 1, 2])] * width)


@given(st.integers(1, 3).flatmap(lambda width: st.tuples(st.sets(selectors_of(width)), selectors_of(width))))
def test_in_any_set_of_schemas_the_order_is_that_of_the_reversed_flags(drawn):
    tuples, values = drawn
    found = applicable([(selectors, selectors) for selectors in tuples], values)
    fitting = [it for it in tuples if all(mine in (None, its) for mine, its in zip(it, values, strict=True))]
    assert found == sorted(fitting, key=lambda it: [value is not None for value in it][::-1])
