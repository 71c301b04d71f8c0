"""Attributes in a layout of django-crispy-forms: ``Layout("name", Attributes(), Submit("save", "Save"))``."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.html import format_html

__all__ = ["Attributes"]


class Attributes(LayoutObject):
    """All attributes of a form in their groups, each field as the template pack shows fields."""

    template = "jsonattrs/crispy/attributes.html"

    def __init__(self) -> None:
        self.fields: list[Any] = []

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> Any:
        """Return the attributes as HTML."""
        groups = []
        for group in form.attribute_groups:
            signed = [(field, field.signature) for field in group.fields]  # it makes the controls what they will be
            shown = [
                {"field": field, "signature": signature, "html": self._shown(field, form, context, template_pack)}
                for field, signature in signed
            ]
            groups.append({"group": group, "fields": shown})
        hidden = [form[name] for name in form.fields if name.endswith("-shown") and form[name].is_hidden]
        for field in hidden:
            getattr(form, "rendered_fields", set()).add(field.name)
        return render_to_string(self.template, {"form": form, "groups": groups, "hidden": hidden})

    def _shown(self, field: Any, form: Any, context: Any, template_pack: Any) -> Any:
        """Return a field as the template pack shows it. It makes boxes itself: they get their marker here."""
        shown = render_field(field.name, form, context, template_pack=template_pack, layout_object=self)
        needs_marker = field.field.may_be_absent and field.box_marker not in shown
        return format_html("{}{}", shown, field.box_marker) if needs_marker else shown
