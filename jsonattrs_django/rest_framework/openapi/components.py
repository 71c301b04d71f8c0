"""Components that are the same in every document: errors, problems, and what the endpoints of schemas send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.plumbing import ResolvedComponent

from jsonattrs_django.rest_framework.openapi.older import in_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ref"]

_Schema = dict[str, Any]
_PREFIX = "#/components/schemas/"


def _ref(name: str) -> _Schema:
    return {"$ref": f"{_PREFIX}{name}"}


def _object(properties: Mapping[str, Any], optional: tuple[str, ...] = (), **others: Any) -> _Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), **({"required": required} if required else {}), **others}


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _nullable(type_: str) -> _Schema:
    return {"type": [type_, "null"]}


def _errors(own: str, text: _Schema) -> _Schema:
    """Return the errors of a request: under the names of its members, or ``detail``."""
    members = [text, _list({"anyOf": [text, _ref(own)]}), _ref(own)]
    return {"type": "object", "additionalProperties": {"anyOf": members}}


_TEXT: _Schema = {"type": "string"}
_NUMBER: _Schema = {"type": "integer"}
_FLAG: _Schema = {"type": "boolean"}
_ANYTHING: _Schema = {}
_PARAMS: _Schema = {"type": "object", "additionalProperties": {}, "description": "Limits and names."}
_TEXTS: _Schema = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}], "description": "By language."}
_SELECTORS: _Schema = {"type": "object", "additionalProperties": {"type": ["string", "integer", "number", "null"]}}
_BOUND: dict[str, Any] = {"id": _nullable("integer"), "model": _TEXT, "field": _TEXT, "selectors": _SELECTORS}

_ATTRIBUTE = {
    "key": _TEXT,
    "name": _TEXT,
    "type": _TEXT,
    "subtype": _nullable("string"),
    "label": _TEXTS,
    "help_text": _TEXTS,
    "group": _nullable("string"),
    "order": _nullable("number"),
    "required": _nullable("boolean"),
    "default": _ANYTHING,
    "initial_default": _ANYTHING,
    "choices": _list({}),
    "multiple": _nullable("boolean"),
    "constraints": {"type": ["object", "null"], "additionalProperties": {}},
    "unique": _nullable("boolean"),
    "indexed": {"anyOf": [_nullable("boolean"), {"const": "trigram"}]},
    "required_if": _nullable("string"),
    "visible_if": _nullable("string"),
    "omit": _FLAG,
    "locked": _FLAG,
    "status": {"anyOf": [{"type": "string", "enum": ["draft", "active", "deprecated", "retired"]}, {"type": "null"}]},
}
_RULE = {
    "expression": _TEXT,
    "message": _TEXTS,
    "attributes": _list(_TEXT),
    "language": _TEXT,
    "severity": {"anyOf": [{"type": "string", "enum": ["error", "warning"]}]},
}
_COUNTS = {name: _nullable("integer") for name in ("misfits", "looked_at", "candidates")}

_COMPONENTS: dict[str, _Schema] = {
    "AttributeErrors": _errors("AttributeErrors", _TEXT),
    "AttributeErrorDetail": _object({"message": _TEXT, "code": _TEXT, "params": _PARAMS}),
    "AttributeErrorsWithParams": _errors("AttributeErrorsWithParams", _ref("AttributeErrorDetail")),
    "AttributeProblem": _object(
        {"path": _list({"type": ["string", "integer"]}), "code": _TEXT, "params": _PARAMS, "message": _TEXT}
    ),
    "AttributeSchemaErrors": {
        "anyOf": [_object({"problems": _list(_ref("AttributeProblem"))}), _ref("AttributeErrors")],
        "description": "What is wrong with a schema, by its place in the document; or with the request.",
    },
    "AttributeCandidate": {
        "oneOf": [
            _object({"document": _ANYTHING, "partial": _FLAG}, ("partial",), additionalProperties=False),
            _object(
                {
                    "attribute": {"type": "string", "minLength": 1, "maxLength": 1000},
                    "value": _ANYTHING,
                    "partial": _FLAG,
                },
                ("partial",),
                additionalProperties=False,
            ),
        ]
    },
    "AttributeFacet": _object(
        {"label": _TEXT, "type": _TEXT, "values": _list(_ref("AttributeFacetValue")), "others": _NUMBER}
    ),
    "AttributeFacetValue": _object(
        {"value": _ANYTHING, "label": _TEXT, "count": _NUMBER, "retired": _FLAG}, ("retired",)
    ),
    "AttributeDefinition": _object(_ATTRIBUTE, tuple(_ATTRIBUTE), additionalProperties=False),
    "AttributeRule": _object(_RULE, ("attributes", "language", "severity"), additionalProperties=False),
    "AttributeSchemaDocument": _object(
        {
            "format": {"const": 1},
            "name": _TEXT,
            "default_language": _TEXT,
            "rule_language": _TEXT,
            "attributes": _list(_ref("AttributeDefinition")),
            "rules": _list(_ref("AttributeRule")),
            "unique_together": _list(_list(_TEXT)),
        },
        ("default_language", "rule_language", "rules", "unique_together"),
        additionalProperties=False,
    ),
    "AttributeJSONSchema": _object(
        {
            "$schema": {"const": "https://json-schema.org/draft/2020-12/schema"},
            "type": {"const": "object"},
            "properties": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {}}},
            "required": _list(_TEXT),
        },
        ("required",),
    ),
    "AttributeExplanation": _object(
        {
            "layers": _list(
                _object({"layer": _NUMBER, "selectors": _list(_TEXT), "schema": _nullable("string")}),
            ),
            "attributes": {"type": "object", "additionalProperties": _ref("AttributeOrigins")},
        }
    ),
    "AttributeOrigins": _object(
        {
            "key": _TEXT,
            "properties": {
                "type": "object",
                "additionalProperties": _object(
                    {"value": _ANYTHING, "layer": _NUMBER, "overrode": _list(_ref("AttributeOrigin"))}, ("overrode",)
                ),
            },
            "notes": _list(_TEXT),
        }
    ),
    "AttributeOrigin": _object({"value": _ANYTHING, "layer": _NUMBER}, ("value",)),
    "AttributeSchemaListed": _object({**_BOUND, "name": _TEXT, "retired": _FLAG}),
    "AttributeSchemaResource": _object({**_BOUND, "retired": _FLAG, "schema": _ref("AttributeSchemaDocument")}),
    # What was read may be sent back whole: what cannot be changed is left alone.
    "AttributeSchemaNew": _object(
        {**_BOUND, "retired": _FLAG, "schema": _ref("AttributeSchemaDocument")},
        ("id", "field", "selectors", "retired"),
        additionalProperties=False,
    ),
    "AttributeSchemaGiven": _object(
        {**_BOUND, "retired": _FLAG, "schema": _ref("AttributeSchemaDocument")},
        ("id", "model", "field", "selectors", "retired"),
        additionalProperties=False,
    ),
    "AttributeSchemaChange": {
        "allOf": [
            _ref("AttributeSchemaResource"),
            _object({"dry_run": _FLAG, "has_draft": _FLAG, "impact": _ref("AttributeImpact")}),
        ]
    },
    "AttributeImpact": _object(
        {
            "records": _nullable("integer"),
            "attributes": _list(
                _object(
                    {
                        "key": _TEXT,
                        "name": _TEXT,
                        "kind": _TEXT,
                        "holders": _nullable("integer"),
                        **_COUNTS,
                        "becomes_unique": _FLAG,
                        "sharing": _nullable("integer"),
                        "texts": _list(_TEXT),
                    }
                )
            ),
            "rules": {"anyOf": [_object(_COUNTS), {"type": "null"}]},
        }
    ),
}


def ref(registry: Any, name: str) -> _Schema:
    """Return the reference of a component, which is registered with all that it refers to itself."""
    schema = in_version(_COMPONENTS[name])
    component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
    if component not in registry:
        registry.register(component)
        for other in dict.fromkeys(_referred(_COMPONENTS[name])):
            ref(registry, other)
    found: _Schema = component.ref
    return found


def _referred(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix(_PREFIX)
        for each in schema.values():
            yield from _referred(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _referred(each)
