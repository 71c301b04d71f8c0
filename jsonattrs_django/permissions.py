"""Who may edit which scope's schemas: the boundary between tenants.

``JSONATTRS["SCHEMA_PERMISSION"]`` names a function of the same arguments that decides instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string

from jsonattrs_django.conf import setting

if TYPE_CHECKING:
    from django.db.models import Model

__all__ = ["demand", "may_edit", "may_edit_schema"]


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
