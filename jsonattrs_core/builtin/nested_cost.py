"""How long a JSON Schema may take over a value: an upper bound, known before the value is checked.

A subschema may apply others to the same value (``allOf``, ``$ref`` ...) and to what is inside it (``properties``,
``items`` ...). So the cost of one place in the value is bounded by the schema and by how deep the place is; the bound
of a value is the sum over its levels. Costs are nanoseconds, measured with the compiled library and rounded up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from jsonattrs_core.builtin.nested_reading import ENUM, MULTIPLE_OF, NestedSchema, Subschema, in_place
from jsonattrs_core.errors import SchemaError

__all__ = ["Costs", "Level", "levels"]


class Level(NamedTuple):
    """The places of a value at one depth; as a cost, nanoseconds for each of them."""

    places: float = 0.0  #: values; a number that is slow to compute with counts a hundredfold
    containers: float = 0.0  #: objects and lists among them
    size: float = 0.0  #: bytes of the texts and of the names in the objects


_MAX_LEVELS: Final = 32
_MAX_CHAIN: Final = 32  # levels of schemas applied to one place
_MAX_AT_ONE_PLACE: Final = 1e6
_SLOW_NUMBER: Final = 100

_NOTHING: Final = Level()
_ANY: Final = Level(5.0)
_APPLY: Final = Level(20.0)
_LOOK_UP: Final = 40.0
_CANONICAL: Final = Level(1500.0, 500.0, 4.0)  # for each place inside a value of which the canonical text is made
_FLAT: Final = {
    "type": Level(10.0),
    "uniqueItems": Level(500.0),
    "dependentRequired": Level(100.0),
    "multipleOf": Level(20.0),
    ENUM: Level(2500.0),
    MULTIPLE_OF: Level(6000.0),
    "format": Level(500.0, 0.0, 40.0),
    "enum": Level(50.0),
    "const": Level(50.0),
}
_OTHER: Final = Level(20.0)
_NUMBERS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "const")
_ODD_LIMIT: Final = Level(15_000.0)  # numbers with large exponents are computed with as fractions
_PATTERN: Final = 17.0  # for each position of the pattern and byte of the text


def _add(rows: Iterable[Level]) -> Level:
    places = containers = size = 0.0
    for row in rows:
        places += row[0]
        containers += row[1]
        size += row[2]
    return Level(places, containers, size)


def _most(rows: Iterable[Level]) -> Level:
    found = list(rows)
    return Level(*map(max, zip(*found, strict=True))) if found else _NOTHING


def _is_odd(number: Any) -> bool:
    """Whether arithmetic with ``number`` is slow: beyond 64 bits, or a float of a large exponent."""
    if type(number) is int:
        return not -(2**63) <= number < 2**63
    return type(number) is float and number != 0.0 and not 1e-9 < abs(number) < 1e18


def levels(value: Any) -> list[Level]:
    """Return what a JSON value holds at each depth, the value itself first."""
    found, names, level = [], 0, [value]
    while level:
        places, containers, size, inside = len(level), 0, names, []
        names = 0
        for item in level:
            kind = type(item)
            if kind is str:
                size += len(item) if item.isascii() else 3 * len(item)
            elif kind is dict:
                containers += 1
                names += 3 * sum(map(len, item))
                inside.extend(item.values())
            elif kind is list:
                containers += 1
                inside.extend(item)
            elif _is_odd(item):
                places += _SLOW_NUMBER
        found.append(Level(places, containers, size + names))
        level = inside
    return found


@dataclass(slots=True)
class _Node:
    """One subschema: what it costs, and what it applies where."""

    here: Level = _NOTHING  #: cost at its own place
    below: Level = _NOTHING  #: cost of its own at each place directly inside
    in_place: list[Subschema] = field(default_factory=list)
    members: list[Subschema] = field(default_factory=list)  #: each member of an object meets one of these
    all_members: list[Subschema] = field(default_factory=list)  #: and perhaps all of these
    items: list[Subschema] = field(default_factory=list)  #: each item of a list meets one of these
    all_items: list[Subschema] = field(default_factory=list)  #: and perhaps all of these
    canonical: bool = False  #: makes canonical texts of what is inside
    unevaluated: bool = False  #: looks through all subschemas at its place again


def _node(schema: dict[str, Any], found: NestedSchema) -> _Node:
    node = _Node(in_place=list(in_place(schema, found.targets)))
    node.members = [*schema.get("properties", {}).values(), schema.get("additionalProperties", True)]
    node.all_members = [*schema.get("patternProperties", {}).values()]
    node.all_members += [schema[word] for word in ("unevaluatedProperties", "propertyNames") if word in schema]
    node.items = [*schema.get("prefixItems", ()), schema.get("items", True)]
    node.all_items = [schema[word] for word in ("contains", "unevaluatedItems") if word in schema]
    node.canonical = "uniqueItems" in schema or any(isinstance(it, dict | list) for it in _options(schema))
    node.unevaluated = "unevaluatedProperties" in schema or "unevaluatedItems" in schema
    node.here = _add([_APPLY, *(_cost(word, argument, found.patterns) for word, argument in schema.items())])
    looked_up = sum(word in schema for word in ("properties", "required", "additionalProperties", "contains"))
    names = len(schema.get("patternProperties", ())) + 2 * node.unevaluated
    node.below = Level(_LOOK_UP * (looked_up + names))
    return node


def _options(schema: dict[str, Any]) -> list[Any]:
    return [*schema.get(ENUM, ()), schema.get("const")]


def _cost(keyword: str, argument: Any, patterns: dict[str, int]) -> Level:
    """Return what one keyword costs at its place, without the subschemas in it."""
    if keyword == "pattern":
        return Level(100.0, 0.0, _PATTERN * patterns.get(argument, 1))
    if keyword == "patternProperties":  # additionalProperties matches them once more
        return Level(0.0, 100.0, 2 * _PATTERN * sum(patterns.get(pattern, 1) for pattern in argument))
    if keyword in ("dependentRequired", "dependentSchemas"):
        listed = sum(len(names) for names in argument.values() if isinstance(names, list))
        return Level(0.0, 20.0 * (len(argument) + listed))
    if keyword in _NUMBERS and _is_odd(argument):
        return _ODD_LIMIT
    return _FLAT.get(keyword, _OTHER)


class Costs:
    """The bounds of one schema. Raises SchemaError for one that may apply itself, or too much, to one place."""

    __slots__ = ("_endless", "_nodes", "_order", "_rows")

    def __init__(self, found: NestedSchema) -> None:
        schemas = [schema for schema in found.subschemas.values() if isinstance(schema, dict)]
        self._nodes = {id(schema): _node(schema, found) for schema in schemas}
        self._order = self._sorted(schemas)
        self._rows: list[Level] = []
        self._endless = False
        self._fill(found.root)

    def bound(self, value: Any) -> float:
        """Return nanoseconds that checking ``value`` takes at most, roughly."""
        total = 0.0
        for depth, level in enumerate(levels(value)):
            if depth >= len(self._rows) and self._endless:
                return float("inf")
            row = self._rows[min(depth, len(self._rows) - 1)]
            total += sum(cost * number for cost, number in zip(row, level, strict=True))
        return total

    def _sorted(self, schemas: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the subschemas, each after those that it applies in its own place."""
        heights: dict[int, int] = {}
        done: list[dict[str, Any]] = []

        def visit(schema: Subschema, chain: int) -> int:
            if isinstance(schema, bool):
                return 0
            known = heights.get(id(schema))
            if known == 0:
                raise SchemaError("$ref: a schema refers to itself without going into the value: it would never end")
            if known is None:
                heights[id(schema)] = 0
                if chain > _MAX_CHAIN:
                    raise SchemaError(f"more than {_MAX_CHAIN} schemas are applied inside each other to one value")
                inner = [visit(inner, chain + 1) for inner in self._nodes[id(schema)].in_place]
                known = heights[id(schema)] = 1 + max(inner, default=0)
                done.append(schema)
            return known

        if any(visit(schema, 1) > _MAX_CHAIN for schema in schemas):
            raise SchemaError(f"more than {_MAX_CHAIN} schemas are applied inside each other to one value")
        return done

    def _fill(self, root: dict[str, Any]) -> None:
        """Compute the costs by depth, until they repeat themselves."""
        before: dict[int, Level] = {}
        for depth in range(_MAX_LEVELS):
            rows: dict[int, Level] = {}
            again: dict[int, Level] = {}  # what a look through the evaluated members costs
            for schema in self._order:
                self._compute(schema, depth, rows, again, before)
            if depth == 0 and any(row.places + row.containers > _MAX_AT_ONE_PLACE for row in rows.values()):
                raise SchemaError("too many subschemas are applied to one value: their $ref multiply")
            self._rows.append(rows[id(root)])
            if depth > 2 and rows == before:
                return
            before = rows
        self._endless = True

    def _compute(
        self,
        schema: dict[str, Any],
        depth: int,
        rows: dict[int, Level],
        again: dict[int, Level],
        before: dict[int, Level],
    ) -> None:
        node = self._nodes[id(schema)]
        own = self._inside(node, depth, before) if depth else node.here
        inner = [id(found) for found in node.in_place if not isinstance(found, bool)]
        row = _add([own, *(rows[key] for key in inner)])
        again[id(schema)] = _add([row, *(again[key] for key in inner)])
        rows[id(schema)] = _add([row, again[id(schema)]]) if node.unevaluated else row

    def _inside(self, node: _Node, depth: int, before: dict[int, Level]) -> Level:
        def at(schema: Subschema) -> Level:
            if isinstance(schema, bool):
                return _ANY if depth == 1 else _NOTHING
            return before[id(schema)]

        members = _add([_most(map(at, node.members)), *map(at, node.all_members)])
        items = _add([_most(map(at, node.items)), *map(at, node.all_items)])
        below = node.below if depth == 1 else _NOTHING
        return _add([_most([members, items]), below, _CANONICAL if node.canonical else _NOTHING])
