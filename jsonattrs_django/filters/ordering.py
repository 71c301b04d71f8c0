"""Ordering by attributes and by columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters.filters import OrderingFilter

from jsonattrs_django.offered import nulls_last

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.queries.transforms import Attr

__all__ = ["AttributeOrderingFilter"]


class AttributeOrderingFilter(OrderingFilter):
    """Orders by attributes, given by the names of parameters, and by whatever else an OrderingFilter orders by.

    With ``nulls_last`` records without a value are at the end, whichever way it goes.
    """

    def __init__(self, *args: Any, attributes: Mapping[str, Attr], nulls_last: bool = False, **kwargs: Any) -> None:
        self.attributes, self.nulls_last = attributes, nulls_last
        super().__init__(*args, **kwargs)

    def get_ordering_value(self, param: str) -> Any:
        """Return what to order by for one name, descending after a minus sign."""
        attribute = self.attributes.get(param.removeprefix("-"))
        if attribute is None:
            order = super().get_ordering_value(param)
        else:
            order = attribute.desc() if param.startswith("-") else attribute.asc()
        return nulls_last(self.model, order) if self.nulls_last else order
