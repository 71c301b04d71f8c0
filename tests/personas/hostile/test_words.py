"""Hostile texts in every place where somebody can write: stored as given or refused, shown as text, never an error."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from personas.characteristics import add, own_of
from personas.language_model import Draft
from personas.models import ContentPiece, Persona
from personas.schema import schema_of

from jsonattrs_core import Attribute, Choice
from tests.personas.hostile.sending import sent
from tests.personas.hostile.words import HOSTILE, UNSTORABLE, shown

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SAMPLE = "The kettle clicked off at four, and I carried the cups down the long corridor without any hurry. " * 3
#: Markup that the words would be, unless they are escaped. Where no page has any of its own.
MARKUP = ("<script>window", "<img src=x", "<svg onload", "</textarea><svg")


def open_texts(schema):
    """Return the names of the characteristics that take any words."""
    return [
        name
        for name, each in schema.items()
        if each.type == "text" and not each.choices and "pattern" not in (each.constraints or {})
    ]


def named(name):
    return {"name": name, "key": name, "type": "text"}


def valued(schema, text):
    return {name: [text] if schema[name].multiple else text for name in open_texts(schema)}


def demand_text(page, *texts):
    """Demand that a page has texts, and that none of it is markup."""
    content = page.content.decode()
    assert page.status_code == 200
    assert not [each for each in MARKUP if each in content]
    assert not [text for text in texts if shown(text) not in content]


# ---- what people write ----


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_text_of_a_persona_is_stored_and_shown_as_it_is(ada, api, browser, text):
    """Row 52: its name, its description and all its open characteristics, on every page that has them."""
    values = valued(schema_of(ada), text)
    assert len(values) > 10
    made = sent(api, "personas/", {"name": text, "description": text, "attributes": values})
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    persona = Persona.objects.get(pk=pk)
    assert (persona.name, persona.description, persona.attrs.dump()) == (text, text, values)
    assert api.get(f"/api/v1/personas/{pk}/").json()["attributes"] == values
    for path in (f"{pk}/", f"{pk}/edit/", f"{pk}/delete/", f"{pk}/write/", f"{pk}/from-sample/", "mine/"):
        demand_text(browser.get(f"/personas/{path}"), text)
    asked = quote(text)
    demand_text(browser.get(f"/personas/mine/?view=table&column=tone&attrs__tone__icontains={asked}"), text)
    demand_text(browser.get(f"/personas/mine/?name={asked}"), text)
    found = api.get(f"/api/v1/personas/?attributes.tone={asked}&name={asked}").json()
    assert [each["id"] for each in found["results"]] == [pk]
    exported = api.get(f"/api/v1/personas/{pk}/export/")
    assert "\n" not in exported.headers["Content-Disposition"]
    again = sent(api, "personas/import/", exported.json())
    assert again.status_code == 201, again.content
    assert Persona.objects.get(pk=again.json()[0]["id"]).attrs.dump() == values


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_text_of_a_form_is_stored_and_shown_as_it_is(ada, browser, text):
    """Row 52: of the forms of personas and of texts, what is typed stays."""
    names = [name for name in open_texts(schema_of(ada)) if not schema_of(ada)[name].multiple]
    typed = {"name": text, "description": text, "is_active": "on", **{f"attrs__{name}": text for name in names}}
    assert browser.post("/personas/add/", typed).status_code == 302
    persona = Persona.objects.get()
    assert (persona.name, persona.description) == (text, text)
    assert {name: persona.attrs[name] for name in names} == dict.fromkeys(names, text)
    piece = ContentPiece.objects.create(persona=persona, title="x")
    address = f"/personas/texts/{piece.pk}/"
    seen = browser.get(f"{address}edit/").context["form"]["seen"].value()
    data = {"title": text, "body": f"{text}\n\n{text}", "tags": text.replace(",", ""), "seen": seen}
    assert browser.post(f"{address}edit/", data).status_code == 302
    piece.refresh_from_db()
    assert (piece.title, piece.body) == (text, f"{text}\n\n{text}")
    tag = " ".join(text.replace(",", "").split())
    assert [each.name for each in piece.tags.all()] == [tag]
    for path in (address, f"{address}edit/", f"{address}delete/", "/personas/texts/"):
        demand_text(browser.get(path), text)
    demand_text(browser.get(f"/personas/texts/?q={quote(text)}&tag={quote(tag)}&persona={persona.pk}"), text)
    assert browser.post("/personas/add/", {**typed, "name": ""}).status_code == 200


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_word_of_an_own_characteristic_is_shown_as_it_is(ada, api, browser, text):
    """Row 52: its label, what it means, and its choices."""
    form = {"label": text, "help_text": text, "kind": "choice", "choices": f"{text}\nother", "group": "own"}
    made = browser.post("/personas/characteristics/add/", form)
    assert made.status_code == 302, made.context["form"].errors
    ((name, attribute),) = own_of(ada).added.items()
    assert (attribute.label, attribute.help_text, attribute.choices[0].value) == (text, text, text)
    made = sent(api, "personas/", {"name": "A", "attributes": {name: text}})
    assert made.status_code == 201
    pk = made.json()["id"]
    for path in (
        *("characteristics/", f"characteristics/{name}/", "add/", f"{pk}/", f"{pk}/edit/"),
        *(f"mine/?filter={name}", f"mine/?attrs__{name}__in={quote(text)}", f"mine/?view=table&column={name}"),
    ):
        demand_text(browser.get(f"/personas/{path}"), text)
    for path in (
        "personas/schema/",
        "personas/schema/explain/",
        "openapi.json",
        f"personas/facets/?facets=attributes.{name}",
    ):
        assert api.get(f"/api/v1/{path}").status_code == 200, path


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_a_language_model_says_is_shown_as_it_is(ada, browser, text, monkeypatch):
    """Row 52: proposals, what is refused of them, and drafts."""

    class Model:
        label = text

        def analyse(self, sample, schema):
            return {"tone": text, "formality_level": text, text: text, "sentence_structure": text}

        def draft(self, voice, topic):
            return Draft(title=text, body=text)

    monkeypatch.setattr("personas.analysing.language_model", Model)
    monkeypatch.setattr("personas.writing.language_model", Model)
    review = browser.post("/personas/add/from-sample/", {"name": text, "sample": SAMPLE + text}, follow=True)
    demand_text(review, text)
    persona = Persona.objects.create(author=ada, name="x")
    demand_text(browser.post(f"/personas/{persona.pk}/from-sample/", {"sample": SAMPLE}, follow=True), text)
    draft = browser.post(f"/personas/{persona.pk}/write/", {"topic": text}, follow=True)
    demand_text(draft, text)
    assert ContentPiece.objects.get().body == text


@pytest.mark.parametrize("text", UNSTORABLE.values(), ids=UNSTORABLE)
def test_what_nobody_can_store_is_refused_with_a_reason(ada, api, browser, text):
    """Row 52: by every door, and it is no error of the server's."""
    schema = schema_of(ada)
    persona = Persona.objects.create(author=ada, name="x")
    refused = [
        ("personas/", {"name": text}),
        ("personas/", {"name": "x", "description": text}),
        *(("personas/", {"name": "x", "attributes": {name: value}}) for name, value in valued(schema, text).items()),
        ("personas/", {"name": "x", "attributes": {text: "x"}}),
        ("personas/", {text: "x"}),
        ("personas/import/", {"format": 1, "personas": [{"name": text, "attributes": {"tone": text}}]}),
        ("content/", {"persona": persona.pk, "title": text}),
        ("content/", {"persona": persona.pk, "title": "x", "body": text}),
        ("content/", {"persona": persona.pk, "title": "x", "tags": [text]}),
        ("auth/register/", {"username": text, "password": "a fine long password"}),
        ("schemas/", {"schema": {"format": 1, "name": text, "attributes": []}}),
        (
            "schemas/",
            {"schema": {"format": 1, "name": "x", "attributes": [{"name": text, "key": text, "type": "text"}]}},
        ),
    ]
    found = {str(each): sent(api, *each).status_code for each in refused}
    assert set(found.values()) == {400}, {each: code for each, code in found.items() if code != 400}
    for path in ("personas/schema/validate/", "auth/login/", "auth/refresh/", "auth/logout/"):
        data = {"document": {"tone": text}, "username": text, "password": text, "refresh": text}
        assert sent(api, path, data).status_code < 500, path
    assert api.get("/api/v1/personas/?name=%00&attributes.tone=%00&x=%00").status_code == 400
    for path in ("mine/", "texts/"):
        for parameter in (
            "name",
            "q",
            "tag",
            "persona",
            "ordering",
            "attrs__tone__icontains",
            "filter",
            "view",
            "page",
        ):
            assert browser.get(f"/personas/{path}?{parameter}=a%00b%ED%A0%80").status_code in (200, 404), parameter
    for path, data in (
        ("add/", {"name": "a\x00b", "attrs__tone": "a\x00b"}),
        (f"{persona.pk}/edit/", {"name": "a\x00b", "seen": '{"name": "\\ud800"}'}),
        ("register/", {"username": "a\x00b", "password": "a fine long password"}),
        ("sign-in/", {"username": "a\x00b", "password": "a\x00b"}),
        ("characteristics/add/", {"label": "a\x00b", "kind": "choice", "choices": "a\x00b", "group": "own"}),
    ):
        assert browser.post(f"/personas/{path}", data).status_code in (200, 302), path
    assert Persona.objects.count() == 1


