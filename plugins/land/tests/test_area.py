"""Areas: numbers in the unit of the schema, and objects that bring theirs along."""

from decimal import Decimal, getcontext, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jsonattrs_land
from jsonattrs_core import Attribute, Registry, Schema, SchemaError, compose
from jsonattrs_land.area import display
from jsonattrs_land.units import UNITS, read_unit, square_metres

REGISTRY = Registry.from_plugins({"land": jsonattrs_land})


def validator(base, **constraints):
    attribute = Attribute("size", base, subtype="area", constraints=constraints)
    return compose(Schema("parcels", [attribute])).compile(REGISTRY)


def test_one_name_serves_two_base_types():
    assert validator("decimal").check({"size": "2.5"}).ok
    assert validator("object").check({"size": {"value": "2.5", "unit": "ha"}}).ok
    assert compose(
        Schema(
            "parcels", [Attribute("size", "decimal", subtype="area@land"), Attribute("more", "object", subtype="area")]
        )
    ).compile(REGISTRY)


@pytest.mark.parametrize("unit", UNITS)
def test_a_number_is_in_the_unit_of_the_schema(unit):
    assert validator("decimal", unit=unit).check({"size": "2.50"}).value == {"size": Decimal("2.50")}


@pytest.mark.parametrize("unit", ["bigha", "HA", "", " ha", 1, ["ha"], {"unit": "ha"}, True], ids=str)
def test_an_unknown_unit_is_a_fault_of_the_schema(unit):
    with pytest.raises(SchemaError, match=r"attribute 'size': .*the unit of an area is one of m2, a, ha") as fault:
        validator("decimal", unit=unit)
    assert len(fault.value.faults) == 1


def test_a_number_is_not_negative_and_obeys_the_schema_besides():
    check = validator("decimal", unit="ha", max="100", decimal_places=2).check
    assert check({"size": 0}).ok
    assert [problem.code for problem in check({"size": "-0.1"}).problems] == ["min"]
    assert [problem.code for problem in check({"size": "100.001"}).problems] == ["max", "decimal_places"]


def test_a_unit_is_no_constraint_of_objects():
    with pytest.raises(SchemaError):
        validator("object", unit="ha")


STORED = {
    "text": ({"value": "2.5", "unit": "ha"}, {"value": "2.5", "unit": "ha"}),
    "integer": ({"value": 400, "unit": "m2"}, {"value": "400", "unit": "m2"}),
    "float": ({"value": 0.1, "unit": "ha"}, {"value": "0.1", "unit": "ha"}),
    "whole-float": ({"value": 3.0, "unit": "ha"}, {"value": "3", "unit": "ha"}),
    "small-float": ({"value": 1e-7, "unit": "km2"}, {"value": "0.0000001", "unit": "km2"}),
    "large-float": ({"value": 1e22, "unit": "m2"}, {"value": "1" + 22 * "0", "unit": "m2"}),
    "zeros": ({"value": "+0012.500", "unit": "a"}, {"value": "12.5", "unit": "a"}),
    "zero": ({"value": "-0.00", "unit": "a"}, {"value": "0", "unit": "a"}),
    "minus-zero": ({"value": -0.0, "unit": "a"}, {"value": "0", "unit": "a"}),
    "no-whole": ({"value": ".5", "unit": "rai"}, {"value": "0.5", "unit": "rai"}),
    "no-fraction": ({"value": "5.", "unit": "rai"}, {"value": "5", "unit": "rai"}),
    "other-digits": ({"value": "\u0662.\u0665", "unit": "ha"}, {"value": "2.5", "unit": "ha"}),
    "space": ({"value": " 2.5\n", "unit": " ha "}, {"value": "2.5", "unit": "ha"}),
    "raised-two": ({"value": 1, "unit": "M\u00b2"}, {"value": "1", "unit": "m2"}),
    "type": ({"type": "SURVEYEDAREA", "unit": "ha", "value": 1}, {"value": "1", "unit": "ha", "type": "surveyedArea"}),
    "no-type": ({"value": 1, "unit": "ha", "type": None}, {"value": "1", "unit": "ha"}),
    "empty-type": ({"value": 1, "unit": "ha", "type": " "}, {"value": "1", "unit": "ha"}),
    "longest": ({"value": 100 * "9" + "." + 100 * "9", "unit": "m2"}, None),
    "longest-integer": ({"value": 10**100 - 1, "unit": "m2"}, {"value": 100 * "9", "unit": "m2"}),
}

