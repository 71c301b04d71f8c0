"""Odd requests are the client's errors, with a clear answer, and never the server's."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from personas.models import ContentPiece, Persona

from tests.personas.isolation.addresses import METHODS, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.long]

DEEP = "[" * 100_000 + "]" * 100_000
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "two": b"{}{}",
    "NaN": b'{"name": NaN}',
    "infinity": b'{"name": -Infinity}',
    "beyond floats": b'{"attributes": {"formality_level": 1e999}}',
    "a huge number": b'{"attributes": {"formality_level": ' + b"9" * 10_000 + b"}}",
    "deep": DEEP.encode(),
    "deep below": b'{"attributes": ' + DEEP.encode() + b"}",
    "twice": b'{"name": "a", "name": "b"}',
    "null": b"null",
    "list": b"[]",
    "list of lists": b"[[[1]]]",
    "text": b'"x"',
    "number": b"1",
    "true": b"true",
    "half of a pair": b'{"name": "\\ud800", "\\ud800": 1}',
    "NUL": b'{"name": "\\u0000", "\\u0000": 1}',
    "no UTF-8": b'{"name": "\xff\xfe"}',
    "a mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "a form": b"name=x",
    "objects for texts": b'{"name": {}, "attributes": [], "title": {}, "tags": {}, "persona": {}, "topic": [],'
    b' "sample": 1, "schema": 1, "selectors": [], "document": 7, "personas": {}, "format": "1", "username": []}',
    "others for objects": b'{"attributes": "x", "schema": [], "selectors": "x", "document": [], "refresh": {},'
    b' "personas": [1, null, [], "x"], "format": 1, "tags": [1, {}, null], "persona": 1e300}',
}
TYPES = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "",
    "a/b; c=\xe9",
]
KEYS = {"pk": ("0", "7" * 18, "9" * 18), "id": ("x", "é", "%00", "0" * 500), "key": ("x", "own_x")}


@pytest.fixture
def things(ada):
    """Give a persona and a text of Ada's."""
    persona = Persona.objects.create(author=ada, name="A", attrs={"formality_level": 7})
    return persona.pk, ContentPiece.objects.create(persona=persona, title="T").pk


def places(persona, piece):
    """Yield the addresses of the API, of things that there are."""
    for address in addresses():
        if address.is_api:
            given = {"pk": piece if "content" in address.name else persona, "id": "x", "key": "own_x"}
            yield reverse(address.name, kwargs={part: given[part] for part in address.takes})


def clear(response):
    """Tell whether an answer is one that a program can read."""
    if response.status_code < 400 or response.request["REQUEST_METHOD"] == "HEAD":
        return response.status_code < 500
    is_json = "json" in response.headers.get("Content-Type", "") and json.loads(response.content)
    return response.status_code < 500 and bool(is_json)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_odd_body_is_the_clients_error(api, things, body):
    """Row 1: at every address with every method that has a body: 4xx, in JSON."""
    unclear = []
    for path in places(*things):
        for method in ("POST", "PUT", "PATCH"):
            cache.clear()
            answer = api.generic(method, path, body, content_type="application/json")
            if not clear(answer):
                unclear.append((method, path, answer.status_code, answer.content[:100]))
    assert unclear == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_body_of_another_kind_is_415_or_not_read(api, things, kind):
    for path in places(*things):
        answer = api.generic("POST", path, b"{}", content_type=kind)
        assert clear(answer), (path, answer.status_code, answer.content[:100])
        if kind not in ("application/json", "") and answer.status_code not in (404, 405, 429):
            assert answer.status_code in (200, 204, 401, 415), path


def test_a_huge_body_is_413(api, things, settings):
    """And it is not read."""
    body = b'{"name": "' + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1) + b'"}'
    for path in ("personas/", "personas/import/", f"personas/{things[0]}/analyse/", "content/", "auth/register/"):
        answer = api.post(f"/api/v1/{path}", body, content_type="application/json")
        assert (answer.status_code, clear(answer)) == (413, True), path


def test_a_method_that_nobody_knows_is_405(api, things):
    for path in places(*things):
        for method in (*METHODS, "PROPFIND", "X"):
            assert clear(api.generic(method, path)), (method, path)


