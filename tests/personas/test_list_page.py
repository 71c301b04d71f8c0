"""The list of personas: whatever an author's personas have, it can be found and ordered by."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from personas.characteristics import add, hide, retire
from personas.models import ContentPiece, Persona

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db

LIST = reverse("personas:list")


@pytest.fixture
def reader(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


@pytest.fixture
def own(ada, ben):
    """Give Ada an attribute of each type, of names that mean something else to Ben."""
    own = [
        Attribute("pages", "integer", label="Pages"),
        Attribute("share", "decimal", label="Share"),
        Attribute("begun", "date", label="Begun"),
        Attribute("met", "datetime", label="Met"),
        Attribute("nocturnal", "boolean", label="Nocturnal"),
        Attribute("season", "text", label="Season", choices=[Choice("sp", "Spring"), Choice("au", "Autumn")]),
        Attribute("seasons", "text", label="Seasons", multiple=True, choices=["sp", "au"]),
        Attribute("habits", "object", label="Habits"),
    ]
    others = [Attribute(each.name, "text", label="Ben's") for each in own]
    SchemaRecord.objects.define(Persona, own, selectors=(ada,))
    SchemaRecord.objects.define(Persona, others, selectors=(ben,))
    Persona.objects.create(author=ben, name="Ben's", attrs={"pages": "many", "season": "sp"})


def made(author, name, **attrs):
    return Persona.objects.create(author=author, name=name, attrs=attrs)


def page(reader, question=""):
    return reader.get(f"{LIST}?{question}" if question else LIST, follow=True)


def names(response):
    return [row.persona.name for row in response.context["rows"]]


def found(reader, question=""):
    """Return the names in the list, in its order."""
    return names(page(reader, question))


# ---- whose, and how many ----


def test_the_list_is_of_ones_own_personas(reader, ada, ben):
    """Rows 3 and 11: own personas, with what matters of them."""
    made(ada, "Mine", tone="wistful", sentence_structure="varied", formality_level=3)
    made(ben, "Somebody else's", tone="dry")
    response = page(reader)
    assert names(response) == ["Mine"]
    (row,) = response.context["rows"]
    told = [(each.characteristic.label, each.values) for each in row.traits]
    assert told == [("Tone", ("wistful",)), ("Sentences", ("Varied",)), ("Formality", ("3",))]
    assert row.flower.words == "1 of 52 ratings are set."
    assert "Somebody else" not in response.text


@pytest.mark.parametrize(
    ("attrs", "told"),
    [
        ({}, []),
        ({"irony_usage": 2}, ["Irony"]),
        (
            {"irony_usage": 2, "formality_level": 9, "empathy_level": 8, "simile_frequency": 1, "tone": "dry"},
            ["Tone", "Formality", "Empathy"],
        ),
        ({"irony_usage": 2, "tone": "dry", "sentence_structure": "varied", "age": "40"}, ["Tone", "Sentences", "Age"]),
    ],
    ids=["nothing", "one", "highest", "enough"],
)
def test_a_card_of_few_traits_tells_the_highest_ratings(reader, ada, attrs, told):
    """Row 11: so that personas of which little is known can be told apart."""
    made(ada, "Sparse", **attrs)
    (row,) = page(reader).context["rows"]
    assert [each.characteristic.label for each in row.traits] == told


def test_the_list_has_pages(reader, ada):
    """Row 14: what was asked is kept from page to page."""
    Persona.objects.bulk_create(Persona(author=ada, name=f"P{number:02}") for number in range(30))
    assert found(reader, "ordering=name") == [f"P{number:02}" for number in range(24)]
    response = page(reader, "ordering=name&page=2")
    assert names(response) == [f"P{number:02}" for number in range(24, 30)]
    assert "?ordering=name&amp;page=1" in response.text


@pytest.mark.parametrize("page", ["1", "2", "9", "0", "x"])
def test_a_page_that_is_gone_is_the_last_one(reader, ada, page):
    """Row 14: whoever deletes the last persona of a page and goes back sees those that are left."""
    Persona.objects.bulk_create(Persona(author=ada, name=f"P{number:02}") for number in range(24))
    response = reader.get(LIST, {"page": page})
    assert (response.status_code, response.context["page_obj"].number, len(names(response))) == (200, 1, 24)


@pytest.mark.parametrize("view", ["cards", "table"])
def test_a_list_takes_as_many_queries_however_long_it_is(reader, ada, view):
    """Rows 14 and 48: constant, with texts, filters and an order."""
    question = {"view": view, "ordering": "-attrs__irony_usage", "attrs__irony_usage__gte": "1"}
    counts = []
    for number in (2, 20):
        for place in range(number):
            persona = made(ada, f"P{place}", irony_usage=5, tone="dry", core_values=["thrift"])
            ContentPiece.objects.create(persona=persona, title="T")
        reader.get(LIST, question)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reader.get(LIST, question)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


# ---- order ----


@pytest.mark.parametrize("name", ["irony_usage", "tone", "sentence_structure", "age"])
def test_any_characteristic_orders_and_what_lacks_it_comes_last(reader, ada, name):
    """Row 12: both ways, with nulls last both ways."""
    low, high = {
        "irony_usage": (2, 10),
        "tone": ("dry", "wistful"),
        "sentence_structure": ("complex", "varied"),
        "age": ("25-35", "61"),
    }[name]
    for title, value in (("High", high), ("Null", None), ("Low", low)):
        made(ada, title, **{name: value})
    made(ada, "Absent")
    assert found(reader, f"ordering=attrs__{name}") == ["Low", "High", "Absent", "Null"]
    assert found(reader, f"ordering=-attrs__{name}") == ["High", "Low", "Absent", "Null"]


def test_every_characteristic_with_one_value_is_offered_as_an_order(reader, own):
    """Row 12: any attribute, one's own too."""
    offered = page(reader, "name=x").context["form"].fields["ordering"].choices
    orders = {value for _, group in offered if isinstance(group, list) for value, _ in group}
    assert {"attrs__formality_level", "-attrs__tone", "attrs__begun", "-attrs__nocturnal"} <= orders
    assert len(orders) == 2 * (75 - 2 + 6)
    assert not orders & {"attrs__core_values", "attrs__seasons", "attrs__habits"}


