"""Lists filtered by attributes: what each question finds, and by which attributes a view is filtered."""

# ruff: noqa: RUF012 - options are lists, as everywhere in Django REST framework

from __future__ import annotations

import subprocess
import sys
from uuid import UUID

import django_filters.rest_framework
import pytest
from django.utils.translation import override
from landregistry.models import Organization, Party, Project
from rest_framework import generics
from rest_framework.filters import SearchFilter
from rest_framework.test import APIRequestFactory
from testapp.models import Note, Place, Restaurant, Team, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.filters import AttributeFilterBackend
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer
from jsonattrs_django.testing import define
from tests.django.queries import asked, forget
from tests.django.rest.filter_views import (
    Notes,
    Parties,
    Places,
    PlaceSerializer,
    answer,
    codes,
    found,
    refused,
    results,
)
from tests.django.test_filters_types import TYPES

pytestmark = pytest.mark.django_db


# ---- the types ----


def three(attribute, first, second):
    define(Place, attribute)
    for name, values in (("a", {"x": first}), ("b", {"x": second}), ("c", {})):
        Place.objects.create(name=name, attrs=values)


QUESTIONS = [(kind, query, names) for kind, (_, queries) in TYPES.items() for query, names in queries.items()]


@pytest.mark.parametrize("kind", TYPES)
def test_each_lookup_of_each_type_finds_what_a_filter_set_finds(kind):
    three(Attribute("x", kind), *TYPES[kind][0])
    for query, names in TYPES[kind][1].items():
        asked_for = f"attrs.x{query}".replace("attrs__x", "attrs.x").replace("+", "%2B")
        assert found(asked_for) == names, query


def test_values_are_written_as_in_json_whatever_the_language():
    three(Attribute("x", "decimal"), "0.5", "1000.5")
    with override("de"):
        assert found("attrs.x=0.5") == "a"
        assert found("attrs.x__in=0.5,1000.5") == "ab"
        assert found("attrs.x__range=0,1") == "a"
        assert codes("attrs.x=0,5") == {"attrs.x": ["format"]}
        assert "Dezimalzahl" in str(refused("attrs.x=0,5"))


def test_lists_are_filtered_by_their_items():
    three(Attribute("x", "text", multiple=True), ["de", "fr"], ["fr"])
    assert found("attrs.x__contains=fr") == "ab"
    assert found("attrs.x__contains=de,fr") == "a"
    assert found("attrs.x__contains=de&attrs.x__contains=fr") == "a"
    assert found("attrs.x__overlap=de;it") == "a"
    assert found("attrs.x__isnull=true") == "c"


def test_a_choice_is_one_value_whatever_stands_in_it():
    three(Attribute("x", "text", choices=["a,b", "c"]), "a,b", "c")
    assert found("attrs.x__in=a,b") == "a"
    assert found("attrs.x__in=c&attrs.x__in=a,b") == "ab"
    assert codes("attrs.x__in=a,c") == {"attrs.x__in": ["choice"]}


def test_subtypes_bring_what_they_accept_into_the_stored_form():
    three(Attribute("x", "text", subtype="gb-post-code"), "SY8 1ZZ", "SY8 2ZX")
    assert found("attrs.x=sy81zz") == "a"


def test_references_are_found_by_keys_and_rows_are_not_told_of():
    team = Team.objects.create(id=UUID(int=1), code="t")
    define(Note, Attribute("lead", "reference", constraints={"model": "testapp.Team"}))
    Note.objects.create(title="a", attrs={"lead": team})
    with asked() as queries:
        assert found(f"attrs.lead={team.pk}", Notes, "title") == "a"
        assert found(f"attrs.lead__in={team.pk},{UUID(int=2)}", Notes, "title") == "a"
        assert found(f"attrs.lead={UUID(int=2)}", Notes, "title") == ""
    assert not [query for query in queries if "testapp_team" in query]
    assert codes("attrs.lead=7", Notes) == {"attrs.lead": ["format"]}


def test_several_conditions_must_all_be_met():
    define(Place, Attribute("n", "integer"), Attribute("t", "text"))
    for name, values in (("a", {"n": 1, "t": "x"}), ("b", {"n": 5, "t": "x"}), ("c", {"n": 5, "t": "y"})):
        Place.objects.create(name=name, attrs=values)
    assert found("attrs.n__gte=3&attrs.t=x") == "b"
    assert found("attrs.n__gte=3&attrs.n__lt=5") == ""
    assert found() == "abc"


