"""The addresses of the pages."""

from __future__ import annotations

__all__ = ["app_name", "urlpatterns"]

app_name = "personas"
urlpatterns = []
