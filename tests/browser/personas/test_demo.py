"""``make demo`` in a browser: somebody who has no account gets from the first page to a published text."""

from __future__ import annotations

import pytest
from demo import writer
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE
from tests.browser.people import HANDS
from tests.browser.windows import Window
from tests.django.pages.demo import Demo

SAMPLE = """\
The kettle clicked off at four. I carried the cups down the long corridor, past the beds where nobody slept, and I did
not hurry. Can you hear it? The ward hums like a fridge, and I have come to like the sound of it.

You don't wait for the morning. You wait for the kettle, and I've put it on at five ever since.
"""
PASSWORD = "the tide table in the hall"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Start what ``make demo`` starts."""
    started = Demo(tmp_path_factory.mktemp("demo"))
    try:
        started.wait()
        yield started
        assert "Traceback" not in started.output()
    finally:
        started.close()


@pytest.fixture
def opened(demo, chromium):
    """Give what opens a window on it; look at all of them at the end."""
    windows = []

    def open_window(**options):
        options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
        context = chromium.new_context(base_url=demo.address, **options)
        context.set_default_timeout(PATIENCE)
        windows.append(Window(context, demo.address))
        return windows[-1]

    yield open_window
    for window in windows:
        window.close()
    for window in windows:
        window.complain()


@pytest.mark.parametrize("hands", list(HANDS))
def test_from_the_first_page_to_a_published_text(opened, hands):
    """Rows 1, 5, 7, 20, 27 and 31: nobody has to read anything on the way."""
    who = HANDS[hands](opened(java_script_enabled=hands != "no scripts"))
    who.window.open("/")
    who.press(who.link("Open Personas"))
    who.press(who.link("Begin"))
    who.write(who.field("Username"), f"newcomer-{hands.replace(' ', '-')}")
    who.write(who.field("Password"), PASSWORD)
    who.press(who.button("Register"))

    who.press(who.link("Begin with a sample"))
    who.write(who.field("Name of the persona"), "Aunt Judith")
    who.write(who.field("A sample of writing"), SAMPLE)
    who.press(who.button("Analyse"))
    expect(who.page.get_by_text("Nothing is stored yet")).to_be_visible()
    expect(who.field("Name")).to_have_value("Aunt Judith")
    who.press(who.button("Save the persona").first)

    who.press(who.link("Write a text"))
    who.write(who.field("What should the text be about?"), "The first frost of the year")
    who.press(who.button("Write a draft"))
    who.press(who.button("Save and publish"))
    expect(who.page.locator("#messages")).to_contain_text("published")
    expect(who.page.get_by_role("heading", level=1)).to_contain_text("frost")


def test_the_first_page_and_those_of_errors_are_for_everybody(opened):
    """Row 53: for narrow screens, and for people with a keyboard or a screen reader."""
    window = opened()
    window.allowed.add(404)
    found = window.survey({"the first page": "/", "not found": "/no/such/page/"})
    assert not found, found


def test_the_examples_are_a_step_away_from_the_first_page(opened):
    window = opened()
    window.open("/")
    window.picture("demo")
    window.page.get_by_role("link", name="Open the land registry").click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Who holds which land")
    window.page.get_by_role("link", name="Sign in").click()
    expect(window.page.get_by_role("heading", name="Accounts for trying out")).to_be_visible()


def signed_in(window):
    """Sign in as the writer of the demo, and come back to where she wanted to go."""
    window.open("/personas/mine/")
    window.page.get_by_label("Username").fill(writer.USERNAME)
    window.page.get_by_label("Password").fill(writer.PASSWORD)
    window.page.get_by_role("button", name="Sign in").click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Your personas")
    return window


#: Pages of the writer's, by what their pictures in the documentation are called.
PAGES = {
    "personas": "/personas/mine/",
    "personas-table": "/personas/mine/?view=table&attrs__formality_level__lte=5&ordering=-attrs__humor_sarcasm_usage",
    "persona": "/personas/4/",
    "persona-form": "/personas/4/edit/",
    "texts": "/personas/texts/",
    "text": "/personas/texts/5/",
    "characteristics": "/personas/characteristics/",
    "personas-api": "/api/v1/",
}


def test_the_writers_pages_are_for_everybody(opened):
    """Row 53, with the personas and the texts of the demo."""
    found = signed_in(opened()).survey(PAGES)
    assert not found, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_main_pages_are_there_in_both_colour_schemes(opened, scheme):
    window = signed_in(opened(color_scheme=scheme))
    titles = set()
    for name, path in PAGES.items():
        window.open(path)
        titles.add(window.page.title())
        if scheme == "light" or name in ("personas", "persona"):
            window.picture(name if scheme == "light" else f"{name}-dark")
    assert len(titles) == len(PAGES) - 1  # cards and the table are one page


def test_a_review_is_there_before_anything_is_stored(opened):
    """Row 5: what is proposed is marked."""
    window = signed_in(opened())
    window.open("/personas/add/from-sample/")
    window.page.get_by_label("Name of the persona").fill("Aunt Judith")
    window.page.get_by_label("A sample of writing").fill(SAMPLE)
    window.page.get_by_role("button", name="Analyse").click()
    expect(window.page.get_by_text("Nothing is stored yet")).to_be_visible()
    window.picture("persona-review")
    window.open("/personas/mine/")
    expect(window.page.get_by_text("Aunt Judith")).to_have_count(0)
