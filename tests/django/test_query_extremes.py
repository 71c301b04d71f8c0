"""What no database holds, given to queries: it is found nowhere, and no query fails by it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Max, Min, Q
from django.test import override_settings
from django.utils import timezone
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db

MOST, LEAST = 2**63 - 1, -(2**63)
HALF = "\ud800"
STORED = {"i": 5, "t": "ab", "l": ["a", "b"], "r": "x", "o": {"n": 5, "t": "ab"}, "d": "2024-01-31"}


@pytest.fixture(params=[False, True], ids=["plain", "gin"])
def _places(request, monkeypatch):
    types = {"i": "integer", "t": "text", "o": "object", "d": "date"}
    attributes = [Attribute(name, kind) for name, kind in types.items()]
    reference = Attribute("r", "reference", constraints={"model": "testapp.Keyed"})
    SchemaRecord.objects.define(Place, [*attributes, Attribute("l", "text", multiple=True), reference])
    for name, number in (("five", 5), ("most", MOST), ("least", LEAST)):
        Place.objects.create(name=name, attrs={"i": number})
    attrs = {name: value for name, value in STORED.items() if name not in ("i", "r")}
    Place.objects.create(name="texts", attrs=attrs)
    monkeypatch.setattr(Place._meta.get_field("attrs"), "gin", request.param)


def names(*conditions, **asked):
    return " ".join(sorted(Place.objects.filter(*conditions, **asked).values_list("name", flat=True)))


ALL = "five least most"
INTEGERS = {
    "in": ({"i__in": [5, 2**70]}, "five"),
    "in as texts": ({"i__in": ["5", str(2**70)]}, "five"),
    "in a set": ({"i__in": {5, MOST, MOST + 1, LEAST - 1}}, "five most"),
    "in, null": ({"i__in": [None, 2**70, 5]}, "five"),
    "in nothing else": ({"i__in": [2**70]}, ""),
    "range to": ({"i__range": (0, 2**70)}, "five most"),
    "range from": ({"i__range": (-(2**70), 5)}, "five least"),
    "range of all": ({"i__range": (-(2**70), 2**70)}, ALL),
    "range as texts": ({"i__range": ("0", str(2**70))}, "five most"),
    "range above": ({"i__range": (MOST + 1, 2**70)}, ""),
    "range below": ({"i__range": (-(2**70), LEAST - 1)}, ""),
    "range backwards": ({"i__range": (2**70, 0)}, ""),
    "exact": ({"i": 2**70}, ""),
    "lt": ({"i__lt": 2**70}, ALL),
    "gt": ({"i__gt": 2**70}, ""),
    "len in": ({"l__len__in": [2, 2**70]}, "texts"),
    "len range": ({"l__len__range": (1, 2**70)}, "texts"),
    "year in": ({"d__year__in": [2024, 2**70]}, "texts"),
    "day range": ({"d__day__range": (-(2**70), 2**70)}, "texts"),
    "member gt": ({"o__n__gt": -(2**70)}, "texts"),
    "member lt": ({"o__n__lt": 10**400}, "texts"),
    "member gte": ({"o__n__gte": 2**70}, ""),
    "member": ({"o__n": 2**70}, ""),
    "member in": ({"o__n__in": [5, 2**70]}, "texts"),
}


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize(("asked", "expected"), INTEGERS.values(), ids=INTEGERS)
def test_integers_are_compared_as_python_does(asked, expected):
    asked = {f"attrs__{path}": value for path, value in asked.items()}
    assert names(**asked) == expected
    assert names(~Q(**asked)) == " ".join(sorted({"five", "most", "least", "texts"} - {*expected.split()}))


NOWHERE = [f"t__{name}" for name in ("exact", "iexact", "contains", "icontains", "startswith", "endswith", "regex")]
NOWHERE += ["t__gt", "r", "l", "l__contains", "l__overlap", "l__contained_by", "o__t", "o__t__icontains", "o__has_key"]
SEVERAL = {
    "in": ({"t__in": ["ab", HALF]}, "texts"),
    "overlap": ({"l__overlap": ["a", HALF]}, "texts"),
    "contained_by": ({"l__contained_by": ["a", "b", HALF]}, "texts"),
    "contains": ({"l__contains": ["a", HALF]}, ""),
    "the same": ({"l": ["a", "b", HALF]}, ""),
    "object": ({"o": {"t": HALF}}, ""),
    "name in an object": ({"o": {HALF: 1}}, ""),
    "any key": ({"o__has_any_keys": ["t", HALF]}, "texts"),
    "all keys": ({"o__has_keys": ["t", HALF]}, ""),
    "member in": ({"o__t__in": ["ab", HALF]}, "texts"),
    "lt": ({"t__lt": f"b{HALF}"}, "texts"),
    "range": ({"t__range": ("a", f"b{HALF}")}, "texts"),
}


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize("value", [HALF, f"a{HALF}", "z\x00"], ids=ascii)
@pytest.mark.parametrize("path", NOWHERE)
def test_a_text_that_is_nowhere_is_found_nowhere(path, value):
    assert names(**{f"attrs__{path}": value}) == ""
    assert names(~Q(**{f"attrs__{path}": value})) == "five least most texts"


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize("half", [HALF, "\udfff", "\x00"], ids=ascii)
@pytest.mark.parametrize(("asked", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_among_several_it_is_passed_over(asked, expected, half):
    def written(value):
        if isinstance(value, dict):
            return {written(key): written(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(map(written, value))
        return value.replace(HALF, half) if isinstance(value, str) else value

    asked = {f"attrs__{path}": written(value) for path, value in asked.items()}
    assert names(**asked) == expected


# ---- the edges of the calendar ----

EDGES = {
    "first": ("0001-01-01", "0001-01-01T00:00:00Z"),
    "last": ("9999-12-31", "9999-12-31T23:59:59.999999Z"),
    "usual": ("2024-01-31", "2024-01-31T20:00:00Z"),
}
PARTS = ["year", "iso_year", "month", "day", "week", "week_day", "iso_week_day", "quarter"]
ZONES = ["UTC", "Asia/Jakarta", "America/New_York"]
COMPARED = {
    "exact": int.__eq__,
    "gt": int.__gt__,
    "gte": int.__ge__,
    "lt": int.__lt__,
    "lte": int.__le__,
}
YEARS = [-(2**70), -5, 0, 1, 2024, 9998, 9999, 10000, 2**70]


@pytest.fixture
def _edges():
    SchemaRecord.objects.define(Place, [Attribute("day", "date"), Attribute("seen", "datetime")])
    for name, (day, seen) in EDGES.items():
        Place.objects.create(name=name, attrs={"day": day, "seen": seen})


@pytest.fixture(params=ZONES)
def zone(request):
    with override_settings(TIME_ZONE=request.param):
        yield request.param


def in_zone(text, zone):
    """Return the stored moment as a naive one of the zone, None where Python has no such one."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except OverflowError:
        return None


