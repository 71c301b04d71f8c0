"""Which members of a value the keywords of a JSON Schema looked at: the others are left to ``unevaluated...``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from jsonattrs_core.builtin.nested.reading import Subschema

__all__ = ["Holds", "additional", "evaluated"]

#: ``(keyword, argument, value)``: the verdict of one keyword; of a whole subschema, where the keyword is empty.
Holds: TypeAlias = Callable[[str, Any, Any], bool]


def additional(schema: Mapping[str, Any], value: Any, holds: Holds) -> Iterator[str]:
    """Yield the names in ``value`` that neither `properties` nor `patternProperties` cover."""
    patterns = schema.get("patternProperties", ())
    known = schema.get("properties", ())
    for name in value if isinstance(value, dict) else ():
        if name not in known and not any(holds("pattern", pattern, name) for pattern in patterns):
            yield name


def evaluated(schema: Subschema, value: Any, targets: Mapping[str, Subschema], holds: Holds) -> set[Any]:
    """Return the names or positions in ``value`` that ``schema``, which accepts it, looks at."""
    if isinstance(schema, bool):
        return set()
    found = set(_names(schema, value, holds) if isinstance(value, dict) else _positions(schema, value, holds))
    for inner in _applied(schema, value, targets, holds):
        found |= evaluated(inner, value, targets, holds)
    return found


def _names(schema: Mapping[str, Any], value: dict[str, Any], holds: Holds) -> Iterator[str]:
    if "unevaluatedProperties" in schema:
        yield from value
    yield from value.keys() & schema.get("properties", {}).keys()
    for pattern in schema.get("patternProperties", ()):
        yield from (name for name in value if holds("pattern", pattern, name))
    if "additionalProperties" in schema:
        yield from additional(schema, value, holds)


def _positions(schema: Mapping[str, Any], value: Any, holds: Holds) -> Iterator[int]:
    if not isinstance(value, list):
        return
    all_of_them = "items" in schema or "unevaluatedItems" in schema
    yield from range(len(value) if all_of_them else min(len(value), len(schema.get("prefixItems", ()))))
    if "contains" in schema:
        yield from (position for position, item in enumerate(value) if holds("", schema["contains"], item))


def _applied(
    schema: Mapping[str, Any], value: Any, targets: Mapping[str, Subschema], holds: Holds
) -> Iterator[Subschema]:
    """Yield the subschemas that look at the same value and accept it."""
    for inner in _possible(schema, value, targets):
        if holds("", inner, value):
            yield inner
    if "if" in schema:
        condition = holds("", schema["if"], value)
        yield from (schema[word] for word in (("if", "then") if condition else ("else",)) if word in schema)


def _possible(schema: Mapping[str, Any], value: Any, targets: Mapping[str, Subschema]) -> Iterator[Subschema]:
    if "$ref" in schema:
        yield targets[schema["$ref"]]
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from schema.get(keyword, ())
    for name, inner in schema.get("dependentSchemas", {}).items():
        if isinstance(value, dict) and name in value:
            yield inner
