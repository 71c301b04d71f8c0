"""The pages of the example: nothing goes wrong in them, and everybody can use them."""

from __future__ import annotations

import re

import pytest
from landregistry.accounts import PASSWORD
from landregistry.models import Party, Project, SpatialUnit

#: Pages that anybody may see.
PUBLIC = {
    "home": "/",
    "an organisation": "/organizations/nusantara/",
    "a project": "/projects/{project}/",
    "parties": "/parties/",
    "parties of a project": "/parties/?in=nusantara/cihampelas&type=IN",
    "parties that were looked for": "/parties/?in=nusantara&attrs__gender=female&ordering=-attrs__birth_date",
    "no parties": "/parties/?name__icontains=nobody",
    "land": "/land/",
    "land of a project": "/land/?in=nusantara/cihampelas&type=PA",
    "a party": "/parties/{party}/",
    "land of somebody": "/land/{unit}/",
    "signing in": "/sign-in/",
}
#: Pages for those who edit.
EDITORS = {
    **{name: PUBLIC[name] for name in ("home", "parties", "a party", "land of somebody")},
    "adding a party": "/parties/add/?project={project}",
    "editing a party": "/parties/{party}/edit/",
    "adding land": "/land/add/?project={project}",
    "editing land": "/land/{unit}/edit/",
    "editing a project": "/projects/{project}/edit/",
}


@pytest.fixture
def addresses(register):
    """Give what fills the keys of records into addresses."""
    register()
    keys = {
        "project": Project.objects.get(slug="cihampelas").pk,
        "party": Party.objects.get(name="Bambang Hartono").pk,
        "unit": SpatialUnit.objects.get(name="Blok A 3").pk,
    }
    return lambda pages: {name: path.format(**keys) for name, path in pages.items()}


def test_anybody_can_use_what_everybody_may_see(open_window, addresses):
    assert open_window().survey(addresses(PUBLIC)) == ""


def test_any_editor_can_use_what_is_for_editors(open_window, addresses):
    assert open_window("editor").survey(addresses(EDITORS)) == ""


def test_a_refusal_is_a_page_as_well(open_window, addresses):
    window = open_window("schemas")
    window.allowed = {403, 404}
    assert window.survey(addresses({"nobody": "/parties/0/", "another's": "/parties/{party}/edit/"})) == ""


def test_people_sign_in_and_out(person):
    reader = person()
    reader.window.open("/parties/")
    reader.press(reader.link("Sign in"))
    reader.write(reader.field("Username"), "editor")
    reader.write(reader.field("Password"), PASSWORD)
    reader.press(reader.button("Sign in"))
    reader.page.wait_for_url("**/parties/")
    reader.press(reader.button("Sign out"))
    reader.link("Sign in").wait_for()


def test_the_site_is_in_the_language_of_the_reader(person):
    reader = person()
    reader.window.open("/parties/?in=nusantara/cihampelas&type=IN")
    assert reader.page.get_by_role("columnheader", name="Day of registration").is_visible()
    reader.press(reader.button("Bahasa Indonesia"))
    reader.page.get_by_role("columnheader", name="Tanggal pendaftaran").wait_for()
    assert reader.page.locator("html").get_attribute("lang") == "id"


def test_records_are_filtered_and_ordered(person):
    reader = person()
    reader.window.open("/parties/?in=nusantara/cihampelas&type=IN")
    reader.press(reader.page.get_by_text(re.compile("^Filters")))
    reader.choose(reader.field("Highest education"), "University or college")
    reader.press(reader.button("Show"))
    reader.page.get_by_text("2 records").wait_for()
    reader.press(reader.link("Day of registration"))
    heads = reader.page.locator("tbody th")
    reader.page.locator("th[aria-sort=ascending]").wait_for()
    assert heads.all_inner_texts()[0] == "Rina Marlinawati"
