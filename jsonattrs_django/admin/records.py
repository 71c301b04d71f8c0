"""Fetching records so that what their attributes depend on is fetched with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

from jsonattrs_django.admin.names import attribute_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

__all__ = ["introduce", "with_scopes"]


def with_scopes(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return the query set with what it takes to find the scopes of its records, so that none is fetched singly."""
    names = [name for field in attribute_fields(queryset.model).values() for name in field.select_related]
    if not names:
        return queryset
    if queryset.query.select_related is True:  # naming some would select no others any more
        return queryset.prefetch_related(*names)
    return queryset.select_related(*names)


def introduce(model: type[Model], records: Sequence[Any]) -> None:
    """Make records known to each other, so that they look up together what their attributes refer to."""
    for field in attribute_fields(model).values():
        states = [(record, record.__dict__[field.attname]) for record in records if field.attname in record.__dict__]
        peers = [ref(record) for record, _ in states]
        for _, state in states:
            state.peers = peers
