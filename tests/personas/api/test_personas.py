"""Personas in the API: made, read, changed and deleted, by their author alone."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from personas.models import ContentPiece, Persona
from personas.schema import schema_of
from rest_framework.serializers import HiddenField

pytestmark = pytest.mark.django_db

SET = {"formality_level": 7, "tone": "wistful", "sentence_structure": "varied", "age": "25-35"}

#: What breaks a query, a page or a text, where it is not taken for what it is: a value.
HOSTILE = [
    "'; DROP TABLE personas_persona; --",
    "1 OR 1=1) --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% debug %} ${7*7} %(name)s %s {0}",
    "../../etc/passwd\\",
    "\u202eevil\u2066 \ufeff é 日本 🙂",
    'null "quoted" $.tone ?fields=1&x=2 #',
]


def codes(answer):
    """Return the codes of the errors of attributes."""
    assert answer.status_code == 400, answer.content
    return {name: [each["code"] for each in errors] for name, errors in answer.json()["attributes"].items()}


# ---- making ----


@pytest.mark.parametrize("attributes", [{}, {"tone": "dry"}, SET, {"irony_usage": None}])
def test_a_persona_has_what_is_set_and_nothing_else(hers, attributes):
    """Rows 4, 10 and 16: any subset, and no invented 5."""
    made = hers.made("personas/", {"name": "Ada", "attributes": attributes})
    assert made["attributes"] == attributes
    assert hers.get(f"personas/{made['id']}/").json() == made
    assert Persona.objects.get(pk=made["id"]).attrs.dump() == attributes


def test_what_a_persona_is(hers, ada):
    """Rows 16 and 50: each field is listed, and nothing of the account is among them."""
    made = hers.made("personas/", {"name": "Ada"})
    assert [*made] == [
        *("id", "name", "description", "is_active", "attributes", "content_count", "created_at", "updated_at"),
    ]
    assert (made["description"], made["is_active"], made["attributes"]) == ("", True, {})
    assert Persona.objects.get().author == ada


def test_every_characteristic_can_be_set(hers, ada):
    """Row 4: all 75, each with a value of its own kind."""
    values = {name: value_of(attribute) for name, attribute in schema_of(ada).items()}
    made = hers.made("personas/", {"name": "Full", "attributes": values})
    assert made["attributes"] == values
    assert len(values) == 75


def value_of(attribute):
    if attribute.type == "integer":
        return 10
    value = attribute.choices[-1].value if attribute.choices else "34" if attribute.name == "age" else "some words"
    return [value] if attribute.multiple else value


RATINGS = [("0", 0, "min"), ("11", 11, "max"), ("x", "x", "type"), ("5.5", 5.5, "type"), ("yes", True, "type")]


@pytest.mark.parametrize(("value", "code"), [each[1:] for each in RATINGS], ids=[each[0] for each in RATINGS])
def test_a_rating_is_checked_on_every_path(hers, value, code):
    """Row 4: from 1 to 10, and the answer names the field; nothing is stored."""
    attributes = {"formality_level": value, "tone": "dry"}
    assert codes(hers.post("personas/", {"name": "A", "attributes": attributes})) == {"formality_level": [code]}
    assert Persona.objects.count() == 0
    made = hers.made("personas/", {"name": "A", "attributes": SET})
    for method in (hers.put, hers.patch):
        answer = method(f"personas/{made['id']}/", {"name": "A", "attributes": attributes})
        assert codes(answer) == {"formality_level": [code]}
    assert hers.get(f"personas/{made['id']}/").json()["attributes"] == SET
    document = {"format": 1, "personas": [{"name": "B", "attributes": attributes}]}
    errors = hers.post("personas/import/", document).json()["personas"]["0"]
    assert [each["code"] for each in errors["attributes"]["formality_level"]] == [code]
    verdict = hers.post("personas/schema/validate/", {"document": attributes}).json()
    assert [(each["path"], each["code"]) for each in verdict["problems"]] == [(["formality_level"], code)]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        pytest.param({}, {"name": ["required"]}, id="no name"),
        pytest.param({"name": " "}, {"name": ["blank"]}, id="a blank name"),
        pytest.param({"name": "x" * 101}, {"name": ["max_length"]}, id="a long name"),
        pytest.param({"name": "A", "description": "x" * 2_001}, {"description": ["max_length"]}, id="much description"),
        pytest.param({"name": "A", "is_active": "maybe"}, {"is_active": ["invalid"]}, id="neither"),
        pytest.param({"name": "A", "formality_level": 3}, {"formality_level": ["unknown"]}, id="beside its attributes"),
        pytest.param({"name": "A", "author": 1}, {"author": ["unknown"]}, id="of somebody"),
        pytest.param({"name": "A", "attributes": {"tonne": "dry"}}, {"attributes": {"tonne": ["unknown"]}}, id="tonne"),
        pytest.param(
            {"name": "A", "attributes": {"sentence_structure": "odd"}},
            {"attributes": {"sentence_structure": ["choice"]}},
            id="no choice",
        ),
        pytest.param({"name": "A", "attributes": {"id": 7}}, {"attributes": {"id": ["unknown"]}}, id="a key"),
    ],
)
def test_what_is_no_persona_is_refused(hers, data, errors):
    """Rows 4 and 50: with what is wrong under its own name."""
    answer = hers.post("personas/", data)
    assert answer.status_code == 400
    assert codes_in(answer.json()) == errors


def codes_in(errors):
    if isinstance(errors, dict):
        return {name: codes_in(each) for name, each in errors.items()}
    return [each["code"] for each in errors]


def test_what_was_read_can_be_sent_back(hers):
    made = hers.made("personas/", {"name": "Ada", "attributes": SET})
    answer = hers.put(f"personas/{made['id']}/", made)
    assert answer.status_code == 200
    assert {**answer.json(), "updated_at": 0} == {**made, "updated_at": 0}


# ---- changing ----


def test_a_change_touches_what_it_names(hers):
    """Row 23: two who change different things both win."""
    made = hers.made("personas/", {"name": "Ada", "attributes": SET})
    address = f"personas/{made['id']}/"
    assert hers.patch(address, {"attributes": {"tone": "dry"}}).status_code == 200
    assert hers.patch(address, {"attributes": {"age": None}}).status_code == 200
    assert hers.patch(address, {"name": "Eva"}).status_code == 200
    found = hers.get(address).json()
    assert (found["name"], found["attributes"]) == ("Eva", {**SET, "tone": "dry", "age": None})


def test_a_replacement_takes_away_what_it_leaves_out(hers):
    made = hers.made("personas/", {"name": "Ada", "attributes": SET})
    answer = hers.put(f"personas/{made['id']}/", {"name": "Ada", "attributes": {"tone": "dry"}})
    assert answer.json()["attributes"] == {"tone": "dry"}


def test_a_change_of_what_somebody_else_has_changed_is_refused(hers):
    """Row 23: 412 for whoever says what she has read, and nothing is lost."""
    made = hers.post("personas/", {"name": "Ada", "attributes": SET})
    address, tag = f"personas/{made.json()['id']}/", {"If-Match": made["ETag"]}
    assert hers.get(address)["ETag"] == made["ETag"]
    assert hers.patch(address, {"attributes": {"tone": "dry"}}, headers=tag).status_code == 200
    for late in (
        hers.patch(address, {"attributes": {"tone": "loud"}}, headers=tag),
        hers.put(address, {"name": "Ada", "attributes": {}}, headers=tag),
        hers.delete(address, headers=tag),
    ):
        assert (late.status_code, late.json()["detail"]["code"]) == (412, "precondition_failed")
    assert hers.get(address).json()["attributes"]["tone"] == "dry"


# ---- deleting ----


def test_a_persona_is_deleted_with_its_texts(hers, ada):
    """Row 24: 204; how many texts go with it is told before."""
    kept, gone = (hers.made("personas/", {"name": name})["id"] for name in ("Kept", "Gone"))
    for persona in (kept, gone, gone):
        hers.made("content/", {"persona": persona, "title": "T", "body": "Words."})
    assert hers.get(f"personas/{gone}/").json()["content_count"] == 2
    assert [each["content_count"] for each in hers.get("personas/").json()["results"]] == [2, 1]
    assert hers.delete(f"personas/{gone}/").status_code == 204
    assert hers.get(f"personas/{gone}/").status_code == hers.delete(f"personas/{gone}/").status_code == 404
    assert [piece.persona_id for piece in ContentPiece.objects.all()] == [kept]


# ---- whose ----


def test_those_of_others_are_as_if_they_were_not_there(hers, his):
    """Row 3: to the last byte."""
    made = hers.made("personas/", {"name": "Ada", "attributes": SET})["id"]
    data = {"name": "Mine", "attributes": {}}
    for path in ("", "export/", "schema/", "schema/explain/"):
        assert_same(his.get(f"personas/{made}/{path}"), his.get(f"personas/999999/{path}"))
    for method in (his.put, his.patch):
        assert_same(method(f"personas/{made}/", data), method("personas/999999/", data))
    for path in ("generate/", "analyse/", "schema/validate/"):
        assert_same(his.post(f"personas/{made}/{path}", {}), his.post(f"personas/999999/{path}", {}))
    assert_same(his.delete(f"personas/{made}/"), his.delete("personas/999999/"))
    assert his.get("personas/").json()["count"] == 0
    assert his.get("personas/export/").json() == {"format": 1, "personas": []}
    assert hers.get(f"personas/{made}/").json()["name"] == "Ada"


def assert_same(answer, missing):
    assert (answer.status_code, answer.content) == (404, missing.content)


def test_a_superuser_has_personas_of_her_own_alone(hers, client_of):
    """Row 51: whoever runs the site reads nobody's personas here."""
    from personas.access import author_of

    hers.made("personas/", {"name": "Ada"})
    root = client_of(author_of(get_user_model().objects.create_superuser("root", password="x")))
    assert root.get("personas/").json()["count"] == root.get("content/").json()["count"] == 0


