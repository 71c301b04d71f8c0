"""What browsers make of the texts of controls, so that one that nobody touched is known for it."""

from __future__ import annotations

from typing import Any

from django import forms

from jsonattrs_django.forms.shown import plain

__all__ = ["as_sent", "is_as_shown"]


def as_sent(text: str, *, one_line: bool = True) -> str:
    """Return a text as a page sends it: an input of one line has no line breaks."""
    found = str(plain(text))
    return found.replace("\n", "") if one_line else found


def is_as_shown(made: forms.Field, given: Any) -> bool:
    """Tell whether what was posted for a field is what the page has shown."""
    if made.disabled:
        return True
    if isinstance(made, forms.BooleanField):
        return bool(given) == bool(made.initial)
    one_line = not isinstance(made.widget, forms.Textarea)
    shown, sent = ("" if text is None else str(text) for text in (made.initial, given))
    return as_sent(sent, one_line=one_line) == as_sent(shown, one_line=one_line)
