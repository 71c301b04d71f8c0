"""What is accepted for which region, how it is stored and shown, and what each refusal says."""

import phonenumbers
import pytest

from jsonattrs_core import Attribute, Invalid, Registry, Schema, SchemaError, compose
from jsonattrs_core.testing import no_sockets
from jsonattrs_phonenumbers import checks
from jsonattrs_phonenumbers.display import international

REGISTRY = Registry.installed()


def verdict(name, text):
    """The clean number, or the problem code."""
    try:
        return getattr(checks, name)(text)
    except Invalid as error:
        return error.code


def compiled(subtype, **constraints):
    attribute = Attribute("phone", "text", subtype=f"{subtype}@phonenumbers", constraints=constraints)
    return compose(Schema("s", [attribute])).compile(REGISTRY)


@pytest.mark.parametrize(
    ("region", "text", "stored"),
    [
        ("GB", "020 7946 0958", "+442079460958"),
        ("GB", "+44 (0)20 7946 0958", "+442079460958"),
        ("GB", "0044 20 7946 0958", "+442079460958"),
        ("GB", "44 20 7946 0958", "+442079460958"),
        ("GB", "\uff0b44 20 7946 0958", "+442079460958"),
        ("GB", "tel:+44-20-7946-0958", "+442079460958"),
        ("GB", "Tel: 020 7946 0958", "+442079460958"),
        ("GB", "tel:020-7946-0958;phone-context=+44", "+442079460958"),
        ("GB", "tel:020-7946-0958;phone-context=example.org", "+442079460958"),
        ("GB", "(020) 7946.0958", "+442079460958"),
        ("GB", "\u0660\u0662\u0660 \u0667\u0669\u0664\u0666 \u0660\u0669\u0665\u0668", "+442079460958"),
        ("GB", "\uff10\uff12\uff10 7946 0958", "+442079460958"),
        ("US", "011 1 202-555-0143", "+12025550143"),
        ("US", "1-800-FLOWERS", "+18003569377"),
        ("US", "+1 800 flowers", "+18003569377"),
        ("IT", "02 1234 5678", "+390212345678"),
        ("VA", "06 698 12345", "+390669812345"),
        ("AR", "011 15-2345-6789", "+5491123456789"),
        ("BR", "0xx11 96123-4567", "+5511961234567"),
        ("BR", "0 15 11 96123-4567", "+5511961234567"),
        ("ID", "0812-345-678", "+62812345678"),
        ("XK", "+383 28 012 345", "+38328012345"),
        ("AC", "62889", "+24762889"),
        ("world", "+62 812-345-678", "+62812345678"),
        ("world", "+800 1234 5678", "+80012345678"),
        ("world", "tel:7946-0958;phone-context=+4420", "+442079460958"),
    ],
)
def test_a_number_is_stored_as_e164(region, text, stored):
    assert verdict(region, text) == stored
    assert verdict(region, stored) == stored


@pytest.mark.parametrize(
    ("region", "text", "code"),
    [
        # another region's, though it may be a valid number and dialled in the same way
        ("GB", "07911 123456", "region"),  # of Guernsey
        ("GB", "+44 7911 123456", "region"),
        ("GG", "020 7946 0958", "region"),
        ("US", "+44 20 7946 0958", "region"),
        ("US", "011 44 20 7946 0958", "region"),
        ("US", "+1 876-523-0123", "region"),  # of Jamaica
        ("US", "tel:20-7946-0958;phone-context=+44", "region"),
        ("US", "+011 44 20 7946 0958", "region"),
        ("RU", "+7 7123 45 67 89", "region"),  # of Kazakhstan
        ("IT", "06 698 12345", "region"),  # of the Vatican
        ("ID", "+44", "region"),
        # no number is like that
        ("GB", "07700 900123", "component"),  # for use in drama
        ("GB", "+44 7700 900123", "component"),
        ("world", "+44 7700 900123", "component"),
        ("world", "+999 123456", "component"),
        ("GB", "+999 123456", "component"),
        ("US", "555-0123", "length"),  # possible within an area, not valid
        ("GB", "7946 0958", "length"),
        ("GB", "020 7946 095", "component"),  # some British numbers are as short, but none in London
        ("US", "202-555-014", "length"),
        ("GB", "020 7946 09581", "length"),
        ("GB", "+442", "length"),
        ("GB", "0" * 250, "length"),
        ("GB", "0" * 251, "max_length"),
        ("GB", "112", "length"),  # short numbers are another matter
        # no number at all
        ("GB", "not a phone", "format"),
        ("GB", "+", "format"),
        ("GB", "+44", "format"),
        ("GB", "1", "format"),
        ("GB", "tel:", "format"),
        ("GB", "020 7946 0958\n0959", "format"),
        ("GB", "020 7946 0958;phone-context=", "format"),
        # the country code is missing
        ("world", "020 7946 0958", "phonenumbers.country-code"),
        ("world", "0044 20 7946 0958", "phonenumbers.country-code"),
        ("world", "tel:020-7946-0958;phone-context=example.org", "phonenumbers.country-code"),
    ],
)
def test_a_refusal_says_what_is_wrong(region, text, code):
    assert verdict(region, text) == code


