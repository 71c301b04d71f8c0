"""Edits of one attribute in the document of a schema."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from jsonattrs_django.planning.published import definition_in, key_of, put_into
from jsonattrs_django.rest_framework.schemas.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.planning.published import Published

__all__ = ["changed", "definition_of", "left_out", "replaced"]


def definition_of(now: Published, key: str) -> dict[str, Any]:
    """Return what the schema of a scope says about one attribute. Raises NotFound where it says nothing."""
    found: dict[str, Any] | None = definition_in((now.published_document or {}).get("attributes", ()), key)
    if found is None:
        raise NotFound(_("This schema says nothing about such an attribute."))
    return found


def replaced(now: Published, key: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document in which an attribute is defined anew. Raises Refused for the definition of another one."""
    if key_of({"key": key, **definition}) != key:
        text = _("The key of an attribute stands for its stored values, and does not change. Define another one.")
        raise Refused([{"path": ["key"], "code": "key", "params": {}, "message": text}])
    document = deepcopy(now.published_document or {})
    put_into(document["attributes"], {"key": key, **definition})
    return document


def changed(now: Published, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document in which some properties of an attribute are others; of an inherited one, for this scope.

    Raises NotFound for an attribute that the scope does not have, Refused where ``properties`` have another key.
    """
    before: dict[str, Any] | None = definition_in((now.published_document or {}).get("attributes", ()), key)
    if before is None and key not in now.inherited_keys:
        raise NotFound(_("There is no such attribute in this scope."))
    return replaced(now, key, {**(before or {}), **properties})


def left_out(now: Published, key: str) -> dict[str, Any]:
    """Return the document that says nothing about an attribute any more. Raises NotFound where it says nothing now."""
    definition_of(now, key)
    document = deepcopy(now.published_document or {})
    document["attributes"] = [each for each in document["attributes"] if key_of(each) != key]
    return document
