"""The input of one constraint: what it is called, what it looks like, and what is made of what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jsonattrs_core import Attribute
from jsonattrs_django.editor.definitions.values import as_json, as_text, limit_of, shown_value
from jsonattrs_django.editor.limits_in_words import SWITCHES, limit_help, limit_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["limit_input", "limit_value"]

_COUNTS = ("min_length", "max_length", "max_digits", "decimal_places", "min_items", "max_items", "multiple_of")
_BOUNDS = ("min", "max", "exclusive_min", "exclusive_max")


def limit_input(name: str, value: Any, source: Source) -> Any:
    """Return the form's field of a constraint of that name, with the value that it has."""
    common = {
        "required": False,
        "label": limit_title(name, source.type),
        "help_text": limit_help(name, source.type),
        "initial": _shown(name, value, source),
    }
    if name in SWITCHES and (value is None or isinstance(value, bool)):
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


def _positions(name: str, value: bool | None) -> list[tuple[str, Any]]:
    """Return the positions of a switch; the one that says the usual only where it is said."""
    on, said, otherwise = SWITCHES[name]
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
    if name in SWITCHES:
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
