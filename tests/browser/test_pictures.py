"""The main pages, of which the documentation has pictures; with JSONATTRS_SCREENSHOTS set these are made again."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from landregistry.models import Organization, Party, Project

from jsonattrs_django.editor.drafts import open_draft

EDITOR = "/admin/jsonattrs/schemarecord/"
PAGES = {
    "parties": "/parties/",
    "party": "/parties/{party}/",
    "party-form": "/parties/{party}/edit/",
    "admin-list": "/admin/landregistry/party/",
    "admin-form": "/admin/landregistry/party/{party}/change/",
    "scopes": EDITOR,
    "schema": f"{EDITOR}landregistry.party.attrs/?organization={{office}}&project={{project}}",
    "attribute": f"{EDITOR}landregistry.party.attrs/attribute/education/",
    "plugins": f"{EDITOR}plugins/?q=post+code",
}


@pytest.fixture
def addresses(register):
    register()
    office, project = Organization.objects.get(slug="nusantara"), Project.objects.get(slug="cihampelas")
    draft = open_draft(Party._meta.get_field("attrs"), (str(office.pk), str(project.pk), None))
    draft.put({"key": "founded", "name": "founded", "type": "date", "label": {"en": "Founded on"}})
    draft.save(get_user_model().objects.get(username="admin"))
    keys = {"office": office.pk, "project": project.pk, "party": Party.objects.get(name="Bambang Hartono").pk}
    return {name: path.format(**keys) for name, path in PAGES.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_main_pages_are_there_in_both_colour_schemes(open_window, addresses, scheme):
    window = open_window("admin", color_scheme=scheme)
    titles = set()
    for name, path in addresses.items():
        window.open(path)
        titles.add(window.page.title())
        if scheme == "light" or name in ("party-form", "schema"):
            window.picture(name if scheme == "light" else f"{name}-dark")
    assert len(titles) == len(addresses)
