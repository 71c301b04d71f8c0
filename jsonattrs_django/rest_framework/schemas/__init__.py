"""Schemas in an API: read, explained and tried at the address of the records, edited at an address of their own."""

from __future__ import annotations

from jsonattrs_django.rest_framework.schemas.mixins import AttributeSchemaMixin
from jsonattrs_django.rest_framework.schemas.renderers import JSONSchemaRenderer
from jsonattrs_django.rest_framework.schemas.viewsets import SchemaViewSet

__all__ = ["AttributeSchemaMixin", "JSONSchemaRenderer", "SchemaViewSet"]
