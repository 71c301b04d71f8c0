"""Regular expressions that RE2, Java and JavaScript read alike: ODK's apps use the last two."""

from __future__ import annotations

import re

from jsonattrs_core.xlsform.xpath import Unsayable

__all__ = ["anywhere", "lengths", "whole"]

_IN_CLASS = r"(?:\\(?:[dDwWnrtf\\\]\[^.*+?(){}|$/-]|x[0-9A-Fa-f]{2})|[^\\\[\]&^\n-])"
_RANGE = r"[^\W_]-[^\W_]"
_PIECE = re.compile(
    r"(?P<same>\\(?:[dDwWnrtf^$\\.*+?()\[\]{}|/-]|x[0-9A-Fa-f]{2})"
    rf"|\[\^?(?:{_RANGE}|{_IN_CLASS})+-?\]"
    r"|\(\?:|\((?!\?)|\)|\||(?:[*+?]|\{[0-9]{1,4}(?:,[0-9]{0,4})?\})\??"
    r"|[^\\\[\](){}|^$.*+?\n])"
    r"|(?P<dot>\.)"
)
#: Java's dot leaves out more kinds of line ends than RE2's.
_DOT = "[^\\n]"


def whole(pattern: str) -> str:
    """Return a pattern of RE2 that matches the whole text as a form's. Raises Unsayable."""
    return f"^(?:{_portable(pattern)})$"


def anywhere(pattern: str) -> str:
    """Return a pattern of RE2 that is looked for in a text as a form's, which matches whole. Raises Unsayable."""
    start, end = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    inner = pattern[start : len(pattern) - end]
    if (start or end) and "|" in inner:
        raise Unsayable("its pattern has both '|' and an end of the text, '^' or '$'")
    before, after = "" if start else "[\\s\\S]*", "" if end else "[\\s\\S]*"
    return f"^{before}(?:{_portable(inner)}){after}$"


def lengths(least: int, most: int | None) -> str:
    """Return the pattern of texts of so many characters; ``string-length()`` counts some as two."""
    return f"^[\\s\\S]{{{least},{'' if most is None else most}}}$"


def _portable(pattern: str) -> str:
    found, place = [], 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        if piece is None:
            raise Unsayable("its pattern has parts that not all apps read alike")
        found.append(_DOT if piece["dot"] else piece["same"])
        place = piece.end()
    return "".join(found)