# ---- the scopes that a view exposes ----


@pytest.fixture
def organizations():
    """Two organisations with an attribute each, and one that only a type of their parties has."""
    define(Party, Attribute("born", "date"))
    made = []
    for slug, name in (("one", "village"), ("two", "borough")):
        organization = Organization.objects.create(slug=slug, name=slug)
        project = Project.objects.create(organization=organization, slug=slug, name=slug)
        define(Party, Attribute(name, "text"), selectors=(organization,))
        define(Party, Attribute(f"{name}_tax", "integer"), selectors=(organization, project, "CO"))
        Party.objects.create(project=project, name=slug, attrs={name: "x", "born": "1984-02-29"})
        company = {name: "y", f"{name}_tax": 7}
        Party.objects.create(project=project, type="CO", name=f"{slug} ltd", attrs=company)
        made.append(organization)
    return made


def test_a_view_is_filtered_by_the_attributes_of_its_scopes_and_all_below(organizations):
    one, two = (each.pk for each in organizations)
    assert found("attrs.village=x", Parties, organization=one) == "one"
    assert found("attrs.village_tax__gte=7", Parties, organization=one) == "one ltd"
    assert found("attrs.born__year=1984", Parties, organization=two) == "two"


def test_nothing_is_said_of_the_attributes_of_others(organizations):
    two = organizations[1].pk
    for query in ("attrs.village=x", "attrs.vilage=x", "attrs.village_tax=1", "ordering=attrs.village"):
        said = str(refused(query, Parties, organization=two))
        assert "village" not in said.replace(query.partition("=")[0], "").replace("by attrs.village", "")
        assert "unknown" in str(codes(query, Parties, organization=two))
    assert "attrs.borough" in str(refused("attrs.borogh=x", Parties, organization=two))


def test_a_view_that_says_nothing_has_the_attributes_of_every_record(organizations):
    class Plain(Parties):
        queryset = Party.objects.all()
        get_queryset = get_attribute_scopes = None
        del get_queryset, get_attribute_scopes

    class Everything(Places):
        queryset = Party.objects.all()
        serializer_class = Parties.serializer_class

    class All(Everything):
        attribute_scopes = [()]

    assert found("attrs.born=1984-02-29", Everything) == "onetwo"
    assert codes("attrs.village=x", Everything) == {"attrs.village": ["unknown"]}
    assert found("attrs.village=x", All) == "one"


def test_several_scopes_are_exposed_together(organizations):
    class Mine(Places):
        queryset = Party.objects.all()
        serializer_class = Parties.serializer_class
        attribute_scopes = [(each,) for each in organizations]

    assert found("attrs.village=x", Mine) == "one"
    assert found("attrs.borough__isnull=false", Mine) == "twotwo ltd"


def test_a_name_that_scopes_use_for_different_attributes_is_ambiguous():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    define(Note, Attribute("size", "integer"), Attribute("same", "integer"), selectors=(teams[0],))
    define(Note, Attribute("size", "text", key="other"), Attribute("same", "integer"), selectors=(teams[1],))

    class Both(Notes):
        attribute_scopes = [(team,) for team in teams]

    class One(Notes):
        attribute_scopes = [(teams[1],)]

    Note.objects.create(title="b", team=teams[1], attrs={"size": "12", "same": 3})
    assert codes("attrs.size=1&ordering=attrs.size", Both) == {"attrs.size": ["ambiguous"]}
    assert codes("ordering=attrs.size", Both) == {"ordering": ["ambiguous"]}
    assert codes("facets=attrs.size", Both, action="facets") == {"facets": ["ambiguous"]}
    assert found("attrs.same__gte=3&ordering=attrs.same", Both, "title") == "b"
    assert found("attrs.size__startswith=1", One, "title") == "b"


def test_choices_of_several_scopes_are_all_asked_for():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    for team, choices in zip(teams, (["s", "m"], ["m", "xl"]), strict=True):
        define(Note, Attribute("size", "text", choices=choices), selectors=(team,))
        Note.objects.create(title=choices[1], team=team, attrs={"size": choices[1]})

    class Both(Notes):
        attribute_scopes = [(team,) for team in teams]

    assert found("attrs.size=xl", Both, "title") == "xl"
    assert found("attrs.size__in=m,xl", Both, "title") == "mxl"
    assert codes("attrs.size=l", Both) == {"attrs.size": ["choice"]}


