"""What no database holds, given to queries: it is found nowhere, and no query fails by it."""

from __future__ import annotations

import pytest
from django.db.models import Q
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
