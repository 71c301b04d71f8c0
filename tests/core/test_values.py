"""The base types, row by row: which JSON and Python values are accepted, as what, and why the others are refused."""

from __future__ import annotations

import json
from collections import OrderedDict, UserDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from uuid import UUID

import pytest

from tests.core.checking import codes, exactly, of_type
from tests.core.fake_language import REGISTRY

NAN, INF = float("nan"), float("inf")


class Colour(StrEnum):
    RED = "red"


class Number(IntEnum):
    SEVEN = 7


class Text(str):
    def __str__(self):
        return "something else"


class Whole(int):
    def __index__(self):
        return 99

    def __repr__(self):
        return "something else"


class Real(float):
    def __repr__(self):
        return "something else"


class Exact(Decimal):
    pass


class Day(date):
    pass


class Moment(datetime):
    pass


class Hour(time):
    pass


class Length(timedelta):
    pass


class Identity(UUID):
    pass


class Zone(timezone.__base__):
    """A zone without an offset: what looks aware is not."""

    def utcoffset(self, at):
        return None


def shown(value):
    """Return an id for a value: short, and the same in every process."""
    try:
        return ascii(value)[:40].partition(" object at")[0]
    except ValueError:  # an integer of thousands of digits
        return type(value).__name__


def zone(**offset):
    return timezone(timedelta(**offset))


MARK = "\u0301"  # combining acute accent

