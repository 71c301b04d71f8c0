"""Filter sets: typed filters for the attributes of a scope, and what they refuse."""

# ruff: noqa: RUF012 - `Meta` is Django's

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import django_filters
import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings
from django.utils import timezone
from django.utils.translation import override
from django_filters import rest_framework
from landregistry.models import Organization, Party, Project, SpatialUnit
from landregistry.seeding import seed
from rest_framework import serializers, viewsets
from rest_framework.test import APIRequestFactory
from testapp.models import Note, Place, Restaurant, Team, Twin

from jsonattrs_core import Attribute, BaseType, Choice, Rule, SchemaError, hookimpl
from jsonattrs_django.filters import AttributeFilterMixin, AttributeFilterSet
from jsonattrs_django.filters.offers import ALL_LOOKUPS
from jsonattrs_django.filters.parameters import USUAL_PARAMETERS
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from jsonattrs_django.selectors import SelectorError
from tests.django.queries import asked

pytestmark = pytest.mark.django_db


class PlaceFilter(AttributeFilterSet):
    class Meta:
        model = Place
        fields = ["name"]


class NoteFilter(AttributeFilterSet):
    class Meta:
        model = Note
        fields = ["title"]


class PartyFilter(AttributeFilterSet):
    class Meta:
        model = Party
        fields = {"name": ["exact", "icontains"], "project": ["exact"]}


def errors(filters):
    return {name: [error["code"] for error in found] for name, found in filters.errors.get_json_data().items()}


def messages(filters):
    return {name: [error["message"] for error in found] for name, found in filters.errors.get_json_data().items()}


def found(query, kind=PlaceFilter, **options):
    """Return the names of the records that a query string finds."""
    filters = kind(QueryDict(query), **options)
    assert filters.is_valid(), filters.errors
    return [record.name for record in filters.qs.order_by("pk")]


def refused(query, kind=PlaceFilter, **options):
    """Return the codes of the errors, by parameter, of a query string that finds nothing."""
    filters = kind(QueryDict(query), **options)
    assert not filters.is_valid()
    assert list(filters.qs) == []
    return errors(filters)


# ---- the types ----

LOW, HIGH = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"

#: Type, the values of two records, and what each question finds of the records a, b and c, the last without a value.
TYPES = {
    "text": (
        ("Weaver's 100 % Inn", "mill_House"),
        {
            "=mill_House": "b",
            "=mill_house": "",
            "__iexact=MILL_HOUSE": "b",
            "__in=x,mill_House": "b",
            "__in=mill_House;Weaver's 100 %25 Inn": "ab",
            "__in=mill_House&attrs__x__in=x": "b",
            "__contains=100 %25": "a",
            "__contains=Inn": "a",
            "__icontains=INN": "a",
            "__startswith=mill": "b",
            "__startswith=_": "",
            "__istartswith=MILL_": "b",
            "__endswith=Inn": "a",
            "__iendswith=INN": "a",
            "__isnull=true": "c",
            "__isnull=false": "ab",
        },
    ),
    "integer": (
        (-7, 2**53 + 1),
        {
            "=-7": "a",
            "=9007199254740993": "b",
            "=9007199254740992": "",
            "__gt=-7": "b",
            "__gte=-7": "ab",
            "__lt=0": "a",
            "__lte=-8": "",
            "__in=-7,5": "a",
            "__in=5&attrs__x__in=-7": "a",
            "__range=-10,10": "a",
            "__range=-10&attrs__x__range=10": "a",
            "__isnull=1": "c",
        },
    ),
    "float": (
        (1.5, -2e300),
        {
            "=1.5": "a",
            "=1.50": "a",
            "__gt=1.4": "a",
            "__gte=1.5": "a",
            "__lt=-1e300": "b",
            "__lte=1.5": "ab",
            "__in=1.5,2": "a",
            "__range=1,2": "a",
            "__isnull=true": "c",
        },
    ),
    "decimal": (
        ("0.10", "12345678901234567890.5"),
        {
            "=0.1": "a",
            "=0.100": "a",
            "=12345678901234567890.5": "b",
            "__gt=0.1": "b",
            "__gte=0.1": "ab",
            "__lt=1": "a",
            "__lte=0.09": "",
            "__in=.1;7": "a",
            "__range=0,1": "a",
            "__isnull=true": "c",
        },
    ),
    "boolean": (
        (True, False),
        {"=true": "a", "=false": "b", "=1": "a", "=no": "b", "__isnull=true": "c", "__isnull=False": "ab"},
    ),
    "date": (
        ("1984-02-29", "2024-12-31"),
        {
            "=1984-02-29": "a",
            "__gt=1984-02-29": "b",
            "__gte=1984-02-29": "ab",
            "__lt=2024-12-31": "a",
            "__lte=2024-12-31": "ab",
            "__in=1984-02-29,2000-01-01": "a",
            "__range=1984-01-01,1984-12-31": "a",
            "__year=1984": "a",
            "__year__gte=1985": "b",
            "__year__lte=2024": "ab",
            "__month=2": "a",
            "__day=31": "b",
            "__isnull=true": "c",
        },
    ),
    "datetime": (
        ("2024-01-01T05:59:59Z", "2024-06-30T12:00:00Z"),
        {
            "=2024-06-30T12:00:00Z": "b",
            "=2024-06-30T14:00:00%2B02:00": "b",
            "=2024-06-30 07:00": "b",  # in the project's time zone, as people write it
            "__gt=2024-06-30T11:59:59Z": "b",
            "__gte=2024-06-30": "b",
            "__lt=2024-06-30": "a",
            "__lte=2024-06-30T12:00:00Z": "ab",
            "__range=2024-01-01,2024-12-31": "b",
            "__date=2023-12-31": "a",  # for it was not midnight yet in Chicago
            "__date__gte=2024-01-01": "b",
            "__date__lte=2023-12-31": "a",
            "__year=2023": "a",
            "__year__gte=2024": "b",
            "__year__lte=2023": "a",
            "__isnull=true": "c",
        },
    ),
    "time": (
        ("08:30", "23:59:59.5"),
        {
            "=08:30": "a",
            "=08:30:00": "a",
            "__gt=12:00": "b",
            "__gte=08:30": "ab",
            "__lt=12:00": "a",
            "__lte=08:29": "",
            "__range=08:00,09:00": "a",
            "__isnull=true": "c",
        },
    ),
    "duration": (
        ("P1DT12H", "-PT5M"),
        {
            "=PT36H": "a",
            "__gt=PT0S": "a",
            "__gte=-PT5M": "ab",
            "__lt=PT0S": "b",
            "__lte=-PT6M": "",
            "__range=P1D,P2D": "a",
            "__gte=P999999999D": "",
            "__lte=P999999999D": "ab",
            "__isnull=true": "c",
        },
    ),
    "uuid": (
        (LOW, HIGH),
        {
            f"={LOW}": "a",
            f"={LOW.upper()}": "a",
            f"={UUID(HIGH).hex}": "b",
            f"__in={LOW},{HIGH}": "ab",
            "__isnull=true": "c",
        },
    ),
    "object": (({"city": "Ludlow"}, {"city": "Bandung"}), {"__isnull=true": "c", "__isnull=false": "ab"}),
}


