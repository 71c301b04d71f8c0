"""Lists in the order that was asked for, which stays the same from page to page."""

# ruff: noqa: RUF012 - options are lists, as everywhere in Django REST framework

from __future__ import annotations

import pytest
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory
from testapp.models import Keyed, Place

from jsonattrs_core import Attribute
from jsonattrs_django.rest_framework.filters import AttributeOrderingFilter
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer
from jsonattrs_django.testing import define
from tests.django.rest.filter_views import Places, PlaceSerializer, answer, codes, found, results

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    define(
        Place,
        Attribute("n", "integer"),
        Attribute("t", "text", label="Text"),
        Attribute("many", multiple=True, type="text"),
    )
    for name, n in (("b", 1), ("a", 1), ("c", 3)):
        Place.objects.create(name=name, attrs={"n": n, "t": name})


def test_attributes_and_columns_are_ordered_by():
    assert found("ordering=attrs.n,name") == "abc"
    assert found("ordering=-attrs.n,-name") == "cba"
    assert found("ordering=-attrs.n&ordering=name") == "cab"
    assert found("ordering=name,name,-attrs.t") == "abc"
    assert found("ordering=-id") == "cab"
    assert found("ordering=") == "bac"


def test_the_primary_key_comes_last_so_that_pages_fit_together():
    for place in range(40):
        Place.objects.create(name=f"p{place}", attrs={"n": 2})
    for ordering in ("attrs.n", "-attrs.n", "attrs.t", ""):
        paged = [
            each["id"] for page in range(1, 10) for each in results(f"ordering={ordering}&page_size=5&page={page}")
        ]
        assert len(set(paged)) == len(paged) == 43


def test_a_list_without_an_order_is_ordered_by_its_key():
    view = type("View", (Places,), {"queryset": Place.objects.order_by("-name")})
    assert found("") == "bac"
    assert found("", view) == "cba"


@pytest.mark.parametrize("ordering", ["-attrs.n", "-attrs__n", ("-attrs.n", "name"), ["-attrs__n", "name"], "name"])
def test_the_view_says_what_the_order_is_otherwise(ordering):
    view = type("View", (Places,), {"ordering": ordering})
    assert found("", view) == {"name": "abc"}.get(str(ordering), "cab" if len(ordering) == 2 else "cba")
    assert found("ordering=name", view) == "abc"


def test_a_view_has_records_without_a_value_at_the_end():
    class View(Places):
        ordering_nulls_last = True

    class Other(View):
        ordering = ["-attrs.n", "name"]

    Place.objects.create(name="d", attrs={"n": None})
    Place.objects.create(name="e")
    assert found("ordering=attrs.n,name", View) == "abcde"
    assert found("ordering=-attrs.n,name", View) == "cabde"
    assert found("", Other) == "cabde"
    assert found("ordering=-name", View) == "edcba"


def test_a_view_says_what_may_be_ordered_by():
    def view(names):
        return type("View", (Places,), {"ordering_fields": names})

    assert found("ordering=-attrs.n,name", view("__all__")) == "cab"
    assert found("ordering=-attrs.n,name", view(["name", "attrs"])) == "cab"
    assert found("ordering=-attrs.n", view(["attrs.n"])) == "cba"
    assert codes("ordering=attrs.t,name", view(["attrs.n"])) == {"ordering": ["unknown", "unknown"]}
    assert codes("ordering=attrs.n", view(["name"])) == {"ordering": ["unknown"]}


def test_what_the_serializer_shows_and_is_no_column_is_not_ordered_by():
    class Own(PlaceSerializer):
        upper = serializers.CharField(source="get_name", read_only=True)

        class Meta(PlaceSerializer.Meta):
            fields = [*PlaceSerializer.Meta.fields, "upper"]

    view = type("View", (Places,), {"serializer_class": Own})
    assert codes("ordering=get_name", view) == codes("ordering=upper", view) == {"ordering": ["unknown"]}


def test_flattened_names_that_are_no_attributes_are_unknown():
    view = type("View", (Places,), {"attribute_filter_prefix": "", "ordering_fields": ["n", "zzz", "name"]})
    assert found("ordering=-n,name", view) == "cab"
    assert codes("ordering=zzz", view) == {"ordering": ["unknown"]}


def test_a_list_that_is_paged_by_cursor_is_ordered_by_columns_only():
    class ByCursor(CursorPagination):
        page_size = 2
        ordering = "pk"

    view = type("View", (Places,), {"pagination_class": ByCursor})
    assert found("", view) == "ba"
    assert found("ordering=-name", view) == "cb"
    assert codes("ordering=attrs.n", view) == {"ordering": ["unknown"]}
    assert answer("ordering=-name", view).data["next"]


def test_a_key_of_another_name_is_the_last_as_well():
    class KeyedSerializer(AttributeModelSerializer):
        class Meta:
            model = Keyed
            fields = ["code", "attrs"]

    define(Keyed, Attribute("n", "integer"))
    for code in "bac":
        Keyed.objects.create(code=code, attrs={"n": 1})
    view = type("View", (Places,), {"queryset": Keyed.objects.all(), "serializer_class": KeyedSerializer})
    assert found("ordering=attrs.n", view, "code") == "abc"
    assert found("ordering=attrs.n,-code", view, "code") == "cba"


def test_the_browsable_api_offers_the_attributes_and_knows_the_current_one():
    view = Places()
    view.request = Request(APIRequestFactory().get("/?ordering=-attrs.n,name"))
    context = AttributeOrderingFilter().get_template_context(view.request, Place.objects.all(), view)
    assert context["current"] == "-attrs.n"
    assert [name for name, _label in context["options"]][-4:] == ["attrs.n", "-attrs.n", "attrs.t", "-attrs.t"]
