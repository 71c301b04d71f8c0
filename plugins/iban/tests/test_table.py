"""The table says what the installed library says."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from jsonattrs_iban import jsonattrs_subtypes
from jsonattrs_iban.table import COUNTRIES, HOSTS

TOOL = Path(__file__).parents[1] / "tools" / "make_table.py"


@pytest.fixture(scope="module")
def tool():
    spec = spec_from_file_location("make_table", TOOL)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_countries_are_those_of_the_library(tool):
    assert [country for country, *_ in COUNTRIES] == tool.countries()
    assert len(COUNTRIES) == 127


def test_the_table_is_what_the_tool_makes(tool):
    assert list(COUNTRIES) == tool.rows()


def test_names_are_all_different():
    names = [record.name for record in jsonattrs_subtypes()]
    assert len(names) == len(set(names)) == 129


def test_hosts_are_countries_too():
    countries = {country for country, *_ in COUNTRIES}
    assert countries.issuperset(HOSTS)
    assert countries.issuperset(HOSTS.values())
