"""Definitions in words, for people who have never seen one written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_core import JSONAttrsError, text_in
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["label_in", "property_title", "property_value", "status_title", "type_title"]

#: What base types are called.
_TYPES = {
    "boolean": lazy("yes or no"),
    "date": lazy("date"),
    "datetime": lazy("date and time"),
    "decimal": lazy("decimal number"),
    "duration": lazy("length of time"),
    "float": lazy("number"),
    "integer": lazy("whole number"),
    "object": lazy("structured data"),
    "reference": lazy("link to a record"),
    "text": lazy("text"),
    "time": lazy("time of day"),
    "uuid": lazy("unique identifier (UUID)"),
}

#: What properties of attributes are called.
_PROPERTIES = {
    "name": lazy("name"),
    "key": lazy("key"),
    "type": lazy("type"),
    "subtype": lazy("detailed type"),
    "label": lazy("label"),
    "help_text": lazy("help"),
    "group": lazy("section"),
    "order": lazy("place"),
    "required": lazy("required"),
    "default": lazy("value of new records"),
    "initial_default": lazy("value of older records"),
    "choices": lazy("choices"),
    "multiple": lazy("several values"),
    "constraints": lazy("limits"),
    "unique": lazy("unique"),
    "indexed": lazy("quick to search"),
    "required_if": lazy("required if"),
    "visible_if": lazy("shown if"),
    "omit": lazy("left out"),
    "locked": lazy("locked"),
    "status": lazy("state"),
}

#: What the states of an attribute's life are called.
_STATES = {
    "draft": lazy("not in use yet"),
    "active": lazy("in use"),
    "deprecated": lazy("going out of use"),
    "retired": lazy("retired"),
}

#: Members of a list that are named; the rest is counted.
_NAMED = 12


def label_in(definition: Mapping[str, Any], default_language: str) -> str:
    """Return what an attribute is called in the active language, by its definition as a document."""
    label = text_in(definition.get("label"), get_language(), default_language)
    return capfirst(label or str(definition.get("name") or definition.get("key") or "").replace("_", " "))


def type_title(definition: Mapping[str, Any]) -> str:
    """Return the type of a definition in words, with its subtype; nothing where it says none."""
    base, subtype = definition.get("type"), definition.get("subtype")
    said = capfirst(str(_TYPES.get(str(base), base))) if base else ""
    if subtype:
        said = f"{said}: {_subtype_title(subtype, base)}" if said else _subtype_title(subtype, base)
    if definition.get("multiple"):
        said = _("%(type)s (several values)") % {"type": said} if said else _("Several values")
    return said


def _subtype_title(subtype: Any, base: Any) -> str:
    """Return what a subtype is called by the plugin that provides it, its own name where nobody does."""
    try:
        record = registry().subtype(subtype, base).record
    except (JSONAttrsError, TypeError):
        return str(subtype)
    label = record.label or record.name
    return f"{label} ({record.country})" if record.country else label


def status_title(status: Any) -> str:
    """Return a state in words."""
    return str(_STATES.get(str(status or "active"), status))


def property_title(name: str) -> str:
    """Return what a property of attributes is called."""
    return str(_PROPERTIES.get(name, name))


def property_value(name: str, value: Any) -> str:
    """Return the value of a property in words, a dash where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "status":
        return status_title(value)
    if name == "type":
        return str(_TYPES.get(str(value), value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {property_value('', member)}" for key, member in value.items()) or "—"
    if isinstance(value, list | tuple):
        return _list(value) or "—"
    return str(value)


def _list(values: Any) -> str:
    said = [_choice(value) for value in values[:_NAMED]]
    more = len(values) - _NAMED
    return ", ".join([*said, *([_("and %(number)d more") % {"number": more}] if more > 0 else [])])


def _choice(value: Any) -> str:
    if not isinstance(value, dict) or "value" not in value:
        return property_value("", value)
    said = str(value["value"])
    if value.get("label"):
        said = f"{said} ({property_value('', value['label'])})"
    return _("%(choice)s, retired") % {"choice": said} if value.get("retired") else said