@pytest.mark.usefixtures("_edges")
@pytest.mark.parametrize("use_tz", [True, False], ids=["zones", "no zones"])
def test_no_part_of_a_stored_moment_raises(zone, use_tz):
    local = {name: in_zone(seen, zone) for name, (_, seen) in EDGES.items()}
    assert {name for name, moment in local.items() if moment is None} == (
        {"UTC": set(), "Asia/Jakarta": {"last"}, "America/New_York": {"first"}}[zone]
    )
    with override_settings(USE_TZ=use_tz):
        for part in [*PARTS, "hour", "minute", "second", "date", "time"]:
            found = dict(Place.objects.values_list("name", f"attrs__seen__{part}"))
            for name, moment in local.items():
                if moment is None:
                    assert found[name] is None or (connection.vendor == "postgresql" and part != "date")
                elif part in ("year", "month", "day", "hour", "minute", "second"):
                    assert found[name] == getattr(moment, part)
                elif part in ("date", "time"):
                    assert found[name] == getattr(moment, part)()
                else:
                    assert isinstance(found[name], int)
            given = date(2024, 1, 31) if part == "date" else "03:00" if part == "time" else 1
            Place.objects.filter(**{f"attrs__seen__{part}": given}).count()


@pytest.mark.usefixtures("_edges")
@pytest.mark.parametrize("use_tz", [True, False], ids=["zones", "no zones"])
@pytest.mark.parametrize("part", ["year", "iso_year"])
def test_every_number_is_compared_with_years(zone, use_tz, part):
    with override_settings(USE_TZ=use_tz):
        for lookup, holds in COMPARED.items():
            for year in YEARS:
                for path, at in (("day", 0), ("seen", 1)):
                    years = {
                        name: in_zone(edge[1], zone) if at else date.fromisoformat(edge[0])
                        for name, edge in EDGES.items()
                    }
                    expected = {name for name, day in years.items() if day is not None and holds(day.year, year)}
                    found = {*names(**{f"attrs__{path}__{part}__{lookup}": year}).split()}
                    known = {name for name, day in years.items() if day is not None}
                    assert found & known == expected, (path, lookup, year)


@pytest.mark.usefixtures("_edges")
@pytest.mark.parametrize("use_tz", [True, False], ids=["zones", "no zones"])
def test_moments_beyond_the_calendar_in_utc_are_before_or_after_all(zone, use_tz):
    early, late = "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-12:00"
    every = "first last usual"
    with override_settings(USE_TZ=use_tz):
        assert names(attrs__seen=early) == names(attrs__seen=late) == names(attrs__seen__in=[early, late]) == ""
        assert names(attrs__seen__gt=early) == names(attrs__seen__lte=late) == every
        assert names(attrs__seen__range=(early, late)) == every
        assert names(attrs__seen__lt=early) == names(attrs__seen__gte=late) == ""
        for naive in (datetime.min, datetime.max):  # noqa: DTZ901 - in the current time zone
            aware = naive.replace(tzinfo=timezone.get_default_timezone())
            assert names(attrs__seen=naive) == names(attrs__seen=aware)
            assert names(attrs__seen__gte=naive) == names(attrs__seen__gte=aware)
            assert {*names(attrs__seen__lt=naive).split()} == {*every.split()} - {
                *names(attrs__seen__gte=naive).split()
            }


@pytest.mark.usefixtures("_edges")
def test_moments_of_the_first_and_the_last_day_are_read(zone):
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert Place.objects.aggregate(a=Min("attrs__seen"), b=Max("attrs__seen")) == {"a": first, "b": last}
    assert Place.objects.get(attrs__seen=first).name == "first"
    with timezone.override(zone):
        assert Place.objects.get(attrs__seen=last).name == "last"