def three(attribute, first, second):
    """Store three records with the values of one attribute."""
    SchemaRecord.objects.define(Place, [attribute])
    for name, values in (("a", {"x": first}), ("b", {"x": second}), ("c", {})):
        Place.objects.create(name=name, attrs=values)


QUESTIONS = [(kind, question) for kind, (_, questions) in TYPES.items() for question in questions]


@pytest.mark.parametrize(("kind", "question"), QUESTIONS, ids=lambda value: value)
def test_each_type_has_its_questions(kind, question):
    values, questions = TYPES[kind]
    three(Attribute("x", kind), *values)

    assert found(f"attrs__x{question}") == list(questions[question])


@pytest.mark.parametrize("kind", TYPES)
def test_each_lookup_of_a_type_is_asked_above(kind):
    three(Attribute("x", kind), *TYPES[kind][0])
    asked_above = {f"attrs__x{question.partition('=')[0]}" for question in TYPES[kind][1]}

    assert {name for name in PlaceFilter().filters if name.startswith("attrs__")} == asked_above


LISTS = {
    "text": (
        Attribute("x", "text", multiple=True),
        (["red", "blue"], ["blue"]),
        {
            "__contains=red,blue": "a",
            "__contains=blue": "ab",
            "__overlap=red&attrs__x__overlap=green": "a",
            "__overlap=green": "",
            "__isnull=true": "c",
        },
    ),
    "choices": (
        Attribute("x", "text", multiple=True, choices=["red", "blue", "dark, very"], constraints={"min_items": 2}),
        (["red", "dark, very"], ["blue", "red"]),
        {
            "__contains=red&attrs__x__contains=blue": "b",
            "__contains=dark, very": "a",
            "__overlap=blue,red": "ab",
            "__overlap=blue": "b",
        },
    ),
    "integer": (
        Attribute("x", "integer", multiple=True),
        ([1, 2], [2, 3]),
        {"__contains=2;3": "b", "__overlap=1": "a"},
    ),
    "decimal": (
        Attribute("x", "decimal", multiple=True),
        (["1.5"], ["2"]),
        {"__contains=1.5": "a", "__overlap=2,7": "b"},
    ),
    "date": (
        Attribute("x", "date", multiple=True),
        (["2024-01-01"], ["2024-01-02", "2024-01-03"]),
        {"__overlap=2024-01-01;2024-01-03": "ab", "__contains=2024-01-02": "b"},
    ),
    "uuid": (Attribute("x", "uuid", multiple=True), ([LOW], [LOW, HIGH]), {f"__contains={HIGH.upper()}": "b"}),
    "boolean": (Attribute("x", "boolean", multiple=True), ([True], [False]), {"__contains=yes": "a"}),
    "subtype": (
        Attribute("x", "text", multiple=True, subtype="gb-post-code", constraints={"min_items": 2}),
        (["SY8 1ZZ", "SY8 2ZX"], ["HR3 6ZZ", "SY8 1ZZ"]),
        {"__contains=sy82zx": "a", "__overlap=hr36zz,sy82zx": "ab"},
    ),
    "object": (Attribute("x", "object", multiple=True), ([{"n": 1}], [{"n": 2}]), {"__isnull=true": "c"}),
}


@pytest.mark.parametrize(
    ("name", "question"),
    [(name, question) for name, (_, _, questions) in LISTS.items() for question in questions],
    ids=lambda value: value,
)
def test_attributes_with_several_values(name, question):
    attribute, values, questions = LISTS[name]
    three(attribute, *values)

    assert found(f"attrs__x{question}") == list(questions[question])


def test_nothing_is_asked_by_an_empty_parameter():
    three(Attribute("x", "integer"), 1, 2)

    empty = "&".join(name + "=" for name in PlaceFilter().filters)
    assert found(empty) == ["a", "b", "c"]
    assert found("attrs__x__in=,,&attrs__x__gte=%20&attrs__x__in=") == ["a", "b", "c"]


def test_typed_values_are_taken_as_they_are():
    three(Attribute("x", "datetime"), "2024-01-01T05:59:59Z", "2024-06-30T12:00:00Z")
    filters = PlaceFilter({"attrs__x__gte": datetime(2024, 6, 30, 12, tzinfo=UTC), "attrs__x__isnull": False})

    assert [place.name for place in filters.qs] == ["b"]
    three(Attribute("x", "integer"), 1, 2)
    assert [place.name for place in PlaceFilter({"attrs__x__in": [2, 3]}).qs] == ["b"]


def test_an_equal_value_is_asked_for_as_it_is_stored():
    three(Attribute("x", "text", subtype="gb-post-code"), "SY8 1ZZ", "HR3 6ZZ")

    assert found("attrs__x=sy81zz") == ["a"]
    assert found("attrs__x__iexact=hr36zz") == ["b"]
    assert found("attrs__x__in=sy8 1zz, hr36zz") == ["a", "b"]
    assert found("attrs__x__startswith=SY8") == ["a"]  # a part of a value is taken as it is
    assert found("attrs__x=no post code") == []  # what is stored may be older than the subtype


def test_what_no_record_may_have_may_be_asked():
    three(Attribute("x", "integer", constraints={"min": 0, "max": 10}), 1, 9)

    assert found("attrs__x__gt=-5&attrs__x__lt=100") == ["a", "b"]
    assert found("attrs__x=50") == []


