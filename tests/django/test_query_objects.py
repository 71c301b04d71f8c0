"""Members of objects, on which Django's own JSON fields have their say."""

from __future__ import annotations

import json

import pytest
from django.db.models import Count, F, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Cast
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.stored import store

pytestmark = pytest.mark.django_db

MEMBERS = {
    "n": 5,
    "ratio": 1.5,
    "text": "x",
    "yes": True,
    "no": False,
    "nothing": None,
    "items": [1, "a", {"deep": 2.5}],
    "inner": {"n": 7, "größe": {"höhe": 9}},
    "größe": 3,
    "naïve": "ä",
    "日本": [1],
}
READ = {
    "integer": ("n", 5),
    "float": ("ratio", 1.5),
    "text": ("text", "x"),
    "true": ("yes", True),
    "false": ("no", False),
    "null": ("nothing", None),
    "missing": ("other", None),
    "list": ("items", MEMBERS["items"]),
    "item": ("items__0", 1),
    "text in a list": ("items__1", "a"),
    "number in a list": ("items__2__deep", 2.5),
    "object": ("inner", MEMBERS["inner"]),
    "inner number": ("inner__n", 7),
    "not ASCII": ("größe", 3),
    "inner, not ASCII": ("inner__größe__höhe", 9),
    "below one": ("日本__0", 1),
    "text, not ASCII": ("naïve", "ä"),
}


@pytest.fixture
def place():
    SchemaRecord.objects.define(Place, [Attribute("o", "object")])
    Place.objects.create(name="empty", attrs={"o": {}})
    Place.objects.create(name="none", attrs={})
    return Place.objects.create(name="here", attrs={"o": MEMBERS})


@pytest.mark.parametrize(("path", "expected"), READ.values(), ids=READ)
def test_members_are_read_as_they_are(place, path, expected):
    path = f"attrs__o__{path}"
    here = Place.objects.filter(name="here")
    inner = Subquery(Place.objects.filter(pk=OuterRef("pk")).values(path)[:1])
    assert list(here.values_list(path, flat=True)) == [expected]
    assert list(here.values(v=F(path))) == [{"v": expected}]
    assert here.annotate(v=F(path)).get().v == expected
    assert here.annotate(v=inner).get().v == expected
    assert list(here.values(path).annotate(n=Count("pk"))) == [{path: expected, "n": 1}]
    assert type(here.values_list(path, flat=True)[0]) is type(expected)


def test_members_are_calculated_with(place):
    assert Place.objects.aggregate(most=Max(Cast("attrs__o__n", IntegerField()))) == {"most": 5}
    assert list(Place.objects.filter(attrs__o__n__gt=4).order_by("attrs__o__n").values_list("attrs__o__n")) == [(5,)]


FOUND = {
    "exact": {"größe": 3},
    "text": {"naïve": "ä"},
    "in": {"größe__in": [1, 3]},
    "gt": {"größe__gt": 2},
    "lte": {"größe__lte": 3},
    "contains": {"naïve__icontains": "ä"},
    "startswith": {"naïve__startswith": "ä"},
    "regex": {"naïve__regex": "^ä$"},
    "isnull": {"größe__isnull": False},
    "has_key": {"has_key": "größe"},
    "has_keys": {"has_keys": ["n", "größe"]},
    "has_any_keys": {"has_any_keys": ["z", "日本"]},
    "inner": {"inner__größe__höhe": 9},
    "inner object": {"inner__größe": {"höhe": 9}},
    "inner key": {"inner__has_key": "größe"},
    "inner isnull": {"inner__größe__höhe__isnull": False},
    "list": {"日本": [1]},
    "object of another name": {"inner": MEMBERS["inner"]},
    "all of it": {"": MEMBERS},
    "one of these": {"naïve__in": ["a", "ä"]},
}


@pytest.mark.parametrize("asked", FOUND.values(), ids=FOUND)
@pytest.mark.parametrize("is_escaped", [False, True], ids=["as it is", "escaped"])
def test_names_of_members_are_not_ascii(place, asked, is_escaped):
    store(place, json.dumps({"o": MEMBERS}, ensure_ascii=is_escaped))
    asked = {f"attrs__o__{path}".removesuffix("__"): value for path, value in asked.items()}
    assert list(Place.objects.filter(**asked)) == [place]
    assert set(Place.objects.exclude(**asked).values_list("name", flat=True)) == {"empty", "none"}


def test_what_is_not_there_is_not_found(place):
    assert not Place.objects.filter(attrs__o__größen=3).exists()
    assert not Place.objects.filter(attrs__o__größe=4).exists()
    assert not Place.objects.filter(attrs__o__has_key="höhe").exists()
    assert set(Place.objects.filter(attrs__o__größe__isnull=True).values_list("name", flat=True)) == {"empty", "none"}
