"""What django-localflavor has, imported when it is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from jsonattrs_localflavor.django_settings import ensure_settings, untranslated

__all__ = ["member"]


def member(reference: str) -> Any:
    """Return what ``"module:name"`` names below the package ``localflavor``, importing that module alone.

    Raises ImportError, or what the module raises on import: those of Morocco and Qatar translate then, and raise
    AppRegistryNotReady in a Django project that translates and is not set up yet.
    """
    ensure_settings()
    module, _, name = reference.partition(":")
    return getattr(_imported(f"localflavor.{module}"), name)


@cache
def _imported(path: str) -> Any:
    if not path.startswith("localflavor.qa."):
        return import_module(path)
    with untranslated():  # the names that Qatar's field knows are made on import, in whatever language is active
        return import_module(path)
