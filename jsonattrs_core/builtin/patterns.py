"""The constraint ``pattern``: a stranger's regular expression, matched whole and in linear time by RE2."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import Invalid, SchemaError

if TYPE_CHECKING:
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.records import Check

__all__ = ["MAX_PATTERN", "common_pattern", "load_pattern"]

#: Longest pattern, in characters.
MAX_PATTERN = 500
#: Memory that one compiled pattern may take, in bytes.
_MAX_MEMORY = 8 * 1024 * 1024


def load_pattern(parameter: Any, attribute: Attribute) -> Check:
    """Return the check of a pattern in RE2 syntax; it must match the whole text."""
    if not isinstance(parameter, str):
        raise SchemaError("a pattern is a text")
    if len(parameter) > MAX_PATTERN:
        raise SchemaError(f"a pattern has at most {MAX_PATTERN} characters, this one has {len(parameter)}")
    quick, exact = _compiled(parameter)

    def check(value: str) -> str:
        # The set answers in a fifth of the time, but says no as well where its memory ran out.
        if not quick.Match(value) and exact.fullmatch(value) is None:
            raise Invalid("pattern", pattern=parameter)
        return value

    return check


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> tuple[Any, Any]:
    import re2  # only schemas with patterns need it

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        exact = re2.compile(pattern, options)
        quick = re2.Set.FullMatchSet(options)
        quick.Add(pattern)
        quick.Compile()
    except (re2.error, UnicodeEncodeError) as error:
        reason = error.args[0] if error.args else error
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise SchemaError(f"{pattern!r} is not a pattern in RE2 syntax: {text}") from error
    return quick, exact


#: One piece of a pattern that RE2 and ECMAScript (with the flags that JSON Schema and HTML use) read alike.
_ESCAPE = r"\\(?:[dDwWbBnrtfv^$\\.*+?()\[\]{}|/]|x[0-9A-Fa-f]{2}|p\{L[ulmto]?\}|p\{N[dlo]?\}|p\{[MPSZC]\})"
_IN_CLASS = rf"(?:(?!\\[bB])(?:{_ESCAPE}|\\-)|[^\\\[\]()|/{{}}&!#$%*+,.:;<=>?@^`~\-\n])"
_COMMON = re.compile(
    rf"(?:{_ESCAPE}"
    rf"|\[\^?(?:{_IN_CLASS}(?:-{_IN_CLASS})?)+\]"
    r"|\((?:\?:|(?!\?))|\)|\||\^|\$|\."
    r"|(?:[*+?]|\{[0-9]{1,4}(?:,[0-9]{0,4})?\})\??"
    r"|[^\\\[\](){}|^$.*+?\n])*"
).fullmatch


def common_pattern(pattern: str) -> str | None:
    """Return the pattern as ``^(?:…)$``, or None where its syntax is RE2's alone.

    That is how JSON Schema and HTML forms show it; both read ECMAScript's regular expressions, with the flag u or v.
    """
    return f"^(?:{pattern})$" if _COMMON(pattern) else None
