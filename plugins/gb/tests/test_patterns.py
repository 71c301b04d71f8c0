"""The patterns of the table accept exactly what the rules return."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jsonattrs_gb
from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose
from jsonattrs_core.records import resolve

REGISTRY = Registry.from_plugins({"gb": jsonattrs_gb})
TABLE = {record.name: record for record in jsonattrs_gb.jsonattrs_subtypes() if record.pattern}
#: Making a generator of a long pattern takes its time.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHARACTERS = LETTERS + "0123456789"


def is_clean(name, value):
    try:
        return resolve(TABLE[name].load)(value) == value
    except Invalid:
        return False


def agree(name, value):
    assert is_clean(name, value) is bool(re.fullmatch(TABLE[name].pattern, value)), value


@pytest.mark.parametrize("name", TABLE)
@UNHURRIED
@given(data=st.data())
def test_accepts_what_fits_the_pattern(name, data):
    value = data.draw(st.from_regex(re.compile(TABLE[name].pattern, re.ASCII), fullmatch=True))
    assert is_clean(name, value)


@pytest.mark.parametrize("name", TABLE)
@UNHURRIED
@given(data=st.data())
def test_agrees_with_the_pattern_on_what_nearly_fits(name, data):
    value = list(data.draw(st.from_regex(re.compile(TABLE[name].pattern, re.ASCII), fullmatch=True)))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(value)))
        value[place : place + data.draw(st.integers(0, 1))] = data.draw(st.text(CHARACTERS, max_size=1))
    if value:
        agree(name, "".join(value))


def test_agrees_on_every_prefix_of_a_national_insurance_number():
    for pair in itertools.product(LETTERS, repeat=2):
        agree("gb-national-insurance-number", f"{''.join(pair)}123456A")


def test_agrees_on_every_date_of_a_driver_number():
    for month, day in itertools.product(range(100), repeat=2):
        agree("gb-driving-license-number", f"MORGA6{month:02}{day:02}4SM9IJ")


def test_agrees_on_every_character_that_tells_namesakes_apart():
    for character in CHARACTERS:
        agree("gb-driving-license-number", f"MORGA657054SM{character}IJ")


@pytest.mark.parametrize("name", TABLE)
def test_pattern_reaches_json_schema(name):
    schema = compose(Schema("numbers", [Attribute("number", "text", subtype=name, required=True)]))
    keywords = schema.to_json_schema(registry=REGISTRY)["properties"]["number"]
    assert keywords["format"] == name
    assert keywords["pattern"] == f"^(?:{TABLE[name].pattern})$"
