"""The base types ``boolean`` and ``uuid``."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from jsonattrs_core.errors import Invalid

__all__ = ["check_boolean", "check_uuid"]

#: What people and spreadsheets write, in the languages of the catalogs.
_TRUE = {
    "": ("true", "1", "yes", "y", "t", "on"),
    "de": ("wahr", "ja", "j"),
    "fr": ("vrai", "oui", "o"),
    "id": ("benar", "ya"),
}
_FALSE = {
    "": ("false", "0", "no", "n", "f", "off"),
    "de": ("falsch", "nein"),
    "fr": ("faux", "non"),
    "id": ("salah", "tidak"),
}

_UUID = re.compile(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch


def check_boolean(value: Any) -> bool:
    """Return True or False; nothing else is one."""
    if value is True or value is False:
        return value
    raise Invalid("type", type="boolean")


def boolean_from_text(text: str, language: str) -> bool:
    """Return what a word of ``language`` means."""
    word = text.strip().casefold()
    own = language.partition("-")[0].lower()
    if word in _TRUE[""] or word in _TRUE.get(own, ()):
        return True
    if word in _FALSE[""] or word in _FALSE.get(own, ()):
        return False
    raise Invalid("format", type="boolean")


def dump_boolean(value: bool) -> bool:
    """Return the value."""
    return value


def canonical_boolean(value: bool) -> str:
    """Return ``true`` or ``false``."""
    return "true" if value else "false"


def check_uuid(value: Any) -> UUID:
    """Return the UUID of 32 hexadecimal digits, with hyphens in their places or without."""
    if isinstance(value, str):
        if _UUID(value):
            return UUID(value)
        raise Invalid("format", type="uuid")
    if not isinstance(value, UUID):
        raise Invalid("type", type="uuid")
    return value if type(value) is UUID else UUID(int=value.int)


def uuid_from_text(text: str, language: str) -> str:
    """Return the text without space around it."""
    return text.strip()


def new_uuid(now: object) -> UUID:
    """Return a random UUID, the named default ``uuid4``."""
    return uuid4()
