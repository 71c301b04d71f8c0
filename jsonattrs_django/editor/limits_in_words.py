"""What limits are called, the same wherever they are shown: in forms, reviews, lists, on the plugins' page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MOMENTS", "SWITCHES", "limit_help", "limit_title", "switch_title"]

#: Types whose limits are moments.
MOMENTS = ("date", "datetime", "time")

#: What constraints are called, and a word of help.
_WORDS: dict[str, tuple[Any, Any]] = {
    "min": (lazy("Least value"), ""),
    "max": (lazy("Greatest value"), ""),
    "exclusive_min": (lazy("More than"), ""),
    "exclusive_max": (lazy("Less than"), ""),
    "multiple_of": (lazy("A multiple of"), lazy("5 takes 0, 5, 10 and so on.")),
    "min_length": (lazy("Fewest characters"), ""),
    "max_length": (lazy("Most characters"), ""),
    "pattern": (
        lazy("Pattern"),
        lazy(
            "What the whole text looks like, as a regular expression (RE2): [A-Z]{2}[0-9]{4} is two capital letters "
            "and four digits."
        ),
    ),
    "multiline": (lazy("Line breaks"), lazy("A long text has several lines.")),
    "strip": (lazy("Blanks around the text"), lazy("What people type before and behind it by mistake.")),
    "max_digits": (lazy("Most digits"), lazy("Before and behind the point together.")),
    "decimal_places": (lazy("Most digits behind the point"), ""),
    "min_items": (lazy("Fewest values"), ""),
    "max_items": (lazy("Most values"), ""),
    "unique_items": (lazy("The same value twice"), ""),
    "json_schema": (lazy("Members"), lazy("What the data must look like, as a JSON Schema (2020-12).")),
    "model": (lazy("Kind of record"), lazy("What can be chosen.")),
    "filter": (
        lazy("Only records with"),
        lazy("A field and its value, one on a line, such as “type: IN”; several values stand with commas between."),
    ),
}
#: What limits of moments are called.
_OF_MOMENTS = {
    "min": lazy("Not before"),
    "max": lazy("Not after"),
}
_HELP_OF_MOMENTS = {
    "date": lazy("A day; or “today”, “today-18y” for 18 years ago, “today+1m” for one month ahead."),
    "datetime": lazy("A moment; or “now”, “now-2h” for two hours ago, “now+7d” for seven days ahead."),
    "time": lazy("Such as 08:30."),
    "duration": lazy("Such as 36:00 for hours and minutes, or P2D for two days."),
}

#: Constraints that are on or off: what is said, what that is called, and what it is otherwise.
SWITCHES: dict[str, tuple[bool, Any, Any]] = {
    "multiline": (True, lazy("Yes"), lazy("No")),
    "unique_items": (True, lazy("Refused"), lazy("Taken")),
    "strip": (False, lazy("Kept"), lazy("Removed")),
}

_BOUNDS = ("min", "max", "exclusive_min", "exclusive_max")


def limit_title(name: str, base: Any = None) -> str:
    """Return what a limit is called, of values of a type."""
    if name in _OF_MOMENTS and base in MOMENTS:
        return str(_OF_MOMENTS[name])
    return str(_WORDS[name][0]) if name in _WORDS else str(capfirst(name.replace("_", " ")))


def limit_help(name: str, base: str) -> str:
    """Return a word of help on a limit, nothing where it needs none; on a plugin's, what that says of its parameter."""
    if name not in _WORDS:
        known: Mapping[str, Any] = registry().constraints
        return str(capfirst(known[name].parameter)) if name in known else ""
    return str(_WORDS[name][1] or (_HELP_OF_MOMENTS.get(base, "") if name in _BOUNDS else ""))


def switch_title(name: str, value: bool) -> str:
    """Return what the position of a limit that is on or off is called."""
    on, said, otherwise = SWITCHES[name]
    return str(said if value is on else otherwise)
