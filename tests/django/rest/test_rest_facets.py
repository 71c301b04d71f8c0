"""Counts of records by the values of attributes, under the current filter."""

# ruff: noqa: RUF012 - options are lists, as everywhere in Django REST framework

from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import Count
from django.utils.translation import override
from landregistry.models import Organization, Project
from testapp.models import Note, Place, Team

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer
from jsonattrs_django.testing import define
from tests.django.queries import asked
from tests.django.rest.filter_views import Notes, Places, answer, codes, refused, results

pytestmark = pytest.mark.django_db


def facet(name, query="", view=Places, **options):
    """Return one facet: the counts by value, and how many records have others."""
    response = answer(f"facets={name}&{query}", view, action="facets", **options)
    assert response.status_code == 200, response.data
    (found,) = response.data.values()
    assert [*response.data] == [name]
    return {entry["value"]: entry["count"] for entry in found["values"]}, found["others"]


def places(attribute, *values):
    define(Place, attribute, Attribute("n", "integer"))
    for number, value in enumerate(values):
        Place.objects.create(name=str(number), attrs={"n": number, **({} if value is ... else {"x": value})})


SIZES = Attribute("x", "text", label={"en": "Size", "de": "Größe"}, choices=[
    ("s", {"en": "Small", "de": "Klein"}), ("m", {"en": "Middle", "de": "Mittel"}), ("l", "Large"),
])  # fmt: skip


def test_records_are_counted_by_the_choices_of_an_attribute():
    places(SIZES, "s", "m", "s", None, ...)
    assert facet("attrs.x") == ({"s": 2, "m": 1, "l": 0, None: 2}, 0)
    with override("de"):
        said = answer("facets=attrs.x", action="facets").data["attrs.x"]
    assert said == {
        "label": "Größe",
        "type": "text",
        "values": [
            {"value": "s", "label": "Klein", "count": 2},
            {"value": "m", "label": "Mittel", "count": 1},
            {"value": "l", "label": "Large", "count": 0},
            {"value": None, "label": "Leer", "count": 2},
        ],
        "others": 0,
    }


def test_the_current_filter_decides_which_records_are_counted():
    places(SIZES, "s", "m", "s", "l")
    assert facet("attrs.x", "attrs.n__gte=1") == ({"s": 1, "m": 1, "l": 1}, 0)
    assert facet("attrs.x", "attrs.x=s&ordering=zzz&page=7") == ({"s": 2, "m": 0, "l": 0}, 0)
    assert facet("attrs.x", "attrs.n__gte=10") == ({"s": 0, "m": 0, "l": 0}, 0)
    assert codes("facets=attrs.x&attrs.n=x", action="facets") == {"attrs.n": ["format"]}


def test_retired_choices_that_records_have_are_shown_as_such():
    old = Choice("xl", "Extra", retired=True)
    places(Attribute("x", "text", choices=["s", Choice("xl", "Extra")]), "s", "xl")
    define(Place, Attribute("x", "text", choices=["s", old, Choice("xs", retired=True)]))
    (found,) = answer("facets=attrs.x", action="facets").data.values()
    assert found["values"] == [
        {"value": "s", "label": "s", "count": 1},
        {"value": "xl", "label": "Extra", "count": 1, "retired": True},
    ]


def test_values_that_are_no_choices_any_more_are_counted_together():
    places(Attribute("x", "text"), "s", "old", "older", "m")
    define(Place, SIZES)
    assert facet("attrs.x") == ({"s": 1, "m": 1, "l": 0}, 2)


def test_booleans_are_counted_and_labelled():
    places(Attribute("x", "boolean"), True, True, False, ...)
    assert facet("attrs.x") == ({True: 2, False: 1, None: 1}, 0)
    (found,) = answer("facets=attrs.x", action="facets").data.values()
    assert [entry["label"] for entry in found["values"]] == ["Yes", "No", "Empty"]


def test_a_record_with_several_values_is_counted_with_each():
    attribute = Attribute("x", "text", multiple=True, choices=["de", "fr", "it"])
    places(attribute, ["de", "fr"], ["fr"], [], ..., ["it"])
    define(Place, Attribute("x", "text", multiple=True, choices=["de", "fr", "en"]))
    assert facet("attrs.x") == ({"de": 1, "fr": 2, "en": 0, None: 2}, 1)


