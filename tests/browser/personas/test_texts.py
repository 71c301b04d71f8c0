"""Texts in a browser: asked for and waited for, edited, found, published and deleted, in three ways of using a page."""

from __future__ import annotations

import re
import threading

import pytest
from django.contrib.auth import get_user_model
from personas.access import author_of
from personas.models import ContentPiece, Persona
from personas.tagging import set_tags
from playwright.sync_api import expect

from tests.personas import doubles

BODY = "First, the sea.\nThen\n\nthe land."


@pytest.fixture
def model(settings):
    """Give what puts another language model in the place of the one that is there."""

    def becomes(name):
        settings.PERSONAS = doubles.saying(name)

    becomes("Fluent")
    return becomes


@pytest.fixture
def ada(person, model):
    """Give Ada, who has a persona, before her browser."""
    return person("editor")


@pytest.fixture
def sailor(ada):
    """Give a persona of Ada's."""
    made = author_of(get_user_model().objects.get(username="editor"))
    return Persona.objects.create(author=made, name="Old sailor", attrs={"irony_usage": 8})


def text_of(persona, title="Waves", body=BODY, tags=(), **values):
    piece = ContentPiece.objects.create(persona=persona, title=title, body=body, **values)
    set_tags(piece, tags)
    return piece


def told(person, text):
    expect(person.page.locator("#messages").get_by_text(text)).to_be_visible()


def title_of(person):
    return person.page.get_by_role("heading", level=1)


def axe(person):
    return person.window.violations() if person.has_scripts else []


# ---- writing ----


def test_a_text_is_drafted_edited_and_published(ada, sailor):
    """Rows 20, 27, 31 and 32: from a topic to a published text, told at each step."""
    ada.window.open(f"/personas/{sailor.pk}/write/")
    ada.write(ada.field("What should the text be about?"), "the sea")
    ada.press(ada.button("Write a draft"))
    told(ada, "A draft of 9 words is ready, and kept. Change what you like.")
    assert ContentPiece.objects.get().status == "draft"

    ada.write(ada.field("Title"), "On the open sea")
    ada.write(ada.field("Tags"), "sea, essays")
    ada.press(ada.button("Save and publish"))
    told(ada, "“On the open sea” is published.")
    expect(title_of(ada)).to_have_text("On the open sea")
    expect(ada.page.get_by_text("Published", exact=True)).to_be_visible()
    expect(ada.page.get_by_text("9 words")).to_be_visible()
    piece = ContentPiece.objects.get()
    assert (piece.status, [tag.name for tag in piece.tags.all()]) == ("published", ["essays", "sea"])
    assert piece.published_at is not None

    ada.press(ada.link("essays"))
    expect(ada.link("On the open sea")).to_be_visible()


def test_without_a_topic_the_form_says_what_is_missing(ada, sailor):
    """Rows 19 and 27: a message beside the field, and nothing is written."""
    ada.window.open(f"/personas/{sailor.pk}/write/")
    ada.press(ada.button("Write a draft"))
    topic = ada.field("What should the text be about?")
    expect(ada.page.get_by_text("Say what the text should be about.")).to_be_visible()
    expect(topic).to_have_attribute("aria-invalid", "true")
    expect(topic).to_have_accessible_description(re.compile("Say what the text should be about"))
    assert axe(ada) == []
    assert not ContentPiece.objects.exists()


def test_a_model_that_fails_is_told_of_and_asked_again_with_the_same_topic(ada, sailor, model):
    """Rows 20 and 29: the reason, a way to try again, and the topic is still there."""
    model("Broken")
    ada.window.open(f"/personas/{sailor.pk}/write/")
    ada.write(ada.field("What should the text be about?"), "the sea")
    ada.press(ada.button("Write a draft"))
    expect(ada.page.get_by_role("alert")).to_contain_text("The language model took too long to answer.")
    expect(ada.field("What should the text be about?")).to_have_value("the sea")
    assert axe(ada) == []
    assert not ContentPiece.objects.exists()

    model("Fluent")
    ada.press(ada.button("Try again"))
    told(ada, "A draft of 9 words is ready, and kept.")