@pytest.mark.parametrize(
    "text",
    [
        "020 7946 0958 x12",
        "020 7946 0958 ext. 12",
        "020 7946 0958 extension 12",
        "020 7946 0958 #12",
        "020 7946 0958 - 503#",
        "020 7946 0958#",
        "020 7946 0958,,12",
        "020 7946 0958;12",
        "020 7946 0958 \u0434\u043e\u0431. 12",
        "020 7946 0958 anexo 12",
        "tel:+44-20-7946-0958;ext=12",
        # cut off by the library without a word
        "020 7946 0958/x12",
        "020 7946 0958 \\ x12",
        "tel:+44-20-7946-0958;isub=12",
        "020 7946 0958 x302/x2303",
    ],
)
def test_an_extension_is_not_dropped_but_refused(text):
    assert verdict("GB", text) == "phonenumbers.extension"


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Smith 020 7946 0958",
        "\u96fb\u8a71 020 7946 0958",
        "\u2460 020 7946 0958",
        "020 7946 0958 ab",
        "020 7946 09a58",
        "020 7946 O958",
        "z020 7946 0958",
        "*020 7946 0958",
        "020 7946 0958*",
        "020 * 7946 0958",
        "020 7946 0958 \u00e9",
        "020 7946 0958\u00b2",
        "<script>020 7946 0958",
    ],
)
def test_what_the_library_would_leave_out_is_refused(text):
    assert verdict("GB", text) == "format"


@pytest.mark.parametrize(
    "text", ["(020) 7946 0958", "[020] 7946 0958.", "~ 020/7946/0958", "\u200b020 7946 0958", "- 020 7946 0958 -"]
)
def test_punctuation_may_be_left_out(text):
    assert verdict("GB", text) == "+442079460958"


# Dependencies


@pytest.mark.parametrize(
    ("subtype", "text", "stored"),
    [
        ("gb-phone-number", "07911 123456", "+447911123456"),
        ("gb-phone-number", "07781 123456", "+447781123456"),
        ("gb-phone-number", "01534 456789", "+441534456789"),
        ("us-phone-number", "(787) 234-5678", "+17872345678"),
        ("au-phone-number", "(08) 9162 1234", "+61891621234"),
        ("fi-phone-number", "018 1234567", "+358181234567"),
        ("no-phone-number", "79 12 34 56", "+4779123456"),
        ("sh-phone-number", "8999", "+2908999"),
    ],
)
def test_numbers_of_dependencies_pass_where_the_attribute_says_so(subtype, text, stored):
    assert compiled(subtype, dependencies=True).check({"phone": text}).value == {"phone": stored}
    for strict in (compiled(subtype), compiled(subtype, dependencies=False)):
        (problem,) = strict.check({"phone": text}).problems
        assert problem.code == "region"


@pytest.mark.parametrize("text", ["+44 7700 900123", "+1 202-555-0143", "020 7946"])
def test_dependencies_let_nothing_else_pass(text):
    assert not compiled("gb-phone-number", dependencies=True).check({"phone": text}).ok


def test_a_neighbour_with_the_same_country_code_is_no_dependency():
    numbers = {"phone": "+1 506-234-5678"}, {"phone": "+1 876-523-0123"}
    assert [compiled("us-phone-number", dependencies=True).check(number).ok for number in numbers] == [False, False]


@pytest.mark.parametrize(
    ("subtype", "value"), [("gb-phone-number", "yes"), ("gb-phone-number", 1), ("id-phone-number", True)]
)
def test_dependencies_must_make_sense(subtype, value):
    with pytest.raises(SchemaError, match="dependencies"):
        compiled(subtype, dependencies=value)


# Display


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+442079460958", "+44 20 7946 0958"),
        ("+12025550143", "+1 202-555-0143"),
        ("+80012345678", "+800 1234 5678"),
        ("+390669812345", "+39 06 6981 2345"),
        ("ask Mrs Smith", "ask Mrs Smith"),
    ],
)
def test_a_number_is_shown_for_readers_anywhere(stored, shown):
    assert international(stored) == shown


# Records


@pytest.mark.parametrize(
    ("subtype", "text", "message"),
    [
        ("phone-number", "020 7946 0958", "Begin with + and the country code, as in +62 for Indonesia."),
        (
            "phone-number",
            "+44 20 7946 0958 x1",
            "This number has an extension, which cannot be stored: give the number without it.",
        ),
        ("gb-phone-number", "0" * 300, "Use at most 250 characters."),
        ("gb-phone-number", "07911 123456", "This is not valid for the country or region."),
    ],
)
def test_refusals_have_messages(subtype, text, message):
    (problem,) = compiled(subtype).check({"phone": text}).problems
    assert str(problem) == message


def test_each_region_has_its_other_name():
    subtypes = REGISTRY.subtypes
    assert subtypes["gb-telephone-number"] is subtypes["gb-phone-number@phonenumbers"]
    assert subtypes["us-telephone-number"].country == "US"


def test_there_is_no_check_of_a_region_that_there_is_not():
    for name in ("UK", "001", "gb", "ZZ", "__path__"):
        with pytest.raises(AttributeError):
            getattr(checks, name)


def test_no_socket_is_opened():
    with no_sockets() as attempts:
        verdict("GB", "020 7946 0958")
        international("+442079460958")
    assert not attempts


def test_the_library_is_trusted_where_it_only_looks_at_the_country_code():
    """The trap that `is_valid_number_for_region` is used for."""
    number = phonenumbers.parse("07911 123456", "GB")
    assert phonenumbers.is_valid_number(number)
    assert phonenumbers.region_code_for_number(number) == "GG"
