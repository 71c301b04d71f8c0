"""The plugin says what the library says, and where it does not, the README says why."""

import random
import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumberFormat

from jsonattrs_core import Invalid
from jsonattrs_phonenumbers import checks
from jsonattrs_phonenumbers.display import international
from jsonattrs_phonenumbers.table import REGIONS

FORMATS = (
    PhoneNumberFormat.E164,
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.NATIONAL,
    PhoneNumberFormat.RFC3966,
)
CODES = [region for region, *_ in REGIONS]
#: What the plugin is stricter about: letters, which the library may leave out, and stars.
LEFT_OUT = re.compile("[a-z*]", re.IGNORECASE)


def library(region, text):
    """What the library makes of a text, None if it refuses it or finds an extension."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number_for_region(number, region):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def plugin(region, text):
    try:
        return getattr(checks, region)(text)
    except Invalid:
        return None


def written(region, chance):
    """Example numbers of a region, as people write them, and with a digit or a sign changed."""
    kinds = [phonenumbers.example_number_for_type(region, kind) for kind in range(11)]
    elsewhere = chance.choice(CODES)
    for number in filter(None, kinds):
        for form in FORMATS:
            text = phonenumbers.format_number(number, form)
            place = chance.randrange(len(text))
            yield from (text, text[:place] + chance.choice("0123456789+ -./()") + text[place + 1 :], text[:-1])
        yield phonenumbers.format_out_of_country_calling_number(number, elsewhere)
    yield phonenumbers.format_out_of_country_calling_number(phonenumbers.example_number(elsewhere), region)


@pytest.mark.parametrize("region", CODES)
def test_verdicts_are_those_of_the_library(region):
    for text in written(region, random.Random(region)):
        expected = library(region, text)
        found = plugin(region, text)
        if found != expected:
            assert found is None
            assert LEFT_OUT.search(text.removeprefix("tel:")), text
        if found is not None:
            assert plugin(region, found) == found
            assert plugin(region, international(found)) == found


@given(
    text=st.text(alphabet="0123456789+ -()x;=#*a\u0660\uff0b", max_size=20),
    region=st.sampled_from(["GB", "US", "IT", "AT", "BR"]),
)
def test_whatever_is_typed_is_met_with_a_verdict(text, region):
    found = plugin(region, text)
    assert found is None or (found == library(region, text) and plugin(region, found) == found)


@given(text=st.text(max_size=250))
def test_any_text_is_met_with_a_verdict(text):
    for region in ("world", "DE"):
        found = plugin(region, text)
        assert found is None or re.fullmatch(r"\+[1-9][0-9]{1,14}", found)
