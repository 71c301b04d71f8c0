"""Texts are drafted in a persona's voice, by a server or without one, and kept where there is something to keep."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from personas.language_model import ModelError, language_model
from personas.models import ContentPiece, Persona
from personas.writing import check_topic, write

pytestmark = pytest.mark.django_db

BODY = "It rained.\n\nThen it stopped, and nobody knew why."


@pytest.fixture
def persona(ada):
    return Persona.objects.create(author=ada, name="Plain", attrs={"formality_level": 7})


def test_a_text_becomes_a_draft(persona, server):
    """Rows 27 and 31: with title, body and the number of its words, and not published yet."""
    server.says(f"Rain\n\n{BODY}")
    piece = write(persona, "The weather")
    stored = ContentPiece.objects.get()
    assert piece == stored
    assert (stored.persona, stored.title, stored.body) == (persona, "Rain", BODY)
    assert (stored.status, stored.word_count, stored.published_at) == ("draft", 9, None)


def test_a_model_is_asked_once_and_for_text(persona, server):
    """Row 27: the topic as it was given, and no form of answer that a server may not know."""
    server.says(f"Rain\n\n{BODY}")
    write(persona, 'The weather,\nin "May"')
    (asked,) = server.asked
    assert asked.keys() == {"model", "messages"}
    assert asked["model"] == "fake"
    assert asked["messages"][1]["content"].endswith('The weather,\nin "May"')


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (BODY.replace("\n\n", " "), "The weather"),
        ("Title:\n\n" + BODY, "The weather"),
        (f"{'word ' * 39}words\n\n{BODY}", "word " * 39 + "words"),
        (f"{'w' * 200}\n\n{BODY}", "w" * 200),
    ],
    ids=["none", "empty", "200 characters", "one long word"],
)
def test_there_is_always_a_title(persona, server, said, title):
    """Row 30: the topic where a model gives none."""
    server.says(said)
    assert write(persona, "The weather").title == title


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("word " * 100, "word " * 38 + "word…"),
        ("w" * 300, "w" * 199 + "…"),
        ("Two\nlines", "Two lines"),
    ],
    ids=["words", "one word", "lines"],
)
def test_a_title_is_one_line_that_fits(persona, server, topic, title):
    """Row 30: more than 200 characters are cut, between words where there are any, and said to be."""
    server.says("It rained.")
    piece = write(persona, topic)
    assert piece.title == title
    piece.full_clean()


def test_a_title_alone_is_the_text(persona, server):
    """Row 30: a body that is missing is not made up, and a text of one line is a text."""
    server.says("# Rain")
    assert write(persona, "The weather").body == "# Rain"


@pytest.mark.parametrize(
    ("said", "code"),
    [("\n\n", "unreadable"), ("\x00", "unreadable"), ("Rain\n\n" + "a" * 100_001, "too_large")],
    ids=["blank", "no characters", "too long"],
)
def test_a_body_that_cannot_be_kept_is_not(persona, server, said, code):
    """Rows 29 and 30: an error that says so, and nothing stored."""
    server.says(said)
    with pytest.raises(ModelError) as failed:
        write(persona, "Rain")
    assert (failed.value.code, failed.value.retryable) == (code, True)
    assert not ContentPiece.objects.exists()


def test_half_a_text_is_not_kept(persona, server):
    """Row 29: a text that breaks off is no draft."""
    server.says(f"Rain\n\n{BODY}", finish_reason="length")
    with pytest.raises(ModelError) as failed:
        write(persona, "Rain")
    assert failed.value.code == "truncated"
    assert not ContentPiece.objects.exists()


def test_half_a_character_is_replaced(persona, server):
    """Row 30: a model may stop in the middle of one, which no database stores."""
    server.sends('{"choices": [{"message": {"content": "Rain\\n\\nIt rained \\ud83d"}}]}')
    assert write(persona, "Rain").body == "It rained ?"


def test_markup_is_text(persona, server):
    """Row 52: what a model writes is kept as it is, and is nowhere taken for more than text."""
    hostile = "<script>alert(1)</script>"
    server.says(f"{hostile}\n\n{hostile} {{{{ 7 * 7 }}}}")
    piece = write(persona, "Rain")
    assert (piece.title, piece.body) == (hostile, f"{hostile} {{{{ 7 * 7 }}}}")


def test_a_persona_that_is_not_active_writes_nothing(persona, server):
    """Row 27: and no model is asked."""
    persona.is_active = False
    with pytest.raises(ValidationError) as refused:
        write(persona, "Rain")
    assert refused.value.code == "inactive"
    assert server.asked == []


@pytest.mark.parametrize("happens", ["delete", "give away"])
def test_a_persona_that_is_gone_when_the_text_is_there(ben, persona, server, happens):
    """Row 29: the model takes its time, and others do not wait."""

    server.says(f"Rain\n\n{BODY}")
    rows = Persona.objects.filter(pk=persona.pk)
    rows.delete() if happens == "delete" else rows.update(author=ben)
    with pytest.raises(ModelError) as failed:
        write(persona, "Rain")
    assert not failed.value.retryable
    assert not ContentPiece.objects.exists()


def test_a_persona_with_more_to_say_than_a_model_reads(ada, server):
    """Row 29: there is a limit to what is sent as well."""
    persona = Persona(author=ada, name="Long", description="a" * 200_001)
    persona.save()
    with pytest.raises(ModelError) as failed:
        write(persona, "Rain")
    assert (failed.value.code, failed.value.retryable) == ("too_large", False)
    assert server.asked == []


def test_a_text_needs_neither_key_nor_network(persona, settings):
    """Row 33: the default model of the project has neither."""
    assert settings.PERSONAS["LANGUAGE_MODEL"].endswith("OfflineModel")
    piece = write(persona, "The weather in May")
    assert piece.title
    assert piece.word_count > 20
    assert "weather" in piece.body.lower()


@pytest.mark.parametrize(
    ("topic", "code"),
    [("", "required"), (" \n\x00", "required"), ("a" * 2_001, "too_long")],
    ids=["none", "blank", "long"],
)
def test_a_topic_is_needed_and_is_no_book(topic, code):
    """Row 27: said before a model is asked."""
    with pytest.raises(ValidationError) as refused:
        check_topic(topic)
    assert refused.value.code == code
    assert "%" not in refused.value.messages[0]


def test_what_a_model_is_called(server):
    assert language_model().label == "fake at localhost"
