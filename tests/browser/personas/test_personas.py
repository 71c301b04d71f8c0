"""Personas in a browser: accounts, the list that is asked for anything, deleting, files; in three ways of using it."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from personas.access import author_of
from personas.models import ContentPiece, Persona
from playwright.sync_api import expect

from tests.browser.people import Keyboard
from tests.browser.windows import TELEPHONE

PASSWORD = "correct horse battery"
LIST = "/personas/mine/"


def author():
    """Return the author that the account "editor" is."""
    return author_of(get_user_model().objects.get(username="editor"))


def made(name, **attrs):
    return Persona.objects.create(author=author(), name=name, attrs=attrs)


@pytest.fixture
def ada(person):
    """Give Ada, who has three personas, before her browser."""
    found = person("editor")
    made("Sailor", irony_usage=8, tone="wry", sentence_structure="simple", core_values=["thrift"], empathy_level=9)
    made("Clerk", irony_usage=2, tone="formal", sentence_structure="complex", formality_level=10)
    made("Ghost")
    return found


def told(person, text):
    expect(person.page.locator("#messages").get_by_text(text)).to_be_visible()


def shown(person, *names):
    """Wait until the list shows these personas, in this order."""
    expect(person.page.locator("#personas :is(h2, th) > a[href$='/']")).to_have_text(names)


def axe(person):
    return person.window.violations() if person.has_scripts else []


# ---- accounts ----


def test_one_registers_leaves_and_comes_back_to_where_one_was(person):
    """Rows 1, 2 and 20: with a word after each step."""
    somebody = person()
    somebody.window.open("/personas/")
    somebody.press(somebody.link("Begin"))
    somebody.write(somebody.field("Username"), "grace")
    somebody.write(somebody.field("Password"), "12345")
    somebody.press(somebody.button("Register"))
    expect(somebody.field("Password")).to_have_accessible_description(re.compile("too short"))
    somebody.write(somebody.field("Password"), PASSWORD)
    somebody.press(somebody.button("Register"))
    told(somebody, "Welcome, grace.")
    expect(somebody.page.get_by_role("heading", name="No personas yet")).to_be_visible()

    somebody.press(somebody.button("Sign out"))
    told(somebody, "You are signed out.")
    somebody.window.open(f"{LIST}?view=table")
    somebody.write(somebody.field("Username"), "grace")
    somebody.write(somebody.field("Password"), PASSWORD)
    somebody.press(somebody.button("Sign in"))
    expect(somebody.page).to_have_url(re.compile(r"/mine/\?view=table$"))


def test_a_session_that_has_ended_takes_to_signing_in_and_back(ada):
    """Row 2: also where only a part of the page was asked for."""
    ada.window.open(LIST)
    Session.objects.all().delete()
    ada.press(ada.button("Show"))
    expect(ada.page).to_have_url(re.compile(r"/sign-in/\?next="))
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_what_was_typed_outlives_the_session(ada):
    """Row 2: it is carried through signing in."""
    ada.window.open(f"/personas/{Persona.objects.get(name='Sailor').pk}/edit/")
    ada.write(ada.field("Description"), "Two winters in the making")
    Session.objects.all().delete()
    user = get_user_model().objects.get(username="editor")
    user.set_password(PASSWORD)
    user.save()
    ada.press(ada.button("Save"))
    ada.write(ada.field("Username"), "editor")
    ada.write(ada.field("Password"), PASSWORD)
    ada.press(ada.button("Sign in"))
    ada.press(ada.button("Go on with what you typed"))
    told(ada, "Sailor has been saved.")
    assert Persona.objects.get(name="Sailor").description == "Two winters in the making"


# ---- the list ----


def asked(person):
    """Let the list follow what was typed or chosen: for who has a mouse it does so by itself."""
    if isinstance(person, Keyboard) or not person.has_scripts:
        person.press(person.button("Show"))
    else:
        person.leave()


def test_a_list_is_filtered_by_any_characteristic_and_ordered_by_another(ada):
    """Rows 11, 12 and 13: a filter is added, filled in and taken away."""
    ada.window.open(LIST)
    shown(ada, "Ghost", "Clerk", "Sailor")
    ada.choose(ada.field("Add a filter"), "Irony")
    asked(ada)
    control = ada.page.get_by_role("group", name="Irony")
    ada.write(control.get_by_label("from"), "1")
    asked(ada)
    shown(ada, "Clerk", "Sailor")
    ada.choose(ada.field("Order"), "Irony, highest first")
    asked(ada)
    shown(ada, "Sailor", "Clerk")
    expect(ada.page.locator(".persona").first).to_contain_text("Irony8")
    assert axe(ada) == []

    ada.choose(ada.field("Add a filter"), "Sentences")
    asked(ada)
    ada.press(ada.field("Complex"))
    asked(ada)
    shown(ada, "Clerk")
    address = ada.page.url
    ada.press(ada.page.get_by_role("link", name="Take away: Sentences: Complex"))
    shown(ada, "Sailor", "Clerk")
    ada.window.open(address)  # the address holds all of it
    shown(ada, "Clerk")
    ada.press(ada.link("Show all"))
    shown(ada, "Ghost", "Clerk", "Sailor")


def test_a_table_is_ordered_by_its_heads(ada):
    """Rows 11 and 12."""
    ada.window.open(LIST)
    ada.press(ada.link("Table"))
    ada.press(ada.page.get_by_role("columnheader", name="Formality").get_by_role("link"))
    expect(ada.page.get_by_role("columnheader", name="Formality")).to_have_attribute("aria-sort", "descending")
    shown(ada, "Clerk", "Ghost", "Sailor")
    ada.press(ada.page.get_by_role("columnheader", name="Formality").get_by_role("link"))
    expect(ada.page.get_by_role("columnheader", name="Formality")).to_have_attribute("aria-sort", "ascending")
    ada.press(ada.page.get_by_text("Columns", exact=True))
    ada.press(ada.page.get_by_role("checkbox", name="Empathy"))
    asked(ada)
    expect(ada.page.get_by_role("columnheader", name="Empathy")).to_be_visible()
    assert axe(ada) == []


def test_a_question_that_makes_no_sense_is_answered(ada):
    """Row 13: what is passed over is said, and there is a way out."""
    ada.window.open(f"{LIST}?attrs__formalty_level__gte=3")
    expect(ada.page.get_by_role("alert")).to_contain_text("Did you mean Formality?")
    assert axe(ada) == []
    ada.press(ada.link("Show all"))
    expect(ada.page.get_by_role("alert")).to_have_count(0)


def test_a_filter_that_does_not_arrive_is_told(open_window):
    """Rows 20 and 21: there is a sign while one waits, and a word where it was in vain."""
    window, held = open_window("editor"), []
    window.allowed |= {"htmx:sendError", "htmx:afterRequest"}  # htmx tells the console, too
    made("Sailor")
    window.open(LIST)
    window.page.route(re.compile("ordering=name"), lambda route: held.insert(0, route))
    window.page.get_by_label("Order").select_option("name")
    expect(window.page.locator(".finder .indicator")).to_be_visible()
    held[0].abort()
    expect(window.page.get_by_role("alert")).to_contain_text("The server could not be reached.")
    expect(window.page.locator(".finder .indicator")).to_be_hidden()


# ---- one ----


def test_a_persona_is_seen_as_a_picture_and_in_words(ada):
    """Rows 16 and 53: the picture says what it shows."""
    ada.window.open(LIST)
    ada.press(ada.link("Sailor"))
    expect(ada.page.get_by_role("img", name="2 of 52 ratings are set.")).to_be_visible()
    section = ada.page.get_by_role("region", name="Figurative language")
    expect(section.get_by_role("definition")).to_have_text("8 of 10")
    assert axe(ada) == []


def test_deleting_is_asked_first_and_may_be_left(ada):
    """Rows 24, 25 and 26: it says what goes with it; keeping it keeps it."""
    sailor = Persona.objects.get(name="Sailor")
    ContentPiece.objects.create(persona=sailor, title="Waves")
    ada.window.open(f"/personas/{sailor.pk}/")
    ada.press(ada.link("Delete"))
    if ada.has_scripts:
        expect(ada.page.get_by_role("dialog", name="Delete “Sailor”?")).to_be_visible()
    expect(ada.link("Keep it")).to_be_focused()
    expect(ada.page.get_by_text("1 text in this voice goes with it.")).to_be_visible()
    assert axe(ada) == []
    ada.press(ada.link("Keep it"))
    expect(ada.page.get_by_role("dialog")).to_have_count(0)
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Sailor")
    assert Persona.objects.filter(pk=sailor.pk).exists()

    if ada.has_scripts:
        expect(ada.link("Delete")).to_be_focused()  # where one was
        ada.press(ada.link("Delete"))
        ada.page.get_by_role("dialog").wait_for()
        ada.page.keyboard.press("Escape")
        expect(ada.page.get_by_role("dialog")).to_have_count(0)
    ada.press(ada.link("Delete"))
    ada.press(ada.button("Delete"))
    told(ada, "“Sailor” has been deleted, and 1 text with it.")
    shown(ada, "Ghost", "Clerk")
    assert not ContentPiece.objects.exists()


# ---- files ----


def test_personas_go_out_and_come_in(ada, tmp_path):
    """Row 34: those that were chosen, and a file in which something is wrong."""
    ada.window.open(LIST)
    for name in ("Sailor", "Clerk"):
        ada.press(ada.page.get_by_role("checkbox", name=re.compile(name)))
    with ada.page.expect_download() as download:
        ada.press(ada.button("Export those chosen"))
    path = tmp_path / "personas.json"
    download.value.save_as(path)
    Persona.objects.all().delete()

    ada.window.open("/personas/mine/import/")
    ada.field("File").set_input_files(path)
    ada.press(ada.button("Import"))
    told(ada, "“Clerk”, “Sailor” have been imported.")

    document = json.loads(path.read_text(encoding="utf-8"))
    document["personas"][0]["attributes"]["formality_level"] = 11
    path.write_text(json.dumps(document), encoding="utf-8")
    ada.window.allowed.add(422)
    ada.window.open("/personas/mine/import/")
    ada.field("File").set_input_files(path)
    ada.press(ada.button("Import"))
    expect(ada.page.get_by_role("alert")).to_contain_text("Nothing has been imported")
    expect(ada.page.get_by_role("alert")).to_contain_text("Persona 1, Clerk")
    assert axe(ada) == []
    assert Persona.objects.count() == 2


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_on_a_telephone_filters_are_closed_until_somebody_opens_them(open_window, has_scripts):
    """Row 53: the first screen has personas, and what is asked stays in sight."""
    window = open_window("editor", viewport=TELEPHONE, java_script_enabled=has_scripts)
    made("Sailor", irony_usage=8)
    window.open(LIST)
    name = window.page.get_by_label("Name contains")
    expect(name).to_be_hidden()
    expect(window.page.get_by_role("link", name="Sailor", exact=True)).to_be_in_viewport()
    window.page.get_by_text("Filter and order").click()
    name.fill("sail")
    name.press("Enter")
    expect(window.page).to_have_url(re.compile("name=sail"))
    expect(name).to_have_value("sail")
    expect(name).to_be_visible()
    window.open(f"{LIST}?page=1")
    expect(name).to_be_hidden()
    window.page.set_viewport_size({"width": 600, "height": 900})
    expect(name).to_be_visible()
    expect(window.page.get_by_text("Filter and order")).to_be_hidden()


# ---- long names ----


def test_a_long_name_takes_two_lines_of_a_card_and_breaks_where_one_is(open_window):
    """Row 53: whatever a persona is called, its neighbours stay as they are."""
    window = open_window("editor", viewport=TELEPHONE)
    persona = made("W" * 100, irony_usage=4)
    window.open(LIST)
    name = window.page.get_by_role("link", name=persona.name, exact=True)
    lines = "name => name.getBoundingClientRect().height / parseFloat(getComputedStyle(name).lineHeight)"
    assert name.evaluate(lines) <= 2.1
    window.open(f"/personas/{persona.pk}/")
    tops = "parts => parts.map((part) => part.getClientRects()[0].top)"
    first, second = window.page.locator(".path li").evaluate_all(tops)
    assert first == second


# ---- all of them ----


def test_pages_can_be_used_by_everybody(open_window):
    """Row 53: on a telephone, in the dark, and with a screen reader."""
    visitor = open_window()
    pages = {"home": "/personas/", "registering": "/personas/register/", "signing in": "/personas/sign-in/"}
    assert visitor.survey(pages) == ""
    window = open_window("editor")
    assert window.survey({"no personas": LIST}) == ""
    harmful = "<script>alert(1)</script>" * 2
    full = made(
        "W" * 100, irony_usage=10, tone=harmful, core_values=[harmful, "x" * 100], professional_background="y" * 200
    )
    Persona.objects.filter(pk=full.pk).update(is_active=False, description="z" * 2_000)
    made("Ghost")
    pages = {
        "cards": LIST,
        "a table": f"{LIST}?view=table&column=core_values&column=professional_background",
        "filters": f"{LIST}?attrs__irony_usage__gte=1&filter=core_values&filter=sentence_structure",
        "nothing found": f"{LIST}?name=nobody",
        "a persona": f"/personas/{full.pk}/",
        "one without characteristics": f"/personas/{Persona.objects.get(name='Ghost').pk}/",
        "deleting": f"/personas/{full.pk}/delete/",
        "importing": "/personas/mine/import/",
    }
    assert window.survey(pages) == ""
