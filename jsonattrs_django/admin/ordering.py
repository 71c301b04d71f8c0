"""Ordering a list by attributes that may not be there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OrderBy

from jsonattrs_django.admin.columns import Column
from jsonattrs_django.admin.names import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

__all__ = ["ordered_by"]


def ordered_by(model: type[Model], user: Any, parts: Iterable[Any]) -> list[Any]:
    """Return what to order by, without the attributes that say nothing to this user."""
    return [kept for part in parts if (kept := _kept(model, user, part)) is not None]


def _kept(model: type[Model], user: Any, part: Any) -> Any:
    """Return a part of an ordering as it is, or the attribute that it names; None for one to leave out."""
    if isinstance(part, str):
        name, is_descending = part.removeprefix("-"), part.startswith("-")
        found = named(model, name)
        order = None if found is None else Column(found, user).admin_order_field
        if found is None or order is None:
            return part if found is None else None
        return order.desc() if is_descending else order.asc()
    if isinstance(part, F):
        return _kept(model, user, part.name) if named(model, part.name) else part
    if isinstance(part, OrderBy) and isinstance(part.expression, F) and named(model, part.expression.name):
        order = Column(named(model, part.expression.name), user).admin_order_field  # type: ignore[arg-type]
        return None if order is None else _like(part, order)
    return part


def _like(part: OrderBy, order: Any) -> OrderBy:
    return OrderBy(
        order, descending=part.descending, nulls_first=part.nulls_first or None, nulls_last=part.nulls_last or None
    )
