"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LandRegistryConfig(AppConfig):
    """The land registry."""

    name = "landregistry"
    verbose_name = "Land registry"
    default_auto_field = "django.db.models.BigAutoField"
