"""What authors, their models and their files say is shown as they said it: no word of it is ever code."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from personas.access import author_of
from personas.characteristics import add
from personas.language_model import Draft
from personas.models import ContentPiece, Persona
from personas.schema import schema_of
from personas.tagging import set_tags

from jsonattrs_core import Attribute, Choice
from tests.browser.test_hostile import HOSTILE, WORDS

SAMPLE = "The kettle clicked off at four, and I carried the cups down the long corridor without any hurry. " * 3
#: Elements and addresses that hostile words would make.
CODE = "script:not([src], [type='application/json']), img[src=x], b, [onerror], [onload], a[href^=javascript]"
SHORT = {name: text[:50] for name, text in HOSTILE.items()}


@pytest.fixture
def author(register):
    """Give an author whose every word is hostile."""
    register()
    return author_of(get_user_model().objects.get(username="editor"))


def furnished(author, text):
    """Give an author a persona with a text, and a characteristic of her own; return what fills keys into addresses."""
    own = Attribute(label=f"L {text}", type="text", help_text=f"H {text}", choices=(Choice(text), Choice("other")))
    name = add(author, own)
    schema = schema_of(author)
    attrs = {
        each: [text] if schema[each].multiple else text for each in ("tone", "gender", "background", "core_values")
    }
    persona = Persona.objects.create(author=author, name=text, description=text, attrs={**attrs, name: text})
    piece = ContentPiece.objects.create(persona=persona, title=text, body=f"{text}\n\n{text}")
    set_tags(piece, [" ".join(text.replace(",", "").split())])
    return lambda path: "/personas/" + path.format(pk=persona.pk, piece=piece.pk, name=name)


PAGES = (
    *("mine/", "mine/?view=table&column=tone&column={name}&filter={name}", "{pk}/", "{pk}/edit/", "{pk}/delete/"),
    *("{pk}/write/", "{pk}/from-sample/", "add/", "texts/", "texts/{piece}/", "texts/{piece}/edit/"),
    *("texts/{piece}/delete/", "characteristics/", "characteristics/{name}/"),
)


def wrong_on(page, text):
    """Return what a page lacks, and what on it is code."""
    found = page.locator(CODE).evaluate_all("found => found.map(each => each.outerHTML)")
    if page.evaluate("() => window.ran") is not None:
        found.append("a script ran")
    words = page.evaluate(WORDS)
    return [*found, *([] if text in words else [f"{text} is not there"])]


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_every_word_of_an_author_is_text(open_window, author, text):
    """Row 52: on every page that has it, under a policy that would tell of a script."""
    window = open_window("editor")
    fill = furnished(author, text)
    wrong = {}
    for path in PAGES:
        window.open(fill(path))
        wrong[path] = wrong_on(window.page, text)
    assert {path: each for path, each in wrong.items() if each} == {}


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_every_word_of_a_language_model_is_text(open_window, author, text, monkeypatch):
    """Row 52: proposals, what is refused of them, and drafts."""

    class Model:
        label = text

        def analyse(self, sample, schema):
            return {"tone": text, "formality_level": text, text: text}

        def draft(self, voice, topic):
            return Draft(title=text, body=text)

    monkeypatch.setattr("personas.analysing.language_model", Model)
    monkeypatch.setattr("personas.writing.language_model", Model)
    persona = Persona.objects.create(author=author, name="x")
    window = open_window("editor")
    for path, label, typed, button in (
        ("add/from-sample/", "sample", SAMPLE, "Analyse"),
        (f"{persona.pk}/from-sample/", "sample", SAMPLE, "Analyse"),
        (f"{persona.pk}/write/", "topic", text, "Write a draft"),
    ):
        window.open(f"/personas/{path}")
        window.page.locator(f"textarea[name={label}]").fill(typed)
        with window.page.expect_navigation():
            window.page.get_by_role("button", name=button).click()
        window.page.wait_for_load_state()
        assert wrong_on(window.page, text) == []