# ---- prefixes, and the parameters of others ----


class FlatSerializer(PlaceSerializer):
    class Meta(PlaceSerializer.Meta):
        flatten_attributes = True


class Flat(Places):
    serializer_class = FlatSerializer
    attribute_filter_prefix = ""
    search_fields = ["name"]
    filter_backends = [*Places.filter_backends, SearchFilter]


def test_flattened_attributes_keep_their_prefix_unless_the_view_says_otherwise():
    three(Attribute("x", "integer"), 1, 2)
    nested = type("Nested", (Places,), {"serializer_class": FlatSerializer})
    assert found("attrs.x=1", nested) == "a"
    assert found("x=1", nested) == "abc"
    assert found("x__gte=2", Flat) == "b"
    assert found("x__gte=1&ordering=-x", Flat) == "ba"
    assert codes("y__gte=2", Flat) == {"y__gte": ["unknown"]}


def test_what_other_backends_and_paging_read_is_left_to_them():
    three(Attribute("x", "integer"), 1, 2)
    assert found("search=b&x__gte=1&page=1&page_size=5&format=json&fields=name", Flat) == "b"
    assert found("attr.x=1&x=1&search=zzz") == "abc"


def test_beside_django_filter_both_read_their_own():
    class Beside(Places):
        filter_backends = [*Places.filter_backends, django_filters.rest_framework.DjangoFilterBackend]
        filterset_fields = ["name"]

    three(Attribute("x", "integer"), 1, 2)
    assert found("attrs.x__gte=1&name=b", Beside) == "b"
    assert found("attrs__x=1&name=b", Beside) == "b"


@pytest.mark.parametrize("name", ["attrs__x__gte", "attrs[x]", "attrs:x", "attrs"])
def test_a_parameter_in_the_form_of_others_is_no_silence(name):
    three(Attribute("x", "integer"), 1, 2)
    assert codes(f"{name}=1") == {name: ["unknown"]}
    assert found("attrs2=1&attrsx=1&attrs_x=1") == "abc"


def test_the_form_that_was_meant_is_told():
    define(Place, Attribute("score", "integer"))
    (said,) = refused("attrs__score__gte=1")["attrs__score__gte"]
    assert "attrs.score__gte" in said


class TwinSerializer(AttributeModelSerializer):
    class Meta:
        model = Twin
        fields = ["id", "left", "right"]


def test_each_of_several_attribute_fields_has_its_own_prefix():
    class Twins(Places):
        queryset = Twin.objects.all()
        serializer_class = TwinSerializer

    define(Twin, Attribute("n", "integer"), field="left")
    define(Twin, Attribute("n", "text"), field="right")
    twin = Twin.objects.create(left={"n": 1}, right={"n": "x"})
    Twin.objects.create(left={"n": 1}, right={"n": "y"})
    shown = results("left.n__gte=1&right.n=x&ordering=left.n,-right.n", Twins)
    assert [each["id"] for each in shown] == [twin.pk]


def test_a_field_that_is_inherited_is_filtered_by():
    class RestaurantSerializer(AttributeModelSerializer):
        class Meta:
            model = Restaurant
            fields = ["name", "attrs", "menu"]

    define(Place, Attribute("n", "integer"))
    define(Restaurant, Attribute("dish", "text"), field="menu")
    for name, n in (("a", 1), ("b", 2)):
        Restaurant.objects.create(name=name, attrs={"n": n}, menu={"dish": name})
    view = type("View", (Places,), {"queryset": Restaurant.objects.all(), "serializer_class": RestaurantSerializer})
    assert found("attrs.n__gte=1&menu.dish__in=b,c&ordering=-menu.dish,attrs.n", view) == "b"
    counted = answer("facets=attrs.n,menu.dish&attrs.n__gt=1", view, action="facets").data
    assert {name: each["values"][0]["value"] for name, each in counted.items()} == {"attrs.n": 2, "menu.dish": "b"}


class Narrow(PlaceSerializer):
    attrs = AttributesField(exclude=["secret"])

    class Meta(PlaceSerializer.Meta):
        pass


class Only(PlaceSerializer):
    class Meta(PlaceSerializer.Meta):
        extra_kwargs = {"attrs": {"only": ["score"]}}


