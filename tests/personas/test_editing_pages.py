"""The form of a persona: made by hand, edited, checked, and saved by two windows at once."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from personas.access import personas_of
from personas.models import Persona
from personas.pages.persona_forms import PersonaForm
from personas.schema import GROUPS, schema_of

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.personas.conftest import author
from tests.personas.filling import filled, opened

pytestmark = pytest.mark.django_db

ADD = "/personas/add/"


@pytest.fixture
def writer(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


@pytest.fixture
def persona(ada):
    return Persona.objects.create(
        author=ada, name="Plain", description="As is", attrs={"formality_level": 7, "tone": "wry", "age": "25-35"}
    )


def edit(persona):
    return reverse("personas:edit", args=[persona.pk])


def stored(persona):
    return Persona.objects.get(pk=persona.pk)


def said(response):
    return [str(each) for each in response.context["messages"]]


# ---- what there is in it ----


def test_there_is_an_input_for_each_characteristic_in_six_sections(writer, ada):
    """Rows 17, 18 and 22: also in the form of a persona that is not there yet."""
    form = opened(writer, ADD)
    assert [(each.name, each.title) for each in form.sections] == list(GROUPS.items())
    assert [each.is_open for each in form.sections] == [True, *[False] * 5]
    assert [item.field.attribute for each in form.sections for item in each.items] == list(schema_of(ada))
    shown = writer.get(ADD).content.decode()
    assert all(f'name="attrs__{name}"' in shown for name in schema_of(ada))


def test_each_control_is_of_the_kind_of_its_characteristic(writer, ada):
    """Row 17: digits for ratings, lists for choices, several lines for the background, words that are offered."""
    form = opened(writer, ADD)
    for name, attribute in schema_of(ada).items():
        control = str(form[f"attrs__{name}"])
        if attribute.subtype == "rating":
            assert 'inputmode="numeric"' in control
        elif attribute.choices:
            assert all(f">{choice.label}</option>" in control for choice in attribute.choices)
        elif attribute.multiple or (attribute.constraints or {}).get("multiline"):
            assert control.startswith("<textarea")
        elif (attribute.subtype or "").startswith("writing-"):
            assert "<datalist" in control
        else:
            assert 'type="text"' in control


def test_an_author_is_asked_for_her_own_characteristics(writer, ada):
    own = [Attribute("own_mood", "text", label="Mood", group="own"), Attribute("irony_usage", omit=True)]
    SchemaRecord.objects.define(Persona, own, selectors=(ada,))
    form = opened(writer, ADD)
    assert form.sections[-1].title == "Your own"
    assert [item.field.label for item in form.sections[-1].items] == ["Mood"]
    assert "attrs__irony_usage" not in form.fields


# ---- saving ----


def test_a_persona_has_what_was_filled_in_and_nothing_else(writer, ada):
    """Rows 4, 10 and 20: any subset of the characteristics; what was left blank is not there."""
    data = filled(opened(writer, ADD), name="Judith", attrs__irony_usage="9", attrs__tone="wry", attrs__age="25-35")
    response = writer.post(ADD, data)
    persona = Persona.objects.get()
    assert response.headers["Location"] == reverse("personas:persona", args=[persona.pk])
    assert (persona.author, persona.name, persona.is_active) == (ada, "Judith", True)
    assert persona.attrs.dump() == {"irony_usage": 9, "tone": "wry", "age": "25-35"}
    assert said(writer.get(response.headers["Location"])) == ["Judith has been saved."]


@pytest.mark.parametrize("text", ["0", "11", "x", "5.5"])
def test_a_rating_that_is_none_is_refused_and_its_section_opens(writer, text):
    """Rows 4 and 18: the message names the field, and what was typed is still there."""
    response = writer.post(ADD, filled(opened(writer, ADD), name="Judith", attrs__creativity_level=text))
    form = response.context["form"]
    assert list(form.errors) == ["attrs__creativity_level"]
    assert [each.title for each in form.sections if each.is_open] == ["Language mechanics", "Personality"]
    assert [each.errors for each in form.sections] == [0, 0, 0, 1, 0, 0]
    assert form["attrs__creativity_level"].value() == text
    assert "Nothing has been saved yet." in response.content.decode()
    assert not Persona.objects.exists()


def test_nothing_is_saved_without_a_name(writer):
    response = writer.post(ADD, filled(opened(writer, ADD), name=" ", attrs__irony_usage="9"))
    assert response.context["form"].errors == {"name": ["Give the persona a name."]}
    assert not Persona.objects.exists()


@pytest.mark.parametrize("asked", ["check", "refresh"])
def test_a_form_that_is_only_asked_saves_nothing(writer, persona, asked):
    """Row 19: what is checked as one types is not stored."""
    form = opened(writer, edit(persona))
    response = writer.post(edit(persona), filled(form, name="Changed", attrs__irony_usage="11", _attributes=asked))
    assert response.status_code == 200
    assert ("attrs__irony_usage" in response.context["form"].errors) == (asked == "check")
    assert stored(persona).name == "Plain"


def test_what_was_typed_is_text_on_every_page(writer, ada):
    """Row 52: neither markup nor SQL means anything, in whichever characteristic."""
    hostile = "<script>alert('x')</script>\"' OR 1=1; --"
    texts = {name: each for name, each in schema_of(ada).items() if each.type == "text" and not each.choices}
    del texts["age"]  # which is no text of one's own
    typed = {f"attrs__{name}": hostile for name in texts}
    response = writer.post(ADD, filled(opened(writer, ADD), name=hostile, description=hostile, **typed))
    persona = Persona.objects.get()
    assert persona.attrs.dump() == {name: [hostile] if each.multiple else hostile for name, each in texts.items()}
    for address in (response.headers["Location"], edit(persona)):
        shown = writer.get(address).content.decode()
        assert "&lt;script&gt;alert(" in shown
        assert "<script>alert(" not in shown


# ---- whose it is ----


@pytest.mark.parametrize("page", ["edit", "reanalyse", "compare"])
def test_somebody_elses_persona_is_not_there(writer, page):
    """Row 3: neither to see nor to change."""
    other = Persona.objects.create(author=author("eve"), name="Secret")
    for address in (reverse(f"personas:{page}", args=[other.pk]), reverse(f"personas:{page}", args=[10**9])):
        for response in (writer.get(address, follow=True), writer.post(address, {"name": "Mine now"}, follow=True)):
            assert response.status_code == 404
            assert "Secret" not in response.content.decode()
    assert stored(other).name == "Secret"


def test_nobody_can_be_made_the_author_of_a_persona(writer, ada, persona):
    """Rows 3 and 50: forms have the fields that they show, and no others."""
    eve = author("eve")
    writer.post(ADD, {"name": "Gift", "author": eve.pk, "id": 77, "created_at": "2000-01-01"})
    writer.post(edit(persona), filled(opened(writer, edit(persona)), author=eve.pk))
    assert {each.author for each in Persona.objects.all()} == {ada}
    assert not Persona.objects.filter(pk=77).exists()


@pytest.mark.parametrize("page", ["add", "from_sample", "review", "characteristics", "characteristic_add"])
def test_who_is_not_signed_in_signs_in_and_comes_back(client, db, page):
    """Row 2: an absent session leads to the form for signing in, and back."""
    address = reverse(f"personas:{page}")
    assert client.get(address).headers["Location"] == f"{reverse('personas:sign_in')}?next={address}"


# ---- two windows ----


def test_two_windows_that_change_different_things_both_win(writer, persona):
    """Row 23: no update is lost, of characteristics and of columns."""
    first, second = opened(writer, edit(persona)), opened(writer, edit(persona))
    writer.post(edit(persona), filled(first, description="New", attrs__tone="solemn"))
    response = writer.post(edit(persona), filled(second, name="Renamed", attrs__formality_level="2", is_active=""))
    assert response.status_code == 302
    now = stored(persona)
    assert (now.name, now.description, now.is_active) == ("Renamed", "New", False)
    assert now.attrs.dump() == {"formality_level": 2, "tone": "solemn", "age": "25-35"}


@pytest.mark.parametrize(
    ("name", "theirs", "mine", "message"),
    [
        ("attrs__formality_level", "3", "9", "Meanwhile this was set to “3” elsewhere. Save again to keep yours."),
        ("attrs__formality_level", "", "9", "Meanwhile this was cleared elsewhere. Save again to keep yours."),
        ("attrs__sentence_structure", "simple", "varied", "Meanwhile this was set to “Simple” elsewhere. Save again"),
        ("description", "Theirs", "Mine", "Meanwhile this was set to “Theirs” elsewhere. Save again to keep yours."),
        ("description", "", "Mine", "Meanwhile this was cleared elsewhere. Save again to keep yours."),
    ],
)
def test_who_saves_later_is_told_of_a_conflict_and_decides(writer, persona, name, theirs, mine, message):
    """Row 23: what both have changed is refused once, and nothing of the form is saved; then one decides."""
    first, second = opened(writer, edit(persona)), opened(writer, edit(persona))
    writer.post(edit(persona), filled(first, **{name: theirs}))
    response = writer.post(edit(persona), filled(second, attrs__irony_usage="1", **{name: mine}))
    form = response.context["form"]
    assert list(form.errors) == [name]
    assert message in form.errors[name][0]
    assert "irony_usage" not in stored(persona).attrs
    assert writer.post(edit(persona), filled(form)).status_code == 302
    assert opened(writer, edit(persona))[name].value() == mine
    assert stored(persona).attrs["irony_usage"] == 1


def test_a_conflict_that_was_told_is_told_again_when_there_is_another(writer, persona):
    name = "attrs__formality_level"
    first = opened(writer, edit(persona))
    writer.post(edit(persona), filled(opened(writer, edit(persona)), **{name: "3"}))
    told = writer.post(edit(persona), filled(first, **{name: "9"})).context["form"]
    writer.post(edit(persona), filled(opened(writer, edit(persona)), **{name: "4"}))
    again = writer.post(edit(persona), filled(told)).context["form"]
    assert "“4”" in again.errors[name][0]


def test_who_comes_to_the_same_has_no_conflict(writer, persona):
    first, second = opened(writer, edit(persona)), opened(writer, edit(persona))
    for form in (first, second):
        data = filled(form, name="Same", attrs__formality_level="3")
        assert writer.post(edit(persona), data).status_code == 302
    assert stored(persona).attrs["formality_level"] == 3


@pytest.mark.parametrize("seen", ["", "{", "[]", "null", "[" * 5_000, '{"name": 5}'])
def test_a_form_that_does_not_say_what_it_has_shown_is_saved_as_it_is(writer, persona, seen):
    data = filled(opened(writer, edit(persona)), name="Changed", attrs__tone="dry")
    response = writer.post(edit(persona), {**data, "seen": seen})
    assert response.status_code in (200, 302)  # told of a conflict by what it says, or saved
    assert (stored(persona).attrs["tone"] == "dry") == (response.status_code == 302)


NAMES = ("formality_level", "irony_usage", "empathy_level")
VALUES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["", "1", "2"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=VALUES, theirs=VALUES, mine=VALUES)
def test_no_change_of_either_is_lost_unsaid(ada, before, theirs, mine):
    """Row 23: whatever two windows change, the later one is told or both are there."""
    persona = Persona.objects.create(author=ada, name="P", attrs={k: int(v) for k, v in before.items() if v})
    first, second = (PersonaForm(instance=stored(persona)) for _ in range(2))
    assert _save(persona, filled(first, **_named(theirs)))
    between = _texts(persona)
    was_saved = _save(persona, filled(second, **_named(mine)))
    begun = {name: before.get(name, "") for name in NAMES}
    changed = {name: text for name, text in mine.items() if text != begun[name]}
    conflicts = {n for n, text in changed.items() if between[n] != begun[n] and between[n] != text}
    assert was_saved == (not conflicts)
    assert _texts(persona) == (between | changed if was_saved else between)


def _named(texts):
    return {f"attrs__{name}": text for name, text in texts.items()}


def _save(persona, data):
    form = PersonaForm(data, instance=stored(persona))
    if form.is_valid():
        form.save()
    return form.is_valid()


def _texts(persona):
    return {name: str(stored(persona).attrs.get(name) or "") for name in NAMES}


def test_nothing_is_asked_of_the_database_for_each_characteristic(writer, ada, persona, django_assert_max_num_queries):
    writer.get(edit(persona))  # whatever is learnt once
    with django_assert_max_num_queries(6):
        writer.get(edit(persona))
    assert personas_of(ada).count() == 1
