"""The properties of an attribute in words: what its limits, choices, conditions and defaults mean for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, ngettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_core import Choice, text_in
from jsonattrs_django.editor.conditions import condition_in_words
from jsonattrs_django.editor.limits_in_words import MOMENTS, SWITCHES, limit_title, switch_title
from jsonattrs_django.editor.words import property_title, property_value, type_title
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Attribute, ComposedSchema

__all__ = ["Phrases", "Said", "language_title", "local_title"]

#: Choices that are named; the rest is counted.
_NAMED = 10

#: Defaults that are found anew for each record.
_NAMED_DEFAULTS = {
    "today": lazy("the day of entry"),
    "now": lazy("the moment of entry"),
    "uuid4": lazy("a new identifier"),
}

_MOMENT = re.compile(r"(today|now)(?:([+-])([0-9]{1,6})([hdwmy]))?").fullmatch
_PRESENT = {"today": lazy("today"), "now": lazy("now")}
_UNITS = {
    "h": ngettext_lazy("%(number)d hour", "%(number)d hours", "number"),
    "d": ngettext_lazy("%(number)d day", "%(number)d days", "number"),
    "w": ngettext_lazy("%(number)d week", "%(number)d weeks", "number"),
    "m": ngettext_lazy("%(number)d month", "%(number)d months", "number"),
    "y": ngettext_lazy("%(number)d year", "%(number)d years", "number"),
}


class Said(NamedTuple):
    """A value in words, or as it is written where nothing says it better."""

    text: str
    is_code: bool = False


class Phrases:
    """The words for a composed schema, in the active language."""

    def __init__(self, schema: ComposedSchema) -> None:
        self._schema = schema
        self._language = schema.default_language

    # ---- what conditions name ----

    def label(self, name: str) -> str | None:
        """Return what an attribute is called, None where no attribute has the name."""
        found = self._schema.get(name)
        return None if found is None else label_of(found, self._language)

    def choice(self, name: str, text: str) -> str:
        """Return what a value of an attribute is called."""
        for choice in _choices(self._schema[name]):
            if str(choice.value) == text:
                return self._choice_label(choice) or text
        return text

    # ---- properties ----

    def title(self, part: str, attribute: Attribute) -> str:
        """Return what a property is called, or a part of one: ``constraints.min``, ``label.id``."""
        name, _dot, member = part.partition(".")
        if name == "constraints":
            return limit_title(member, attribute.type)
        title = capfirst(property_title(name))
        if not member:
            return title
        return _("%(property)s (%(language)s)") % {"property": title, "language": language_title(member)}

    def said(self, part: str, value: Any, attribute: Attribute) -> Said:
        """Return the value of a property in words."""
        name, _dot, member = part.partition(".")
        if value is None:
            return Said(_("nothing"))
        if name == "constraints":
            return self._limit(member, value, attribute)
        return _SAYING.get(name, _plain)(self, value, attribute)

    def _condition(self, value: Any, _attribute: Attribute) -> Said:
        said = condition_in_words(value, self)
        return Said(str(value), is_code=True) if said is None else Said(said)

    def _default(self, value: Any, attribute: Attribute) -> Said:
        if isinstance(value, str) and attribute.type != "text" and value in _NAMED_DEFAULTS:
            return Said(str(_NAMED_DEFAULTS[value]))
        several = value if isinstance(value, list | tuple) else [value]
        return Said(", ".join(self._value(each, attribute) for each in several) or _("nothing"))

    def _value(self, value: Any, attribute: Attribute) -> str:
        for choice in _choices(attribute):
            if choice.value == value and type(choice.value) is type(value):
                return self._choice_label(choice) or _written(value, attribute)
        return _written(value, attribute)

    def _listed(self, value: Any, attribute: Attribute) -> Said:
        if not isinstance(value, tuple):
            return Said(property_value("choices", value))
        labels = [self._choice(choice, attribute) for choice in islice(value, _NAMED)]
        more = len(value) - _NAMED
        if more > 0:
            labels.append(_("and %(number)d more") % {"number": more})
        return Said(", ".join(labels) or _("none"))

    def _choice(self, choice: Choice, attribute: Attribute) -> str:
        said = self._choice_label(choice) or _written(choice.value, attribute)
        return _("%(choice)s (no longer offered)") % {"choice": said} if choice.retired else said

    def _choice_label(self, choice: Choice) -> str:
        return text_in(choice.label or None, get_language(), self._language)

    # ---- limits ----

    def _limit(self, name: str, value: Any, attribute: Attribute) -> Said:
        if name == "pattern":
            return Said(str(value), is_code=True)
        if name in SWITCHES and isinstance(value, bool):
            return Said(switch_title(name, value))
        if name == "model":
            return Said(_model_title(value))
        if name == "json_schema":
            return Said(_members(value))
        return Said(_written(value, attribute))


def language_title(code: str) -> str:
    """Return what a language is called in the active one, its code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def local_title(code: str) -> str:
    """Return what a language is called by those who speak it, its code where Django does not know it."""
    try:
        return capfirst(str(get_language_info(code)["name_local"]))
    except KeyError:
        return code


