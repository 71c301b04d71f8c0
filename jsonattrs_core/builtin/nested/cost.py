"""How long a JSON Schema may take over a value: an upper bound, known before the value is checked.

A subschema may apply others to the same value (``allOf``, ``$ref`` ...) and to what is inside it (``properties``,
``items`` ...). So the cost of one place in the value is bounded by the schema and by how deep the place is; the bound
of a value is the sum over its levels. Costs are nanoseconds, measured with the compiled library and rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from operator import mul
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jsonattrs_core.builtin.nested.reading import ENUM, MULTIPLE_OF, NestedSchema, Subschema, in_place
from jsonattrs_core.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Costs", "Level", "levels"]


class Level(NamedTuple):
    """The places of a value at one depth; as a cost, nanoseconds for each of them."""

    places: float = 0.0  #: values
    containers: float = 0.0  #: objects and lists among them
    size: float = 0.0  #: bytes of the texts and of the names in the objects
    odd: float = 0.0  #: numbers that are slow to compute with: beyond 64 bits, or of a large exponent


_MAX_LEVELS: Final = 64
_MAX_CHAIN: Final = 32  # levels of schemas applied to one place
_TOO_LONG: Final = f"more than {_MAX_CHAIN} schemas are applied inside each other to one value"
_MAX_AT_ONE_PLACE: Final = 1e6

_NOTHING: Final = Level()
_ANY: Final = Level(5.0)
_APPLY: Final = Level(20.0)
_LOOK_UP: Final = 40.0
_IDENTITY: Final = Level(1000.0, 1000.0, 4.0, 1000.0)  # for each place inside a value that is compared as a whole
_FLAT: Final = {
    "type": Level(10.0),
    "uniqueItems": Level(500.0),
    "dependentRequired": Level(100.0),
    "minimum": Level(20.0, odd=2000.0),
    "maximum": Level(20.0, odd=2000.0),
    "exclusiveMinimum": Level(20.0, odd=2000.0),
    "exclusiveMaximum": Level(20.0, odd=2000.0),
    "multipleOf": Level(20.0, odd=3000.0),
    ENUM: Level(1500.0, odd=1000.0),
    MULTIPLE_OF: Level(4000.0, odd=6000.0),
    "format": Level(500.0, 0.0, 40.0),
    "enum": Level(50.0),
    "const": Level(50.0, odd=2000.0),
}
_OTHER: Final = Level(20.0)
_ODD_LIMIT: Final = Level(15_000.0, odd=15_000.0)  # of a number: large exponents are computed with as fractions
_PATTERN: Final = 17.0  # for each position of the pattern and byte of the text


def _add(rows: Iterable[Level]) -> Level:
    places = containers = size = odd = 0.0
    for row in rows:
        places += row[0]
        containers += row[1]
        size += row[2]
        odd += row[3]
    return Level(places, containers, size, odd)


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
        containers, size, odd, inside = 0, names, 0, []
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
                odd += 1
        found.append(Level(len(level), containers, size + names, odd))
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
    compared: bool = False  #: compares values as a whole
    unevaluated: bool = False  #: looks through all subschemas at its place again


def _node(schema: dict[str, Any], found: NestedSchema) -> _Node:
    node = _Node(in_place=list(in_place(schema, found.targets)))
    node.members = [*schema.get("properties", {}).values(), schema.get("additionalProperties", True)]
    node.all_members = [*schema.get("patternProperties", {}).values()]
    node.all_members += [schema[word] for word in ("unevaluatedProperties", "propertyNames") if word in schema]
    node.items = [*schema.get("prefixItems", ()), schema.get("items", True)]
    node.all_items = [schema[word] for word in ("contains", "unevaluatedItems") if word in schema]
    node.compared = "uniqueItems" in schema or any(isinstance(it, dict | list) for it in _options(schema))
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
    if keyword != MULTIPLE_OF and _is_odd(argument):
        return _ODD_LIMIT
    return _FLAT.get(keyword, _OTHER)


class Costs:
    """The bounds of one schema. Raises SchemaError for one that may apply itself, or too much, to one place."""

    __slots__ = ("_before", "_lock", "_nodes", "_order", "_root", "_rows", "_steady")

    def __init__(self, found: NestedSchema) -> None:
        schemas = [schema for schema in found.subschemas.values() if isinstance(schema, dict)]
        self._nodes = {id(schema): _node(schema, found) for schema in schemas}
        self._order = _sorted(schemas, self._nodes)
        self._root = found.root
        self._rows: list[Level] = []  # cost of one place at each depth; more are made when a value goes deeper
        self._before: dict[int, Level] = {}
        self._steady = False
        self._lock = Lock()
        self._go_deeper()
        if any(row.places + row.containers > _MAX_AT_ONE_PLACE for row in self._before.values()):
            raise SchemaError("too many subschemas are applied to one value: their $ref multiply")

    def bound(self, found: list[Level]) -> float:
        """Return nanoseconds that checking a value with these :func:`levels` takes at most, roughly."""
        if len(found) > _MAX_LEVELS:
            return inf
        with self._lock:
            while len(self._rows) < len(found):
                self._go_deeper()
        return sum(sum(map(mul, row, level)) for row, level in zip(self._rows, found, strict=False))

    def _go_deeper(self) -> None:
        rows: dict[int, Level] = {}
        again: dict[int, Level] = {}  # what a look for the evaluated members costs
        depth = len(self._rows)
        for schema in self._order if not self._steady else ():
            node = self._nodes[id(schema)]
            own = self._inside(node, depth) if depth else node.here
            inner = [id(found) for found in node.in_place if not isinstance(found, bool)]
            row = _add([own, *(rows[key] for key in inner)])
            again[id(schema)] = _add([row, *(again[key] for key in inner)])
            rows[id(schema)] = _add([row, again[id(schema)]]) if node.unevaluated else row
        self._steady = self._steady or (depth > 2 and rows == self._before)
        self._before = rows or self._before
        self._rows.append(self._before[id(self._root)])

    def _inside(self, node: _Node, depth: int) -> Level:
        """Return the cost of one place at ``depth`` below that of ``node``, from the costs one level less deep."""

        def at(schema: Subschema) -> Level:
            if isinstance(schema, bool):
                return _ANY if depth == 1 else _NOTHING
            return self._before[id(schema)]

        members = _add([_most(map(at, node.members)), *map(at, node.all_members)])
        items = _add([_most(map(at, node.items)), *map(at, node.all_items)])
        below = node.below if depth == 1 else _NOTHING
        return _add([_most([members, items]), below, _IDENTITY if node.compared else _NOTHING])


def _sorted(schemas: list[dict[str, Any]], nodes: dict[int, _Node]) -> list[dict[str, Any]]:
    """Return the subschemas, each after those that it applies in its own place."""
    heights: dict[int, int] = {}  # 0 while the schema is being visited
    done: list[dict[str, Any]] = []

    def visit(schema: Subschema, chain: int) -> int:
        if isinstance(schema, bool):
            return 0
        known = heights.setdefault(id(schema), -1)
        if known == 0:
            raise SchemaError("$ref: a schema refers to itself without going into the value: it would never end")
        if known < 0:
            if chain > _MAX_CHAIN:
                raise SchemaError(_TOO_LONG)
            heights[id(schema)] = 0
            known = 1 + max((visit(inner, chain + 1) for inner in nodes[id(schema)].in_place), default=0)
            heights[id(schema)] = known
            done.append(schema)
        return known

    if any(visit(schema, 1) > _MAX_CHAIN for schema in schemas):
        raise SchemaError(_TOO_LONG)
    return done
