"""As much as there may be: 500 attributes, 10,000 choices and labels of 300 characters leave the pages usable."""

from __future__ import annotations

import time

import pytest
from landregistry.models import Organization, Project, SpatialUnit
from playwright.sync_api import expect

from jsonattrs_core import Attribute, Schema
from jsonattrs_django.models import SchemaRecord

#: What a page may be, on a small machine that does something else as well.
MOST_BYTES, MOST_SECONDS = 2_000_000, 20


def long_label(number):
    """Return a label of 300 characters that ends with a number."""
    return f"{'a label that goes on ' * 15}"[: 299 - len(str(number))] + f" {number}"


@pytest.fixture
def measured():
    """Give what opens a page and fails where that takes too long, or too much is sent."""

    def opened(window, path):
        began = time.monotonic()
        response = window.page.goto(path)
        assert time.monotonic() - began < MOST_SECONDS
        assert len(response.body()) < MOST_BYTES
        return window.page

    return opened


def defined(*attributes):
    """Define a schema for the rights of way of a project, and return the project."""
    project = Project.objects.get(slug="cihampelas")
    nusantara = Organization.objects.get(slug="nusantara")
    SchemaRecord.objects.define(SpatialUnit, schema=Schema("Large", attributes), selectors=(nusantara, project, "RW"))
    return project


def test_five_hundred_attributes(open_window, measured):
    window = open_window("editor")
    types = ("text", "integer", "date", "boolean", "decimal")
    made = [Attribute(f"a{n}", types[n % 5], label=long_label(n), group=f"g{n // 50}") for n in range(480)]
    project = defined(*made)
    page = measured(window, f"/land/add/?project={project.pk}&type=RW")
    assert page.locator("[data-attribute]").count() >= 480
    assert window.overflow() == []
    page.get_by_label("Name").fill("The long way")
    page.get_by_label("Tenure").select_option(label="Easement")
    page.evaluate("() => document.querySelectorAll('details').forEach(each => (each.open = true))")
    page.locator("[name=attrs__a0]").fill("first")
    page.locator("[name=attrs__a475]").fill("last")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("The long way has been saved.")).to_be_visible(timeout=30_000)
    unit = SpatialUnit.objects.get(name="The long way")
    assert (unit.attrs["a0"], unit.attrs["a475"]) == ("first", "last")
    assert window.overflow() == []
    measured(window, "/land/?in=nusantara/cihampelas&type=RW")
    assert window.overflow() == []


def test_ten_thousand_choices_are_searched_on_the_server(open_window, measured, server):
    window = open_window("editor")
    choices = [(f"c{n}", f"Choice number {n}") for n in range(10_000)]
    project = defined(Attribute("one", "text", label="One of many", choices=choices))
    page = measured(window, f"/land/add/?project={project.pk}&type=RW")
    assert page.locator("[name=attrs__one] option").count() < 300
    search = page.locator("[name=attrs__one-search]")
    search.fill("number 9876")
    expect(page.locator("[name=attrs__one] option", has_text="Choice number 9876")).to_be_attached()
    page.get_by_label("One of many").select_option(label="Choice number 9876")
    page.get_by_label("Name").fill("The one way")
    page.get_by_label("Tenure").select_option(label="Easement")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("The one way has been saved.")).to_be_visible()
    assert SpatialUnit.objects.get(name="The one way").attrs["one"] == "c9876"


def test_the_editor_of_five_hundred_attributes(open_window, measured):
    window = open_window("admin")
    made = [Attribute(f"a{n}", "text", label={"en": long_label(n)}) for n in range(480)]
    project = defined(*made)
    scope = f"?organization={project.organization_id}&project={project.pk}&type=RW"
    page = measured(window, f"/admin/jsonattrs/schemarecord/landregistry.spatialunit.attrs/{scope}")
    expect(page.get_by_text(long_label(479)).first).to_be_attached()
    assert window.overflow() == []
    measured(window, f"/admin/jsonattrs/schemarecord/landregistry.spatialunit.attrs/attribute/a479/{scope}")
    assert window.overflow() == []
    measured(window, f"/admin/landregistry/spatialunit/?project__id__exact={project.pk}")
