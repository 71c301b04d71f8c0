"""The application."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["PersonasConfig"]


class PersonasConfig(AppConfig):
    """Authors, their personas and what is written in their voices."""

    name = "personas"
    verbose_name = "Personas"
    default_auto_field = "django.db.models.BigAutoField"
