"""Work in the admin: records are changed one by one and many at once; attributes are put in order, and values tried."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party, Project
from playwright.sync_api import expect

from jsonattrs_django.models import SchemaRecord

EDITOR = "/admin/jsonattrs/schemarecord/landregistry.party.attrs/"


def test_another_type_changes_the_form_and_loses_nothing(person):
    admin, record = person("admin"), Party.objects.get(name="Bambang Hartono")
    admin.window.open(f"/admin/landregistry/party/{record.pk}/change/")
    admin.write(admin.field("Village or ward"), "Hegarmanah")
    admin.choose(admin.field("Type"), "Group")
    admin.update()
    expect(admin.field("Number of members")).to_be_visible()
    expect(admin.field("Village or ward")).to_have_value("Hegarmanah")
    admin.choose(admin.field("Type"), "Individual")
    admin.update()
    expect(admin.field("Number of members")).to_have_count(0)
    admin.press(admin.button("Save"))
    expect(admin.page.get_by_text("was changed successfully")).to_be_visible()
    assert Party.objects.get(pk=record.pk).attrs["village"] == "Hegarmanah"


def test_an_attribute_is_set_for_many_records_once_it_was_seen_what_changes(person):
    admin = person("admin")
    admin.window.open("/admin/landregistry/party/?q=Rambu")
    for box in admin.page.locator("#result_list tbody [name=_selected_action]").all():
        admin.press(box)
    admin.choose(admin.page.locator("select[name=action]"), "Set an attribute of the selected parties")
    admin.press(admin.button("Go"))
    admin.choose(admin.field("Attribute"), "Village or ward")
    admin.press(admin.button("Next"))
    admin.write(admin.field("Village or ward"), "Praikundu Baru")
    admin.press(admin.button("Preview"))
    expect(admin.page.get_by_role("table", name="Village or ward")).to_be_visible()
    count = Party.objects.filter(name__startswith="Rambu").count()
    assert not Party.objects.filter(attrs__village="Praikundu Baru").exists()
    admin.press(admin.button(f"Change {count} records"))
    expect(admin.page.locator(".messagelist")).to_be_visible()
    assert Party.objects.filter(attrs__village="Praikundu Baru").count() == count


@pytest.fixture
def names():
    """Give the names of the attributes of a draft, in order, as its page shows them."""
    return lambda page: page.locator("[data-order] > li").evaluate_all("rows => rows.map(each => each.dataset.key)")


def test_attributes_are_put_in_order(person, names):
    admin = person("admin")
    admin.window.open(EDITOR)
    before = names(admin.page)
    admin.press(admin.page.get_by_role("button", name="Move down: Agreed to be registered"))
    expect(admin.page.get_by_text("not published")).not_to_have_count(0)
    assert names(admin.page) == [before[1], before[0], *before[2:]]
    assert [each.key for each in SchemaRecord.objects.for_selectors(Party, ()).schemas[0].attributes] == before


def test_attributes_are_dragged_into_order(open_window, names):
    window = open_window("admin")
    window.open(EDITOR)
    before = names(window.page)
    rows = window.page.locator("[data-order] > li")
    with window.page.expect_navigation():
        rows.nth(0).locator(".ja-handle").drag_to(rows.nth(3), target_position={"x": 20, "y": 40})
    after = names(window.page)
    assert after != before
    assert sorted(after) == sorted(before)
    assert after.index(before[0]) in (2, 3)


def test_a_value_is_tried(person):
    admin, project = person("admin"), Project.objects.get(slug="cihampelas")
    office = Organization.objects.get(slug="nusantara")
    admin.window.open(f"{EDITOR}?organization={office.pk}&project={project.pk}")
    trying = admin.page.get_by_role("region", name="Try a value")
    admin.choose(admin.field("Attribute", within=trying), "Population number (NIK)")
    admin.write(admin.field("Value, as a person types it", within=trying), "12.3456.410101.3456")
    if not admin.has_scripts:
        admin.press(admin.button("Try it"))
        trying = admin.page.locator("main")
    expect(trying.get_by_text("1234564101013456")).to_be_visible()
