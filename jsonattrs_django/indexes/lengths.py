"""Whether texts of an attribute may be longer than an entry of an index.

``define`` sees to it that an attribute which is indexed takes none. But one index is for all scopes, and where another
scope has the same attribute, indexed or not, longer texts would be refused there, by the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core import JSONAttrsError, Schema, compose
from jsonattrs_django.indexes.limits import LONGEST_INDEXED, too_long
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["may_be_long"]

#: The properties on which it depends.
_DECIDING = ("type", "subtype", "constraints", "choices")


def may_be_long(definitions: Iterable[Mapping[str, Any]], changes: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether one of these definitions of texts takes too long ones, or a change of them lets it."""
    if any(_loosens(change) for change in changes):
        return True
    alike = {repr(each): each for each in map(_deciding, definitions)}
    return any(_takes_long(each) for each in alike.values())


def _deciding(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {name: definition[name] for name in _DECIDING if name in definition}


def _loosens(change: Mapping[str, Any]) -> bool:
    constraints = change.get("constraints", {})
    if not isinstance(constraints, dict):
        return True  # it takes them away
    limit = constraints.get("max_length", 0)
    return not isinstance(limit, int) or limit > LONGEST_INDEXED


def _takes_long(definition: Mapping[str, Any]) -> bool:
    attribute = {**definition, "key": "x", "name": "x", "indexed": True}
    try:
        composed = compose(Schema.from_document({"format": 1, "name": "x", "attributes": [attribute]}))
        return bool(too_long(composed, composed.compile(registry())))
    except JSONAttrsError:
        return False  # nothing is stored under a definition that cannot be used, such as one whose plugin is gone
