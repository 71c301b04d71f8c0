"""Attributes in Django REST framework (extra ``drf``): serializers, errors, parsers and renderers."""

from __future__ import annotations

from jsonattrs_django.rest_framework.concurrency import ConditionalUpdateMixin
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.parsers import StrictJSONParser
from jsonattrs_django.rest_framework.renderers import ProblemJSONRenderer
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer, AttributeSerializerMixin

__all__ = [
    "AttributeModelSerializer",
    "AttributeSerializerMixin",
    "AttributesField",
    "ConditionalUpdateMixin",
    "ProblemJSONRenderer",
    "StrictJSONParser",
]
