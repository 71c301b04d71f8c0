"""What nobody may set cannot be set by any door; nothing changes by looking; nobody is sent elsewhere."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from personas.language_model import Draft
from personas.models import Author, ContentPiece, Persona, Tag

from jsonattrs_django.models import SchemaRecord
from tests.personas.hostile.sending import sent
from tests.personas.isolation.addresses import addresses
from tests.personas.isolation.cases import BODIES

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SAMPLE = "The kettle clicked off at four, and I carried the cups down the long corridor without any hurry. " * 3
OLD = datetime.datetime(1999, 1, 1, tzinfo=datetime.UTC)


# ---- mass assignment ----


def never(author):
    """Return what nobody may set."""
    return {
        "id": 4711,
        "pk": 4711,
        "author": author.pk,
        "author_id": author.pk,
        "created_at": OLD.isoformat(),
        "updated_at": OLD.isoformat(),
        "published_at": OLD.isoformat(),
        "word_count": 4711,
        "content_count": 4711,
        "attrs": {"tone": "x"},
        "user": author.user.pk,
        "is_superuser": True,
        "is_staff": True,
    }


def demand_untouched(ada):
    """Demand that every row is Ada's, new, and counted."""
    for each in Persona.objects.all():
        assert (each.author, each.pk != 4711, each.created_at > OLD, each.updated_at > OLD) == (ada, True, True, True)
        assert each.is_active
    for each in ContentPiece.objects.all():
        assert (each.pk != 4711, each.word_count, each.created_at > OLD) == (True, len(each.body.split()), True)
        assert each.published_at is None or each.published_at > OLD
    assert not Author.objects.filter(user__is_staff=True).exists()


def test_the_api_sets_what_is_asked_for_and_nothing_else(ada, ben, api):
    """Rows 8 and 50: whatever a body says of keys, owners, times and counts is refused, or not heard."""
    for name, value in never(ben).items():
        sent(api, "personas/", {"name": "A", name: value})
        sent(api, "personas/", {"name": "A", "attributes": {name: value}})
        sent(api, "personas/import/", {"format": 1, "personas": [{"name": "A", name: value}]})
        sent(api, "personas/import/", {"format": 1, name: value, "personas": [{"name": "A"}]})
        sent(api, "auth/register/", {"username": f"u-{name}", "password": "a fine long password", name: value})
    persona = Persona.objects.filter(author=ada).first() or Persona.objects.create(author=ada, name="A")
    for name, value in never(ben).items():
        sent(api, "content/", {"persona": persona.pk, "title": "T", "body": "a b", name: value})
        sent(api, f"personas/{persona.pk}/generate/", {"topic": "x", name: value})
        sent(api, "analyse/", {"sample": SAMPLE, name: value})
    piece = ContentPiece.objects.first()
    for name, value in never(ben).items():
        for method in ("put", "patch"):
            sent(api, f"personas/{persona.pk}/", {"name": "A", name: value}, method)
            sent(api, f"content/{piece.pk}/", {"persona": persona.pk, "title": "T", name: value}, method)
    demand_untouched(ada)
    assert Persona.objects.filter(author=ben).count() == 0


def test_forms_set_what_they_show_and_nothing_else(ada, ben, browser):
    """Rows 8 and 50: the same of pages."""
    extra = {name: str(value) for name, value in never(ben).items()}
    browser.post("/personas/add/", {**extra, "name": "A", "is_active": "on", "attrs__author": "x", "attrs__id": "1"})
    persona = Persona.objects.get()
    browser.post(f"/personas/{persona.pk}/edit/", {**extra, "name": "B", "is_active": "on"})
    browser.post(f"/personas/{persona.pk}/write/", {**extra, "topic": "x"})
    piece = ContentPiece.objects.get()
    seen = browser.get(f"/personas/texts/{piece.pk}/edit/").context["form"]["seen"].value()
    stolen = {**extra, "title": "T", "body": "a b", "seen": seen, "persona": "1", "status": "published"}
    browser.post(f"/personas/texts/{piece.pk}/edit/", stolen)
    piece.refresh_from_db()
    assert (piece.title, piece.status, piece.persona) == ("T", "draft", persona)
    browser.post(f"/personas/texts/{piece.pk}/status/", {**extra, "status": "published"})
    document = {"format": 1, "personas": [{"name": "C", **never(ben)}]}
    file = SimpleUploadedFile("x.json", json.dumps(document).encode(), "application/json")
    assert browser.post("/personas/mine/import/", {"file": file}).status_code == 422
    Client().post("/personas/register/", {**extra, "username": "newcomer", "password": "a fine long password"})
    demand_untouched(ada)
    assert Author.objects.get(pk=ben.pk).user == ben.user


