"""Composed schemas as documents, without what the reader may not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.registry import registry
from jsonattrs_django.rest_framework.schemas.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from jsonattrs_django.rest_framework.schemas.scopes import ScopeOf

__all__ = ["document_of", "json_schema_of", "mentions"]

_CONDITIONS = ("required_if", "visible_if")


def document_of(asked: ScopeOf) -> dict[str, Any]:
    """Return a composed schema as a document, with its texts in all languages. Raises Unusable.

    It is named for the records, since the names of schemas are their editors' own.
    """
    _demand_composed(asked)
    document = asked.scope.schema.to_document()
    document["name"] = str(asked.field.model._meta.verbose_name)
    shown, is_told = asked.viewed, _telling(asked)
    document["attributes"] = [
        _without_conditions(each, is_told) for each in document["attributes"] if each["name"] in shown
    ]
    document["rules"] = [rule for rule in document.get("rules", ()) if is_told(rule)]
    document["unique_together"] = [group for group in document.get("unique_together", ()) if shown.issuperset(group)]
    return {name: said for name, said in document.items() if said or name == "attributes"}


def json_schema_of(asked: ScopeOf) -> dict[str, Any]:
    """Return a composed schema as JSON Schema, with its texts in the active language. Raises Unusable."""
    _demand_composed(asked)
    try:
        document = asked.scope.schema.to_json_schema(get_language(), registry())
    except JSONAttrsError as error:
        raise Unusable from error
    if not asked.hidden:
        return document
    shown, is_told = asked.viewed, _telling(asked)
    document["properties"] = {name: each for name, each in document["properties"].items() if name in shown}
    for each in document["properties"].values():
        each["x-jsonattrs"] = _without_conditions(each["x-jsonattrs"], is_told)
    whole = document.pop("x-jsonattrs", {})
    parts = {
        "rules": [rule for rule in whole.get("rules", ()) if is_told(rule)],
        "unique_together": [group for group in whole.get("unique_together", ()) if shown.issuperset(group)],
    }
    document["required"] = [name for name in document.get("required", ()) if name in shown]
    found = {**document, "x-jsonattrs": {name: said for name, said in parts.items() if said}}
    return {name: said for name, said in found.items() if said or name not in ("required", "x-jsonattrs")}


def _demand_composed(asked: ScopeOf) -> None:
    """Raise Unusable where the schemas of a scope cannot be composed: an empty document would be a lie."""
    if asked.scope.is_broken:
        raise Unusable


# ---- what says something of what is hidden ----


def mentions(text: str, names: Collection[str]) -> bool:
    """Tell whether any of these names is a word of a text."""
    return not set(re.findall(r"[A-Za-z0-9_]+", text)).isdisjoint(names)


def _telling(asked: ScopeOf) -> Callable[[Any], bool]:
    """Return what tells whether a rule, or a condition, says nothing of attributes that the reader may not see."""
    schema = asked.scope.schema
    hidden = {*asked.hidden, *(str(schema[name].key) for name in asked.hidden)}

    def is_told(said: Any) -> bool:
        if isinstance(said, str):
            return not mentions(said, hidden)
        return not mentions(said["expression"], hidden) and hidden.isdisjoint(said.get("attributes", ()))

    return is_told


def _without_conditions(said: dict[str, Any], is_told: Callable[[Any], bool]) -> dict[str, Any]:
    return {name: each for name, each in said.items() if name not in _CONDITIONS or is_told(str(each))}
