"""Settings: ``JSONATTRS`` in the project's settings, a dict of which every key may be left out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from jsonattrs_django.names import nearest

__all__ = ["DEFAULTS", "setting"]

#: What each setting is where the project says nothing.
DEFAULTS: dict[str, Any] = {
    "FRESHNESS": 1.0,  #: seconds within which a process sees a schema change that another one committed
    "CACHED_SCOPES": 2_000,  #: composed schemas that a process keeps
    "PREFER": {},  #: names of subtypes, or patterns, to the provider that shall win
    "BLOCK": (),  #: plugins to leave out
    "PLUGINS": {},  #: provider to "module" or object: plugins that are part of the project, not installed
    "MAX_ATTRIBUTES": 500,  #: attributes of one composed schema
    "MAX_DOCUMENT_BYTES": 1024 * 1024,  #: size of one document
    "MAX_CHOICES": 10_000,  #: choices of one attribute
    "MAX_DEPTH": 8,  #: nesting of a value of type object
    "SCHEMA_PERMISSION": "jsonattrs_django.permissions.may_edit_schema",  #: who may edit which scope's schema
    "ATTRIBUTE_PERMISSION": "jsonattrs_django.permissions.may_use_attribute",  #: who may see and change which attribute
    "REFERENCE_PERMISSION": "jsonattrs_django.permissions.may_refer_to",  #: who may choose which records in forms
}


def setting(name: str) -> Any:
    """Return a setting as it is now. Raises ImproperlyConfigured where the project sets one that does not exist."""
    given = getattr(settings, "JSONATTRS", {})
    for key in given:
        if key not in DEFAULTS:
            raise ImproperlyConfigured(f"JSONATTRS[{key!r}] is no setting of jsonattrs{nearest(key, DEFAULTS)}")
    return given.get(name, DEFAULTS[name])
