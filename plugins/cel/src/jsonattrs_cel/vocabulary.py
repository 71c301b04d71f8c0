"""What the language offers: its functions and the types that they take, its macros, and the words that are taken.

The library checks expressions against this table alone. Whatever it has beyond it is left out on purpose: joining texts
and lists, ``map`` and ``filter`` build values of any size; ``dyn`` and ``type`` go round the check of types; bytes and
unsigned numbers are no values of a record; and what takes the name of a time zone reads files.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "FUNCTIONS",
    "KEPT",
    "MACROS",
    "MOMENTS",
    "PREFIXES",
    "RESERVED",
    "TYPE_NAMES",
    "WITHHELD",
    "Overload",
    "configuration",
]


class Overload(NamedTuple):
    """One way to call a function; a method's first argument is what it is called on."""

    arguments: tuple[str, ...]
    result: str
    method: bool = False


_NUMBERS = ("int, int", "double, double", "int, double", "double, int")
_ORDERED = (*_NUMBERS, "string, string", "timestamp, timestamp", "duration, duration")
_OF_DATES = ("FullYear", "Month", "Date", "DayOfMonth", "DayOfWeek", "DayOfYear")
_OF_TIMES = ("Hours", "Minutes", "Seconds", "Milliseconds")


def _overloads(result: str, *arguments: str) -> tuple[Overload, ...]:
    return tuple(Overload(tuple(types.split(", ")), result) for types in arguments)


def _methods(result: str, *arguments: str) -> tuple[Overload, ...]:
    return tuple(overload._replace(method=True) for overload in _overloads(result, *arguments))


def _arithmetic() -> tuple[Overload, ...]:
    """Overloads for numbers; those of one whole and one decimal number are the rewriter's own."""
    return (*_overloads("int", _NUMBERS[0]), *_overloads("double", *_NUMBERS[1:]))


#: The functions by the names that they have in an expression's tree.
FUNCTIONS: dict[str, tuple[Overload, ...]] = {
    "_&&_": _overloads("bool", "bool, bool"),
    "_||_": _overloads("bool", "bool, bool"),
    "!_": _overloads("bool", "bool"),
    "_?_:_": _overloads("A", "bool, A, A"),
    "@not_strictly_false": _overloads("bool", "bool"),
    "_==_": _overloads("bool", "A, A", *_NUMBERS[2:]),
    "_!=_": _overloads("bool", "A, A", *_NUMBERS[2:]),
    **{sign: _overloads("bool", *_ORDERED) for sign in ("_<_", "_<=_", "_>_", "_>=_")},
    "_+_": (
        *_arithmetic(),
        *_overloads("timestamp", "timestamp, duration", "duration, timestamp"),
        *_overloads("duration", "duration, duration"),
    ),
    "_-_": (
        *_arithmetic(),
        *_overloads("timestamp", "timestamp, duration"),
        *_overloads("duration", "duration, duration", "timestamp, timestamp"),
    ),
    "_*_": _arithmetic(),
    "_/_": _arithmetic(),
    "_%_": _overloads("int", "int, int"),
    "-_": (*_overloads("int", "int"), *_overloads("double", "double")),
    "@in": _overloads("bool", "A, list(A)", "A, map(A,B)", "double, list(int)", "int, list(double)"),
    "_[_]": (*_overloads("A", "list(A), int"), *_overloads("B", "map(A,B), A")),
    "size": (
        *_overloads("int", "string", "list(A)", "map(A,B)"),
        *_methods("int", "string", "list(A)", "map(A,B)"),
    ),
    **{name: _methods("bool", "string, string") for name in ("contains", "startsWith", "endsWith", "matches")},
    **{f"get{part}": _methods("int", "timestamp") for part in _OF_DATES},
    **{f"get{part}": _methods("int", "timestamp", "duration") for part in _OF_TIMES},
    "int": _overloads("int", "int", "double", "string", "timestamp"),
    "double": _overloads("double", "int", "double", "string"),
    "string": _overloads("string", "int", "double", "bool", "string"),
    "timestamp": _overloads("timestamp", "string"),
    "duration": _overloads("duration", "string"),
    "date": _overloads("timestamp", "string"),
}

#: What looks like a function and is written out by the parser.
MACROS = ("has", "all", "exists", "exists_one")

#: Functions that CEL has and this language has not, and why.
WITHHELD = {
    "map": "it would make lists of any size",
    "filter": "it would make lists of any size; exists, all and exists_one ask about the items",
    "dyn": "it would go round the check of types",
    "type": "the types of attributes are known",
    "bytes": "no attribute holds bytes",
    "uint": "no attribute holds unsigned numbers; int() gives a whole number",
    "bool": "compare instead, as in answer == 'yes'",
}

#: Values that the language provides.
MOMENTS = ("today", "now")
#: What stands before the name of an attribute.
PREFIXES = ("attr", "given")
#: Names of types: alone they stand for the type itself.
TYPE_NAMES = frozenset({"bool", "bytes", "double", "duration", "dyn", "int", "list", "map", "null_type", "string"})
TYPE_NAMES |= {"timestamp", "type", "uint"}
#: Words that CEL keeps for itself.
RESERVED = frozenset({"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in"})
RESERVED |= {"let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while"}
#: Words that never mean an attribute by themselves; ``attr.<name>`` does.
KEPT = RESERVED | TYPE_NAMES | {*MOMENTS, *PREFIXES}


def _type(name: str) -> str:
    """Return a type as the library's configuration has it."""
    if len(name) == 1:
        return f"{{type_name: {name}, is_type_param: true}}"
    outer, _, inner = name.rstrip(")").partition("(")
    if not inner:
        return f"{{type_name: {outer}}}"
    return f"{{type_name: {outer}, params: [{', '.join(map(_type, inner.split(',')))}]}}"


def _entry(identity: str, overload: Overload) -> str:
    arguments = [_type(name) for name in overload.arguments]
    target = f"target: {arguments.pop(0)}, " if overload.method else ""
    return f"{{id: '{identity}', {target}args: [{', '.join(arguments)}], return: {_type(overload.result)}}}"


def configuration() -> str:
    """Return the configuration of the library's type checker, as YAML."""
    lines = ["stdlib:", "  disable: true", f"  include_macros: [{', '.join(MACROS)}]", "functions:"]
    for name, overloads in FUNCTIONS.items():
        lines += [f"- name: '{name}'", "  overloads:"]
        lines += [f"  - {_entry(f'{name} {number}', overload)}" for number, overload in enumerate(overloads)]
    return "\n".join(lines)
