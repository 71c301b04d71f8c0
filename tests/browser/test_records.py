"""Records are made and edited by hand: the form follows what is chosen, says what is wrong, and loses nothing."""

from __future__ import annotations

import re

import pytest
from landregistry.models import Party, Project
from playwright.sync_api import expect

CIHAMPELAS = "Yayasan Pemetaan Tanah Nusantara: Penataan Kampung Cihampelas"
SUMBA = "Yayasan Pemetaan Tanah Nusantara: Pemetaan Tanah Ulayat Sumba Timur"


@pytest.fixture
def editor(person):
    """Give an editor before the form of a new party in Cihampelas."""
    found = person("editor")
    found.window.open(f"/parties/add/?project={Project.objects.get(slug='cihampelas').pk}")
    return found


def errors_of(person, name):
    """Return what is said of an attribute's value."""
    return person.page.locator(f"[data-attribute=attrs__{name}] .errorlist")


def saved(person, name):
    """Return the record once the page says that it has been saved."""
    expect(person.page.get_by_role("status").get_by_text(f"{name} has been saved.")).to_be_visible()
    return Party.objects.get(name=name)


def test_a_record_is_made_and_two_errors_are_met_and_mended(editor):
    editor.write(editor.field("Name"), "Ratna")
    editor.press(editor.field("Agreed to be registered"))
    editor.write(editor.field("Date of birth"), "1990-02-14")
    editor.choose(editor.field("Highest education"), "University or college")
    post_code, phone = editor.field("Post code"), editor.field("Telephone")
    editor.write(post_code, "4013")
    editor.leave()
    if editor.has_scripts:  # it is checked on leaving it
        expect(errors_of(editor, "post_code")).to_be_visible()
    editor.choose(editor.field("Best way to reach them"), "Telephone")
    editor.press(editor.button("Save"))

    expect(editor.page.get_by_role("alert")).to_be_visible()
    for control, name in ((post_code, "post_code"), (phone, "phone")):
        expect(errors_of(editor, name)).to_have_count(1)
        expect(control).to_have_attribute("aria-invalid", "true")
        expect(control).to_have_accessible_description(re.compile(re.escape(errors_of(editor, name).inner_text())))
    if editor.has_scripts:  # axe-core is one
        assert editor.window.violations() == []

    editor.write(post_code, "40131")
    editor.write(phone, "0812-345-678")
    editor.press(editor.button("Save"))
    record = saved(editor, "Ratna")
    assert (record.attrs["post_code"], record.attrs["education"]) == ("40131", "tertiary")
    assert record.attrs["birth_date"].isoformat() == "1990-02-14"


def test_a_record_is_edited_and_what_was_not_touched_stays(person):
    editor, record = person("editor"), Party.objects.get(name="Bambang Hartono")
    before = dict(record.attrs)
    editor.window.open(record.get_absolute_url())
    editor.press(editor.link("Edit"))
    editor.write(editor.field("Village or ward"), "Hegarmanah")
    editor.press(editor.button("Save"))
    assert dict(saved(editor, "Bambang Hartono").attrs) == {**before, "village": "Hegarmanah"}


def test_another_project_changes_the_form_and_loses_nothing(editor):
    editor.write(editor.field("Name"), "Ratna")
    editor.write(editor.field("Village or ward"), "Laihau")
    editor.choose(editor.field("Highest education"), "None")
    editor.choose(editor.field("Project"), SUMBA)
    editor.update()
    expect(editor.field("Clan")).to_be_visible()
    editor.write(editor.field("Clan"), "Anamburung")
    editor.choose(editor.field("Project"), CIHAMPELAS)
    editor.update()
    expect(editor.field("Clan")).to_have_count(0)
    editor.choose(editor.field("Project"), SUMBA)
    editor.update()
    expect(editor.field("Clan")).to_have_value("Anamburung")
    expect(editor.field("Name")).to_have_value("Ratna")
    expect(editor.field("Village or ward")).to_have_value("Laihau")
    editor.press(editor.field("Agreed to be registered"))
    editor.press(editor.button("Save"))
    record = saved(editor, "Ratna")
    assert (record.project.slug, record.attrs["clan"], record.attrs["education"]) == ("sumba", "Anamburung", "none")


def test_questions_appear_with_the_answer_that_they_depend_on(person):
    editor = person("editor")
    editor.window.open(f"/land/add/?project={Project.objects.get(slug='cihampelas').pk}")
    expect(editor.field("What the dispute is about")).to_have_count(0)
    editor.choose(editor.field("Disputed"), "Yes")
    editor.update()
    expect(editor.field("What the dispute is about")).to_be_visible()
    editor.write(editor.field("What the dispute is about"), "The boundary.")
    editor.choose(editor.field("Disputed"), "No")
    editor.update()
    expect(editor.field("What the dispute is about")).to_have_count(0)


def test_a_reference_is_looked_for(person):
    editor, record = person("editor"), Party.objects.get(name="Bambang Hartono")
    editor.window.open(f"{record.get_absolute_url()}edit/")
    search = editor.page.get_by_label("Search the choices")
    editor.write(search, "Yuli")
    if editor.has_scripts:
        editor.page.keyboard.press("Enter")
    else:
        editor.press(editor.button("Search"))
    editor.choose(editor.field("Acts through"), "Yuliana Sari")
    editor.press(editor.button("Save"))
    assert saved(editor, "Bambang Hartono").attrs["agent"].name == "Yuliana Sari"


def test_a_section_that_was_closed_opens_where_there_is_an_error(editor):
    section = editor.page.locator("details", has_text="Contact")
    editor.write(editor.field("Post code"), "4013")
    editor.press(section.locator("summary"))
    expect(editor.field("Post code")).to_have_count(0)
    editor.press(editor.button("Save"))
    expect(errors_of(editor, "post_code")).to_be_visible()
