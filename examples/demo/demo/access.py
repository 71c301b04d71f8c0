"""Who may do what: each application is asked about its own models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from landregistry import access as landregistry
from personas import access as personas

if TYPE_CHECKING:
    from types import ModuleType

    from django.db.models import Model, QuerySet

    from jsonattrs_core import Attribute

__all__ = ["may_edit_schema", "may_refer_to", "may_use_attribute"]

_OF: dict[str, ModuleType] = {"landregistry": landregistry, "personas": personas}


def may_use_attribute(user: Any, action: str, model: type[Model], field: str, attribute: Attribute) -> bool:
    """Tell whether a user may view or change an attribute of a model."""
    return bool(_OF[model._meta.app_label].may_use_attribute(user, action, model, field, attribute))


def may_edit_schema(user: Any, model: type[Model], field: str, selectors: tuple[Any, ...]) -> bool:
    """Tell whether a user may edit the schema of a scope of a model."""
    return bool(_OF[model._meta.app_label].may_edit_schema(user, model, field, selectors))


def may_refer_to(user: Any, rows: QuerySet[Any], attribute: Attribute) -> QuerySet[Any]:
    """Return the records that a user may choose in a reference: those of neither application, accounts say, nobody."""
    asked = _OF.get(rows.model._meta.app_label)
    if asked is None:
        return rows.none()
    found: QuerySet[Any] = asked.may_refer_to(user, rows, attribute)
    return found
