"""The characteristics: which there are, and that any author may have others."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from personas.models import Persona
from personas.schema import GROUPS, define_default, schema_of

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db


def test_there_are_75_in_six_groups(ada):
    """All that the predecessors had in 75 keys and a background; a persona's name is the model's own (row 4)."""
    schema = schema_of(ada)
    assert Counter(attribute.group for attribute in schema.values()) == {
        "mechanics": 17,
        "figurative": 13,
        "content": 13,
        "personality": 9,
        "choices": 15,
        "personal": 8,
    }
    assert list(dict.fromkeys(attribute.group for attribute in schema.values())) == list(GROUPS)
    assert sum(attribute.subtype == "rating" for attribute in schema.values()) == 52
    assert all(attribute.label and attribute.help_text for attribute in schema.values())


def test_what_is_not_set_is_absent(ada):
    """Row 10: nothing is required, and nothing is made up."""
    persona = Persona.objects.create(author=ada, name="Plain")
    assert Persona.objects.get(pk=persona.pk).attrs.dump() == {}
    assert not any(attribute.required or attribute.default for attribute in schema_of(ada).values())


@pytest.mark.parametrize(("value", "code"), [(0, "min"), (11, "max"), ("x", "type"), (5.5, "type"), (True, "type")])
def test_a_rating_is_a_whole_number_from_1_to_10(ada, value, code):
    """Row 4, of the path that every other one ends in."""
    with pytest.raises(ValidationError) as refused:
        Persona.objects.create(author=ada, name="Loud", attrs={"formality_level": value})
    assert [(each.location, each.code) for each in refused.value.problems] == [("formality_level", code)]


@pytest.mark.parametrize("age", ["34", "25-35", "25\u201335", "25 - 35"])
def test_an_age_may_be_a_range(ada, age):
    assert Persona.objects.create(author=ada, name="Young", attrs={"age": age}).attrs["age"] == age


def test_it_is_defined_once():
    assert define_default()
    assert not define_default()


def test_an_author_adds_and_hides(ada, ben):
    own = [Attribute("weather", "text", label="Weather"), Attribute("irony_usage", omit=True)]
    SchemaRecord.objects.define(Persona, own, selectors=(ada,), user=ada.user)
    assert "weather" in schema_of(ada)
    assert "irony_usage" not in schema_of(ada)
    assert "weather" not in schema_of(ben)
    assert len(schema_of(ben)) == 75
