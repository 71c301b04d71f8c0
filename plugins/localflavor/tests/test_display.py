import pytest

from jsonattrs_localflavor import checks, display
from jsonattrs_localflavor.table import DISPLAYED

WRITTEN = {
    "au-abn": ("74457506140", "74 457 506 140"),
    "au-acn": ("604327504", "604 327 504"),
    "au-tfn": ("123456782", "123 456 782"),
    "fr-siren": ("752932715", "752 932 715"),
    "fr-siret": ("75293271500010", "752 932 715 00010"),
    "iban": ("GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32"),
    "ie-post-code": ("F28E50F", "F28 E50F"),
    "my-nric": ("940731077891", "940731-07-7891"),
    "no-bank-account-number": ("63450620027", "6345.06.20027"),
}


def test_all_of_them_are_tested():
    assert set(WRITTEN) == DISPLAYED


@pytest.mark.parametrize("name", WRITTEN)
def test_a_number_is_shown_as_people_write_it_and_read_again(name):
    stored, shown = WRITTEN[name]
    function = name.replace("-", "_")
    assert getattr(display, function)(stored) == shown
    assert getattr(checks, function)(shown) == stored
