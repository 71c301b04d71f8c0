"""The settings that Django wants before some of its forms work, made only where nobody else makes them.

Most fields decide without settings; some need them when they are imported (Morocco, Qatar) or when they refuse
(Switzerland). In a Django project the settings are the project's own, and nothing is done here.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from threading import Lock
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.utils import translation

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["can_translate", "ensure_settings", "untranslated"]

_lock = Lock()


def ensure_settings() -> None:
    """Configure Django with the least that forms need, if nobody has configured it and nobody is about to.

    With ``DJANGO_SETTINGS_MODULE`` in the environment Django loads the project's settings when they are first read;
    until then it calls itself unconfigured, and is left alone. ``USE_I18N`` is on by default, and translating needs
    the registry of applications, which nobody fills here.
    """
    if settings.configured or os.environ.get(ENVIRONMENT_VARIABLE):
        return
    with _lock:
        if settings.configured:
            return
        try:
            settings.configure(USE_I18N=False)
        except RuntimeError:  # the application configured it in another thread, just now: its settings are better
            if not settings.configured:
                raise


def can_translate() -> bool:
    """Tell whether a lazy message may be made a text. If not, reading one raises AppRegistryNotReady."""
    return bool(settings.USE_I18N and apps.ready)


def untranslated() -> AbstractContextManager[object]:
    """Return a context in which lazy messages are what the source code has, whatever the language of the thread."""
    return translation.override(None) if can_translate() else nullcontext()