def test_rules_and_conditions_of_the_record_are_no_matter():
    SchemaRecord.objects.define(
        Place,
        [
            Attribute("start", "integer"),
            Attribute("end", "integer", required_if="start > 0"),
            Attribute("must", "text", required=True),
        ],
        rules=[Rule("start <= end", "No.", attributes=["start"])],
    )
    Place.objects.create(name="a", attrs={"start": 1, "end": 2, "must": "x"})

    assert found("attrs__start=1") == ["a"]
    assert found("attrs__end=2&attrs__start__gte=1") == ["a"]


def test_an_initial_default_is_found():
    three(Attribute("x", "text"), "old", "new")
    SchemaRecord.objects.define(Place, [Attribute("x", "text", initial_default="old")])

    assert found("attrs__x=old") == ["a", "c"]
    assert found("attrs__x__isnull=true") == []


# ---- choices ----


def test_choices_are_offered_in_their_type_and_retired_ones_too():
    three(Attribute("x", "decimal", choices=["1.5", "2.50"]), "1.5", "2.5")
    choices = [Choice("1.5", {"en": "Half", "de": "Halb"}), Choice("2.50", retired=True)]
    SchemaRecord.objects.define(Place, [Attribute("x", "decimal", choices=choices)])

    with override("de"):
        assert PlaceFilter().form["attrs__x"].field.choices[1:] == [("1,5", "Halb"), ("2,50", "2,50")]
        assert found("attrs__x=1,5") == ["a"]
    with override("en"):
        assert PlaceFilter().form["attrs__x__in"].field.choices == [("1.5", "Half"), ("2.50", "2.50")]
        assert found("attrs__x=2.500") == ["b"]
        assert found("attrs__x__in=1.50;2.5") == ["a", "b"]
        assert found("attrs__x__gt=1") == ["a", "b"]
        assert refused("attrs__x=3&attrs__x__in=1.5,7") == {"attrs__x": ["choice"], "attrs__x__in": ["choice"]}


def test_choices_of_a_subtype_are_offered_in_the_readers_language():
    three(Attribute("x", "text", subtype="country-code"), "DE", "ID")
    with override("id"):
        shown = dict(PlaceFilter().form["attrs__x"].field.choices)
    with override("en"):
        english = dict(PlaceFilter().form["attrs__x"].field.choices)

    assert {"", "DE", "ID"} <= shown.keys() == english.keys()
    assert (shown["DE"], english["DE"]) == ("Jerman", "Germany")
    assert found("attrs__x=de") == ["a"]
    assert refused("attrs__x=XX") == {"attrs__x": ["choice"]}


@override_settings(FILTERS_EMPTY_CHOICE_LABEL="Any")
def test_the_empty_choice_is_the_projects():
    three(Attribute("x", "boolean"), True, False)

    assert PlaceFilter().form["attrs__x"].field.choices == [("", "Any"), ("true", "Yes"), ("false", "No")]


# ---- references ----


@pytest.fixture
def notes():
    """Notes that refer to teams, whose keys are UUIDs, one or several."""
    teams = [Team.objects.create(id=UUID(int=place), code=f"t{place}") for place in (1, 2, 3)]
    constraints = {"model": "testapp.Team", "filter": {"code": ["t1", "t2"]}}
    SchemaRecord.objects.define(
        Note,
        [
            Attribute("lead", "reference", constraints=constraints),
            Attribute("helpers", "reference", multiple=True, constraints=constraints),
        ],
    )
    Note.objects.create(title="a", attrs={"lead": teams[0], "helpers": [teams[0], teams[1]]})
    Note.objects.create(title="b", attrs={"lead": teams[1], "helpers": [teams[1]]})
    return teams


def titles(query, kind=NoteFilter):
    filters = kind(QueryDict(query))
    assert filters.is_valid(), filters.errors
    return [note.title for note in filters.qs.order_by("pk")]


def test_references_are_found_by_keys(notes):
    first, second, third = (team.pk for team in notes)

    assert titles(f"attrs__lead={first}") == ["a"]
    assert titles(f"attrs__lead__in={first},{second}") == ["a", "b"]
    assert titles(f"attrs__helpers__contains={first}&attrs__helpers__contains={second}") == ["a"]
    assert titles(f"attrs__helpers__overlap={second}") == ["a", "b"]
    assert titles("attrs__lead__isnull=true") == []
    wrong = f"attrs__lead={third}&attrs__lead__in={first};{third}&attrs__helpers__contains={third}"
    assert refused(wrong, NoteFilter) == {
        "attrs__lead": ["invalid_choice"],
        "attrs__lead__in": ["invalid_choice"],
        "attrs__helpers__contains": ["invalid_choice"],
    }
    assert refused("attrs__lead=a%00b", NoteFilter) == {"attrs__lead": ["format"]}


def test_the_rows_that_are_offered_can_be_narrowed(notes):
    class Narrow(NoteFilter):
        def get_reference_queryset(self, name, queryset):
            return queryset.filter(code="t1") if name == "lead" else queryset

    shown = [str(value) for value, _ in Narrow().form["attrs__lead"].field.choices]
    assert shown == ["", str(notes[0].pk)]
    assert titles(f"attrs__lead={notes[0].pk}", Narrow) == ["a"]
    assert refused(f"attrs__lead={notes[1].pk}", Narrow) == {"attrs__lead": ["invalid_choice"]}
    assert titles(f"attrs__helpers__overlap={notes[1].pk}", Narrow) == ["a", "b"]


# ---- scopes ----


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(_seeded, db):
    """The land registry."""


def organization(slug):
    return Organization.objects.get(slug=slug)


def test_the_scope_decides_which_filters_there_are(seeded):
    nusantara, marches = organization("nusantara"), organization("marches")
    wye = Project.objects.get(slug="wye")
    general, own, other, project = (
        set(PartyFilter(selectors=selectors).filters)
        for selectors in (None, {"organization": nusantara}, (marches,), (marches, wye, "IN"))
    )

    assert {"name", "name__icontains", "project", "attrs__birth_date__gte", "ordering"} <= general
    assert "attrs__village" in own - general - other
    assert "attrs__education" in general - other
    assert "attrs__occupation" in project - other


