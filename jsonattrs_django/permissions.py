"""Who may do what: edit a scope's schema, see or change an attribute, choose a record that an attribute refers to.

Settings name functions of the same arguments that decide instead: ``JSONATTRS["SCHEMA_PERMISSION"]`` of
:func:`may_edit_schema`, the boundary between tenants; ``["ATTRIBUTE_PERMISSION"]`` of :func:`may_use_attribute`; and
``["REFERENCE_PERMISSION"]`` of :func:`may_refer_to`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string

from jsonattrs_django.conf import DEFAULTS, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model, QuerySet

    from jsonattrs_core import Attribute
    from jsonattrs_django.fields import JSONAttributeField

__all__ = [
    "choosable",
    "demand",
    "may_edit",
    "may_edit_schema",
    "may_refer_to",
    "may_use_attribute",
    "permitted",
]


def may_edit_schema(user: Any, model: type[Model], field: str, selectors: tuple[Any, ...]) -> bool:
    """Tell whether ``user`` may edit the schema of a scope: who has the permission to change schemas may edit all.

    ``selectors`` are the values that the schema is bound to: keys of rows, plain values, None for any.
    """
    return bool(user.is_active and user.has_perm("jsonattrs.change_schemarecord"))


def may_edit(user: Any, model: type[Model], field: str, selectors: tuple[Any, ...]) -> bool:
    """Ask the project's own function, or :func:`may_edit_schema`."""
    return bool(import_string(setting("SCHEMA_PERMISSION"))(user, model, field, selectors))


def demand(user: Any, model: type[Model], field: str, selectors: tuple[Any, ...]) -> None:
    """Raise PermissionDenied where ``user`` may not edit the schema of a scope; None is the program itself."""
    if user is not None and not may_edit(user, model, field, selectors):
        raise PermissionDenied("You may not edit the schema of this scope.")


def may_use_attribute(user: Any, action: str, model: type[Model], field: str, attribute: Attribute) -> bool:
    """Tell whether ``user`` may ``"view"`` or ``"change"`` an attribute of the records that she may: everybody may."""
    return True


def permitted(user: Any, action: str, field: JSONAttributeField, schema: Mapping[str, Attribute]) -> set[str]:
    """Return the names of those attributes of a schema that ``user`` may view or change; None is the program itself."""
    function = setting("ATTRIBUTE_PERMISSION")
    if user is None or function == DEFAULTS["ATTRIBUTE_PERMISSION"]:
        return set(schema)
    ask = import_string(function)
    return {name for name, attribute in schema.items() if ask(user, action, field.model, field.name, attribute)}


def may_refer_to(user: Any, rows: QuerySet[Any], attribute: Attribute) -> QuerySet[Any]:
    """Return those of the rows that ``user`` may choose as what an attribute refers to.

    Who may view, or change, the records of their model may choose all, and others none.
    """
    options = rows.model._meta
    allowed = user.is_active and any(
        user.has_perm(f"{options.app_label}.{action}_{options.model_name}") for action in ("view", "change")
    )
    return rows if allowed else rows.none()


def choosable(user: Any, rows: QuerySet[Any], attribute: Attribute) -> QuerySet[Any]:
    """Ask the project's own function, or :func:`may_refer_to`; None is the program itself, which may choose all."""
    if user is None:
        return rows
    found: QuerySet[Any] = import_string(setting("REFERENCE_PERMISSION"))(user, rows, attribute)
    return found
