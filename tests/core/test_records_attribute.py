"""One attribute's value by itself: ``check_attribute``, ``load_attribute`` and ``dump_attribute``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from jsonattrs_core import Attribute, Choice, Limits, Registry, Rule
from tests.core.checking import codes, told, validator
from tests.core.fake_language import FakeLanguagePlugin

ONE = validator(
    Attribute("a", "text", key="K-a", required=True, default="d", constraints={"max_length": 3}),
    Attribute("b", "integer", required_if="a == 'x'", visible_if="a == 'y'"),
    Attribute("c", "text", choices=["x", Choice("old", retired=True)]),
    Attribute("d", "text", multiple=True, choices=["x", Choice("old", retired=True), Choice("older", retired=True)]),
    Attribute("e", "decimal", multiple=True, constraints={"max_items": 2, "min": "0"}),
    Attribute("f", "date"),
    Attribute("g", "text", status="deprecated"),
    Attribute("h", "object"),
    rules=[Rule("b != 3", "not three", attributes=["b"])],
)


@pytest.mark.parametrize(
    ("name", "value", "clean"),
    [
        pytest.param("a", " é ", "é", id="normalised"),
        pytest.param("a", None, None, id="null-though-required"),
        pytest.param("a", " ", None, id="empty-though-required"),
        pytest.param("b", 3.0, 3, id="whole-though-a-rule-refuses-it"),
        pytest.param("c", "x", "x", id="choice"),
        pytest.param("d", ["x", "x"], ["x", "x"], id="list"),
        pytest.param("d", [], None, id="empty-list"),
        pytest.param("e", ["1.50", 2], [Decimal("1.50"), Decimal(2)], id="decimals"),
        pytest.param("f", "2024-02-29", date(2024, 2, 29), id="date"),
        pytest.param("g", "x", "x", id="deprecated"),
        pytest.param("h", {"a": [1]}, {"a": [1]}, id="object"),
    ],
)
def test_a_good_value_is_given_clean(name, value, clean):
    result = ONE.check_attribute(name, value)
    assert result.ok
    assert repr(result.value) == repr({name: clean})
    assert result.warnings == ()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("a", "abcd", [(("a",), "max_length")], id="constraint"),
        pytest.param("a", 5, [(("a",), "type")], id="type"),
        pytest.param("c", "old", [(("c",), "choice")], id="retired"),
        pytest.param("d", ["x", None, "z"], [(("d", 1), "required"), (("d", 2), "choice")], id="items"),
        pytest.param("e", ["1", "-1", 0.5], [(("e", 1), "min"), (("e", 2), "type")], id="all-at-once"),
        pytest.param("e", [1, 2, 3], [(("e",), "max_items")], id="whole-list"),
        pytest.param("f", "2024-02-30", [(("f",), "format")], id="format"),
        pytest.param("h", {"a": float("nan")}, [(("h", "a"), "format")], id="inside"),
    ],
)
def test_a_bad_value_is_told_and_not_given(name, value, expected):
    result = ONE.check_attribute(name, value)
    assert told(result.problems) == expected
    assert result.value == {}


@pytest.mark.parametrize(
    ("name", "value", "held", "accepted"),
    [
        ("c", "old", None, False),
        ("c", "old", "old", True),
        ("c", "old", "x", False),
        ("c", "old", 5, False),
        ("d", ["old", "x"], ["old"], True),
        ("d", ["old", "older"], ["old"], False),
        ("d", ["old"], None, False),
    ],
    ids=repr,
)
def test_a_retired_choice_is_accepted_only_where_the_record_holds_it(name, value, held, accepted):
    assert ONE.check_attribute(name, value, held).ok is accepted
    assert ONE.check({name: value}, current={"a": "b", name: held}).ok is accepted


@pytest.mark.parametrize("name", ["nobody", "K-a", "", None])
def test_a_name_that_is_no_attribute(name):
    for call in (ONE.check_attribute, ONE.load_attribute, ONE.dump_attribute):
        with pytest.raises(KeyError):
            call(name, "x")


def test_the_validators_own_clock_is_asked():
    born = Attribute("born", "date", constraints={"max": "today"})
    at = validator(born, now=datetime(2020, 1, 1, 12, tzinfo=UTC))
    assert at.check_attribute("born", "2020-01-01").ok
    assert codes(at.check_attribute("born", "2020-01-02")) == ["max"]
    assert validator(born).check_attribute("born", "2020-01-02").ok


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(["x" * 10] * 8, ["too_large"], id="bytes"),
        pytest.param(["x"] * 8, [], id="small"),
        pytest.param([1] * 20, ["too_large", "type", "type", "type"], id="problems"),
    ],
)
def test_the_limits_on_size_and_on_the_number_of_problems_hold(value, expected):
    limits = Limits(document_bytes=100, problems=3)
    registry = Registry.from_plugins({"fake-language": FakeLanguagePlugin()}, limits=limits)
    result = validator(Attribute("x", "text", multiple=True), registry=registry).check_attribute("x", value)
    assert codes(result) == expected
    assert result.value == ({} if expected else {"x": value})


@pytest.mark.parametrize(
    ("name", "stored", "value"),
    [
        ("f", "2024-02-29", date(2024, 2, 29)),
        ("f", "last spring", "last spring"),
        ("f", None, None),
        ("e", ["1.50"], [Decimal("1.50")]),
        ("e", ["1.50", "x"], ["1.50", "x"]),
        ("a", " ", None),
        ("a", "too long", "too long"),
    ],
    ids=repr,
)
def test_one_stored_value_is_read_and_written(name, stored, value):
    assert repr(ONE.load_attribute(name, stored)) == repr(value)
    assert ONE.dump_attribute(name, value) == (None if value is None else stored)
