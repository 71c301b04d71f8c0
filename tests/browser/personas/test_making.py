"""Personas in a browser: made by hand or from a sample, edited in two windows, with characteristics of one's own."""

from __future__ import annotations

import re
import threading
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from personas.access import author_of
from personas.analysing import Analysis
from personas.characteristics import add
from personas.models import Persona
from personas.schema import schema_of
from personas.work import Work
from playwright.sync_api import expect

from jsonattrs_core import Attribute

SAMPLE = "It is not that I mind, but the kettle has been on for an hour and nobody has so much as looked at it. " * 2


def author():
    return author_of(get_user_model().objects.get(username="editor"))


@pytest.fixture
def ada(person):
    """Give Ada before her browser: with a mouse, without scripts, by keys."""
    return person("editor")


@pytest.fixture
def window(open_window):
    """Give a window of Ada's."""
    return open_window("editor")


@pytest.fixture
def model(monkeypatch):
    """Give a language model that says what a test wants."""
    found = SimpleNamespace(label="A model of a test", said={"formality_level": 3}, analyse=lambda *_: found.said)
    monkeypatch.setattr("personas.analysing.language_model", lambda: found)
    return found


def stored():
    return Persona.objects.get()


def section(page, title):
    return page.locator("details", has=page.locator("summary", has_text=title))


def told(page, text):
    expect(page.locator("#messages")).to_contain_text(text)


def field(page, label):
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*$"))


# ---- by hand ----


def test_a_persona_is_made_by_hand(ada):
    """Rows 17, 18, 20 and 22: from a blank form, in sections that open."""
    ada.window.open("/personas/add/")
    ada.write(ada.field("Name"), "Aunt Judith")
    ada.write(ada.field("Formality"), "8")
    ada.press(ada.page.locator("summary", has_text="Choices"))
    ada.choose(ada.field("Sentences"), "Varied")
    ada.press(ada.button("Save"))
    told(ada.page, "Aunt Judith has been saved.")
    assert stored().attrs.dump() == {"formality_level": 8, "sentence_structure": "varied"}
    assert ada.page.url.endswith(f"/personas/{stored().pk}/")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(ada):
    """Rows 19 and 20: as soon as the field is left, and once more by the server when the form is sent."""
    ada.window.open("/personas/add/")
    ada.write(ada.field("Name"), "Aunt Judith")
    formality = ada.field("Formality")
    ada.write(formality, "11")
    ada.leave()
    message = ada.page.get_by_text("The value must be 10 or less.")
    if ada.has_scripts:
        expect(message).to_be_visible()
        expect(formality).to_have_attribute("aria-invalid", "true")
    ada.press(ada.button("Save"))
    refusals = ada.page.get_by_role("alert")
    expect(refusals).to_contain_text("Nothing has been saved yet.")
    expect(refusals).to_be_focused()
    expect(refusals).to_be_in_viewport()
    message = ada.page.locator(".jsonattrs-field").get_by_text("The value must be 10 or less.")
    expect(message).to_be_visible()
    expect(formality).to_have_accessible_description(re.compile("The value must be 10 or less"))
    assert not Persona.objects.exists()
    assert not ada.has_scripts or ada.window.violations() == []
    ada.press(ada.link("Formality", within=refusals))
    expect(formality).to_be_focused()

    ada.write(formality, "10")
    ada.leave()
    if ada.has_scripts:
        expect(message).to_be_hidden()
    ada.press(ada.button("Save"))
    told(ada.page, "Aunt Judith has been saved.")


def test_a_form_is_not_left_by_mistake(window):
    """Row 20: once something was changed, the browser asks; sending it is no leaving."""
    page, asked = window.page, []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    window.open("/personas/add/")
    page.get_by_role("link", name="Cancel").click()  # nothing was typed
    expect(page).to_have_url(re.compile("/mine/"))
    window.open("/personas/add/")
    field(page, "Name").fill("Judith")
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    expect(field(page, "Name")).to_have_value("Judith")
    page.get_by_role("button", name="Save").click()
    told(page, "Judith has been saved.")
    assert asked == ["beforeunload"]


