"""Regular expressions in rules: written out, in RE2 syntax, and of a bounded size."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["MAX_INSTRUCTIONS", "MAX_PATTERN", "BadPattern", "pattern_size"]

#: Most characters of a pattern, as in the constraint of that name.
MAX_PATTERN = 500
#: Most instructions of a compiled pattern: a letter is one, a class such as \pL is more than a thousand.
MAX_INSTRUCTIONS = 10_000
_MAX_MEMORY = 1024 * 1024


class BadPattern(ValueError):
    """A pattern cannot be used; the message says why."""


@lru_cache(maxsize=256)
def pattern_size(pattern: str) -> int:
    """Return the number of instructions of a pattern. Raises BadPattern."""
    import re2  # the core's own library for patterns; only rules with one need it

    if len(pattern) > MAX_PATTERN:
        raise BadPattern(f"a pattern has at most {MAX_PATTERN} characters, this one has {len(pattern)}")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        size = int(re2.compile(pattern, options).programsize)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise BadPattern(f"this is not a pattern in RE2 syntax: {text}") from error
    if size > MAX_INSTRUCTIONS:
        raise BadPattern("this pattern is too large: a part of it is repeated too often")
    return size
