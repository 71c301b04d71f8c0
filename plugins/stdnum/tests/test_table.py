"""The table says what is true: of the installed python-stdnum, and of its own columns."""

import importlib
import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_core import Invalid, Registry
from jsonattrs_stdnum import checks, display, jsonattrs_subtypes
from jsonattrs_stdnum.table import PATTERNS, ROWS

TOOL = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "make_table.py"))
LIBRARY = TOOL["modules"]()
RECORDS = {record.name: record for record in jsonattrs_subtypes()}
NAMES = [name for record in RECORDS.values() for name in (record.name, *record.aliases)]


def function(module, name):
    return getattr(module, name.replace("-", "_"))


def clean_examples(record):
    return [function(checks, record.name)(example) for example in record.examples]


def test_every_module_that_checks_an_identifier_is_there():
    assert [row[0] for row in ROWS] == list(LIBRARY)
    assert len(ROWS) == 235


def test_nothing_has_changed_in_the_library():
    assert TOOL["changes"](TOOL["rows"]()) == []


def test_rows_are_written_as_the_tool_writes_them():
    source = (Path(__file__).parents[1] / "src" / "jsonattrs_stdnum" / "table.py").read_text(encoding="utf-8")
    assert "".join(map(TOOL["written"], ROWS)) in source


def test_a_new_module_gets_a_row_without_words():
    module = importlib.import_module("stdnum.us.ssn")
    row = TOOL["_row"]("xx.new_number", module, None)
    assert row[:7] == ("xx.new_number", "xx-new-number", "", "", "", "", "")
    assert all(row[7:9])
    assert row[9] == ("component",)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_a_row_is_of_its_module(row):
    module = LIBRARY[row[0]]
    assert callable(module.validate)
    assert row[10] is hasattr(module, "format")


def test_names_are_the_countrys_code_and_the_number():
    for row in ROWS:
        record = RECORDS[row[1]]
        prefix = f"{record.country.lower()}-" if record.country else ("eu-" if row[0].startswith("eu.") else "")
        assert record.name.startswith(prefix)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", record.name)
        assert record.priority == 80
        assert re.fullmatch("[a-z]+(-[a-z]+)*", record.kind)


def test_there_are_88_countries():
    assert len({record.country for record in RECORDS.values()} - {None}) == 88
    assert {RECORDS[name].country for name in ("eu-vat-number", "isbn", "iban", "vatin")} == {None}
    assert [RECORDS[name].country for name in ("in-pan", "is-vsk", "gb-utr")] == ["IN", "IS", "GB"]


def test_no_name_stands_for_two_numbers():
    assert len(NAMES) == len(set(NAMES))


def test_no_alias_is_the_name_of_a_number_of_another_plugin():
    others = {row["name"] for row in Registry.installed().describe() if row.get("provider") != "stdnum"}
    assert others.isdisjoint(alias for record in RECORDS.values() for alias in record.aliases)


#: What an alias of a kind is called, where it is not called as the kind.
TERMS = {"bank-account": "bank-account-number"}


@pytest.mark.parametrize("alias", [alias for record in RECORDS.values() for alias in record.aliases])
def test_an_alias_is_the_librarys_or_that_of_the_only_number_of_its_kind(alias):
    [record] = [record for record in RECORDS.values() if alias in record.aliases]
    same = [other.name for other in RECORDS.values() if (other.country, other.kind) == (record.country, record.kind)]
    by_kind = alias == f"{record.country.lower()}-{TERMS.get(record.kind, record.kind)}" and same == [record.name]
    assert by_kind or LIBRARY_ALIASES.get(alias) == record.name


def library_aliases():
    """Return what the packages of the library call their modules besides, with our words for theirs."""
    words = {"vat": "vat-number", "personalid": "national-id", "businessid": "business-id", "excise": "excise-number"}
    modules = {module: row[1] for row in ROWS for module in [LIBRARY[row[0]]]}
    found = {}
    for country in {row[0].partition(".")[0] for row in ROWS if "." in row[0]}:
        for name, module in vars(importlib.import_module(f"stdnum.{country}")).items():
            if not name.startswith("_") and hasattr(module, "validate"):
                found[f"{country.rstrip('_')}-{words.get(name, name)}"] = modules[module]
    return found


LIBRARY_ALIASES = library_aliases()


def test_the_librarys_vat_numbers_have_their_alias():
    names = {name for name in LIBRARY_ALIASES if name.endswith("-vat-number")}
    assert len(names) > 70
    assert names <= set(NAMES)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("us-social-security-number", "us-ssn"),
        ("id-national-id", "id-nik"),
        ("id-tax-id", "id-npwp"),
        ("de-vat-number", "de-vat-number"),
        ("at-vat-number", "at-uid"),
        ("in-vat-number", "in-gstin"),
        ("is-vat-number", "is-vsk"),
        ("be-national-id", "be-nn"),
        ("fi-business-id", "fi-ytunnus"),
    ],
)
def test_descriptive_names(alias, name):
    assert Registry.installed().subtypes[f"{alias}@stdnum"].name == name


@pytest.mark.parametrize(
    "alias",
    [
        "de-tax-id",  # of a person, or of a tax office
        "au-organisation-id",  # of a business, or of a company
        "us-tax-id",
        "fr-organisation-id",
        "eu-vat-number-id",
    ],
)
def test_what_could_be_two_numbers_is_no_alias(alias):
    assert alias not in NAMES


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_hints_fit_the_examples(record):
    shown = clean_examples(record)
    if record.format:
        shown = [function(display, record.name)(clean) for clean in shown]
    if record.input.get("inputmode") == "numeric":
        assert all(clean.isdigit() for clean in clean_examples(record))
    if "autocapitalize" in record.input:
        assert all(clean == clean.upper() for clean in clean_examples(record))
    if "mask" in record.input:
        places = {"0": "[0-9]", "a": "[A-Z]", "*": "[0-9A-Za-z]"}
        shape = "".join(places.get(place) or re.escape(place) for place in record.input["mask"])
        assert all(re.fullmatch(shape, text) for text in shown)


@pytest.mark.parametrize("name", [name for name, record in RECORDS.items() if record.format])
def test_a_display_form_is_read_as_the_same_number(name):
    for clean in clean_examples(RECORDS[name]):
        shown = function(display, name)(clean)
        assert function(checks, name)(shown) == clean


def accepted(name, text):
    try:
        return function(checks, name)(text)
    except Invalid:
        return None


@pytest.mark.parametrize("name", PATTERNS)
def test_what_matches_a_pattern_is_a_clean_value(name):
    @settings(max_examples=60)
    @given(st.from_regex(re.compile(PATTERNS[name], re.ASCII), fullmatch=True))
    def holds(text):
        assert accepted(name, text) == text

    holds()


@pytest.mark.parametrize("name", PATTERNS)
def test_a_clean_value_matches_its_pattern(name):
    pattern = re.compile(PATTERNS[name], re.ASCII)

    @settings(max_examples=120)
    @given(st.from_regex(pattern, fullmatch=True), st.integers(0, 20), st.sampled_from(["", *"059AFLNOSZ -"]))
    def holds(text, place, other):
        clean = accepted(name, text[:place] + other + text[place + 1 :])
        assert clean is None or pattern.fullmatch(clean)

    holds()
