"""Attributes that are edited in the rows of a change list."""

from __future__ import annotations

from typing import Any

from django.forms.utils import ErrorList
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from jsonattrs_django.admin.forms import AdminFormMixin
from jsonattrs_django.forms.bound import AttributeBoundField
from jsonattrs_django.forms.written import writer

__all__ = ["list_form"]

_Form: Any = object  # what the mixin stands before


def list_form(form: Any, user: Any, refused: Any) -> Any:
    """Return the class of the forms of rows, whose attributes are those that a user may see.

    ``refused`` is what was raised when they were saved before, or None.
    """
    return type(form.__name__, (_RowFormMixin, AdminFormMixin, form), {"attribute_user": user, "refused": refused})


class _RowFormMixin(_Form):
    def __getitem__(self, name: str) -> Any:
        """Return the bound field: of an attribute one that needs nothing around it."""
        found = super().__getitem__(name)
        if type(found) is AttributeBoundField:
            found = self._bound_fields_cache[name] = CellBoundField(self, found.field, str(name))
        return found


class _SaidElsewhere(ErrorList):
    """What Django writes before a control."""

    def __str__(self) -> str:
        return ""


class CellBoundField(AttributeBoundField):
    """An attribute in a cell: its control, named for those who do not see the column, and what belongs to it."""

    @property
    def errors(self) -> Any:
        """The errors, which the control has beside it already."""
        return _SaidElsewhere(super().errors)

    def __str__(self) -> str:
        if self.field.disabled:
            return str(conditional_escape(self._text() or "-"))
        shown = f"{self.section.name}-shown"
        first = next(iter(self.section.fields), None)
        context = {
            "field": self,
            "signature": self.signature,
            "control": self.as_widget(attrs={"aria-label": self.label}),
            "errors": super().errors,
            "marker": self.form[shown] if first == self.name and shown in self.form.fields else "",
        }
        return render_to_string("admin/jsonattrs/records/cell.html", context)

    def _text(self) -> str:
        held = getattr(self.form.instance, self.section.name)
        return writer(self.section.prototypes.fields[self.attribute])(held.get(self.attribute))
