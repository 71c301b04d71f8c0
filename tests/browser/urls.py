"""The land registry as it is by itself, and personas as they are beside it."""

from __future__ import annotations

from django.urls import include, path
from landregistry.urls import handler403, handler404, urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]

urlpatterns = [
    *urlpatterns,
    path("personas/", include("personas.pages.urls")),
    path("api/v1/", include("personas.api.urls")),
]
