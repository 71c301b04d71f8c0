"""A persona from a sample of writing: what a model proposes is reviewed, and nothing is stored before it is saved."""

from __future__ import annotations

import pytest
from django.urls import reverse
from personas import characteristics
from personas.language_model import ModelError
from personas.models import Persona
from personas.work import Work

from tests.personas.filling import filled, opened

pytestmark = pytest.mark.django_db

SAMPLE = "It is not that I mind, but the kettle has been on for an hour and nobody has so much as looked at it. " * 2
FROM_SAMPLE = "/personas/add/from-sample/"


class Model:
    """A language model that says what a test wants."""

    label = "A model of a test"

    def __init__(self):
        self.said = {}
        self.error = None

    def analyse(self, sample, schema):
        """Return what was wanted."""
        if self.error is not None:
            raise self.error
        return self.said


@pytest.fixture
def model(monkeypatch):
    found = Model()
    monkeypatch.setattr("personas.analysing.language_model", lambda: found)
    return found


@pytest.fixture
def writer(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


@pytest.fixture
def persona(ada):
    return Persona.objects.create(author=ada, name="Plain", attrs={"formality_level": 7, "tone": "wry"})


def paste(writer, address=FROM_SAMPLE, sample=SAMPLE, **more):
    return writer.post(address, {"sample": sample, **more})


def proposed(writer, address=FROM_SAMPLE, **more):
    """Have a sample analysed; give the address of the page where it is reviewed."""
    response = paste(writer, address, **more)
    assert response.status_code == 302
    return response.headers["Location"]


# ---- a new persona ----


def test_nothing_is_stored_before_it_is_reviewed(writer, model):
    """Row 5: the analysis fills a form, each proposal is marked, and what is saved is what the form has in the end."""
    model.said = {"formality_level": 3, "irony_usage": 8, "tone": "wry"}
    review = proposed(writer)
    form = opened(writer, review)
    assert not Persona.objects.exists()
    assert {item.field.attribute for each in form.sections for item in each.items if item.is_proposed} == {*model.said}
    assert [each.proposals for each in form.sections] == [1, 1, 0, 0, 1, 0]
    data = filled(form, name="Judith", attrs__irony_usage="9", attrs__tone="")
    assert writer.post(review, data).status_code == 302
    assert Persona.objects.get().attrs.dump() == {"formality_level": 3, "irony_usage": 9}


def test_the_authors_own_name_is_kept(writer, model):
    """Rows 7 and 8: a sample can neither name a persona nor decide whose it is."""
    model.said = {"name": "Model's own", "is_active": False, "author": 7, "id": 9, "formality_level": 3}
    review = proposed(writer, name="Aunt Judith")
    response = writer.get(review)
    assert response.context["form"]["name"].value() == "Aunt Judith"
    assert response.context["form"]["is_active"].value() is True
    assert response.context["others"] == ["author", "id", "is_active", "name"]
    writer.post(review, filled(response.context["form"]))
    persona = Persona.objects.get()
    assert (persona.name, persona.is_active) == ("Aunt Judith", True)
    assert persona.attrs.dump() == {"formality_level": 3}


def test_what_is_refused_is_said_beside_its_field_and_the_rest_is_offered(writer, model):
    """Row 6: also in a section that would be closed."""
    model.said = {"formality_level": 3, "creativity_level": 99, "age": "about thirty"}
    response = writer.get(proposed(writer))
    form = response.context["form"]
    refused = {item.field.attribute: item.refused for each in form.sections for item in each.items if item.refused}
    assert list(refused) == ["creativity_level", "age"]
    assert [each.title for each in form.sections if each.is_open] == ["Language mechanics", "Personality", "Personal"]
    assert form["attrs__creativity_level"].value() == ""
    assert response.content.decode().count("What the model proposed is refused.") == 2


def test_where_nothing_is_proposed_the_form_is_blank(writer, model):
    shown = writer.get(proposed(writer))
    assert "Nothing was found in this sample." in shown.content.decode()
    assert shown.context["form"]["attrs__formality_level"].value() == ""


def test_why_no_more_is_proposed_is_said(writer, persona, model):
    """Row 6: of a new persona, and of one that is there."""
    model.error = ModelError("not_english", "This text isn't English.", retryable=False, partial={"irony_usage": 3})
    for address in (FROM_SAMPLE, reverse("personas:reanalyse", args=[persona.pk])):
        shown = writer.get(proposed(writer, address))
        assert "<p>This text isn&#x27;t English.</p>" in shown.text
        assert shown.context["analysis"].values == {"irony_usage": 3}


def test_what_is_wrong_in_the_form_is_said_and_the_marks_stay(writer, model):
    model.said = {"formality_level": 3}
    review = proposed(writer)
    form = writer.post(review, filled(opened(writer, review), attrs__irony_usage="11")).context["form"]
    assert list(form.errors) == ["name", "attrs__irony_usage"]
    assert [each.proposals for each in form.sections] == [1, 0, 0, 0, 0, 0]
    assert form["attrs__formality_level"].value() == "3"
    assert not Persona.objects.exists()


@pytest.mark.parametrize(
    ("sample", "message"),
    [
        ("", "Paste a sample of writing."),
        ("Too short.", "This sample is too short to tell how somebody writes. Use at least 30 words."),
        ("word " * 5_000, "This has 24,999 characters. Use at most 20,000 of them."),
    ],
    ids=["none", "short", "long"],
)
def test_a_sample_that_cannot_be_used_is_refused(writer, model, sample, message):
    """Row 6: the message is at the sample."""
    assert paste(writer, sample=sample).context["form"].errors == {"sample": [message]}


def test_how_long_a_sample_may_be_is_said_before(writer, model, settings):
    assert "30 words at least, 20,000 characters at most." in writer.get(FROM_SAMPLE).text
    settings.PERSONAS = {**settings.PERSONAS, "MAX_SAMPLE": 4_000}
    assert "30 words at least, 4,000 characters at most." in writer.get(FROM_SAMPLE).text


@pytest.mark.parametrize("retryable", [True, False])
def test_where_a_model_fails_the_sample_is_kept(writer, model, retryable):
    """Rows 6 and 20: the reason is said, nothing is stored, nothing has to be pasted again."""
    model.error = ModelError("busy", "The language model is busy.", retryable=retryable)
    response = paste(writer, name="Judith")
    shown = response.content.decode()
    assert "The language model is busy." in shown
    assert ("Try again</button>" in shown) == retryable
    assert response.context["form"]["sample"].value() == SAMPLE
    assert not Persona.objects.exists()


def test_an_analysis_that_is_not_there_is_asked_for_again(writer, model):
    response = writer.get(reverse("personas:review") + "?work=unknown", follow=True)
    assert response.redirect_chain == [(FROM_SAMPLE, 302)]
    assert "That analysis is no longer there." in response.content.decode()


def test_what_was_filled_in_is_saved_even_if_the_analysis_is_forgotten(writer, model):
    model.said = {"formality_level": 3}
    review = proposed(writer, name="Judith")
    data = filled(opened(writer, review), attrs__irony_usage="99")
    for _ in range(6):
        proposed(writer)
    refused = writer.post(review, data)
    assert "what you have filled in is." in refused.content.decode()
    writer.post(review, filled(refused.context["form"], attrs__irony_usage="9"))
    assert Persona.objects.get().attrs.dump() == {"formality_level": 3, "irony_usage": 9}


def test_an_analysis_is_its_authors_alone(writer, client, ben, model):
    """Row 3: what somebody else's sample came to is not there."""
    model.said = {"formality_level": 3}
    review = proposed(writer)
    client.logout()
    client.force_login(ben.user)
    assert client.get(review).status_code == 302


def test_of_much_work_the_last_is_kept(writer, model):
    model.said = {"formality_level": 3}
    reviews = [proposed(writer) for _ in range(7)]
    assert [writer.get(each).status_code for each in reviews] == [302, 302, 200, 200, 200, 200, 200]


def test_a_hidden_characteristic_is_not_offered(writer, ada, model):
    characteristics.hide(ada, ["irony_usage"])
    model.said = {"irony_usage": 8}
    response = writer.get(proposed(writer))
    assert "attrs__irony_usage" not in response.context["form"].fields
    assert response.context["others"] == ["irony_usage"]


# ---- while a worker is at it ----


@pytest.fixture
def worker(monkeypatch):
    """Give what a worker tells of some work, which is not done at first."""
    work = Work(id="some-work", is_finished=False)
    monkeypatch.setattr("personas.pages.sampling.start_analysis", lambda author, sample: work)
    monkeypatch.setattr("personas.pages.working.find", lambda author, key: work if key == work.id else None)
    return work


def test_a_page_waits_and_goes_on_to_the_review(writer, model, worker):
    """Row 21: something is seen while the model works."""
    from personas.analysing import Analysis

    waiting = proposed(writer, name="Judith")
    assert waiting == reverse("personas:work", args=["some-work"])
    assert "The model is at work" in writer.get(waiting).content.decode()
    worker.is_finished = True
    worker.analysis = Analysis(values={"formality_level": 3}, problems=(), model="A model")
    review = writer.get(waiting).headers["Location"]
    form = opened(writer, review)
    assert (form["name"].value(), form["attrs__formality_level"].value()) == ("Judith", "3")


def test_where_a_worker_fails_the_sample_is_still_there(writer, model, worker):
    """Row 6: nothing has to be pasted again."""
    waiting = proposed(writer, name="Judith")
    worker.is_finished, worker.error = True, ModelError("busy", "The language model is busy.", retryable=True)
    again = opened(writer, writer.get(waiting).context["back"])
    assert (again["name"].value(), again["sample"].value()) == ("Judith", SAMPLE.strip())


def test_work_that_nobody_knows_is_not_there(writer, worker):
    assert writer.get(reverse("personas:work", args=["unknown"])).status_code == 404


# ---- a persona that is there ----


def compared(writer, persona, model, **said):
    model.said = said
    address = proposed(writer, reverse("personas:reanalyse", args=[persona.pk]))
    return address, writer.get(address)


def shown(response):
    return {row.name: (row.stored, row.proposed, row.is_taken) for row in response.context["rows"] if not row.is_same}


def sent(response, *taken):
    return {"take": taken, **response.context["seen"]}


def test_stored_and_proposed_stand_side_by_side(writer, persona, model):
    """Row 9: what is set is not ticked, what is not set yet is, and nothing is stored."""
    _, response = compared(
        writer, persona, model, formality_level=3, tone="wry", sentence_structure="simple", age="old", name="Other"
    )
    assert shown(response) == {
        "formality_level": ("7", "3", False),
        "sentence_structure": ("", "Simple", True),
        "age": ("", "", False),
    }
    assert [row.name for row in response.context["rows"] if row.is_same] == ["tone"]
    assert [row.name for row in response.context["rows"] if row.refused] == ["age"]
    persona.refresh_from_db()
    assert (persona.name, persona.attrs.dump()) == ("Plain", {"formality_level": 7, "tone": "wry"})


def test_only_what_is_ticked_is_taken_over(writer, persona, model):
    """Row 9: and the analysis has served its purpose."""
    address, response = compared(writer, persona, model, formality_level=3, irony_usage=8, age="old")
    after = writer.post(address, sent(response, "irony_usage", "age", "no such thing"), follow=True)
    assert after.redirect_chain[0] == (reverse("personas:persona", args=[persona.pk]), 302)
    assert "1 characteristic has been taken over." in after.content.decode()
    persona.refresh_from_db()
    assert persona.attrs.dump() == {"formality_level": 7, "tone": "wry", "irony_usage": 8}
    assert writer.get(address).status_code == 302


def test_what_has_changed_meanwhile_is_shown_once_more(writer, persona, model):
    """Row 23: nobody takes over what she has not seen beside what is stored."""
    address, response = compared(writer, persona, model, formality_level=3, irony_usage=8)
    Persona.objects.update_attributes({"formality_level": 5})
    again = writer.post(address, sent(response, "formality_level"))
    assert "Meanwhile this persona was changed." in again.content.decode()
    assert shown(again) == {"formality_level": ("5", "3", True), "irony_usage": ("", "8", False)}
    assert [row.name for row in again.context["rows"] if row.has_moved] == ["formality_level"]
    writer.post(address, sent(again, "formality_level"))
    persona.refresh_from_db()
    assert persona.attrs["formality_level"] == 3


def test_an_analysis_is_of_one_persona(writer, ada, persona, model):
    address, _ = compared(writer, persona, model, formality_level=3)
    other = Persona.objects.create(author=ada, name="Other")
    key = address.partition("?")[2]
    moved = writer.get(f"{reverse('personas:compare', args=[other.pk])}?{key}")
    assert moved.headers["Location"] == reverse("personas:reanalyse", args=[other.pk])
