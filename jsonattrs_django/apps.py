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
        """Register the checks, protect the rows that schemas name, and keep indexes through migrations."""
        from django.core.signals import setting_changed

        from jsonattrs_django import caches, checks, protection
        from jsonattrs_django.indexes import migrating

        checks.register_all()
        protection.protect_rows()
        migrating.connect()
        setting_changed.connect(caches.on_setting_changed, dispatch_uid="jsonattrs_settings")