@pytest.mark.parametrize(("ordering", "expected"), [("name", "ab"), ("-name", "ba"), ("created_at", "ba"), ("", "ab")])
def test_columns_order_too(reader, ada, ordering, expected):
    made(ada, "b")
    made(ada, "a")
    assert "".join(found(reader, f"ordering={ordering}")) == expected


# ---- filters ----

QUESTIONS = [
    ("attrs__irony_usage__gte=5", "Acid"),
    ("attrs__irony_usage__lte=4", "Mild"),
    ("attrs__irony_usage__gte=2&attrs__irony_usage__lte=9", "Acid Mild"),
    ("attrs__irony_usage__isnull=true", "Blank"),
    ("attrs__irony_usage__isnull=false", "Acid Mild"),
    ("attrs__tone__icontains=DRY", "Acid"),
    ("attrs__tone__icontains=%25", ""),
    ("attrs__sentence_structure__in=simple", "Mild"),
    ("attrs__sentence_structure__in=simple&attrs__sentence_structure__in=complex", "Acid Mild"),
    ("attrs__core_values__contains=thrift", "Acid"),
    ("attrs__core_values__contains=thrift&attrs__irony_usage__lte=4", ""),
    ("attrs__tone__icontains=r&attrs__irony_usage__gte=3&name=c", "Acid"),
    ("name=IL", "Mild"),
    ("is_active=false", "Blank"),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_personas_are_found_by_any_characteristic(reader, ada, question, expected):
    """Row 13: equality, range, choice, text within, and several together."""
    made(ada, "Acid", irony_usage=9, tone="very dry", sentence_structure="complex", core_values=["thrift", "truth"])
    made(ada, "Mild", irony_usage=2, tone="warm", sentence_structure="simple", core_values=["truth"])
    Persona.objects.create(author=ada, name="Blank", is_active=False)
    assert found(reader, f"{question}&ordering=name") == expected.split()


OWN_QUESTIONS = [
    ("attrs__pages__gte=300", "Long"),
    ("attrs__share__lte=0.25", "Short"),
    ("attrs__begun__gte=2020-01-01", "Long"),
    ("attrs__met__lte=2020-01-01T00:00", "Short"),
    ("attrs__nocturnal=true", "Long"),
    ("attrs__nocturnal=false", "Short"),
    ("attrs__season__in=au", "Short"),
    ("attrs__seasons__overlap=au&attrs__seasons__overlap=sp", "Long Short"),
    ("attrs__habits__isnull=false", "Long"),
]


@pytest.mark.parametrize(("question", "expected"), OWN_QUESTIONS)
def test_ones_own_characteristics_are_asked_by_their_type(reader, ada, own, question, expected):
    """Rows 3 and 13: whatever other authors mean by the same name."""
    made(
        ada,
        "Long",
        pages=400,
        share="0.5",
        begun="2024-02-01",
        met="2024-02-01T10:00:00Z",
        nocturnal=True,
        season="sp",
        seasons=["sp"],
        habits={"tea": 3},
    )
    made(
        ada,
        "Short",
        pages=20,
        share="0.25",
        begun="2019-02-01",
        met="2019-02-01T10:00:00Z",
        nocturnal=False,
        season="au",
        seasons=["au"],
    )
    assert found(reader, f"{question}&ordering=name") == expected.split()
    assert found(reader, f"{question}&ordering=-attrs__pages") == expected.split()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ratings=st.lists(st.none() | st.integers(1, 10), max_size=6),
    low=st.integers(-1, 12),
    high=st.integers(-1, 12),
)
def test_a_range_finds_what_is_in_it(reader, ada, ratings, low, high):
    """Row 13: of ratings, the ends included, and those without one never."""
    Persona.objects.all().delete()
    for place, rating in enumerate(ratings):
        made(ada, str(place), **({} if rating is None else {"empathy_level": rating}))
    expected = [str(place) for place, rating in enumerate(ratings) if rating is not None and low <= rating <= high]
    assert found(reader, f"attrs__empathy_level__gte={low}&attrs__empathy_level__lte={high}&ordering=name") == expected


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("attrs__formality_level__icontains=3", "There is no filter named attrs__formality_level__icontains"),
        ("attrs__formality_level__gte=loud", "Enter a whole number"),
        ("attrs__sentence_structure__in=endless", "Choose one of these: simple, complex, varied"),
        ("ordering=attrs__core_values", "There is no such order. Choose another one."),
        ("ordering=author__user__password", "There is no such order. Choose another one."),
        ("author=2", "There is no filter named author"),
    ],
)
def test_a_question_that_makes_no_sense_finds_nothing_and_says_why(reader, ada, question, said):
    """Row 13: and there is a way out."""
    made(ada, "Somebody", formality_level=3)
    response = page(reader, question)
    assert names(response) == []
    assert said in re.sub(r"\s+", " ", response.text)
    assert "Nothing was looked for" in response.text
    assert f'<a href="{LIST}">Show all</a>' in response.text