def test_a_language_model_sets_what_can_be_proposed_and_nothing_else(ada, ben, api, browser, monkeypatch):
    """Row 8: what it says of anything else is no proposal."""

    class Model:
        label = "A model"

        def analyse(self, sample, schema):
            return {**never(ben), "is_active": False, "name": "Mallory", "tone": "dry"}

        def draft(self, voice, topic):
            return Draft(title="T", body="a b")

    monkeypatch.setattr("personas.analysing.language_model", Model)
    answer = sent(api, "analyse/", {"sample": SAMPLE}).json()
    assert answer["attributes"] == {"tone": "dry"}
    page = browser.post("/personas/add/from-sample/", {"name": "Mine", "sample": SAMPLE}, follow=True)
    assert page.context["form"]["name"].value() == "Mine"
    assert Persona.objects.count() == 0


# ---- looking changes nothing ----


def rows():
    models = (Author, Persona, ContentPiece, Tag, SchemaRecord)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def paths(persona, piece):
    """Yield every page's address."""
    for address in addresses():
        if not address.is_api:
            pk = piece if address.name.startswith("personas:piece") else persona
            given = {"pk": pk, "id": "x", "name": "own_x"}
            yield address, reverse(address.name, kwargs={part: given[part] for part in address.takes})


@pytest.fixture
def things(ada):
    """Give a persona and a text of Ada's."""
    persona = Persona.objects.create(author=ada, name="A")
    return persona.pk, ContentPiece.objects.create(persona=persona, title="T", body="a b").pk


def test_looking_changes_nothing(ada, browser, api, things):
    """Row 52: GET, HEAD and OPTIONS of every address, with what would be posted in the query."""
    before = rows()
    for address, path in paths(*things):
        for data in [{}, *BODIES[address.name]]:
            for ask in (browser.get, browser.head):
                assert ask(path, {name: str(value) for name, value in data.items()}).status_code < 500
        assert browser.options(path).status_code < 500
    for address in addresses():
        if address.is_api:
            given = {"pk": things[0], "id": "x", "key": "own_x"}
            path = reverse(address.name, kwargs={part: given[part] for part in address.takes})
            for ask in (api.get, api.head, api.options):
                assert ask(path).status_code < 500
    assert rows() == before
    assert browser.session.get("_auth_user_id") == str(ada.user.pk)


def test_every_page_that_changes_something_wants_a_token(ada, things):
    """Row 52: a post without one, which another site has sent, is refused everywhere."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada.user)
    before = rows()
    for address, path in paths(*things):
        for data in BODIES[address.name] or [{}]:
            form = {name: value for name, value in data.items() if isinstance(value, str | list)}
            assert browser.post(path, form).status_code == 403, path
            assert browser.post(path, form, headers={"X-Requested-With": "x", "HX-Request": "true"}).status_code == 403
    assert rows() == before


def test_a_session_is_no_token_of_the_api(ada, browser, things):
    """Row 52: so that nothing of the API can be done by another site in somebody's browser."""
    assert sent(browser, "personas/", {"name": "A"}).status_code == 401
    assert browser.delete(f"/api/v1/personas/{things[0]}/").status_code == 401


ELSEWHERE = [
    *("https://evil.example/", "//evil.example/", "///evil.example", "\\\\evil.example", "/\\evil.example"),
    *("http:evil.example", "javascript:alert(1)", "https://testserver@evil.example/", "\thttps://evil.example"),
    "http://testserver.evil.example/",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_to_another_site(ada, address):
    """Row 52: whatever an address says that one should come back to."""
    account = {"username": "ada", "password": "correct horse battery"}
    for path, data in (
        ("sign-in/", account),
        ("sign-out/", {}),
        ("register/", {"username": "newcomer", "password": "a fine long password"}),
    ):
        client = Client()
        if path == "sign-out/":
            client.force_login(ada.user)
        answer = client.post(f"/personas/{path}", {**data, "next": address}, headers={"HX-Current-URL": address})
        assert answer.status_code == 302, path
        assert answer.headers["Location"] in ("/personas/mine/", "/personas/")
    asked = Client().get("/personas/mine/", headers={"HX-Request": "true", "HX-Current-URL": address})
    assert asked.headers["HX-Redirect"] == "/personas/sign-in/?next=/personas/mine/"


def test_cookies_are_for_this_site_over_https(ada):
    """Row 51."""
    from django.conf import settings

    assert settings.SESSION_COOKIE_SECURE
    assert settings.CSRF_COOKIE_SECURE
    client = Client()
    client.post("/personas/sign-in/", {"username": "ada", "password": "correct horse battery"})
    cookie = client.cookies["sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    page = Client().get("/personas/sign-in/")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", ""])
def test_another_host_is_refused(ada, api, host):
    """Row 51: addresses in answers are never another site's."""
    for path in ("/personas/", "/personas/sign-in/", "/api/v1/", "/api/v1/personas/"):
        assert api.get(path, HTTP_HOST=host or "\x00").status_code == 400
    told = api.get("/api/v1/", HTTP_X_FORWARDED_HOST="evil.example").content.decode()
    assert not re.search("evil", told)
