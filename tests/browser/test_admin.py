"""The pages of the admin, of schemas and of records: nothing goes wrong in them, and everybody can use them."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from landregistry.models import Organization, Party, Project
from playwright.sync_api import expect

from jsonattrs_django.editor.drafts import open_draft

EDITOR = "/admin/jsonattrs/schemarecord/"
PARTIES = f"{EDITOR}landregistry.party.attrs/"
IN_PROJECT = "?organization={office}&project={project}"
#: Pages of the schema editor, of scopes.
SCOPES = {
    "scopes": EDITOR,
    "plugins": f"{EDITOR}plugins/",
    "choosing a scope": f"{PARTIES}choose/",
    "a published schema": f"{PARTIES}?organization={{office}}",
    "a draft": f"{PARTIES}{IN_PROJECT}",
    "no schema yet": f"{PARTIES}{IN_PROJECT}&type=CO",
    "review": f"{PARTIES}publish/{IN_PROJECT}",
    "retiring": f"{PARTIES}retire/?organization={{office}}",
    "discarding": f"{PARTIES}discard/{IN_PROJECT}",
}
#: Those of one attribute, of rules and of what comes of both.
ATTRIBUTES = {
    "a new attribute": f"{PARTIES}attribute/{IN_PROJECT}",
    "an attribute": f"{PARTIES}attribute/gender/",
    "an inherited attribute": f"{PARTIES}override/education/{IN_PROJECT}",
    "rules": f"{PARTIES}rules/",
    "a new rule": f"{PARTIES}rules/new/",
    "a new group": f"{PARTIES}rules/group/",
    "effective": f"{PARTIES}effective/{IN_PROJECT}",
    "preview": f"{PARTIES}preview/{IN_PROJECT}",
    "trying": f"{PARTIES}try/{IN_PROJECT}",
}
#: Pages of records.
RECORDS = {
    "index": "/admin/",
    "list": "/admin/landregistry/party/",
    "adding": "/admin/landregistry/party/add/",
    "changing": "/admin/landregistry/party/{party}/change/",
    "history": "/admin/landregistry/party/{party}/history/",
    "list of land": "/admin/landregistry/spatialunit/",
    "changing a project": "/admin/landregistry/project/{project}/change/",
}


@pytest.fixture
def addresses(register):
    """Give what fills the keys of records into addresses; there is a draft to look at."""
    register()
    office, project = Organization.objects.get(slug="nusantara"), Project.objects.get(slug="cihampelas")
    draft = open_draft(Party._meta.get_field("attrs"), (str(office.pk), str(project.pk), None))
    draft.put({"key": "founded", "name": "founded", "type": "date", "label": {"en": "Founded on"}})
    draft.save(get_user_model().objects.get(username="admin"))
    keys = {"office": office.pk, "project": project.pk, "party": Party.objects.get(name="Bambang Hartono").pk}
    return lambda pages: {name: path.format(**keys) for name, path in pages.items()}


@pytest.mark.parametrize("pages", [SCOPES, ATTRIBUTES, RECORDS], ids=["scopes", "attributes", "records"])
def test_anybody_can_use_the_pages(open_window, addresses, pages):
    assert open_window("admin").survey(addresses(pages)) == ""


def test_anybody_can_use_the_pages_that_say_what_is_wrong(open_window, addresses):
    field = Party._meta.get_field("attrs")
    window = open_window("admin")
    window.open(f"{PARTIES}attribute/gender/")
    window.page.get_by_label("Section", exact=True).fill("mine")
    draft = open_draft(field, (None, None, None))
    draft.put({**draft.definition("gender"), "group": "theirs"})
    draft.save(get_user_model().objects.get(username="editor"))
    window.page.get_by_role("button", name="Keep in the draft").click()
    expect(window.page.get_by_role("columnheader", name="Kept by the other")).to_be_visible()
    assert [*window.overflow(), *window.violations()] == []
    window.page.get_by_role("button", name="Keep mine in its place").click()
    expect(window.page.get_by_text("Kept in the draft.")).to_be_visible()
    assert open_draft(field, (None, None, None)).definition("gender")["group"] == "mine"
    draft = open_draft(field, (None, None, None))
    draft.put({"key": "boats", "name": "boats", "type": "integer", "constraints": {"min": 10, "max": 3}})
    draft.put({"key": "harbour", "name": "harbour", "type": "text", "visible_if": "boats > 1"})
    draft.save(None)
    assert window.survey({"a fault": f"{PARTIES}publish/"}) == ""
    expect(window.page.get_by_text("No value fits both")).to_be_visible()
    draft.put({"key": "boats", "name": "boats", "type": "integer"})
    draft.save(None)
    assert window.survey({"what depends on it": f"{PARTIES}attribute/boats/"}) == ""
    expect(window.page.get_by_text("“Harbour” is never shown any more")).to_be_visible()
