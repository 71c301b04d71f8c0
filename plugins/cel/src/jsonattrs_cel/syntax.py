"""The tree of an expression for other programs: nested tuples, in the terms of the core's ``SyntaxTree``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_cel.program import runtime
from jsonattrs_cel.tree import Call, Const, Fold, Ident, ListOf, MapOf, Select, encode
from jsonattrs_cel.vocabulary import MOMENTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from jsonattrs_cel.tree import Node

__all__ = ["syntax_tree"]

#: Functions whose names in the library's tree are not those that people write.
_NAMES = {"!_": "!", "-_": "-", "_?_:_": "?:", "_[_]": "[]", "@in": "in"}
#: What makes a moment or a duration of a text that is written out.
_WRITTEN_OUT = {"date": "timestamp", "timestamp": "timestamp", "duration": "duration"}


def syntax_tree(root: Node, variables: Collection[str]) -> tuple[Any, ...]:
    """Return a checked tree as tuples; ``variables`` are the names that stand for attributes and moments."""
    return _Reading(variables).of(root)


class _Reading:
    def __init__(self, variables: Collection[str]) -> None:
        self._variables = variables

    def of(self, node: Node) -> tuple[Any, ...]:
        match node:
            case Const():
                return "value", node.value
            case Ident():
                return self._identifier(node.name)
            case Select():
                return "has" if node.is_test else "member", self.of(node.operand), node.member
            case Call():
                return self._call(node)
            case ListOf():
                return "list", *map(self.of, node.items)
            case MapOf():
                return "map", *((self.of(key), self.of(value)) for _, key, value in node.entries)
            case Fold():
                return "loop", self.of(node.range)

    def _identifier(self, name: str) -> tuple[Any, ...]:
        prefix, dot, rest = name.partition(".")
        if name in MOMENTS:
            return (name,)
        if name not in self._variables:
            return "item", name
        return "given" if dot and prefix == "given" else "name", rest if dot else name

    def _call(self, node: Call) -> tuple[Any, ...]:
        first = node.arguments[0]
        if node.function in _WRITTEN_OUT and isinstance(first, Const):
            return "value", _moment(node.function, str(first.value))
        name = _NAMES.get(node.function, node.function.strip("_"))
        return name, *map(self.of, node.arguments)


def _moment(function: str, text: str) -> Any:
    """Return the datetime or the timedelta that a text means to the library."""
    written = f"{text}T00:00:00Z" if function == "date" else text
    call = Call(1, _WRITTEN_OUT[function], [Const(2, "string", written)])
    return runtime().deserialize(encode(call)).eval(data={}).value()
