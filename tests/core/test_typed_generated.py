"""New records of typed values: the function written for a schema decides as the collecting tier does, always."""

from __future__ import annotations

import decimal
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Limits, Registry, clock
from jsonattrs_core.compiler.attribute_plan import AttributePlan
from jsonattrs_core.compiler.collect import Collector
from jsonattrs_core.testing.probe import ATTRIBUTE
from tests.core.checking import exactly, told, validator
from tests.core.hostile import ATTRIBUTES, GOOD, VALUES, validator_of
from tests.core.test_hostile_records import STRANGE
from tests.core.test_stored_generated import NOW, cases, raising
from tests.core.test_written_generated import EAST, TYPED

PARIS = ZoneInfo("Europe/Paris")


class Offsetless(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, moment):
        return None

    def __repr__(self):
        return "Offsetless()"


class Lying(str):
    """A text that seems to be of ASCII characters, and as long as a date."""

    __slots__ = ()

    def isascii(self):
        return True

    def __len__(self):
        return 10


class Claimant:
    """Says that it is of a class, and is written like a number."""

    def __init__(self, kind):
        self._kind = kind

    @property
    def __class__(self):
        return object.__getattribute__(self, "_kind")

    def __str__(self):
        return "5"

    tzinfo = UTC
    fold = 0


MORE = [
    *map(Decimal, ("0", "5", "-5", "5.5", "5.50", "5.55", "-0.00", "0.000", "0E-7", "1E-7", "123456", "1e2")),
    *map(Decimal, ("9" * 100, "9" * 101, "0." + "9" * 100, "0." + "9" * 101, "0E+200", "0E-200", "1E+99", "1E+100")),
    *(date(2024, 3, 1), date(2026, 3, 1), date(2026, 3, 2), datetime(2026, 3, 1, 12, tzinfo=UTC)),
    *(datetime(2026, 3, 1, 12, 0, 0, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC, fold=1)),
    *(datetime(2024, 10, 27, 2, 30, tzinfo=PARIS), datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1)),
    *(datetime(2024, 3, 1, tzinfo=timezone(timedelta(0))), datetime(2024, 3, 1, tzinfo=Offsetless())),
    *(datetime.min.replace(tzinfo=EAST), datetime.max.replace(tzinfo=timezone(timedelta(hours=-7)))),
    *(Lying("٣"), Lying("2024-02-29"), Lying("2024-02-29T00:00:00Z")),
    *map(Claimant, (str, int, float, Decimal, date, datetime)),
]


def shown(value):
    """Return what can be compared of a value of any class."""
    return [(name, exactly(member)) for name, member in sorted(value.items())]


def assert_same(checked, record):
    with clock.using(lambda: NOW):
        found, expected = checked.check(record), checked._collector.check_new(record)
        assert checked.problems(record) == checked._audit(record).problems
    assert (found.ok, sorted(map(repr, found.problems))) == (expected.ok, sorted(map(repr, expected.problems)))
    assert shown(found.value) == shown(expected.value)


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_value_of_every_attribute(name):
    checked = validator_of(ATTRIBUTES[name][0])
    for value in (*TYPED, *MORE, *GOOD.values(), *VALUES, *STRANGE.values()):
        assert_same(checked, {ATTRIBUTE: value})


def test_every_value_under_several_constraints():
    for properties in (
        {"type": "decimal", "constraints": {"min": "-5", "max": 100, "max_digits": 3, "decimal_places": 1}},
        {"type": "decimal", "constraints": {"max_digits": 0}},
        {"type": "decimal", "constraints": {"decimal_places": 0, "max_digits": 200}},
        {"type": "decimal", "subtype": "percentage", "constraints": {"max_digits": 2, "decimal_places": 1}},
        {"type": "date", "constraints": {"min": "2024-02-29", "max": "today"}},
        {"type": "datetime", "constraints": {"min": "2024-03-01T00:00:00Z", "max": "now"}},
    ):
        for required in (False, True):
            checked = validator(Attribute("x", required=required, **properties))
            for value in (*TYPED, *MORE, *VALUES, *STRANGE.values()):
                assert_same(checked, {"x": value})


