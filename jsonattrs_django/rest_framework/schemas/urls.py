"""Addresses of schemas: ``path("api/", include("jsonattrs_django.rest_framework.schemas.urls"))``."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from jsonattrs_django.rest_framework.schemas.viewsets import SchemaViewSet

__all__ = ["urlpatterns"]

_router = SimpleRouter()
_router.register("schemas", SchemaViewSet, basename="schema")

urlpatterns = _router.urls