def _plain(_phrases: Phrases, value: Any, attribute: Attribute) -> Said:
    return Said(_written(value, attribute))


def _choices(attribute: Attribute) -> Iterable[Choice]:
    return attribute.choices if isinstance(attribute.choices, tuple) else ()


def _written(value: Any, attribute: Attribute) -> str:
    """Return a value of the attribute's type, or a limit of one."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and attribute.type in MOMENTS:
        return _moment(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_written(member, attribute)}" for name, member in value.items()) or _("nothing")
    if isinstance(value, list | tuple):
        return ", ".join(_written(member, attribute) for member in value) or _("nothing")
    return str(formats.localize(value))


def _moment(text: str) -> str:
    """Return a day in the reader's language, ``today-18y`` as 18 years before today, and others as they are."""
    found = _MOMENT(text)
    if found is None:
        return _day(text)
    present, sign, number, unit = found.groups()
    if sign is None:
        return str(_PRESENT[present])
    said = {"time": _UNITS[unit] % {"number": int(number)}, "present": _PRESENT[present]}
    return (_("%(time)s before %(present)s") if sign == "-" else _("%(time)s after %(present)s")) % said


def _day(text: str) -> str:
    try:
        return str(formats.date_format(date.fromisoformat(text)))
    except ValueError:
        return text


def _model_title(value: Any) -> str:
    """Return what the records of a model are called."""
    try:
        return str(apps.get_model(value)._meta.verbose_name_plural)
    except (LookupError, ValueError, AttributeError, TypeError):
        return str(value)


def _members(schema: Any) -> str:
    """Return the names that a JSON Schema gives to the members of an object."""
    members = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(members, Mapping) or not members:
        return _("as a JSON Schema says")
    named = [str(name) for name in islice(members, _NAMED)]
    more = len(members) - len(named)
    return ", ".join([*named, *([_("and %(number)d more") % {"number": more}] if more > 0 else [])])


def _type(_phrases: Phrases, value: Any, _attribute: Attribute) -> Said:
    return Said(type_title({"type": value}))


def _group(_phrases: Phrases, value: Any, _attribute: Attribute) -> Said:
    return Said(capfirst(str(value).replace("_", " ")))


def _subtype(_phrases: Phrases, value: Any, attribute: Attribute) -> Said:
    return Said(type_title({"subtype": value, "type": attribute.type}).partition(": ")[2] or str(value))


def _status(_phrases: Phrases, value: Any, _attribute: Attribute) -> Said:
    return Said(property_value("status", value))


#: What says each property.
_SAYING: dict[str, Any] = {
    "type": _type,
    "subtype": _subtype,
    "group": _group,
    "status": _status,
    "choices": Phrases._listed,
    "default": Phrases._default,
    "initial_default": Phrases._default,
    "required_if": Phrases._condition,
    "visible_if": Phrases._condition,
}
