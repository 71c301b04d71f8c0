"""The table says what the installed library says."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pycountry

from jsonattrs_core import Registry
from jsonattrs_iso import jsonattrs_subtypes
from jsonattrs_iso.table import COUNTRIES

TOOL = Path(__file__).parents[1] / "tools" / "make_table.py"


def test_the_table_is_what_the_tool_makes():
    spec = spec_from_file_location("make_table", TOOL)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert list(COUNTRIES) == module.rows()


def test_there_is_a_subtype_for_each_country_that_has_subdivisions():
    divided = {subdivision.country_code for subdivision in pycountry.subdivisions}
    subtypes = Registry.installed().subtypes
    assert len(divided) == 200
    assert {subtypes[f"{country.lower()}-subdivision@iso"].country for country in divided} == divided


def test_names_are_all_different():
    names = [record.name for record in jsonattrs_subtypes()]
    assert len(names) == len(set(names)) == 210
