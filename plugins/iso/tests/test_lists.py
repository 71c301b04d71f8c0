"""Codes: what is accepted, how it is stored, and in which words it is offered."""

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose
from jsonattrs_core.testing import no_sockets
from jsonattrs_iso import jsonattrs_subtypes, lists

REGISTRY = Registry.installed()
WORLD = [name.replace("-", "_") for name in (record.name for record in jsonattrs_subtypes()) if name[2] != "-"]


def verdict(name, text):
    """The clean code, or the problem code."""
    try:
        return getattr(lists, name).check(text)
    except Invalid as error:
        return error.code


@pytest.mark.parametrize(
    ("name", "text", "stored"),
    [
        ("country_alpha_2", "id", "ID"),
        ("country_alpha_3", "Idn", "IDN"),
        ("country_numeric", "004", "004"),
        ("country_numeric", "\u0663\u0666\u0660", "360"),
        ("country_subdivision", "de-by", "DE-BY"),
        ("historic_country_alpha_4", "ddde", "DDDE"),
        ("currency_alpha_3", "idr", "IDR"),
        ("currency_numeric", "008", "008"),
        ("language_alpha_2", "ID", "id"),
        ("language_alpha_3", "JAV", "jav"),
        ("script_alpha_4", "lAtN", "Latn"),
        ("DE", "de-by", "DE-BY"),
        ("FR", "fr-\u0667\u0665c", "FR-75C"),
        ("GB", "GB-ENG", "GB-ENG"),
    ],
)
def test_a_code_is_stored_in_the_case_of_its_standard(name, text, stored):
    assert verdict(name, text) == stored
    assert verdict(name, stored) == stored


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("country_alpha_2", "UK"),
        ("country_alpha_2", "\u0131d"),  # the dotless i, whose capital is I
        ("country_alpha_2", " ID"),
        ("country_alpha_2", "ID\n"),
        ("country_alpha_2", "\uff29\uff24"),
        ("country_alpha_3", "GER"),
        ("country_numeric", "4"),
        ("country_numeric", "0004"),
        ("country_numeric", "\u00b2\u2070\u2074"),
        ("country_subdivision", "BY"),
        ("historic_country_alpha_4", "DD"),
        ("currency_alpha_3", "DEM"),
        ("language_alpha_2", "in"),  # Indonesian until 1989
        ("language_alpha_3", "ger"),  # bibliographic; the terminological code is deu
        ("script_alpha_4", "Roma"),
        ("DE", "BY"),
        ("DE", "DE-XX"),
        ("DE", "FR-75C"),
        ("DE", "DEBY"),
        ("DE", "DE_BY"),
        ("ES", "e\u017f-m"),  # the long s, whose capital is S
    ],
)
def test_what_is_not_in_the_list_is_refused(name, text):
    assert verdict(name, text) == "choice"


def test_long_texts_are_refused_before_anything_else():
    assert verdict("DE", "x" * 257) == "max_length"
    assert verdict("DE", "x" * 256) == "choice"


@pytest.mark.parametrize("name", WORLD)
@given(text=st.text(max_size=8))
def test_any_text_is_met_with_a_verdict(name, text):
    assert verdict(name, text) == "choice" or verdict(name, verdict(name, text)) == verdict(name, text)


def test_a_refusal_lists_ten_codes():
    with pytest.raises(Invalid) as caught:
        lists.DE.check("DE-XX")
    assert caught.value.params["choices"] == list(lists.DE.names)[:10]
    assert caught.value.params["count"] == 16


