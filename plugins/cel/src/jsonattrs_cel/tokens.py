"""The words and signs of an expression, as its grammar divides it.

Grammar: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["END", "Token", "before", "tokens_of"]


class Token(NamedTuple):
    """A word or sign."""

    kind: str  #: text, raw, number, name, quoted, sign; other is what no expression may hold; end is the end
    text: str
    place: int


_NO_ESCAPE = r"(?s:'''.*?'''|\"\"\".*?\"\"\")|'[^'\r\n]*'|\"[^\"\r\n]*\""
_ESCAPES = (
    r"(?s:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\")"
    r"|'(?:\\.|[^\\'\r\n])*'|\"(?:\\.|[^\\\"\r\n])*\""
)
_TOKEN = re.compile(
    rf"(?P<space>[ \t\r\n\f]+|//[^\n]*)"
    rf"|(?P<raw>[bB]?[rR](?:{_NO_ESCAPE}))|(?P<text>[bB]?(?:{_ESCAPES}))"
    r"|(?P<number>0x[0-9a-fA-F]+[uU]?|(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[uU]?)"
    r"|(?P<name>[_a-zA-Z][_a-zA-Z0-9]*)|(?P<quoted>`[^`\r\n]*`)"
    r"|(?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:.,()\[\]{}])"
    r"|(?P<other>(?s:.))"
)
#: Stands behind the last token, and before the first.
END = Token("end", "", -1)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in their order, without white space and comments, and then :data:`END`."""
    found = [Token(match.lastgroup or "", match.group(), match.start()) for match in _TOKEN.finditer(text)]
    return [*(token for token in found if token.kind != "space"), END]


def before(tokens: list[Token], position: int, distance: int = 1) -> Token:
    """Return the token that stands before that at ``position``, :data:`END` where there is none."""
    return tokens[position - distance] if position >= distance else END
