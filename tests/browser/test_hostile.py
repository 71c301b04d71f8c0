"""What people write is shown as they wrote it: no label, choice, help or value is ever code."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute, Schema
from jsonattrs_django.editor.drafts import open_draft
from jsonattrs_django.models import SchemaRecord

SCRIPT = "<script>window.ran=1</script>"
PICTURE = '"><img src=x onerror="window.ran=1">'
QUOTES = 'it\'s "quoted" & <b>bold</b> {{ 7 }} {% now %} ${7} `7`'
TURNED = "\u202eright to left\u202c and \u200fback"
ADDRESS = "javascript:window.ran=1"
HOSTILE = {"script": SCRIPT, "picture": PICTURE, "quotes": QUOTES, "turned": TURNED, "address": ADDRESS}
#: Those that every page is looked at for.
LOOKED_FOR = tuple(HOSTILE.values())
#: Those in the names of the schema and of the record.
IN_NAMES = (SCRIPT, PICTURE, QUOTES)


def attributes():
    """Yield attributes whose every word is hostile."""
    for name, text in HOSTILE.items():
        words = {"label": {"en": f"Label {text}"}, "help_text": {"en": f"Help {text}"}}
        yield Attribute(f"{name}_text", "text", group=f"group {text}"[:60], **words)
        choices = [(text, {"en": f"Choice {text}"}), ("other", {"en": "Other"})]
        yield Attribute(f"{name}_choice", "text", choices=choices, **words)
        yield Attribute(f"{name}_choices", "text", multiple=True, choices=choices, **words)


@pytest.fixture
def addresses(register):
    """Give what fills keys into addresses: of a record whose schema, draft, attributes and name are hostile."""
    register()
    office, project = Organization.objects.get(slug="nusantara"), Project.objects.get(slug="cihampelas")
    schema = Schema(f"Schema {SCRIPT}{PICTURE}{QUOTES}", tuple(attributes()))
    SchemaRecord.objects.define(Party, schema=schema, selectors=(office, project, "GR"))
    draft = open_draft(Party._meta.get_field("attrs"), (str(office.pk), str(project.pk), "GR"))
    draft.put({"key": "new", "name": "new", "type": "text", "label": {"en": f"New {SCRIPT}{PICTURE}{QUOTES}"}})
    draft.save(get_user_model().objects.get(username="admin"))
    values = {"consent": True, "members": 3}
    for name, text in HOSTILE.items():
        values |= {f"{name}_text": text, f"{name}_choice": text, f"{name}_choices": [text]}
    name = f"Name {SCRIPT}{PICTURE}{QUOTES}"
    party = Party.objects.create(project=project, type="GR", name=name, attrs=values)
    return lambda path: path.format(pk=party.pk, office=office.pk, project=project.pk)


EDITOR = "/admin/jsonattrs/schemarecord/landregistry.party.attrs/"
SCOPE = "?organization={office}&project={project}&type=GR"
#: Where the words are seen.
PAGES = {
    "detail": "/parties/{pk}/",
    "form": "/parties/{pk}/edit/",
    "list": "/parties/?in=nusantara/cihampelas&type=GR"
    "&column=script_text&column=picture_choice&column=quotes_choices&column=turned_choice&column=address_text",
    "admin": "/admin/landregistry/party/{pk}/change/",
    "admin list": "/admin/landregistry/party/?q=Name",
    "scopes": "/admin/jsonattrs/schemarecord/?q=Schema",
    "schema": f"{EDITOR}{SCOPE}",
    "attribute": f"{EDITOR}attribute/quotes_choice/{SCOPE}",
    "preview": f"{EDITOR}preview/{SCOPE}",
    "effective": f"{EDITOR}effective/{SCOPE}",
    "review": f"{EDITOR}publish/{SCOPE}",
    "retiring": f"{EDITOR}retire/{SCOPE}",
}
#: Pages that show one attribute of it, or none of its words.
ONLY = {"attribute": [QUOTES], "scopes": [], "admin list": IN_NAMES, "review": IN_NAMES, "retiring": IN_NAMES}
#: All that can be read in a page: its text, what is typed in it, and what can be chosen.
WORDS = """() => {
  document.querySelectorAll("details").forEach(each => (each.open = true));
  const typed = [...document.querySelectorAll("input, textarea")].map(each => each.value);
  const offered = [...document.querySelectorAll("option")].map(each => each.label);
  return [document.querySelector("main, #content").innerText, ...typed, ...offered].join("\\n");
}"""


#: Elements that hostile words would make.
CODE = "main :is(script:not([src], [type='application/json']), img[src=x], b:not([role])), a[href^=javascript]"


def test_every_word_is_text(open_window, addresses):
    window = open_window("admin")
    found = {}
    for name, path in PAGES.items():
        window.open(addresses(path))
        words = window.page.evaluate(WORDS)
        found[name] = [text for text in ONLY.get(name, LOOKED_FOR) if text not in words]
        found[name] += window.page.locator(CODE).evaluate_all("found => found.map(each => each.outerHTML)")
        assert window.page.evaluate("() => window.ran") is None
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
