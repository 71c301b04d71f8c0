"""The page of a persona: what is set of it in words and as a picture, and deleting it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from personas.characteristics import hide
from personas.models import ContentPiece, Persona
from personas.pages.pictures import draw
from personas.reading import Reading

from jsonattrs_core import Attribute, Choice, Schema, compose
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db

#: Of each kind that there is: what a person reads of it.
KINDS = [
    ("integer", {"subtype": "rating"}, 7, ("7",)),
    ("integer", {"subtype": "rating", "multiple": True}, [7, 2], ("7", "2")),
    ("decimal", {}, "1250.50", ("1250.50",)),
    ("boolean", {}, True, ("Yes",)),
    ("date", {}, "2024-02-01", ("1 Feb 2024",)),
    ("text", {}, "a; b", ("a; b",)),
    ("text", {"multiple": True}, ["a; b", "c"], ("a; b", "c")),
    ("text", {"choices": [Choice("sp", "Spring")]}, "sp", ("Spring",)),
    ("integer", {"choices": [Choice(1, "One")], "multiple": True}, [1], ("One",)),
    ("object", {}, {"tea": 3}, ('{"tea": 3}',)),
]


@pytest.fixture
def reader(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


@pytest.fixture
def persona(ada):
    """Give a persona of Ada's."""
    values = {
        "formality_level": 8,
        "irony_usage": 3,
        "sentence_structure": "varied",
        "core_values": ["thrift", "truth"],
    }
    return Persona.objects.create(author=ada, name="Quill", description="First.\nSecond.", attrs=values)


def page(name, persona):
    return reverse(f"personas:{name}", args=[persona.pk])


def told(response):
    return [str(message) for message in response.context["messages"]]


# ---- what is shown ----


def test_what_is_set_is_shown_by_section(reader, persona):
    """Rows 10, 16 and 18: labels and words, and what is not set is not made up."""
    response = reader.get(page("persona", persona))
    shown = {
        part.section.title: [(each.characteristic.label, each.values, each.rating) for each in part.section.traits]
        for part in response.context["parts"]
    }
    assert shown == {
        "Language mechanics": [("Formality", ("8",), 8)],
        "Figurative language": [("Irony", ("3",), 3)],
        "Choices": [("Sentences", ("Varied",), None), ("Values", ("thrift", "truth"), None)],
    }
    assert response.context["empty"] == ["Content and reader", "Personality", "Personal"]
    assert "4 of 75 set" in response.text
    assert "2 of 52 ratings are set." in response.text
    assert "First.<br>Second." in response.text


def test_a_persona_without_any_says_what_to_do(reader, ada):
    """Row 10: nothing is nothing."""
    response = reader.get(page("persona", Persona.objects.create(author=ada, name="Blank")))
    assert "Nothing is set yet" in response.text
    assert "Nothing is rated yet." in response.text


@pytest.mark.parametrize(("kind", "given", "value", "words"), KINDS)
def test_values_are_read_as_people_write_them(ada, kind, given, value, words):
    """Row 16: of any type that an author may have of her own."""
    SchemaRecord.objects.define(Persona, [Attribute("own", kind, **given)], selectors=(ada,))
    persona = Persona.objects.create(author=ada, name="P", attrs={"own": value})
    trait = Reading(persona.attrs.schema).trait("own", persona.attrs["own"])
    assert trait.values == words
    assert trait.rating == (7 if value == 7 else None)


def test_what_does_not_fit_is_shown_and_told(reader, persona):
    """Row 16: it may have been stored by other ways, or before the schema was what it is."""
    with connection.cursor() as cursor:
        stored = '{"formality_level": 99, "tone": ["a"], "irony_usage": "much", "gone": 1}'
        cursor.execute("UPDATE personas_persona SET attrs = %s WHERE id = %s", [stored, persona.pk])
    response = reader.get(page("persona", persona))
    assert [said.partition(":")[0] for said in response.context["misfits"]] == ["Formality", "Irony", "Tone"]
    assert "Needs attention" in response.text
    assert reader.get(reverse("personas:list")).status_code == 200


def test_every_text_is_shown_as_text(reader, ada):
    """Row 52: the name, the description, and each characteristic that takes one."""
    harmful = "<script>alert(1)</script>"
    schema = Reading(Persona(author=ada).attrs.schema)
    texts = [each for each in schema.characteristics.values() if each.attribute.type == "text" and not each.choices]
    values = {each.name: [harmful] if each.is_multiple else harmful for each in texts if each.name != "age"}
    persona = Persona.objects.create(author=ada, name=harmful, description=harmful, attrs=values)
    response = reader.get(page("persona", persona))
    assert response.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= len(values) + 2
    assert harmful not in response.text


