"""People who have never seen JSON decide what is recorded: in the schema editor, and then in the form that it makes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from landregistry.models import Party, Project
from playwright.sync_api import expect

SCHEMAS = "/admin/jsonattrs/schemarecord/"
#: What the new attributes are to hold, by the names that are made of their labels.
NEW = {
    "post_code_of_the_office": "40131",
    "families": 5,
    "has_a_meeting_place": True,
    "where_they_meet": "Balai warga",
    "how_decisions_are_made": "consensus",
    "founded_on": date(2001, 3, 4),
}
SCOPE = {"Organization": "Yayasan Pemetaan Tanah Nusantara", "Project": "Penataan Kampung Cihampelas", "Type": "Group"}


class Builder:
    """A person who builds a schema, in her own way."""

    def __init__(self, person):
        self.person = person
        self.page = person.page

    def go_to_scope(self):
        """Go from the admin's first page to the schema of a scope that has none."""
        self.person.window.open("/admin/")
        self.person.press(self.person.link("Schemas", within=self.page.locator("#content")))
        parties = self.page.get_by_role("region", name="Parties")
        self.person.press(self.person.link("Schema for another scope…", within=parties))
        for label, choice in SCOPE.items():
            self.person.choose(self.person.field(label), choice)
        self.person.press(self.person.button("Go to its schema"))
        expect(self.page.get_by_text("There is no schema for this scope alone.")).to_be_visible()

    def add(self, label, kind, **more):
        """Add an attribute to the draft."""
        self.person.press(self.person.link("Add an attribute"))
        self.choose_type(kind)
        self.person.write(self.person.field("Label, English"), label)
        for name, given in more.items():
            getattr(self, f"give_{name}")(given)
        self.page.wait_for_load_state("networkidle")  # a person sees what belongs to the type before she goes on
        self.person.press(self.person.button("Keep in the draft"))
        expect(self.page.get_by_text("Kept in the draft.")).to_be_visible()
        own = self.page.get_by_role("region", name="Attributes of this scope")
        expect(own.get_by_text(label, exact=True)).to_be_visible()

    def choose_type(self, kind):
        """Choose a type; the form shows what belongs to it."""
        radio = self.page.get_by_role("radio", name=re.compile(f"^{kind} [A-Z]"))
        if not radio.is_checked():
            self.person.press(radio)
            if not self.person.has_scripts:
                self.person.press(self.person.button("Show what belongs to this type").first)
        expect(radio).to_be_checked()

    def open(self, title):
        """Open a section of the form."""
        section = self.page.locator("details", has=self.page.get_by_role("heading", name=title, exact=True))
        if section.get_attribute("open") is None:
            self.person.press(section.locator("summary").first)

    def give_translation(self, text):
        """Give the label in a second language."""
        self.person.press(self.page.get_by_text("In other languages").first)
        self.person.write(self.person.field("Label, Bahasa Indonesia"), text)

    def give_subtype(self, given):
        """Choose a detailed type: by searching, or in the list that there is without scripts."""
        words, country, name = given
        if self.person.has_scripts:
            self.person.write(self.page.get_by_role("combobox", name="Detailed type"), words)
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")
            expect(self.page.locator(".ja-chosen")).to_contain_text(re.compile(f"{name}.*{country}"))
        else:
            select = self.person.field("Detailed type")
            group = select.locator(f"optgroup[label='{country}'] option", has_text=name)
            select.select_option(value=group.first.get_attribute("value"))

    def give_limits(self, limits):
        """Fill in limits."""
        self.open("Limits")
        for label, text in limits.items():
            self.person.write(self.person.field(label), text)

    def give_choices(self, choices):
        """Fill in choices with a label in each language."""
        self.open("Choices")
        for number, (value, english, indonesian) in enumerate(choices, 1):
            self.person.write(self.person.field(f"Value of choice {number}"), value)
            self.person.write(self.person.field(f"Label, English of choice {number}"), english)
            self.person.write(self.person.field(f"Label, Bahasa Indonesia of choice {number}"), indonesian)

    def give_condition(self, condition):
        """Build the condition under which it is shown, from an attribute, a comparison and a value."""
        self.open("When it is asked")
        adding = self.page.locator("[data-ja-compare]", has=self.page.locator("[name=visible_if__of]"))
        attribute, comparison, value = condition
        self.person.choose(self.person.field("Attribute", within=adding), attribute)
        self.person.choose(self.person.field("Comparison", within=adding), comparison)
        self.person.write(self.person.field("Value", within=adding), value)
        self.person.press(self.person.button("Add", within=adding))
        expect(self.person.field("Shown only if")).not_to_have_value("")


@pytest.fixture
def builder(person):
    """Give an administrator who builds schemas."""
    return Builder(person("admin"))


def test_a_schema_is_built_and_records_are_made_under_it(builder, person):
    builder.go_to_scope()
    builder.add("Post code of the office", "Text", subtype=("post code indonesia", "Indonesia", "Post code"))
    builder.add("Families", "Whole number", limits={"Least value": "1"})
    builder.add("Has a meeting place", "Yes or no", translation="Punya tempat pertemuan")
    builder.add("Where they meet", "Text", condition=("Has a meeting place", "is", "yes"))
    builder.add(
        "How decisions are made",
        "Text",
        choices=[("vote", "By vote", "Pemungutan suara"), ("consensus", "By consensus", "Musyawarah")],
    )
    builder.add("Founded on", "Date")
    admin, page = builder.person, builder.page

    preview = page.get_by_role("region", name="Preview of the form")
    expect(admin.field("Post code of the office", within=preview)).to_be_visible()
    expect(admin.field("Where they meet", within=preview)).to_have_count(0)
    admin.press(admin.button("Bahasa Indonesia", within=preview))
    expect(admin.field("Punya tempat pertemuan", within=preview)).to_be_visible()
    assert Party.objects.get(name="Keluarga Sumarna").attrs.get("families") is None
    admin.window.open(page.url.replace("preview/", ""))
    admin.press(admin.link("Review and publish"))
    admin.press(admin.button("Publish"))
    expect(page.get_by_text("It is in force from now on.")).to_be_visible()

    editor = person("editor")
    project = Project.objects.get(slug="cihampelas")
    editor.window.open(f"/parties/add/?project={project.pk}&type=GR")
    editor.write(editor.field("Name"), "Warga Baru")
    editor.press(editor.field("Agreed to be registered"))
    editor.write(editor.field("Number of members"), "12")
    editor.write(editor.field("Post code of the office"), "12")
    editor.write(editor.field("Families"), "0")
    editor.choose(editor.field("How decisions are made"), "By consensus")
    editor.choose(editor.field("Has a meeting place"), "Yes")
    editor.update()
    editor.write(editor.field("Where they meet"), "Balai warga")
    editor.press(editor.button("Save"))
    expect(editor.page.get_by_role("alert")).to_be_visible()
    expect(editor.page.locator("[data-attribute] .errorlist")).to_have_count(2)
    editor.write(editor.field("Post code of the office"), "40131")
    editor.write(editor.field("Families"), "5")
    editor.press(editor.button("Save"))
    expect(editor.page.get_by_text("Warga Baru has been saved.")).to_be_visible()
    editor.press(editor.link("Edit"))
    editor.write(editor.field("Founded on"), "2001-03-04")
    editor.press(editor.button("Save"))
    expect(editor.page.get_by_text("Warga Baru has been saved.")).to_be_visible()
    record = Party.objects.get(name="Warga Baru")
    assert dict(record.attrs) | NEW == dict(record.attrs)
