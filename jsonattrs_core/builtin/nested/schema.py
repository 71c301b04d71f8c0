"""The constraint ``json_schema``: a stranger's JSON Schema over the values of type ``object``.

The schema is read, bounded and its cost computed before the library sees it; a value is measured before it is checked.
What is supported is JSON Schema 2020-12 within one document, with `format` checked and unknown formats refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_core.records import Check

__all__ = ["load_json_schema", "schema_keyword"]


def load_json_schema(parameter: Any, attribute: Any = None) -> Check:
    """Return the check of a JSON Schema; ``parameter`` is the schema, ``attribute`` is of no importance.

    The check takes plain JSON and returns it as it is. It raises InvalidParts with up to a hundred reasons, or
    ``too_large`` where checking could take seconds. Raises SchemaError for a schema that cannot be used safely.
    """
    from jsonattrs_core.builtin.nested.check import SchemaCheck  # only schemas with `json_schema` need it, and an extra

    return SchemaCheck(parameter).check


def schema_keyword(parameter: Any) -> dict[str, Any]:
    """Return the JSON Schema keyword of a JSON Schema; none where it refers to parts of itself by their places."""
    from jsonattrs_core.builtin.nested.reading import plain_schema  # only schemas with `json_schema` need it

    schema = plain_schema(parameter)
    return {} if _refers(schema) else {"allOf": [schema]}


def _refers(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(map(_refers, schema))
    return isinstance(schema, dict) and ("$ref" in schema or "$anchor" in schema or any(map(_refers, schema.values())))
