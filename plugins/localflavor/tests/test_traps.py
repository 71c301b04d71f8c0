"""What goes wrong if django-localflavor is called without care, each trap by name."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jsonattrs_localflavor
from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose
from jsonattrs_localflavor import checks
from jsonattrs_localflavor.table import ROWS

REGISTRY = Registry.from_plugins({"localflavor": jsonattrs_localflavor})
SAMPLES = {row[0]: [*row[5], *row[6]] for row in ROWS}


def verdict(name, value):
    """Return what the check makes of a value, or the code with which it refuses it."""
    try:
        return getattr(checks, name.replace("-", "_"))(value)
    except Invalid as invalid:
        return (invalid.code,)


def checked(name, value, **constraints):
    attribute = Attribute("value", "text", subtype=f"{name}@localflavor", constraints=constraints)
    return compose(Schema("traps", [attribute])).compile(REGISTRY).check({"value": value})


# Digits


@pytest.mark.parametrize("digits", ["\u0661\u0662\u0663\u0664", "\uff11\uff12\uff13\uff14", "\U0001d7cf\u0662\u06634"])
def test_digits_of_other_scripts_are_folded_and_never_stored(digits):
    assert checked("za-post-code", digits).value == {"value": "1234"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pe-cui", "1234567\u00b2"),  # str.isdigit says yes, and the field keeps it
        ("pe-ruc", "2051233379\u2460"),
        ("gr-vat-number", "09022080\u00b2"),  # and int() says no, where the field does not expect it
        ("br-cpf", "123456789\u00b2\u00b2"),
        ("us-state", "il\u00b2"),
    ],
)
def test_what_only_looks_like_a_digit_is_refused(name, value):
    assert verdict(name, value) in {("format",), ("choice",)}


def test_no_value_is_stored_with_a_digit_that_is_not_ascii():
    for name, samples in SAMPLES.items():
        for sample in samples:
            found = verdict(name, sample.translate({0x30 + digit: 0x660 + digit for digit in range(10)}))
            assert not any(character.isdigit() and not character.isascii() for character in found), name
            assert found == verdict(name, sample), name


# Ends that nobody looks at


def test_za_identity_numbers_have_13_digits():
    assert verdict("za-idnr", "75033050440891") == ("length",)  # its Luhn sum is right
    assert verdict("za-idnr", "000229 0001 003") == "0002290001003"
    assert verdict("za-idnr", "000229000100") == ("length",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at-vnr", "1237 010180x"),
        ("at-vnr", "1237 0101801"),
        ("ar-post-code", "C1064%%%"),
        ("ch-ssn", "756x1234.5678.97"),
        ("de-identity-card-number", "75493130359-6004103-0903042-0"),
        ("gr-vat-number", "0090220804"),
        ("gr-amka", "140592026672"),
        ("ir-post-code", "abc-1619735744"),
        ("it-codicefiscale", "LBRRME11A01L736W07973780013"),
        ("it-iva", "+7973780013"),
        ("it-iva", "7_973_780_013"),
        ("md-license-plate-number", "K BC 123junk"),
        ("uy-ci", "1005411-2 junk"),
        ("gb-post-code", "EC1A 1BB junk"),
        ("nl-post-code", "1234 ABC"),
        ("us-post-code", "60606-12345"),
    ],
)
def test_what_does_not_belong_to_the_number_is_refused(name, value):
    assert verdict(name, value) == ("format",)


# One number, one stored form


@pytest.mark.parametrize(
    ("name", "stored", "written"),
    [
        ("br-cnpj", "64132916000188", ["64132916000188", "64132916/0001-88", "64.132.916/0001-88"]),
        ("br-cnpj", "12ABC34501DE35", ["12.ABC.345/01DE-35", "12abc34501de35"]),
        ("br-cpf", "39053344705", ["39053344705", "390.533.447-05"]),
        ("br-processo", "00026841020128210003", ["00026841020128210003", "0002684-10.2012.8.21.0003"]),
        ("ch-identity-card-number", "C1234567<0", ["C1234567<0", "c1234567<0"]),
        ("cz-rc", "8821010011", ["8821010011", "882101/0011"]),
        ("cz-rc", "520110000", ["520110000", "520110/000"]),
        (
            "de-identity-card-number",
            "7549313035D600410309030420",
            ["7549313035D-6004103-0903042-0", "7549313035d 6004103 0903042 0", "7549313035d600410309030420"],
        ),
        ("es-ccc", "20770338793100254321", ["20770338793100254321", "2077-0338-79-3100254321"]),
        ("ma-cin-number", "DR345", ["DR345", "dR345"]),
        ("md-license-plate-number", "K BC 123", ["K BC 123", "k bc 123"]),
        ("md-license-plate-number", "KBC 123", ["KBC 123", "kbc 123"]),  # another plate: the spaces tell them apart
        ("uy-ci", "10054112", ["10054112", "1005411-2", "1.005.411-2", "1.005.4112"]),
        ("uy-ci", "4098053", ["4098053", "409805-3", "409.805-3", "0.409.805-3", "04098053"]),
    ],
)
def test_a_number_is_stored_in_one_form(name, stored, written):
    assert [verdict(name, text) for text in written] == [stored] * len(written)
    assert verdict(name, stored) == stored


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("br-cnpj", "64x132.916/0001-88"),
        ("br-cnpj", "64-132-916/0001-88"),
        ("br-cpf", "390-533-447-05"),
        ("br-processo", "0002684.10.2012.8.21.0003"),
        ("ch-identity-card-number", "C123456770"),  # the field does not look at the last 7
        ("ch-identity-card-number", "a0000000<0"),  # it knows that nobody has this one, in capitals
        ("ch-identity-card-number", "\u0131123456700"),  # a dotless i is no I
        ("de-identity-card-number", "7549313035D-6004103-0903042-0-"),
        ("uy-ci", "1005411-2-"),
        ("uy-ci", "100541-5-2"),  # the field reads 100541-5, a right one, and leaves the rest
    ],
)
def test_punctuation_where_none_belongs_is_refused(name, value):
    assert verdict(name, value) == ("format",)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("882062A09002209", "882062A09002209"),
        ("8 82 06 2B 090 022 36", "882062B09002236"),
        ("882062B09002279", ("checksum",)),  # the key of a department 20
        ("882062A09002236", ("checksum",)),
        ("882062B090022", ("format",)),  # without its key
        ("882062B0900223", ("format",)),
        ("882062B090022360", ("format",)),
        ("882062B090+2236", ("format",)),
        ("882062B0900_236", ("format",)),
        ("882062B09000036", ("format",)),  # nobody's serial number
        ("682062B09002236", ("format",)),
        ("153032B09002236", ("format",)),  # before 1976 Corsica was 20
    ],
)
def test_the_key_of_people_born_in_corsica(value, found):
    assert verdict("fr-nir", value) == found


# Crashes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ro-cui", "185 472 90"),  # ValueError
        ("at-vnr", "1237 010180 x"),  # ValueError
        ("mx-rfc", "CA\u01300708045P2"),  # ValueError: a letter that is an I without regard to case
        ("es-nif", "78699688\u0130"),  # AttributeError, for the same reason
        ("ch-identity-card-number", "\u00df1234567<1"),  # TypeError: two letters in upper case
        ("id-license-plate-number", "B 12345"),  # TypeError
        ("nl-license-plate-number", "AA-12"),  # TypeError
    ],
)
def test_a_crash_of_a_field_is_a_refusal(name, value):
    assert [problem.code for problem in checked(name, value).problems] == ["format"]


def test_the_crashes_are_still_there():
    """If this fails, the library has mended one, and the comment on CRASHES wants a look."""
    from jsonattrs_localflavor.members import member

    with pytest.raises(ValueError, match="invalid literal"):
        member("ro.forms:ROCIFField")().clean("185 472 90")


JUNK = [
    "-",
    ".",
    "\u0130" * 11,
    "\u00df" * 9,
    "\u017f" * 8,
    "0" * 256,
    "A" * 256,
    "-" * 40,
    "a b c d e",
    "\u2028",
    "12 34 56 78 90",
]


def test_every_field_decides_on_the_samples_of_every_other():
    values = {sample for samples in SAMPLES.values() for sample in samples} | set(JUNK)
    for name in SAMPLES:
        for value in values:
            found = verdict(name, value)  # nothing but a text or Invalid
            if isinstance(found, str):
                assert verdict(name, found) == found, (name, value)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_clean_value_checked_again_stays_as_it_is(name, data):
    sample = data.draw(st.sampled_from(SAMPLES[name]))
    place = data.draw(st.integers(0, len(sample)))
    odd = data.draw(st.text("0123456789AEIXZaz -./_+<%\u00df\u0130\u0131\u017f\u00d1\u00b2\u0663\u00a0", max_size=3))
    found = verdict(name, sample[:place] + odd + sample[place + data.draw(st.integers(0, 2)) :])
    if isinstance(found, str):
        assert verdict(name, found) == found


# Codes


@pytest.mark.parametrize(
    ("name", "value", "code", "params"),
    [
        ("fr-rna", "5142010167", "format", {}),  # its code is a list, ["invalid"]
        ("fr-siren", "-", "format", {}),  # "required", of a text that is empty once its separators are gone
        ("ar-cbu", "123", "length", {}),  # "max_length" without a limit
        ("tr-tckimlik", "1000", "length", {}),
        ("mx-clabe", "123", "min_length", {"limit": 18}),
        ("ar-cuit", "20-10123456-5", "checksum", {}),
        ("ar-cuit", "11211111110", "component", {}),
        ("hr-license-plate-number", "PV1234AA", "component", {}),
        ("es-nif", "78699688K", "checksum", {}),
        ("gb-post-code", "x" * 257, "max_length", {"limit": 256}),
        ("us-state", "x" * 257, "max_length", {"limit": 256}),
        (
            "us-state",
            "XX",
            "choice",
            {"choices": ["AL", "AK", "AS", "AZ", "AR", "AA", "AE", "AP", "CA", "CO"], "count": 62},
        ),
    ],
)
def test_codes_and_their_parameters(name, value, code, params):
    (problem,) = checked(name, value).problems
    own = {key: said for key, said in problem.params.items() if key not in ("label", "example")}  # the core adds these
    assert (problem.code, own) == (code, params)


# Forms of clean values


@pytest.mark.parametrize(
    ("name", "value", "clean"),
    [
        ("pt-social-security-number", "10000000000", "10000000000"),  # the field returns a number
        ("au-tfn", "123 456 782", "123456782"),  # the field keeps the spaces
        ("cl-rut", "123456-0", "123.456-0"),  # the field returns .123.456-0
        ("nl-post-code", "1234AB\n", "1234 AB"),  # with the line break, the field returns 1234AB
        ("cu-province", "GTM", "GTM"),  # the field returns it, and refuses it
        ("gb-post-code", "  ec1a1bb ", "EC1A 1BB"),
        ("id-post-code", "40115", "40115"),
        ("id-post-code", "12345", ("format",)),
        ("gb-post-code", "BFPO 801", ("format",)),
        ("za-post-code", "0001", "0001"),
    ],
)
def test_clean_values(name, value, clean):
    assert verdict(name, value) == clean


def test_a_line_break_behind_a_value_is_not_stored():
    assert checked("nl-post-code", "1234AB\n", strip=False, multiline=True).value == {"value": "1234 AB"}


def test_priority_90_is_stricter():
    assert verdict("br-cpf", "111.111.111-11") == ("format",)
    assert verdict("us-atin", "123-93-1234") == ("format",)
    assert verdict("us-tin-number", "078-05-1120") == ("format",)


# Shared instances


@pytest.mark.parametrize("name", ["no-fodselsnummer", "pl-pesel", "si-emso"])
def test_a_field_remembers_nobodys_date_of_birth(name):
    check = getattr(checks, name.replace("-", "_"))
    check(SAMPLES[name][0])
    clean = next(
        cell.cell_contents for cell in check.__closure__ if cell.cell_contents.__class__.__name__ == "function"
    )
    (kept,) = (cell.cell_contents for cell in clean.__closure__)
    assert not {"birthday", "birth_date", "gender", "info"} & vars(kept).keys()


def test_one_field_serves_many_threads():
    names = [name for name in SAMPLES for _ in range(8)]
    expected = {name: [verdict(name, sample) for sample in SAMPLES[name]] for name in SAMPLES}

    def hammer(name):
        return all([verdict(name, sample) for sample in SAMPLES[name]] == expected[name] for _ in range(10))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(hammer, names))


def test_a_check_is_made_once():
    assert checks.gb_post_code is checks.gb_post_code


@pytest.mark.parametrize("module", ["checks", "choices", "display"])
def test_a_name_that_is_not_there(module):
    found = __import__(f"jsonattrs_localflavor.{module}", fromlist=["x"])
    with pytest.raises(AttributeError, match="xx_nothing"):
        found.xx_nothing  # noqa: B018
    assert {"fr_siren", "us_state", "fr_region"} & set(dir(found))
