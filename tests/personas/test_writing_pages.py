"""The page on which a text is asked for: what comes of it, and what is kept where nothing does."""

from __future__ import annotations

import pytest
from django.urls import reverse
from personas.language_model import ModelError
from personas.models import ContentPiece, Persona
from personas.work import Work
from rest_framework.throttling import ScopedRateThrottle

from tests.personas.doubles import saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona(ada):
    return Persona.objects.create(author=ada, name="Old sailor", attrs={"irony_usage": 8, "tone": None})


@pytest.fixture
def writer(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


@pytest.fixture
def model(settings):
    """Give what puts another language model in the place of the one that is there."""

    def becomes(name):
        settings.PERSONAS = saying(name)

    becomes("Fluent")
    return becomes


def write(writer, persona, topic="the sea", **options):
    return writer.post(reverse("personas:write", args=[persona.pk]), {"topic": topic}, **options)


def test_a_draft_is_stored_and_can_be_edited_at_once(writer, persona, model):
    """Rows 20 and 27: a draft with title and body, and what is said of it."""
    response = write(writer, persona)
    piece = ContentPiece.objects.get()
    assert response.headers["Location"] == reverse("personas:piece_edit", args=[piece.pk])
    assert (piece.title, piece.body) == ("On the sea", "Old sailor says:\n\nIt is all about the sea.")
    assert (piece.persona, piece.status, piece.word_count) == (persona, "draft", 9)
    shown = writer.get(response.headers["Location"])
    said = [str(each) for each in shown.context["messages"]]
    assert said == ["A draft of 9 words is ready, and kept. Change what you like."]


def test_htmx_is_told_where_to_go(writer, persona, model):
    response = write(writer, persona, headers={"HX-Request": "true"})
    piece = ContentPiece.objects.get()
    assert response.headers["HX-Redirect"] == reverse("personas:piece_edit", args=[piece.pk])


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        ("", "Say what the text should be about."),
        (" \r\n ", "Say what the text should be about."),
        ("x" * 2_001, "This has 2,001 characters. Use at most 2,000 of them."),
    ],
    ids=["none", "blank", "long"],
)
def test_without_a_topic_nothing_is_written(writer, persona, model, topic, message):
    """Row 27: no text without a topic."""
    response = write(writer, persona, topic)
    assert response.context["form"].errors == {"topic": [message]}
    assert not ContentPiece.objects.exists()


def test_a_topic_has_as_many_characters_as_the_browser_counts(writer, persona, model):
    assert write(writer, persona, "\r\n".join(["xy"] * 667)).status_code == 302  # 2,000; sent are 2,666


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Broken", "The language model took too long to answer. Try again."),
        ("Refusing", "The language model will not write about this."),
        ("Silent", "The language model wrote no text. Try again."),
    ],
)
def test_a_model_that_fails_is_told_of_and_the_topic_is_kept(writer, persona, model, name, message):
    """Rows 29 and 30: the reason is said, nothing is stored, and nothing has to be typed again."""
    model(name)
    response = write(writer, persona, "the sea\r\nand the land")
    shown = response.content.decode()
    assert response.status_code == 200
    assert message in shown
    assert "the sea\r\nand the land</textarea>" in shown
    assert "Try again</button>" in shown
    assert not ContentPiece.objects.exists()
    model("Fluent")
    write(writer, persona, "the sea\r\nand the land")
    assert ContentPiece.objects.exists()


@pytest.fixture
def worker(monkeypatch):
    """Give what a worker tells of some work, which is not done at first."""
    work = Work(id="some-work", is_finished=False)
    monkeypatch.setattr("personas.pages.writing.start_draft", lambda author, persona, topic: work)
    monkeypatch.setattr("personas.pages.working.find", lambda author, key: work if key == work.id else None)
    return work


def test_a_page_waits_where_a_worker_writes_and_goes_on_to_the_draft(writer, persona, worker):
    """Row 21: something is seen while the model works."""
    waiting = write(writer, persona).headers["Location"]
    assert waiting == reverse("personas:work", args=["some-work"])
    assert "The model is at work" in writer.get(waiting).content.decode()
    worker.is_finished = True
    worker.piece = ContentPiece.objects.create(persona=persona, title="Done", body="one two")
    assert writer.get(waiting).headers["Location"] == reverse("personas:piece_edit", args=[worker.piece.pk])


def test_where_a_worker_fails_the_topic_is_kept(writer, persona, worker):
    """Rows 27 and 29: nothing has to be typed again."""
    waiting = write(writer, persona, "the sea\nand the land").headers["Location"]
    worker.is_finished, worker.error = True, ModelError("busy", "The language model is busy.", retryable=True)
    again = writer.get(waiting).context["back"]
    assert again == f"{reverse('personas:write', args=[persona.pk])}?again=some-work"
    assert "the sea\nand the land</textarea>" in writer.get(again).content.decode()


def test_the_topic_of_work_that_the_session_does_not_know_is_empty(writer, persona):
    shown = writer.get(reverse("personas:write", args=[persona.pk]), {"again": "somebody-elses"})
    assert shown.context["form"]["topic"].value() == ""


def test_a_title_that_is_too_long_is_cut_between_words(writer, persona, model):
    """Row 30: a title of more than 200 characters is no error."""
    model("Verbose")
    write(writer, persona)
    title = ContentPiece.objects.get().title
    assert len(title) <= 200
    assert title.endswith(("again…", "word…", "and…"))


def test_a_persona_of_somebody_elses_writes_nothing(writer, ben, model):
    """Rows 3 and 27: a persona of somebody else's is not there."""
    theirs = Persona.objects.create(author=ben, name="Ben's")
    assert writer.get(reverse("personas:write", args=[theirs.pk])).status_code == 404
    assert write(writer, theirs).status_code == 404
    assert not ContentPiece.objects.exists()


def test_a_persona_that_is_not_active_writes_nothing(writer, persona, model):
    Persona.objects.filter(pk=persona.pk).update(is_active=False)
    for response in (writer.get(reverse("personas:write", args=[persona.pk])), write(writer, persona)):
        shown = response.content.decode()
        assert "Old sailor is not active" in shown
        assert "<textarea" not in shown
    assert not ContentPiece.objects.exists()


@pytest.mark.parametrize(
    ("attrs", "said"),
    [
        ({}, "has no characteristics yet"),
        ({"irony_usage": 8}, ">1 characteristic</a> of Old sailor shapes"),
        ({"irony_usage": 8, "tone": "dry", "age": None}, ">2 characteristics</a> of Old sailor shape "),
    ],
    ids=["none", "one", "two"],
)
def test_what_the_voice_is_made_of_is_said(writer, ada, attrs, said):
    persona = Persona.objects.create(author=ada, name="Old sailor", attrs=attrs)
    assert said in writer.get(reverse("personas:write", args=[persona.pk])).content.decode()


def test_writing_is_throttled(writer, persona, model, monkeypatch):
    """Row 2: pages that ask a language model may be used only so often."""
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "model", "1/minute")
    assert [write(writer, persona).status_code for _ in range(2)] == [302, 429]
    assert ContentPiece.objects.count() == 1
