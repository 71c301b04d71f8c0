"""What a form asks of a schema: what is visible, what is required, and what a new record begins with."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute
from tests.core.checking import validator

NAMES = ("a", "b", "c")


def test_what_a_condition_does_not_hold_for_is_hidden():
    one = validator(
        Attribute("kind", "integer"), Attribute("depth", "integer", visible_if="1 < kind"), Attribute("x", "text")
    )
    assert one.watched == {"kind"}
    assert one.hidden({}) == one.hidden({"kind": 1}) == one.hidden({"kind": None}) == {"depth"}
    assert one.hidden({"kind": 2}) == frozenset()


def test_a_condition_over_a_value_that_does_not_fit_is_false():
    one = validator(Attribute("kind", "integer"), Attribute("depth", "integer", visible_if="1 < kind"))
    assert one.hidden({"kind": "three"}) == {"depth"}


def test_what_is_hidden_is_not_required():
    one = validator(
        Attribute("kind", "integer", required=True),
        Attribute("depth", "integer", visible_if="1 < kind", required=True),
        Attribute("lined", "boolean", required_if="1 < kind"),
        Attribute("old", "text", required=True, status="deprecated"),
    )
    assert one.required({}) == {"kind"}
    assert one.required({"kind": 2}) == {"kind", "depth", "lined"}


def test_nothing_is_watched_where_there_is_no_condition():
    one = validator(Attribute("a", "text", required=True))
    assert one.watched == one.hidden({"a": "x"}) == frozenset()


def test_defaults_are_typed_and_those_of_hidden_attributes_are_left_out():
    now = datetime(2024, 2, 29, 12, tzinfo=UTC)
    one = validator(
        Attribute("day", "date", default="today"),
        Attribute("size", "decimal", default="1.50"),
        Attribute("kind", "integer"),
        Attribute("depth", "integer", visible_if="1 < kind", default=3),
        now=now,
    )
    assert one.defaults() == {"day": now.date(), "size": Decimal("1.50")}
    assert one.defaults({"kind": 2, "size": None}) == {"day": now.date(), "depth": 3}


@given(
    st.lists(st.sampled_from(["", "1 < a", "1 < b", "1 < c"]), min_size=3, max_size=3),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3)),
)
def test_a_record_is_refused_for_what_is_required_and_for_nothing_else(conditions, required, record):
    attributes = [
        Attribute(name, "integer", required=must, visible_if=condition or None)
        for name, must, condition in zip(NAMES, required, conditions, strict=True)
    ]
    one = validator(*attributes)
    refused = {problem.path[0] for problem in one.check(record).problems}
    # What one missing attribute hides may depend on another missing one: those are found one after the other.
    assert refused <= one.required(record) - record.keys()
    assert bool(refused) is bool(one.required(record) - record.keys())
    assert not one.hidden(record) & one.required(record)


@pytest.mark.parametrize("values", [{"x": "anything"}, {"a": object()}, {"a": float("nan")}])
def test_no_value_raises(values):
    one = validator(Attribute("a", "integer"), Attribute("b", "integer", visible_if="1 < a", default=1))
    assert one.hidden(values) == {"b"}
    assert one.required(values) == frozenset()
    assert one.defaults(values) == {}
