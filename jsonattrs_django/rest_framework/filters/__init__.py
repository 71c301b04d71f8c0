"""Filtering and ordering lists by attributes, as backends of Django REST framework.

``backend`` filters and ``ordering`` orders; ``reading`` makes a condition of a parameter, and ``parameters`` finds
those that are about attributes. ``openapi`` describes them. None of it needs django-filter.
"""

from __future__ import annotations

from jsonattrs_django.rest_framework.filters.backend import AttributeFilterBackend
from jsonattrs_django.rest_framework.filters.ordering import AttributeOrderingFilter

__all__ = ["AttributeFilterBackend", "AttributeOrderingFilter"]