@pytest.mark.parametrize(
    ("kind", "values", "sent"),
    [
        ("integer", [3, 3, 2**53 + 1], {3: 2, 2**53 + 1: 1}),
        ("decimal", ["1.50", "1.50", "2"], {"1.50": 2, "2": 1}),
        ("float", [0.5, 0.5, 2.0], {0.5: 2, 2.0: 1}),
        ("date", ["2024-02-29", "2024-02-29", "1984-01-01"], {"2024-02-29": 2, "1984-01-01": 1}),
        ("datetime", ["2024-01-01T00:00:00Z"] * 2, {"2024-01-01T00:00:00Z": 2}),
        ("time", ["09:00:00"] * 2, {"09:00:00": 2}),
        ("uuid", [str(UUID(int=1))] * 2, {str(UUID(int=1)): 2}),
        ("text", ["b", "a", "b"], {"b": 2, "a": 1}),
    ],
)
def test_values_are_sent_as_they_are_in_records(kind, values, sent):
    places(Attribute("x", kind), *values, ...)
    counts, others = facet("attrs.x")
    stored = {place.attrs.dump().get("x") for place in Place.objects.all()} - {None}
    if kind == "decimal":  # a number has no digits at its end
        assert {float(value): count for value, count in counts.items() if value} == {1.5: 2, 2.0: 1}
    else:
        assert counts == {**sent, None: 1}
        assert {*counts} - {None} == stored
    assert others == 0


def test_references_are_counted_by_keys():
    teams = [Team.objects.create(id=UUID(int=place), code=f"t{place}") for place in (1, 2)]
    define(Note, Attribute("lead", "reference", constraints={"model": "testapp.Team"}))
    for team in (*teams, teams[0]):
        Note.objects.create(title="x", attrs={"lead": team})
    assert facet("attrs.lead", view=Notes) == ({str(teams[0].pk): 2, str(teams[1].pk): 1}, 0)


def test_keys_that_are_numbers_are_sent_as_numbers_as_in_records():
    define(Note, Attribute("place", "reference", constraints={"model": "testapp.Place"}))
    one, other = (Place.objects.create(name=name) for name in "ab")
    for place in (one, other, one):
        Note.objects.create(title="x", attrs={"place": place})

    counts, _others = facet("attrs.place", view=Notes)

    assert counts == {one.pk: 2, other.pk: 1}
    assert {type(value) for value in counts} == {int}
    assert {row["attrs"]["place"] for row in results("", Notes)} == {*counts}


@pytest.mark.parametrize("values", [[f"v{n:03}" for n in range(150)] * 2 + ["often"] * 5], ids=["many"])
def test_of_many_values_the_most_frequent_are_listed_and_the_rest_is_counted(values):
    places(Attribute("x", "text"), *values[:160], ..., ...)
    counts, others = facet("attrs.x")
    assert [*counts][:10] == [f"v{n:03}" for n in range(10)]
    assert counts["v000"] == 2
    assert len(counts) == 101
    assert counts[None] == 2
    assert sum(counts.values()) + others == 162


def test_the_view_says_how_many_values_are_listed():
    view = type("View", (Places,), {"facet_limit": 1})
    places(SIZES, "s", "m", "s", ...)
    assert facet("attrs.x", view=view) == ({"s": 2, None: 1}, 1)
    (found,) = answer("facets=attrs.x", view, action="facets").data.values()
    assert found["values"][0]["label"] == "Small"


@pytest.mark.parametrize("count", [1, 1_000])
def test_a_thousand_records_are_counted_with_as_many_queries_as_one(settings, count):
    settings.JSONATTRS = {"FRESHNESS": 600}
    define(Place, Attribute("size", "text", choices=["s", "m"]), Attribute("free", "text"))
    Place.objects.bulk_create(Place(name="x", attrs={"size": "s", "free": str(n)}) for n in range(count))
    query = "facets=attrs.size,attrs.free"
    answer(query, action="facets")

    with asked() as queries:
        told = answer(query, action="facets").data
    assert told["attrs.size"]["values"][0]["count"] == count
    assert len(queries) == 2, queries