@pytest.mark.parametrize(
    ("question", "said"),
    {
        "attrs__formality_level__gte=3": ["Formality is hidden, so it is not asked for."],
        "ordering=-attrs__formality_level": ["Formality is hidden, so it is not asked for."],
        "attrs__own_season__icontains=x": ["Season is retired, so it is not asked for."],
        "attrs__empathy_levle__gte=9": [
            "There is no characteristic of this name: “empathy_levle”. Did you mean Empathy?"
        ],
        "ordering=attrs__zzz": ["There is no characteristic of this name: “zzz”."],
        "attrs__=3": ["There is no characteristic of this name: “”."],
        "attrs__formality_level__gte=3&attrs__formality_level__lte=9&attrs__own_season=x&ordering=attrs__own_season": [
            "Formality is hidden, so it is not asked for.",
            "Season is retired, so it is not asked for.",
        ],
    }.items(),
)
def test_what_there_is_no_longer_is_told_and_the_list_is_without_it(reader, ada, question, said):
    """Row 13: of a bookmark whose characteristic is hidden by now; an unknown one is told, too."""
    add(ada, Attribute("own_season", "text", label="Season"))
    made(ada, "Somebody", formality_level=1, own_season="spring")
    hide(ada, ["formality_level"])
    retire(ada, "own_season")
    response = page(reader, f"{question}&name=some")
    assert names(response) == ["Somebody"]
    assert response.context["said"] == said
    assert all(each in re.sub(r"\s+", " ", response.text) for each in said)
    assert response.context["controls"] == response.context["chips"] == []
    assert not response.context["form"].errors
    assert f'<a href="{LIST}">Show all</a>' in response.text
    assert page(reader, "name=some").context["said"] == []


