"""Defaults, and what depends on the time: named defaults and limits such as ``today-18y``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from jsonattrs_core import Attribute, Schema, SchemaError, compose
from tests.core.checking import validator
from tests.core.fake_language import REGISTRY


def moment(text):
    return datetime.fromisoformat(text)


# ---- defaults ----


@pytest.mark.parametrize(
    ("type_", "default", "value"),
    [
        ("text", " a ", "a"),
        ("integer", 3.0, 3),
        ("decimal", "1.50", "1.50"),
        ("date", date(2024, 2, 29), "2024-02-29"),
        ("text", "today", "today"),
        ("object", {}, {}),
    ],
    ids=repr,
)
def test_a_default_is_clean(type_, default, value):
    one = validator(Attribute("x", type_, default=default))
    assert one.dump(one.validate({})) == {"x": value}


@pytest.mark.parametrize("multiple", [False, True], ids=["object", "list"])
def test_each_record_has_a_copy_of_the_default(multiple):
    default = {"a": {"b": [1]}}
    one = validator(Attribute("x", "object", multiple=multiple, default=[default] if multiple else default))
    first, second = one.validate({})["x"], one.validate({})["x"]
    (first[0] if multiple else first)["a"]["b"].append(2)
    if multiple:
        first.append({})
    assert second == one.validate({})["x"] == ([{"a": {"b": [1]}}] if multiple else {"a": {"b": [1]}})
    assert default == {"a": {"b": [1]}}


# ---- named defaults ----

NOW = moment("2024-03-10T23:30:00.123456-05:00")


def test_named_defaults_are_of_the_validators_time_in_the_zone_of_its_clock():
    one = validator(
        Attribute("day", "date", default="today"),
        Attribute("at", "datetime", default="now"),
        Attribute("x", "text"),
        now=NOW,
    )
    expected = {"day": date(2024, 3, 10), "at": datetime(2024, 3, 11, 4, 30, 0, 123456, tzinfo=UTC)}
    assert one.validate({}) == expected
    assert one.check({}, from_text=True).value == expected
    assert one.check({"x": 5}).value == expected
    assert one.validate({})["at"].tzinfo is UTC


def test_a_clock_is_asked_at_every_check():
    moments = [NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]
    times = [NOW]
    one = validator(Attribute("day", "date", default="today"), now=lambda: times[-1])
    for at in moments:
        times.append(at)
        assert one.validate({}) == {"day": at.date()}


def test_without_a_clock_the_time_is_that_of_the_system():
    one = validator(Attribute("at", "datetime", default="now"), Attribute("day", "date", default="today"))
    before = datetime.now(UTC)
    value = one.validate({})
    assert before <= value["at"] <= datetime.now(UTC)
    assert value["day"] in {before.astimezone().date(), datetime.now(UTC).astimezone().date()}


def test_a_named_uuid_is_new_in_every_record():
    one = validator(Attribute("x", "uuid", default="uuid4"))
    found = {one.validate({})["x"] for _ in range(50)}
    assert len(found) == 50
    assert {type(it) for it in found} == {UUID}
    assert {it.version for it in found} == {4}


def test_the_name_of_a_default_is_a_word_of_defaults_alone():
    one = validator(Attribute("day", "date", default="today"), now=NOW)
    assert [p.code for p in one.check({"day": "today"}).problems] == ["format"]
    assert [p.code for p in one.check({"day": "today"}, from_text=True).problems] == ["format"]


# ---- limits that move ----

ADULT = Attribute("born", "date", constraints={"max": "today-18y"})


@pytest.mark.parametrize(
    ("now", "born", "accepted"),
    [
        ("2024-05-20T12:00:00+00:00", "2006-05-20", True),
        ("2024-05-20T12:00:00+00:00", "2006-05-21", False),
        ("2024-02-28T12:00:00+00:00", "2006-02-28", True),
        ("2024-02-28T12:00:00+00:00", "2006-03-01", False),
        ("2024-02-29T12:00:00+00:00", "2006-02-28", True),
        ("2024-02-29T12:00:00+00:00", "2006-03-01", False),
        ("2024-03-01T12:00:00+00:00", "2006-03-01", True),
        ("2022-02-27T12:00:00+00:00", "2004-02-28", False),
        ("2022-02-28T12:00:00+00:00", "2004-02-28", True),
        ("2022-02-28T12:00:00+00:00", "2004-02-29", False),
        ("2022-03-01T12:00:00+00:00", "2004-02-29", True),
        ("2022-03-01T12:00:00+00:00", "2004-03-01", True),
        ("2020-02-29T12:00:00+00:00", "2002-02-28", True),
        ("2024-05-20T23:59:59-11:00", "2006-05-20", True),
        ("2024-05-20T23:59:59-11:00", "2006-05-21", False),
        ("2024-05-20T00:00:00+14:00", "2006-05-20", True),
    ],
    ids=str,
)
def test_of_age(now, born, accepted):
    one = validator(ADULT, now=moment(now))
    assert one.check({"born": born}).ok is accepted
    assert one.check({"born": born}, from_text=True).ok is accepted
    assert one.check({"born": born}, current={}).ok is accepted
    assert (one.problems({"born": born}) == ()) is accepted


def test_the_limit_is_told_as_the_day_that_it_is():
    [problem] = validator(ADULT, now=moment("2024-02-29T12:00:00+00:00")).check({"born": "2020-01-01"}).problems
    assert (problem.code, problem.params) == ("max", {"limit": "2006-02-28"})


@pytest.mark.parametrize(
    ("limit", "now", "day"),
    [
        ("today", "2024-03-31", "2024-03-31"),
        ("today+0d", "2024-03-31", "2024-03-31"),
        ("today-1d", "2024-03-01", "2024-02-29"),
        ("today+1d", "2024-12-31", "2025-01-01"),
        ("today-2w", "2024-03-14", "2024-02-29"),
        ("today-1m", "2024-03-31", "2024-02-29"),
        ("today+1m", "2024-01-31", "2024-02-29"),
        ("today-13m", "2024-03-31", "2023-02-28"),
        ("today+12m", "2024-02-29", "2025-02-28"),
        ("today-18y", "2024-02-29", "2006-02-28"),
        ("today-4y", "2024-02-29", "2020-02-29"),
        ("today-1y+1d", "2024-02-29", "2023-03-01"),
    ],
)
def test_limits_of_a_date(limit, now, day):
    one = validator(
        Attribute("x", "date", constraints={"min": limit, "max": limit}), now=moment(f"{now}T12:00:00+00:00")
    )
    assert one.check({"x": day}).ok
    before, after = (date.fromisoformat(day) + timedelta(days=days) for days in (-1, 1))
    assert [p.code for p in one.check({"x": before}).problems] == ["min"]
    assert [p.code for p in one.check({"x": after}).problems] == ["max"]


def test_limits_of_a_datetime():
    at = datetime(2024, 3, 10, 12, tzinfo=timezone(timedelta(hours=2)))
    one = validator(Attribute("x", "datetime", constraints={"min": "now-2h", "max": "now"}), now=at)
    assert one.check({"x": at}).ok
    assert one.check({"x": at - timedelta(hours=2)}).ok
    [early] = one.check({"x": at - timedelta(hours=2, microseconds=1)}).problems
    assert (early.code, early.params) == ("min", {"limit": "2024-03-10T08:00:00Z"})
    [late] = one.check({"x": at + timedelta(microseconds=1)}).problems
    assert (late.code, late.params) == ("max", {"limit": "2024-03-10T10:00:00Z"})


def test_limits_move_with_the_clock():
    times = [moment("2024-05-20T12:00:00+00:00")]
    one = validator(ADULT, now=lambda: times[-1])
    assert not one.check({"born": "2006-05-21"}).ok
    times.append(moment("2024-05-21T12:00:00+00:00"))
    assert one.check({"born": "2006-05-21"}).ok


@pytest.mark.parametrize("limit", ["today+7990y", "today-1500y", "today-999999w"])
def test_a_limit_that_would_leave_the_calendar_some_day_is_a_fault(limit):
    with pytest.raises(SchemaError, match="is no limit"):
        validator(Attribute("x", "date", constraints={"max": limit}))


@pytest.mark.parametrize(
    ("born", "codes"),
    [("2024-03-10", []), ("2024-03-11", ["max"]), ("1850-01-01", []), ("1849-12-31", ["min"]), ("1984-02-29", [])],
)
def test_a_date_of_birth_is_not_in_the_future_of_the_validator(born, codes):
    one = validator(Attribute("x", "date", subtype="birth-date"), now=NOW)
    assert [p.code for p in one.check({"x": born}).problems] == codes


def test_the_validator_of_another_time_is_another_one():
    composed = compose(Schema("s", [ADULT]))
    early, late = (composed.compile(REGISTRY, now=moment(f"{year}-01-01T00:00:00+00:00")) for year in (2000, 2030))
    assert not early.check({"born": "2005-01-01"}).ok
    assert late.check({"born": "2005-01-01"}).ok
    assert not early.check({"born": "2005-01-01"}).ok
    assert composed.compile(REGISTRY) is composed.compile(REGISTRY)


def test_a_named_default_that_its_own_limit_has_overtaken_is_a_problem_and_no_value():
    times = [moment("2024-01-01T00:00:00+00:00")]
    attribute = Attribute("x", "date", default="today", constraints={"max": "2024-12-31"})
    one = validator(attribute, now=lambda: times[-1])
    assert one.validate({}) == {"x": date(2024, 1, 1)}
    times.append(moment("2025-01-01T00:00:00+00:00"))
    result = one.check({})
    assert (result.value, [(p.path, p.code) for p in result.problems]) == ({}, [(("x",), "max")])
