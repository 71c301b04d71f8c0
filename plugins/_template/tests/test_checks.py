"""The rule, a row for each thing that the issuer says of the number."""

import doctest

import pytest
from jsonattrs_core import Invalid

from jsonattrs_template import checks


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param("NO00 0123 4522", "NO0001234522", id="as-certificates-print-it"),
        pytest.param("NO0001234522", "NO0001234522", id="without-spaces"),
        pytest.param("no00-0123-4522", "NO0001234522", id="as-people-type-it"),
        pytest.param("NO\u0660\u06600123 4522", "NO0001234522", id="digits-of-another-script"),
        pytest.param("WE9999999994", "WE9999999994", id="highest-number"),
    ],
)
def test_a_code_is_stored_in_one_form(given, stored):
    assert checks.orchard_code(given) == stored
    assert checks.orchard_code(stored) == stored
    assert checks.orchard_code(checks.grouped(stored)) == stored


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param("NO00 0123 452", "length", id="a-digit-short"),
        pytest.param("NO00 0123 45220", "length", id="a-digit-more"),
        pytest.param("0" * 100_000, "length", id="far-too-long"),
        pytest.param("0001 2345 22NO", "format", id="another-order"),
        pytest.param("NO00 0123 452?", "format", id="another-character"),
        pytest.param("XX00 0123 4551", "component", id="no-such-district"),
        pytest.param("NO00 0123 4523", "checksum", id="one-digit-changed"),
        pytest.param("NO00 0132 4522", "checksum", id="two-digits-swapped"),
    ],
)
def test_what_is_no_code_is_refused(given, code):
    with pytest.raises(Invalid) as caught:
        checks.orchard_code(given)

    assert caught.value.code == code


def test_the_docstrings_are_right():
    found = doctest.testmod(checks)

    assert found.attempted > 0
    assert found.failed == 0
