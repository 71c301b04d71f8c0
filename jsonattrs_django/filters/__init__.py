"""Filtering a list by attributes, with django-filter: ``jsonattrs[filter]``.

``filterset`` is what applications subclass, ``offers`` makes the filters of an attribute, ``fields`` are the form's,
``conditions`` and ``ordering`` put them into the query, and ``parameters`` refuses what nobody asked for. Which
look-ups there are is said in ``jsonattrs_django.offered``. Nothing else in the adapter needs django-filter.
"""

from __future__ import annotations

from jsonattrs_django.filters.conditions import AttributeFilter
from jsonattrs_django.filters.filterset import AttributeFilterMixin, AttributeFilterSet
from jsonattrs_django.filters.ordering import AttributeOrderingFilter

__all__ = ["AttributeFilter", "AttributeFilterMixin", "AttributeFilterSet", "AttributeOrderingFilter"]
