"""The pages on which an author hides characteristics and has others of her own, without seeing JSON."""

from __future__ import annotations

import pytest
from django.urls import reverse
from personas.characteristics import own_of
from personas.models import Persona
from personas.pages.characteristic_forms import KINDS, CharacteristicForm, kind_of
from personas.schema import schema_of

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.personas.filling import opened

pytestmark = pytest.mark.django_db

PAGE = "/personas/characteristics/"
ADD = "/personas/characteristics/add/"
MOOD = {"label": "Mood", "kind": "choice", "choices": "good\nbad\n\n good ", "group": "own", "help_text": "At dusk"}


@pytest.fixture
def writer(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


def address(page, name="own_mood"):
    return reverse(f"personas:characteristic_{page}", args=[name])


def said(response):
    return [str(each) for each in response.context["messages"]]


def test_what_is_not_ticked_is_hidden_and_comes_back(writer, ada):
    everything = list(schema_of(ada))
    response = writer.post(PAGE, {"shown": [name for name in everything if name != "irony_usage"]}, follow=True)
    assert said(response) == ["1 characteristic is hidden now. Values are kept."]
    assert "irony_usage" not in schema_of(ada)
    assert 'value="tone" aria-describedby="about-tone" checked' in response.content.decode()
    assert 'value="irony_usage" aria-describedby="about-irony_usage">' in response.content.decode()
    assert said(writer.post(PAGE, {"shown": everything}, follow=True)) == ["All characteristics are shown now."]
    assert list(schema_of(ada)) == everything


def test_one_is_added_in_words(writer, ada, ben):
    response = writer.post(ADD, MOOD, follow=True)
    assert said(response) == ["Mood has been added. Every persona of yours can have it now."]
    mood = schema_of(ada)["own_mood"]
    assert ([each.value for each in mood.choices], mood.group, mood.help_text) == (["good", "bad"], "own", "At dusk")
    assert "own_mood" not in schema_of(ben)
    assert opened(writer, "/personas/add/").sections[-1].items[0].field.label == "Mood"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_had_and_is_known_again(writer, ada, kind):
    writer.post(ADD, {**MOOD, "kind": kind, "lowest": "1", "highest": "3"})
    held = own_of(ada).added["own_mood"]
    assert kind_of(held) == kind
    assert str(opened(writer, "/personas/add/")["attrs__own_mood"])
    form = opened(writer, address("edit"))
    assert {*form.fields} == {"label", "group", "help_text", *KINDS[kind].asks}
    data = {name: field.value() for name, field in ((each.name, each) for each in form)}
    again = CharacteristicForm(data, held=held)
    assert again.is_valid()
    assert again.attribute().given == held.given


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"label": ""}, {"label": ["Say what it is called."]}),
        ({"choices": " \n"}, {"choices": ["Say what there is to choose from, one on each line."]}),
        (
            {"choices": "\n".join(map(str, range(101)))},
            {"choices": ["Use at most 100 choices; these are 101."]},
        ),
        ({"choices": "x" * 101}, {"choices": ["Use at most 100 characters for a choice."]}),
        ({"kind": "number", "lowest": "3", "highest": "2"}, {"highest": ["Use a number that is not below 3."]}),
    ],
    ids=["label", "no choices", "many choices", "long choice", "order"],
)
def test_what_cannot_be_is_said_at_its_field(writer, ada, changes, errors):
    response = writer.post(ADD, {**MOOD, **changes})
    assert response.context["form"].errors == errors
    assert not own_of(ada).added


def test_what_the_library_refuses_is_said_without_names_of_schemas(writer, ada):
    response = writer.post(ADD, {**MOOD, "choices": "good\nb\x07d"})
    (message,) = response.context["form"].non_field_errors() or response.context["form"].errors["choices"]
    assert "character" in message
    assert "Characteristics of" not in message
    assert not own_of(ada).added


def test_it_is_renamed_and_keeps_its_values(writer, ada):
    writer.post(ADD, MOOD)
    persona = Persona.objects.create(author=ada, name="Plain", attrs={"own_mood": "bad"})
    data = {"label": "Temper", "choices": "good\nso-so", "group": "personality", "help_text": ""}
    assert said(writer.post(address("edit"), data, follow=True))[-1:] == ["Temper has been changed."]
    held = schema_of(ada)["own_mood"]
    assert (held.label, held.group) == ("Temper", "personality")
    assert [(each.value, each.retired) for each in held.choices] == [("good", False), ("so-so", False), ("bad", True)]
    form = opened(writer, reverse("personas:edit", args=[persona.pk]))
    assert form["attrs__own_mood"].value() == "bad"


def test_it_is_retired_and_restored(writer, ada):
    writer.post(ADD, MOOD)
    persona = Persona.objects.create(author=ada, name="Plain", attrs={"own_mood": "bad"})
    retired = writer.post(address("retire"), follow=True)
    assert [each.label for each in retired.context["retired"]] == ["Mood"]
    assert retired.context["mine"] == []
    assert "own_mood" not in schema_of(ada)
    restored = writer.post(address("restore"), follow=True)
    assert [each.label for each in restored.context["mine"]] == ["Mood"]
    persona.refresh_from_db()
    assert persona.attrs["own_mood"] == "bad"


@pytest.mark.parametrize("page", ["edit", "retire", "restore"])
def test_somebody_elses_is_not_there(writer, ben, page):
    """Row 3: own characteristics, too, are their author's alone."""
    SchemaRecord.objects.define(Persona, [Attribute("own_mood", "text", label="Secret")], selectors=(ben,))
    for name in ("own_mood", "tone"):
        response = writer.post(address(page, name), MOOD)
        assert response.status_code == 404
        assert "Secret" not in response.content.decode()
    assert own_of(ben).added["own_mood"].label == "Secret"
    assert "Secret" not in writer.get(PAGE).content.decode()


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "Übermut & Ernst", "天気"])
def test_any_words_are_a_label_and_nothing_else(writer, ada, label):
    """Row 52: a label is text."""
    writer.post(ADD, {**MOOD, "label": label, "help_text": label, "choices": label})
    (name,) = own_of(ada).added
    for page in (PAGE, address("edit", name), "/personas/add/"):
        shown = writer.get(page).content.decode()
        assert "<script>alert" not in shown
        assert schema_of(ada)[name].label == label
