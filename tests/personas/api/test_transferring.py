"""Exporting and importing through the API."""

from __future__ import annotations

import pytest
from personas.models import Persona

pytestmark = pytest.mark.django_db

SET = {"formality_level": 7, "tone": "wistful", "age": "25-35", "irony_usage": None, "core_values": ["thrift"]}


@pytest.fixture
def two(hers):
    """Give two personas of hers."""
    return [
        hers.made("personas/", {"name": "Ada", "description": "Dry.", "attributes": SET})["id"],
        hers.made("personas/", {"name": "Zoë / “Z”", "is_active": False})["id"],
    ]


def test_a_persona_is_a_file(hers, two):
    """Row 34: under its name, with nothing of whose it is."""
    answer = hers.get(f"personas/{two[0]}/export/")
    assert answer.json() == {
        "format": 1,
        "personas": [{"name": "Ada", "description": "Dry.", "is_active": True, "attributes": SET}],
    }
    assert answer["Content-Disposition"] == 'attachment; filename="ada.json"'
    odd = hers.get(f"personas/{two[1]}/export/")["Content-Disposition"]
    assert odd == "attachment; filename*=utf-8''zo%C3%AB-z.json"


def test_the_same_file_gives_an_equal_persona(hers, his, two):
    """Row 34: in bulk, to somebody else and to oneself."""
    document = hers.get("personas/export/").json()
    assert [each["name"] for each in document["personas"]] == ["Zoë / “Z”", "Ada"]
    for client in (his, hers):
        made = client.made("personas/import/", document)
        assert not {each["id"] for each in made} & set(two)
        again = client.get("personas/export/", {"id": [each["id"] for each in made]}).json()
        assert sorted(again["personas"], key=str) == sorted(document["personas"], key=str)
    assert hers.get("personas/").json()["count"] == 4


def test_some_are_exported(hers, his, two):
    assert [each["name"] for each in hers.get(f"personas/export/?id={two[0]}").json()["personas"]] == ["Ada"]
    for wrong in (f"id={two[0]}&id=999999", "id=x", "id=", "id=-1", "id=²"):
        answer = hers.get(f"personas/export/?{wrong}")
        assert answer.status_code == 400
        assert [each["code"] for each in answer.json()["id"]] == ["does_not_exist"]
    theirs, missing = (his.get(f"personas/export/?id={key}") for key in (two[0], 999_999))
    assert theirs.content == missing.content.replace(b"999999", str(two[0]).encode())


def test_all_are_imported_or_none(hers):
    """Row 34: each persona is told what is wrong with it."""
    bad = {"name": "Bad", "attributes": {"formality_level": 99}}
    answer = hers.post("personas/import/", {"format": 1, "personas": [{"name": "Good"}, bad, {}]})
    assert answer.status_code == 400
    told = answer.json()["personas"]
    assert {place: [*errors] for place, errors in told.items()} == {"1": ["attributes"], "2": ["name"]}
    assert told["1"]["attributes"]["formality_level"][0]["params"] == {"limit": 10}
    assert not Persona.objects.exists()


@pytest.mark.parametrize(
    "document",
    [[], {}, {"format": 2, "personas": [{"name": "A"}]}, {"format": 1, "personas": []}, {"format": 1, "personas": "A"}],
)
def test_what_is_no_document_is_refused(hers, document):
    assert hers.post("personas/import/", document).status_code == 400
    assert not Persona.objects.exists()


def test_many_are_exported_with_as_many_queries_as_few(hers, ada, django_assert_num_queries):
    """Row 48."""
    for count in (1, 60):
        Persona.objects.bulk_create(Persona(author=ada, name=f"P{each}", attrs=SET) for each in range(count))
        hers.get("personas/export/")
        with django_assert_num_queries(3):
            assert len(hers.get("personas/export/").json()["personas"]) >= count
