"""Ordering by attributes and by columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters.filters import OrderingFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.queries.transforms import Attr

__all__ = ["AttributeOrderingFilter"]


class AttributeOrderingFilter(OrderingFilter):
    """Orders by attributes, given by the names of parameters, and by whatever else an OrderingFilter orders by."""

    def __init__(self, *args: Any, attributes: Mapping[str, Attr], **kwargs: Any) -> None:
        self.attributes = attributes
        super().__init__(*args, **kwargs)

    def get_ordering_value(self, param: str) -> Any:
        """Return what to order by for one name, descending after a minus sign."""
        attribute = self.attributes.get(param.removeprefix("-"))
        if attribute is None:
            return super().get_ordering_value(param)
        return attribute.desc() if param.startswith("-") else attribute.asc()
