"""Lists of personas: filtered and sorted by any attribute, in pages, with as many queries for many as for few."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from personas.models import Persona
from personas.schema import schema_of
from personas.writing import voice_of

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(ada):
    """Give four personas, of which one has nothing set."""
    for name, description, attrs in (
        (
            "Ada",
            "dry",
            {"formality_level": 7, "tone": "dry", "sentence_structure": "varied", "core_values": ["thrift"]},
        ),
        ("Bea", "", {"formality_level": 2, "tone": "warm", "sentence_structure": "simple", "core_values": []}),
        ("Cleo", "dry", {"formality_level": 7, "tone": None, "core_values": ["thrift", "honesty"]}),
        ("Dora", "", {}),
    ):
        Persona.objects.create(author=ada, name=name, description=description, attrs=attrs)


def names(client, query=""):
    answer = client.get(f"personas/?{query}")
    assert answer.status_code == 200, answer.content
    return [each["name"] for each in answer.json()["results"]]


def errors(client, query):
    answer = client.get(f"personas/?{query}")
    assert answer.status_code == 400, answer.content
    return {name: [each["code"] for each in found] for name, found in answer.json().items()}


def test_a_list_has_its_authors_personas_the_newest_first(hers, his, four):
    """Row 11."""
    assert names(hers) == ["Dora", "Cleo", "Bea", "Ada"]
    assert names(his) == []


# ---- order ----


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("attributes.formality_level,name", ["Bea", "Ada", "Cleo", "Dora"]),
        ("-attributes.formality_level,-name", ["Cleo", "Ada", "Bea", "Dora"]),
        ("attributes.tone,name", ["Ada", "Bea", "Cleo", "Dora"]),
        ("-attributes.tone,name", ["Bea", "Ada", "Cleo", "Dora"]),
        ("attributes.sentence_structure,name", ["Bea", "Ada", "Cleo", "Dora"]),
        ("-name", ["Dora", "Cleo", "Bea", "Ada"]),
        ("created_at", ["Ada", "Bea", "Cleo", "Dora"]),
    ],
)
def test_a_list_is_sorted_both_ways_and_what_is_unset_comes_last(hers, four, ordering, expected):
    """Row 12: with a defined place for what is not set, on every database."""
    assert names(hers, f"ordering={ordering}") == expected


def test_any_attribute_may_be_sorted_and_filtered_by(hers, ada, four):
    """Rows 12 and 13: each that the schema has."""
    for name, attribute in schema_of(ada).items():
        if not attribute.multiple:
            assert len(names(hers, f"ordering=-attributes.{name},name")) == 4
        assert {"Dora"} <= set(names(hers, f"attributes.{name}__isnull=true"))


# ---- filters ----


@pytest.mark.parametrize(
    ("query", "expected"),
    {
        "attributes.formality_level=7": ["Ada", "Cleo"],
        "attributes.formality_level__gte=3": ["Ada", "Cleo"],
        "attributes.formality_level__lt=7": ["Bea"],
        "attributes.formality_level__range=1,6": ["Bea"],
        "attributes.formality_level__in=2,7": ["Ada", "Bea", "Cleo"],
        "attributes.formality_level__isnull=true": ["Dora"],
        "attributes.sentence_structure=varied": ["Ada"],
        "attributes.sentence_structure__in=varied,simple": ["Ada", "Bea"],
        "attributes.tone__icontains=AR": ["Bea"],
        "attributes.tone=dry": ["Ada"],
        "attributes.core_values__contains=thrift": ["Ada", "Cleo"],
        "attributes.core_values__overlap=honesty,fun": ["Cleo"],
        "attributes.formality_level=7&attributes.tone=dry": ["Ada"],
        "attributes.formality_level__gte=7&description=DRY&name=l": ["Cleo"],
        "is_active=true&name=A": ["Ada", "Bea", "Dora"],
        "is_active=false": [],
        "created_at__gte=2020-01-01T00:00:00Z&created_at__lte=2020-01-02": [],
    }.items(),
)
def test_a_list_is_filtered(hers, four, query, expected):
    """Row 13: by equality, range, choice and text, and by several at once."""
    assert sorted(names(hers, query)) == expected


def test_null_is_unset(hers, nobody, ada):
    """Rows 13, 28 and 34: in filters, orders, counts and drafts; an export keeps that it was left open."""
    made = hers.made("personas/", {"name": "Open", "attributes": {"tone": "dry", "sentence_structure": "varied"}})
    left_open = {"attributes": {"tone": None, "sentence_structure": None}}
    assert hers.patch(f"personas/{made['id']}/", left_open).status_code == 200
    persona = Persona.objects.create(author=ada, name="Unset", attrs={})
    for name in ("tone", "sentence_structure"):
        assert sorted(names(hers, f"attributes.{name}__isnull=true")) == ["Open", "Unset"]
        assert names(hers, f"attributes.{name}__isnull=false") == []
        assert names(hers, f"ordering=-attributes.{name},name") == ["Open", "Unset"]
    counts = hers.get("personas/facets/?facets=attributes.sentence_structure").json()
    assert {"value": None, "count": 2} in [
        {name: each[name] for name in ("value", "count")} for each in counts["attributes.sentence_structure"]["values"]
    ]
    stored = Persona.objects.get(pk=made["id"])
    assert dict(voice_of(stored).values) == dict(voice_of(persona).values) == {}
    exported = hers.get(f"personas/{made['id']}/export/").json()
    assert exported["personas"][0]["attributes"] == left_open["attributes"]
    assert hers.post("personas/import/", exported).status_code == 201
    told = nobody.get("openapi.json").json()["paths"]["/personas/{id}/"]["patch"]["description"]
    assert "it counts as unset everywhere" in told


@pytest.mark.parametrize(
    ("query", "expected"),
    {
        "attributes.formalty_level=7": {"attributes.formalty_level": ["unknown"]},
        "attributes.formality_level__near=7": {"attributes.formality_level__near": ["unknown"]},
        "attributes__tone=dry": {"attributes__tone": ["unknown"]},
        "attributes=dry": {"attributes": ["unknown"]},
        "formality_level=7": {"formality_level": ["unknown"]},
        "attrs.tone=dry": {"attrs.tone": ["unknown"]},
        "nam=A": {"nam": ["unknown"]},
        "attributes.formality_level=x": {"attributes.formality_level": ["format"]},
        "attributes.sentence_structure=odd": {"attributes.sentence_structure": ["choice"]},
        "attributes.tone=": {"attributes.tone": ["required"]},
        "is_active=maybe": {"is_active": ["invalid_choice"]},
        "created_at__gte=soon": {"created_at__gte": ["invalid"]},
        "ordering=attributes.tonne": {"ordering": ["unknown"]},
        "ordering=author": {"ordering": ["unknown"]},
        "ordering=author__user__password": {"ordering": ["unknown"]},
        "ordering=attributes.core_values": {"ordering": ["unknown"]},
        "fields=name,attributes.tonne": {"fields": ["unknown"]},
        "fields=author": {"fields": ["unknown"]},
    }.items(),
)
def test_what_there_is_not_is_an_error(hers, four, query, expected):
    """Row 13: an unknown attribute is a 400, and so is everything else that nobody reads."""
    assert errors(hers, query) == expected


@pytest.mark.parametrize("address", ["personas/", "personas/export/", "personas/facets/", "content/", "schemas/"])
def test_more_parameters_than_are_read_are_refused(hers, address):
    answer = hers.get(f"{address}?{'id=1&' * 1_001}")
    assert (answer.status_code, answer.json()["detail"]["code"]) == (400, "parse_error")


def test_a_misspelt_name_is_told_the_nearest(hers):
    answer = hers.get("personas/?attributes.tonne=dry&nam=A").json()
    assert answer["nam"][0]["params"] == {"nearest": "name"}
    assert (
        hers.get("personas/?attributes.tonne=dry")
        .json()["attributes.tonne"][0]["message"]
        .endswith("did you mean attributes.tone?")
    )


# ---- the same as of a column ----

ROWS = st.lists(
    st.tuples(st.none() | st.integers(1, 10), st.none() | st.sampled_from(["simple", "complex", "varied"])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, least=st.integers(1, 10), descending=st.booleans())
def test_the_answer_is_what_columns_would_give(hers, ada, rows, least, descending):
    """Rows 12, 13 and 15: a filter and an order of attributes answer as SQL's do of columns, nulls last."""
    Persona.objects.all().delete()
    for number, (level, structure) in enumerate(rows):
        attrs = {"formality_level": level, "sentence_structure": structure}
        Persona.objects.create(author=ada, name=f"{number}", attrs={k: v for k, v in attrs.items() if v is not None})
    sign = "-" if descending else ""
    query = {"ordering": f"{sign}attributes.formality_level,created_at", "page_size": 200}
    order = sorted(
        range(len(rows)),
        key=lambda each: (rows[each][0] is None, (rows[each][0] or 0) * (-1 if descending else 1), each),
    )
    assert names(hers, urlencode(query)) == [f"{each}" for each in order]
    query |= {"attributes.formality_level__gte": least, "attributes.sentence_structure": "varied"}
    expected = [f"{each}" for each in order if (rows[each][0] or 0) >= least and rows[each][1] == "varied"]
    assert names(hers, urlencode(query)) == expected


