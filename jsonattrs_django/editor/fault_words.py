"""Faults in the words of people who edit schemas: what the core tells whoever writes one down, they read otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import Problem, render
from jsonattrs_django.editor.limits_in_words import limit_title

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["fault_in_words"]


def fault_in_words(message: str, base: str = "") -> str | None:
    """Return what a fault of an attribute of a base type means for people; None of one that is told well as it is."""
    for pattern, say in _SAYING:
        found = pattern.fullmatch(message)
        if found is not None:
            return say(found, base)
    return None


def _expected(found: re.Match[str], _base: str) -> str:
    """Return how a value of a type is written, as whoever enters one is told."""
    return render(Problem((), "format", {"type": found["type"]}), get_language())


def _whole(_found: re.Match[str], _base: str) -> str:
    return render(Problem((), "format", {"type": "integer"}), get_language())


def _contradicting(found: re.Match[str], base: str) -> str:
    low, high = (f"{title}: {value}" for title, value in _both(found, base))
    return _("No value fits both “%(low)s” and “%(high)s”.") % {"low": low, "high": high}


def _both(found: re.Match[str], base: str) -> list[tuple[str, str]]:
    return [
        (limit_title(found[name], base), found[value].strip("'")) for name, value in (("low", "of"), ("high", "at"))
    ]


def _plain(text: Callable[[], str]) -> Callable[[re.Match[str], str], str]:
    """Return what says a text with the parts of the message that have names."""

    def say(found: re.Match[str], _base: str) -> str:
        return text() % {name: (part or "").strip("'") for name, part in found.groupdict().items()}

    return say


#: The forms of the core's messages, and what says them.
_SAYING: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), say)
    for pattern, say in (
        (r"constraint '[^']*': .* is not of the type '(?P<type>\w+)'.*", _expected),
        (r"constraint '[^']*': .* is not a whole number of 0 or more", _whole),
        (r"constraint '[^']*': .* is not a whole number above 0", _plain(lambda: _("Enter a whole number above 0."))),
        (
            r"constraint '[^']*': .* is not a number of digits",
            _plain(lambda: _("Enter a number of digits, from 0 to 200.")),
        ),
        (
            r"constraint '[^']*': (?P<value>.*) is no limit; write .*",
            _plain(lambda: _("“%(value)s” cannot be read. The help says what can be written.")),
        ),
        (
            r"constraint 'pattern': .* is not a pattern in RE2 syntax: (?P<why>.*)",
            _plain(lambda: _("This is no pattern: %(why)s")),
        ),
        (
            r"no value fits the constraints '(?P<low>\w+)' and '(?P<high>\w+)': (?P<of>.*) and (?P<at>.*)",
            _contradicting,
        ),
        (
            r"(?:constraint '[^']*': )?a reference needs the constraint 'model'.*",
            _plain(lambda: _("Choose which kind of record it links to.")),
        ),
        (
            r"(?:constraint '[^']*': )?there is no model (?P<name>'[^']*').*",
            _plain(lambda: _("There is no such kind of record: %(name)s.")),
        ),
        (
            r"(?:constraint '[^']*': )?'filter' names (?P<name>'[^']*'), which is no plain field of .*",
            _plain(lambda: _("These records have no field “%(name)s” that could be asked about.")),
        ),
        (
            r"(?:constraint '[^']*': )?'filter' has a value for (?P<name>'[^']*') which that field cannot have",
            _plain(lambda: _("The field “%(name)s” cannot have this value.")),
        ),
        (
            r"the constraint '[^']*' is for attributes that are multiple",
            _plain(lambda: _("This limit is for several values.")),
        ),
        (
            r"the constraint '[^']*' is not for the base type .*",
            _plain(lambda: _("This limit is not for values of this type.")),
        ),
        (
            r"the attribute refuses its (?:initial_default|default) .*?: (?P<why>.*)",
            _plain(lambda: _("The attribute does not take this value: %(why)s")),
        ),
        (
            r"the attribute refuses its choice .*?: (?P<why>.*)",
            _plain(lambda: _("The attribute does not take this choice: %(why)s")),
        ),
        (r"the choice (?P<value>.*) is listed twice", _plain(lambda: _("The choice “%(value)s” is listed twice."))),
        (r"there must be 1 to (?P<most>\d+) choices, not 0", _plain(lambda: _("There must be a choice."))),
        (
            r"there must be 1 to (?P<most>\d+) choices, not (?P<number>\d+)",
            _plain(lambda: _("There can be %(most)s choices at most, and these are %(number)s.")),
        ),
        (
            r"the name (?P<name>'[^']*') is reserved",
            _plain(lambda: _("“%(name)s” means something else in searches. Choose another name.")),
        ),
        (
            r".* is no name: .*",
            _plain(lambda: _("Use small letters, digits and single underscores, and begin with a letter.")),
        ),
        (
            r"unknown subtype (?P<name>'[^']*').*",
            _plain(lambda: _("No installed plugin knows the detailed type “%(name)s”.")),
        ),
    )
)
