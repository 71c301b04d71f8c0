"""An attribute's field in a form: what it shows, and what was posted for it."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html

from jsonattrs_django.forms.shown import box_marker_name
from jsonattrs_django.forms.widgets import copied
from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from jsonattrs_django.forms.section import Section

__all__ = ["SHOWN", "AttributeBoundField", "ShownBoundField", "ShownField"]


class AttributeBoundField(BoundField):
    """The field of an attribute in a form."""

    template_name = "jsonattrs/forms/field.html"

    @cached_property
    def section(self) -> Section:
        """The attribute field's part of the form."""
        found: Section = self.form.section_of(self.name)
        return found

    @property
    def attribute(self) -> str:
        """The name of the attribute."""
        return str(self.field.name)

    @cached_property
    def initial(self) -> Any:
        """The typed value that the record has, or that a new one begins with."""
        return self.section.initial_of(self.field.name)

    def value(self) -> Any:
        """Return the text that is shown: what was posted, or what stands for the value."""
        return self.section.text_of(self.field.name)

    def _has_changed(self) -> bool:
        return self.field.name in self.section.changed

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        """Return the control as HTML."""
        self._prepare()
        shown = super().as_widget(widget, attrs, only_initial)
        return format_html("{}{}", shown, self.box_marker) if self.field.may_be_absent else shown

    @property
    def box_marker(self) -> SafeString:
        """What a browser sends beside boxes, of which it sends nothing where none is ticked: that they were there.

        It stands beside them and nowhere else, so that whoever left them out, or has lost them, unticks none.
        """
        return format_html('<input type="hidden" name="{}" value="1">', box_marker_name(self.html_name))

    @cached_property
    def subwidgets(self) -> Any:
        """The parts of the control, such as the boxes of choices."""
        self._prepare()
        return super().subwidgets

    def _prepare(self) -> None:
        """Make the control one for what it has to show. It is not done for a form that nobody sees."""
        if not self._is_prepared:
            self._is_prepared = True
            self.field.prepare(self.value(), self.section.searched_for(self.field.name))

    _is_prepared = False

    @property
    def notices(self) -> list[str]:
        """What there is to say of the stored value as long as nobody changes it: that it does not fit, and why."""
        return self.section.notices_of(self.field.name)

    @property
    def warnings(self) -> list[str]:
        """What rules that only warn say of it, once it was posted."""
        found = (each for each in self.form.attribute_warnings if each.path[:1] == (self.attribute,))
        return [str(refusal(each).params["text"]) for each in found]

    @property
    def signature(self) -> str:
        """Characters that differ where the control does: the script keeps the controls that stay the same."""
        self._prepare()
        return self.section.signature_of(self.field.name)

    @property
    def aria_describedby(self) -> Any:
        """The ids of the texts that belong to the control."""
        found = super().aria_describedby
        if found is not None and self.auto_id and self.notices:
            return f"{found} {self.auto_id}_notice".strip()
        return found

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> dict[str, Any]:
        """Say that a value is required to those who listen; a browser would refuse before the engine has a say."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if built.pop("required", None) or self.field.required:
            self._demand(built, widget or self.field.widget)
        return built

    def _demand(self, attrs: dict[str, Any], widget: Any) -> None:
        if not widget.use_fieldset and not widget.is_hidden:
            attrs["aria-required"] = "true"


class ShownBoundField(BoundField):
    """The hidden field that tells what a form has shown."""

    def value(self) -> str:
        """Return the text that tells it."""
        return str(self.field.section.marker())

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        """Return the field as HTML: in every form, and so without a template."""
        return format_html(
            '<input type="hidden" name="{}" value="{}" autocomplete="off">', self.html_name, self.value()
        )

    def _has_changed(self) -> bool:
        return False


class ShownField(forms.CharField):
    """The hidden field of a section, which tells what the form has shown."""

    section: Section

    def of(self, section: Section) -> ShownField:
        """Return the field of a section in one form."""
        new = copy(self)
        new.widget, new.section = copied(self.widget), section
        return new

    def get_bound_field(self, form: Any, field_name: str) -> ShownBoundField:
        """Return what shows the field in a form."""
        return ShownBoundField(form, self, field_name)


#: The field that those of all sections are made of.
SHOWN = ShownField(required=False, widget=forms.HiddenInput)
