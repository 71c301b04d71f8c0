"""What an evaluation may cost, estimated from the tree and the sizes of the values, before it begins.

The library bounds how often loops go round, 10,000 times in all, and not what one round costs. The estimate is an upper
bound in nanoseconds and bytes, from measurements of each operation at its worst, rounded up. It needs a few sizes only:
of the longest text, of the largest list or object, and of the lists that loops go through.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_cel.tree import Call, Const, Fold, Ident, ListOf, MapOf, Select
from jsonattrs_cel.values import MAX_CHARACTERS, MAX_ITEMS, MAX_PARTS, MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jsonattrs_cel.tree import Node

__all__ = ["MAX_BYTES", "MAX_NANOSECONDS", "Cost", "estimated"]

#: Most that an evaluation may be estimated to take.
MAX_NANOSECONDS, MAX_BYTES = 200_000_000, 32 * 1024 * 1024
#: Most rounds of all loops together: the library's own bound.
_MAX_ROUNDS = 10_000
#: Most bytes of a character.
_WIDE = 4
#: Types of values that hold nothing else.
_SCALARS = ("bool", "int", "double", "string", "timestamp", "duration")


class Sizes(NamedTuple):
    """Sizes of the values that are handed over."""

    text: int  #: bytes of the longest text
    parts: int  #: values inside the largest list or object
    bytes: int  #: bytes of all texts inside the list or object that has most
    lists: Mapping[str, int]  #: items of each list, by its slot


class Extent(NamedTuple):
    """How much a value holds at most, in terms of what is not known before the values are."""

    parts: int = 1  #: values that are written out
    largest: float = 0.0  #: and this many times what the largest list or object holds


@dataclass(slots=True)
class Weight:
    """What one round costs."""

    nanoseconds: float = 0.0
    per_byte: float = 0.0  #: nanoseconds for each byte of the longest text
    per_pair: float = 0.0  #: nanoseconds for each pair of such bytes: a text is looked for in another
    parts: float = 0.0  #: values that are compared, as far as they are written out
    largest: float = 0.0  #: and how often all that the largest list or object holds
    memory: float = 0.0  #: bytes, which are not given back before the evaluation ends

    def compare(self, extent: Extent) -> None:
        """Add a comparison with everything in a list or object."""
        self.parts += extent.parts
        self.largest += extent.largest

    def time(self, sizes: Sizes) -> float:
        """Return the nanoseconds of one round."""
        parts = self.parts * (80.0 + 0.2 * sizes.text)
        largest = self.largest * (80.0 * sizes.parts + 0.5 * sizes.bytes)
        texts = self.per_byte * sizes.text + self.per_pair * sizes.text**2
        return self.nanoseconds + texts + parts + largest


#: What the loops around a node go through: a list's slot, or a number of items.
_Loops = tuple[str | int, ...]


@dataclass(slots=True)
class Cost:
    """Costs of an expression, by the loops in which they arise."""

    weights: dict[_Loops, Weight] = field(default_factory=dict)
    literal: int = 0  #: bytes of the longest text that is written out
    items: int = 1  #: items of the longest list or map that is written out

    @property
    def is_bounded(self) -> bool:
        """Tell whether values of any size that is handed over may be evaluated."""
        slots = {loop for loops in self.weights for loop in loops if isinstance(loop, str)}
        largest = Sizes(_WIDE * MAX_TEXT, 2 * MAX_PARTS, _WIDE * MAX_CHARACTERS, dict.fromkeys(slots, MAX_ITEMS))
        return self._allows(largest)

    def allows(self, values: Mapping[str, Any]) -> bool:
        """Tell whether these values, by their slots, may be evaluated."""
        return self._allows(_sizes(values, self.literal, self.items))

    def _allows(self, sizes: Sizes) -> bool:
        time = memory = 0.0
        for loops, weight in self.weights.items():
            rounds = 1
            for loop in loops:
                rounds *= sizes.lists.get(loop, 0) if isinstance(loop, str) else max(loop, 0) or sizes.parts
            rounds = min(rounds, _MAX_ROUNDS)
            time += rounds * weight.time(sizes)
            memory += rounds * weight.memory
        return time <= MAX_NANOSECONDS and memory <= MAX_BYTES


def _sizes(values: Mapping[str, Any], text: int, parts: int) -> Sizes:
    size = parts * text
    for value in values.values():
        if isinstance(value, str):
            text = max(text, _bytes(value))
        elif isinstance(value, list | dict):
            lengths = [_bytes(part) if isinstance(part, str) else 0 for part in _parts(value)]
            text, parts, size = max(text, *lengths, 0), max(parts, len(lengths)), max(size, sum(lengths))
    return Sizes(text, parts, size, {slot: len(value) for slot, value in values.items() if isinstance(value, list)})


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else _WIDE * len(text)


def _parts(value: list[Any] | dict[str, Any]) -> Iterable[Any]:
    """Yield everything inside a list or object, names of members too."""
    for part in value if isinstance(value, list) else (*value, *value.values()):
        yield part
        if isinstance(part, list | dict):
            yield from _parts(part)


def _together(extents: Iterable[Extent]) -> Extent:
    found = list(extents)
    return Extent(1 + sum(extent.parts for extent in found), sum(extent.largest for extent in found))


def estimated(root: Node, type_of: Callable[[Node], str], pattern_size: Callable[[str], int]) -> Cost:
    """Return the costs of a tree; ``pattern_size`` gives the number of instructions of a regular expression."""
    estimate = _Estimate(type_of, pattern_size)
    estimate.visit(root, ())
    return estimate.cost


class _Estimate:
    """Walks through a tree."""

    def __init__(self, type_of: Callable[[Node], str], pattern_size: Callable[[str], int]) -> None:
        self.cost = Cost()
        self._type_of = type_of
        self._pattern_size = pattern_size
        self._extents: dict[str, Extent] = {}  #: of the variables of the loops around

    def visit(self, node: Node, loops: _Loops) -> None:
        """Add what a node costs, and what is in it."""
        weight = self.cost.weights.setdefault(loops, Weight())
        weight.nanoseconds += 150
        match node:
            case Const(value=str() as text):
                self.cost.literal = max(self.cost.literal, len(text.encode()))
            case Select():
                self.visit(node.operand, loops)
            case Call():
                self._call(node, weight)
                for part in node.arguments:
                    self.visit(part, loops)
            case ListOf():
                self._literal(weight, len(node.items), 80)
                for part in node.items:
                    self.visit(part, loops)
            case MapOf():
                self._literal(weight, len(node.entries), 300)
                for _, key, value in node.entries:
                    self.visit(key, loops)
                    self.visit(value, loops)
            case Fold():
                self._fold(node, loops)

    def _literal(self, weight: Weight, count: int, size: int) -> None:
        self.cost.items = max(self.cost.items, count)
        weight.nanoseconds += 150 * count
        weight.memory += size * (count + 1)

    def _fold(self, node: Fold, loops: _Loops) -> None:
        self.visit(node.range, loops)
        self.visit(node.start, loops)
        self.visit(node.result, loops)
        if isinstance(node.range, ListOf) and not node.range.items:  # binds a name, and does not go round
            return
        inner = (*loops, self._range(node.range))
        before = self._extents
        self._extents = {**before, node.variable: self._extent(node.range)}
        self.visit(node.condition, inner)
        self.visit(node.step, inner)
        self._extents = before

    def _range(self, node: Node) -> str | int:
        """Return the slot of a list or its number of items; -1 where it is as large as anything."""
        if isinstance(node, Ident) and "@" in node.name:
            return node.name if self._type_of(node).startswith("list") else -1
        return len(node.items) if isinstance(node, ListOf) else -1  # a map's keys, a list inside an object

    def _extent(self, node: Node) -> Extent:
        """Return how much a node's value holds; a list that is written out may hold the largest several times."""
        if self._type_of(node) in _SCALARS:
            return Extent()
        match node:
            case Ident():
                return self._extents.get(node.name, Extent(0, 1.0))
            case ListOf():
                return _together(map(self._extent, node.items))
            case MapOf():
                return _together(self._extent(value) for _, _, value in node.entries)
            case Select():
                return self._extent(node.operand)
            case Call(function="_[_]" | "_?_:_"):
                return _together(map(self._extent, node.arguments))
        return Extent(1, 1.0)

    def _call(self, node: Call, weight: Weight) -> None:
        """Add what a function costs beyond its arguments."""
        types = [self._type_of(part) for part in node.arguments]
        has_text = any(name in ("string", "dyn", "any") for name in types)
        has_parts = any(name.startswith(("list", "map")) or name in ("dyn", "any") for name in types)
        match node.function:
            case "_==_" | "_!=_" if has_parts:  # it ends where the smaller of the two ends
                weight.compare(min(map(self._extent, node.arguments), key=lambda extent: extent.largest))
            case "@in":
                weight.compare(self._extent(node.arguments[1]))
            case "_==_" | "_!=_" | "_<_" | "_<=_" | "_>_" | "_>=_" | "startsWith" | "endsWith" | "_[_]" if has_text:
                weight.per_byte += 0.2
            case "size" if has_text:
                weight.per_byte += 3
            case "contains":
                self._contains(node, weight)
            case "matches":
                self._matches(node, weight)
            case "int" | "double" | "timestamp" | "duration" | "string" if has_text:
                weight.nanoseconds += 500
                weight.per_byte += 5
                weight.memory += 64
            case "string":
                weight.nanoseconds += 300
                weight.memory += 64

    @staticmethod
    def _contains(node: Call, weight: Weight) -> None:
        sought = node.arguments[1]
        if isinstance(sought, Const) and isinstance(sought.value, str):
            weight.per_byte += 0.2 + len(sought.value.encode()) / 64
        else:
            weight.per_pair += 1 / 200

    def _matches(self, node: Call, weight: Weight) -> None:
        pattern = node.arguments[1]
        size = self._pattern_size(str(pattern.value)) if isinstance(pattern, Const) else 0
        weight.nanoseconds += 10_000 + 700 * size  # it is compiled each time
        weight.per_byte += 10 + 3 * size
