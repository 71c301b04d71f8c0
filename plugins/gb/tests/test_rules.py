"""Each rule by a table: what is stored, what is shown, and what is refused with which code."""

import doctest
import importlib
import pkgutil

import pytest

import jsonattrs_gb
from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose
from jsonattrs_core.records import resolve

REGISTRY = Registry.from_plugins({"gb": jsonattrs_gb})
TABLE = {record.name: record for record in jsonattrs_gb.jsonattrs_subtypes()}
MODULES = [f"jsonattrs_gb.{module.name}" for module in pkgutil.iter_modules(jsonattrs_gb.__path__)]

STORED = {
    "gb-driving-license-number": {
        "MORGA657054SM9IJ": "MORGA657054SM9IJ",
        "morga 657054 sm 9ij": "MORGA657054SM9IJ",
        "MORGA-657054-SM9IJ-35": "MORGA657054SM9IJ",  # as on the photocard: the issue number is left out
        "MORGA657054SM9IJ00": "MORGA657054SM9IJ",
        "MAN99657054SM9IJ": "MAN99657054SM9IJ",
        "M9999657054S99IJ": "M9999657054S99IJ",  # one forename
        "MORGA657054999IJ": "MORGA657054999IJ",  # none
        "MORGA607054SM9IJ": "MORGA607054SM9IJ",  # a man born in July
        "MORGA660314SM2IJ": "MORGA660314SM2IJ",
        "MORGA602294SMAIJ": "MORGA602294SMAIJ",  # 29 February, of whatever year
    },
    "gb-national-insurance-number": {
        "AB123456C": "AB123456C",
        "ab 12 34 56 c": "AB123456C",
        "AB-12-34-56-C": "AB123456C",
        "PY000000A": "PY000000A",
        "NG123456D": "NG123456D",  # only BG is kept back, not the letters in other company
    },
    "gb-company-number": {
        "01234567": "01234567",
        "1234567": "01234567",
        "1": "00000001",
        "10000000": "10000000",
        "SC000001": "SC000001",
        "SC123456": "SC123456",
        "sc 1234": "SC001234",
        "R0000567": "R0000567",
        "R567": "R0000567",
        "OE012345": "OE012345",  # younger than the published list of prefixes
        "IP12345R": "IP12345R",
        "SP2345RS": "SP2345RS",
    },
    "gb-vehicle-registration-number": {
        "DE51 ABC": "DE51ABC",
        "A123 ABC": "A123ABC",
        "Q1 ABC": "Q1ABC",
        "ABC 123A": "ABC123A",
        "1234 AB": "1234AB",
        "1234 A": "1234A",
        "123 ABC": "123ABC",
        "12 A": "12A",
        "ABC 123": "ABC123",
        "A 12": "A12",
        "AB 1234": "AB1234",
        "ABZ 1234": "ABZ1234",
        "1234 ABZ": "1234ABZ",
        "a 1": "A1",
    },
    "gb-unique-learner-number": {"9276308686": "9276308686", "927 630 8686": "9276308686"},
    "gb-unique-property-reference-number": {"100023336956": "100023336956", "000000199356": "199356", "1": "1"},
    "gb-title-number": {
        "CS72510": "CS72510",
        "tgl 312172": "TGL312172",
        "P7073": "P7073",
        "1": "1",
        "Z1Z": "Z1Z",
        "CS072510": "CS72510",
        "CS 000001": "CS1",
        "000123": "123",
        "ABC01234T": "ABC1234T",
        "CS100000": "CS100000",
        "ABC12345T": "ABC12345T",
    },
    "gb-eori-number": {
        "GB012345678000": "GB012345678000",
        "xi 012345678-000": "XI012345678000",
        "GB012345678000000": "GB012345678000000",
        "xi 012345678 000 000": "XI012345678000000",
    },
    "gb-accounts-office-reference": {
        "123PA00045678": "123PA00045678",
        "123pa45678": "123PA00045678",
        "123PA 4567 X": "123PA0004567X",
    },
    "gb-gss-code": {"E92000001": "E92000001", "k02000001": "K02000001"},
    "gb-sort-code": {"089999": "089999", "08-99-99": "089999", "08 99 99": "089999"},
    "gb-bank-account-number": {
        "66374958": "66374958",
        "6374958": "06374958",
        "374958": "00374958",
        "6637 4958": "66374958",
    },
}