@pytest.mark.parametrize("serializer", [Narrow, Only])
def test_what_the_serializer_leaves_out_is_not_asked_for(serializer):
    view = type("View", (Places,), {"serializer_class": serializer})
    define(Place, Attribute("secret", "integer"), Attribute("score", "integer"))
    Place.objects.create(name="a", attrs={"secret": 1, "score": 1})
    assert found("attrs.score=1", view) == "a"
    assert codes("attrs.secret=1", view) == {"attrs.secret": ["unknown"]}
    assert codes("ordering=attrs.secret", view) == {"ordering": ["unknown"]}
    assert codes("fields=attrs.secret", view) == {"fields": ["unknown"]}
    assert codes("facets=attrs.secret", view, action="facets") == {"facets": ["unknown"]}
    assert found("attrs.secret=1") == "a"


def test_attributes_that_are_only_written_are_not_asked_for():
    class Written(PlaceSerializer):
        class Meta(PlaceSerializer.Meta):
            extra_kwargs = {"attrs": {"write_only": True}}

    define(Place, Attribute("score", "integer"))
    assert codes("attrs.score=1", type("View", (Places,), {"serializer_class": Written})) == {
        "attrs.score": ["unknown"]
    }


def test_parameters_have_the_name_that_the_field_has_in_answers():
    class Renamed(PlaceSerializer):
        properties = AttributesField(source="attrs")

        class Meta(PlaceSerializer.Meta):
            fields = ["name", "properties"]

    view = type("View", (Places,), {"serializer_class": Renamed, "ordering": "-properties.x"})
    three(Attribute("x", "integer"), 1, 2)
    assert found("properties.x__gte=1&ordering=-properties.x", view) == "ba"
    assert found("properties.x__gte=1", view) == "ba"
    assert results("fields=properties.x&properties.x=1", view) == [{"properties": {"x": 1}}]
    assert codes("properties__x=1", view) == {"properties__x": ["unknown"]}
    assert found("attrs.x=1&properties.x__gte=1", view) == "ba"


def test_a_generic_view_needs_no_more_than_the_backend():
    class Plain(generics.ListAPIView):
        queryset = Place.objects.all()
        serializer_class = PlaceSerializer
        filter_backends = [AttributeFilterBackend]

    three(Attribute("x", "integer"), 1, 2)
    response = Plain.as_view()(APIRequestFactory().get("/?attrs.x__gt=1"))
    assert [each["name"] for each in response.data] == ["b"]


def test_a_record_of_its_own_is_found_by_the_same_conditions():
    three(Attribute("x", "integer"), 1, 2)
    first = Place.objects.get(name="a")
    assert answer("attrs.x=1", action="retrieve", pk=first.pk).status_code == 200
    assert answer("attrs.x=2", action="retrieve", pk=first.pk).status_code == 404


# ---- what it costs ----


def test_a_filtered_list_takes_no_query_for_schemas_that_are_known(organizations, settings):
    settings.JSONATTRS = {"FRESHNESS": 600}
    one = organizations[0].pk
    query = "attrs.village=x&attrs.village_tax__isnull=true&ordering=-attrs.born,name"
    forget()
    found(query, Parties, organization=one)
    with asked() as queries:
        assert found(query, Parties, organization=one) == "one"
    assert len(queries) == 2, queries  # the count of the paginator, and the page


@pytest.mark.parametrize("count", [1, 1_000])
def test_a_filtered_list_takes_as_many_queries_for_a_thousand_as_for_one(organizations, settings, count):
    settings.JSONATTRS = {"FRESHNESS": 600}
    office = organizations[0]
    project = Project.objects.filter(organization=office).first()
    Party.objects.bulk_create(Party(project=project, name="y", attrs={"village": "many"}) for _ in range(count))
    query = "attrs.village=many&attrs.village_tax__isnull=true&ordering=-attrs.born,name"
    forget()
    results(query, Parties, organization=office.pk)

    with asked() as queries:
        assert len(results(query, Parties, organization=office.pk)) == count
    assert len(queries) == 2, queries  # the count of the paginator, and the page


def test_an_unfiltered_list_reads_no_schema_for_its_backends():
    define(Place, Attribute("x", "integer"))
    with asked() as queries:
        assert found() == ""
    assert len(queries) <= 2, queries


def test_the_backends_need_no_django_filter():
    program = (
        "import sys, os\n"
        "sys.modules['django_filters'] = None\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.django.settings'\n"
        "import django; django.setup()\n"
        "import jsonattrs_django.rest_framework.filters\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
