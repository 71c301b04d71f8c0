"""Answers with the fields that a request asks for, and no others."""

# ruff: noqa: RUF012 - options are lists, as everywhere in Django REST framework

from __future__ import annotations

import pytest
from rest_framework import serializers, viewsets
from rest_framework.test import APIRequestFactory
from testapp.models import Note, Place, Team, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.openapi.sparse import sparse_parameters
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer
from jsonattrs_django.rest_framework.sparse import SparseFieldsMixin
from jsonattrs_django.testing import define
from tests.django.queries import asked
from tests.django.rest.filter_views import Notes, Places, PlaceSerializer, answer, codes, refused, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    define(Place, Attribute("n", "integer"), Attribute("t", "text"))
    return Place.objects.create(name="a", attrs={"n": 1, "t": "x"})


@pytest.mark.parametrize(
    ("query", "shown"),
    {
        "fields=name": {"name": "a"},
        "fields=name,attrs.n": {"name": "a", "attrs": {"n": 1}},
        "fields=attrs.t&fields=attrs.n": {"attrs": {"n": 1, "t": "x"}},
        "fields=attrs.n,attrs": {"attrs": {"n": 1, "t": "x"}},
        "fields= name , attrs.t ": {"name": "a", "attrs": {"t": "x"}},
    }.items(),
)
def test_only_what_is_asked_for_is_sent(place, query, shown):
    assert results(query) == [shown]
    assert answer(query, action="retrieve", pk=place.pk).data == shown


def test_without_the_parameter_all_is_sent(place):
    assert results() == [{"id": place.pk, "name": "a", "attrs": {"n": 1, "t": "x"}}]


def test_what_is_not_sent_is_not_read(place):
    define(Note, Attribute("n", "integer"))
    Note.objects.create(title="a", team=Team.objects.create(code="t"), attrs={"n": 1})

    class Full(SparseFieldsMixin, AttributeModelSerializer):
        code = serializers.CharField(source="team.code")

        class Meta:
            model = Note
            fields = ["title", "code", "attrs"]

    view = type("View", (Notes,), {"serializer_class": Full})
    with asked() as queries:
        assert results("fields=title", view) == [{"title": "a"}]
    assert not [query for query in queries if "testapp_team" in query]


@pytest.mark.parametrize(
    ("query", "told"),
    {
        "fields=naem": "There is no field named naem. Did you mean name?",
        "fields=attrs.nn": "There is no field named attrs.nn. Did you mean attrs.n?",
        "fields=name,attrs.zzz": "There is no field named attrs.zzz.",
        "fields=": "Say which fields, or leave the parameter out.",
        "fields=name.x": "There is no field named name.x. Did you mean name?",
        "fields=n": "There is no field named n.",
    }.items(),
)
def test_a_name_that_there_is_not_is_refused_with_the_nearest(place, query, told):
    assert refused(query) == {"fields": [told]}


def test_what_no_answer_has_cannot_be_asked_for(place):
    class Written(PlaceSerializer):
        secret = serializers.HiddenField(default=1)
        word = serializers.CharField(write_only=True)

        class Meta(PlaceSerializer.Meta):
            fields = [*PlaceSerializer.Meta.fields, "secret", "word"]

    view = type("View", (Places,), {"serializer_class": Written})
    assert codes("fields=secret,word", view) == {"fields": ["unknown", "unknown"]}
    (parameter,) = sparse_parameters(view())
    assert parameter.type["items"]["enum"] == ["id", "name", "attrs", "attrs.n", "attrs.t"]


def test_a_list_without_records_refuses_the_same():
    define(Place, Attribute("n", "integer"))
    assert codes("fields=attrs.zzz,zzz") == {"fields": ["unknown", "unknown"]}
    assert codes(f"fields={','.join(f'f{number}' for number in range(501))}") == {"fields": ["max_items"]}


def test_flattened_attributes_are_named_as_the_answer_has_them(place):
    class Flat(PlaceSerializer):
        class Meta(PlaceSerializer.Meta):
            flatten_attributes = True

    view = type("View", (Places,), {"serializer_class": Flat})
    assert results("fields=name,n", view) == [{"name": "a", "n": 1}]
    assert results("", view) == [{"id": place.pk, "name": "a", "n": 1, "t": "x"}]
    assert codes("fields=attrs", view) == codes("fields=attrs.n", view) == {"fields": ["unknown"]}


def test_each_attribute_field_is_named_as_the_serializer_names_it():
    class Both(SparseFieldsMixin, AttributeModelSerializer):
        first = AttributesField(source="left")

        class Meta:
            model = Twin
            fields = ["id", "first", "right"]

    define(Twin, Attribute("n", "integer"), Attribute("m", "integer"), field="left")
    define(Twin, Attribute("n", "text"), field="right")
    Twin.objects.create(left={"n": 1, "m": 2}, right={"n": "x"})
    view = type("View", (Places,), {"queryset": Twin.objects.all(), "serializer_class": Both})
    assert results("fields=first.m,right.n", view) == [{"first": {"m": 2}, "right": {"n": "x"}}]
    assert codes("fields=left.n", view) == {"fields": ["unknown"]}


def test_a_nested_serializer_does_not_look_at_the_request(place):
    class Outer(serializers.Serializer):
        inner = PlaceSerializer(source="*")
        name = serializers.CharField()

    request = APIRequestFactory().get("/?fields=name")
    request.user = None
    shown = Outer(place, context={"request": request}).data
    assert set(shown["inner"]) == {"id", "name", "attrs"}


def test_what_a_reference_shows_does_not_look_at_the_request_either(place):
    class Referring(SparseFieldsMixin, AttributeModelSerializer):
        attrs = AttributesField(references={"where": PlaceSerializer})

        class Meta:
            model = Note
            fields = ["title", "attrs"]

    define(Note, Attribute("where", "reference", constraints={"model": "testapp.Place"}), Attribute("m", "integer"))
    Note.objects.create(title="a", attrs={"where": place, "m": 3})
    view = type("View", (Notes,), {"serializer_class": Referring})
    (shown,) = results("fields=title,attrs.where", view)
    assert shown["title"] == "a"
    assert shown["attrs"] == {"where": {"id": place.pk, "name": "a", "attrs": {"n": 1, "t": "x"}}}


def test_a_request_that_writes_writes_all_that_it_names(place):
    class Written(viewsets.ModelViewSet):
        queryset = Place.objects.all()
        serializer_class = PlaceSerializer

    request = APIRequestFactory().patch("/?fields=name", {"attrs": {"n": 7}}, format="json")
    response = Written.as_view({"patch": "partial_update"})(request, pk=place.pk)
    assert response.data["attrs"] == {"n": 7, "t": "x"}
    assert Place.objects.get().attrs["n"] == 7


def test_without_a_view_the_serializer_has_the_attributes_of_every_record(place):
    request = APIRequestFactory().get("/?fields=attrs.n")
    assert PlaceSerializer(place, context={"request": request}).data == {"attrs": {"n": 1}}


def test_what_the_serializer_leaves_out_is_not_asked_for_without_a_view_either(place):
    class Narrow(PlaceSerializer):
        attrs = AttributesField(only=["n"])

        class Meta(PlaceSerializer.Meta):
            pass

    request = APIRequestFactory().get("/?fields=attrs.n,attrs.t")
    assert Narrow(place, context={"request": request}).data == {"attrs": {"n": 1}}
