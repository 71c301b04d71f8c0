"""Writing documents: the function written for a schema does what the plain one does, in the order of the record.

The plain one is here: it asks every attribute for every value, and each says whether the value is of its type's class.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Registry
from jsonattrs_core.builtin.moments import dump_datetime
from jsonattrs_core.compiler.attribute_plan import AttributePlan
from jsonattrs_core.testing.probe import ATTRIBUTE
from tests.core.checking import validator
from tests.core.hostile import ATTRIBUTES, GOOD, VALUES, validator_of
from tests.core.test_hostile_records import STRANGE
from tests.core.test_stored_generated import ALL, DOCUMENT, Point, PointPlugin, cases, raising, same


def plain_item(plan, value):
    python = plan.base.python
    clean = type(value) is python or (isinstance(value, python) and not isinstance(value, bool | datetime))
    return plan.base.dump(value) if clean else value


def plain_value(plan, value):
    if value is None:
        return None
    if plan.multiple and isinstance(value, list):
        return [plain_item(plan, item) for item in value]
    return plain_item(plan, value)


def plain(checked, record):
    plans = checked._collector.plans
    return {plans[name].key: plain_value(plans[name], value) for name, value in record.items()}


def outcome(write, *arguments):
    try:
        return write(*arguments)
    except Exception as error:
        return type(error)


def assert_same(checked, record):
    assert same(outcome(checked.dump, record), outcome(plain, checked, record))


class Day(date):
    """A date whose text is another."""

    def isoformat(self):
        return "day"


class Moment(datetime):
    """A moment whose text is another."""

    def isoformat(self, *_):
        return "moment"


EAST = timezone(timedelta(hours=7))
TYPED = [
    *("a", "", " ", "\ud800", "e\u0301", 0, -5, 2**64, 1.5, -0.0, float("nan"), float("inf"), True, False),
    *map(Decimal, ("1.50", "-0.00", "0E+3", "1E+20", "1E-20", "NaN", "-sNaN12", "-Infinity", "9" * 200, "1E-7")),
    *(date(2024, 2, 29), date(1, 1, 1), date(999, 12, 31), date.max, Day(2024, 2, 29)),
    *(datetime(2024, 2, 29, 8, 5, 3, tzinfo=UTC), datetime(2024, 2, 29, 8, 5, 3, 120, tzinfo=UTC)),
    *(datetime(999, 1, 1, tzinfo=UTC), datetime(1000, 1, 1, tzinfo=UTC), datetime(1, 2, 3, fold=1, tzinfo=UTC)),
    *(Moment(2024, 2, 29, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=EAST), datetime.max.replace(tzinfo=EAST)),
    datetime(2024, 2, 29),  # noqa: DTZ001 - a broken one is written, too
    *(time(8, 15), timedelta(days=-1), UUID(int=5), {"a": [1]}, [], ["a"]),
]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_value_of_every_attribute(name):
    attribute, good = ATTRIBUTES[name]
    checked = validator_of(attribute, Attribute("z", "text", key="K"))
    for value in (good, *TYPED, *GOOD.values(), *VALUES, *STRANGE.values(), None):
        for given_value in (value, [value], [value, None]):
            assert_same(checked, {ATTRIBUTE: given_value, "z": "a"})
            assert_same(checked, {ATTRIBUTE: given_value})


class Name(str):
    """A name of another class."""

    __slots__ = ()


class Anybody:
    """A name that says that it is any name."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 5


TWO = validator_of(Attribute("a", "text"), Attribute("b", "date", key="K-b"))
DAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"a": "x", "b": DAY}, id="complete"),
        pytest.param({"b": DAY, "a": "x"}, id="reversed"),
        pytest.param({"b": DAY}, id="part"),
        pytest.param({}, id="empty"),
        pytest.param({Name("a"): "x", Name("b"): DAY}, id="names-of-another-class"),
        pytest.param(OrderedDict(b=DAY, a="x"), id="subclass"),
        pytest.param(MappingProxyType({"b": DAY, "a": "x"}), id="mapping"),
    ],
)
def test_the_document_has_the_order_of_the_record(record):
    document = TWO.dump(record)
    assert list(document) == [{"a": "a", "b": "K-b"}[name] for name in record]
    assert all(type(key) is str for key in document)
    assert_same(TWO, record)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"a": "x", "K-b": DAY}, id="key"),
        pytest.param({"a": "x", "b": DAY, "c": 1}, id="more"),
        pytest.param({"a": "x", Anybody(): DAY}, id="anybody"),
        pytest.param({"a": "x", None: DAY}, id="null"),
    ],
)
def test_a_name_of_no_attribute_is_a_key_error(record):
    with pytest.raises(KeyError):
        TWO.dump(record)


@pytest.mark.parametrize("record", [None, 5, "ab", [], [("a", "x")]], ids=repr)
def test_what_is_no_record_raises_as_ever(record):
    assert isinstance(outcome(TWO.dump, record), type)
    assert_same(TWO, record)


def test_a_wide_schema():
    checked = validator_of(*(Attribute(f"x{number}", "date") for number in range(100)))
    assert_same(checked, {f"x{number}": DAY for number in range(100)})
    assert_same(checked, {})


@pytest.mark.fuzz
@given(cases(), st.data())
def test_generated_records_of_generated_schemas(case, data):
    checked, documents = case
    values = st.sampled_from(TYPED)
    for document in documents:
        record = {key.removeprefix("K-"): value for key, value in document.items()}
        assert_same(checked, record)
        for names in (checked._collector.plans, list(record)):
            assert_same(checked, {name: data.draw(values) for name in names})
        clean = checked.check(record).value
        assert_same(checked, clean)
        assert_same(checked, dict(reversed(clean.items())))
        assert_same(checked, {name: clean.get(name) for name in checked._collector.plans})


@pytest.mark.fuzz
@given(st.datetimes(timezones=st.sampled_from([None, UTC, EAST])))
def test_every_moment_is_written_as_python_writes_it(moment):
    for value in (moment, moment.replace(microsecond=0), Moment.fromtimestamp(0, UTC)):
        assert dump_datetime(value) == value.replace(tzinfo=None).isoformat() + "Z"


def test_values_of_a_plugins_base_type():
    checked = validator(
        Attribute("x", "point"), Attribute("y", "point"), registry=Registry.from_plugins([PointPlugin()])
    )
    assert checked.dump({"x": Point(5), "y": None}) == {"x": 5, "y": None}


def test_a_complete_record_is_written_without_a_call_for_each_value(monkeypatch):
    checked = validator(*ALL)
    clean = checked.load({**DOCUMENT, "since": "2024-02-29", "made": "2024-02-29", "gone": None})
    monkeypatch.setattr(AttributePlan, "dump", raising)
    document = checked.dump({name: clean[name] for name in checked._collector.plans})
    stored = {name: value for name, value in DOCUMENT.items() if name not in ("orphan", "$scope")}
    assert document == {**stored, "since": "2024-02-29", "made": "2024-02-29", "gone": None}
