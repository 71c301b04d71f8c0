"""How commands and documents name attribute fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.management.base import CommandError

from jsonattrs_core import SchemaError
from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["all_fields", "field_named", "fields_named", "label_of", "selectors_named"]


def all_fields() -> list[JSONAttributeField]:
    """Return every attribute field of the project."""
    from jsonattrs_django.fields import JSONAttributeField

    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, JSONAttributeField)
    ]


def label_of(field: JSONAttributeField) -> str:
    """Return what a field is called by in arguments and reports: ``app.Model``, or ``app.Model.field`` of several."""
    label = field.model._meta.label
    own = [other for other in all_fields() if other.model is field.model]
    return label if len(own) == 1 else f"{label}.{field.name}"


def fields_named(labels: Iterable[str]) -> list[JSONAttributeField]:
    """Return the fields of these labels, all fields if there is no label. Raises CommandError."""
    labels = list(labels)
    if not labels:
        return all_fields()
    try:
        return [field_named(label) for label in labels]
    except SchemaError as error:
        raise CommandError(str(error)) from None


def field_named(label: str) -> JSONAttributeField:
    """Return the field of a label. Raises SchemaError."""
    app, _, rest = label.partition(".")
    model_name, _, name = rest.partition(".")
    try:
        model: Any = apps.get_model(app, model_name)
    except (LookupError, ValueError):
        known = [label_of(field) for field in all_fields()]
        raise SchemaError(f"there is no model {label!r}{nearest(label, known)}") from None
    return attribute_field(model, name or None)


def selectors_named(pairs: Iterable[str]) -> dict[str, str]:
    """Return the selector values of ``NAME=VALUE`` arguments by name. Raises CommandError."""
    found = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise CommandError(f"--select takes NAME=VALUE, not {pair!r}")
        found[name] = value
    return found
