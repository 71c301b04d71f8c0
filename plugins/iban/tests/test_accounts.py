"""Account numbers: what is accepted for which country, how it is stored and shown, and what each refusal says."""

import random
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schwifty import IBAN
from schwifty.checksum import algorithms
from schwifty.exceptions import SchwiftyException

from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose
from jsonattrs_core.testing import no_sockets
from jsonattrs_iban import accounts, jsonattrs_subtypes
from jsonattrs_iban.display import in_fours
from jsonattrs_iban.table import COUNTRIES, HOSTS

REGISTRY = Registry.installed()
CODES = [country for country, *_ in COUNTRIES]


def verdict(name, text):
    """The clean number, or the problem code."""
    try:
        return getattr(accounts, name)(text)
    except Invalid as error:
        return error.code


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("GB29NWBK60161331926819", "GB29NWBK60161331926819"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
        ("gb29nwbk60161331926819", "GB29NWBK60161331926819"),
        ("GB29\u00a0NWBK\u00a06016\u00a01331\u00a09268\u00a019", "GB29NWBK60161331926819"),
        ("NL91-ABNA-0417-1643-00", "NL91ABNA0417164300"),
        ("NO 93 8601.11.17947", "NO9386011117947"),
        ("NL\u0669\u0661ABNA\u0660\u0664\u0661\u0667\u0661\u0666\u0664\u0663\u0660\u0660", "NL91ABNA0417164300"),
        ("BJ12 0000 0000 0000 0000 0000 0001", "BJ12000000000000000000000001"),
    ],
)
def test_a_number_is_stored_without_separators(text, stored):
    assert verdict("world", text) == stored
    assert verdict("world", stored) == stored
    assert verdict("world", in_fours(stored)) == stored


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("world", "GB29NWBK60161331926818", "checksum"),
        ("world", "ES2121000418450200051331", "checksum"),  # by its national check digits alone
        ("world", "BE41091811735141", "checksum"),
        ("world", "NO8886011117900", "checksum"),  # an account for which there is no check digit
        ("world", "GB00NWBK60161331926819", "checksum"),
        ("world", "DE8937040044053201300", "length"),
        ("world", "MU17BOMM0101101030300200000MUR12345", "length"),
        ("world", "XX4312341234123412", "component"),
        ("world", "US4312341234123412", "component"),
        ("world", "GI22 NW3K 0000 0000 7099 453", "format"),
        ("world", "QQ", "format"),
        ("world", "*&^%$", "format"),
        ("world", "- . -", "format"),
        ("world", "GB29/NWBK/60161331926819", "format"),
        ("world", "IBAN GB29NWBK60161331926819", "format"),
        ("world", "GB29NWBK60161331926819 junk", "length"),
        ("world", "G\u013175NWBK000000007099453", "format"),  # the dotless i, whose capital is I
        ("world", "GB29NWBK6016133192681\u00b2", "format"),
        ("world", "x" * 256, "format"),
        ("world", "x" * 257, "max_length"),
        ("NL", "NL91ABNA0417164301", "checksum"),
        ("NL", "GB29NWBK60161331926819", "region"),
        ("NL", "XX4312341234123412", "region"),
        ("NL", "0417164300", "format"),
        ("NL", "", "format"),
    ],
)
def test_a_refusal_says_what_is_wrong(name, text, code):
    assert verdict(name, text) == code


@pytest.mark.parametrize("country", HOSTS)
def test_territories_have_the_numbers_of_the_country_that_hosts_them(country):
    sample = {"FR": "FR1420041010050500013M02606", "GB": "GB29NWBK60161331926819", "FI": "FI2112345600000785"}
    assert verdict(country, sample[HOSTS[country]]) == sample[HOSTS[country]]
    own = str(IBAN.from_bban(country, sample[HOSTS[country]][4:]))
    assert verdict(country, own) == own  # the library knows such numbers too
    assert verdict(HOSTS[country], own) == "region"


# National check digits


def with_library(text):
    """What the library says if it is asked to verify national check digits, as reading the banks lets it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(IBAN(text, validate_bban=True))
        except SchwiftyException:
            return None


@pytest.mark.parametrize("country", CODES)
def test_verdicts_are_those_of_the_library(country):
    chance = random.Random(country)
    for changed in (False, True) * 6:
        text = str(IBAN.random(country, random=chance))
        if changed:
            place = chance.randrange(4, len(text))
            account = text[4:place] + chance.choice("0123456789AZ") + text[place + 1 :]
            text = str(IBAN.from_bban(country, account, allow_invalid=True))
        found = verdict("world", text)
        assert (found if found == text else None) == with_library(text)


def test_an_algorithm_that_is_not_there_is_no_reason_to_refuse():
    """SE has national check digits, and schwifty no algorithm for them: it warns, here nothing more is checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert verdict("world", "SE4550000000058398257466") == "SE4550000000058398257466"
    assert not any(key.startswith("SE:") for key in algorithms)


def test_german_accounts_are_checked_as_their_bank_does():
    assert verdict("DE", "DE89370400440532013000") == "DE89370400440532013000"
    assert verdict("DE", "DE08370400440532013100") == "checksum"
    unknown = str(IBAN.from_bban("DE", "999999990532013100"))
    assert verdict("DE", unknown) == unknown


def test_threads_do_not_disturb_each_other():
    """The German algorithms keep their last remainder in themselves."""
    chance = random.Random(7)
    texts = [str(IBAN.random("DE", random=chance)) for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(accounts.DE, texts)) == texts


@pytest.mark.parametrize("error", [KeyError("Q"), IndexError(), ValueError("invalid literal")])
def test_an_algorithm_that_breaks_refuses(monkeypatch, error):
    class Broken:
        accepts = ()

        def validate(self, components, expected):
            raise error

    monkeypatch.setitem(algorithms, "GB:default", Broken())
    assert verdict("world", "GB29NWBK60161331926819") == "format"


# Any text


@given(text=st.text(alphabet="GBNLDE0123456789 -.\u0660\u0131\u00df", max_size=40))
def test_any_text_is_met_with_a_verdict(text):
    for name in ("world", "DE"):
        found = verdict(name, text)
        assert found in ("format", "length", "checksum", "component", "region") or verdict(name, found) == found


@pytest.mark.parametrize("name", ["XX", "UK", "gb", "__path__", "world_"])
def test_there_is_no_check_of_a_country_without_numbers(name):
    with pytest.raises(AttributeError):
        getattr(accounts, name)


# Records


def test_in_a_schema_it_is_preferred_and_shown_in_fours():
    schema = compose(Schema("s", [Attribute("account", "text", subtype="nl-iban@iban")]))
    validator = schema.compile(REGISTRY)
    assert validator.check({"account": "nl91-abna-0417-1643-00"}).value == {"account": "NL91ABNA0417164300"}
    assert str(validator.check({"account": "GB29NWBK60161331926819"}).problems[0]).endswith(
        "for the country or region."
    )
    assert {record.priority for record in jsonattrs_subtypes()} == {90}
    assert in_fours("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"


@pytest.mark.parametrize("row", COUNTRIES, ids=CODES)
def test_a_mask_has_a_place_for_each_character(row):
    _, _, (sample, *_), _, mask = row
    shown = in_fours(sample)
    allowed = {"0": str.isdigit, "a": str.isalpha, "*": str.isalnum}
    assert len(mask) == len(shown)
    for place, character in zip(mask, shown, strict=True):
        assert allowed[place](character) if place in allowed else place == character


def test_no_socket_is_opened():
    with no_sockets() as attempts:
        verdict("world", "GB29NWBK60161331926819")
    assert not attempts
