"""The input of one constraint: what it is called, what it looks like, and what is made of what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_core import Attribute
from jsonattrs_django.editor.definitions.values import as_json, as_text, limit_of, shown_value
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["limit_input", "limit_value"]

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
    "json_schema": (lazy("JSON Schema"), lazy("What the data must look like (2020-12).")),
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
    "duration": lazy("Such as PT1H30M for an hour and a half, or P2D for two days."),
}

_COUNTS = ("min_length", "max_length", "max_digits", "decimal_places", "min_items", "max_items", "multiple_of")
_BOUNDS = ("min", "max", "exclusive_min", "exclusive_max")
#: Constraints that are on or off: what is said, what that is called, and what it is otherwise.
_SWITCHES: dict[str, tuple[bool, Any, Any]] = {
    "multiline": (True, lazy("Yes"), lazy("No")),
    "unique_items": (True, lazy("Refused"), lazy("Taken")),
    "strip": (False, lazy("Kept"), lazy("Removed")),
}


def limit_input(name: str, value: Any, source: Source) -> Any:
    """Return the form's field of a constraint of that name, with the value that it has."""
    label, said = _words(name, source.type)
    common = {"required": False, "label": label, "help_text": said, "initial": _shown(name, value, source)}
    if name in _SWITCHES and (value is None or isinstance(value, bool)):
        return forms.ChoiceField(choices=_positions(name, value), **common)
    if name == "model":
        return forms.ChoiceField(choices=_models(as_text(value), source), **common)
    attrs: dict[str, Any] = {"dir": "auto", "autocomplete": "off"}
    if name in ("filter", "json_schema"):
        attrs |= {"rows": 3, "dir": "ltr", "spellcheck": "false"}
        return forms.CharField(strip=False, widget=forms.Textarea(attrs), **common)
    if name in _COUNTS:
        attrs |= {"inputmode": "numeric", "class": "ja-short"}
    elif name in _BOUNDS:
        attrs |= {"class": "ja-short"}
        attrs |= {"inputmode": "decimal"} if source.type in ("integer", "float", "decimal") else {}
    elif name == "pattern":
        attrs |= {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none", "class": "ja-expression"}
    return forms.CharField(strip=False, widget=forms.TextInput(attrs), **common)


def _words(name: str, base: str) -> tuple[Any, Any]:
    if name in _OF_MOMENTS and base in ("date", "datetime", "time"):
        return _OF_MOMENTS[name], _HELP_OF_MOMENTS[base]
    if name not in _WORDS:
        known = registry().constraints.get(name)
        return capfirst(name.replace("_", " ")), capfirst(known.parameter) if known is not None else ""
    label, said = _WORDS[name]
    return label, said or (_HELP_OF_MOMENTS.get(base, "") if name in _BOUNDS else "")


def _positions(name: str, value: bool | None) -> list[tuple[str, Any]]:
    """Return the positions of a switch; the one that says the usual only where it is said."""
    on, said, otherwise = _SWITCHES[name]
    usual = [(as_text(value), otherwise)] if value is (not on) else []
    return [("", otherwise), *usual, (as_text(on), said)]


def _models(shown: str, source: Source) -> list[tuple[str, str]]:
    strange = [] if not shown or shown in dict(source.models) else [(shown, shown)]
    return [("", "---------"), *source.models, *strange]


def _shown(name: str, value: Any, source: Source) -> str:
    if name == "filter" and _is_simple(value):
        return "\n".join(f"{key}: {_listed(member)}" for key, member in value.items())
    if name in _BOUNDS and value is not None:
        return shown_value(value, Attribute("value", source.type), limit_of)
    return as_text(value)


def _is_simple(value: Any) -> bool:
    """Tell whether a filter can be written a line for each field, and read from there as the same."""
    return isinstance(value, Mapping) and all(
        isinstance(each, str) and each and each == each.strip() and not set(each) & set(",:\n")
        for key, member in value.items()
        for each in (key, *(member if isinstance(member, list) and len(member) > 1 else [member]))
    )


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def limit_value(name: str, text: str, source: Source) -> Any:
    """Return the parameter that a text stands for; the text where it is none, for the engine to refuse.

    Raises ValidationError for what is not even that.
    """
    if name in _READERS:
        return _READERS[name](text)
    if name in _SWITCHES:
        return as_json(text)
    if name in _COUNTS:
        return int(text) if text.strip().isascii() and text.strip().isdecimal() and len(text) < 19 else text.strip()
    if name in _BOUNDS:
        return limit_of(text.strip(), source.type)
    return text if name in ("pattern", "model") else _anything(text.strip())


def _filter(text: str) -> Any:
    if text.lstrip().startswith("{"):
        return as_json(text)
    found: dict[str, Any] = {}
    for line in filter(str.strip, text.splitlines()):
        key, colon, value = line.partition(":")
        if not colon:
            raise ValidationError(_("Write a field and its value, such as type: IN"))
        values = [each.strip() for each in value.split(",") if each.strip()]
        found[key.strip()] = values[0] if len(values) == 1 else values
    return found


def _anything(text: str) -> Any:
    try:
        return as_json(text)
    except ValidationError:
        return text


_READERS: dict[str, Callable[[str], Any]] = {"filter": _filter, "json_schema": as_json}
