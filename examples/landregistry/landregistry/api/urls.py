"""The addresses of the API."""

from __future__ import annotations

from django.urls import path, re_path
from rest_framework.routers import DefaultRouter

from landregistry.api.views import Document, Parties, Projects, Schemas, SpatialUnits, nothing

__all__ = ["urlpatterns"]

router = DefaultRouter()
router.include_format_suffixes = False
router.register("projects", Projects, basename="api-project")
router.register("parties", Parties, basename="api-party")
router.register("spatial-units", SpatialUnits, basename="api-spatial-unit")
router.register("schemas", Schemas, basename="api-schema")

urlpatterns = [
    path("openapi.json", Document.as_view(), name="api-document"),
    *router.urls,
    re_path("", nothing),
]
