"""The Django application ``jsonattrs``."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["JSONAttrsConfig"]


class JSONAttrsConfig(AppConfig):
    """Registers the checks and the receivers of signals. No query is made, and no setting read."""

    name = "jsonattrs_django"
    label = "jsonattrs"
    verbose_name = _("Attribute schemas")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, and follow what happens to rows that schemas name, to scopes and to tables."""
        from django.apps import apps
        from django.core.signals import setting_changed

        from jsonattrs_django import caches, checks, protection
        from jsonattrs_django.indexes import migrating
        from jsonattrs_django.uniqueness import related

        checks.register_all()
        protection.protect_rows()
        migrating.connect()
        related.follow_related_rows()
        setting_changed.connect(caches.on_setting_changed, dispatch_uid="jsonattrs_settings")
        if apps.is_installed("drf_spectacular"):
            from jsonattrs_django.rest_framework import openapi  # noqa: F401 - whose import registers its extensions