REFUSED = {
    "empty": ({}, {"value": "required", "unit": "required"}),
    "nulls": ({"value": None, "unit": ""}, {"value": "required", "unit": "required"}),
    "blank": ({"value": " ", "unit": "\t"}, {"value": "required", "unit": "required"}),
    "no-unit": ({"value": 1}, {"unit": "required"}),
    "negative": ({"value": "-0.001", "unit": "ha"}, {"value": "min"}),
    "negative-number": ({"value": -1, "unit": "ha"}, {"value": "min"}),
    "exponent": ({"value": "1e5", "unit": "ha"}, {"value": "format"}),
    "comma": ({"value": "2,5", "unit": "ha"}, {"value": "format"}),
    "unit-inside": ({"value": "2.5 ha", "unit": "ha"}, {"value": "format"}),
    "point": ({"value": ".", "unit": "ha"}, {"value": "format"}),
    "sign": ({"value": "-", "unit": "ha"}, {"value": "format"}),
    "not-a-number": ({"value": "NaN", "unit": "ha"}, {"value": "format"}),
    "underscore": ({"value": "1_000", "unit": "ha"}, {"value": "format"}),
    "superscript": ({"value": "2\u00b2", "unit": "ha"}, {"value": "format"}),
    "boolean": ({"value": True, "unit": "ha"}, {"value": "type"}),
    "list": ({"value": [1], "unit": ["ha"], "type": {}}, {"value": "type", "unit": "type", "type": "type"}),
    "number-as-unit": ({"value": 1, "unit": 2}, {"unit": "type"}),
    "unknown-unit": ({"value": 1, "unit": "bigha"}, {"unit": "choice"}),
    "unknown-type": ({"value": 1, "unit": "ha", "type": "guessed"}, {"type": "choice"}),
    "unknown-member": ({"value": 1, "unit": "ha", "Value": 1}, {"Value": "unknown"}),
    "odd-member": ({"value": 1, "unit": "ha", "a\nb" + 99 * "c": 1}, {"a\\nb" + 60 * "c": "unknown"}),
    "many-digits": ({"value": 101 * "9", "unit": "ha"}, {"value": "too_large"}),
    "many-places": ({"value": "0." + 101 * "9", "unit": "ha"}, {"value": "too_large"}),
    "huge-float": ({"value": 1e300, "unit": "ha"}, {"value": "too_large"}),
    "tiny-float": ({"value": 1e-320, "unit": "ha"}, {"value": "too_large"}),
    "long": ({"value": 100_000 * "9", "unit": 100_000 * "x"}, {"value": "too_large", "unit": "choice"}),
}


@pytest.mark.parametrize(("given_", "clean"), STORED.values(), ids=STORED)
def test_stores_one_form(given_, clean):
    result = validator("object").check({"size": given_})
    assert not result.problems
    assert result.value == {"size": clean or given_}
    assert list(result.value["size"]) == [name for name in ("value", "unit", "type") if name in result.value["size"]]


@pytest.mark.parametrize(("given_", "codes"), REFUSED.values(), ids=REFUSED)
def test_refuses_with_a_reason_at_its_place(given_, codes):
    problems = validator("object").check({"size": given_}).problems
    assert {problem.path[1]: problem.code for problem in problems} == codes
    assert {problem.path[0] for problem in problems} == {"size"}


def test_a_flood_of_members_is_not_answered_one_by_one():
    problems = validator("object").check({"size": {str(place): 1 for place in range(10_000)}}).problems
    assert len(problems) == 102


@settings(deadline=None)
@given(st.decimals(0, 10**20, allow_nan=False, places=10), st.sampled_from(sorted(UNITS)))
def test_equal_areas_are_stored_alike(value, unit):
    check = validator("object").check
    stored = {repr(check({"size": {"value": text, "unit": unit}}).value) for text in (f"{value}", f"00{value}000")}
    assert len(stored) == 1


SHOWN = {
    "hectares": ({"value": "2.5", "unit": "ha"}, "2.5 ha"),
    "square-metres": ({"value": "400", "unit": "m2", "type": "officialArea"}, "400 m\u00b2"),
    "acres": ({"value": "1", "unit": "acre"}, "1 acre"),
}


@pytest.mark.parametrize(("area", "text"), SHOWN.values(), ids=SHOWN)
def test_shows_number_and_unit(area, text):
    assert display(area) == text


METRES = {
    "m2": "1",
    "a": "100",
    "ha": "10000",
    "km2": "1000000",
    "sqft": "0.09290304",
    "sqyd": "0.83612736",
    "acre": "4046.8564224",
    "sqmi": "2589988.110336",
    "sqwa": "4",
    "ngan": "400",
    "rai": "1600",
}


def test_sizes_of_units():
    assert {unit: str(size.size) for unit, size in UNITS.items()} == METRES
    foot, yard = Decimal("0.3048"), Decimal("0.9144")
    assert UNITS["sqft"].size == foot**2
    assert UNITS["sqyd"].size == yard**2
    assert UNITS["acre"].size == 4840 * yard**2
    assert UNITS["sqmi"].size == 640 * UNITS["acre"].size
    assert UNITS["rai"].size == 4 * UNITS["ngan"].size == 400 * UNITS["sqwa"].size


def test_square_metres_are_exact_in_every_context():
    with localcontext() as context:
        context.prec = 3
        exact = square_metres(Decimal("1.23456"), "acre")
    assert exact == Decimal("4996.087064838144")
    assert getcontext().prec > 3


def test_reads_units():
    assert read_unit("KM\u00b2") == "km2"
    assert read_unit("hectares") is None