def test_several_attributes_are_counted_with_a_query_each(settings):
    settings.JSONATTRS = {"FRESHNESS": 600}
    define(
        Place, Attribute("a", "boolean"), Attribute("b", "text"), Attribute("c", "text", multiple=True, choices=["x"])
    )
    Place.objects.create(name="p", attrs={"a": True, "b": "t", "c": ["x"]})
    query = "facets=attrs.a,attrs.b&facets=attrs.c&attrs.a=true"
    answer(query, action="facets")
    with asked() as queries:
        response = answer(query, action="facets")
    assert [*response.data] == ["attrs.a", "attrs.b", "attrs.c"]
    assert len(queries) == 3, queries


def test_records_of_a_query_set_of_any_form_are_counted_once():
    places(SIZES, "s", "m", "s", ...)
    rows = Place.objects.all()
    forms = [
        rows.distinct(),
        rows.annotate(many=Count("restaurant")),
        rows.order_by("-name"),
        rows.filter(pk__in=rows),
        rows.values("name", "pk"),
    ]
    for queryset in forms:
        view = type("View", (Places,), {"get_queryset": lambda self, found=queryset: found})
        assert facet("attrs.x", "attrs.n__gte=0", view=view) == ({"s": 2, "m": 1, "l": 0, None: 1}, 0)
        assert facet("attrs.n", view=view)[1] == 0


def test_a_record_that_joins_repeat_is_counted_once():
    class OrganizationSerializer(AttributeModelSerializer):
        class Meta:
            model = Organization
            fields = ["name", "attrs"]

    define(Organization, SIZES, Attribute("free", "text"))
    for slug in "ab":
        organization = Organization.objects.create(slug=slug, name=slug, attrs={"x": "s", "free": slug})
        for number in "123":
            Project.objects.create(organization=organization, slug=number, name="p")
    rows = Organization.objects.filter(projects__name="p").distinct()
    view = type("View", (Places,), {"queryset": rows, "serializer_class": OrganizationSerializer})
    assert facet("attrs.x", view=view) == ({"s": 2, "m": 0, "l": 0}, 0)
    assert facet("attrs.free", view=view) == ({"a": 1, "b": 1}, 0)


def test_what_scopes_say_differently_is_counted_together():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    for team, choices in zip(teams, ([("s", "S"), ("m", "M")], [Choice("m", "Middle"), "xl"]), strict=True):
        define(Note, Attribute("size", "text", choices=choices), selectors=(team,))
        Note.objects.create(title="x", team=team, attrs={"size": "m"})
    view = type("View", (Notes,), {"attribute_scopes": [(team,) for team in teams]})
    assert facet("attrs.size", view=view) == ({"s": 0, "m": 2, "xl": 0}, 0)
    one = type("View", (Notes,), {"attribute_scopes": [(teams[0],)]})
    assert "xl" not in str(answer("facets=attrs.size", one, action="facets").data)


@pytest.mark.parametrize(
    ("name", "code"),
    {
        "attrs.colour": "unknown", "attrs.sizes": "unknown", "size": "unknown", "name": "unknown", "attrs": "unknown",
        "attrs.data": "invalid", "attrs.tags": "invalid", "attrs.size__in": "unknown",
    }.items(),
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(name, code):
    define(
        Place,
        Attribute("size", "text"),
        Attribute("data", "object"),
        Attribute("tags", "text", multiple=True),
    )
    assert codes(f"facets={name}", action="facets") == {"facets": [code]}


def test_what_is_meant_is_told():
    define(Place, Attribute("size", "text"))
    (said,) = refused("facets=attrs.sizes", action="facets")["facets"]
    assert said == "There is no attribute named attrs.sizes. Did you mean attrs.size?"
    assert codes("", action="facets") == codes("facets=,", action="facets") == {"facets": ["required"]}
    many = ",".join(f"attrs.n{number}" for number in range(11))
    assert codes(f"facets={many}", action="facets") == {"facets": ["max_items"]}
