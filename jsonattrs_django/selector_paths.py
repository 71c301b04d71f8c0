"""Paths from a model to the value of a selector: over forward foreign keys, to a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models.constants import LOOKUP_SEP

from jsonattrs_core import SchemaError
from jsonattrs_django.names import nearest

if TYPE_CHECKING:
    from django.db.models import Model

__all__ = ["SelectorError", "resolved"]


class SelectorError(SchemaError):
    """A selector path that does not work, or a value that no row of its selector can have."""


def resolved(model: type[Model], path: str) -> tuple[list[Any], Any]:
    """Return the foreign keys that a path crosses, and the field that it ends at. Raises SelectorError."""
    hops: list[Any] = []
    *crossed, end = path.split(LOOKUP_SEP)
    here: Any = model
    for part in crossed:
        field = _field(here, part, path)
        if not _is_forward_key(field):
            raise SelectorError(
                f"the selector path {path!r} crosses {part!r}, which is no foreign key of {here._meta.label}"
            )
        hops.append(field)
        here = field.related_model
    last = _field(here, end, path)
    if last.is_relation and not _is_forward_key(last):
        raise SelectorError(
            f"the selector path {path!r} ends at {end!r}, which is no foreign key of {here._meta.label}"
        )
    if not last.is_relation and not getattr(last, "concrete", False):
        raise SelectorError(f"the selector path {path!r} ends at {end!r}, which is no column of {here._meta.label}")
    return hops, last


def _field(model: Any, name: str, path: str) -> Any:
    name = model._meta.pk.name if name == "pk" else name
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        known = [field.name for field in model._meta.fields]
        raise SelectorError(
            f"the selector path {path!r} names {name!r}, which {model._meta.label} does not have{nearest(name, known)}"
        ) from None


def _is_forward_key(field: Any) -> bool:
    return bool(field.is_relation and field.concrete and (field.many_to_one or field.one_to_one))
