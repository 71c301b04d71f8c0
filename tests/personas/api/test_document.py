"""The API described: for programs, for people, and for those who have relied on it before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from personas.models import Persona

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import reset

pytestmark = pytest.mark.django_db

#: What version 1 had when clients began to rely on it. It grows; what is in it stays.
PROMISED = Path(__file__).with_name("v1.json")


def document_for(client):
    answer = client.get("openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations(document):
    for address, each in document["paths"].items():
        for method, operation in each.items():
            yield f"{method.upper()} {address}", operation


# ---- the document ----


def test_it_is_of_this_api_alone(nobody, ada):
    document = document_for(nobody)
    assert (document["info"]["title"], document["info"]["version"]) == ("Personas", "1")
    assert document["servers"] == [{"url": "/api/v1/"}]
    assert document["openapi"].startswith("3.1")
    assert not any(word in json.dumps(document).lower() for word in ("landregistry.party", "spatial"))


def test_each_operation_is_told_with_what_it_answers(nobody, ada):
    names = set()
    for name, operation in operations(document_for(nobody)):
        names.add(operation["operationId"])
        assert operation["description"], name
        assert {"401"} <= operation["responses"].keys(), name
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= operation["responses"].keys(), name
        is_public = name.split()[1].startswith(("/auth/", "/openapi"))
        assert is_public or operation["security"] == [{"jwtAuth": []}], name
    assert len(names) == len([*operations(document_for(nobody))])


def test_every_attribute_is_typed_in_it(hers):
    document = document_for(hers)
    (name,) = (each for each in document["components"]["schemas"] if each.startswith("PersonaAttributesRequest"))
    attributes = document["components"]["schemas"][name]["properties"]
    assert len(attributes) == 75
    assert attributes["formality_level"]["maximum"] == 10
    parameters = {each["name"] for each in document["paths"]["/personas/"]["get"]["parameters"]}
    assert {"attributes.formality_level__gte", "attributes.tone__icontains", "ordering", "fields", "page"} <= parameters


def test_it_tells_everybody_how_attributes_are_asked_for(hers, nobody, ada):
    """Rows 12 and 13: whoever shows no token is not told the attributes, and still how to filter by them and sort."""
    every = [Attribute(f"own_{kind}", kind) for kind in ("date", "datetime", "time", "decimal", "boolean")]
    SchemaRecord.objects.define(Persona, every, selectors=(ada,))
    listed = document_for(hers)["paths"]["/personas/"]["get"]["parameters"]
    lookups = {each["name"].partition("__")[2] for each in listed if each["name"].startswith("attributes.")} - {""}
    told = document_for(nobody)["paths"]["/personas/"]["get"]["description"]
    assert len(lookups) > 15
    assert {each for each in lookups if f"`{each}`" not in told} == set()
    assert "`attributes.<name>__<lookup>=<value>`" in told
    assert "`ordering=-attributes.formality_level,name`" in told


def test_it_tells_both_shapes_of_errors(hers, nobody):
    """Row 45: each is as the introduction says."""
    told = document_for(nobody)["info"]["description"]
    refused = hers.post("personas/", {"name": "", "attributes": {"tonne": 1}}).json()
    assert [each.keys() for each in refused["name"]] == [{"message", "code", "params"}]
    assert [each.keys() for each in refused["attributes"]["tonne"]] == [{"message", "code", "params"}]
    assert nobody.get("personas/").json()["detail"].keys() == {"message", "code", "params"}
    problems = hers.post("schemas/", {"schema": {"attributes": [{"name": "own_a", "type": "flaot"}]}}).json()[
        "problems"
    ]
    assert {frozenset(each) for each in problems} == {frozenset({"path", "code", "params", "message"})}
    for word in ("/schemas/", '{"problems": [{"path"', '{"name": [{', "`attributes`", "`detail`"):
        assert word in told


def test_it_says_how_many_there_may_be_in_a_page(nobody, ada):
    for name, operation in operations(document_for(nobody)):
        for each in operation.get("parameters", []):
            if each["name"] == "page_size":
                assert each["schema"] == {"type": "integer", "minimum": 1, "maximum": 200, "default": 25}, name
                assert "1 to 200" in each["description"]


def test_it_tells_its_reader_of_nobody_elses_attributes(hers, his, nobody, ada, ben):
    """Row 3: each reader's document has her own attributes."""
    his_own = document_for(his)
    SchemaRecord.objects.define(Persona, [Attribute("own_mood", "text", label="Zzyzx")], selectors=(ada,))
    reset()
    assert "own_mood" in json.dumps(document_for(hers))
    for client in (his, nobody):
        assert not any(word in json.dumps(document_for(client)) for word in ("own_mood", "Zzyzx", f"author_{ada.pk}"))
    assert document_for(his) == his_own


