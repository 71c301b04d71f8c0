"""What can be seen to be wrong in the words of an expression, before the library reads it.

Most of it the library would say in its own way, which is not made for people; some of it, it would take for something
else; and maps with computed keys make its check of types take exponential time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_cel.places import UNCLOSED, Complaint, nearest
from jsonattrs_cel.tokens import before
from jsonattrs_cel.vocabulary import FUNCTIONS, MACROS, PREFIXES, RESERVED, TYPE_NAMES, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Collection

    from jsonattrs_cel.tokens import Token

__all__ = ["look_at", "used_names"]

_CALLABLE = sorted((*(name for name in FUNCTIONS if name.isidentifier()), *MACROS))
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_LITERALS = ("text", "raw", "number")
_TRUTHS = ("true", "false")
#: What people write instead of an operator.
_INSTEAD = {"and": "&&", "AND": "&&", "or": "||", "OR": "||", "not": "!", "NOT": "!", "is": "==", "IS": "=="}
_SIGNS = {
    "=": "to compare, write ==",
    "&": "for 'and', write &&",
    "|": "for 'or', write ||",
    "≠": "write != instead",
    "≤": "write <= instead",
    "≥": "write >= instead",
    "\N{MINUS SIGN}": "write - instead",
    "\N{EN DASH}": "write - instead",
    "\N{MULTIPLICATION SIGN}": "write * instead",
    "\N{DIVISION SIGN}": "write / instead",
    ";": "an expression has no end sign",
}
_QUOTES = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
_QUOTES += "\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}«»"


def used_names(tokens: list[Token], names: Collection[str]) -> list[str]:
    """Return those of the attributes' names that stand in the tokens and may mean the attribute."""
    found = {
        token.text
        for position, token in enumerate(tokens)
        if token.text in names
        and (before(tokens, position).text != "." or before(tokens, position, 2).text in PREFIXES)
    }
    return sorted(found)


def look_at(tokens: list[Token], names: Collection[str]) -> None:
    """Raise a Complaint for the first token that is out of place; ``names`` are those of the attributes."""
    brackets: list[str] = []
    for position, token in enumerate(tokens):
        if token.kind == "other" or (token.kind == "quoted" and before(tokens, position).text != "."):
            raise Complaint(token.place, _of_sign(token.text[0]))
        if token.kind in _LITERALS:
            _look_at_literal(token)
        elif token.kind == "name":
            _look_at_name(tokens, position, names)
        elif token.kind == "sign":
            _look_at_sign(tokens, position, brackets)


def _of_sign(sign: str) -> str:
    if sign in _SIGNS:
        return f"{sign!r} is not part of the language; {_SIGNS[sign]}"
    if sign in "'\"":
        return UNCLOSED
    if sign in _QUOTES:
        return f"texts stand between straight quotation marks, as in 'loam', not {sign}"
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return f"the character {shown} is not part of the language, outside of texts"


def _look_at_literal(token: Token) -> None:
    if token.kind != "number":
        if token.text[0] in "bB":
            raise Complaint(token.place, f"bytes are not part of the language; write {token.text[1:21]}")
    elif token.text[-1] in "uU":
        raise Complaint(token.place, "unsigned numbers are not part of the language; write it without the u")


def _look_at_name(tokens: list[Token], position: int, names: Collection[str]) -> None:
    token, following = tokens[position], tokens[position + 1]
    is_member = before(tokens, position).text == "."
    if following.text == "(" and token.text != "in":
        _look_at_call(tokens, position, is_member)
    elif is_member:
        owner = before(tokens, position, 2)
        if owner.text in PREFIXES and before(tokens, position, 3).text != "." and token.text not in names:
            raise Complaint(token.place, f"no attribute is named {token.text!r}{nearest(token.text, names)}")
    elif token.text in PREFIXES and following.text != ".":
        raise Complaint(token.place, f"{token.text} stands before the name of an attribute, as in {token.text}.area")
    elif token.text == "null":
        raise Complaint(token.place, "null is no value here: given.area asks whether the attribute area has a value")
    elif token.text in TYPE_NAMES or (token.text in RESERVED and token.text not in (*_TRUTHS, "in")):
        what = "the name of a type" if token.text in TYPE_NAMES else "a word that CEL keeps for itself"
        advice = f"; for the attribute, write attr.{token.text}" if token.text in names else ""
        raise Complaint(token.place, f"{token.text!r} is {what}{advice}")
    elif token.text in _INSTEAD and (_ends_value(before(tokens, position)) or _begins_value(following)):
        raise Complaint(token.place, f"{token.text!r} is not part of the language; write {_INSTEAD[token.text]}")


def _ends_value(token: Token) -> bool:
    return token.kind in ("name", "quoted", *_LITERALS) or token.text in _CLOSING


def _begins_value(token: Token) -> bool:
    return token.kind in ("name", *_LITERALS)


def _look_at_call(tokens: list[Token], position: int, is_member: bool) -> None:
    token = tokens[position]
    if token.text in WITHHELD:
        raise Complaint(token.place, f"{token.text}() is not part of the language: {WITHHELD[token.text]}")
    if token.text in _INSTEAD and not is_member:
        raise Complaint(token.place, f"{token.text!r} is not part of the language; write {_INSTEAD[token.text]}")
    if token.text not in _CALLABLE:
        raise Complaint(token.place, f"there is no function {token.text}(){nearest(token.text, _CALLABLE)}")
    if token.text == "has" and _is_attribute(tokens[position + 2 :]):
        raise Complaint(token.place, "has() asks for a member of an object; for an attribute, write given.area")
    argument = tokens[position + 2]
    if token.text == "date" and (argument.kind not in ("text", "raw") or tokens[position + 3].text != ")"):
        raise Complaint(token.place, "date() takes a day that is written out, as in date('2024-12-31')")


def _is_attribute(tokens: list[Token]) -> bool:
    """Tell whether an argument is an attribute with its prefix; the library asks for its value then, not for it."""
    opened = next((place for place, token in enumerate(tokens) if token.text != "("), 0)
    if tokens[opened].text not in PREFIXES:
        return False
    behind = tokens[opened + 3 :]
    while opened and behind and behind[0].text == ")":
        opened -= 1
        del behind[0]
    return bool(behind) and behind[0].text not in (".", "[")


def _look_at_sign(tokens: list[Token], position: int, brackets: list[str]) -> None:
    sign, place, following = tokens[position].text, tokens[position].place, tokens[position + 1]
    follows_value = _ends_value(before(tokens, position)) and before(tokens, position).text != "in"
    if sign in _OPENING:
        brackets.append(sign)
    elif sign in _CLOSING and brackets:
        brackets.pop()
    if (sign == "{" and follows_value) or (sign == "." and not follows_value):
        raise Complaint(place, f"{sign!r} is out of place here")
    if sign == "<" and following == ("sign", ">", place + 1):
        raise Complaint(place, "'<>' is not part of the language; write != instead")
    if (sign == "{" or (sign == "," and brackets[-1:] == ["{"])) and following.text != "}":
        is_key = following.kind in _LITERALS or following.text in _TRUTHS
        if not is_key or tokens[position + 2].text != ":":
            raise Complaint(
                max(following.place, place), "a map's keys are written out, as in {'clay': 1.5, 'loam': 2.0}"
            )
