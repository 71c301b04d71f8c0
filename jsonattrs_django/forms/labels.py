"""The labels of fields without a template: there is one for every field, and they took a sixth of a form's time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

__all__ = ["LABEL", "is_djangos_own", "label_html"]

#: The template of labels.
LABEL = "django/forms/label.html"

_FOLDER = os.path.join(os.path.dirname(forms.__file__), "")


def is_djangos_own(renderer: Any) -> bool:
    """Tell whether a renderer has Django's template for labels, and not one that a project has put in its place."""
    origin = getattr(renderer.get_template(LABEL), "origin", None)
    return str(getattr(origin, "name", "")).startswith(_FOLDER)


def label_html(context: Mapping[str, Any]) -> SafeString:
    """Return what Django's template for labels makes of a context."""
    label, attrs, tag = context["label"], context["attrs"] or {}, context["tag"]
    if not context["use_tag"]:
        return format_html("{}", label)
    if attrs.keys() == {"for"}:  # as most have it, in less time than any attributes
        return format_html('<{0} for="{1}">{2}</{0}>', tag, attrs["for"], label)
    return format_html("<{0}{1}>{2}</{0}>", tag, flatatt(attrs), label)