#: For each type: what is given, and the clean value.
ACCEPTED = {
    "text": [
        ("a", "a"),
        (" a b ", "a b"),
        ("\t a \r\n", "a"),
        ("\u00a0a\u2003", "a"),
        ("\x1ca\x1f", "a"),
        ("e\u0301", "\u00e9"),
        ("\u212b", "\u00c5"),
        ("\ufb01", "\ufb01"),
        ("\u1100\u1161", "\uac00"),
        ("a" * 100_000, "a" * 100_000),
        ("a" + MARK * 30, "\u00e1" + MARK * 29),
        (MARK * 30, MARK * 30),
        ("\u200b\u200d\u2028", "\u200b\u200d"),
        ("a\u200bb\u2028c\u202ed\ufeffe", "a\u200bb\u2028c\u202ed\ufeffe"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("null", "null"),
        (Colour.RED, "red"),
        (Text("it"), "it"),
    ],
    "integer": [
        (0, 0),
        (-5, -5),
        (2**63 - 1, 2**63 - 1),
        (-(2**63), -(2**63)),
        (3.0, 3),
        (-0.0, 0),
        (1e15, 10**15),
        (-9223372036854775808.0, -(2**63)),
        (Number.SEVEN, 7),
        (Whole(5), 5),
        (Real(5.0), 5),
    ],
    "float": [
        (1.5, 1.5),
        (3, 3.0),
        (0, 0.0),
        (-0.0, 0.0),
        (2**53, 2.0**53),
        (-(2**53), -(2.0**53)),
        (2**1000, 2.0**1000),
        (5e-324, 5e-324),
        (1.7976931348623157e308, 1.7976931348623157e308),
        (0.1, 0.1),
        (Number.SEVEN, 7.0),
        (Real(1.5), 1.5),
    ],
    "decimal": [
        ("1.50", Decimal("1.50")),
        ("0", Decimal(0)),
        ("-0", Decimal(0)),
        ("-0.00", Decimal("0.00")),
        ("+5", Decimal(5)),
        ("007", Decimal(7)),
        ("-1.5", Decimal("-1.5")),
        (5, Decimal(5)),
        (-(10**99), Decimal(-(10**99))),
        (Decimal("1.50"), Decimal("1.50")),
        (Decimal("-0.0"), Decimal("0.0")),
        (Decimal("1E+3"), Decimal("1000")),
        (Decimal("1.5E+3"), Decimal("1500")),
        (Decimal("0E+500"), Decimal(0)),
        (Decimal("1E-3"), Decimal("0.001")),
        ("9" * 100, Decimal("9" * 100)),
        ("0." + "9" * 100, Decimal("0." + "9" * 100)),
        ("9" * 100 + "." + "9" * 100, Decimal("9" * 100 + "." + "9" * 100)),
        ("1234567890123456789012345678901234567890", Decimal("1234567890123456789012345678901234567890")),
        (Exact("1.50"), Decimal("1.50")),
        (Number.SEVEN, Decimal(7)),
    ],
    "boolean": [(True, True), (False, False)],
    "date": [
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (Day(2024, 2, 29), date(2024, 2, 29)),
    ],
    "datetime": [
        ("2024-02-29T01:02:03Z", datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC)),
        ("2024-02-29t01:02:03z", datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC)),
        ("2024-02-29T01:02:03+02:00", datetime(2024, 2, 28, 23, 2, 3, tzinfo=UTC)),
        ("2024-02-29T01:02:03-23:59", datetime(2024, 3, 1, 1, 1, 3, tzinfo=UTC)),
        ("2024-02-29T01:02:03-00:00", datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC)),
        ("2024-02-29T01:02:03.5Z", datetime(2024, 2, 29, 1, 2, 3, 500_000, tzinfo=UTC)),
        ("2024-02-29T01:02:03.123456Z", datetime(2024, 2, 29, 1, 2, 3, 123_456, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59.999999Z", datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("0001-01-01T00:00:00-01:00", datetime(1, 1, 1, 1, tzinfo=UTC)),
        (datetime(2024, 2, 29, 1, tzinfo=zone(hours=-5)), datetime(2024, 2, 29, 6, tzinfo=UTC)),
        (datetime(2024, 2, 29, 1, tzinfo=zone(seconds=1)), datetime(2024, 2, 29, 0, 59, 59, tzinfo=UTC)),
        (datetime(2024, 2, 29, fold=1, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC)),
        (Moment(2024, 2, 29, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC)),
    ],
    "time": [
        ("23:59", time(23, 59)),
        ("00:00:00", time(0)),
        ("23:59:59.999999", time(23, 59, 59, 999_999)),
        ("01:02:03.5", time(1, 2, 3, 500_000)),
        (time(1, 2, 3), time(1, 2, 3)),
        (time(1, 2, fold=1), time(1, 2)),
        (Hour(1, 2), time(1, 2)),
    ],
    "duration": [
        ("P1D", timedelta(days=1)),
        ("PT0S", timedelta(0)),
        ("P0D", timedelta(0)),
        ("-PT0S", timedelta(0)),
        ("P2W", timedelta(weeks=2)),
        ("P1W2DT3H4M5.6S", timedelta(weeks=1, days=2, hours=3, minutes=4, seconds=5, milliseconds=600)),
        ("-P1DT12H", -timedelta(days=1, hours=12)),
        ("PT36H", timedelta(hours=36)),
        ("PT0.000001S", timedelta(microseconds=1)),
        ("-PT0.000001S", timedelta(microseconds=-1)),
        ("P999999999DT23H59M59.999999S", timedelta.max),
        ("-P999999999D", timedelta.min),
        (timedelta.max, timedelta.max),
        (timedelta.min, timedelta.min),
        (Length(days=1), timedelta(days=1)),
    ],
    "uuid": [
        ("12345678-1234-5678-1234-567812345678", UUID("12345678123456781234567812345678")),
        ("12345678123456781234567812345678", UUID("12345678123456781234567812345678")),
        ("ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB", UUID("abcdefabcdefabcdefabcdefabcdefab")),
        ("0" * 32, UUID(int=0)),
        (UUID(int=5), UUID(int=5)),
        (Identity(int=5), UUID(int=5)),
    ],
    "object": [
        ({}, {}),
        ({"": None}, {"": None}),
        ({"a": [1, 1.5, True, None, "x", {"b": []}]}, {"a": [1, 1.5, True, None, "x", {"b": []}]}),
        ({"a": " x\r\n", "e\u0301": "e\u0301\x01"}, {"a": " x\r\n", "e\u0301": "e\u0301\x01"}),
        ({"a": 10**100 - 1, "b": -(10**100) + 1}, {"a": 10**100 - 1, "b": -(10**100) + 1}),
        ({"a": -0.0}, {"a": 0.0}),
        ({"a": {"b": {"c": {"d": {"e": {"f": {"g": {}}}}}}}}, {"a": {"b": {"c": {"d": {"e": {"f": {"g": {}}}}}}}}),
        (OrderedDict(b=1, a=2), {"a": 2, "b": 1}),
        ({"$ref": "x", "__proto__": 1, "a.b": 2}, {"$ref": "x", "__proto__": 1, "a.b": 2}),
        ({"a": Colour.RED, "b": Number.SEVEN, "c": Real(1.5)}, {"a": "red", "b": 7, "c": 1.5}),
    ],
}