REFUSED = {
    "gb-driving-license-number": {
        "MORGA600054SM9IJ": "component",  # month 0
        "MORGA613054SM9IJ": "component",
        "MORGA663054SM9IJ": "component",
        "MORGA650054SM9IJ": "component",
        "MORGA699054SM9IJ": "component",
        "MORGA657004SM9IJ": "component",  # day 0
        "MORGA657324SM9IJ": "component",
        "MORGA611314SM9IJ": "component",  # 31 November
        "MORGA652304SM9IJ": "component",  # 30 February
        "MORGA657054SM9I": "length",
        "MORGA657054SM9IJK": "length",
        "MORGA657054SM9IJ3": "length",
        "MORGA657054SM9IJ357": "length",
        "12345678": "length",  # Northern Ireland
        "9ORGA657054SM9IJ": "format",  # 9 fills up behind the name
        "M9RGA657054SM9IJ": "format",
        "99999657054SM9IJ": "format",
        "MORGA6570549S9IJ": "format",
        "MORGA657054SM0IJ": "format",
        "MORGA657054SMOIJ": "format",
        "MORGA657054SM9I1": "format",
        "MORGA65705XSM9IJ": "format",
    },
    "gb-national-insurance-number": {
        "QQ123456C": "component",  # the example on the forms, made so as to be nobody's
        "QQ 12 34 56 A": "component",
        **{f"{letter}A123456A": "component" for letter in "DFIQUV"},
        **{f"A{letter}123456A": "component" for letter in "DFIOQUV"},
        **{f"{prefix}123456A": "component" for prefix in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")},
        "AB123456": "format",
        "AB123456E": "format",
        "AB12345C": "format",
        "11A11111": "format",  # a temporary reference number
    },
    "gb-company-number": {
        "123456789": "format",
        "SC1234567": "format",
        "S1234567": "format",
        "SCO12345": "format",
        "ABC12345": "format",
        "SC12ABCD": "format",
        "SC": "format",
        "0": "component",
        "00000000": "component",
        "SC0": "component",
        "R0000000": "component",
        "000000000": "format",
    },
    "gb-vehicle-registration-number": {
        "DE51 ABCD": "format",
        "DE5 1AB": "format",
        "DE511 ABC": "format",
        "12345 A": "format",
        "ABCD 123": "format",
        "A1 A": "format",
        "12345": "format",
        "ABC": "format",
        "101 D 234": "format",  # a diplomatic plate
    },
    "gb-unique-learner-number": {
        "9276308687": "checksum",
        "9276038686": "checksum",  # two digits changed places
        "9999999999": "checksum",  # stands for an unknown learner
        "0276308686": "component",
        "927630868": "length",
        "92763086860": "length",
        "927630868X": "format",
    },
    "gb-unique-property-reference-number": {
        "1234567890123": "length",
        "0000000000001": "length",
        "000000000000": "component",
        "12a": "format",
        "1.5": "format",
    },
    "gb-title-number": {
        "ABCD12345": "format",
        "CS": "format",
        "CS72510A": "format",
        "CS7251000": "format",
        "ABC123456Z": "length",
        "0": "component",
        "000000": "component",
        "CS0": "component",
        "Z0Z": "component",
    },
    "gb-eori-number": {
        "FR012345678000": "region",
        "GB01234567800": "format",
        "GB0123456780000": "format",
        "GB01234567800000": "format",
        "GB0123456780000000": "format",
        "GB01234567800X": "format",
    },
    "gb-accounts-office-reference": {
        "123/AB456": "format",  # the employer PAYE reference
        "123PA123456789": "format",
        "12PA00045678": "format",
        "123PA": "format",
        "123PA000456XX": "format",
    },
    "gb-gss-code": {"92000001": "format", "E9200000": "format", "E920000011": "format", "EN2000001": "format"},
    "gb-sort-code": {"08999": "length", "0899990": "length", "O89999": "format", "08.99.99": "format"},
    "gb-bank-account-number": {"12345": "length", "123456789": "length", "1234567890": "length", "6637495X": "format"},
}

EVERYWHERE = {
    "too-long": ("1" * 257, "max_length"),
    "far-too-long": ("A" * 100_000, "max_length"),
    "superscript": ("\u00b2" * 6, "format"),
    "dotless-i": ("MORGA657054SM9\u0131J", "format"),
    "sharp-s": ("AB\u00df23456C", "format"),
    "cyrillic": ("\u0410" * 9, "format"),
    "emoji": ("\U0001f600", "format"),
}


def rows(table):
    return [
        pytest.param(name, value, said, id=f"{name}-{value}")
        for name, of in table.items()
        for value, said in of.items()
    ]


def validator(name):
    return compose(Schema("numbers", [Attribute("number", "text", subtype=name)])).compile(REGISTRY)


@pytest.mark.parametrize(("name", "value", "clean"), rows(STORED))
def test_stores(name, value, clean):
    check = resolve(TABLE[name].load)
    assert check(value) == clean
    assert check(clean) == clean


@pytest.mark.parametrize(("name", "value", "code"), rows(REFUSED))
def test_refuses(name, value, code):
    problems = validator(name).check({"number": value}).problems
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(("value", "code"), EVERYWHERE.values(), ids=EVERYWHERE)
@pytest.mark.parametrize("name", TABLE)
def test_refuses_everywhere(name, value, code):
    with pytest.raises(Invalid) as refusal:
        resolve(TABLE[name].load)(value)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", TABLE)
def test_folds_digits_of_other_scripts(name):
    for clean in STORED[name].values():
        arabic = clean.translate({ord(str(digit)): 0x0660 + digit for digit in range(10)})
        assert resolve(TABLE[name].load)(arabic) == clean


@pytest.mark.parametrize("sign", [0xA0, 0x2007, 0x202F, *range(0x2010, 0x2016), 0x2212], ids=hex)
@pytest.mark.parametrize("name", TABLE)
def test_leaves_out_spaces_and_dashes_of_every_kind(name, sign):
    for value, clean in STORED[name].items():
        assert resolve(TABLE[name].load)(value.replace(" ", chr(sign)).replace("-", chr(sign))) == clean
        assert resolve(TABLE[name].load)(f"{clean[:2]}{chr(sign)}{clean[2:]}") == clean


@pytest.mark.parametrize(("name", "value", "clean"), rows(STORED))
def test_what_is_shown_is_accepted_and_means_the_same(name, value, clean):
    record = TABLE[name]
    if record.format:
        assert resolve(record.load)(resolve(record.format)(clean)) == clean


SHOWN = {
    "gb-driving-license-number": ("MORGA657054SM9IJ", "MORGA 657054 SM9IJ"),
    "gb-national-insurance-number": ("AB123456C", "AB 12 34 56 C"),
    "gb-vehicle-registration-number": ("DE51ABC", "DE51 ABC"),
    "gb-eori-number": ("GB012345678000", "GB 012345678 000"),
    "gb-sort-code": ("089999", "08-99-99"),
}


@pytest.mark.parametrize(("name", "clean", "shown"), [(name, *pair) for name, pair in SHOWN.items()], ids=SHOWN)
def test_shows(name, clean, shown):
    assert resolve(TABLE[name].format)(clean) == shown


def test_every_rule_is_in_the_tables_of_this_test():
    assert set(STORED) == set(REFUSED) == set(TABLE)
    assert set(SHOWN) == {name for name, record in TABLE.items() if record.format}


def test_both_spellings_of_licence():
    subtypes = REGISTRY.subtypes
    assert subtypes["gb-driving-license-number"] is subtypes["gb-driving-licence-number"]


@pytest.mark.parametrize("module", MODULES)
def test_doctests(module):
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith(".compact")])
def test_every_rule_names_its_issuer_structure_and_source(module):
    text = importlib.import_module(module).__doc__
    for heading in ("Issuer: ", "Structure", "Source"):
        assert heading in text
    assert "http" in text
