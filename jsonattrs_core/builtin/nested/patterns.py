"""How large a regular expression becomes when its counted repetitions are written out."""

from __future__ import annotations

import re
from typing import Final

from jsonattrs_core.errors import SchemaError

__all__ = ["MAX_POSITIONS", "is_heavy", "positions"]

#: Largest pattern: characters and classes with all repetitions written out.
MAX_POSITIONS: Final = 1000

_REPEAT = re.compile(r"\{(\d*)(,(\d*))?\}")
#: One escape, with the argument that it may have: ``\d``, ``\p{Letter}``, ``\u{1F600}``.
_ESCAPE = re.compile(r"\\(?:[pPu]\{[^}]*\}|.)", re.DOTALL)
#: A class, up to the first bracket that may close it: whatever follows then counts as more positions, never as fewer.
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]?", re.DOTALL)
_GROUP = re.compile(r"\((?:\?(?::|<[A-Za-z_]\w*>))?")


def is_heavy(pattern: str) -> bool:
    """Whether the pattern uses a Unicode property, which takes much more memory than other classes."""
    return "\\p" in pattern or "\\P" in pattern


def positions(pattern: str) -> int:
    """Return the number of characters and classes in ``pattern`` with its repetitions written out, or a bit more.

    The time of a linear engine is at worst the length of the text times this number. Raises SchemaError for syntax
    that would make the count wrong, and for more than :data:`MAX_POSITIONS`.
    """
    totals, last, at = [0], 0, 0  # positions of each open group; those of the last atom; place in the pattern
    while at < len(pattern):
        end = at + 1
        if opened := _GROUP.match(pattern, at):
            end, last = opened.end(), 0
            if pattern.startswith("?", end):
                raise SchemaError(f"a pattern has no look-around and no inline flags: {pattern[:60]!r}")
            totals.append(0)
        elif pattern[at] == ")" and len(totals) > 1:
            last = max(totals.pop(), 1)
            totals[-1] += last
        elif repeat := _REPEAT.match(pattern, at):
            end = repeat.end()
            times = _times(repeat)
            totals[-1] += last * (times - 1)
            last *= times
        elif pattern[at] in "*+?|":
            last = 0 if pattern[at] == "|" else last
        else:
            atom = _ESCAPE.match(pattern, at) or _CLASS.match(pattern, at)
            end, last = atom.end() if atom else end, 1
            totals[-1] += 1
        at = end
        if totals[-1] > MAX_POSITIONS:
            break
    if sum(totals) > MAX_POSITIONS:
        raise SchemaError(f"a pattern has at most {MAX_POSITIONS} positions, repetitions written out: {pattern[:60]!r}")
    return max(sum(totals), 1)


def _times(repeat: re.Match[str]) -> int:
    least, most = _number(repeat[1]), _number(repeat[3] or "")
    return max(most or least + (repeat[2] is not None), 1)


def _number(digits: str) -> int:
    return int(digits.lstrip("0")[:9] or "0")  # what is cut off does not make it allowed
