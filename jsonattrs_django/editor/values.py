"""Values in words: how a typed value reads, and what is stored for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from jsonattrs_django.forms.written import one_writer
from jsonattrs_django.references.type import Reference

__all__ = ["readings", "stored_texts"]


def readings(field: Any, value: Any) -> list[str]:
    """Return how a typed value reads in the active language, a text for each of several; none of None.

    ``field`` is the form field of its attribute.
    """
    several = value if isinstance(value, list) and field.reader.multiple else [value]
    return [_reading(field, each) for each in several if each is not None]


def _reading(field: Any, value: Any) -> str:
    if isinstance(value, Reference):
        return str(field.rows().filter(pk=value.pk).first() or value.pk)
    if isinstance(value, dict):
        return "; ".join(stored_texts(value))
    return one_writer(field)(value)


def stored_texts(value: Any) -> list[str]:
    """Return what a stored JSON value says, a text for each member of a list or an object."""
    if isinstance(value, dict):
        return [f"{name}: {_said(member)}" for name, member in value.items()]
    return [_said(member) for member in value] if isinstance(value, list) else [_said(value)]


def _said(value: Any) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict | list):
        return f"({'; '.join(stored_texts(value))})"
    return str(value)
