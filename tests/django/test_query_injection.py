"""Names and values of strangers: refused, or matched as they are written.

The strings are of the kinds in Django's advisories on JSON keys and aliases: CVE-2019-14234, CVE-2022-28346 and -28347,
CVE-2024-42005, CVE-2024-53908, CVE-2025-57833 and -59681, CVE-2026-1287 and -1312.
"""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import FieldError
from django.db import DataError, connection
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
    # Django warns of some that it will refuse one day.
    refusals = (FieldError, ValueError, *([DeprecationWarning, PendingDeprecationWarning] if "%" in name else []))
    try:
        found = list(query(name))
    except refusals:
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
        except (ValueError, DataError):  # psycopg 3 refuses NUL by a DataError, which is no ValueError
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
    except (FieldError, ValueError, DataError):
        assert "\x00" in name or "\ud800" in name or name.startswith("$")
    else:
        assert found == []


# ---- below an attribute, and in several values ----

#: Of the lists of lookups and transforms that Django has, none may be meant by a member of an object.
MEMBERS = [
    name
    for name in STRANGE
    if "__" not in name and name not in ("pk", "isnull", "") and "\x00" not in name and "\ud800" not in name
]


@pytest.fixture
def _objects(place):
    SchemaRecord.objects.define(Place, [Attribute("o", "object"), Attribute("list", "text", multiple=True)])


@pytest.mark.usefixtures("_objects")
@pytest.mark.parametrize("name", MEMBERS)
def test_a_strange_member_of_an_object_is_found_by_its_name(place, name):
    store(place, json.dumps({"o": {name: "here"}}, ensure_ascii=False))
    if name == "0":  # a number is a place in an array as well, as in Django
        assert Place.objects.filter(attrs__o__has_key=name).count() == 1
        return
    assert list(Place.objects.filter(attrs__o={name: "here"})) == [place]
    queries = [
        Place.objects.filter(**{f"attrs__o__{name}": "here"}),
        Place.objects.filter(**{f"attrs__o__{name}__isnull": False}),
        Place.objects.filter(attrs__o__has_key=name),
        Place.objects.order_by(F(f"attrs__o__{name}").desc(nulls_last=True))[:1],
    ]
    # SQLite knows no quotation mark in the name of a path.
    if connection.vendor == "postgresql" or '"' not in name:
        assert [list(query) for query in queries] == [[place]] * 4
    else:
        assert all(set(query) <= {place} for query in queries)
    assert Place.objects.count() == 2


@pytest.mark.usefixtures("_objects")
@pytest.mark.parametrize("value", [value for value in MEMBERS if value.strip()])
def test_strange_items_of_lists_are_matched_as_they_are_written(place, value):
    store(place, json.dumps({"list": [value, "other"]}))
    for lookup, given in (
        ("contains", value),
        ("overlap", [value]),
        ("exact", [value, "other"]),
        ("contained_by", [value, "other"]),
    ):
        assert list(Place.objects.filter(**{f"attrs__list__{lookup}": given})) == [place], lookup
    assert Place.objects.filter(attrs__list__contains=[value, "another"]).count() == 0
    assert list(Place.objects.filter(pk=place.pk).values_list("attrs__list", flat=True)) == [[value, "other"]]


@pytest.mark.usefixtures("_objects")
@pytest.mark.parametrize("value", MEMBERS)
def test_whole_documents_are_matched_with_strange_keys_and_values(place, value):
    store(place, json.dumps({value: value}))
    if value.startswith("$"):  # the library's own
        with pytest.raises(FieldError):
            Place.objects.filter(attrs__has_key=value).count()
        return
    if connection.vendor == "postgresql" or (value.isascii() and '"' not in value):
        assert Place.objects.filter(attrs__has_key=value).count() == 1
    assert Place.objects.filter(attrs__has_keys=[value, "a"]).count() == 0
    if connection.vendor == "postgresql":
        assert Place.objects.filter(attrs__contains={value: value}).count() == 1
        assert Place.objects.filter(attrs__contained_by={value: value, "a": "plain"}).count() == 2


# ---- what Attr is told ----


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "made",
    [
        lambda name: Attr("a", type=name),
        lambda name: Attr(key="a", type=name),
        lambda name: Attr(key="a", type=name, multiple=False),
        lambda name: Attr(key="a", type=name, multiple=True),
        lambda name: Attr("a", field=name),
        lambda name: Attr("a", field=f"attrs__{name}"),
    ],
    ids=["type", "type-of-key", "whole", "whole-list", "field", "field-path"],
)
def test_strange_types_and_paths_are_refused_or_are_texts(place, made, name):
    try:
        found = list(Place.objects.annotate(x=made(name)).order_by("x").values_list("x", flat=True))
    except (FieldError, ValueError, TypeError):
        pass
    else:  # a type that nobody knows is read as text
        assert set(found) <= {"plain", None}
    assert Place.objects.count() == 2


def test_a_plugins_type_or_a_default_brings_no_sql_along(place):
    strange = "x' || (SELECT 1) || '%s%%"
    SchemaRecord.objects.define(Place, [Attribute("a", "text", initial_default=strange), Attribute("n", "integer")])
    store(place, "{}")
    assert Place.objects.filter(attrs__a=strange).count() == 2
    assert set(Place.objects.values_list("attrs__a", flat=True)) == {strange}
