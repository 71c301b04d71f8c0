import pytest

from jsonattrs_localflavor import checks, display
from jsonattrs_localflavor.table import DISPLAYED

WRITTEN = {
    "au-abn": ("74457506140", "74 457 506 140"),
    "au-acn": ("604327504", "604 327 504"),
    "au-tfn": ("123456782", "123 456 782"),
    "br-cnpj": ("64132916000188", "64.132.916/0001-88"),
    "br-cpf": ("39053344705", "390.533.447-05"),
    "br-processo": ("00026841020128210003", "0002684-10.2012.8.21.0003"),
    "cz-rc": ("8821010011", "882101/0011"),
    "de-identity-card-number": ("7549313035D600410309030420", "7549313035D-6004103-0903042-0"),
    "es-ccc": ("20770338793100254321", "2077 0338 79 3100254321"),
    "fr-siren": ("752932715", "752 932 715"),
    "fr-siret": ("75293271500010", "752 932 715 00010"),
    "iban": ("GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32"),
    "ie-post-code": ("F28E50F", "F28 E50F"),
    "my-nric": ("940731077891", "940731-07-7891"),
    "no-bank-account-number": ("63450620027", "6345.06.20027"),
    "uy-ci": ("10054112", "1.005.411-2"),
}


def test_all_of_them_are_tested():
    assert set(WRITTEN) == DISPLAYED


@pytest.mark.parametrize("name", WRITTEN)
def test_a_number_is_shown_as_people_write_it_and_read_again(name):
    stored, shown = WRITTEN[name]
    function = name.replace("-", "_")
    assert getattr(display, function)(stored) == shown
    assert getattr(checks, function)(shown) == stored


@pytest.mark.parametrize(
    ("name", "stored", "shown"),
    [("cz-rc", "520110000", "520110/000"), ("uy-ci", "4098053", "409.805-3")],
)
def test_a_shorter_number_is_shown_with_its_punctuation_too(name, stored, shown):
    function = name.replace("-", "_")
    assert getattr(display, function)(stored) == shown
    assert getattr(checks, function)(shown) == stored
