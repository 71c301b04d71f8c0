"""The addresses of the API."""

from __future__ import annotations

__all__ = ["app_name", "urlpatterns"]

app_name = "personas_api"
urlpatterns = []
