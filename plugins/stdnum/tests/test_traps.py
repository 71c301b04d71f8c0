"""What python-stdnum takes, changes or breaks on, and what is made of it here."""

import pytest
from stdnum.exceptions import ValidationError

from jsonattrs_core import Attribute, Invalid, Problem, Registry, Schema, compose
from jsonattrs_stdnum import checks, display
from jsonattrs_stdnum.upstream import CRASHES, validator

REGISTRY = Registry.installed()


def verdict(subtype, value, **constraints):
    """Return the clean value, or the codes of the problems."""
    attribute = Attribute("value", "text", subtype=f"{subtype}@stdnum", constraints=constraints)
    result = compose(Schema("traps", [attribute])).compile(REGISTRY).check({"value": value})
    return result.value["value"] if result.ok else [problem.code for problem in result.problems]


CODES = {
    ("us-ssn", "1112-23333"): "format",
    ("us-ssn", "666-00-0000"): "component",
    ("ar-dni", "2012345699"): "length",
    ("ar-cbu", "2810590940090418135201"): "checksum",
    ("us-atin", "no number"): "format",
}


@pytest.mark.parametrize(("refused", "code"), CODES.items(), ids=str)
def test_the_librarys_errors_have_the_codes_of_the_core(refused, code):
    assert verdict(*refused) == [code]


@pytest.mark.parametrize("code", sorted({*CODES.values()}))
def test_the_cores_messages_need_no_parameters(code):
    assert "%" not in str(Problem(("value",), code, {}, "stdnum"))


@pytest.mark.parametrize(
    ("subtype", "value"),
    [
        ("iso6346", "CSQU30543\u06683"),
        ("iso6346", "\u0391SQU3054383"),  # Alpha
        ("pt-cc", "\u0661\u0660\u0661\u0664\u0669\u0660\u0668\u0660\u0661ZY\u0660"),
        ("gh-tin-number", "C0000B03562"),
    ],
)
def test_an_exception_that_is_none_of_the_librarys_own_is_a_refusal(subtype, value):
    with pytest.raises(CRASHES) as crash:
        validator(subtype.replace("-", "_"))(value)
    assert not isinstance(crash.value, ValidationError)
    assert verdict(subtype, value) == ["format"]


@pytest.mark.parametrize(
    ("subtype", "value"),
    [
        ("eu-excise", "LU \u0669\u0668\u0667ABC"),
        ("ie-pps", "\u0666\u0664\u0663\u0663\u0664\u0663\u0665F"),
        ("iso11649", "RF18 5390 0754 703\u0664"),
        ("iso11649", "RF\u0661\u0668539007547034"),
        ("lei", "213800KUD8LAJWSQ9D1\u0665"),
        ("si-maticna", "933131000\u0660"),
        ("fi-hetu", "131052-30\u0668T"),
        ("fr-accise", "FR023004N944\u2078"),  # superscript eight
        ("fr-rcs", "RCS Nan\u00b2y B 323 159 715"),
    ],
)
def test_digits_of_other_scripts_are_refused(subtype, value):
    assert verdict(subtype, value) in (["format"], ["checksum"])


@pytest.mark.parametrize(
    ("subtype", "value", "clean"),
    [
        ("eg-tn", "\u0663\u0663\u0661-\u0661\u0660\u0665-\u0662\u0666\u0668", "331105268"),
        ("us-ssn", "\uff15\uff13\uff16-\uff19\uff10-\uff14\uff13\uff19\uff19", "536904399"),
        ("us-ssn", "536\u201390\u20144399", "536904399"),  # dashes
        ("by-unp", "\u0423\u041d\u041f \u041c\u04101953684", "MA1953684"),  # Cyrillic letters
    ],
)
def test_what_the_library_folds_is_stored_as_ascii(subtype, value, clean):
    assert verdict(subtype, value) == clean


@pytest.mark.parametrize(
    ("subtype", "value"),
    [
        ("ad-nrt", "U132950\u00ba"),  # str.isalpha
        ("es-cae", "ES00008V1488\u00aa"),
        ("fr-accise", "FR023004N944\u00bd"),  # not looked at
        ("fr-accise", "FR023004N944\u20ac"),
        ("eu-excise", "LU 987AB\u0149"),
        ("eu-banknote", "X\u03915370810262"),
    ],
)
def test_letters_of_other_scripts_are_refused_where_the_number_has_none(subtype, value):
    assert verdict(subtype, value) == ["format"]


@pytest.mark.parametrize(
    ("subtype", "value"),
    [
        ("de-handelsregisternummer", "K\u00f6ln HRB 49263"),
        ("fr-rcs", "RCS B\u00e9ziers B 323159715"),
        ("mx-rfc", "\u00d1ODE561231GR8"),
        ("vatin", "MX\u00d1ODE561231GR8"),
    ],
)
def test_letters_outside_ascii_are_kept_where_the_number_has_them(subtype, value):
    assert verdict(subtype, value) == value


@pytest.mark.parametrize(
    ("subtype", "value"),
    [
        ("no-bank-account-number", "0000 00 00000"),  # its first zeros are dropped, and then missed
        ("gs1-128", "3110003611000000537014"),  # sorted into something else each time
        ("gs1-128", "((("),  # nothing is left
    ],
)
def test_what_would_change_once_stored_is_refused(subtype, value):
    assert verdict(subtype, value) in (["format"], ["length"])


def test_a_line_break_in_the_middle_is_not_stored():
    with pytest.raises(Invalid, match="format"):
        checks.tn_mf("023302 \nLAM 000")


@pytest.mark.parametrize(
    ("subtype", "value", "expected"),
    [
        ("za-idnr", "7503305044089 ", "7503305044089"),
        ("za-idnr", "7503305044089\n", ["length"]),
        ("us-ssn", "536-90-4399\n", "536904399"),
    ],
)
def test_a_line_break_at_the_end_is_not_stored(subtype, value, expected):
    assert verdict(subtype, value, strip=False, multiline=True) == expected


def test_identity_numbers_of_south_africa_have_thirteen_digits():
    assert verdict("za-idnr", "75033050440891") == ["length"]


def test_a_long_text_is_refused_before_the_library_sees_it(monkeypatch):
    seen = []
    check = checks._check(lambda text: seen.append(text) or text, lambda clean: True)
    with pytest.raises(Invalid, match="max_length") as refusal:
        check("5" * (checks.MAX_LENGTH + 1))
    assert (refusal.value.params, seen) == ({"limit": 256}, [])
    assert check("5" * checks.MAX_LENGTH) == "5" * checks.MAX_LENGTH


def test_faults_of_the_installation_are_no_refusals():
    def without_its_data(text):
        raise FileNotFoundError(text)

    with pytest.raises(FileNotFoundError):
        checks._check(without_its_data, lambda clean: True)("5")


@pytest.mark.parametrize(
    ("function", "clean"),
    [
        ("isan", "000000018947000000000000"),  # the library adds check digits
        ("ismn", "M345246805"),  # the library writes 979-0
    ],
)
def test_a_display_form_that_is_another_value_is_not_shown(function, clean):
    assert getattr(checks, function)(clean) == clean
    assert getattr(display, function)(clean) == clean


@pytest.mark.parametrize("module", [checks, display])
def test_there_are_no_functions_but_those_of_the_table(module):
    assert {"us_ssn", "id_npwp"} <= set(dir(module))
    assert not hasattr(module, "luhn")