NAMES = ["id", "author", "__proto__", "constructor", "pk", "attrs", "name", "created_at", "own__x", "own_x__in", "true"]


@pytest.mark.parametrize("name", NAMES)
def test_an_attribute_may_be_called_as_a_column_is(ada, api, browser, name):
    """Row 52: it is an attribute nevertheless, or is refused; the columns are what they were."""
    made = sent(api, "schemas/", {"schema": {"format": 1, "name": "x", "attributes": [named(name)]}})
    assert made.status_code in (201, 400), made.content
    if made.status_code == 201:
        made = sent(api, "personas/", {"name": "A", "attributes": {name: "x"}})
        assert made.status_code == 201
        persona = Persona.objects.get()
        assert (persona.pk, persona.author, persona.name) == (made.json()["id"], ada, "A")
        assert made.json()["attributes"] == {name: "x"}
        for path in (f"{persona.pk}/", f"{persona.pk}/edit/", f"mine/?filter={name}", f"characteristics/{name}/"):
            assert browser.get(f"/personas/{path}").status_code == 200
        found = api.get(f"/api/v1/personas/?attributes.{name}=x&ordering=attributes.{name}").json()
        assert found["count"] == 1


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_file_is_what_it_says_and_nothing_else(ada, browser, text):
    """Row 52: of a file whose names and values are hostile it is said what is wrong, as text."""
    entry = {"name": text, "attributes": {"tone": text, text: text, "formality_level": text}}
    for content in (text.encode(), json.dumps({"format": 1, "personas": [entry]}).encode()):
        file = SimpleUploadedFile(f"{text}.json".replace("/", ""), content, "application/json")
        page = browser.post("/personas/mine/import/", {"file": file})
        assert page.status_code == 422
        assert not [each for each in MARKUP if each in page.content.decode()]
    assert Persona.objects.count() == 0


def test_very_long_texts_are_refused_where_there_is_no_room(ada, api, browser):
    """Row 52: with a reason, on every path."""
    text = "x" * 1_000_000
    for data in ({"name": text}, {"name": "x", "attributes": {"tone": text}}, {"name": "x", "attributes": {text: 1}}):
        assert sent(api, "personas/", data).status_code == 400
    assert sent(api, "analyse/", {"sample": "x y " * 200_000}).status_code == 400
    assert browser.post("/personas/add/", {"name": text, "attrs__tone": text}).status_code == 200
    assert (
        browser.post("/personas/characteristics/add/", {"label": text, "kind": "text", "group": "own"}).status_code
        == 200
    )
    assert Persona.objects.count() == 0
    add(ada, Attribute(label="Kin", type="text", choices=(Choice("y" * 1_000, label="z" * 1_000),)))
    assert browser.get("/personas/add/").status_code == 200
