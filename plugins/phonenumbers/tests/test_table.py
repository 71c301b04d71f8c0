"""The table says what the installed library says.

The metadata changes with each release, several times in a year. So the regions must be the same, which changes once in
years and concerns what schemas may ask for; the examples need not be those that the library has today: it is enough
that they still are examples, which the conformance kit sees to.
"""

import phonenumbers
import pytest

from jsonattrs_phonenumbers import jsonattrs_subtypes
from jsonattrs_phonenumbers.table import DEPENDENCIES, REGIONS

RECORDS = {record.name: record for record in jsonattrs_subtypes()}
CODES = [region for region, *_ in REGIONS]


def test_the_regions_are_those_of_the_library():
    new = sorted(phonenumbers.SUPPORTED_REGIONS - set(CODES))
    gone = sorted(set(CODES) - phonenumbers.SUPPORTED_REGIONS)
    assert not new, (
        f"phonenumbers {phonenumbers.__version__} has {new}: name them in table.py, and run tools/make_table.py"
    )
    assert not gone, f"phonenumbers {phonenumbers.__version__} has no {gone}: schemas that ask for them do not compile"


def test_the_regions_are_245_in_order():
    assert sorted(set(CODES)) == CODES
    assert len(CODES) == 245
    assert len(RECORDS) == 246


@pytest.mark.parametrize("home", DEPENDENCIES)
def test_dependencies_have_the_country_code_of_their_home(home):
    code = phonenumbers.country_code_for_region(home)
    assert set(DEPENDENCIES[home]) <= set(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]) - {home}
    assert RECORDS[f"{home.lower()}-phone-number"].params == ("dependencies",)


@pytest.mark.parametrize("row", REGIONS, ids=CODES)
def test_one_invalid_example_is_of_another_region(row):
    """Valid there, so it is refused for no other reason."""
    region, _, _, (foreign, _) = row
    code = phonenumbers.country_code_for_region(region)
    siblings = [other for other in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code] if other != region]
    numbers = [(phonenumbers.parse(foreign, other), other) for other in siblings or ["ID"]]
    assert any(phonenumbers.is_valid_number(number) for number, _ in numbers)
    assert not any(phonenumbers.is_valid_number_for_region(number, region) for number, _ in numbers)


def test_no_name_is_given_twice():
    names = [name for record in RECORDS.values() for name in (record.name, *record.aliases)]
    assert len(names) == len(set(names)) == 2 * 246