_DECIMALS = st.decimals(allow_nan=False, min_value=-2000, max_value=2000, places=None) | st.builds(
    lambda sign, digits, exponent: Decimal((sign, digits, exponent)),
    st.integers(0, 1),
    st.lists(st.integers(0, 9), max_size=6).map(tuple),
    st.integers(-8, 3),
)


@pytest.mark.fuzz
@given(_DECIMALS, st.integers(0, 8), st.integers(0, 8), st.booleans())
def test_digits_of_decimals(number, most, places, as_text):
    checked = validator(Attribute("x", "decimal", constraints={"max_digits": most, "decimal_places": places}))
    assert_same(checked, {"x": f"{number:f}" if as_text else number})
    _, digits, exponent = number.normalize(decimal.Context(prec=200)).as_tuple()
    fraction = max(0, -exponent)
    whole = len(digits) + exponent if any(digits) else 0
    expected = [(("x",), "decimal_places")] * (fraction > places and any(digits))
    expected += [(("x",), "max_digits")] * (max(0, whole) + (fraction if any(digits) else 0) > most)
    if whole > 0 or fraction <= len(digits):
        assert told(checked.check({"x": number}).problems) == expected


def test_of_too_many_problems_the_same_are_listed():
    registry = Registry.from_plugins({}, limits=Limits(problems=1))
    checked = validator(Attribute("a", "text"), Attribute("b", "text", required=True), registry=registry)
    for record in ({"orphan": 1}, {"orphan": 1, "a": 5}, {"a": 5}, {}, {"b": "x", "orphan": 1}, {"a": "x" * 100_000}):
        found, expected = checked.check(record), checked._collector.check_new(record)
        assert (found.problems, found.value) == (expected.problems, expected.value)


@pytest.mark.fuzz
@given(cases(), st.data())
def test_generated_records_of_generated_schemas(case, data):
    checked, documents = case
    typed = st.sampled_from([*TYPED, *MORE])
    for document in documents:
        record = {key.removeprefix("K-"): value for key, value in document.items()}
        changed = data.draw(st.dictionaries(st.sampled_from("abcd"), typed))
        with clock.using(lambda: NOW):
            clean = checked.check(record).value
        for given_record in (clean, {**record, **changed}, {**clean, **changed}):
            with clock.using(lambda: NOW):
                found, expected = checked.check(given_record), checked._collector.check_new(given_record)
            assert sorted(map(repr, found.problems)) == sorted(map(repr, expected.problems))
            assert shown(found.value) == shown(expected.value)


@pytest.mark.parametrize("capitals", [0, 1])
def test_the_callers_decimal_context_changes_nothing(capitals):
    checked = validator(Attribute("x", "decimal", constraints={"min": "-1", "max_digits": 9, "decimal_places": 7}))
    with decimal.localcontext(decimal.Context(prec=1, capitals=capitals, traps=[decimal.Inexact, decimal.Rounded])):
        for value in (*map(Decimal, ("1E-7", "12.50", "0E-8", "1E+2", "NaN")), "12.50", "NaN"):
            assert_same(checked, {"x": value})


def test_good_typed_values_are_no_matter_of_the_collecting_tier(monkeypatch):
    checked = validator(
        Attribute("area", "decimal", constraints={"min": "0", "max_digits": 12, "decimal_places": 2}),
        Attribute("share", "decimal", subtype="percentage"),
        Attribute("born", "date", constraints={"min": "1900-01-01", "max": "today"}),
        Attribute("seen", "datetime", constraints={"max": "now"}),
        Attribute("paris", "datetime"),
    )
    record = {
        "area": Decimal("12345.60"),
        "share": Decimal("12.5"),
        "born": date(2024, 2, 29),
        "seen": datetime(2024, 2, 29, 8, 15, 30, 123456, tzinfo=UTC),
        "paris": datetime(2024, 2, 29, 8, 15, 30, tzinfo=PARIS),
    }
    monkeypatch.setattr(AttributePlan, "check", raising)
    monkeypatch.setattr(Collector, "resolve", raising)
    result = checked.check(record)
    assert result.ok
    assert exactly(result.value) == exactly({**record, "paris": record["paris"].astimezone(UTC)})
    assert checked.validate(record) == record
    assert checked.problems(record) == ()
