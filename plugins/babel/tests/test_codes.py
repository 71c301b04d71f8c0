"""Codes of countries, currencies, languages and locales."""

import pytest
from babel import Locale

from jsonattrs_babel import codes
from jsonattrs_core import Attribute, Registry, Schema, compose

SUBTYPES = ["country-code", "currency-code", "language-code", "locale"]
REGISTRY = Registry.installed()
VALIDATORS = {
    name: compose(Schema("codes", [Attribute("code", "text", subtype=f"{name}@babel")])).compile(REGISTRY)
    for name in SUBTYPES
}


def check(subtype, text):
    result = VALIDATORS[subtype].check({"code": text})
    return result.value["code"] if result.ok else result.problems[0].code


@pytest.mark.parametrize(
    ("subtype", "text", "expected"),
    [
        ("country-code", "de", "DE"),
        ("country-code", "Gb", "GB"),
        ("country-code", "XK", "XK"),
        ("country-code", "\u00df", "format"),  # its upper case is SS, which is South Sudan
        ("country-code", "\uff24\uff25", "format"),
        ("country-code", "DEU", "format"),
        ("country-code", "001", "format"),
        ("country-code", "DD", "choice"),
        *(("country-code", text, "choice") for text in ("XA", "XB", "EU", "EZ", "UN", "QO", "ZZ", "UK", "AC", "IC")),
        ("currency-code", "eur", "EUR"),
        ("currency-code", "XAU", "XAU"),
        ("currency-code", "SVC", "SVC"),
        *(("currency-code", text, "choice") for text in ("DEM", "HRK", "XXX", "XTS", "CNH", "ZZZ")),
        ("currency-code", "\u20ac", "format"),
        ("language-code", "DE", "de"),
        ("language-code", "deu", "de"),
        ("language-code", "iw", "he"),
        ("language-code", "haw", "haw"),
        ("language-code", "pt-BR", "format"),
        *(("language-code", text, "choice") for text in ("und", "mul", "zxx", "xx", "srl")),
        ("locale", "pt_br", "pt-BR"),
        ("locale", "ZH-HANT-tw", "zh-Hant-TW"),
        ("locale", "zh-TW", "zh-Hant-TW"),
        ("locale", "es-419", "es-419"),
        ("locale", "zh-Hant-CN", "choice"),
        ("locale", "de-XX", "choice"),
        ("locale", "und", "choice"),
        ("locale", "root", "format"),
        ("locale", "de.UTF-8", "format"),
        ("locale", "../../etc/passwd", "format"),
    ],
)
def test_a_code_is_stored_in_its_customary_case(subtype, text, expected):
    assert check(subtype, text) == expected


@pytest.mark.parametrize(
    ("function", "least", "most"),
    [
        (codes.countries, 250, 250),
        (codes.currencies, 165, 190),
        (codes.languages, 500, 1000),
        (codes.locales, 900, 2000),
    ],
)
def test_there_are_as_many_as_the_standards_have(function, least, most):
    assert least <= len(function("en")) <= most


@pytest.mark.parametrize(
    ("function", "code", "language", "label"),
    [
        (codes.countries, "DE", "de", "Deutschland"),
        (codes.countries, "DE", "fr-CA", "Allemagne"),
        (codes.countries, "DE", None, "Germany"),
        (codes.countries, "DE", "xx-unknown", "Germany"),
        (codes.countries, "DE", "../../etc", "Germany"),
        (codes.currencies, "IDR", "id", "Rupiah Indonesia"),
        (codes.languages, "id", "de", "Indonesisch"),
        (codes.languages, "haw", "vai", "Hawaiian"),  # a language that has few names
        (codes.locales, "pt-BR", "de", "Portugiesisch (Brasilien)"),
    ],
)
def test_labels_are_in_the_language_of_the_reader(function, code, language, label):
    assert dict(function(language))[code] == label


@pytest.mark.parametrize("function", [codes.countries, codes.currencies, codes.languages, codes.locales])
def test_the_codes_and_their_order_are_the_same_in_every_language(function):
    expected = [code for code, _ in function("en")]
    assert expected == sorted(set(expected))
    for language in ("de", "ar", "ja", "zh-Hant", "vai", None):
        pairs = function(language)
        assert [code for code, _ in pairs] == expected
        assert all(label.strip() for _, label in pairs)


@pytest.mark.parametrize("subtype", SUBTYPES)
def test_every_choice_is_a_clean_value(subtype):
    function = {"country-code": codes.countries, "currency-code": codes.currencies}
    pairs = {**function, "language-code": codes.languages, "locale": codes.locales}[subtype]("en")
    for code, _ in pairs:
        assert check(subtype, code) == code
        assert check(subtype, code.swapcase()) == code


def test_every_locale_is_one_that_babel_reads():
    assert all(Locale.parse(tag, sep="-") for tag, _ in codes.locales("en"))
