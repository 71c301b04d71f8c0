"""What tests of the editor's forms share: the pages as a browser has them, and sending them."""

from __future__ import annotations

from tests.django.pages import forms
from tests.django.pages.forms import Page

__all__ = ["Page", "page", "part_of", "refusals", "send"]

_TAGS = "header section pre mark q dl dt dd bdi table thead tbody tr th td"
_ATTRIBUTES = """
    novalidate tabindex aria-hidden aria-labelledby data-head data-ja-definition data-ja-section data-ja-field
    data-ja-update data-ja-choices data-ja-published data-ja-place-cell data-ja-add-row data-ja-compare data-ja-words
    data-search data-found data-none-found data-up data-down data-remove data-such scope
"""
# What pages of the editor have beside forms of records.
forms.TAGS.update(_TAGS.split())
forms.ATTRIBUTES.update(_ATTRIBUTES.split())


def page(client, url):
    """Return the editor's part of a page."""
    return part_of(client.get(url))


def part_of(answer):
    """Return the editor's part of an answer."""
    assert answer.status_code == 200
    html = answer.content.decode()
    start = html.index('<div class="ja-editor">')
    return Page(html[start : html.index('<br class="clear">', start)])


def send(client, url, shown, *press, **typed):
    """Send the form of a page with what was typed; a list is of boxes. ``press`` are a button's name and value."""
    form = max(shown.all("form"), key=lambda each: len(each.all("input", "select", "textarea")))
    data = shown.posted(*press, form=form)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return client.post(url, data.urlencode(), content_type="application/x-www-form-urlencoded")


def refusals(shown):
    """Return what a page has against what was sent: the names of controls, with the texts beside them."""
    found = {}
    for row in [each for each in shown.walk() if each.get("data-ja-field")]:
        texts = [each.words for each in row.all("ul", class_="errorlist")]
        if texts:
            found[row["data-ja-field"]] = " ".join(texts)
    return found
