"""The schema through the API: read, tried, kept by clients for as long as it is the same, and changed for oneself."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from jsonschema import Draft202012Validator
from personas.models import Persona
from personas.schema import schema_of

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import reset

pytestmark = pytest.mark.django_db

OWN = {
    "format": 1,
    "name": "Mine",
    "attributes": [
        {"key": "own_mood", "name": "own_mood", "type": "text", "label": "Mood", "choices": ["gay", "grave"]},
        {"name": "irony_usage", "omit": True},
    ],
}


def names(client, address="personas/schema/"):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return [each["name"] for each in answer.json()["attributes"]]


def test_a_client_reads_its_own_schema(hers, ada):
    """Row 16: it need not say whose."""
    assert names(hers) == [*schema_of(ada)]
    described = hers.get("personas/schema/?format=json-schema").json()
    Draft202012Validator.check_schema(described)
    assert described["properties"]["formality_level"]["maximum"] == 10


def test_own_attributes_are_defined_and_used(hers, his, ada):
    """An author has attributes besides and hides others; nobody else sees anything of it."""
    made = hers.post("schemas/", {"schema": OWN})
    assert made.status_code == 201, made.content
    assert made.json()["selectors"] == {"author": ada.pk}
    reset()
    assert "own_mood" in names(hers)
    assert "irony_usage" not in names(hers)
    persona = hers.made("personas/", {"name": "Ada", "attributes": {"own_mood": "gay"}})
    assert names(hers, f"personas/{persona['id']}/schema/") == names(hers)
    for refused in ({"own_mood": "sad"}, {"irony_usage": 3}):
        assert hers.post("personas/", {"name": "A", "attributes": refused}).status_code == 400
    assert his.post("personas/", {"name": "A", "attributes": {"own_mood": "gay"}}).status_code == 400
    assert "own_mood" not in names(his)
    assert "irony_usage" in names(his)


def test_what_is_hidden_comes_back_with_its_values(hers):
    """Nothing erases a value."""
    persona = hers.made("personas/", {"name": "Ada", "attributes": {"irony_usage": 9}})["id"]
    key = hers.post("schemas/", {"schema": OWN}).json()["id"]
    reset()
    assert hers.get(f"personas/{persona}/").json()["attributes"] == {}
    assert hers.delete(f"schemas/{key}/attributes/irony_usage/").status_code == 200
    reset()
    assert hers.get(f"personas/{persona}/").json()["attributes"] == {"irony_usage": 9}
    assert hers.post(f"schemas/{key}/retire/").status_code == 200
    reset()
    assert "own_mood" not in names(hers)


def test_an_attribute_is_tried_before_it_is_kept(hers):
    key = hers.post("schemas/", {"schema": OWN}).json()["id"]
    answer = hers.put(f"schemas/{key}/attributes/own_age/?dry_run=1", {"name": "own_age", "type": "integer"})
    assert (answer.status_code, answer.json()["dry_run"]) == (200, True)
    reset()
    assert "own_age" not in names(hers)


def test_schemas_of_others_are_as_if_they_were_not_there(hers, his, ada):
    """Row 3: neither that of another author, nor that of everybody, nor those of the project's other example."""
    key = hers.post("schemas/", {"schema": OWN}).json()["id"]
    everybodys = SchemaRecord.objects.exclude(pk=key).get().pk
    assert his.get("schemas/").json()["results"] == []
    for pk in (key, everybodys):
        for answer, missing in (
            (his.get(f"schemas/{pk}/"), his.get("schemas/999999/")),
            (his.put(f"schemas/{pk}/", {"schema": OWN}), his.put("schemas/999999/", {"schema": OWN})),
            (his.post(f"schemas/{pk}/retire/"), his.post("schemas/999999/retire/")),
        ):
            assert (answer.status_code, answer.content) == (404, missing.content)
    for place in ({"selectors": {"author": ada.pk}}, {"selectors": {}}, {"model": "landregistry.Party"}):
        assert his.post("schemas/", {"schema": OWN, **place}).status_code in {400, 404}
    assert his.get(f"personas/schema/?author={ada.pk}").status_code == 404
    assert SchemaRecord.objects.count() == 2


def test_a_value_is_checked_and_nothing_is_stored(hers):
    """Row 19: what a form asks while somebody types."""
    verdict = hers.post("personas/schema/validate/", {"attribute": "formality_level", "value": 11}).json()
    assert (verdict["valid"], verdict["problems"][0]["code"]) == (False, "max")
    whole = hers.post("personas/schema/validate/", {"document": {"formality_level": 3}}).json()
    assert (whole["valid"], whole["document"]) == (True, {"formality_level": 3})
    assert not Persona.objects.exists()


def test_where_an_attribute_comes_from_is_told(hers):
    hers.post("schemas/", {"schema": OWN})
    reset()
    told = hers.get("personas/schema/explain/").json()
    assert told["attributes"]["own_mood"]["properties"]["type"]["layer"] == 2
    assert told["attributes"]["tone"]["properties"]["type"]["layer"] == 1


# ---- what is kept ----


def test_a_client_keeps_a_schema_for_as_long_as_it_is_the_same(hers, his):
    """Row 46: 304 while nothing changes; a change is seen at once, by whom it is about, and by nobody else."""
    hers.get("personas/schema/")
    tags = {client: client.get("personas/schema/")["ETag"] for client in (hers, his)}
    for client, tag in tags.items():
        assert client.get("personas/schema/", headers={"If-None-Match": tag}).status_code == 304
    hers.post("schemas/", {"schema": OWN})
    changed = hers.get("personas/schema/", headers={"If-None-Match": tags[hers]})
    assert (changed.status_code, changed["ETag"] != tags[hers]) == (200, True)
    assert his.get("personas/schema/", headers={"If-None-Match": tags[his]}).status_code == 304


def test_a_server_keeps_schemas_until_they_change(hers, ada, django_assert_num_queries):
    """Row 46: no schema is read for a list or a persona; one that another process changes is seen within a second."""
    persona = hers.made("personas/", {"name": "Ada", "attributes": {"tone": "dry"}})["id"]
    hers.get(f"personas/{persona}/")
    with django_assert_num_queries(3):
        assert hers.get(f"personas/{persona}/").json()["attributes"] == {"tone": "dry"}
    SchemaRecord.objects.define(Persona, [Attribute("tone", omit=True)], selectors=(ada,))
    assert hers.get(f"personas/{persona}/").json()["attributes"] == {}


@pytest.mark.django_db(transaction=True)  # PostgreSQL builds indexes outside of any
def test_what_is_often_asked_for_has_an_index(characteristics):
    """Row 47: of the attributes that the schema says, once ``attributes_sync`` has been run; and of the columns."""
    call_command("attributes_sync", "personas.Persona", verbosity=0)
    indexed = [name for name, each in SchemaRecord.objects.for_selectors(Persona).items() if each.indexed]
    found = indexes()
    assert {"formality_level", "tone"} <= set(indexed)
    assert all(any(name in each for each in found) for name in indexed), found
    assert "persona_of_author" in found

    SchemaRecord.objects.all().delete()
    reset()
    call_command("attributes_sync", "personas.Persona", "--prune", verbosity=0)
    assert not any(name in each for each in indexes() for name in indexed)


def indexes():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Persona._meta.db_table)
    return [name for name, each in found.items() if each["index"]]
