"""The attributes of one scope as a schema of OpenAPI 3.1, which is JSON Schema 2020-12 with a few habits of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils.translation import get_language

from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    from jsonattrs_core import Attribute
    from jsonattrs_django.rest_framework.fields import AttributesField
    from jsonattrs_django.schemas.scope import Scope

    Kind = Literal["new", "changes", "stored"]
    Nested = Callable[[str], dict[str, Any] | None]

__all__ = ["attributes_schema", "column_schema"]

_Schema = dict[str, Any]

#: Formats of base types whose JSON Schema has none: of OpenAPI's registry, for the makers of clients.
_FORMATS = {"integer": "int64", "float": "double", "decimal": "decimal", "uuid": "uuid", "time": "time-local"}
#: What is told of an attribute that JSON Schema has no words for: nothing that names other attributes.
_TOLD = ("type", "subtype", "constraints")
#: Examples that one attribute shows.
_MOST_EXAMPLES = 3


def attributes_schema(field: AttributesField, scope: Scope, of: Kind, nested: Nested = lambda name: None) -> _Schema:
    """Return the schema of the attributes of a scope that the user may see; of what is written, those he may change.

    ``nested`` gives the schema of the objects that an attribute's references are shown as, None where they are keys.
    """
    names = field.access(scope).viewed if of == "stored" else field.access(scope).changed
    exported = _exported(scope, of)
    properties = {
        name: _property(attribute, exported["properties"].get(name, {}), nested)
        for name, attribute in scope.schema.items()
        if name in names
    }
    required = [name for name in exported.get("required", ()) if name in names]
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _exported(scope: Scope, of: Kind) -> _Schema:
    """Return the core's own export; of a schema that cannot be used, whose plugin is gone, nothing but names."""
    if scope.error is not None:
        return {"properties": {}}
    return scope.schema.to_json_schema(get_language(), registry(), of=of)


def _property(attribute: Attribute, exported: Mapping[str, Any], nested: Nested) -> _Schema:
    found = dict(exported)
    extension = found.pop("x-jsonattrs", {})
    told = {name: extension[name] for name in _TOLD if name in extension}
    if attribute.type == "reference":
        told.pop("constraints", None)
        reference = nested(str(attribute.name)) or _key_schema(attribute)
        found = _of_items(found, lambda item: _replaced(item, reference))
    else:
        found = _of_items(found, lambda item: _item(item, attribute))
    if examples := _examples(attribute):
        found["examples"] = [[examples[0]]] if attribute.multiple else examples
    return {**found, "x-jsonattrs": told} if told else found


def _of_items(schema: _Schema, change: Callable[[_Schema], _Schema]) -> _Schema:
    """Return a property in which the schema of its values, or of those in its list, is changed."""
    if "anyOf" in schema:  # a schema, and null
        first, *others = schema["anyOf"]
        return {**schema, "anyOf": [_of_items(first, change), *others]}
    if "items" in schema:
        return {**schema, "items": change(schema["items"])}
    return change(schema)


def _replaced(item: _Schema, reference: _Schema) -> _Schema:
    texts: _Schema = {name: item[name] for name in ("title", "description", "default", "deprecated") if name in item}
    return {**texts, "allOf": [reference]} if texts and "$ref" in reference else {**texts, **reference}


def _item(item: _Schema, attribute: Attribute) -> _Schema:
    found = dict(item)
    if str(attribute.type) in _FORMATS:
        found.setdefault("format", _FORMATS[str(attribute.type)])
    if attribute.type == "object" and "allOf" not in found:
        found["additionalProperties"] = {}
    if "oneOf" in found:
        offered = found.pop("oneOf")
        found["enum"] = [each["const"] for each in offered]
        # What openapi-typescript, and others, make comments of.
        found["x-enum-descriptions"] = [each["title"] for each in offered]
    if "enum" not in found:
        return found
    # In an `allOf`, since drf-spectacular makes of every other enumeration a component for all scopes together.
    inner = {name: found.pop(name) for name in ("type", "enum", "x-enum-descriptions") if name in found}
    return {**found, "allOf": [inner]}


def _key_schema(attribute: Attribute) -> _Schema:
    """Return the schema of the primary keys that an attribute's values are."""
    return column_schema(apps.get_model((attribute.constraints or {})["model"])._meta.pk)


def column_schema(column: Any) -> _Schema:
    """Return the schema of the JSON values of a model's field that is a key, or decides on a scope."""
    while column.remote_field is not None:  # of a model that inherits another's table
        column = column.target_field
    if isinstance(column, models.IntegerField):
        return {"type": "integer"}
    return {"type": "string", "format": "uuid"} if isinstance(column, models.UUIDField) else {"type": "string"}


def _examples(attribute: Attribute) -> list[Any]:
    """Return values that the attribute's subtype has as examples, where nothing else is asked of the values."""
    subtype = registry().subtypes.get(str(attribute.subtype)) if attribute.subtype else None
    if subtype is None or attribute.constraints or attribute.choices:
        return []
    return list(subtype.examples)[:_MOST_EXAMPLES]