# ---- what is sent ----


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_kept_and_found_as_it_is(hers, ada, text):
    """Row 52: in each attribute that takes any text, and in each column."""
    names = [
        name for name, each in schema_of(ada).items() if each.type == "text" and not each.choices and name != "age"
    ]
    values = {name: [text] if schema_of(ada)[name].multiple else text for name in names}
    data = {"name": text[:100], "description": text, "attributes": values}
    made = hers.made("personas/", data)
    assert {name: made[name] for name in data} == data
    for name in names:
        lookup = "__contains" if schema_of(ada)[name].multiple else ""
        # One text would be several where it has commas or semicolons; two are taken as they are.
        assert count(hers, f"attributes.{name}{lookup}", text) == 1
        assert count(hers, f"attributes.{name}{lookup}", f"{text}x") == 0
    assert hers.get("personas/", {"name": text, "description": text}).json()["count"] == 1
    answer = hers.get("personas/")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


def count(client, parameter, text):
    found = client.get("personas/", {parameter: [text, text] if parameter.endswith("__contains") else text})
    assert found.status_code == 200, found.content
    return found.json()["count"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_a_part_of_a_query(hers, name):
    """Row 52: neither that of an attribute nor that of a parameter or of an order."""
    refused = codes(hers.post("personas/", {"name": "A", "attributes": {name: 1}}))
    assert [*refused.values()] == [["unknown"]]
    for query in ({f"attributes.{name}": "x"}, {name: "x"}, {"ordering": f"attributes.{name}"}, {"fields": name}):
        assert hers.get("personas/", query).status_code == 400


def test_the_answers_are_in_english_and_for_no_cache(hers):
    answer = hers.post("personas/", {"name": "A", "attributes": {"tonne": 1}}, headers={"Accept-Language": "id"})
    assert answer.json()["attributes"]["tonne"][0]["message"] == "There is no attribute of this name."
    assert hers.post("personas/", {}, headers={"Accept-Language": "id"}).json()["name"][0]["message"].startswith("This")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]


def test_each_serializer_lists_its_fields():
    """Row 50: no field is there because the model has it."""
    from personas.api.serializers import ContentSerializer, PersonaSerializer

    assert [name for name, each in PersonaSerializer().fields.items() if isinstance(each, HiddenField)] == ["author"]
    assert all(isinstance(each.Meta.fields, tuple) for each in (PersonaSerializer, ContentSerializer))
