"""Attributes in Django REST framework (extra ``drf``): typed serializers, filters, sparse answers and facets.

``schemas`` has the endpoints of schemas, and ``openapi`` describes all of it to drf-spectacular; both are imported by
those who want them.
"""

from __future__ import annotations

from jsonattrs_django.rest_framework.concurrency import ConditionalUpdateMixin
from jsonattrs_django.rest_framework.facets import FacetsMixin
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.filters import AttributeFilterBackend, AttributeOrderingFilter
from jsonattrs_django.rest_framework.lists import AttributeListSerializer
from jsonattrs_django.rest_framework.parsers import StrictJSONParser
from jsonattrs_django.rest_framework.renderers import ProblemJSONRenderer
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer, AttributeSerializerMixin
from jsonattrs_django.rest_framework.sparse import SparseFieldsMixin

__all__ = [
    "AttributeFilterBackend",
    "AttributeListSerializer",
    "AttributeModelSerializer",
    "AttributeOrderingFilter",
    "AttributeSerializerMixin",
    "AttributesField",
    "ConditionalUpdateMixin",
    "FacetsMixin",
    "ProblemJSONRenderer",
    "SparseFieldsMixin",
    "StrictJSONParser",
]
