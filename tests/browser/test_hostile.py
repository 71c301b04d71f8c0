"""What people write is shown as they wrote it: no label, choice, help or value is ever code."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute, Schema
from jsonattrs_django.models import SchemaRecord

SCRIPT = "<script>window.ran=1</script>"
PICTURE = '"><img src=x onerror="window.ran=1">'
QUOTES = 'it\'s "quoted" & <b>bold</b> {{ 7 }} {% now %} ${7} `7`'
TURNED = "\u202eright to left\u202c and \u200fback"
ADDRESS = "javascript:window.ran=1"
HOSTILE = {"script": SCRIPT, "picture": PICTURE, "quotes": QUOTES, "turned": TURNED, "address": ADDRESS}


def attributes():
    """Return attributes whose every word is hostile."""
    for name, text in HOSTILE.items():
        label, help_text = {"en": f"Label {text}"}, {"en": f"Help {text}"}
        yield Attribute(f"{name}_text", "text", label=label, help_text=help_text, group=f"group {text}"[:60])
        choices = [(f"{text}", {"en": f"Choice {text}"}), ("other", {"en": "Other"})]
        yield Attribute(f"{name}_choice", "text", label=label, choices=choices)
        yield Attribute(f"{name}_choices", "text", label=label, multiple=True, choices=choices)


@pytest.fixture
def party(register):
    """Make a record whose schema, attributes and name are hostile."""
    register()
    nusantara, project = Organization.objects.get(slug="nusantara"), Project.objects.get(slug="cihampelas")
    schema = Schema(f"Schema {SCRIPT}{PICTURE}", tuple(attributes()))
    SchemaRecord.objects.define(Party, schema=schema, selectors=(nusantara, project, "GR"))
    values = {}
    for name, text in HOSTILE.items():
        values |= {f"{name}_text": text, f"{name}_choice": text, f"{name}_choices": [text]}
    return Party.objects.create(
        project=project, type="GR", name=f"Name {SCRIPT}{PICTURE}", attrs={**values, "consent": True, "members": 3}
    )


#: Where the words are seen: pages, and what of a record's words stands there.
PAGES = {
    "detail": "/parties/{pk}/",
    "form": "/parties/{pk}/edit/",
    "list": "/parties/?in=nusantara/cihampelas&type=GR&column=script_text&column=picture_choice&column=quotes_choices",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_word_is_text(open_window, party, path):
    window = open_window("admin")
    window.open(path.format(pk=party.pk))
    page = window.page
    page.evaluate("() => document.querySelectorAll('details').forEach(each => (each.open = true))")
    assert page.evaluate("() => window.ran") is None
    assert page.locator("main script, main img[src=x], main b").count() == 0
    links = page.locator("a").evaluate_all("links => links.map(each => each.href)")
    assert not [link for link in links if link.startswith("javascript")]
    shown = page.locator("main").inner_text()
    for text in (SCRIPT, PICTURE, QUOTES):
        assert text in shown, text
    assert window.violations() == []
