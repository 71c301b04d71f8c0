"""From the checked tree of an expression to the one that is run: what the library would let pass is refused or mended.

- Names of attributes become slots, since an attribute may be called by two names, and dates need slots of their type.
- A day that is written out becomes a timestamp.
- Decimal arithmetic is watched: the library counts on with infinity after an overflow or a division by zero, and a
  comparison with that may be true. Whatever such a calculation gives is bound to a name and tried, and infinity fails.
- A whole number in decimal arithmetic is converted; the library has no such arithmetic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jsonattrs_cel.literals import fault_of
from jsonattrs_cel.places import Complaint
from jsonattrs_cel.tree import Call, Const, Fold, Ident, ListOf, MapOf, Select
from jsonattrs_cel.vocabulary import MOMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_cel.tree import Checked, Node

__all__ = ["Rewriter", "Slots"]

_ARITHMETIC = ("_+_", "_-_", "_*_", "_/_", "_%_", "-_")
#: A finite double times this is a whole number that int() takes; infinity is not.
_SCALE, _MOST = 1e-300, 10**9
#: What converts a text: its value may be infinite, or no number at all.
_FROM_TEXT = ("string", "dyn")


@dataclass(slots=True)
class Slots:
    """The variables of the tree that is run."""

    values: dict[str, str] = field(default_factory=dict)  #: names of attributes to the slots of their values
    given: dict[str, str] = field(default_factory=dict)  #: the same for the slots that say whether there is one
    moments: dict[str, str] = field(default_factory=dict)  #: the same for ``today`` and ``now``

    def slot(self, name: str, type_name: str) -> str:
        """Return the slot of a variable of the checked tree, such as ``attr.area``."""
        prefix, dot, rest = name.partition(".")
        attribute = rest if dot else name
        if prefix == "given" and dot:
            return self.given.setdefault(attribute, f"bool@{attribute}")
        if name in MOMENTS:
            return self.moments.setdefault(name, f"{type_name}@{len(self.values) + len(self.moments)}")
        return self.values.setdefault(attribute, f"{type_name}@{len(self.values) + len(self.moments)}")


class Rewriter:
    """Rewrites one tree, and refuses what is not in the language with a :class:`Complaint`."""

    def __init__(self, checked: Checked, variables: Mapping[str, str]) -> None:
        self.slots = Slots()
        self.types = dict(checked.types)  #: types of the nodes, the new ones included
        self._checked = checked
        self._variables = variables  #: the variables of the check, and their types
        self._bound: list[str] = []  #: variables of the loops around
        self._last = max({*checked.types, *checked.places}, default=0)

    def rewrite(self) -> Node:
        """Return the tree to run."""
        return self._watched(self._checked.root)

    def type_of(self, node: Node) -> str:
        """Return the type of a node, such as ``list(int)``."""
        return self.types.get(node.id, "dyn")

    def _refuse(self, node: Node, sentence: str) -> Complaint:
        return Complaint(self._checked.places.get(node.id, 0), sentence)

    def _new(self, type_name: str) -> int:
        self._last += 1
        self.types[self._last] = type_name
        return self._last

    def _watched(self, node: Node) -> Node:
        """Return the rewritten node; it fails where its calculation gives no finite number."""
        found = self._rewritten(node)
        return self._watch(found) if self._may_be_infinite(node) else found

    def _may_be_infinite(self, node: Node) -> bool:
        if not isinstance(node, Call) or self.type_of(node) != "double":
            return False
        if node.function == "double":
            return self.type_of(node.arguments[0]) in _FROM_TEXT
        return node.function in _ARITHMETIC

    def _watch(self, node: Node) -> Node:
        name = f"@{self._new('double')}"
        scaled = self._call("_*_", "double", self._name(name), self._const(_SCALE))
        trial = self._call("_<_", "bool", self._call("int", "int", scaled), self._const(_MOST))
        result = self._call("_?_:_", "double", trial, self._name(name), self._name(name))
        nothing = ListOf(self._new("list(dyn)"), [])
        condition = self._const(False)
        return Fold(self._new("double"), "#unused", nothing, name, node, condition, self._name(name), result)

    def _name(self, name: str) -> Ident:
        return Ident(self._new("double"), name)

    def _call(self, function: str, result: str, *arguments: Node) -> Call:
        return Call(self._new(result), function, list(arguments))

    def _const(self, value: bool | int | float | str) -> Const:
        name = {bool: "bool", int: "int", float: "double", str: "string"}[type(value)]
        return Const(self._new(name), name, value)

    def _rewritten(self, node: Node) -> Node:
        match node:
            case Const():
                return self._constant(node)
            case Ident():
                return self._identifier(node)
            case Select():
                return Select(node.id, self._watched(node.operand), node.member, node.is_test)
            case Call():
                return self._called(node)
            case ListOf():
                return ListOf(node.id, [self._watched(item) for item in node.items])
            case MapOf():
                return MapOf(node.id, [self._entry(*entry) for entry in node.entries])
            case Fold():
                return self._fold(node)

    def _entry(self, number: int, key: Node, value: Node) -> tuple[int, Node, Node]:
        if self.type_of(key) == "double":
            raise self._refuse(key, "a map's keys are texts, whole numbers, true or false")
        return number, self._watched(key), self._watched(value)

    def _constant(self, node: Const) -> Node:
        if isinstance(node.value, float) and not math.isfinite(node.value):
            raise self._refuse(node, "this number is too large")
        return node

    def _identifier(self, node: Ident) -> Node:
        if node.name in self._bound:
            return node
        if node.name not in self._variables:
            raise self._refuse(node, f"{node.name!r} is the name of a type, not of an attribute")
        return Ident(node.id, self.slots.slot(node.name, self._variables[node.name]))

    def _fold(self, node: Fold) -> Node:
        found, start = self._watched(node.range), self._watched(node.start)
        own = [node.variable, node.result_variable]
        self._bound += own
        condition, step, result = (self._watched(part) for part in (node.condition, node.step, node.result))
        del self._bound[-len(own) :]
        return Fold(node.id, node.variable, found, node.result_variable, start, condition, step, result)

    def _called(self, node: Call) -> Node:
        if node.function in _ARITHMETIC:
            return self._calculated(node)
        if node.function == "_[_]":
            self._look_at_index(node)
        last = node.arguments[-1]
        if isinstance(last, Const) and isinstance(last.value, str):
            if fault := fault_of(node.function, last.value):
                raise self._refuse(last, fault)
            if node.function == "date":
                return Call(node.id, "timestamp", [self._const(f"{last.value}T00:00:00Z")])
        elif node.function == "matches":
            raise self._refuse(last, "the pattern of matches() must be written out, as in name.matches('[A-Z].*')")
        return Call(node.id, node.function, [self._watched(part) for part in node.arguments], node.is_method)

    def _calculated(self, node: Call) -> Node:
        if any(self.type_of(part) == "dyn" for part in node.arguments):
            advice = "write int() or double() around it, as in double(plot.area)"
            raise self._refuse(node, f"it is not known whether this is a number; {advice}")
        if self.type_of(node) != "double":
            return Call(node.id, node.function, [self._watched(part) for part in node.arguments])
        arguments = [
            self._operand(part, node.function == "_/_" and place == 1) for place, part in enumerate(node.arguments)
        ]
        return Call(node.id, node.function, arguments)

    def _operand(self, node: Node, is_divisor: bool) -> Node:
        """Return an operand of decimal arithmetic; infinity runs through it all, unless something is divided by it."""
        found = self._watched(node) if is_divisor or not self._may_be_infinite(node) else self._rewritten(node)
        if self.type_of(node) != "int":
            return found
        if isinstance(found, Const) and isinstance(found.value, int):
            return self._const(float(found.value))
        return self._call("double", "double", found)

    def _look_at_index(self, node: Call) -> None:
        owner, index = node.arguments
        if self.type_of(owner).startswith("list(") and isinstance(index, Const) and str(index.value).startswith("-"):
            raise self._refuse(index, "the first item of a list is [0]; there is none before it")
