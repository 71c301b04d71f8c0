"""Reads a JSON Schema of a stranger: bounded, closed in itself, and reduced to the keywords that check something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

from jsonattrs_core.builtin.nested.patterns import is_heavy, positions
from jsonattrs_core.errors import SchemaError, nearest

__all__ = [
    "ENUM",
    "IN_PLACE",
    "IN_TIME",
    "MULTIPLE_OF",
    "URN",
    "NestedSchema",
    "Subschema",
    "in_place",
    "plain_schema",
    "read_schema",
]

Subschema: TypeAlias = dict[str, Any] | bool

#: Address of the schema that is read; each ``$ref`` in it is made absolute, so that any piece can be used on its own.
URN: Final = "urn:jsonattrs:schema"
#: Our own keywords, for what the library does too slowly; they behave like ``enum`` and ``multipleOf``.
ENUM: Final = "jsonattrs:enum"
MULTIPLE_OF: Final = "jsonattrs:multipleOf"
#: Our own keyword that accepts every value until the time of the check is over.
IN_TIME: Final = "jsonattrs:inTime"

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MAX_DEPTH = 64
_MAX_SIZE = 100_000
_MAX_SUBSCHEMAS = 5_000
_MAX_BIG_INTEGERS = 100  # the library compares and hashes integers beyond 64 bits very slowly
_MAX_POSITIONS = 40_000  # of all patterns together: about 100 MB
_HEAVY = 20  # so many times as large is a Unicode property

_ONE = frozenset(("not", "if", "then", "else", "additionalProperties", "propertyNames")) | frozenset(
    ("items", "contains", "unevaluatedProperties", "unevaluatedItems")
)
_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_MAPS = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"))
_NUMBERS = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
_LENGTHS = frozenset(("minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains"))
_MEMBERS = frozenset(("minProperties", "maxProperties", "required", "dependentRequired"))
_PLAIN = _NUMBERS | _LENGTHS | _MEMBERS | frozenset(("type", "const", "uniqueItems"))
#: Keywords whose subschemas are applied to the value itself, not to something inside it.
IN_PLACE: Final = ("$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
#: What the library checks; `regex` is left out, because compiling a stranger's expressions is no check of bounded cost.
_TEXT_FORMATS = ("uuid", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "json-pointer")
_ADDRESSES = ("uri", "uri-reference", "iri", "iri-reference", "uri-template", "relative-json-pointer")
_FORMATS = frozenset(("date", "date-time", "time", "duration", *_TEXT_FORMATS, *_ADDRESSES))
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

    def _number(self, value: int | float) -> int | float:
        if isinstance(value, float):
            if not isfinite(value):
                raise SchemaError("a JSON Schema is JSON, which has no infinite numbers and no NaN")
        elif not -(2**63) <= value < 2**63:
            self.big_integers += 1
            if self.big_integers > _MAX_BIG_INTEGERS or value.bit_length() > 333:
                raise SchemaError("a JSON Schema holds too many or too large integers beyond 64 bits")
        return value

    def _count(self, size: int) -> None:
        self.size += size
        if self.size > _MAX_SIZE:
            raise SchemaError(f"a JSON Schema has at most {_MAX_SIZE:,} characters")


def read_schema(plain: dict[str, Any], *, guarded: bool = False) -> NestedSchema:
    """Return ``plain`` as it is used; raises SchemaError for what is not supported or refers to somewhere else.

    What has the wrong shape for its keyword is left as it is: the metaschema finds it. With ``guarded``, each ``$ref``
    is followed only while there is time.
    """
    reader = _Reader(guarded)
    reader.found.root = reader.read(plain, "")
    reader.found.root["$id"] = URN
    reader.resolve()
    sizes = (size * (_HEAVY if is_heavy(pattern) else 1) for pattern, size in reader.found.patterns.items())
    if sum(sizes) > _MAX_POSITIONS:
        raise SchemaError("the patterns of this JSON Schema are too large together")
    return reader.found


class _Reader:
    """Walks through the places where a schema may stand, and nowhere else."""

    def __init__(self, guarded: bool) -> None:
        self.guarded = guarded
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
        if self.guarded and "$ref" in kept:
            guard = {"if": {IN_TIME: True}, "then": kept.pop("$ref"), "else": False}
            kept["allOf"] = [*kept.get("allOf", ()), guard]  # at the end: pointers count from the start
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
        else:
            self._special(kept, keyword, argument, pointer)

    def _special(self, kept: dict[str, Any], keyword: str, argument: Any, pointer: str) -> None:
        match keyword:
            case "$ref":
                self._reference(kept, argument, pointer)
            case "$anchor" | "$dynamicAnchor":
                self._anchor(argument, pointer)
            case "enum":
                self._enum(kept, argument)
            case "multipleOf":
                self._multiple_of(kept, argument)
            case "pattern":
                kept["pattern"] = argument
                self._patterns([argument])
            case "format":
                self._format(kept, argument, pointer)

    def _reference(self, kept: dict[str, Any], argument: Any, pointer: str) -> None:
        if not isinstance(argument, str):
            return
        if not argument.startswith("#"):
            raise SchemaError(f"#{pointer}: {argument[:100]!r} is not inside the schema: nothing is ever fetched")
        reference: dict[str, Any] = {}
        self.references.append((reference if self.guarded else kept, unquote(argument[1:])))
        kept["$ref"] = reference  # gets its address when all are known

    def _anchor(self, argument: Any, pointer: str) -> None:
        here = pointer.rpartition("/")[0]
        if self.anchors.setdefault(str(argument), here) != here:
            raise SchemaError(f"#{pointer}: the anchor {str(argument)[:60]!r} is there twice")

    def _enum(self, kept: dict[str, Any], argument: Any) -> None:
        simple = isinstance(argument, list) and all(isinstance(option, str | None) for option in argument)
        kept["enum" if simple else ENUM] = argument if isinstance(argument, list) else []

    def _multiple_of(self, kept: dict[str, Any], argument: Any) -> None:
        whole = isinstance(argument, float) and argument.is_integer() and argument < 2**63
        kept["multipleOf" if whole or isinstance(argument, int) else MULTIPLE_OF] = int(argument) if whole else argument

    def _patterns(self, patterns: Any) -> None:
        for pattern in patterns:
            if isinstance(pattern, str):
                self.found.patterns[pattern] = positions(pattern)

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


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