# ---- the page ----


def test_people_see_a_page_and_programs_the_addresses(nobody, client, ada):
    page = client.get("/api/v1/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page["Content-Type"].startswith("text/html")
    shown = page.content.decode()
    for name, _operation in operations(document_for(nobody)):
        method, address = name.split()
        assert f">{method}</span> <code>{address.lstrip('/')}</code>" in shown
    found = nobody.get("/api/v1/").json()
    assert found["version"] == "1"
    assert found["addresses"]["persona"] == "http://testserver/api/v1/personas/"
    assert {nobody.get(each).status_code for each in found["addresses"].values()} <= {200, 401, 405}
    assert "Accept" in page["Vary"]


@pytest.mark.parametrize("address", ["nothing/", "personas", "personas/x/", "v2/", "auth/"])
def test_programs_are_told_in_json_that_there_is_nothing(hers, address):
    for method in (hers.get, hers.post, hers.delete):
        answer = method(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
        assert answer.json()["detail"]["code"] == "not_found"


# ---- versions ----


def promised(document):
    """Return what clients rely on: operations, their parameters, and the members of what is sent and answered."""
    schemas = document["components"]["schemas"]
    members = {
        name: {
            "properties": {each: _kind(kind) for each, kind in schema.get("properties", {}).items()},
            "required": sorted(schema.get("required", [])),
        }
        for name, schema in sorted(schemas.items())
        if not name.startswith("Attribute") and "Attributes" not in name
    }
    found = {
        name: {
            "parameters": sorted(each["name"] for each in operation.get("parameters", [])),
            "demanded": sorted(each["name"] for each in operation.get("parameters", []) if each.get("required")),
            "answers": sorted(code for code in operation["responses"] if code.startswith("2")),
        }
        for name, operation in sorted(operations(document))
    }
    return {"operations": found, "members": members}


def _kind(schema):
    return schema.get("type") or schema.get("$ref", "").rpartition("/")[2] or "any"


def lost(before, now):
    """Yield what was promised and is not kept."""
    for name, operation in before["operations"].items():
        kept = now["operations"].get(name)
        if kept is None:
            yield f"{name} is gone"
            continue
        yield from (f"{name} takes no {each}" for each in set(operation["parameters"]) - set(kept["parameters"]))
        yield from (f"{name} demands {each}" for each in set(kept["demanded"]) - set(operation["demanded"]))
        yield from (f"{name} answers no {each}" for each in set(operation["answers"]) - set(kept["answers"]))
    for name, member in before["members"].items():
        kept = now["members"].get(name, {"properties": {}, "required": []})
        for each, kind in member["properties"].items():
            if kept["properties"].get(each) != kind:
                yield f"{name} has another {each}, or none"
        if name.endswith("Request"):
            yield from (f"{name} demands {each}" for each in set(kept["required"]) - set(member["required"]))


def test_version_1_keeps_what_it_has_promised(nobody, ada):
    """Row 45: it grows, and takes nothing away; whoever breaks that makes version 2 beside it."""
    assert [*lost(json.loads(PROMISED.read_text(encoding="utf-8")), promised(document_for(nobody)))] == []


def test_what_is_lost_is_found(nobody, ada):
    """Row 45: so that the test before can fail."""
    before = promised(document_for(nobody))
    now = json.loads(json.dumps(before))
    del now["operations"]["GET /personas/"]
    now["operations"]["GET /content/"]["demanded"] = ["page"]
    del now["members"]["Persona"]["properties"]["name"]
    now["members"]["ContentRequest"]["required"] += ["body"]
    assert sorted(lost(before, now)) == [
        "ContentRequest demands body",
        "GET /content/ demands page",
        "GET /personas/ is gone",
        "Persona has another name, or none",
    ]


def test_a_version_that_ends_says_so(nobody, hers, settings):
    """Row 45: in each answer, errors included; one that stays says nothing."""
    assert "Deprecation" not in hers.get("personas/")
    since, sunset = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)
    ending = {"since": since, "sunset": sunset, "link": "https://example.com/v2"}
    settings.PERSONAS = {**settings.PERSONAS, "API_DEPRECATION": ending}
    for answer in (
        hers.get("personas/"),
        nobody.get("personas/"),
        nobody.post("auth/login/", {}),
        hers.get("nothing/"),
    ):
        assert answer["Deprecation"] == f"@{int(since.timestamp())}"
        assert answer["Sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"
        assert answer["Link"] == '<https://example.com/v2>; rel="deprecation"; type="text/html"'
