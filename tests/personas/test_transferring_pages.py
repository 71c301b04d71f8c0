"""Personas go out as files and come in again, on the pages."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from personas.models import Persona
from personas.pages import transferring

pytestmark = pytest.mark.django_db

EXPORT, IMPORT, LIST = (reverse(f"personas:{name}") for name in ("export_many", "import", "list"))
VALUES = {"formality_level": 8, "tone": "wry", "core_values": ["thrift", "truth"], "age": "25-35"}


@pytest.fixture
def reader(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


@pytest.fixture
def personas(ada, ben):
    """Give three personas of Ada's; Ben has one, too."""
    Persona.objects.create(author=ben, name="Ben's")
    names = ["Quill", "Ines", "Night / editor"]
    return [Persona.objects.create(author=ada, name=name, description="D", attrs=VALUES) for name in names]


def names(answer):
    return [each["name"] for each in json.loads(answer.content)["personas"]]


def imported(reader, content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return reader.post(IMPORT, {"file": SimpleUploadedFile("personas.json", content)}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def state(persona):
    return persona.name, persona.description, persona.is_active, persona.attrs.dump()


# ---- out ----


def test_a_persona_is_a_file_that_is_called_as_it_is(reader, personas):
    """Row 34."""
    answer = reader.get(reverse("personas:export", args=[personas[2].pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="night-editor.json"'
    assert answer["Content-Type"] == "application/json"
    assert names(answer) == ["Night / editor"]


@pytest.mark.parametrize("name", ["…", "../../etc/passwd", "Ünïcode\r\nX-Evil: 1", ".hidden", "x" * 100])
def test_any_name_makes_a_file(reader, ada, name):
    persona = Persona.objects.create(author=ada, name=name)
    answer = reader.get(reverse("personas:export", args=[persona.pk]))
    assert names(answer) == [name]
    assert "/" not in answer["Content-Disposition"]
    assert "X-Evil" not in answer


def test_those_that_were_chosen_are_one_file(reader, personas, ben):
    """Rows 3 and 34: what is not one's own cannot be chosen."""
    others = Persona.objects.get(author=ben).pk
    chosen = [personas[0].pk, personas[1].pk, others, "x", "9" * 30, "²"]
    assert names(reader.get(EXPORT, {"id": chosen, "what": "chosen"})) == ["Ines", "Quill"]
    assert names(reader.get(EXPORT, {"what": "all", "id": [personas[0].pk]})) == ["Ines", "Night / editor", "Quill"]


def test_nothing_chosen_is_told(reader, personas, ben):
    """Rows 3 and 20: somebody else's is as none."""
    others = Persona.objects.get(author=ben).pk
    for question in ({}, {"id": [others]}):
        answer = reader.get(EXPORT, question, follow=True)
        assert answer.redirect_chain == [(LIST, 302)]
        assert told(answer) == ["Choose the personas to export first, with the boxes beside them."]


# ---- in ----


def test_what_was_exported_comes_back_equal(reader, personas, ada):
    """Row 34: one and many."""
    before = sorted(map(state, personas), key=str)
    content = reader.get(EXPORT, {"what": "all"}).content
    Persona.objects.filter(author=ada).delete()
    answer = imported(reader, content)
    assert answer.redirect_chain == [(LIST, 302)]
    assert told(answer) == ["“Ines”, “Night / editor”, “Quill” have been imported."]
    assert sorted(map(state, Persona.objects.filter(author=ada)), key=str) == before


def test_one_that_came_in_is_shown(reader, personas, ada):
    """Rows 20 and 34: it is one more, beside what there is."""
    content = reader.get(reverse("personas:export", args=[personas[0].pk])).content
    answer = imported(reader, content)
    new = Persona.objects.filter(author=ada).latest("pk")
    assert answer.redirect_chain == [(reverse("personas:persona", args=[new.pk]), 302)]
    assert told(answer) == ["“Quill” has been imported."]
    assert Persona.objects.filter(author=ada, name="Quill").count() == 2


def test_what_is_wrong_is_told_by_persona_and_nothing_comes_in(reader, ada):
    """Rows 4, 8 and 34: by the labels that people know, all of it at once."""
    answer = imported(
        reader,
        {
            "format": 1,
            "personas": [
                {"name": "Good", "attributes": {}},
                {"name": "Loud", "attributes": {"formality_level": 11, "sentence_structure": "endless"}},
                {"attributes": {"volume": 3}, "author": 1},
            ],
        },
    )
    assert answer.status_code == 422
    refused = {who: [about for about, _ in problems] for who, problems in answer.context["refused"]}
    assert {who: sorted(about) for who, about in refused.items()} == {
        "Persona 2, Loud": ["Formality", "Sentences"],
        "Persona 3": ["author", "name", "volume"],
    }
    assert "Nothing has been imported" in answer.text
    assert not Persona.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"format": 2, "personas": []}',
        b'{"format": 1, "personas": []}',
        b'{"a": NaN}',
    ],
)
def test_what_is_no_export_is_told(reader, content):
    """Rows 20 and 34: any file."""
    answer = imported(reader, content)
    assert answer.status_code == 422
    assert answer.context["refused"]
    assert "Nothing has been imported" in answer.text


def test_a_file_is_needed_and_has_its_limits(reader, monkeypatch):
    assert reader.post(IMPORT, {}).context["form"].errors["file"] == ["This field is required."]
    assert imported(reader, b"").context["form"].errors["file"] == ["The submitted file is empty."]
    monkeypatch.setattr(transferring, "MOST_BYTES", 2048)
    (said,) = imported(reader, b" " * 3000).context["form"].errors["file"]
    assert said.replace("\xa0", " ") == "This file has 2.9 KB. Use one of at most 2.0 KB."
