"""The registry of the project: everything installed, the adapter's own base type, and what the settings say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_module

from jsonattrs_core import Limits, Registry
from jsonattrs_django.conf import setting
from jsonattrs_django.messages import PROVIDER

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["registry", "reset"]


@cache
def registry() -> Registry:
    """Return the registry, made at the first call and again after a change of settings. Raises PluginError."""
    limits = Limits(
        attributes=setting("MAX_ATTRIBUTES"),
        choices=setting("MAX_CHOICES"),
        document_bytes=setting("MAX_DOCUMENT_BYTES"),
        depth=setting("MAX_DEPTH"),
    )
    installed = Registry.installed(setting("PREFER"), setting("BLOCK"), limits=limits)
    return installed.with_plugins(
        {PROVIDER: import_module("jsonattrs_django.plugin"), **_own_plugins(setting("PLUGINS"))}
    )


def _own_plugins(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: import_module(plugin) if isinstance(plugin, str) else plugin for name, plugin in given.items()}


def reset() -> None:
    """Forget the registry, so that the next use makes it from the settings as they are then."""
    registry.cache_clear()
