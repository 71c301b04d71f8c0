"""Says why a value does not fit a JSON Schema: the reasons, each with its place, up to a hundred.

The library can list them too, but makes all of them before it gives the first, each with a copy of the whole value:
two hundred names missing from an object of 2 MB took 20 seconds and 10 GB. So the library is asked for verdicts only,
on the pieces of the schema that lead to the reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from jsonattrs_core.builtin.nested.engine import is_late, time_limit
from jsonattrs_core.builtin.nested.evaluated import additional, evaluated
from jsonattrs_core.builtin.nested.reading import ENUM, MULTIPLE_OF, Subschema
from jsonattrs_core.errors import Invalid
from jsonattrs_core.values import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonschema_rs import Validator

    from jsonattrs_core.builtin.nested.engine import Engine

__all__ = ["Reasons"]

Path: TypeAlias = tuple[str | int, ...]
Part: TypeAlias = tuple[Path, Invalid]

_MAX_PARTS: Final = 100
_SECONDS: Final = 0.5
_MAX_VALIDATORS: Final = 64  # kept during one explanation; each may hold as much as the whole schema

_LIMITS: Final = {
    "minimum": "min",
    "maximum": "max",
    "exclusiveMinimum": "exclusive_min",
    "exclusiveMaximum": "exclusive_max",
    "multipleOf": "multiple_of",
    MULTIPLE_OF: "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_items",
    "maxItems": "max_items",
}
#: Read together with other keywords, or not at all.
_SILENT: Final = frozenset(("$id", "$defs", "definitions", "then", "else", "minContains", "maxContains"))
#: Keywords that name the members that are not known; where they refuse any, the name is what is wrong.
_CLOSING: Final = ("additionalProperties", "unevaluatedProperties")


def _refusal(keyword: str, argument: Any) -> Invalid:
    if keyword in _LIMITS:
        return Invalid(_LIMITS[keyword], limit=argument)
    if keyword == "type":
        return Invalid("type", type=argument)
    if keyword in ("enum", ENUM):
        return Invalid("choice", choices=argument[:10])
    if keyword == "const":
        return Invalid("choice", choices=[argument])
    if keyword == "pattern":
        return Invalid("pattern", pattern=argument)
    if keyword == "uniqueItems":
        return Invalid("unique_items")
    return Invalid("component", keyword=keyword)


class _Enough(Exception):
    """The time for explanations is over."""


class Reasons:
    """The reasons why one value is refused."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.found = engine.found
        self._validators: dict[tuple[str, int], Validator] = {}

    def of(self, value: Any) -> list[Part]:
        """Return at least one reason for a value that the schema refuses."""
        parts: dict[Any, Part] = {}
        try:
            with time_limit(_SECONDS):
                for path, refusal in self._walk(self.found.root, value, (), ""):
                    parts[path, refusal.code, repr(refusal.params)] = path, refusal
                    if len(parts) == _MAX_PARTS:
                        break
        except (_Enough, RecursionError):
            pass  # what was found is enough to refuse the value
        return list(parts.values()) or [((), Invalid("component", keyword="json_schema"))]

    def holds(self, keyword: str, argument: Any, value: Any) -> bool:
        """Return the verdict of one keyword; of a whole subschema, where ``keyword`` is empty."""
        if is_late():
            raise _Enough
        if isinstance(argument, bool) and not keyword:
            return argument
        key = keyword, id(argument)  # arguments are parts of the schema, which outlives this object
        validator = self._validators.get(key)
        if validator is None:
            if len(self._validators) == _MAX_VALIDATORS:
                self._validators.clear()
            validator = self.engine.compile({keyword: argument} if keyword else argument)
            self._validators[key] = validator
        return validator.is_valid(value)

    def _walk(self, schema: Subschema, value: Any, path: Path, via: str) -> Iterator[Part]:
        if isinstance(schema, bool):
            if not schema:
                yield path, Invalid("unknown") if via in _CLOSING else Invalid("component", keyword=via)
            return
        for keyword, argument in schema.items():
            describe = _DESCRIBED.get(keyword)
            if describe is not None:
                yield from describe(self, schema, value, path)
            elif keyword not in _SILENT and not self.holds(keyword, argument, value):
                yield path, _refusal(keyword, argument)

    def _inside(self, schema: Subschema, members: Iterable[tuple[Any, Any]], path: Path, via: str) -> Iterator[Part]:
        for key, member in members:
            if not self.holds("", schema, member):
                yield from self._walk(schema, member, (*path, _shown(key)), via)

    # In place

    def _ref(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        return self._walk(self.found.targets[schema["$ref"]], value, path, "$ref")

    def _all_of(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        for inner in schema["allOf"]:
            yield from self._walk(inner, value, path, "allOf")

    def _if(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        branch = "then" if self.holds("", schema["if"], value) else "else"
        return self._walk(schema.get(branch, True), value, path, branch)

    def _dependent(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        for name, inner in schema["dependentSchemas"].items():
            if isinstance(value, dict) and name in value:
                yield from self._walk(inner, value, path, "dependentSchemas")

    # Objects

    def _required(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, dict):
            for name in schema["required"]:
                if name not in value:
                    yield (*path, _shown(name)), Invalid("required")

    def _properties(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, dict):
            for name, inner in schema["properties"].items():
                if name in value:
                    yield from self._walk(inner, value[name], (*path, _shown(name)), "properties")

    def _pattern_properties(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, dict):
            for pattern, inner in schema["patternProperties"].items():
                named = ((name, it) for name, it in value.items() if self.holds("pattern", pattern, name))
                yield from self._inside(inner, named, path, "patternProperties")

    def _property_names(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, dict):
            for name in value:
                if not self.holds("", schema["propertyNames"], name):
                    yield (*path, _shown(name)), Invalid("unknown")

    def _additional(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        named = ((name, value[name]) for name in additional(schema, value, self.holds))
        return self._inside(schema["additionalProperties"], named, path, "additionalProperties")

    # Lists

    def _prefix_items(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, list):
            for position, (inner, item) in enumerate(zip(schema["prefixItems"], value, strict=False)):
                yield from self._walk(inner, item, (*path, position), "prefixItems")

    def _items(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, list):
            rest = list(enumerate(value))[len(schema.get("prefixItems", ())) :]
            yield from self._inside(schema["items"], rest, path, "items")

    def _contains(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        if isinstance(value, list):
            number = sum(self.holds("", schema["contains"], item) for item in value)
            if not schema.get("minContains", 1) <= number <= schema.get("maxContains", len(value)):
                yield path, Invalid("component", keyword="contains")

    # What no other keyword looked at

    def _unevaluated(self, keyword: str, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        others = {word: argument for word, argument in schema.items() if word != keyword}
        done = evaluated(others, value, self.found.targets, self.holds)
        left = ((key, member) for key, member in _members(value) if key not in done)
        return self._inside(schema[keyword], left, path, keyword)

    def _unevaluated_properties(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        return self._unevaluated("unevaluatedProperties", schema, value if isinstance(value, dict) else {}, path)

    def _unevaluated_items(self, schema: dict[str, Any], value: Any, path: Path) -> Iterator[Part]:
        return self._unevaluated("unevaluatedItems", schema, value if isinstance(value, list) else [], path)


def _shown(key: Any) -> str | int:
    return key if isinstance(key, int) else shown_name(key)


def _members(value: Any) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


_DESCRIBED: Final[dict[str, Callable[[Reasons, dict[str, Any], Any, Path], Iterator[Part]]]] = {
    "$ref": Reasons._ref,
    "allOf": Reasons._all_of,
    "if": Reasons._if,
    "dependentSchemas": Reasons._dependent,
    "required": Reasons._required,
    "properties": Reasons._properties,
    "patternProperties": Reasons._pattern_properties,
    "additionalProperties": Reasons._additional,
    "propertyNames": Reasons._property_names,
    "prefixItems": Reasons._prefix_items,
    "items": Reasons._items,
    "contains": Reasons._contains,
    "unevaluatedProperties": Reasons._unevaluated_properties,
    "unevaluatedItems": Reasons._unevaluated_items,
}