# ---- pages, parts and counts ----


def test_a_list_comes_in_pages_that_fit_together(hers, ada):
    """Row 14."""
    Persona.objects.bulk_create(Persona(author=ada, name=f"P{number}", attrs={}) for number in range(60))
    first = hers.get("personas/").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (60, 25, None)
    found, address = [], "/api/v1/personas/?page_size=7&ordering=-attributes.formality_level"
    while address:
        page = hers.get(address).json()
        found += [each["id"] for each in page["results"]]
        address = page["next"]
    assert len(found) == len(set(found)) == 60
    assert len(hers.get("personas/?page_size=200").json()["results"]) == 60
    assert hers.get("personas/?page=99").status_code == hers.get("personas/?page=x").status_code == 404


@pytest.mark.parametrize("address", ["personas/", "content/", "schemas/"])
@pytest.mark.parametrize("size", ["0", "201", "100000", "-1", "x", "", "²", "9" * 5_000])
def test_a_page_of_none_or_of_too_many_is_refused(hers, four, address, size):
    """Row 14: and never another size than the one that was asked for."""
    answer = hers.get(address, {"page_size": size})
    message = "A page has 1 to 200 results."
    assert answer.status_code == 400
    assert answer.json()["page_size"] == [{"message": message, "code": "range", "params": {"min": 1, "max": 200}}]