def test_a_registry_is_filtered_by_the_attributes_of_a_scope(seeded):
    marches = (organization("marches"),)
    every = Party.objects.filter(project__organization=marches[0])
    query = "attrs__post_code=sy81zz&attrs__birth_date__year__lte=1960&ordering=-attrs__birth_date"
    filters = PartyFilter(QueryDict(query), every, selectors=marches)

    assert filters.is_valid()
    expected = [party for party in every if party.attrs.get("post_code") == "SY8 1ZZ"]
    expected = [party for party in expected if party.attrs.get("birth_date") and party.attrs["birth_date"].year <= 1960]
    assert expected
    assert list(filters.qs) == sorted(expected, key=lambda party: party.attrs["birth_date"], reverse=True)


def test_nothing_is_said_of_other_scopes(seeded):
    marches = (organization("marches"),)
    filters = PartyFilter(QueryDict("attrs__vilage=x&attrs__clann__in=x&ordering=attrs__clan"), selectors=marches)

    assert not filters.is_valid()
    assert errors(filters) == {
        "attrs__vilage": ["unknown"],
        "attrs__clann__in": ["unknown"],
        "ordering": ["invalid_choice"],
    }
    said = str(messages(filters)["attrs__vilage"] + messages(filters)["attrs__clann__in"])
    assert not re.search(r"village|clan\b", said + PartyFilter(selectors=marches).form.as_p())
    assert "village" in PartyFilter(selectors=(organization("nusantara"),)).form.as_p()


def test_a_name_that_means_different_things_elsewhere_means_this_scopes(seeded):
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    SchemaRecord.objects.define(Note, [Attribute("size", "integer")], selectors=(teams[0],))
    SchemaRecord.objects.define(Note, [Attribute("size", "text", key="other")], selectors=(teams[1],))
    SchemaRecord.objects.define(Note, [Attribute("size", "date", key="size")], selectors={"kind": "k"})
    Note.objects.create(title="a", team=teams[0], attrs={"size": 12})
    Note.objects.create(title="b", team=teams[1], attrs={"size": "12"})

    def of(team, query):
        filters = NoteFilter(QueryDict(query), selectors=(team,))
        assert filters.is_valid(), filters.errors
        return [note.title for note in filters.qs]

    assert of(teams[0], "attrs__size__gte=3&ordering=-attrs__size") == ["a"]
    assert of(teams[1], "attrs__size__startswith=1&ordering=attrs__size,title") == ["b"]
    assert refused("attrs__size=1", NoteFilter) == {"attrs__size": ["unknown"]}


def test_an_override_of_several_values_is_the_scopes_own():
    team = Team.objects.create(code="one")
    SchemaRecord.objects.define(Note, [Attribute("tags", "text")])
    SchemaRecord.objects.define(Note, [Attribute(key="tags", multiple=True)], selectors=(team,))
    Note.objects.create(title="a", team=team, attrs={"tags": ["x", "y"]})
    Note.objects.create(title="b", attrs={"tags": "x"})

    assert titles("attrs__tags=x") == ["b"]
    filters = NoteFilter(QueryDict("attrs__tags__contains=x"), selectors=(team,))
    assert [note.title for note in filters.qs] == ["a"]


def test_a_filter_set_may_find_its_scope_itself(seeded):
    class Own(PartyFilter):
        def get_selectors(self):
            return (organization("nusantara"),) if self.request == "id" else ()

    assert "attrs__village" in Own(request="id").filters
    assert "attrs__village" not in Own(request="gb").filters
    assert "attrs__village" in Own(request="gb", selectors=(organization("nusantara"),)).filters
    with pytest.raises(SelectorError):
        PartyFilter(selectors={"organisation": 1})


def test_a_change_of_the_schema_is_seen_by_the_next_filter_set():
    three(Attribute("x", "integer"), 1, 2)
    assert found("attrs__x=1") == ["a"]
    SchemaRecord.objects.define(Place, [Attribute("y", "integer", key="x")])

    assert found("attrs__y=1") == ["a"]
    assert refused("attrs__x=1") == {"attrs__x": ["unknown"]}
    SchemaRecord.objects.define(Place, [])
    assert refused("attrs__y=1&ordering=attrs__y") == {"attrs__y": ["unknown"], "ordering": ["invalid_choice"]}


# ---- what is left out ----


def test_drafts_and_retired_attributes_have_no_filters():
    SchemaRecord.objects.define(
        Place,
        [
            Attribute("draft", "text", status="draft"),
            Attribute("old", "text", status="deprecated"),
            Attribute("gone", "text", status="retired"),
        ],
    )

    assert {name for name in PlaceFilter().filters if name.endswith("exact") or "__" in name} >= {"attrs__old"}
    assert not any("draft" in name or "gone" in name for name in PlaceFilter().filters)


class Money:
    """A plugin with a base type of its own."""

    @hookimpl
    def jsonattrs_base_types(self):
        def check(value):
            return value.upper()

        return [BaseType("colour", python=str, json="string", check=check, from_text=_as_it_is, dump=str, load=str)]


def _as_it_is(text, language):
    return text


def test_an_attribute_whose_plugin_is_missing_is_left_out():
    with override_settings(JSONATTRS={"PLUGINS": {"colours": Money()}}):
        three(Attribute("x", "colour"), "red", "blue")
        SchemaRecord.objects.define(
            Place,
            [
                Attribute("x", "colour"),
                Attribute("code", "text", subtype="gb-post-code", choices=["SY8 1ZZ", "SY8 2ZX"]),
                Attribute("tags", "text", multiple=True),
            ],
        )
        Place.objects.create(name="d", attrs={"code": "SY8 1ZZ", "tags": ["t"]})
        assert found("attrs__x=Red") == ["a"]
        assert found("attrs__x__in=red,blue") == ["a", "b"]
        assert found("attrs__x__isnull=true") == ["c", "d"]
    with override_settings(JSONATTRS={"BLOCK": ("stdnum",)}):
        assert found("attrs__code=sy81zz&attrs__tags__contains=t") == ["d"]
        assert refused("attrs__code=x&attrs__x=red") == {"attrs__code": ["format"], "attrs__x": ["unknown"]}
        assert not any(name.startswith("attrs__x") for name in PlaceFilter().filters)
        assert "attrs__x" not in dict(PlaceFilter().form["ordering"].field.choices)


