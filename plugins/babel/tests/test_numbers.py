"""Numbers: what is read, what is refused, and that what is written is read as the same."""

import string
from decimal import Decimal

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_babel.locales import locale_of
from jsonattrs_babel.numbers import read_decimal
from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose

SCHEMA = compose(Schema("numbers", [Attribute(name, name) for name in ("integer", "float", "decimal")]))
NUMBERS = SCHEMA.compile(Registry.installed())
CORE = SCHEMA.compile(Registry.from_plugins())

LANGUAGES = [
    *(
        "ar",
        "ar-EG",
        "ar-MA",
        "fa",
        "hi",
        "bn",
        "my",
        "mr",
        "km",
        "de",
        "de-CH",
        "de-AT",
        "fr",
        "fr-CH",
        "pt-BR",
        "pt-PT",
    ),
    *("sv", "pl", "ru", "es", "es-MX", "he", "en", "en-US", "en-IN", "en-ZA", "ja", "th", "id", "hu", "ckb", "ur-IN"),
    *("dz", "nqo", "ff-Adlm", "zh-TW", "xx-unknown", None),
]
REFUSED = None


def read(text, language, base="decimal", validator=NUMBERS):
    result = validator.check({base: text}, from_text=True, language=language)
    return result.value[base] if result.ok else REFUSED


def code(text, language, base="decimal"):
    (problem,) = NUMBERS.check({base: text}, from_text=True, language=language).problems
    return problem.code


def number(text):
    return REFUSED if text is REFUSED else Decimal(text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "1.234.567,5", "1234567.5"),
        ("de", "1.234,5", "1234.5"),
        ("de", "1234,5", "1234.5"),
        ("de", "1234.5", "1234.5"),
        ("de", "1.000.000", "1000000"),
        ("de", "0.123", "0.123"),
        ("de", "-1.234,50", "-1234.50"),
        ("de", ",5", "0.5"),
        ("de", "+5", "5"),
        ("de-DE", "1.234,5", "1234.5"),
        ("de-AT", "1.234,5", "1234.5"),
        ("de-CH", "1'234.5", "1234.5"),
        ("de-CH", "1\u2019234.5", "1234.5"),
        ("fr", "1\u202f234,5", "1234.5"),
        ("fr", "1\u00a0234,5", "1234.5"),
        ("fr", "1 234,5", "1234.5"),
        ("fr", "1 234\u202f567,5", "1234567.5"),
        ("sv", "\u22121\u00a0234,5", "-1234.5"),
        ("sv", "-5", "-5"),
        ("en", "1,234.5", "1234.5"),
        ("en", "1,234", "1234"),
        ("en", "1.234", "1.234"),
        ("en", "\u22125", "-5"),
        ("en-IN", "12,34,567.5", "1234567.5"),
        ("en-IN", "1,234,567.5", "1234567.5"),
        ("pt-br", "1.234.567,50", "1234567.50"),
        ("ar-EG", "\u0661\u066c\u0662\u0663\u0664\u066b\u0665", "1234.5"),
        ("ar-EG", "\u061c-\u0661", "-1"),
        ("ar-EG", "1,234.5", "1234.5"),
        ("fa", "\u200e\u2212\u06f1\u06f2\u066b\u06f5", "-12.5"),
        ("fa", "\u06f1\u06f2.\u06f5", "12.5"),
        ("hi", "\u0967\u0968,\u0969\u096a,\u096b\u096c\u096d.\u096b", "1234567.5"),
        ("km", "\u17e1,\u17e5", "1.5"),
        ("km", "1.234", "1.234"),
        ("ja", "\uff11\uff12", "12"),
        ("xx-unknown", "1234.5", "1234.5"),
        (None, "1234.5", "1234.5"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(language, text, expected):
    assert read(text, language) == number(expected)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "1.234.5"),
        ("de", "12.34,5"),
        ("de", "1.23.456,5"),
        ("de", "1.2345,5"),
        ("de", "0.123,5"),
        ("de", "1.234,"),
        ("de", "1,234.5"),
        ("de", "1,5,5"),
        ("de", "1 234,5"),
        ("en", "1,23"),
        ("en", "12,34,567.5"),
        ("en", "1,234.567,8"),
        ("en", "1.234,5"),
        ("en-IN", "1,23,4567"),
        ("fr", "1  234,5"),
        ("fr", "1 234\t567,5"),
        ("fr", "1 23,5"),
        ("de-CH", "1'23"),
        ("fa", "\u06f1,\u06f2\u06f3\u06f4"),  # a Persian comma may be either
        ("km", "\u17e1.\u17e2\u17e3\u17e4"),
        ("xx-unknown", "1,234"),
        ("xx-unknown", "\u0661"),
        *((language, text) for language in ("en", "de", "fr", None) for text in ("1_000", "NaN", "Infinity", "-inf")),
        *(
            (language, text)
            for language in ("en", "de")
            for text in ("5 %", "5%", "\u20ac5", "5 EUR", "$5", "(5)", "5-")
        ),
        *(
            (language, text)
            for language in ("en", "de")
            for text in ("--5", "+-5", "- 5", "1\u00b2", "0x10", "\u221e", "1/2")
        ),
    ],
)
@pytest.mark.parametrize("base", ["integer", "float", "decimal"])
def test_what_is_no_number_in_the_language_is_refused(language, text, base):
    assert code(text, language, base) == "format"


