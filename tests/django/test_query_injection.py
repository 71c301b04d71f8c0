"""Names and values of strangers: refused, or matched as they are written.

The strings are of the kinds in Django's advisories on JSON keys and aliases: CVE-2019-14234, CVE-2022-28346 and -28347,
CVE-2024-42005, CVE-2024-53908, CVE-2025-57833 and -59681, CVE-2026-1287 and -1312.
"""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import FieldError
from django.db.models import Count, F
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import Attr, SchemaRecord
from tests.django.stored import store

pytestmark = pytest.mark.django_db

STRANGE = [
    "a'",
    'a"',
    "a' = '\"a\"') OR 1 = 1 OR ('d",
    "') --",
    '") --',
    "a\\",
    "a\\'",
    "a%s",
    "%(a)s",
    "100%",
    "a;drop table testapp_place",
    "a b",
    "a\tb",
    "a\nb",
    "a\x00b",
    "a--b",
    "a/*b*/",
    "a.b",
    "testapp_place.id",
    "$",
    "$.a",
    "$scope:a",
    "$[0]",
    "a[0]",
    "0",
    "\u212a",
    "\u0430",
    "a\u2028b",
    "\ud800",
    "",
    "x" * 70,
    "pk",
    "isnull",
    "a) FROM testapp_place--",
    "crafted_alias(a, b)",
]
NAMES = [name for name in STRANGE if name not in ("pk", "isnull", "0", "")]


@pytest.fixture
def place():
    SchemaRecord.objects.define(Place, [Attribute("a", "text"), Attribute("n", "integer")])
    made = Place.objects.create(name="x", attrs={"a": "plain", "n": 1})
    Place.objects.create(name="y")
    return made


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query",
    [
        lambda name: Place.objects.filter(**{f"attrs__{name}": "plain"}),
        lambda name: Place.objects.exclude(**{f"attrs__{name}__gte": "plain"}),
        lambda name: Place.objects.order_by(f"attrs__{name}"),
        lambda name: Place.objects.order_by(f"-attrs__{name}"),
        lambda name: Place.objects.values(f"attrs__{name}"),
        lambda name: Place.objects.values_list(f"attrs__a__{name}"),
        lambda name: Place.objects.annotate(x=F(f"attrs__{name}")),
        lambda name: Place.objects.annotate(x=Count(f"attrs__{name}")),
        lambda name: Place.objects.filter(**{f"attrs__a__{name}": "plain"}),
        lambda name: Place.objects.annotate(x=Attr(name)),
        lambda name: Place.objects.annotate(x=Attr(key=name)),
        lambda name: Place.objects.annotate(x=Attr(key=name, type="text", multiple=False)).filter(x="plain"),
    ],
    ids=[
        *("filter", "exclude", "order", "order-desc", "values", "values-list", "annotate", "aggregate", "lookup"),
        *("attr-name", "attr-key", "attr-whole"),
    ],
)
def test_a_strange_name_is_refused_or_finds_nothing(place, query, name):
    try:
        found = list(query(name))
    except (FieldError, ValueError):
        pass
    else:  # a key of no attribute, which is one all the same
        assert name == "a--b"
        assert found == []

    assert Place.objects.count() == 2


@pytest.mark.parametrize("name", [name for name in NAMES if "%" not in name])  # Django takes them for parameters
def test_a_strange_alias_of_an_attribute_is_refused_or_quoted(place, name):
    for made in (
        lambda: Place.objects.annotate(**{name: F("attrs__a")}),
        lambda: Place.objects.values(**{name: F("attrs__a")}),
        lambda: Place.objects.alias(**{name: F("attrs__n")}).order_by(name),
    ):
        try:
            rows = list(made())
        except (FieldError, ValueError, TypeError):
            continue
        assert len(rows) == 2
    assert Place.objects.count() == 2


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_value_is_matched_as_it_is_written(place, value):
    for lookup in ("exact", "iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "gt", "lte"):
        try:
            found = list(Place.objects.filter(**{f"attrs__a__{lookup}": value}))
        except (ValueError, UnicodeEncodeError):
            assert "\x00" in value or "\ud800" in value
            continue
        if lookup in ("exact", "iexact"):
            assert found == []
        if lookup in ("contains", "icontains", "startswith", "istartswith", "endswith"):
            assert (place in found) == (value in "plain")
    assert Place.objects.count() == 2


@pytest.mark.parametrize(
    "value", [value for value in STRANGE if "\x00" not in value and "\ud800" not in value and value]
)
def test_a_strange_stored_value_is_found_by_itself(place, value):
    store(place, json.dumps({"a": value}))
    assert list(Place.objects.filter(attrs__a=value)) == [place]
    assert list(Place.objects.filter(attrs__a__contains=value)) == [place]
    assert list(Place.objects.filter(pk=place.pk).values_list("attrs__a", flat=True)) == [value]


@pytest.mark.parametrize("name", NAMES)
def test_strange_keys_of_the_document_are_values(place, name):
    try:
        found = list(Place.objects.filter(attrs__has_key=name))
    except (FieldError, ValueError, UnicodeEncodeError):
        assert "\x00" in name or "\ud800" in name or name.startswith("$")
    else:
        assert found == []