def test_a_schema_that_cannot_be_composed_leaves_the_columns():
    team = Team.objects.create(code="one")
    SchemaRecord.objects.define(Note, [Attribute("x", "text", locked=True)])
    SchemaRecord.objects.define(Note, [Attribute("y", "text")], selectors=(team,))
    record = AttributeRecord.objects.get(key="y")
    record.key, record.definition = "x", {"key": "x", "required": True}
    record.save()

    assert set(NoteFilter(selectors=(team,)).filters) == {"title", "ordering"}


# ---- parameters that nobody reads ----


def test_an_unknown_parameter_is_an_error_that_names_the_nearest():
    SchemaRecord.objects.define(Place, [Attribute("score", "integer")])
    Place.objects.create(name="a")
    filters = PlaceFilter(QueryDict("attrs__scoer__gte=1&nam=x&zzz=1&attrs__score__gtee=2"))

    assert not filters.is_valid()
    assert messages(filters) == {
        "attrs__scoer__gte": ["There is no filter named attrs__scoer__gte; did you mean attrs__score__gte?"],
        "nam": ["There is no filter named nam; did you mean name?"],
        "zzz": ["There is no filter named zzz."],
        "attrs__score__gtee": ["There is no filter named attrs__score__gtee; did you mean attrs__score__gte?"],
    }
    assert list(filters.qs) == []


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("de", "Es gibt keinen Filter namens nam; meinten Sie name?"),
        ("fr", "Il n’y a pas de filtre nommé nam ; vouliez-vous dire name ?"),  # noqa: RUF001 - as the French write it
        ("id", "Tidak ada filter bernama nam; apakah maksud Anda name?"),
    ],
)
def test_it_is_said_in_the_readers_language(language, message):
    with override(language):
        assert messages(PlaceFilter(QueryDict("nam=x"))) == {"nam": [message]}


@pytest.mark.parametrize("name", USUAL_PARAMETERS)
def test_parameters_that_others_read_are_let_through(name):
    Place.objects.create(name="a")

    assert found(f"{name}=x") == ["a"]