def test_what_another_author_has_of_her_own_is_not_known(reader, ada, own, client, ben):
    """Row 3: neither as a filter nor as an order nor as a column."""
    SchemaRecord.objects.define(Persona, [Attribute("secret", "text", label="A secret")], selectors=(ben,))
    response = page(reader, "attrs__secret__icontains=x&column=secret&filter=secret&view=table")
    assert response.context["said"] == ["There is no characteristic of this name: “secret”."]
    assert "A secret" not in response.text
    assert "Ben&#x27;s" not in response.text


# ---- how it is asked without scripts ----


def test_a_form_with_blanks_leads_to_an_address_without_them(reader):
    answer = reader.get(LIST, {"name": "", "ordering": "name", "attrs__tone__icontains": ""})
    assert answer["Location"] == f"{LIST}?ordering=name"


def test_a_filter_is_added_by_choosing_a_characteristic(reader, ada, own):
    """Row 13: it gets controls of its type, and is no longer offered."""
    made(ada, "Somebody")
    response = page(reader, "filter=begun")
    controls = {each.name: [field.name for field in fields] for each, fields in response.context["controls"]}
    assert controls == {"begun": ["attrs__begun__gte", "attrs__begun__lte", "attrs__begun__isnull"]}
    assert 'type="date" name="attrs__begun__gte"' in response.text
    offered = [each.name for members in response.context["offered"].values() for each in members]
    assert len(offered) == 75 + 8 - 1
    assert "begun" not in offered


def test_a_filter_is_told_in_words_and_taken_away(reader, ada):
    made(ada, "Somebody", formality_level=3)
    question = "attrs__formality_level__gte=7&attrs__sentence_structure__in=simple&attrs__sentence_structure__in=varied"
    chips = page(reader, f"{question}&attrs__tone__isnull=true&page=1").context["chips"]
    assert [said for said, _ in chips] == ["Formality: from 7", "Sentences: Simple or Varied", "Tone: not set"]
    assert chips[1][1] == f"{LIST}?attrs__formality_level__gte=7&attrs__tone__isnull=true"


def test_the_table_shows_what_was_chosen_and_what_it_is_about(reader, ada):
    """Row 11: any characteristic can be a column."""
    made(ada, "Somebody", irony_usage=4, gender="none", core_values=["thrift", "truth"])
    usual = page(reader, "view=table&ordering=-attrs__irony_usage").context["columns"]
    assert [column.characteristic.label for column in usual][:2] == ["Irony", "Tone"]
    assert (usual[0].state, usual[0].address) == ("descending", f"{LIST}?view=table&ordering=attrs__irony_usage")
    chosen = page(reader, "view=table&column=gender&column=core_values&column=nothing")
    (row,) = chosen.context["rows"]
    assert [(column.characteristic.name, trait.values) for column, trait in row.cells] == [
        ("gender", ("none",)),
        ("core_values", ("thrift", "truth")),
    ]


@pytest.mark.parametrize("question", ["", "view=table"])
def test_what_people_write_is_shown_as_text(reader, ada, question):
    """Row 52: in every text of a card and of the table."""
    texts = {"tone": "<script>alert(1)</script>", "age": "3", "pronoun_preference": "\"'><img src=x>"}
    Persona.objects.create(author=ada, name="<b>Bold</b>", description="<i>x</i>", attrs=texts)
    response = page(reader, question)
    assert names(response) == ["<b>Bold</b>"]
    for harmful in ("<script>alert", "<img src=x", "<b>Bold", "<i>x"):
        assert harmful not in response.text


def test_nobody_without_a_persona_is_left_alone(reader):
    """Row 11: an empty list says what to do next."""
    response = page(reader)
    assert "No personas yet" in response.text
    assert reverse("personas:from_sample") in response.text