@pytest.mark.parametrize("base", ["integer", "float", "decimal"])
@pytest.mark.parametrize("text", ["1.234", "1.000", "-12.345", "+999.999"])
@pytest.mark.parametrize("language", ["de", "de-AT", "fr", "fr-CH", "pl", "sv", "pt-BR", "es", "ru", "id", "en-DE"])
def test_what_may_be_two_numbers_is_refused(language, text, base):
    """With a decimal point, or with a separator of thousands: the core refuses it in these languages likewise."""
    assert code(text, language, base) == "format"


@pytest.mark.parametrize("language", ["de", "de-AT", "fr", "pl", "es", "sv", "en", "de-CH"])
def test_30_00_typed_in_german_is_not_3000(language):
    assert read("30.00", language) == Decimal(30)
    assert read("30.00", language, "float") == 30.0
    assert read("30.00", language, "integer") == 30


def test_1_5_typed_in_english_is_not_15():
    assert read("1,5", "en") is REFUSED


def test_1_234_5_typed_in_german_is_not_12345():
    assert read("1.234.5", "de") is REFUSED


@pytest.mark.parametrize("language", ["en", "de", "ar-EG", None])
def test_exponents_are_read_where_the_core_reads_them(language):
    assert read("1e5", language, "float") == 1e5
    assert read("1e5", language, "integer") == 100_000
    assert read("1e5", language, "decimal") is REFUSED
    assert read("1e400", language, "float") is REFUSED
    assert read("1e999999999999999999999", language, "integer") is REFUSED


def test_decimals_keep_their_zeros():
    assert str(read("1.234,500", "de")) == "1234.500"