def test_other_parameters_are_the_applications_choice():
    class Own(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            other_parameters = (*USUAL_PARAMETERS, "tab")

    class Strict(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            other_parameters = ()

    Place.objects.create(name="a")
    assert found("tab=1&page=2", Own) == ["a"]
    assert refused("tab=1&page=2") == {"tab": ["unknown"]}
    assert refused("page=2", Strict) == {"page": ["unknown"]}


def test_a_widget_of_several_inputs_reads_its_own_names():
    class Own(PlaceFilter):
        id = django_filters.RangeFilter()
        both = django_filters.AllValuesMultipleFilter(field_name="name", widget=django_filters.widgets.QueryArrayWidget)

    first = Place.objects.create(name="a")
    Place.objects.create(name="b")

    assert found(f"id_min={first.pk}&id_max={first.pk}", Own) == ["a"]
    assert found("both[]=a&both[]=b", Own) == ["a", "b"]
    assert refused("id_mni=1", Own) == {"id_mni": ["unknown"]}
    assert refused("id_min=x", Own) == {"id": ["invalid"]}


def test_with_a_prefix_other_forms_have_parameters_of_their_own():
    three(Attribute("x", "integer"), 1, 2)

    assert found("p-attrs__x=1&other=3&attrs__x=2&p-page=3", prefix="p") == ["a"]
    assert refused("p-attrs__y=1&other=3", prefix="p") == {"p-attrs__y": ["unknown"]}


def test_errors_of_parameters_are_shown_above_the_form():
    filters = PlaceFilter(QueryDict("<b>=1&name=a"))

    assert '<ul class="errorlist nonfield"><li>There is no filter named &lt;b&gt;.</li></ul>' in filters.form.as_p()
    assert filters.form.non_field_errors().get_json_data()[0]["code"] == "unknown"


def test_many_unknown_parameters_are_refused_in_little_time():
    SchemaRecord.objects.define(Place, [Attribute(f"a_rather_long_name_{place}", "text") for place in range(200)])
    data = QueryDict(mutable=True)
    data.update({f"attrs__a_rather_lnog_name_{place}_{'x' * 1000}": "1" for place in range(900)})
    filters = PlaceFilter(data)
    before = timezone.now()

    assert not filters.is_valid()
    assert len(filters.errors) == 50
    assert timezone.now() - before < timedelta(seconds=3)


# ---- bad values ----

BAD = {
    "text": ["a\0b", "a\nb", "\ud800", "x" * 100_001],
    "integer": ["x", "1.5", "1e400", "nan", "inf", "9" * 30, "9" * 10_000, "\u0661x", "1\0", "-" * 5],
    "float": ["x", "nan", "NaN", "inf", "-Infinity", "1e400", "9" * 10_000, "1_0"],
    "decimal": ["x", "NaN", "sNaN", "Infinity", "9" * 101, "9" * 10_000, "1e999999999"],
    "boolean": ["x", "2", "null", "\0"],
    "date": ["x", "2023-02-29", "2024-1-1", "0000-01-01", "10000-01-01", "2024-01-01\0"],
    "datetime": ["x", "2023-02-29T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:00", "2024-01-01T00:00\0"],
    "time": ["x", "24:00", "12:60", "12:00Z"],
    "duration": ["x", "P1Y", "P9999999999D", "1 day", "P" + "9" * 5000 + "D"],
    "uuid": ["x", LOW[:-1], f"{{{LOW}}}", "\0" * 32],
    "object": [],
}
#: A boolean is asked by all others, too.
PARTS = {
    "isnull": ["x", "2", "\0"],
    "year": ["x", "0", "1", "9999", "10000", "-1", "9" * 5000, "1.5", "\0"],
    "month": ["0", "13", "x"],
    "day": ["0", "32"],
    "date": ["x", "2023-02-29"],
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_value_is_an_error_of_its_parameter(kind):
    SchemaRecord.objects.define(Place, [Attribute("x", kind)])
    for name in [name for name in PlaceFilter().filters if name.startswith("attrs__x")]:
        lookup = name.removeprefix("attrs__x").removeprefix("__")
        part = lookup.partition("__")[0]
        for value in PARTS[part] if part in PARTS else BAD[kind]:
            given = [value, value] if lookup == "range" else value
            filters = PlaceFilter({name: given})
            assert not filters.is_valid(), (name, value[:40])
            assert list(filters.errors) == [name]
            assert list(filters.qs) == []


EXTREME = {
    "integer": [str(-(2**63)), str(2**63 - 1)],
    "float": ["1.7976931348623157e308", "5e-324", "-0.0"],
    "decimal": ["9" * 100, "-" + "9" * 100 + "." + "9" * 100, "0." + "0" * 99 + "1"],
    "date": ["0001-01-01", "9999-12-31"],
    "datetime": ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"],
    "time": ["00:00", "23:59:59.999999"],
    "duration": ["P999999999D", "-P999999999D", "PT0.000001S"],
    "text": ["'; DROP TABLE testapp_place; --", "%", "_", "\\", '"', "$.x", "x" * 10_000, "😀", "\u0301" * 20],
    "uuid": ["0" * 32, "f" * 32],
}


@pytest.mark.parametrize("kind", EXTREME)
def test_an_extreme_value_is_compared(kind):
    SchemaRecord.objects.define(Place, [Attribute("x", kind)])
    Place.objects.create(name="a")
    for name in [name for name in PlaceFilter().filters if name.startswith("attrs__x")]:
        lookup = name.removeprefix("attrs__x").removeprefix("__")
        if lookup.partition("__")[0] in PARTS:
            continue
        for value in EXTREME[kind]:
            filters = PlaceFilter({name: [value, value] if lookup in ("range", "in") else value})
            assert filters.is_valid(), (name, value[:40], filters.errors)
            assert list(filters.qs) == []


def test_the_outermost_years_are_compared():
    SchemaRecord.objects.define(Place, [Attribute("x", "datetime"), Attribute("y", "date")])
    Place.objects.create(name="a", attrs={"x": "2024-01-01T12:00:00Z", "y": "2024-01-01"})
    with timezone.override("Pacific/Kiritimati"):
        for name in ("attrs__x__year", "attrs__y__year"):
            assert found(f"{name}__gte=2&{name}__lte=9998") == ["a"]
            assert found(f"{name}=2") == found(f"{name}=9998") == []


def test_one_parameter_takes_a_thousand_values_and_no_more():
    three(Attribute("x", "integer"), 1, 2)
    several = ",".join(map(str, range(2, 1002)))

    assert found(f"attrs__x__in={several}") == ["b"]
    assert refused(f"attrs__x__in={several},7") == {"attrs__x__in": ["max_items"]}


@pytest.mark.parametrize(("value", "code"), [("1", "min_items"), ("1,2,3", "max_items"), ("1;", "min_items")])
def test_a_range_has_two_ends(value, code):
    three(Attribute("x", "integer"), 1, 2)

    assert refused(f"attrs__x__range={value}") == {"attrs__x__range": [code]}


def test_an_error_tells_what_is_wrong_in_the_readers_language():
    three(Attribute("x", "date"), "2024-01-01", "2024-01-02")
    query = QueryDict("attrs__x__gte=soon")

    assert messages(PlaceFilter(query)) == {
        "attrs__x__gte": ["Enter a date that exists, in the form YYYY-MM-DD, such as 2024-12-31."]
    }
    with override("fr"):
        assert messages(PlaceFilter(query))["attrs__x__gte"][0].startswith("Saisissez une date")


# ---- languages ----


def test_numbers_are_read_as_they_are_written_in_the_readers_language():
    three(Attribute("x", "decimal"), "1.5", "1500")

    with override("de"):
        assert found("attrs__x=1,5") == ["a"]
        assert found("attrs__x__in=1,5;1500") == ["a", "b"]
        assert found("attrs__x__range=1,2;1,8") == ["a"]
        assert found("attrs__x__in=1.5&attrs__x__in=2") == ["a"]
        assert refused("attrs__x=1.500") == {"attrs__x": ["format"]}
        assert found("attrs__x__in=1.5;") == ["a"]
        ambiguous = PlaceFilter(QueryDict("attrs__x__in=1,5,1500"))
        assert messages(ambiguous) == {
            "attrs__x__in": ["Trennen Sie die Werte mit Semikolons, da ein Komma Teil einer Zahl sein kann."]
        }
    with override(None):
        assert found("attrs__x__in=1.5,1500") == ["a", "b"]
        assert refused("attrs__x=1,5") == {"attrs__x": ["format"]}


def test_words_for_yes_and_no_are_the_readers():
    three(Attribute("x", "boolean"), True, False)

    with override("de"):
        assert found("attrs__x=ja") == ["a"]
        assert PlaceFilter().form["attrs__x"].field.choices[1:] == [("true", "Ja"), ("false", "Nein")]


def test_labels_are_in_the_readers_language(seeded):
    def labels(language, *names):
        with override(language):
            form = PartyFilter(selectors=(organization("nusantara"),)).form
            return [form[name].label for name in names]

    names = ("attrs__education", "attrs__birth_date__gte", "name__icontains")
    assert labels("en", *names) == [
        "Highest education",
        "Date of birth is greater than or equal to",
        "Name contains",
    ]
    assert [label.partition(" is")[0] for label in labels("id", *names[:2])] == ["Pendidikan terakhir", "Tanggal lahir"]


# ---- injection ----

HOSTILE = [
    'x" OR 1=1 --',
    "x' OR 1=1 --",
    "x); DROP TABLE testapp_place; --",
    "x%00",
    "x%",
    "%s",
    "%(name)s",
    "x->>'y'",
    '$."x"',
    "x__gte__",
    "x\n",
    "\ud800",
    "__proto__",
    "0",
    "",
    "x" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_name_is_an_unknown_parameter(text):
    three(Attribute("x", "text"), "a", "b")
    for name in (f"attrs__{text}", f"attrs__x__{text}" if text else "attrs__", text or "attrs__x__"):
        filters = PlaceFilter({name: "1"})
        assert [*errors(filters).values()] == [["unknown"]]
        assert filters.form.as_p()
        ((_, details),) = filters.errors.as_data().items()
        assert [error.message % (error.params or ()) for error in details]
        assert list(filters.qs) == []
    assert refused_ordering(f"attrs__{text}") == refused_ordering(f"-attrs__x__{text}") == ["invalid_choice"]
    assert Place.objects.count() == 3


def refused_ordering(value):
    return errors(PlaceFilter({"ordering": value})).get("ordering")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable() and text], ids=ascii)
def test_a_hostile_value_is_matched_literally(text):
    three(Attribute("x", "text"), text, "other")
    own = [["a"], ["a"], ["a"], ["a"], ["a"]]

    lookups = ("attrs__x", "attrs__x__icontains", "attrs__x__startswith", "attrs__x__iendswith", "attrs__x__iexact")
    assert [[place.name for place in PlaceFilter({name: text}).qs] for name in lookups] == own
    assert [place.name for place in PlaceFilter({"attrs__x__in": [text]}).qs] in (["a"], [])
    assert [place.name for place in PlaceFilter({"attrs__x__in": [text, "zz"]}).qs] == ["a"]


# ---- ordering ----


def test_a_list_is_ordered_by_attributes_and_columns():
    SchemaRecord.objects.define(
        Place, [Attribute("n", "integer", label={"en": "Number", "de": "Zahl"}), Attribute("t", "text", multiple=True)]
    )
    for name, values in (("b", {"n": 1}), ("a", {"n": 1}), ("c", {"n": 3})):
        Place.objects.create(name=name, attrs=values)

    def ordered(value):
        return "".join(place.name for place in PlaceFilter({"ordering": value}).qs)

    assert ordered("attrs__n,name") == "abc"
    assert ordered("-attrs__n,-name") == "cba"
    assert ordered("-attrs__n,name") == "cab"
    assert ordered("name") == "abc"
    assert refused("ordering=pk") == refused("ordering=attrs__t") == {"ordering": ["invalid_choice"]}
    assert refused("ordering=-attrs__n,attrs") == {"ordering": ["invalid_choice"]}
    with override("de"):
        assert dict(PlaceFilter().form["ordering"].field.choices)["attrs__n"] == "Zahl"


def test_ordering_has_the_name_that_the_application_says():
    class Own(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            ordering_parameter = "sort"

    class Without(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            ordering_parameter = None

    class Declared(PlaceFilter):
        ordering = django_filters.OrderingFilter(fields=["id"])

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    assert "attrs__n" in dict(Own().form["sort"].field.choices)
    assert refused("ordering=name", Own) == refused("ordering=name", Without) == {"ordering": ["unknown"]}
    assert [name for name, _ in Declared().form["ordering"].field.choices] == ["", "id", "-id"]


def test_only_what_has_one_value_is_ordered_by():
    class Own(AttributeFilterSet):
        class Meta:
            model = Project
            fields = ["name", "organization", "organization__name", "parties", "parties__name"]
            attributes = []

    choices = [name for name, _ in Own().form["ordering"].field.choices if not name.startswith("-")]
    assert choices == ["", "name", "organization", "organization__name"]


# ---- options ----


def test_only_some_attributes_and_lookups_are_offered():
    class Own(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            attributes = {"n": ["gte", "lte", "icontains"], "renamed": "__all__", "absent": ["exact"]}

    class Listed(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            attributes = ["n"]

    SchemaRecord.objects.define(
        Place,
        [Attribute("n", "integer"), Attribute("flag", "boolean", key="renamed"), Attribute("other", "text")],
    )
    own = [name for name in Own().filters if name.startswith("attrs__")]
    assert own == ["attrs__n__gte", "attrs__n__lte", "attrs__flag", "attrs__flag__isnull"]
    assert [name for name, _ in Own().form["ordering"].field.choices if not name.startswith("-")] == [
        "",
        "name",
        "attrs__n",
        "attrs__flag",
    ]
    assert {name.split("__")[1] for name in Listed().filters if name.startswith("attrs__")} == {"n"}
    assert refused("attrs__other=x", Listed) == {"attrs__other": ["unknown"]}


def test_a_lookup_that_no_attribute_has_is_refused_where_it_is_written():
    meta = type("Meta", (), {"model": Place, "fields": [], "attributes": {"n": ["gtee"]}})
    with pytest.raises(TypeError, match="'gtee' of 'n', which no attribute has; did you mean 'gte'"):
        type("Wrong", (AttributeFilterSet,), {"Meta": meta})


def test_a_model_with_several_attribute_fields_says_which():
    class Left(AttributeFilterSet):
        class Meta:
            model = Twin
            fields = []
            attribute_field = "left"

    class Any_(AttributeFilterSet):  # noqa: N801 - it does not say which
        class Meta:
            model = Twin
            fields = []

    SchemaRecord.objects.define(Twin, [Attribute("n", "integer")], field="left")
    SchemaRecord.objects.define(Twin, [Attribute("n", "text")], field="right")
    twin = Twin.objects.create(left={"n": 1}, right={"n": "x"})
    assert list(Left(QueryDict("left__n__gte=1&ordering=left__n")).qs) == [twin]
    with pytest.raises(SchemaError, match="several attribute fields"):
        Any_()


def test_a_field_that_is_inherited_is_filtered_by():
    class Own(AttributeFilterSet):
        class Meta:
            model = Restaurant
            fields = ["stars"]
            attribute_field = "attrs"

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    Restaurant.objects.create(name="a", stars=2, attrs={"n": 1})
    assert found("attrs__n=1&stars=2&ordering=attrs__n", Own) == ["a"]


def test_a_declared_filter_stays():
    class Own(PlaceFilter):
        attrs__n = django_filters.NumberFilter(method="anything", label="Own")

        def anything(self, queryset, name, value):
            return queryset.filter(name="b")

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    for name in ("a", "b"):
        Place.objects.create(name=name, attrs={"n": 5})
    assert found("attrs__n=5", Own) == ["b"]
    assert Own().form["attrs__n"].label == "Own"


def test_all_columns_are_those_but_the_attribute_field():
    class Own(AttributeFilterSet):
        class Meta:
            model = Place
            fields = "__all__"

    assert set(Own().filters) == {"name", "ordering"}


def test_a_filter_set_without_a_model_takes_that_of_its_query_set():
    class Own(AttributeFilterSet):
        id = django_filters.NumberFilter()

    three(Attribute("x", "integer"), 1, 2)
    assert found("attrs__x=1&ordering=-attrs__x", Own, queryset=Place.objects.all()) == ["a"]


def test_without_data_everything_is_shown():
    three(Attribute("x", "integer"), 1, 2)

    assert PlaceFilter().qs.count() == 3
    assert not PlaceFilter().is_valid()
    assert PlaceFilter(QueryDict("")).qs.count() == 3


def test_every_lookup_has_words():
    from django_filters.utils import verbose_lookup_expr

    assert [lookup for lookup in ALL_LOOKUPS if not verbose_lookup_expr(lookup)] == ["exact", "iexact"]


# ---- the form as HTML ----


def test_the_form_as_html():
    class Own(PlaceFilter):
        class Meta:
            model = Place
            fields = []
            ordering_parameter = None
            attributes = {"kind": ["exact", "in"], "n": ["gte", "in"], "ok": ["exact"]}

    choices = [("a", {"en": "A & B", "id": "A dan B"}), ("c", "<c>")]
    SchemaRecord.objects.define(
        Place,
        [
            Attribute("kind", "text", choices=choices, label={"en": "Kind <x>", "id": "Jenis"}),
            Attribute("n", "integer"),
            Attribute("ok", "boolean"),
        ],
    )
    form = Own(QueryDict("attrs__kind=c&attrs__n__in=1&attrs__n__in=x%22&attrs__ok=maybe")).form
    text = re.sub(r' (aria-[a-z]+|id|for)="[^"]*"', "", form.as_div())  # which differ from one Django to another

    assert [line for line in map(str.strip, text.splitlines()) if line] == HTML.strip().splitlines()


HTML = """
<div>
<label>Kind &lt;x&gt;:</label>
<select name="attrs__kind">
<option value="">---------</option>
<option value="a">A &amp; B</option>
<option value="c" selected>&lt;c&gt;</option>
</select>
</div>
<div>
<label>Kind &lt;x&gt; is in:</label>
<select name="attrs__kind__in" multiple>
<option value="a">A &amp; B</option>
<option value="c">&lt;c&gt;</option>
</select>
</div>
<div>
<label>N is greater than or equal to:</label>
<input type="text" name="attrs__n__gte">
</div>
<div>
<label>N is in:</label>
<div class="helptext">Multiple values may be separated by commas.</div>
<ul class="errorlist"><li>Enter a whole number in digits, without thousands separators, such as 1250.</li></ul>
<input type="text" name="attrs__n__in" value="1; x&quot;">
</div>
<div>
<label>Ok:</label>
<ul class="errorlist"><li>Enter true or false.</li></ul>
<select name="attrs__ok">
<option value="">---------</option>
<option value="true">Yes</option>
<option value="false">No</option>
</select>
</div>
"""


# ---- numbers of queries ----


def test_the_number_of_queries_does_not_depend_on_what_is_asked(seeded):
    marches = (organization("marches"),)
    queries = (
        "",
        "attrs__post_code=sy81zz",
        "attrs__post_code__in=sy81zz,sy82zx&attrs__birth_date__gte=1950-01-01&attrs__evidence__overlap=deed"
        "&ordering=-attrs__birth_date,attrs__gender",
    )
    counts = []
    for query in queries:
        list(PartyFilter(QueryDict(query), selectors=marches).qs)  # the schemas are known from here on
        with asked() as made:
            filters = PartyFilter(QueryDict(query), selectors=marches)
            assert filters.is_valid()
            assert filters.form["attrs__gender"].as_widget()
            list(filters.qs)
        counts.append(len(made))

    assert counts == [1, 1, 1]
    agent = Party.objects.get(name="Margaret Price").pk
    query = QueryDict(f"attrs__agent={agent}&attrs__agent__in={agent}")
    expected = list(PartyFilter(query, selectors=marches).qs)
    with asked() as made:
        assert list(PartyFilter(query, selectors=marches).qs) == expected != []
    assert len(made) == 3  # that the row is there is asked for each parameter


# ---- Django REST framework ----


class UnitFilter(AttributeFilterMixin, rest_framework.FilterSet):
    class Meta:
        model = SpatialUnit
        fields = ["type"]

    def get_selectors(self):
        return {"organization": self.request.query_params.get("organization"), "type": "PA"}


class UnitSerializer(serializers.ModelSerializer):
    class Meta:
        model = SpatialUnit
        fields = ["name"]


class UnitViews(viewsets.ReadOnlyModelViewSet):
    queryset = SpatialUnit.objects.order_by("pk")
    serializer_class = UnitSerializer
    filter_backends = [rest_framework.DjangoFilterBackend]
    filterset_class = UnitFilter


def answered(query):
    request = APIRequestFactory().get("/", QUERY_STRING=query)
    response = UnitViews.as_view({"get": "list"})(request)
    response.render()
    return response


class OpenUnitFilter(UnitFilter):
    class Meta(UnitFilter.Meta):
        other_parameters = (*USUAL_PARAMETERS, "organization")


def test_an_api_answers_by_attributes(seeded, monkeypatch):
    monkeypatch.setattr(UnitViews, "filterset_class", OpenUnitFilter)
    units = SpatialUnit.objects.filter(type="PA").with_selectors().order_by("pk")
    expected = [{"name": unit.name} for unit in units if (unit.attrs.get("area") or 0) > Decimal("0.05")]
    marches = organization("marches").pk
    response = answered(f"organization={marches}&type=PA&attrs__area__gt=0.05&attrs__title_number__isnull=&format=json")

    assert (response.status_code, response.data) == (200, expected)
    assert 0 < len(expected) < len(units)


def test_an_api_refuses_what_nobody_reads(seeded):
    response = answered("atrs__area__gt=1&attrs__area__gt=x&100%25=1&%25s=%25s&type=PA")

    assert response.status_code == 400
    assert set(response.data) == {"atrs__area__gt", "attrs__area__gt", "100%", "%s"}
    assert response.data["atrs__area__gt"] == ["There is no filter named atrs__area__gt; did you mean attrs__area__gt?"]
    assert response.data["100%"] == ["There is no filter named 100%."]
    assert response.data["atrs__area__gt"][0].code == "unknown"


# ---- what it costs others ----


def test_nothing_else_needs_django_filter():
    code = (
        "import sys\n"
        "sys.modules['django_filters'] = None\n"
        "import tests.django.settings\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('check')\n"
        "import jsonattrs_django.models, jsonattrs_django.fields, jsonattrs_django.queries.transforms\n"
        "try:\n"
        "    import jsonattrs_django.filters\n"
        "except ImportError as error:\n"
        "    print('needs', error.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("needs django_filters")
