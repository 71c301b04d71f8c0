"""A session that expires while a form is filled in: what was typed goes through signing in, and is sent after it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from personas.models import ContentPiece, Persona

from tests.personas.doubles import saying
from tests.personas.filling import filled, opened

pytestmark = pytest.mark.django_db

PASSWORD = "a long word of hers"
BUTTON = "Go on with what you typed"


@pytest.fixture
def window(ada):
    """Give Ada's browser, which is asked for its token."""
    ada.user.set_password(PASSWORD)
    ada.user.save()
    found = Client(enforce_csrf_checks=True)
    found.force_login(ada.user)
    return found


@pytest.fixture
def persona(ada):
    return Persona.objects.create(author=ada, name="Plain", attrs={"formality_level": 7})


def token(response):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.text)[1]


def expire(window):
    del window.cookies["sessionid"]


def sign_in(window, asked, **more):
    """Sign in on the page that was shown for one that was sent."""
    typed = {"username": "ada", "password": PASSWORD, "csrfmiddlewaretoken": token(asked)}
    carried = {"next": asked.context["next"], "carried": asked.context["carried"]}
    return window.post(reverse("personas:sign_in"), typed | carried | more)


def sent_late(window, address, data):
    """Send a form once the session has expired; sign in; send what is offered then."""
    shown = window.get(address)
    expire(window)
    asked = window.post(address, data | {"csrfmiddlewaretoken": token(shown)})
    offered = sign_in(window, asked)
    assert BUTTON in offered.text
    again = {}
    for name, value in offered.context["sent"]:
        again.setdefault(name, []).append(value)
    assert "csrfmiddlewaretoken" not in again
    return window.post(offered.context["address"], again | {"csrfmiddlewaretoken": token(offered)})


def test_a_persona_that_was_edited(window, persona):
    address = reverse("personas:edit", args=[persona.pk])
    data = filled(opened(window, address), description="Two\r\nlines, & more", attrs__formality_level="3")
    assert sent_late(window, address, data)["Location"] == reverse("personas:persona", args=[persona.pk])
    stored = Persona.objects.get()
    assert (stored.description.splitlines(), stored.attrs["formality_level"]) == (["Two", "lines, & more"], 3)


def test_a_topic(window, persona, settings):
    settings.PERSONAS = saying("Fluent")
    sent_late(window, reverse("personas:write", args=[persona.pk]), {"topic": "the sea"})
    assert ContentPiece.objects.get().title == "On the sea"


def test_a_review_whose_proposals_are_forgotten(window, ada):
    data = filled(opened(window, "/personas/add/"), name="Judith", attrs__formality_level="4")
    shown = window.get("/personas/add/")
    expire(window)
    asked = window.post("/personas/add/review/?work=gone", data | {"csrfmiddlewaretoken": token(shown)})
    offered = sign_in(window, asked)
    assert offered.context["address"] == "/personas/add/review/?work=gone"
    window.post(offered.context["address"], dict(offered.context["sent"]) | {"csrfmiddlewaretoken": token(offered)})
    assert Persona.objects.get(name="Judith").attrs["formality_level"] == 4


def test_a_wrong_password_loses_nothing(window, persona):
    address = reverse("personas:write", args=[persona.pk])
    shown = window.get(address)
    expire(window)
    asked = window.post(address, {"topic": "the sea", "csrfmiddlewaretoken": token(shown)})
    refused = sign_in(window, asked, password="another")
    assert refused.context["form"].errors
    assert refused.context["carried"] == asked.context["carried"] == "topic=the+sea"
    assert refused.context["next"] == address


def test_htmx_shows_the_page_to_sign_in_in_place_of_the_content(client, persona):
    asked = client.post(reverse("personas:write", args=[persona.pk]), {"topic": "it"}, headers={"HX-Request": "true"})
    assert (asked["HX-Retarget"], asked["HX-Reselect"]) == ("#content", "#content")
    assert asked.context["carried"] == "topic=it"


def test_neither_passwords_nor_what_is_too_long_are_carried(client):
    page = "/personas/add/"
    assert client.post(page, {"name": "A", "password": "secret"}).context["carried"] == "name=A"
    assert client.post(page, {"name": "A" * 1_000_001}).status_code == 302
    assert client.post(page).status_code == 302  # nothing was typed


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "/admin/", "/personas/../admin/", "//example.org/personas/"]
)
def test_what_is_carried_goes_nowhere_else(window, elsewhere):
    data = {"username": "ada", "password": PASSWORD, "next": elsewhere, "carried": "name=A"}
    expire(window)
    asked = window.get(reverse("personas:sign_in"))
    answer = window.post(reverse("personas:sign_in"), data | {"csrfmiddlewaretoken": token(asked)})
    assert answer.status_code == 302
