"""The model without a network: it measures what can be measured, and whatever it is given, it answers."""

from __future__ import annotations

import pytest
from personas.language_model import Voice, language_model
from personas.models import Persona
from personas.schema import schema_of

pytestmark = pytest.mark.django_db

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


def test_it_writes_a_draft(ada):
    voice = Voice(name="Ida", description="", values={"formality_level": 8}, schema=schema_of(ada))
    draft = language_model().draft(voice, "bread")
    assert "bread" in draft.title.lower()
    assert "bread" in draft.body
