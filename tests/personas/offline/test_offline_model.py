"""The model without a network: it measures what can be measured, and whatever it is given, it answers."""

from __future__ import annotations

import pytest
from personas.analysing import analyse
from personas.language_model import Voice, language_model
from personas.models import Persona
from personas.schema import schema_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]

LETTER = """
The premises shall not be sublet without the consent of the owner. Where consent is granted, the agreement must be
recorded in writing within thirty days. The costs of registration are borne by the tenant, unless it was agreed
otherwise.
"""


def test_what_it_finds_the_schema_accepts(ada):
    found = language_model().analyse(LETTER, schema_of(ada))
    assert found["formality_level"] >= 8
    assert found["passive_voice_frequency"] >= 7
    Persona(author=ada, name="Owner", attrs=dict(found)).full_clean()


def test_why_little_is_found_in_another_language_is_said(ada):
    letter = "Die Wohnung darf ohne Zustimmung des Eigentümers nicht untervermietet werden (siehe oben). " * 4
    analysis = analyse(ada, letter)
    assert analysis.values["parenthetical_aside_frequency"] > 1
    assert [(each["attribute"], each["code"]) for each in analysis.problems] == [("", "not_english")]
    assert analysis.notes[0].startswith("This text does not look English.")


def test_it_writes_a_draft(ada):
    voice = Voice(name="Ida", description="", values={"formality_level": 8}, schema=schema_of(ada))
    draft = language_model().draft(voice, "bread")
    assert "bread" in draft.title.lower()
    assert "bread" in draft.body
