"""The tree of an expression: read from the library's checked one, and written back for it to run.

The messages are ``cel.expr.CheckedExpr`` and ``cel.expr.ParsedExpr``, in proto/cel/expr of
https://github.com/google/cel-spec.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from jsonattrs_cel import wire

__all__ = ["Call", "Checked", "Const", "Fold", "Ident", "ListOf", "MapOf", "Node", "Select", "encode", "read_checked"]

_PARSED = "type.googleapis.com/cel.expr.ParsedExpr"

#: Fields of cel.expr.Constant by the types of their values.
_CONSTANTS = {1: "null", 2: "bool", 3: "int", 4: "uint", 5: "double", 6: "string", 7: "bytes"}
#: The same for the primitive types, and for those of well-known messages, of cel.expr.Type.
_PRIMITIVES = {1: "bool", 2: "int", 3: "uint", 4: "double", 5: "string", 6: "bytes"}
_WELL_KNOWN = {1: "any", 2: "timestamp", 3: "duration"}


@dataclass(slots=True)
class Const:
    """A value that is written out."""

    id: int
    type: str
    value: bool | int | float | str | bytes | None


@dataclass(slots=True)
class Ident:
    """A name."""

    id: int
    name: str


@dataclass(slots=True)
class Select:
    """A member of an object, or the question whether it has it."""

    id: int
    operand: Node
    member: str
    is_test: bool


@dataclass(slots=True)
class Call:
    """A function or operator; the target of a method is its first argument."""

    id: int
    function: str
    arguments: list[Node]
    is_method: bool = False


@dataclass(slots=True)
class ListOf:
    """A list that is written out."""

    id: int
    items: list[Node]


@dataclass(slots=True)
class MapOf:
    """A map that is written out; of a ``message`` type, where it has one."""

    id: int
    entries: list[tuple[int, Node, Node]]
    message: str = ""


@dataclass(slots=True)
class Fold:
    """A loop over the items of ``range``: what a macro such as ``all`` stands for."""

    id: int
    variable: str
    range: Node
    result_variable: str
    start: Node
    condition: Node
    step: Node
    result: Node


Node: TypeAlias = Const | Ident | Select | Call | ListOf | MapOf | Fold


@dataclass(frozen=True, slots=True)
class Checked:
    """A tree, and what the check found out about it."""

    root: Node
    types: dict[int, str]  #: types of the nodes by their id, such as "list(int)"
    places: dict[int, int]  #: where they stand in the text, counted in characters


def read_checked(data: bytes) -> Checked:
    """Return the tree of a serialized expression. Raises ValueError where it is none."""
    packed = b"".join(value for field, _, value in wire.fields(data) if field == 2)
    root, types, places = None, {}, {}
    for field, _, value in wire.fields(packed):
        if field == 3:
            key, found = _entry(value)
            types[key] = _type(found)
        elif field == 4:
            root = _node(value)
        elif field == 5:
            places = dict(_place(entry) for inner, _, entry in wire.fields(value) if inner == 4)
    if root is None:
        raise ValueError("no expression")
    return Checked(root, types, places)


def _entry(data: bytes) -> tuple[int, bytes]:
    key, found = 0, b""
    for field, value, inner in wire.fields(data):
        key, found = (value, found) if field == 1 else (key, inner)
    return key, found


def _place(data: bytes) -> tuple[int, int]:
    found = {field: value for field, value, _ in wire.fields(data)}
    return found.get(1, 0), found.get(2, 0)


def _type(data: bytes) -> str:
    for field, value, inner in wire.fields(data):
        if field in (3, 5):
            return (_PRIMITIVES if field == 3 else _WELL_KNOWN).get(value, "any")
        if field in (6, 7):
            parts = {place: _type(part) for place, _, part in wire.fields(inner)}
            return f"{'list' if field == 6 else 'map'}({', '.join(parts[place] for place in sorted(parts))})"
        return {1: "dyn", 2: "null"}.get(field, "any")
    return "any"


def _node(data: bytes) -> Node:
    identity = 0
    for field, value, inner in wire.fields(data):
        if field == 2:
            identity = wire.signed(value)
        else:
            return _READERS[field](identity, inner)
    raise ValueError("a node without a kind")


def _const(identity: int, data: bytes) -> Node:
    for field, value, inner in wire.fields(data):
        kind = _CONSTANTS.get(field, "any")
        if kind == "double":
            return Const(identity, kind, wire.unfixed(inner))
        if kind in ("string", "bytes"):
            return Const(identity, kind, inner.decode() if kind == "string" else inner)
        return Const(identity, kind, {"bool": bool(value), "int": wire.signed(value), "uint": value}.get(kind))
    raise ValueError("a constant without a value")


def _ident(identity: int, data: bytes) -> Node:
    return Ident(identity, _texts(data)[1])


def _select(identity: int, data: bytes) -> Node:
    parts = {field: (value, inner) for field, value, inner in wire.fields(data)}
    return Select(identity, _node(parts[1][1]), parts[2][1].decode(), 3 in parts and bool(parts[3][0]))


def _call(identity: int, data: bytes) -> Node:
    target: list[Node] = []
    arguments: list[Node] = []
    function = ""
    for field, _, inner in wire.fields(data):
        if field == 2:
            function = inner.decode()
        else:
            (target if field == 1 else arguments).append(_node(inner))
    return Call(identity, function, target + arguments, bool(target))


def _list(identity: int, data: bytes) -> Node:
    return ListOf(identity, [_node(inner) for field, _, inner in wire.fields(data) if field == 1])


def _map(identity: int, data: bytes) -> Node:
    entries = []
    for field, _, inner in wire.fields(data):
        if field != 2:
            continue
        parts = {place: (value, part) for place, value, part in wire.fields(inner)}
        key = _node(parts[3][1]) if 3 in parts else Const(0, "string", parts[2][1].decode())
        entries.append((wire.signed(parts[1][0]), key, _node(parts[4][1])))
    return MapOf(identity, entries, _texts(data).get(1, ""))


def _fold(identity: int, data: bytes) -> Node:
    parts = {field: inner for field, _, inner in wire.fields(data)}
    node = {field: _node(parts[field]) for field in (2, 4, 5, 6, 7)}
    return Fold(identity, parts[1].decode(), node[2], parts[3].decode(), node[4], node[5], node[6], node[7])


def _texts(data: bytes) -> dict[int, str]:
    return {field: inner.decode() for field, _, inner in wire.fields(data) if field == 1}


_READERS = {3: _const, 4: _ident, 5: _select, 6: _call, 7: _list, 8: _map, 9: _fold}


def encode(root: Node) -> bytes:
    """Return a tree as the library deserializes it: parsed, its types being known to be right."""
    return wire.text(1, _PARSED) + wire.message(2, wire.message(2, _encode(root)))


def _encode(node: Node) -> bytes:
    head = wire.number(2, node.id)
    match node:
        case Const():
            return head + wire.message(3, _encode_const(node))
        case Ident():
            return head + wire.message(4, wire.text(1, node.name))
        case Select():
            parts = wire.message(1, _encode(node.operand)) + wire.text(2, node.member)
            return head + wire.message(5, parts + (wire.boolean(3, True) if node.is_test else b""))
        case Call():
            return head + wire.message(6, _encode_call(node))
        case ListOf():
            return head + wire.message(7, b"".join(wire.message(1, _encode(item)) for item in node.items))
        case MapOf():
            return head + wire.message(8, b"".join(wire.message(2, _encode_entry(*entry)) for entry in node.entries))
        case Fold():
            return head + wire.message(9, _encode_fold(node))


def _encode_const(node: Const) -> bytes:
    match node.value:
        case bool():
            return wire.boolean(2, node.value)
        case int():
            return wire.number(3, node.value)
        case float():
            return wire.fixed(5, node.value)
        case str():
            return wire.text(6, node.value)
    raise ValueError(f"a constant of type {node.type}")


def _encode_call(node: Call) -> bytes:
    arguments = [_encode(argument) for argument in node.arguments]
    target = wire.message(1, arguments.pop(0)) if node.is_method else b""
    return target + wire.text(2, node.function) + b"".join(wire.message(3, argument) for argument in arguments)


def _encode_entry(identity: int, key: Node, value: Node) -> bytes:
    return wire.number(1, identity) + wire.message(3, _encode(key)) + wire.message(4, _encode(value))


def _encode_fold(node: Fold) -> bytes:
    parts = ((2, node.range), (4, node.start), (5, node.condition), (6, node.step), (7, node.result))
    encoded = b"".join(wire.message(field, _encode(part)) for field, part in parts)
    return wire.text(1, node.variable) + wire.text(3, node.result_variable) + encoded
