"""The form field that shows attributes at their place in the form of an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string

from jsonattrs_django.admin.values import classes_of, form_rows
from jsonattrs_django.forms.groups import Group, grouped

if TYPE_CHECKING:
    from jsonattrs_django.admin.sections import Place

__all__ = ["PlaceField"]


class PlaceField(forms.Field):
    """A field that has no value of its own: it shows those of attributes, each of which is a field of the form too.

    ``is_first`` says that no other place of the form shows attributes of the same field before.
    """

    def __init__(self, place: Place, *, is_first: bool, is_compact: bool) -> None:
        super().__init__(required=False, disabled=True, label=place.short_description, widget=forms.Widget)
        self.place = place
        self.is_first = is_first
        self.is_compact = is_compact

    def get_bound_field(self, form: Any, field_name: str) -> PlaceBoundField:
        """Return what shows the attributes in a form."""
        return PlaceBoundField(form, self, field_name)


class PlaceBoundField(BoundField):
    """The attributes of one place in a form."""

    field: PlaceField

    def label_tag(self, *args: Any, **kwargs: Any) -> str:
        """Return nothing: the attributes have labels of their own."""
        return ""

    legend_tag = label_tag

    def __str__(self) -> str:
        place, form = self.field.place, self.form
        shown = f"{place.field.name}-shown"
        context = {
            "form": form,
            "place": place,
            "part": form.attributes_id if place.is_main else form.add_prefix(str(place.entry)),
            "is_first": self.field.is_first,
            "classes": classes_of(place, self.field.is_compact),
            "groups": self._groups(),
            "marker": form[shown] if self.field.is_first and shown in form.fields else "",
        }
        return render_to_string("admin/jsonattrs/records/place.html", context)

    def _groups(self) -> list[Group]:
        """Return the groups; in a table, only those are open in which there is something to see to."""
        found = grouped(form_rows(self.field.place, self.form))
        return [group._replace(is_open=group.has_errors) for group in found] if self.field.is_compact else found
