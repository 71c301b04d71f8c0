"""The table: complete, consistent, and true of the installed library."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest
import re2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jsonattrs_localflavor
from jsonattrs_core import Registry
from jsonattrs_localflavor import checks
from jsonattrs_localflavor.table import ALIASES, CHOICES, GENERIC, MASKS, PRIORITIES, ROWS

NAMES = [row[0] for row in ROWS]
EXACT = {row[0]: row[7] for row in ROWS if row[8]}
FORMS = {row[0]: row[7] for row in ROWS if row[7]}
RECORDS = {record.name: record for record in jsonattrs_localflavor.jsonattrs_subtypes()}


def check(name):
    return getattr(checks, name.replace("-", "_"))


def test_the_table_names_every_form_field_of_the_installed_library_once():
    spec = importlib.util.spec_from_file_location("check_table", Path(__file__).parents[1] / "tools/check_table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.differences() == []


def test_there_are_163_subtypes_of_62_countries():
    assert len(RECORDS) == len(ROWS) == 163
    assert len({record.country for record in RECORDS.values()} - {None}) == 62
    assert {name for name, record in RECORDS.items() if record.country is None} == GENERIC


def test_names_and_aliases_are_unique():
    names = Counter([*NAMES, *(alias for aliases in ALIASES.values() for alias in aliases)])
    assert [name for name, count in names.items() if count > 1] == []
    assert all(alias[:3] == name[:3] for name, aliases in ALIASES.items() for alias in aliases)


def test_the_table_is_in_the_order_of_countries():
    countries = [name[:2] for name in NAMES if name not in GENERIC]
    assert countries == sorted(countries)


def test_priorities():
    assert PRIORITIES == {"us-atin": 90, "us-tin-number": 90, "br-cpf": 90}
    assert {record.priority for name, record in RECORDS.items() if name not in PRIORITIES} == {50}


def test_aliases_find_their_subtype():
    registry = Registry.from_plugins({"localflavor": jsonattrs_localflavor})
    assert registry.subtypes["us-zip-code"].name == "us-post-code"
    assert registry.subtypes["br-state"].name == "br-state-choice"


def test_what_is_stored_with_letters_is_not_typed_on_a_keyboard_of_digits():
    numeric = {name for name, record in RECORDS.items() if record.input.get("inputmode") == "numeric"}
    assert {name for name in numeric if re.search("[A-Za-z]", FORMS[name])} == set()


def test_every_subtype_but_the_lists_has_a_form():
    assert {name for name in NAMES if name not in FORMS} == set(CHOICES)


@pytest.mark.parametrize("name", FORMS)
def test_forms_are_of_the_common_syntax(name):
    form = FORMS[name]
    re2.compile(form)
    assert re.search(r"\\[dwsDWSbBAZ]|\(\?|\{,", form) is None  # means something else elsewhere, or is unknown there


@pytest.mark.parametrize("name", EXACT)
def test_every_text_of_an_exact_form_is_a_clean_value(name):
    @settings(max_examples=25, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(EXACT[name], fullmatch=True))
    def accepts(text):
        assert check(name)(text) == text

    accepts()


@pytest.mark.parametrize("name", MASKS)
def test_an_example_in_the_form_of_the_mask_is_the_same_value(name):
    clean = check(name)(RECORDS[name].examples[0])
    mask = MASKS[name]
    fixed = "".join(character for character in mask if character.isalnum() and character not in "0a")
    characters = iter(re.sub("[^0-9A-Za-z]", "", clean).removeprefix(fixed))
    written = "".join(next(characters) if character in "0a*" else character for character in mask)
    assert next(characters, None) is None
    assert re.sub("[^0-9A-Za-z]", "", check(name)(written)) == re.sub("[^0-9A-Za-z]", "", clean)
