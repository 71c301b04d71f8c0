"""Schemas for documents of OpenAPI 3.0, which has a dialect of its own: ``nullable``, no ``const``, no lists of types.

What it has no word for is left out, so that a schema accepts more than it would.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.plumbing import is_jsonschema_compliant

__all__ = ["in_version"]

_Schema = dict[str, Any]

_NULL = {"type": "null"}
_PLAIN = ("title", "description", "type", "format", "default", "enum", "required", "deprecated", "$ref")
_LIMITS = ("minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems")
_MORE_LIMITS = ("uniqueItems", "minProperties", "maxProperties", "readOnly", "writeOnly", "nullable", "example")
_KEPT = {*_PLAIN, *_LIMITS, *_MORE_LIMITS}
_LISTS = ("allOf", "anyOf", "oneOf")


def in_version(schema: _Schema) -> _Schema:
    """Return a schema as the version of OpenAPI has it that drf-spectacular is set to."""
    return schema if is_jsonschema_compliant() else _older(schema)


def _older(schema: Any) -> _Schema:
    if not isinstance(schema, dict):
        return {} if schema else {"not": {}}
    found = {word: said for word, said in schema.items() if word in _KEPT or word.startswith("x-")}
    for word in _LISTS:
        if word in schema:
            found[word] = [_older(each) for each in schema[word] if each != _NULL]
    if "properties" in schema:
        found["properties"] = {name: _older(each) for name, each in schema["properties"].items()}
    for word in ("items", "not", "additionalProperties"):
        if word in schema:
            found[word] = schema[word] if schema[word] is False else _older(schema[word])
    if "const" in schema:  # in an `allOf`, as other enumerations are, since drf-spectacular makes components of them
        found["allOf"] = [*found.get("allOf", ()), {"enum": [schema["const"]]}]
    if schema.get("examples"):
        found["example"] = schema["examples"][0]
    return _nullable(_with_bounds(found, schema), schema)


def _with_bounds(found: _Schema, schema: _Schema) -> _Schema:
    for word, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if word in schema:
            found |= {plain: schema[word], word: True}
    return found


def _nullable(found: _Schema, schema: _Schema) -> _Schema:
    """Let null in where the schema does: by a list of types, or beside another schema."""
    types = schema.get("type")
    if isinstance(types, list):
        others = [each for each in types if each != "null"]
        del found["type"]
        found |= {"type": others[0]} if len(others) == 1 else {"anyOf": [{"type": each} for each in others]}
    if "null" in (types or ()) or _NULL in schema.get("anyOf", ()):
        found["nullable"] = True
    if len(found.get("anyOf", ())) == 1:
        found["allOf"] = [*found.get("allOf", ()), *found.pop("anyOf")]
    return found
