"""An author's own characteristics: what she hides and what she adds, and that nobody else has to do with it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from personas import characteristics
from personas.characteristics import Own, choices_of, free_name, hide, own_of, restore, retire
from personas.models import Persona
from personas.schema import schema_of

from jsonattrs_core import Attribute, Choice, compose
from jsonattrs_core import Schema as CoreSchema

pytestmark = pytest.mark.django_db

WEATHER = Attribute("own_weather", "text", label="Weather", group="own")


def stored(persona):
    return Persona.objects.get(pk=persona.pk).attrs


def test_who_has_changed_nothing_has_what_everybody_has(ada):
    assert own_of(ada).attributes == ()
    assert list(schema_of(ada)) == list(characteristics.everybodys())


def test_what_is_hidden_keeps_its_values_and_comes_back(ada, ben):
    persona = Persona.objects.create(author=ada, name="Dry", attrs={"irony_usage": 9, "tone": "wry"})
    hide(ada, ["irony_usage", "no such thing"])
    assert own_of(ada).hidden == {"irony_usage"}
    assert stored(persona).dump() == {"tone": "wry"}
    assert stored(persona).orphans == {"irony_usage": 9}
    assert "irony_usage" in schema_of(ben)
    hide(ada, ["tone"])
    assert stored(persona).dump() == {"irony_usage": 9}
    hide(ada, [])
    assert stored(persona).dump() == {"irony_usage": 9, "tone": "wry"}


def test_own_ones_are_added_beside_what_is_hidden(ada, ben):
    hide(ada, ["irony_usage"])
    characteristics.add(ada, WEATHER)
    assert own_of(ada).hidden == {"irony_usage"}
    assert list(own_of(ada).added) == ["own_weather"]
    assert Persona.objects.create(author=ada, name="Wet", attrs={"own_weather": "rain"}).attrs["own_weather"] == "rain"
    with pytest.raises(ValidationError):
        Persona.objects.create(author=ben, name="Wet", attrs={"own_weather": "rain"})


def test_a_retired_one_comes_back_with_its_values(ada):
    characteristics.add(ada, WEATHER)
    persona = Persona.objects.create(author=ada, name="Wet", attrs={"own_weather": "rain"})
    retire(ada, "own_weather")
    assert "own_weather" not in schema_of(ada)
    assert stored(persona).dump() == {}
    hide(ada, ["tone"])  # which defines the schema anew
    restore(ada, "own_weather")
    assert stored(persona).dump() == {"own_weather": "rain"}


def test_it_may_be_called_something_else_and_is_the_same_one(ada):
    characteristics.add(ada, WEATHER)
    persona = Persona.objects.create(author=ada, name="Wet", attrs={"own_weather": "rain"})
    characteristics.change(ada, "own_weather", Attribute("another", "integer", label="Climate", group="content"))
    changed = schema_of(ada)["own_weather"]
    assert (changed.label, changed.group, changed.type) == ("Climate", "content", "text")
    assert stored(persona).dump() == {"own_weather": "rain"}


@pytest.mark.parametrize("name", ["tone", "own_weather"])
def test_a_name_is_everybodys_or_taken(ada, name):
    characteristics.add(ada, WEATHER)
    with pytest.raises(ValueError, match="no free name"):
        characteristics.add(ada, Attribute(name, "text"))


def test_there_is_a_limit(ada, monkeypatch):
    monkeypatch.setattr(characteristics, "LIMIT", 1)
    characteristics.add(ada, WEATHER)
    with pytest.raises(ValueError, match="more than 1"):
        characteristics.add(ada, Attribute("own_other", "text"))


def test_choices_that_are_not_named_any_more_are_retired():
    held = choices_of(["dry", "wet"])
    assert choices_of(["wet", "hot", "wet"], held) == (Choice("wet"), Choice("hot"), Choice("dry", retired=True))
    again = choices_of(["dry"], choices_of(["wet"], held))
    assert again == (Choice("dry"), Choice("wet", retired=True))


def test_a_name_is_not_given_twice(ada):
    own = [Attribute(type="text", label=label) for label in ("Weather", "Weather!", "天気")]
    assert [characteristics.add(ada, each) for each in own] == ["own_weather", "own_weather_2", "own_characteristic"]


@given(st.text(max_size=60))
def test_whatever_it_is_called_it_has_a_name_that_schemas_take(label):
    name = free_name(Own(), label)
    compose(CoreSchema("own", [Attribute(name, "text")])).compile()
    assert name.startswith("own_")
