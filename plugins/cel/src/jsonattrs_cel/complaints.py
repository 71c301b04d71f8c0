"""What the library says of an expression that it refuses, in words for people who do not know the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jsonattrs_cel.places import TOO_DEEP, UNCLOSED, at, nearest
from jsonattrs_cel.vocabulary import FUNCTIONS, MOMENTS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    _Tell = Callable[[re.Match[str], Collection[str]], str]

__all__ = ["sentences", "type_in_words"]

#: Most faults that are told of one expression.
_MOST = 5
_FAULT = re.compile(r"^(?:INVALID_ARGUMENT: )?ERROR: <input>:(-?\d+):(-?\d+): (.*)$", re.MULTILINE)
_UNDECLARED = re.compile(r"undeclared reference to '(.*)' \(in container")
_TYPES = {
    "int": "a whole number",
    "double": "a decimal number",
    "uint": "an unsigned number",
    "string": "a text",
    "bool": "true or false",
    "bytes": "bytes",
    "null": "null",
    "timestamp": "a date",
    "duration": "a duration",
    "dyn": "a value of an unknown type",
}
_SIGNS = {name: name.strip("_").replace("_", " ") for name in FUNCTIONS if "_" in name and "@" not in name}
_SIGNS |= {"@in": "in", "_[_]": "[ ]", "_?_:_": "? :"}
_QUOTES = ("'", '"')
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def type_in_words(name: str) -> str:
    """Return what people call a type, such as ``a text`` for ``string``."""
    name = name.strip().removeprefix("google.protobuf.").lower().replace("null_type", "null")
    if name.startswith("list("):
        return "a list"
    return "an object" if name.startswith("map(") else _TYPES.get(name, "a type")


def sentences(said: str, text: str, names: Collection[str]) -> list[str]:
    """Return what is wrong, each as one sentence with line and column.

    ``said`` is the library's message; ``names`` are those of the attributes.
    """
    found = [(int(line), int(column), message) for line, column, message in _FAULT.findall(said)]
    found = [fault for fault in found if fault[0] > 0] or [(1, 1, found[0][2] if found else said)]
    syntax = [fault for fault in found if fault[2].startswith("Syntax error")]
    found = syntax[:1] or found  # the others are consequences of the first
    told = [
        at(text, _beginning(text, _place(text, line, column), message), _sentence(message, names))
        for line, column, message in found
    ]
    return list(dict.fromkeys(told))[:_MOST]


def _place(text: str, line: int, column: int) -> int:
    start = sum(len(part) + 1 for part in text.split("\n")[: line - 1])
    return min(start + column - 1, len(text))


def _beginning(text: str, place: int, message: str) -> int:
    """Return where an unknown name begins: of ``plot.area`` the library tells the place of the dot."""
    if match := _UNDECLARED.match(message):
        owner = match.group(1).split(".")[0]
        return max(text.rfind(owner, 0, place + len(owner)), 0)
    return place


def _sentence(message: str, names: Collection[str]) -> str:
    for pattern, tell in _MESSAGES:
        if match := pattern.match(message):
            return tell(match, names)
    return f"this cannot be read: {' '.join(message.split())[:200]}"


def _syntax(match: re.Match[str], names: Collection[str]) -> str:
    what = match.group(1)
    if "<EOF>" in what:
        return "the expression ends too early"
    return f"{what[1:-1] if what[1:2] in _QUOTES else what} is not expected here"


def _missing(match: re.Match[str], names: Collection[str]) -> str:
    return f"{match.group(1)} is missing"


def _unreadable(match: re.Match[str], names: Collection[str]) -> str:
    return UNCLOSED if match.group(1)[:1] in _QUOTES else f"'{match.group(1)} cannot be read"


def _undeclared(match: re.Match[str], names: Collection[str]) -> str:
    name = match.group(1)
    if name in FUNCTIONS or f"_{name}_" in FUNCTIONS:
        return f"{_SIGNS.get(name, f'{name}()')} is not called in this way"
    owner = name.split(".")[0]
    return f"no attribute is named {owner!r}{nearest(owner, (*names, *MOMENTS, *PREFIXES))}"


def _overload(match: re.Match[str], names: Collection[str]) -> str:
    function, types = match.group(1), _split(match.group(2))
    words = [type_in_words(name) for name in types]
    sign = _SIGNS.get(function)
    if sign is None:
        return f"{function}() cannot be applied to {' and '.join(words)}"
    if sign in _COMPARISONS:
        return f"{words[0]} cannot be compared with {words[1]}{_hint(types)}"
    if sign == "? :":
        if types[0] != "bool":
            return f"what stands before ? must be true or false, not {words[0]}"
        return f"both sides of : must be of one type, not {words[1]} and {words[2]}"
    return f"{sign} cannot be applied to {' and '.join(words)}{_advice(sign, types)}"


def _split(types: str) -> list[str]:
    """Return the types of a list such as ``int, map(string, dyn)``."""
    found, depth = [""], 0
    for character in types:
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            found.append("")
        else:
            found[-1] += character
    return [name.strip().removeprefix("google.protobuf.").lower() for name in found]


def _hint(types: list[str]) -> str:
    if "timestamp" in types and "string" in types:
        return "; write a day as date('2024-12-31')"
    if "timestamp" in types and "int" in types:
        return "; compare with date('2024-12-31'), or a year with getFullYear()"
    if "duration" in types:
        return "; write a duration as duration('36h')"
    if any(name.startswith("list(") for name in types):
        return "; size(), in, exists() and all() ask about lists"
    return ""


def _advice(sign: str, types: list[str]) -> str:
    if sign == "+" and ("string" in types or any(name.startswith("list(") for name in types)):
        return "; texts and lists are not joined in rules"
    return "; % takes whole numbers alone" if sign == "%" else ""


def _selected(match: re.Match[str], names: Collection[str]) -> str:
    return f"{type_in_words(match.group(1))} has no members; only objects have"


def _ranged(match: re.Match[str], names: Collection[str]) -> str:
    return f"all(), exists() and exists_one() go through a list, not {type_in_words(match.group(1))}"


def _fixed(sentence: str) -> _Tell:
    return lambda match, names: sentence


#: The library's messages, and what is told instead.
_MESSAGES: list[tuple[re.Pattern[str], _Tell]] = [
    (re.compile(pattern, re.DOTALL), tell)
    for pattern, tell in (
        (_UNDECLARED.pattern, _undeclared),
        (r"found no matching overload for '(.*)' applied to '\((.*)\)'", _overload),
        (r"expression of type '(.*)' cannot be the operand of a select", _selected),
        (r"expression of type '(.*)' cannot be the range of a comprehension", _ranged),
        (r"Syntax error: (?:mismatched|extraneous) input (.*?) expecting", _syntax),
        (r"Syntax error: no viable alternative at input (.*)", _syntax),
        (r"Syntax error: missing (.*) at ", _missing),
        (r"Syntax error: token recognition error at: '(.*)", _unreadable),
        (r"invalid (?:hex )?int literal", _fixed("this whole number is too large: 64 bits are the limit")),
        (r"has\(\) argument must be", _fixed("has() asks for a member of an object, as in has(address.city)")),
        (
            r".*variable name must be a simple identifier",
            _fixed("a name for the item is expected here, as in all(x, x > 0)"),
        ),
        (r".*recursion", _fixed(TOO_DEEP)),
    )
]
