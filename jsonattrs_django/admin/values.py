"""Attributes that are shown as text in the forms of an admin."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import django
from django.template.loader import render_to_string

from jsonattrs_django.forms.bound import AttributeBoundField
from jsonattrs_django.forms.groups import grouped
from jsonattrs_django.forms.written import writer, writer_of
from jsonattrs_django.permissions import permitted
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.utils.safestring import SafeString

    from jsonattrs_core import Attribute
    from jsonattrs_django.admin.sections import Place

__all__ = ["ShownValue", "classes_of", "form_rows", "rendered", "rows_of"]

#: The version of Django from which on labels stand above the fields.
_LABELS_ABOVE = (6, 1)


class ShownValue:
    """An attribute that is shown as text, among others that may be edited."""

    is_text = True
    errors: Any = ()
    notices: Any = ()

    def __init__(self, attribute: Attribute, default_language: str, text: str) -> None:
        self.label = label_of(attribute, default_language)
        self.text = text
        #: What groups of fields look at.
        self.field = SimpleNamespace(group=attribute.group or "", required=False)


def rendered(rows: Iterable[Any], place: Place) -> SafeString:
    """Return attributes as HTML in their groups, none of them to be edited."""
    context = {"groups": grouped(rows), "place": place, "classes": classes_of(place)}
    return render_to_string("admin/jsonattrs/records/values.html", context)


def classes_of(place: Place, is_compact: bool = False) -> str:
    """Return the classes by which a place is laid out: with labels beside the fields, or above, as Django has them."""
    found = {"main": place.is_main, "compact": is_compact, "stacked": django.VERSION >= _LABELS_ABOVE}
    return "".join(f" jsonattrs-{name}" for name, is_so in found.items() if is_so)


def rows_of(place: Place, record: Any) -> list[ShownValue]:
    """Return the attributes of a record that a user may see in a place."""
    field = place.field
    scope = field.scope_of(record)
    values, schema = getattr(record, field.attname), scope.schema
    seen = permitted(place.user, "view", field, schema)
    validator = scope.compiled.validator
    hidden = validator.hidden(dict.copy(values)) if validator is not None else ()
    return [
        ShownValue(schema[name], schema.default_language, writer_of(scope, name)(values.get(name)))
        for name in schema
        if place.has(name) and name in seen and name not in hidden
    ]


def form_rows(place: Place, form: Any) -> list[Any]:
    """Return what a form shows in a place: bound fields, and texts of what cannot be edited."""
    section = _section(place, form)
    return rows_of(place, form.instance) if section is None else [*_rows(place, form, section)]


def _section(place: Place, form: Any) -> Any:
    """Return the form's section of the attribute field, None where the form has none of its attributes."""
    start = place.field.name
    bound = (form[name] for name in form.fields if name.startswith(f"{start}__"))
    return next((each.section for each in bound if isinstance(each, AttributeBoundField)), None)


def _rows(place: Place, form: Any, section: Any) -> Iterator[Any]:
    schema, fields = section.prototypes.schema, section.prototypes.fields
    seen = permitted(place.user, "view", place.field, schema)
    hidden = section.prototypes.validator.hidden(section.values)
    held = getattr(form.instance, place.field.attname)
    for name in schema:
        if not place.has(name):
            continue
        bound = form[section.html_name(name)] if section.html_name(name) in form.fields else None
        if bound is not None and not bound.field.disabled:
            yield bound
        elif bound is not None or (name in place.readonly and name in seen and name not in hidden):
            text = writer(fields[name])(held.get(name, section.initial_of(name)))
            yield ShownValue(schema[name], schema.default_language, text)