@pytest.mark.parametrize(
    ("name", "language", "code", "label"),
    [
        ("DE", "de", "DE-BY", "Bayern"),
        ("DE", "fr", "DE-BY", "Bavière"),
        ("DE", "en", "DE-BY", "Bavaria"),
        ("DE", None, "DE-BY", "Bavaria"),
        ("DE", "xx-unknown", "DE-BY", "Bayern"),
        ("US", "de-AT", "US-CA", "Kalifornien"),
        ("RS", "sr-Latn", "RS-00", "Beograd"),
        ("NO", "nb", "NO-03", "Oslo"),
        ("country_alpha_3", "id", "DEU", "Jerman"),
        ("country_alpha_3", "en", "BOL", "Bolivia"),
        ("country_alpha_2", "pt_BR", "NL", "Países Baixos"),
        ("country_alpha_2", "zh-Hant", "DE", "德國"),
        ("country_alpha_2", "zh", "DE", "德国"),
        ("country_numeric", "fr", "276", "Allemagne"),
        ("historic_country_alpha_4", "de", "DDDE", "Deutsche Demokratische Republik"),
        ("currency_alpha_3", "fr", "IDR", "Roupie indonésienne"),
        ("language_alpha_2", "id", "id", "Bahasa Indonesia"),
        ("language_alpha_3", "de", "ind", "Indonesisch"),
        ("script_alpha_4", "de", "Cyrl", "Kyrillisch"),
    ],
)
def test_names_are_in_the_language_of_the_reader(name, language, code, label):
    assert dict(getattr(lists, name).labels(language))[code] == label


@pytest.mark.parametrize("language", ["../../etc", "de/../fr", "", "a" * 100, "de\x00", "C"])
def test_what_is_no_language_opens_no_file(language):
    expected = "Bavaria" if not language else "Bayern"
    assert dict(lists.DE.labels(language))["DE-BY"] == expected


def test_labels_that_would_be_the_same_tell_the_code():
    labels = dict(lists.AZ.labels("en"))
    assert labels["AZ-LA"] == "Lənkəran (AZ-LA)"
    assert labels["AZ-LAN"] == "Lənkəran (AZ-LAN)"
    assert labels["AZ-QBA"] == "Quba"
    for record in jsonattrs_subtypes():
        name = record.load.partition(":")[2].partition(".")[0]
        for language in ("en", "de", "id", "ru"):
            pairs = getattr(lists, name).labels(language)
            assert len({label for _, label in pairs}) == len(pairs)


def test_lists_that_are_too_long_to_choose_from_offer_less():
    assert lists.language_alpha_3.check("ace") == "ace"
    assert "ace" not in dict(lists.language_alpha_3.labels("en"))
    assert "jav" in dict(lists.language_alpha_3.labels("en"))
    assert all(len(getattr(lists, name).labels()) < 300 for name in WORLD if name != "country_subdivision")
    records = {record.name: record for record in jsonattrs_subtypes()}
    assert records["country-subdivision"].choices is records["country-subdivision"].suggestions is None
    assert records["language-alpha-3"].choices is None


@pytest.mark.parametrize(
    ("name", "database", "field"),
    [
        ("country_alpha_2", pycountry.countries, "alpha_2"),
        ("country_alpha_3", pycountry.countries, "alpha_3"),
        ("country_numeric", pycountry.countries, "numeric"),
        ("country_subdivision", pycountry.subdivisions, "code"),
        ("historic_country_alpha_4", pycountry.historic_countries, "alpha_4"),
        ("currency_alpha_3", pycountry.currencies, "alpha_3"),
        ("currency_numeric", pycountry.currencies, "numeric"),
        ("language_alpha_2", pycountry.languages, "alpha_2"),
        ("language_alpha_3", pycountry.languages, "alpha_3"),
        ("script_alpha_4", pycountry.scripts, "alpha_4"),
    ],
)
def test_a_list_is_all_that_pycountry_has(name, database, field):
    codes = {getattr(entry, field) for entry in database if hasattr(entry, field)}
    assert getattr(lists, name).names.keys() == codes
    assert all(verdict(name, code) == code for code in codes)


@pytest.mark.parametrize("name", ["HK", "ZZ", "de", "DEU", "__path__", "nothing"])
def test_there_is_no_list_without_codes(name):
    with pytest.raises(AttributeError):
        getattr(lists, name)


def test_in_a_schema_it_is_a_choice():
    schema = compose(Schema("s", [Attribute("state", "text", subtype="de-subdivision")]))
    validator = schema.compile(REGISTRY)
    assert validator.check({"state": "de-by"}).value == {"state": "DE-BY"}
    (problem,) = validator.check({"state": "FR-75C"}).problems
    assert (problem.code, problem.params["count"]) == ("choice", 16)
    offered = schema.to_json_schema("fr")["properties"]["state"]
    assert {"const": "DE-BY", "title": "Bavière"} in offered["anyOf"][0]["oneOf"]


def test_no_socket_is_opened():
    with no_sockets() as attempts:
        lists.ID.labels("id")
    assert not attempts