@pytest.mark.parametrize(
    ("type_", "given", "clean"),
    [(type_, given, clean) for type_, rows in ACCEPTED.items() for given, clean in rows],
    ids=shown,
)
def test_what_a_type_accepts(type_, given, clean):
    one = of_type(type_)
    for value in (one.validate({"x": given})["x"], one.check({"x": given}, current={}).value["x"]):
        assert value == clean
        assert exactly(value) == exactly(clean)
        stored = one.dump({"x": value})
        assert json.loads(json.dumps(stored)) == stored
        assert exactly(one.load(stored)["x"]) == exactly(clean)
    assert exactly(of_type(type_, multiple=True).validate({"x": [given, given]})["x"]) == exactly([clean, clean])


#: For each type: what is given, and the code of the refusal.
REFUSED = {
    "text": [
        *[(value, "type") for value in (5, 1.5, True, [], ["a"], {}, b"a", Decimal(1), date(2024, 1, 1), object())],
        ("a" * 100_001, "too_large"),
        (" " * 100_001, "too_large"),
        (MARK * 500_000, "too_large"),
        ("\x00" * 100_001, "too_large"),
        ("\U0001d15e" * 60_000, "too_large"),  # composing makes two of one
        ("a" + MARK * 31, "format"),
        ("a" + MARK * 31 + "b", "format"),
        ("a" * 29 + MARK * 31, "format"),
        ("a\x00b", "format"),
        ("\x00", "format"),
        ("a\nb", "format"),
        ("a\rb", "format"),
        ("a\tb", "format"),
        ("a\x7fb", "format"),
        ("a\x85b", "format"),
        ("a\x9fb", "format"),
        ("a\x1fb", "format"),
        ("\ud800", "format"),
        ("a\udfffb", "format"),
        ("\ud83d\ude00", "format"),
    ],
    "integer": [
        *[(value, "type") for value in (True, False, 3.5, "3", "", [], {}, Decimal(3), Fraction(3), 1j, object())],
        (2**63, "max"),
        (-(2**63) - 1, "min"),
        (9223372036854775808.0, "max"),
        (1e300, "max"),
        (10**5000, "max"),
        (-(10**5000), "min"),
        (NAN, "format"),
        (INF, "format"),
        (-INF, "format"),
    ],
    "float": [
        *[(value, "type") for value in (True, "1.5", "", [], {}, Decimal("1.5"), Fraction(1, 2), 1j, object())],
        (2**53 + 1, "type"),
        (-(2**53) - 1, "type"),
        (10**400, "type"),
        (-(10**5000), "type"),
        (2**1024, "type"),
        (NAN, "format"),
        (INF, "format"),
        (-INF, "format"),
    ],
    "decimal": [
        *[(value, "type") for value in (1.5, 1.0, NAN, True, False, [], {}, Fraction(1, 2), object())],
        *[
            (text, "format")
            for text in ("", " ", "x", "NaN", "sNaN", "Infinity", "-Inf", "1e5", "1E+5", "1,5", "1_000")
        ],
        *[(text, "format") for text in (" 1", "1 ", "1\n", "--1", "+-1", ".", "-", "0x10", "1.2.3", "\u0661", "1\x00")],
        (Decimal("NaN"), "format"),
        (Decimal("sNaN"), "format"),
        (Decimal("-Infinity"), "format"),
        ("9" * 101, "too_large"),
        ("0." + "9" * 101, "too_large"),
        ("9" * 100_000, "too_large"),
        (10**100, "too_large"),
        (10**5000, "too_large"),
        (Decimal("1E+100"), "too_large"),
        (Decimal("1E-101"), "too_large"),
        (Decimal("1E+999999999"), "too_large"),
        (Decimal("1E-999999999"), "too_large"),
    ],
    "boolean": [
        *[
            (value, "type")
            for value in (1, 0, 1.0, "true", "false", "1", "", [], {}, Number.SEVEN, Decimal(1), object())
        ],
    ],
    "date": [
        *[
            (value, "type")
            for value in (20240229, 1.5, True, [], {}, datetime(2024, 2, 29, tzinfo=UTC), time(1), object())
        ],
        *[(text, "format") for text in ("", "x", "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00")],
        *[(text, "format") for text in ("20240229", "2024-W09-4", "2024-W01-1", "2024W094", "2024-060", "2024-2-29")],
        *[
            (text, "format")
            for text in ("2024-02-29T00:00:00Z", " 2024-02-29", "2024-02-29\n", "0000-01-01", "10000-01-01")
        ],
        *[
            (text, "format")
            for text in ("-024-01-01", "+2024-01-01", "2024/02/29", "29-02-2024", "2024-02-29Z", "today")
        ],
        *[
            (text, "format")
            for text in ("\u0662\u0660\u0662\u0664-01-01", "2024-01-0\u0661", "\uff12\uff10\uff12\uff14-01-01")
        ],
        *[(text, "format") for text in ("2024-01-\ud800", "2024-1 -01", "2024-01- 1", "202 -01-01", "2024-01-1\x00")],
    ],
    "datetime": [
        *[(value, "type") for value in (0, 1.5, True, [], {}, date(2024, 2, 29), time(1), object())],
        *[(text, "format") for text in ("", "x", "2024-02-29", "2024-02-29T01:02:03", "2024-02-29 01:02:03Z", "now")],
        *[(text, "format") for text in ("2024-02-30T01:02:03Z", "2024-02-29T24:00:00Z", "2024-02-29T23:59:60Z")],
        *[
            (text, "format")
            for text in ("2024-02-29T01:60:00Z", "2024-02-29T01:02Z", "2024-02-29T01Z", "20240229T010203Z")
        ],
        *[
            (text, "format")
            for text in ("2024-02-29T01:02:03+0200", "2024-02-29T01:02:03+02", "2024-02-29T01:02:03+24:00")
        ],
        *[
            (text, "format")
            for text in ("2024-02-29T01:02:03.1234567Z", "2024-02-29T01:02:03.Z", "2024-02-29T01:02:03,5Z")
        ],
        *[(text, "format") for text in ("2024-W09-4T01:02:03Z", " 2024-02-29T01:02:03Z", "2024-02-29T01:02:03Z\n")],
        *[
            (text, "format")
            for text in ("0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00Z")
        ],
        *[
            (text, "format")
            for text in ("2024-02-29T01:02:0\u0663Z", "2024-02-29T01:02:03+02:60", "2024-02-29T01:02:03 Z")
        ],
        (datetime(2024, 2, 29), "format"),  # noqa: DTZ001 - the point is that it is naive
        (datetime(2024, 2, 29, tzinfo=Zone()), "format"),
        (datetime(1, 1, 1, tzinfo=zone(minutes=1)), "format"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=zone(minutes=-1)), "format"),
    ],
    "time": [
        *[
            (value, "type")
            for value in (0, 1.5, True, [], {}, datetime(2024, 2, 29, tzinfo=UTC), timedelta(1), object())
        ],
        *[
            (text, "format")
            for text in ("", "x", "24:00", "23:60", "23:59:60", "1:02", "01", "0102", "01:02:03.1234567")
        ],
        *[
            (text, "format")
            for text in ("01:02Z", "01:02+00:00", " 01:02", "01:02\n", "T01:02", "01:02:03.", "01:02 pm")
        ],
        *[(text, "format") for text in ("01:02:03,5", "\u0660\u0661:02", "01:2", "-1:02", "01:02:3")],
        (time(1, tzinfo=UTC), "format"),
    ],
    "duration": [
        *[(value, "type") for value in (0, 1.5, True, [], {}, time(1), object())],
        *[(text, "format") for text in ("", "x", "P", "PT", "-P", "P1DT", "P1Y", "P1M", "P1Y2D", "P1", "1D", "1 day")],
        *[
            (text, "format")
            for text in ("P1.5D", "PT1.5H", "PT1.5M", "PT.5S", "PT1.S", "PT1.1234567S", "PT1,5S", "P1H")
        ],
        *[
            (text, "format")
            for text in ("P1D1W", "PT1M1H", "+P1D", "P-1D", "p1d", "P1DT1D", "P 1D", "P1D\n", " P1D", "PT1S1S")
        ],
        *[(text, "format") for text in ("P1000000000D", "-P999999999DT0.000001S", "-P1000000000D", "P999999999DT24H")],
        *[(text, "format") for text in ("P" + "9" * 100 + "D", "P\u0661D", "PT" + "9" * 30 + "S", "P142857143W")],
    ],
    "uuid": [
        *[(value, "type") for value in (5, 1.5, True, [], {}, b"0" * 16, object())],
        *[(text, "format") for text in ("", "x", "0" * 31, "0" * 33, "g" * 32, "{" + "0" * 32 + "}", " " + "0" * 32)],
        *[
            (text, "format")
            for text in ("urn:uuid:" + "0" * 32, "0" * 32 + "\n", "\u0660" * 32, "0" * 16 + "-" + "0" * 16)
        ],
        ("12345678-1234-5678-12345-67812345678", "format"),
        ("1234-56781234-5678-1234-567812345678", "format"),
    ],
    "object": [
        *[(value, "type") for value in (5, 1.5, True, "{}", "", [], [{}], [("a", 1)], UserDict(a=1), object())],
        *[({"a": value}, "type") for value in (b"x", object(), date(2024, 1, 1), Decimal(1), {1}, (1, 2), 1j)],
        *[({name: 1}, "type") for name in (5, None, True, b"x", ("a",))],
        *[
            ({"a": value}, "format")
            for value in ("\x00", "a\x00b", "\ud800", NAN, INF, [-INF], {"b\x00": 1}, {"\udfff": 1})
        ],
        ({"\x00": 1}, "format"),
        ({"a": 10**100}, "too_large"),
        ({"a": [-(10**100)]}, "too_large"),
        ({"a": 10**5000}, "too_large"),
        ({"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {}}}}}}}}}, "too_large"),
        ({"a": [[[[[[[[]]]]]]]]}, "too_large"),
        ({"a": "x" * 1024 * 1024}, "too_large"),
        ({"a" * 1024 * 1024: 1}, "too_large"),
        ({"a": [0] * 600_000}, "too_large"),
    ],
}


@pytest.mark.parametrize(
    ("type_", "given", "code"),
    [(type_, given, code) for type_, rows in REFUSED.items() for given, code in rows],
    ids=shown,
)
def test_what_a_type_refuses(type_, given, code):
    if given == "" and type_ == "text":
        return
    one = of_type(type_)
    for result in (one.check({"x": given}), one.check({"x": given}, current={})):
        assert codes(result) == [code]
        assert result.problems[0].path[0] == "x"
        assert result.value == {}
    assert codes(of_type(type_, multiple=True).check({"x": [given]})) == [code]
    assert [problem.code for problem in one.problems({"x": given})] == [code]


@pytest.mark.parametrize("type_", ACCEPTED)
def test_every_type_has_its_rows(type_):
    assert ACCEPTED.keys() == REFUSED.keys() == {name for name in REGISTRY.base_types if "@" not in name}


@pytest.mark.parametrize(
    "value", ["a", {"a": 1}, {"a"}, frozenset("a"), 5, True, iter("a"), b"a"], ids=lambda it: type(it).__name__
)
def test_a_multiple_attribute_takes_lists(value):
    result = of_type("text", multiple=True).check({"x": value})
    assert [(p.path, p.code, p.params) for p in result.problems] == [(("x",), "type", {"type": "list"})]
