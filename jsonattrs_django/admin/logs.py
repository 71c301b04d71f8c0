"""What the log of an admin says of a change: which attributes, by the names that people know them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from jsonattrs_django.forms.bound import AttributeBoundField
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_core import Attribute

__all__ = ["logged_name", "with_attribute_names"]


def logged_name(attribute: Attribute, default_language: str) -> str:
    """Return what the log calls an attribute: in the language of its schema, since others will read it."""
    with override(default_language):
        return label_of(attribute, default_language)


def with_attribute_names(message: list[dict[str, Any]], form: Any, formsets: Iterable[Any]) -> list[dict[str, Any]]:
    """Return Django's account of a change with the names of the attributes in it."""
    inline = _changed_forms(formsets)
    return [_told(entry, form, inline) for entry in message]


def _told(entry: dict[str, Any], form: Any, inline: Iterator[Any]) -> dict[str, Any]:
    if "changed" not in entry:
        return entry
    about = next(inline, None) if "name" in entry["changed"] else form
    if about is None:
        return entry
    return {**entry, "changed": {**entry["changed"], "fields": [*_names(about)]}}


def _changed_forms(formsets: Iterable[Any]) -> Iterator[Any]:
    """Yield the forms of the changed objects of formsets, in the order in which Django tells of them."""
    for formset in formsets:
        forms = {id(form.instance): form for form in formset.forms}
        for changed, _ in formset.changed_objects:
            yield forms.get(id(changed))


def _names(form: Any) -> Iterator[str]:
    changed = form.changed_data
    with override(None):
        for name in changed:
            field = form[name] if name in form.fields else None
            if isinstance(field, AttributeBoundField):
                schema = field.section.prototypes.schema
                yield logged_name(schema[field.attribute], schema.default_language)
            else:
                yield str(getattr(getattr(field, "field", None), "label", None) or name)
