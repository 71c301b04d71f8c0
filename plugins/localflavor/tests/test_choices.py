"""The fields whose values are a list."""

import pytest

from jsonattrs_core import Invalid
from jsonattrs_localflavor import checks, choices
from jsonattrs_localflavor.members import member
from jsonattrs_localflavor.table import CHOICES, ROWS, SUGGESTIONS

FIELDS = {row[0]: row[1] for row in ROWS}


def check(name):
    return getattr(checks, name.replace("-", "_"))


def pairs(name, language=None):
    return getattr(choices, name.replace("-", "_"))(language)


@pytest.mark.parametrize("name", sorted(checks.FREE))
def test_fields_that_check_nothing_take_their_lists_only(name):
    assert member(FIELDS[name])().clean("any text at all") == "any text at all"
    with pytest.raises(Invalid) as refused:
        check(name)("any text at all")
    assert refused.value.code == "choice"
    assert [check(name)(value) for value, _ in pairs(name)] == [value for value, _ in pairs(name)]


@pytest.mark.parametrize("name", sorted(CHOICES))
def test_lists_are_pairs_of_different_values_and_labels(name):
    found = pairs(name)
    assert len({value for value, _ in found}) == len(found) > 1
    assert {type(part) for pair in found for part in pair} == {str}
    assert [value for value, _ in pairs(name, "fr")] == [value for value, _ in found]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("ae-emirate", "ae.ae_emirates:EMIRATES_NORMALIZED"),
        ("ca-province", "ca.ca_provinces:PROVINCES_NORMALIZED"),
        ("cu-province", "cu.choices:PROVINCE_NORMALIZED"),
        ("cu-region", "cu.choices:REGION_NORMALIZED"),
        ("in-state", "in_.in_states:STATES_NORMALIZED"),
        ("qa-municipality", "qa.qa_municipalities:QA_MUNICIPALITIES_NORMALIZED"),
        ("us-state", "us.us_states:STATES_NORMALIZED"),
    ],
)
def test_a_list_has_what_its_field_makes_of_names(name, where):
    known = member(where)
    assert {value for value, _ in pairs(name)} == set(known.values())
    assert {check(name)(written) for written in known} == set(known.values())


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [
        ("us-state", "GA", "Georgia"),
        ("us-state", "FM", "Federated States of Micronesia"),
        ("in-state", "CG", "Chhattisgarh"),
        ("si-post-code", "1000", "Ljubljana"),
        ("fr-department", "2A", "Corse-du-Sud"),
        ("fr-region", "44", "Grand Est"),
        ("fr-region", "42", "Alsace (until 2015)"),
        ("ma-region", "06", "Casablanca-Settat"),
        ("qa-municipality", "DA", "Doha"),
    ],
)
def test_labels(name, value, label):
    assert dict(pairs(name))[value] == label


@pytest.mark.parametrize("name", sorted(SUGGESTIONS))
def test_post_codes_are_suggested_with_their_towns(name):
    found = dict(pairs(name))
    assert found["8000"] == "8000 Aarhus C"
    assert [check(name)(value) for value in found] == list(found)