def test_a_list_takes_as_many_queries_for_many_as_for_few(hers, ada, django_assert_num_queries):
    """Rows 14 and 48: one each for the account, its author, the number of rows, and the rows with their counts."""
    attrs = {name: 5 for name, each in schema_of(ada).items() if each.type == "integer"}
    for count in (1, 99):
        Persona.objects.bulk_create(Persona(author=ada, name=f"P{number}", attrs=attrs) for number in range(count))
        address = "personas/?page_size=200&ordering=-attributes.irony_usage&attributes.irony_usage__gte=2"
        hers.get(address)  # the schema is read once, and kept
        with django_assert_num_queries(4):
            answer = hers.get(address)
    assert len(answer.json()["results"]) == 100
    assert len(answer.json()["results"][0]["attributes"]) == 52


def test_an_answer_has_the_parts_that_are_asked_for(hers, four):
    answer = hers.get("personas/?fields=name,attributes.tone&ordering=name&page_size=2").json()
    assert answer["results"] == [
        {"name": "Ada", "attributes": {"tone": "dry"}},
        {"name": "Bea", "attributes": {"tone": "warm"}},
    ]


def test_values_are_counted(hers, four):
    query = "facets=attributes.sentence_structure,attributes.formality_level&description=dry"
    found = hers.get(f"personas/facets/?{query}").json()
    counts = {each["value"]: each["count"] for each in found["attributes.sentence_structure"]["values"]}
    assert counts == {"simple": 0, "complex": 0, "varied": 1, None: 1}
    assert [each["count"] for each in found["attributes.formality_level"]["values"]] == [2]
    assert hers.get("personas/facets/?facets=attributes.tonne").status_code == 400


def test_own_attributes_are_asked_for_as_all_others(hers, his, ada, four):
    """Row 13, and of others' own attributes nobody is told."""
    SchemaRecord.objects.define(Persona, [Attribute("own_mood", "text")], selectors=(ada,), user=ada.user)
    Persona.objects.create(author=ada, name="Eva", attrs={"own_mood": "gay"})
    assert names(hers, "attributes.own_mood=gay") == ["Eva"]
    assert names(hers, "ordering=attributes.own_mood,name")[0] == "Eva"
    for query in ("attributes.own_mood=gay", "ordering=attributes.own_mood", "fields=attributes.own_mood"):
        assert [*errors(his, query).values()] == [["unknown"]]
