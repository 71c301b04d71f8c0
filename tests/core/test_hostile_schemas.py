"""Definitions that make no sense are faults of their schema, whatever they are."""

from __future__ import annotations

from itertools import product

import pytest

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_core.testing.probe import ATTRIBUTE
from jsonattrs_core.testing.samples import python_values
from tests.core.hostile import GOOD, ITEMS, PARAMETERS, VALUES, a_cycle, validator_of

# ---- schemas of strangers ----


def faults_of(**properties):
    """Compile a schema of one attribute; return the faults, which are all that may come of it."""
    try:
        validator_of(Attribute(**{"name": ATTRIBUTE, "type": "text", **properties}))
    except SchemaError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("base", "name"),
    [*PARAMETERS, *product(("integer", "object"), ITEMS)],
    ids=lambda part: part if isinstance(part, str) else None,
)
def test_any_parameter_makes_a_check_or_a_fault(base, name):
    for parameter in (*VALUES, *python_values(), a_cycle(list), a_cycle(dict)):
        faults_of(type=base, multiple=name in ITEMS, constraints={name: parameter})


@pytest.mark.parametrize("digits", [400, 4000, 5000])
def test_a_limit_of_many_digits_is_refused_or_can_be_said(digits):
    try:
        validator = validator_of(Attribute(ATTRIBUTE, "integer", constraints={"multiple_of": 10**digits}))
    except SchemaError:
        return
    [problem] = validator.check({ATTRIBUTE: 7}).problems
    assert str(problem)


PROPERTIES = (
    "name key type subtype label help_text group order required default initial_default choices multiple constraints "
    "unique indexed required_if visible_if omit locked status"
)


@pytest.mark.parametrize("name", PROPERTIES.split())
def test_any_property_is_understood_or_a_fault(name):
    for value in (*VALUES, *python_values(), a_cycle(list), a_cycle(dict)):
        faults_of(**{name: value})


@pytest.mark.parametrize("base", GOOD)
def test_any_choice_is_understood_or_a_fault(base):
    for value in (*VALUES, *python_values(), a_cycle(list)):
        for given_value in ([value], [value, value], [(value, "Label")], [GOOD[base], value]):
            faults_of(type=base, choices=given_value)


@pytest.mark.parametrize("base", GOOD)
def test_any_default_is_understood_or_a_fault(base):
    for value in (*VALUES, *python_values(), a_cycle(list)):
        faults_of(type=base, default=value)
        faults_of(type=base, default=value, multiple=True)
        faults_of(type=base, initial_default=[value], multiple=True)


LONG = "x" * 100_000


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({"name": LONG}, id="name"),
        pytest.param({"key": LONG}, id="key"),
        pytest.param({"type": LONG}, id="type"),
        pytest.param({"subtype": LONG}, id="subtype"),
        pytest.param({"status": LONG}, id="status"),
        pytest.param({"type": "integer", "default": LONG}, id="default"),
        pytest.param({"type": "integer", "default": [1] * 50_000}, id="default-list"),
        pytest.param({"type": "integer", "choices": [LONG]}, id="choice"),
        pytest.param({"type": "integer", "constraints": {"min": LONG}}, id="limit"),
        pytest.param({"type": "integer", "constraints": {"min": 10**4000}}, id="limit-of-many-digits"),
        pytest.param({"constraints": {LONG: 1}}, id="constraint"),
        pytest.param({"constraints": {"pattern": LONG}}, id="pattern"),
        pytest.param({"constraints": {"max_length": LONG}}, id="length"),
        pytest.param({"required_if": LONG}, id="condition"),
    ],
)
def test_a_fault_of_something_long_can_be_read(properties):
    faults = faults_of(**properties)

    assert faults
    assert max(map(len, faults)) < 1000
