"""The part that says which values of its type an attribute takes: constraints, as labelled inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.definitions.parts import Part, Source
from jsonattrs_django.editor.definitions.values import as_json, as_text, limit_of
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LimitsPart"]

#: What constraints are called, and a word of help.
_WORDS: dict[str, tuple[Any, Any]] = {
    "min": (lazy("Least value"), lazy("For dates also: today, today-18y.")),
    "max": (lazy("Greatest value"), lazy("For dates also: today, today+1y.")),
    "exclusive_min": (lazy("More than"), ""),
    "exclusive_max": (lazy("Less than"), ""),
    "multiple_of": (lazy("Multiple of"), ""),
    "min_length": (lazy("At least characters"), ""),
    "max_length": (lazy("At most characters"), ""),
    "pattern": (lazy("Pattern"), lazy("A regular expression (RE2) that the whole text matches: [A-Z]{2}[0-9]{4}")),
    "multiline": (lazy("Several lines"), lazy("The text may have line breaks.")),
    "strip": (lazy("Blanks around the text"), lazy("They are removed unless they are kept.")),
    "max_digits": (lazy("At most digits"), lazy("On both sides of the point together.")),
    "decimal_places": (lazy("Digits after the point"), ""),
    "min_items": (lazy("At least values"), ""),
    "max_items": (lazy("At most values"), ""),
    "unique_items": (lazy("Each value once"), ""),
    "json_schema": (lazy("JSON Schema"), lazy("What the data must look like (2020-12).")),
    "model": (lazy("Kind of record"), lazy("What the attribute refers to.")),
    "filter": (lazy("Only records with"), lazy("One condition on a line, such as type: IN")),
}

_COUNTS = ("min_length", "max_length", "max_digits", "decimal_places", "min_items", "max_items", "multiple_of")
_SWITCHES = {"multiline": True, "unique_items": True, "strip": False}


class LimitsPart(Part):
    """The constraints of the type that was chosen, of its subtype and, where there are several values, of lists."""

    def __init__(self) -> None:
        super().__init__("constraints")

    def names(self, source: Source) -> list[str]:
        """Return the constraints that the type takes, and whatever else the definition has."""
        base = registry().base_types.get(source.type)
        found = [] if base is None else [*base.constraints]
        found += self._of_subtype(source)
        if source.definition.get("multiple", source.below("multiple")):
            found += [name for name, each in registry().constraints.items() if "*" in each.bases and "@" not in name]
        return [*dict.fromkeys([*found, *self._own(source), *self._below(source)])]

    def _of_subtype(self, source: Source) -> list[str]:
        name = source.definition.get("subtype") or source.below("subtype")
        try:
            return [*registry().subtype(name, source.type).record.params] if isinstance(name, str) else []
        except JSONAttrsError:
            return []

    def _own(self, source: Source) -> Mapping[str, Any]:
        found = source.definition.get("constraints")
        return found if isinstance(found, Mapping) else {}

    def _below(self, source: Source) -> Mapping[str, Any]:
        found = source.below("constraints")
        return found if isinstance(found, Mapping) else {}

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return a control for each constraint, and boxes that take inherited ones away."""
        found: dict[str, forms.Field] = {}
        own, below = self._own(source), self._below(source)
        for name in self.names(source):
            made = _control(name, own.get(name), source)
            if name in below:
                made.widget.attrs["placeholder"] = _shown(name, below[name])
                label = _("without this limit, whatever is inherited")
                none = name in own and own[name] is None
                found[f"limit__{name}__none"] = forms.BooleanField(required=False, label=label, initial=none)
            found[f"limit__{name}"] = made
        return found

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the constraints: those whose control is as it was stay exactly as they are."""
        before = self._own(source)
        shown = {name: made.initial for name, made in self.fields(source).items()}
        found = dict(before)
        for name in self.names(source):
            key, none = f"limit__{name}", f"limit__{name}__none"
            if (given.get(key) or "") == (shown[key] or "") and bool(given.get(none)) == bool(shown.get(none)):
                continue
            found.pop(name, None)
            if given.get(key):
                found[name] = _value(name, given[key], source)
            elif given.get(none):
                found[name] = None
        self.said(definition, found or None)


def _control(name: str, value: Any, source: Source) -> Any:
    label, said = _WORDS.get(name, (capfirst(name.replace("_", " ")), _parameter(name)))
    common = {"required": False, "label": label, "help_text": said, "initial": _shown(name, value)}
    attrs: dict[str, Any] = {"dir": "auto", "autocomplete": "off"}
    if name in _SWITCHES and (value is None or isinstance(value, bool)):
        on = as_text(_SWITCHES[name])
        words = (_("No"), _("Yes")) if _SWITCHES[name] else (_("Removed"), _("Kept"))
        choices = [("", words[0]), (on, words[1])]
        if value is (not _SWITCHES[name]):
            choices.insert(1, (as_text(value), words[0]))
        return forms.ChoiceField(choices=choices, **common)
    if name == "model":
        return forms.ChoiceField(choices=_models(value), **common)
    if name in ("filter", "json_schema"):
        attrs |= {"rows": 3, "dir": "ltr", "spellcheck": "false"}
        return forms.CharField(strip=False, widget=forms.Textarea(attrs), **common)
    if name in _COUNTS:
        attrs["inputmode"] = "numeric"
    if name == "pattern":
        attrs |= {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}
    return forms.CharField(strip=False, widget=forms.TextInput(attrs), **common)


def _parameter(name: str) -> str:
    known = registry().constraints.get(name)
    return capfirst(known.parameter) if known is not None else ""


def _models(value: Any) -> list[tuple[str, str]]:
    found = [
        (model._meta.label, f"{capfirst(model._meta.verbose_name)} ({model._meta.app_label})")
        for model in apps.get_models()
    ]
    found = sorted(found, key=lambda pair: pair[1].casefold())
    shown = as_text(value)
    strange = [] if not shown or shown in dict(found) else [(shown, shown)]
    return [("", "---------"), *found, *strange]


def _shown(name: str, value: Any) -> str:
    if name == "filter" and _is_simple(value):
        return "\n".join(f"{key}: {_listed(member)}" for key, member in value.items())
    return as_text(value)


def _is_simple(value: Any) -> bool:
    """Tell whether a filter can be written a line for each field, and read from there as the same."""
    return isinstance(value, Mapping) and all(
        isinstance(each, str) and each and each == each.strip() and not set(each) & set(",:\n")
        for member in value.values()
        for each in (member if isinstance(member, list) and len(member) > 1 else [member])
    )


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _value(name: str, text: str, source: Source) -> Any:
    """Return the parameter that a text stands for. Raises ValidationError."""
    text = text.replace("\r\n", "\n")
    if name in _READERS:
        return _READERS[name](text)
    if name in _SWITCHES:
        return as_json(text)
    if name in _COUNTS:
        return int(text) if text.strip().isascii() and text.strip().isdecimal() and len(text) < 19 else text.strip()
    if name in ("min", "max", "exclusive_min", "exclusive_max"):
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