def test_a_whole_number_of_many_digits_is_exact():
    assert read("9.223.372.036.854.775.807", "de", "integer") == 2**63 - 1
    assert read("9223372036854775807,0", "de", "integer") == 2**63 - 1
    assert code("9.223.372.036.854.775.808", "de", "integer") == "max"
    assert code("3,5", "de", "integer") == "type"


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("decimal", "9" * 101, "too_large"),
        ("decimal", "9" * 100_000, "too_large"),
        ("integer", "9" * 100_000, "syntax"),
        ("float", "9" * 100_000, "syntax"),
        ("float", "1.000" * 20_000, "syntax"),
    ],
    ids=str,
)
def test_long_texts_are_refused_before_they_are_looked_at(base, text, expected):
    assert code(text, "de", base) == expected


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("de", "1234567.50", "1.234.567,50"),
        ("de", "2024", "2024"),
        ("de", "12345", "12345"),  # 12.345 would be refused
        ("de", "12345.5", "12.345,5"),
        ("en", "12345", "12,345"),
        ("en", "2024", "2024"),
        ("en-IN", "1234567", "12,34,567"),
        ("fr", "1234567.5", "1\u202f234\u202f567,5"),
        ("sv", "-0.5", "\u22120,5"),
        ("ar-EG", "-12345.5", "\u061c-\u0661\u0662\u066c\u0663\u0664\u0665\u066b\u0665"),
        ("fa", "12", "\u06f1\u06f2"),
        ("bn", "1234567", "\u09e7\u09e8,\u09e9\u09ea,\u09eb\u09ec\u09ed"),
        ("xx-unknown", "1234567.5", "1234567.5"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(language, value, text):
    assert NUMBERS.to_text({"decimal": Decimal(value)}, language=language) == {"decimal": text}


def test_a_swiss_number_has_an_apostrophe_of_one_kind_or_the_other():
    text = NUMBERS.to_text({"decimal": Decimal(-12345)}, language="de-CH")["decimal"]
    assert text in {"-12\u2019345", "-12'345"}  # Babel 2.19 and later write the second


def test_a_float_that_needs_an_exponent_keeps_it():
    assert NUMBERS.to_text({"float": 1.5e22}, language="de") == {"float": "1,5e+22"}


DIGITS = st.text(string.digits, min_size=1, max_size=100)
DECIMALS = st.builds(
    "{}{}{}".format, st.sampled_from(["", "-"]), DIGITS, st.one_of(st.just(""), DIGITS.map(".{}".format))
)
SHORT = st.builds(
    "{}{}.{}".format, st.sampled_from(["", "-"]), st.integers(0, 9999), st.sampled_from(["000", "5", "125"])
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.one_of(DECIMALS, SHORT, st.integers(0, 10**7).map(str)))
def test_a_decimal_that_is_written_is_read_as_the_same(language, text):
    value = CORE.validate({"decimal": text})["decimal"]
    written = NUMBERS.to_text({"decimal": value}, language=language)["decimal"]
    assert str(read(written, language)) == str(value)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_that_is_written_is_read_as_the_same(language, value):
    written = NUMBERS.to_text({"float": value + 0.0}, language=language)["float"]
    assert read(written, language, "float") == value


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.integers(-(2**63), 2**63 - 1))
def test_a_whole_number_that_is_written_is_read_as_the_same(language, value):
    written = NUMBERS.to_text({"integer": value}, language=language)["integer"]
    assert read(written, language, "integer") == value


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([language for language in LANGUAGES if language != "en-ZA"]),
    st.sampled_from(["integer", "float", "decimal"]),
    st.text("0123456789.,-+eE ", max_size=12),
)
def test_what_the_core_reads_is_read_as_the_same(language, base, text):
    expected = read(text, language, base, CORE)
    if expected is not REFUSED:
        assert read(text, language, base) == expected


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.text(max_size=30))
def test_no_text_breaks_the_reader(language, text):
    for base in ("integer", "float", "decimal"):
        result = NUMBERS.check({base: text}, from_text=True, language=language)
        assert all(problem.code != "provider_error" for problem in result.problems)


def test_every_locale_reads_what_it_writes():
    values = [
        Decimal(text) for text in ("0", "-1.234", "1234", "12345", "-123456.7", "1234567.50", "999.999", "100.000")
    ]
    for language in locale_identifiers():
        for value in values:
            written = NUMBERS.to_text({"decimal": value}, language=language)["decimal"]
            assert str(read(written, language)) == str(value), (language, value)


def test_a_reader_raises_invalid_and_nothing_else():
    with pytest.raises(Invalid) as caught:
        read_decimal("x", "de")
    assert (caught.value.code, caught.value.params) == ("format", {"type": "decimal"})


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([language for language in LANGUAGES if language not in ("xx-unknown", None)]),
    st.decimals(-(10**12), 10**12, places=3),
)
def test_what_babel_writes_is_read_as_the_same_or_refused(language, value):
    locale = locale_of(language)
    written = format_decimal(value, locale=locale, decimal_quantization=False)
    assert read(written, language) in (REFUSED, value)
