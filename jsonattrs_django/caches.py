"""What a process keeps, and how it forgets it."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from jsonattrs_django import registry
from jsonattrs_django.schemas.generation import pending_changes
from jsonattrs_django.schemas.scope import compiled_schemas
from jsonattrs_django.schemas.source import cached_scopes, composed_scopes

__all__ = ["on_setting_changed", "reset"]


def reset() -> None:
    """Forget every schema, what it compiled to, and the registry."""
    from jsonattrs_django.fields import JSONAttributeField

    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, JSONAttributeField):
                field.forget_scopes()
    for reference in list(pending_changes):
        change = reference()
        if change is not None:
            change.scopes.clear()
    cached_scopes.clear()
    composed_scopes.clear()
    compiled_schemas.clear()
    registry.reset()


def on_setting_changed(*, setting: str, **_: Any) -> None:
    """Receive that a test has overridden a setting."""
    if setting == "JSONATTRS":
        reset()