def test_a_page_takes_as_many_queries_whatever_is_set(reader, ada, persona):
    """Row 48."""
    for number in range(8):
        ContentPiece.objects.create(persona=persona, title=f"T{number}")
    full = Persona.objects.create(author=ada, name="Full", attrs=dict.fromkeys(Persona(author=ada).attrs.schema, None))
    counts = []
    for each in (full, persona):
        reader.get(page("persona", each))
        with CaptureQueriesContext(connection) as queries:
            reader.get(page("persona", each))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["persona", "delete", "export"])
def test_a_persona_of_somebody_elses_is_not_there(reader, ben, name, method):
    """Row 3: it is as if there were none, for whoever asks and whatever for."""
    persona = Persona.objects.create(author=ben, name="Ben's")
    known = getattr(reader, method)(page(name, persona))
    Persona.objects.filter(pk=persona.pk).delete()
    unknown = getattr(reader, method)(page(name, persona))
    assert known.status_code == unknown.status_code in (404, 405)


def test_ones_own_persona_is_not_lost_to_others(client, ben, persona):
    """Row 3: nobody else deletes it."""
    client.force_login(ben.user)
    assert client.post(page("delete", persona)).status_code == 404
    assert Persona.objects.filter(pk=persona.pk).exists()


# ---- the picture ----


def ratings(number):
    return Reading(
        compose(Schema("s", [Attribute(f"r{place}", "integer", subtype="rating") for place in range(number)]))
    )


@given(values=st.lists(st.none() | st.integers(1, 10), max_size=80))
def test_there_is_a_petal_for_each_rating_within_the_picture(values):
    """Row 11: of any number of ratings, one's own too; a petal is longer where a rating is higher."""
    rated = {f"r{place}": value for place, value in enumerate(values) if value is not None}
    flower = draw(ratings(len(values)).sections, rated)
    paths = "".join(each.path for each in flower.petals)
    assert paths.count("M") == paths.count("Z") == len(rated)
    assert (flower.rated, flower.total) == (len(rated), len(values))
    assert all(0 <= float(number) <= 200 for number in re.findall(r"[\d.]+", paths))
    radii = [float(found) for found in re.findall(r"A([\d.]+) ", paths)]
    assert sorted(radii) == [pytest.approx(18 + 7.6 * rating) for rating in sorted(rated.values())]


def test_a_picture_says_the_highest_ratings_in_words():
    """Row 53: who does not see it is told."""
    rated = {"r0": 4, "r1": 9, "r2": 10, "r3": 1}
    assert draw(ratings(6).sections, rated).words == "4 of 6 ratings are set; the highest are R2 10, R1 9, R0 4."


# ---- deleting ----


def test_deleting_is_asked_first_and_says_what_goes_with_it(reader, persona):
    """Rows 25 and 26: with the number of texts, of which some are public."""
    for number in range(3):
        status = ContentPiece.Status.DRAFT if number else ContentPiece.Status.PUBLISHED
        ContentPiece.objects.create(persona=persona, title=f"T{number}", status=status)
    asked = reader.get(page("delete", persona))
    said = re.sub(r"<[^>]+>", "", asked.text)
    assert "3 texts in this voice go with it, 1 of them published." in said
    assert Persona.objects.filter(pk=persona.pk).exists()
    answer = reader.post(page("delete", persona), follow=True)
    assert told(answer) == ["“Quill” has been deleted, and 3 texts with it."]
    assert not ContentPiece.objects.exists()


def test_a_persona_without_texts_goes_alone(reader, persona):
    """Rows 24 and 26."""
    assert "No text is in this voice." in reader.get(page("delete", persona)).text
    answer = reader.post(page("delete", persona), follow=True)
    assert told(answer) == ["“Quill” has been deleted."]
    assert reader.post(page("delete", persona)).status_code == 404


def test_whoever_wants_to_keep_it_is_told_what_a_file_leaves_out(reader, ada, persona):
    """Row 26: values of what is hidden are kept with a persona, and go with it."""
    assert "leaves out" not in reader.get(page("delete", persona)).text
    hide(ada, ["irony_usage", "formality_level"])
    said = re.sub(r"<[^>]+>", "", reader.get(page("delete", persona)).text)
    assert (
        "the file leaves out 2 values of characteristics that are hidden or retired, so show them before that." in said
    )


def test_a_dialog_gets_the_question_alone(reader, persona):
    """Row 25: the page around it is there already."""
    assert "<html" in reader.get(page("delete", persona)).text
    part = reader.get(page("delete", persona), headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "csrfmiddlewaretoken" in part.text
