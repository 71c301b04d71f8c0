"""The filters of each type: what they find, and how values are read."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import override_settings
from django.utils.translation import override
from testapp.models import Place

from jsonattrs_core import Attribute, Choice, Rule
from jsonattrs_django.models import SchemaRecord
from tests.django.filtersets import (
    HIGH,
    LOW,
    PlaceFilter,
    found,
    messages,
    refused,
    three,
)

pytestmark = pytest.mark.django_db


# ---- the types ----

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
