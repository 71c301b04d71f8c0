"""The numbers of land in Indonesia."""

import pytest

import jsonattrs_land
from jsonattrs_core import Attribute, Registry, Schema, compose
from jsonattrs_core.records import resolve

REGISTRY = Registry.from_plugins({"land": jsonattrs_land})

STORED = {
    "nib-14": ("id-government-parcel-id", "99.99.000000001.0", "99990000000010", "99.99.000000001.0"),
    "nib-13": ("id-government-parcel-id", "99.99.01.01.00123", "9999010100123", "99.99.01.01.00123"),
    "nib-5": ("id-government-parcel-id", "00123", "00123", "00123"),
    "nib-spaced": ("id-nib", "9999 000000001 0", "99990000000010", "99.99.000000001.0"),
    "nib-arabic": ("id-nib", "\u0660\u0660\u0661\u0662\u0663", "00123", "00123"),
    "nop": ("id-tax-object-number", "999901000100200030", "999901000100200030", "99.99.010.001.002.0003.0"),
    "nop-hyphen": ("id-nop", "99.99.010.001.002-0003.0", "999901000100200030", "99.99.010.001.002.0003.0"),
}

REFUSED = {
    "nib-short": ("id-government-parcel-id", "123", "length"),
    "nib-of-12": ("id-government-parcel-id", "999900000001", "length"),
    "nib-of-15": ("id-government-parcel-id", "999900000000100", "length"),
    "nib-letter": ("id-government-parcel-id", "0012A", "format"),
    "nib-slash": ("id-government-parcel-id", "99/99", "format"),
    "nib-points": ("id-government-parcel-id", "...", "format"),
    "nib-is-no-nop": ("id-government-parcel-id", "999901000100200030", "length"),
    "nib-superscript": ("id-government-parcel-id", "0012\u00b3", "format"),
    "nib-long": ("id-government-parcel-id", "1" * 257, "max_length"),
    "nop-is-no-nib": ("id-tax-object-number", "99990000000010", "length"),
    "nop-letter": ("id-tax-object-number", "99990100010020003O", "format"),
    "nop-long": ("id-tax-object-number", "1" * 100_000, "max_length"),
}


def check(name, value):
    schema = compose(Schema("parcels", [Attribute("number", "text", subtype=name)]))
    return schema.compile(REGISTRY).check({"number": value})


@pytest.mark.parametrize(("name", "value", "clean", "shown"), STORED.values(), ids=STORED)
def test_stores_digits_and_shows_points(name, value, clean, shown):
    assert check(name, value).value == {"number": clean}
    display = resolve(REGISTRY.subtypes[name].format)
    assert display(clean) == shown
    assert check(name, shown).value == {"number": clean}


@pytest.mark.parametrize("sign", [0xA0, 0x2007, 0x202F, *range(0x2010, 0x2016), 0x2212], ids=hex)
def test_leaves_out_spaces_and_dashes_of_every_kind(sign):
    assert check("id-nib", f"9999{chr(sign)}000000001{chr(sign)}0").value == {"number": "99990000000010"}
    assert check("id-nop", f"99.99.010.001.002{chr(sign)}0003.0").value == {"number": "999901000100200030"}


@pytest.mark.parametrize(("name", "value", "code"), REFUSED.values(), ids=REFUSED)
def test_refuses(name, value, code):
    assert [problem.code for problem in check(name, value).problems] == [code]