def test_a_section_with_an_error_opens(window):
    """Row 18: also one that was closed over it; the others stay as they are."""
    page = window.page
    window.open("/personas/add/")
    personality = section(page, "Personality")
    personality.locator("summary").click()
    field(page, "Name").fill("Judith")
    field(page, "Empathy").fill("x")
    personality.locator("summary").click()
    expect(personality.get_by_text("1 to see to")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(personality).to_have_attribute("open", "")
    expect(personality.get_by_text("1 to see to")).to_be_visible()
    expect(field(page, "Empathy")).to_have_value("x")
    expect(section(page, "Choices")).not_to_have_attribute("open", "")


def test_there_is_an_input_for_each_characteristic(window):
    """Row 17: each has a name that is heard, and the control of its type."""
    window.open("/personas/add/")
    page, schema = window.page, schema_of(author())
    while page.locator("details:not([open]) > summary").count():
        page.locator("details:not([open]) > summary").first.click()
    controls = page.locator("[data-attribute] :is(input, select, textarea):not([type=hidden])")
    expect(controls).to_have_count(len(schema))
    kinds = controls.evaluate_all("all => Object.fromEntries(all.map(each => [each.name.slice(7), each.localName]))")
    chosen = {name for name, each in schema.items() if each.choices}
    assert {name for name, kind in kinds.items() if kind == "select"} == chosen
    for name, attribute in schema.items():
        expect(page.locator(f"[name=attrs__{name}]")).to_have_accessible_name(attribute.label)


def test_a_slider_and_the_number_beside_it_are_one_thing(window):
    """Row 17: a rating can be drawn, and what is set is counted."""
    page = window.page
    window.open("/personas/add/")
    field(page, "Name").fill("Judith")
    slider, number = page.get_by_label("Formality, by a slider"), field(page, "Formality")
    slider.fill("7")
    expect(number).to_have_value("7")
    expect(section(page, "Language mechanics").get_by_text("1 of 17 set")).to_be_visible()
    number.fill("4")
    expect(slider).to_have_value("4")
    slider.fill("0")
    expect(number).to_have_value("")
    expect(section(page, "Language mechanics").get_by_text("0 of 17 set")).to_be_visible()
    field(page, "Hedging").fill("2")
    page.get_by_role("button", name="Save").click()
    told(page, "Judith has been saved.")
    assert stored().attrs.dump() == {"hedging_language_frequency": 2}


def test_two_windows_are_merged_and_conflicts_are_told(open_window):
    """Row 23: neither loses what only one has changed; of what both have, the later one decides."""
    persona = Persona.objects.create(author=author(), name="Plain", attrs={"formality_level": 5})
    first, second = open_window("editor").page, open_window("editor").page
    for page in (first, second):
        page.goto(f"/personas/{persona.pk}/edit/")
    field(first, "Formality").fill("3")
    field(first, "Hedging").fill("2")
    first.get_by_role("button", name="Save").click()
    told(first, "Plain has been saved.")

    field(second, "Name").fill("Renamed")
    field(second, "Formality").fill("9")
    second.get_by_role("button", name="Save").click()
    expect(
        second.get_by_text("Meanwhile this was set to “3” elsewhere. Save again to keep yours.", exact=True)
    ).to_be_visible()
    assert stored().name == "Plain"
    second.get_by_role("button", name="Save").click()
    told(second, "Renamed has been saved.")
    assert stored().attrs.dump() == {"formality_level": 9, "hedging_language_frequency": 2}


# ---- from a sample ----


def test_a_sample_is_reviewed_before_anything_is_stored(ada, model):
    """Rows 5 to 8: proposals are marked, what is refused is said, the name stays, and one saves what one has seen."""
    model.said = {"formality_level": 3, "irony_usage": 8, "hedging_language_frequency": 99, "name": "Another"}
    ada.window.open("/personas/add/from-sample/")
    ada.write(ada.field("Name of the persona"), "Aunt Judith")
    ada.write(ada.field("A sample of writing"), SAMPLE)
    ada.press(ada.button("Analyse"))
    page = ada.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Review before saving")
    expect(page.get_by_text("2 characteristics are proposed, each marked below.")).to_be_visible()
    expect(ada.field("Name")).to_have_value("Aunt Judith")
    expect(page.locator(".proposed", has=ada.field("Formality"))).to_contain_text("Proposed")
    hedging = page.locator(".jsonattrs-field", has=ada.field("Hedging"))
    expect(hedging).to_contain_text("What the model proposed is refused. The value must be 10 or less.")
    expect(section(page, "Figurative language").get_by_text("1 proposed")).to_be_visible()
    assert not Persona.objects.exists()
    assert not ada.has_scripts or ada.window.violations() == []

    ada.write(ada.field("Formality"), "4")
    ada.press(ada.button("Save the persona"))
    told(page, "Aunt Judith has been saved.")
    assert (stored().name, stored().attrs.dump()) == ("Aunt Judith", {"formality_level": 4, "irony_usage": 8})


def test_one_sees_that_the_model_is_at_work_and_cannot_ask_twice(window, model):
    """Row 21: something turns while the model works, and the button waits."""
    may_go_on = threading.Event()

    def analyse(*_):
        assert may_go_on.wait(20)
        return {"formality_level": 3}

    model.analyse = analyse
    page = window.page
    window.open("/personas/add/from-sample/")
    expect(page.get_by_text("Reading the sample")).to_be_hidden()
    field(page, "A sample of writing").fill(SAMPLE)
    page.get_by_role("button", name="Analyse").click()
    expect(page.get_by_text("Reading the sample")).to_be_visible()
    expect(page.get_by_role("button", name="Analyse")).to_be_disabled()
    may_go_on.set()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review before saving")


def test_a_page_waits_for_a_worker_and_goes_on_by_itself(ada, monkeypatch):
    """Row 21: without scripts there is a button to look again."""
    work = Work(id="some-work", is_finished=False)
    monkeypatch.setattr("personas.pages.sampling.start_analysis", lambda author, sample: work)
    monkeypatch.setattr("personas.pages.working.find", lambda author, key: work)
    ada.window.open("/personas/add/from-sample/")
    ada.write(ada.field("A sample of writing"), SAMPLE)
    ada.press(ada.button("Analyse"))
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("The model is at work")
    assert not ada.has_scripts or ada.window.violations() == []
    work.analysis = Analysis(values={"formality_level": 3}, problems=(), model="A model")
    work.is_finished = True
    if not ada.has_scripts:
        ada.press(ada.button("Look again"))
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Review before saving")
    expect(ada.field("Formality")).to_have_value("3")


def test_a_sample_that_is_too_short_is_refused_and_still_there(ada, model):
    """Rows 6 and 20: a message beside the field."""
    ada.window.open("/personas/add/from-sample/")
    sample = ada.field("A sample of writing")
    ada.write(sample, "Too short.")
    ada.press(ada.button("Analyse"))
    expect(ada.page.get_by_text("Use at least 30 words.")).to_be_visible()
    expect(sample).to_have_value("Too short.")
    expect(sample).to_have_attribute("aria-invalid", "true")


def test_another_sample_is_compared_and_chosen_from(ada, model):
    """Row 9: what is stored and what is proposed side by side; only what is ticked is taken over."""
    persona = Persona.objects.create(author=author(), name="Plain", attrs={"formality_level": 7, "tone": "wry"})
    model.said = {"formality_level": 3, "irony_usage": 8, "tone": "wry", "empathy_level": 2}
    ada.window.open(f"/personas/{persona.pk}/from-sample/")
    ada.write(ada.field("A sample of writing"), SAMPLE)
    ada.press(ada.button("Analyse"))
    page = ada.page
    expect(page.get_by_role("row", name=re.compile("Formality.*7.*3"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Tone.*wry.*the same"))).to_be_visible()
    expect(page.get_by_role("checkbox", name="Take over Formality")).not_to_be_checked()
    assert not ada.has_scripts or ada.window.violations() == []
    ada.press(page.get_by_role("checkbox", name="Take over Formality"))
    ada.press(page.get_by_role("checkbox", name="Take over Empathy"))  # which was ticked
    ada.press(ada.button("Take over what is ticked"))
    told(page, "2 characteristics have been taken over.")
    assert stored().attrs.dump() == {"formality_level": 3, "irony_usage": 8, "tone": "wry"}


# ---- own characteristics ----


def test_an_author_has_characteristics_of_her_own_and_hides_others(ada):
    """Row 17: they are asked for like all others, and nobody sees JSON."""
    page = ada.page
    ada.window.open("/personas/characteristics/")
    ada.press(ada.link("Add a characteristic"))
    ada.write(ada.field("What it is called"), "Mood")
    if ada.has_scripts:
        expect(page.get_by_label("Choices", exact=True)).to_be_hidden()
    ada.choose(ada.field("Kind"), "One of several choices")
    ada.write(ada.field("Choices"), "good\nbad")
    ada.press(ada.button("Add"))
    told(page, "Mood has been added.")
    ada.press(ada.page.get_by_role("checkbox", name="Formality"))
    ada.press(ada.button("Save what is shown"))
    told(page, "1 characteristic is hidden now.")

    ada.window.open("/personas/add/")
    ada.write(ada.field("Name"), "Judith")
    ada.press(page.locator("summary", has_text="Your own"))
    ada.choose(ada.field("Mood"), "bad")
    expect(page.get_by_label("Formality", exact=True)).to_have_count(0)
    ada.press(ada.button("Save"))
    told(page, "Judith has been saved.")
    assert stored().attrs.dump() == {"own_mood": "bad"}

    ada.window.open("/personas/characteristics/")
    ada.press(ada.button("Retire Mood"))
    told(page, "Mood has been retired.")
    ada.press(ada.button("Restore Mood"))
    told(page, "Mood is there again")
    assert stored().attrs.dump() == {"own_mood": "bad"}


# ---- how they look ----


def test_pages_can_be_read_by_everybody_on_any_screen(window, model):
    """Row 53: in light and dark, as narrow as a telephone, and by those who listen."""
    add(author(), Attribute(type="text", label="A characteristic with quite a long name", group="own"))
    persona = Persona.objects.create(author=author(), name="A name " * 14, attrs={"formality_level": 7})
    model.said = {"formality_level": 3, "irony_usage": 8, "age": "about thirty"}
    reviews = {name: _proposed(window, path) for name, path in _samples(persona).items()}
    pages = {
        "add": "/personas/add/",
        "edit": f"/personas/{persona.pk}/edit/",
        "sample": "/personas/add/from-sample/",
        "characteristics": "/personas/characteristics/",
        "add a characteristic": "/personas/characteristics/add/",
        "edit a characteristic": "/personas/characteristics/own_a_characteristic_with_quite_a_long_name/",
    }
    assert window.survey({**pages, **reviews}) == ""


def _samples(persona):
    return {"review": "/personas/add/from-sample/", "compare": f"/personas/{persona.pk}/from-sample/"}


def _proposed(window, path):
    """Have a sample analysed; give the address of the page where it is reviewed."""
    window.open(path)
    field(window.page, "A sample of writing").fill(SAMPLE)
    window.page.get_by_role("button", name="Analyse").click()
    window.page.wait_for_url("**/review/?work=*")
    return window.page.url
