"""Where the issuer says otherwise than python-stdnum, or more: one row for each rule, and for its borders."""

from functools import cache

import pytest

from jsonattrs_core import Attribute, Registry, Schema, compose
from jsonattrs_stdnum.corrections import CORRECTIONS
from jsonattrs_stdnum.table import READERS, SHAPES
from jsonattrs_stdnum.upstream import NUMBERS

REGISTRY = Registry.installed()


@cache
def compiled(subtype):
    return compose(Schema("number", [Attribute("value", "text", subtype=f"{subtype}@stdnum")])).compile(REGISTRY)


def verdict(subtype, value):
    """Return the clean value, or the code of the problem in brackets."""
    result = compiled(subtype).check({"value": value})
    return result.value["value"] if result.ok else f"({result.problems[0].code})"


@pytest.mark.parametrize(
    ("subtype", "value", "expected"),
    [
        ("id-nik", "6502010101900001", "6502010101900001"),
        ("id-nik", "65.0201.410190.0001", "6502014101900001"),  # a woman's date
        *(("id-nik", f"{province}02010101900001", f"{province}02010101900001") for province in (92, 93, 95, 96)),
        ("id-nik", "9902010101900001", "(component)"),
        ("id-nik", "6502013201900001", "(component)"),  # 32 January
        ("id-nik", "650201010190000", "(length)"),
        ("id-nik", "65X2010101900001", "(format)"),
        ("id-nik", "3171011708450001", "3171011708450001"),
        ("id-npwp", "9202010101900001", "9202010101900001"),
        ("id-npwp", "9902010101900001", "(component)"),
        ("id-npwp", "651121660091000", "(checksum)"),  # 15 digits are no NIK
        ("us-itin", "912-50-3456", "912503456"),
        ("us-itin", "912-65-3456", "912653456"),
        ("us-itin", "912-49-3456", "(component)"),
        ("us-itin", "912-66-3456", "(component)"),
        ("us-itin", "912-93-3456", "(component)"),
        ("us-itin", "812-50-3456", "(component)"),
        ("us-itin", "9125-03456", "(format)"),
        ("kr-rrn", "201001-3999990", "2010013999990"),
        ("kr-rrn", "210230-3999990", "(component)"),  # 30 February
        ("kr-rrn", "221231-8000001", "2212318000001"),
        ("kr-rrn", "200930-3999990", "(component)"),
        ("kr-rrn", "200930-3000000", "(checksum)"),
        ("kr-rrn", "211001-1000000", "(checksum)"),  # of 1921
        ("kr-rrn", "971013-9019903", "(checksum)"),
        ("lei", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        ("lei", "2138 00kud8-LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        ("lei", "0213800KUD8LAJWSQ9D15", "(length)"),
        ("lei", "QQ", "(length)"),
        ("lei", "00000000000000000098", "00000000000000000098"),
        ("lei", "213800KUD8LAJWSQ9A3J", "(checksum)"),
        ("pt-cc", "000000000ZZ4", "000000000ZZ4"),
        ("pt-cc", "12946383-3ZY7", "129463833ZY7"),
        ("pt-cc", "12946383\u20133ZY7", "129463833ZY7"),
        ("pt-cc", "12946383 3 zy7", "129463833ZY7"),
        ("pt-cc", "12946383-3ZZ7", "(checksum)"),
        ("pt-cc", "0D3", "(format)"),
        ("at-post-code", "1400", "1400"),
        ("at-post-code", "1401", "(component)"),
        ("at-businessid", "122119M", "122119m"),
        ("at-businessid", "fn 122119 M", "122119m"),
        ("eu-eic", "22xwattplus----g", "22XWATTPLUS----G"),
        ("eu-nace", "a", "A"),
        ("ca-bn", "123026635rc0001", "123026635RC0001"),
        ("isil", "it-RM0267", "IT-RM0267"),
        ("isil", "Nl\u2013GdSAMH", "NL-GdSAMH"),
        ("isil", "oclc-DLC", "OCLC-DLC"),
        ("isil", "NL", "(format)"),
        ("mac", "D0509984A2A0", "d0:50:99:84:a2:a0"),
        ("mac", "d050.9984.a2a0", "d0:50:99:84:a2:a0"),
        ("mac", "AABBCCDDEEFF", "aa:bb:cc:dd:ee:ff"),
        ("mac", "AABB.CCDD.EEFF", "aa:bb:cc:dd:ee:ff"),
        ("mac", "AABB.CCDDEEFF", "(length)"),
        ("mac", "AABBCCDDEEF", "(length)"),
        ("mac", "AABBCCDDEEFG", "(length)"),
    ],
)
def test_a_correction_and_its_borders(subtype, value, expected):
    assert verdict(subtype, value) == expected
    if not expected.startswith("("):
        assert verdict(subtype, expected) == expected


@pytest.mark.parametrize(
    ("subtype", "value", "expected"),
    [
        ("eu-excise", "LU0009'87A'BC", "(format)"),
        ("fr-accise", "FR023004N944-", "(format)"),
        ("fr-accise", "FR023004N944X", "(format)"),
        ("gs1-128", "(01)38425876095074(10)A B", "(format)"),
        ("gs1-128", "(01)384 5876095074(37)1", "(format)"),
        ("gs1-128", "(01)38425876-95074(37)1", "(format)"),
        ("gs1-128", "(01)38425876095074(10)a-1/B", "013842587609507410a-1/B"),
        ("ke-pin", "|004416331M", "(format)"),
        ("eu-at-02", "ES23#0047690558N", "(format)"),
        ("fr-rcs", "RCS Na;ncy B 323 159 715", "(format)"),
        ("fr-rcs", "RCS Saint-\u00c9tienne B 323 159 715", "RCS Saint-\u00c9tienne B 323159715"),
        ("ie-vat-number", "IE 6*33435F", "6*33435F"),  # these signs belong to the number
        ("vatin", "IE6*33435F", "IE6*33435F"),
        ("mx-rfc", "I&G960627I24", "I&G960627I24"),
        ("cusip", "DU@0421C5", "DU@0421C5"),
        ("fi-hetu", "131052+308T", "131052+308T"),
        ("se-personnummer", "880320-0016", "880320-0016"),
    ],
)
def test_other_signs_are_kept_only_where_they_belong_to_the_number(subtype, value, expected):
    assert verdict(subtype, value) == expected


def test_the_tables_name_numbers_that_are_there():
    subtypes = {number.subtype for number in NUMBERS.values()}
    assert CORRECTIONS.keys() <= NUMBERS.keys()
    assert SHAPES.keys() | READERS.keys() <= subtypes