def test_one_sees_that_the_model_is_at_work_and_cannot_ask_twice(open_window, model, monkeypatch):
    """Row 21: something turns while the model works, and the button waits."""
    window = open_window("editor")
    persona = Persona.objects.create(author=author_of(get_user_model().objects.get(username="editor")), name="Slow")
    may_go_on = threading.Event()
    at_once = doubles.Fluent.draft

    def draft(self, voice, topic):
        assert may_go_on.wait(20)
        return at_once(self, voice, topic)

    monkeypatch.setattr(doubles.Fluent, "draft", draft)
    window.open(f"/personas/{persona.pk}/write/")
    page = window.page
    seen = page.get_by_text("Writing. This may take a minute.")
    expect(seen).to_be_hidden()
    page.get_by_label("What should the text be about?").fill("the sea")
    page.get_by_role("button", name="Write a draft").click()
    expect(seen).to_be_visible()
    expect(page.get_by_role("button", name="Write a draft")).to_be_disabled()
    may_go_on.set()
    expect(page.locator("#messages")).to_contain_text("A draft of 8 words is ready")
    assert ContentPiece.objects.count() == 1


# ---- editing ----


def test_what_is_wrong_is_said_beside_its_field_and_nothing_that_was_typed_is_lost(ada, sailor):
    """Rows 20 and 30: a title that is missing, and a tag that is too long."""
    piece = text_of(sailor)
    ada.window.open(f"/personas/texts/{piece.pk}/edit/")
    ada.write(ada.field("Title"), "")
    ada.write(ada.field("Body"), "Another text.")
    ada.write(ada.field("Tags"), "x" * 51)
    ada.press(ada.button("Save"))
    refusals = ada.page.get_by_role("alert")
    expect(refusals).to_contain_text("Nothing has been saved yet.")
    expect(refusals).to_be_focused()
    expect(refusals.get_by_role("link")).to_have_text(["Title", "Tags"])
    expect(ada.field("Title")).to_have_accessible_description(re.compile("This field is required"))
    expect(ada.field("Body")).to_have_value("Another text.")
    assert axe(ada) == []
    ada.write(ada.field("Title"), "Tides")
    ada.write(ada.field("Tags"), "sea")
    ada.press(ada.button("Save"))
    told(ada, "“Tides” has been saved.")
    piece.refresh_from_db()
    assert (piece.title, piece.body, piece.word_count) == ("Tides", "Another text.", 2)


def test_two_windows_with_one_text_lose_nothing(ada, sailor):
    """Row 23: what the other window has saved is shown, and replaced only where one says so again."""
    piece = text_of(sailor)
    ada.window.open(f"/personas/texts/{piece.pk}/edit/")
    ContentPiece.objects.get(pk=piece.pk).save()
    ContentPiece.objects.filter(pk=piece.pk).update(body="From another window.")
    ada.write(ada.field("Body"), "From this one.")
    ada.press(ada.button("Save"))
    expect(ada.page.get_by_role("alert")).to_contain_text("saved in another window")
    ada.press(ada.page.get_by_text("What is stored now", exact=True))
    expect(ada.page.get_by_text("From another window.")).to_be_visible()
    assert axe(ada) == []
    ada.press(ada.button("Save"))
    told(ada, "“Waves” has been saved.")
    piece.refresh_from_db()
    assert piece.body == "From this one."


def test_a_text_is_published_taken_back_and_put_into_the_archive(ada, sailor):
    """Rows 20, 31 and 32: each step is told, and can be taken back."""
    piece = text_of(sailor)
    ada.window.open(f"/personas/texts/{piece.pk}/")
    for button, said, status in (
        ("Publish", "“Waves” is published.", "published"),
        ("Withdraw", "“Waves” is a draft again.", "draft"),
        ("Archive", "“Waves” is in the archive.", "archived"),
        ("Take out of the archive", "“Waves” is a draft again.", "draft"),
    ):
        ada.press(ada.button(button))
        told(ada, said)
        piece.refresh_from_db()
        assert piece.status == status
    assert piece.published_at is not None


# ---- deleting ----


