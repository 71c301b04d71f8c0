"""Filters that put conditions on attributes into the query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters.constants import EMPTY_VALUES
from django_filters.filters import Filter

from jsonattrs_django.offered import comparison

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet

    from jsonattrs_django.queries.transforms import Attr

__all__ = ["AttributeFilter"]


class AttributeFilter(Filter):
    """Compares an attribute, which its key and its type say, so that no schema of another scope is in its way."""

    def __init__(self, attribute: Attr, lookup_expr: str, field_class: type[forms.Field], **kwargs: Any) -> None:
        super().__init__(lookup_expr=lookup_expr, **kwargs)
        self.attribute = attribute
        self.field_class = field_class

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Return the query set with the condition; without a value as it is."""
        if value in EMPTY_VALUES:
            return qs
        return self.get_method(qs)(comparison(self.attribute, self.lookup_expr, value))