ODD = ["-1", "9" * 20, "1e3", "x", "", "%00", "a%00b", "%ff", "%ED%A0%80", "[]", "NaN", "٣", "1" * 5_000]
PARAMETERS = [
    *("page", "page_size", "ordering", "fields", "facets", "format", "id", "persona", "tag", "name", "title", "status"),
    *("is_active", "word_count__gte", "created_at__gte", "published_at__lte", "author", "model", "field", "dry_run"),
    *("attributes.formality_level", "attributes.tone", "attributes.core_values", "attributes.formality_level__gte"),
    *("attributes.tone__icontains", "attributes.formality_level__isnull", "attributes.sentence_structure"),
    *("attributes.", "attributes.x.y", "attributes.tone__regex", "attributes.%00", "%00", "a[b]", "__proto__"),
]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_an_odd_question_is_the_clients_error(api, things, parameter):
    """Row 13: of lists, counts, exports and schemas, to the last parameter."""
    lists = ("personas/", "content/", "personas/facets/", "personas/export/", "personas/schema/", "schemas/")
    unclear = []
    for place, value in enumerate(ODD, PARAMETERS.index(parameter)):
        for path in (lists[place % 6], lists[(place + 1) % 6]):  # in turns: the next parameter asks the others
            answer = api.get(f"/api/v1/{path}?{parameter}={value}")
            if not clear(answer):
                unclear.append((path, value[:20], answer.status_code, answer.content[:100]))
    assert unclear == []


def test_odd_keys_are_404(api, ada):
    for address in addresses():
        if not address.is_api or not address.takes:
            continue
        for place in range(3):
            keys = {part: KEYS[part][place % len(KEYS[part])] for part in address.takes}
            answer = api.get(reverse(address.name, kwargs=keys))
            assert (answer.status_code in (404, 405), clear(answer)) == (True, True), keys
    for key in ("-1", "9" * 30, "1.0", "x", "%00", "1%00", "٣", "1/../1", "%2e%2e"):
        for path in ("personas/{}/", "content/{}/", "schemas/{}/", "tasks/{}/", "personas/{}/export/"):
            answer = api.get("/api/v1/" + path.format(key))
            assert (answer.status_code, clear(answer)) == (404, True), (path, key)
    answer = api.post("/api/v1/content/", {"persona": 10**30, "title": "x"}, content_type="application/json")
    assert (answer.status_code, clear(answer)) == (400, True)


# ---- pages ----

QUESTIONS = [
    *("page", "view", "column", "filter", "ordering", "name", "is_active", "q", "status", "persona", "tag", "id"),
    *(
        "what",
        "work",
        "again",
        "next",
        "attrs__formality_level__gte",
        "attrs__tone__icontains",
        "attrs__core_values__contains",
    ),
    *("attrs__sentence_structure__in", "attrs__tone__isnull", "attrs__", "attrs__x__y__z", "attrs__tone__regex", "%00"),
]


@pytest.mark.parametrize("parameter", QUESTIONS)
def test_an_odd_question_to_a_page_is_answered(ada, things, parameter):
    """Row 13: with a page, or with one that says that there is none."""
    browser = Client()
    browser.force_login(ada.user)
    paths = ("texts/", "mine/export/", "add/", "add/from-sample/", "add/review/", f"{things[0]}/write/")
    for place, value in enumerate(ODD, QUESTIONS.index(parameter)):
        for path in ("mine/", paths[place % len(paths)]):
            answer = browser.get(f"/personas/{path}?{parameter}={value}")
            assert answer.status_code in (200, 302, 404), (path, value[:20])


def test_odd_addresses_of_pages_are_404(ada):
    browser = Client()
    browser.force_login(ada.user)
    for key in ("0", "-1", "9" * 19, "9" * 40, "x", "%00", "1%00", "1.0"):
        for path in ("{}/", "{}/edit/", "texts/{}/", "tasks/{}/", "{}/export/", "{}/from-sample/", "texts/{}/edit/"):
            for ask in (browser.get, browser.post):
                status = ask("/personas/" + path.format(key)).status_code
                assert status == 404 or (status == 405 and ask == browser.post), (path, key)


def test_odd_posts_to_pages_are_told(ada, things):
    """Whatever is sent in place of a form, the page says what is missing."""
    browser = Client()
    browser.force_login(ada.user)
    persona, piece = things
    odd = [{}, {"seen": "[" * 5_000}, {"seen": "{}", "name": ["a", "b"]}, {"name": "x" * 500}]
    odd += [{"attrs__formality_level": value} for value in ("NaN", "1e999", "٣", "9" * 5_000, "-1", "\x00", "1.0")]
    bodies = ((b"{}", "application/json"), (b"x", "multipart/form-data; boundary=x"), (b"\xff" * 100, "x/y"))
    for path in (
        *("add/", f"{persona}/edit/", f"{persona}/write/", "add/from-sample/", f"texts/{piece}/edit/"),
        *(f"texts/{piece}/status/", "characteristics/", "characteristics/add/", "mine/import/"),
    ):
        for data in odd:
            assert browser.post(f"/personas/{path}", data).status_code in (200, 302, 400, 429), (path, data)
        for body, kind in bodies:
            status = browser.post(f"/personas/{path}", body, content_type=kind).status_code
            assert status in (200, 302, 400, 429), path
    many = {f"f{number}": "x" for number in range(1_100)}
    assert browser.post("/personas/add/", many).status_code == 400
