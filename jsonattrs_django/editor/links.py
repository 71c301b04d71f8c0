"""Links to records, for those who may open them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.urls import reverse

from jsonattrs_core import Attribute
from jsonattrs_django.permissions import choosable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.admin.sites import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest

__all__ = ["links_of"]


def links_of(model: type[Model], keys: Sequence[Any], request: HttpRequest, site: AdminSite) -> list[tuple[str, str]]:
    """Return the names and addresses of some records, in the order of their keys.

    The address is that of the admin's page for who may open that; else the record's own, where the model has
    ``get_absolute_url`` and the project lets the user refer to the record.
    """
    if not keys:
        return []
    found = _of_admin(model, keys, request, site)
    found |= _of_pages(model, [key for key in keys if key not in found], request)
    return [found[key] for key in sorted(found)]


def _of_admin(
    model: type[Model], keys: Sequence[Any], request: HttpRequest, site: AdminSite
) -> dict[Any, tuple[str, str]]:
    admin = site._registry.get(model)
    if admin is None:
        return {}
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return {
        row.pk: (str(row), reverse(name, args=[row.pk], current_app=site.name))
        for row in admin.get_queryset(request).filter(pk__in=keys)
        if admin.has_view_or_change_permission(request, row)
    }


def _of_pages(model: type[Model], keys: Sequence[Any], request: HttpRequest) -> dict[Any, tuple[str, str]]:
    if not keys or not hasattr(model, "get_absolute_url"):
        return {}
    about = Attribute("record", "reference", constraints={"model": model._meta.label})
    try:
        rows = choosable(request.user, model._default_manager.filter(pk__in=keys), about)
    except FieldError:  # the project's function does not know the model, to which no attribute refers
        return {}
    return {row.pk: (str(row), row.get_absolute_url()) for row in rows}
