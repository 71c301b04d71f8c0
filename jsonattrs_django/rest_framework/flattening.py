"""Attributes that stand among the other fields of a serializer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jsonattrs_django.rest_framework.fields import AttributesField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["demand_no_clash", "given_flat"]


def given_flat(
    data: Mapping[str, Any], others: Collection[str], field: AttributesField, scopes: Mapping[AttributesField, Scope]
) -> dict[str, Any]:
    """Return what a payload says of the attributes of one field: what no other field of the serializer has.

    ``others`` are the names of the fields that have no attributes; ``scopes`` are those of all attribute fields. What
    none of them defines is said of the first, which refuses it.
    """
    given = {name: data[name] for name in data if name not in others}
    if len(scopes) == 1:
        return given
    first = next(iter(scopes))
    if field is not first:
        own = field.access(scopes[field]).viewed
        return {name: value for name, value in given.items() if name in own}
    elsewhere = {name for other, scope in scopes.items() if other is not first for name in other.access(scope).viewed}
    return {name: value for name, value in given.items() if name not in elsewhere}


def demand_no_clash(serializer: Any, scopes: Mapping[AttributesField, Scope]) -> None:
    """Raise ImproperlyConfigured where an attribute has the name of another field, or of another field's attribute."""
    known = {name: f"the field {name!r}" for name in serializer.fields if name not in serializer.attribute_names}
    for field, scope in scopes.items():
        names = field.access(scope).viewed
        for name in scope.schema:
            if name in names and name in known:
                raise ImproperlyConfigured(
                    f"{type(serializer).__name__} flattens its attributes, and has {known[name]} as well as the "
                    f"attribute {name!r} of {field.model_field}: rename one of them, or do not flatten"
                )
        known |= {name: f"the attribute {name!r} of {field.model_field}" for name in names}