def test_a_text_is_deleted_only_once_that_was_asked(ada, sailor):
    """Rows 25 and 26: asked first, taken back without harm, done and told."""
    piece = text_of(sailor)
    ada.window.open(f"/personas/texts/{piece.pk}/")
    ada.press(ada.link("Delete"))
    question = ada.page.get_by_role("heading", name="Delete “Waves”?")
    expect(question).to_be_visible()
    expect(ada.page.get_by_text("6 words in the voice of Old sailor will be gone")).to_be_visible()
    if ada.has_scripts:
        expect(ada.page.get_by_role("dialog", name="Delete “Waves”?")).to_be_visible()
        expect(ada.link("Keep it")).to_be_focused()
        assert axe(ada) == []
    ada.press(ada.link("Keep it"))
    expect(question).to_be_hidden()
    expect(title_of(ada)).to_have_text("Waves")
    assert ContentPiece.objects.exists()

    ada.press(ada.link("Delete"))
    ada.press(ada.button("Delete"))
    told(ada, "“Waves” has been deleted.")
    expect(ada.page.get_by_role("heading", name="No texts yet")).to_be_visible()
    assert not ContentPiece.objects.exists()
    assert Persona.objects.filter(pk=sailor.pk).exists()


# ---- the list ----


def test_texts_are_found_by_words_status_persona_and_tag(ada, sailor):
    """Row 32: the list of texts, asked and put in order."""
    text_of(sailor, "Cliffs", "white", ["sea"], status="published")
    text_of(sailor, "Anchors", "one two three", ["sea", "ships"])
    other = Persona.objects.create(author=sailor.author, name="Mate")
    text_of(other, "Bread", "flour")
    ada.window.open("/personas/texts/")
    titles = ada.page.get_by_role("main").get_by_role("heading", level=2)
    expect(titles).to_have_text(["Bread", "Anchors", "Cliffs"])

    ada.choose(ada.field("Tag"), "sea")
    ada.choose(ada.field("Order"), "Title, from Z to A")
    ada.press(ada.button("Show"))
    expect(titles).to_have_text(["Cliffs", "Anchors"])
    ada.choose(ada.field("Status"), "Draft")
    ada.press(ada.button("Show"))
    expect(titles).to_have_text(["Anchors"])
    ada.choose(ada.field("Persona"), "Mate")
    ada.press(ada.button("Show"))
    expect(ada.page.get_by_text("No text is like that.")).to_be_visible()
    ada.press(ada.link("Show all"))
    ada.write(ada.field("Words"), "FLOUR")
    ada.press(ada.button("Show"))
    expect(titles).to_have_text(["Bread"])


# ---- how it looks ----


def test_pages_of_texts_are_for_everybody(open_window):
    """Row 53: read by screen readers, by the keyboard, in the dark and on a telephone."""
    made = author_of(get_user_model().objects.get(username="editor"))
    persona = Persona.objects.create(author=made, name="W" * 100, description="Very " * 80, attrs={"irony_usage": 8})
    resting = Persona.objects.create(author=made, name="Resting", is_active=False)
    for number in range(22):
        text_of(persona, f"Text {number}", BODY * 20, ["sea", "x" * 50], status=("draft", "published")[number % 2])
    long = text_of(persona, "LongTitle" * 22, "word" * 400, status="archived")
    window = open_window("editor")
    pages = {
        "texts": "/personas/texts/",
        "texts with an error": "/personas/texts/?persona=0&status=lost",
        "no texts": "/personas/texts/?q=nowhere",
        "a text": f"/personas/texts/{long.pk}/",
        "the form": f"/personas/texts/{long.pk}/edit/",
        "the question": f"/personas/texts/{long.pk}/delete/",
        "writing": f"/personas/{persona.pk}/write/",
        "not active": f"/personas/{resting.pk}/write/",
    }
    assert window.survey(pages) == ""


def test_nothing_that_was_typed_runs(open_window):
    """Row 52: a hostile text is shown as it was typed, on every page of texts."""
    evil = "<img src=x onerror=\"alert('run')\"><script>alert('run')</script>"
    made = author_of(get_user_model().objects.get(username="editor"))
    persona = Persona.objects.create(author=made, name=evil, description=evil)
    piece = text_of(persona, evil, evil, [evil[:50]])
    window = open_window("editor")
    for path in ("texts/", f"texts/{piece.pk}/", f"texts/{piece.pk}/edit/", f"{persona.pk}/write/"):
        window.open(f"/personas/{path}")
        expect(window.page.locator("main img, main script")).to_have_count(0)
    window.open(f"/personas/texts/{piece.pk}/")
    window.page.get_by_role("link", name="Delete").click()
    expect(window.page.get_by_role("dialog")).to_contain_text(evil)
    assert window.page.locator("main img, dialog img").count() == 0
