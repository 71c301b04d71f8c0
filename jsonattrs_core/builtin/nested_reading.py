"""Reads a JSON Schema of a stranger: bounded, closed in itself, and reduced to the keywords that check something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

from jsonattrs_core.builtin.nested_patterns import is_heavy, positions
from jsonattrs_core.errors import SchemaError, nearest

__all__ = ["ENUM", "IN_PLACE", "MULTIPLE_OF", "URN", "NestedSchema", "Subschema", "in_place", "plain_schema", "read_schema"]

Subschema: TypeAlias = dict[str, Any] | bool

#: Address of the schema that is read; each ``$ref`` in it is made absolute, so that any piece can be used on its own.
URN: Final = "urn:jsonattrs:schema"
#: Our own keywords, for what the library does too slowly; they behave like ``enum`` and ``multipleOf``.
ENUM: Final = "jsonattrs:enum"
MULTIPLE_OF: Final = "jsonattrs:multipleOf"

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MAX_DEPTH = 64
_MAX_SIZE = 100_000
_MAX_SUBSCHEMAS = 5_000
_MAX_BIG_INTEGERS = 100  # the library compares and hashes integers beyond 64 bits very slowly
_MAX_POSITIONS = 40_000  # of all patterns together: about 100 MB
_HEAVY = 20

_ONE = frozenset(
    ("not", "if", "then", "else", "additionalProperties", "propertyNames", "unevaluatedProperties")
    + ("items", "contains", "unevaluatedItems")
)
_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_MAPS = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"))
_PLAIN = frozenset(
    ("type", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength")
    + ("minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties")
    + ("required", "dependentRequired")
)
#: Keywords whose subschemas are applied to the value itself, not to something inside it.
IN_PLACE: Final = ("$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
#: What the library checks; `regex` is left out, because compiling a stranger's expressions is no check of bounded cost.
_FORMATS = frozenset(
    ("date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri")
    + ("uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer")
)
_REFUSED = {
    "$id": "a nested $id is not supported: refer to parts of the schema with #/... or an $anchor",
    "$schema": f"$schema is {_DRAFT!r}, and stands at the top only",
    "$dynamicRef": "$dynamicRef is not supported: use $ref",
    "$recursiveRef": "$recursiveRef is not supported: use $ref",
    "additionalItems": "additionalItems is a keyword of older drafts: use items, after prefixItems",
    "dependencies": "dependencies is a keyword of older drafts: use dependentRequired or dependentSchemas",
}


@dataclass(slots=True)
class NestedSchema:
    """A schema as it is used: the keywords that check, every ``$ref`` absolute and known to lead somewhere."""

    root: dict[str, Any] = field(default_factory=dict)
    subschemas: dict[str, Subschema] = field(default_factory=dict)  #: all of them, by JSON pointer
    targets: dict[str, Subschema] = field(default_factory=dict)  #: where each ``$ref`` leads
    patterns: dict[str, int] = field(default_factory=dict)  #: each pattern, and its positions


def in_place(schema: Mapping[str, Any], targets: Mapping[str, Subschema]) -> Iterator[Subschema]:
    """Yield the subschemas of ``schema`` that are applied to the same value."""
    for keyword in IN_PLACE:
        if keyword not in schema:
            continue
        found = schema[keyword]
        if keyword == "$ref":
            yield targets[found]
        elif keyword in _LISTS:
            yield from found
        elif keyword in _MAPS:
            yield from found.values()
        else:
            yield found


def plain_schema(parameter: Any) -> dict[str, Any]:
    """Return a copy of a schema as plain JSON, without its own address; raises SchemaError if it cannot be used."""
    schema = _Copier().copy(parameter, 0)
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    if not isinstance(schema, dict):
        raise SchemaError("json_schema takes a JSON Schema: an object, true or false")
    draft = schema.pop("$schema", _DRAFT)
    if draft not in (_DRAFT, _DRAFT + "#"):
        raise SchemaError(f"$schema is {_DRAFT!r}, or is left out: {str(draft)[:100]!r} is not understood")
    if not isinstance(schema.pop("$id", ""), str):
        raise SchemaError("$id is a text")
    return schema


class _Copier:
    """Copies a schema as plain JSON and stops where it is too large: sharing and cycles cannot make it run away."""

    __slots__ = ("big_integers", "size")

    def __init__(self) -> None:
        self.size = 0
        self.big_integers = 0

    def copy(self, value: Any, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise SchemaError(f"a JSON Schema has at most {_MAX_DEPTH} levels")
        self._count(2)
        if isinstance(value, str):
            return self._text(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return self._number(value)
        if isinstance(value, Mapping):
            return {self._text(name): self.copy(member, depth + 1) for name, member in value.items()}
        if isinstance(value, list | tuple):
            return [self.copy(member, depth + 1) for member in value]
        raise SchemaError(f"a JSON Schema is JSON, which has no {type(value).__name__}")

    def _text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise SchemaError(f"a JSON Schema is JSON, where names are texts and not {type(value).__name__}")
        self._count(len(value))
        if re.search("[\ud800-\udfff]", value):
            raise SchemaError("a JSON Schema holds a lone surrogate")
        return str.__str__(value)

    def _number(self, value: float) -> float:
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            self.big_integers += 1
            if self.big_integers > _MAX_BIG_INTEGERS or value.bit_length() > 333:
                raise SchemaError("a JSON Schema holds too many or too large integers beyond 64 bits")
        if isinstance(value, float) and not isfinite(value):
            raise SchemaError("a JSON Schema is JSON, which has no infinite numbers and no NaN")
        return value

    def _count(self, size: int) -> None:
        self.size += size
        if self.size > _MAX_SIZE:
            raise SchemaError(f"a JSON Schema has at most {_MAX_SIZE:,} characters")


def read_schema(plain: dict[str, Any]) -> NestedSchema:
    """Return ``plain`` as it is used; raises SchemaError for what is not supported or refers to somewhere else.

    What has the wrong shape for its keyword is left out: the metaschema finds it.
    """
    reader = _Reader()
    reader.found.root = reader.read(plain, "")
    reader.found.root["$id"] = URN
    reader.resolve()
    if sum(reader.found.patterns.values()) > _MAX_POSITIONS:
        raise SchemaError("the patterns of this JSON Schema are too large together")
    return reader.found


class _Reader:
    """Walks through the places where a schema may stand, and nowhere else."""

    def __init__(self) -> None:
        self.found = NestedSchema()
        self.anchors: dict[str, str] = {}
        self.references: list[tuple[dict[str, Any], str]] = []

    def read(self, schema: Any, pointer: str) -> Any:
        if len(self.found.subschemas) >= _MAX_SUBSCHEMAS:
            raise SchemaError(f"a JSON Schema has at most {_MAX_SUBSCHEMAS:,} subschemas")
        kept: dict[str, Any] = {}
        self.found.subschemas[pointer] = kept if isinstance(schema, dict) else schema is not False
        if not isinstance(schema, dict):
            return self.found.subschemas[pointer]
        for keyword, argument in schema.items():
            if keyword in _REFUSED:
                raise SchemaError(f"#{pointer}: {_REFUSED[keyword]}")
            self._keyword(kept, keyword, argument, f"{pointer}/{keyword}")
        return kept

    def _keyword(self, kept: dict[str, Any], keyword: str, argument: Any, pointer: str) -> None:
        if keyword in _ONE:
            kept[keyword] = self.read(argument, pointer)
        elif keyword in _LISTS and isinstance(argument, list):
            kept[keyword] = [self.read(schema, f"{pointer}/{position}") for position, schema in enumerate(argument)]
        elif keyword in _MAPS and isinstance(argument, dict):
            kept[keyword] = {name: self.read(it, f"{pointer}/{_token(name)}") for name, it in argument.items()}
            if keyword == "patternProperties":
                self._patterns(argument)
        elif keyword in _PLAIN:
            kept[keyword] = argument
        elif keyword in _SPECIAL:
            _SPECIAL[keyword](self, kept, argument, pointer)

    def _reference(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        if not isinstance(argument, str):
            return
        if not argument.startswith("#"):
            raise SchemaError(f"#{pointer}: {argument[:100]!r} is not inside the schema: nothing is ever fetched")
        self.references.append((kept, unquote(argument[1:])))

    def _anchor(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        here = pointer.rpartition("/")[0]
        if self.anchors.setdefault(str(argument), here) != here:
            raise SchemaError(f"#{pointer}: the anchor {str(argument)[:60]!r} is there twice")

    def _enum(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        simple = isinstance(argument, list) and all(isinstance(option, str | None) for option in argument)
        kept["enum" if simple else ENUM] = argument if isinstance(argument, list) else []

    def _multiple_of(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        whole = isinstance(argument, float) and argument.is_integer() and argument < 2**63
        kept["multipleOf" if whole or isinstance(argument, int) else MULTIPLE_OF] = int(argument) if whole else argument

    def _pattern(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        kept["pattern"] = argument
        self._patterns([argument])

    def _patterns(self, patterns: Any) -> None:
        for pattern in patterns:
            if isinstance(pattern, str):
                size = positions(pattern)
                self.found.patterns[pattern] = size * _HEAVY if is_heavy(pattern) else size

    def _format(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        if isinstance(argument, str) and argument not in _FORMATS:
            raise SchemaError(f"#{pointer}: unknown format {argument[:60]!r}{nearest(argument, sorted(_FORMATS))}")
        kept["format"] = argument

    def resolve(self) -> None:
        """Make every reference absolute."""
        for schema, reference in self.references:
            pointer = self.anchors.get(reference, reference) if reference[:1] != "/" else reference
            target = self.found.subschemas.get(pointer)
            if target is None:
                raise SchemaError(f"$ref: there is no schema at {'#' + reference[:100]!r}")
            schema["$ref"] = f"{URN}#{quote(pointer, safe='/~')}"
            self.found.targets[schema["$ref"]] = target


_SPECIAL = {
    "$ref": _Reader._reference,
    "$anchor": _Reader._anchor,
    "$dynamicAnchor": _Reader._anchor,
    "enum": _Reader._enum,
    "multipleOf": _Reader._multiple_of,
    "pattern": _Reader._pattern,
    "format": _Reader._format,
}


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
