"""What a change means is seen before it is in force: wrong rules, records that do not fit, and what is retired."""

from __future__ import annotations

import pytest
from landregistry.models import Party
from playwright.sync_api import expect

GROUPS = "/admin/jsonattrs/schemarecord/landregistry.party.attrs/?type=GR"


class Changer:
    """An administrator who changes the schema of groups, in her own way."""

    def __init__(self, person):
        self.person = person
        self.page = person.page
        self.open()

    def open(self):
        """Go to the schema."""
        self.person.window.open(GROUPS)

    def publish(self):
        """Look at what changes, and let it be in force."""
        self.person.press(self.person.link("Review and publish"))
        self.person.press(self.person.button("Publish"))
        expect(self.page.get_by_text("It is in force from now on.")).to_be_visible()


@pytest.fixture
def changer(person):
    """Give an administrator at the schema of groups."""
    return Changer(person("admin"))


def test_a_rule_that_cannot_be_read_says_where(changer):
    person, page = changer.person, changer.page
    person.press(person.link("Edit the rules"))
    person.press(person.link("Add a rule"))
    expression = page.get_by_role("textbox", name="Rule")
    person.write(expression, "women <= (members")
    person.press(person.button("Keep in the draft"))

    expect(page.get_by_role("alert")).to_contain_text("Rule")
    expect(page.locator(".ja-place")).to_be_visible()

    person.write(expression, "women < members")
    person.write(page.get_by_role("textbox", name="Message, English", exact=True), "Not women alone.")
    person.press(person.button("Keep in the draft"))
    expect(page.get_by_text("Kept in the draft.")).to_be_visible()
    changer.open()
    changer.publish()


def test_a_stricter_limit_names_the_records_that_do_not_fit(changer):
    person, page = changer.person, changer.page
    member = Party.objects.filter(type="GR", attrs__members__gt=2).order_by("pk").first()
    person.press(person.link("Number of members"))
    limits = page.locator("details", has=page.get_by_role("heading", name="Limits", exact=True))
    if limits.get_attribute("open") is None:
        person.press(limits.locator("summary").first)
    person.write(person.field("Greatest value"), "2")
    person.press(person.button("Keep in the draft"))
    person.press(person.link("Review and publish"))

    expect(page.locator(".ja-misfits").first).to_contain_text("fit")
    person.press(page.locator(".ja-examples a").first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/party/" in page.url
    assert Party.objects.get(pk=member.pk).attrs["members"] == member.attrs["members"]


def test_what_is_retired_is_asked_no_more_and_comes_back_with_its_values(changer):
    person, page = changer.person, changer.page
    group = Party.objects.filter(type="GR", attrs__women__isnull=False).order_by("pk").first()
    stored = str(group.attrs["women"])
    person.press(page.get_by_role("button", name="Retire: Women among them"))
    changer.publish()
    person.window.open(f"/parties/{group.pk}/edit/")
    expect(person.field("Number of members")).to_be_visible()
    expect(person.field("Women among them")).to_have_count(0)
    person.write(person.field("Name"), "Another name")
    person.press(person.button("Save"))
    expect(page.get_by_text("Another name has been saved.")).to_be_visible()

    changer.open()
    person.press(page.get_by_role("button", name="Restore: Women among them"))
    changer.publish()
    person.window.open(f"/parties/{group.pk}/edit/")
    expect(person.field("Women among them")).to_have_value(stored)
