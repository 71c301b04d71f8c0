"""What admins of records, and their inlines, have in common: the places of attributes in their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets

from jsonattrs_django.admin.formfields import PlaceField
from jsonattrs_django.admin.forms import AdminFormMixin
from jsonattrs_django.admin.names import attribute_fields
from jsonattrs_django.admin.refused import refused_before
from jsonattrs_django.admin.sections import Options, Place, form_names, is_of_attributes, place_name, placed
from jsonattrs_django.forms import AttributeModelForm

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AttributeAdminMixin"]

_Admin: Any = object  # what the mixin stands before


class AttributeAdminMixin(_Admin):
    """Puts the attributes of a record into the form that an admin has for it.

    ``fields``, ``fieldsets``, ``exclude`` and ``readonly_fields`` take the name of an attribute field for all of its
    attributes, and ``"attrs__score"`` for one of them. Without any of these options all attributes are shown.
    """

    form = AttributeModelForm
    #: Attributes are shown in a cell of a table.
    is_compact = False

    @property
    def media(self) -> forms.Media:
        """The script and the style of attributes in an admin, besides Django's."""
        own = forms.Media(css={"all": ["jsonattrs/forms.css", "jsonattrs/records.css"]}, js=["jsonattrs/records.js"])
        return super().media + own

    # ---- which places there are ----

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """Return the fields that the form shows, all attributes at the end where the options do not say."""
        if self.fields:
            return self.fields
        model = self.opts.model
        found = [name for name in super().get_fields(request, obj) if not _is_place(model, name)]
        return [*found, *(name for name in attribute_fields(model) if name not in self._excluded(request, obj))]

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        """Return the fieldsets, with places for the attributes that they name."""
        options = Options(request.user, self._excluded(request, obj), super().get_readonly_fields(request, obj))
        return placed(self.opts.model, super().get_fieldsets(request, obj), options)

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Return what is shown as text, the places included in which nothing else is."""
        found = super().get_readonly_fields(request, obj)
        return [*found, *(place_name(name) for name in found if is_of_attributes(self.opts.model, name))]

    def _excluded(self, request: Any, obj: Any) -> Any:
        excluded = self.get_exclude(request, obj)
        if excluded is None and hasattr(self.form, "_meta"):
            excluded = self.form._meta.exclude
        return excluded or ()

    # ---- the form ----

    def _form_options(self, request: Any, obj: Any, given: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments from which Django makes the form class: with a field for each place."""
        base = given.get("form", self.form)
        names = given["fields"] if "fields" in given else flatten_fieldsets(self.get_fieldsets(request, obj))
        names, places = (None, []) if names is None else form_names(names)
        own: dict[str, Any] = {"attribute_user": request.user, "refused": refused_before(request)}
        own |= dict.fromkeys(name for name in self.get_readonly_fields(request, obj) if name in base.declared_fields)
        own |= _place_fields(places, is_compact=self.is_compact)
        return {**given, "fields": names, "form": type(base.__name__, (AdminFormMixin, base), own)}


def _place_fields(places: Iterable[Place], *, is_compact: bool) -> dict[str, PlaceField]:
    found: dict[str, PlaceField] = {}
    seen: set[str] = set()
    for place in places:
        found[str(place)] = PlaceField(place, is_first=place.field.name not in seen, is_compact=is_compact)
        if not place.is_text:
            seen.add(place.field.name)
    return found


def _is_place(model: Any, name: Any) -> bool:
    return isinstance(name, str) and (is_of_attributes(model, name) or is_of_attributes(model, name.partition("-")[0]))
