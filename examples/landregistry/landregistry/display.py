"""Attributes as people read them: labels, groups and values in the active language, references as links."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_noop

from jsonattrs_core import render
from jsonattrs_django.permissions import permitted
from jsonattrs_django.texts import Reader, label_of, usable_readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from jsonattrs_core import Attribute

__all__ = ["Entry", "Group", "Presenter", "Shown", "problems_of", "scope_of", "title_of"]


#: The groups of the schemas that come with the register, for translators. What people add later is shown as it is.
GROUPS = (
    gettext_noop("Building"),
    gettext_noop("Company"),
    gettext_noop("Contact"),
    gettext_noop("Land"),
    gettext_noop("Members"),
    gettext_noop("Person"),
    gettext_noop("Register"),
    gettext_noop("Registration"),
    gettext_noop("Right"),
    gettext_noop("Survey"),
)


class Shown(NamedTuple):
    """One value."""

    text: str
    address: str = ""  #: what it leads to
    is_strange: bool = False  #: it does not fit its attribute, or is no longer offered
    lines: bool = False  #: it has several lines


class Entry(NamedTuple):
    """An attribute of a record."""

    name: str
    label: str
    values: list[Shown]  #: none where nothing was recorded
    problems: list[str]  #: why what is stored does not fit


class Group(NamedTuple):
    """Attributes that belong together."""

    title: str
    entries: list[Entry]


def scope_of(record: Model) -> Any:
    """Return the scope of a record: its composed schema, and what that compiles to."""
    return record._meta.get_field("attrs").scope_of(record)


class Presenter:
    """Shows records, of the same few scopes over and over."""

    def __init__(self) -> None:
        self._scopes: dict[int, tuple[Any, dict[str, _Attribute]]] = {}

    def attributes(self, scope: Any) -> dict[str, _Attribute]:
        """Return what shows the attributes of a scope, by name."""
        if id(scope) not in self._scopes:
            language = scope.schema.default_language
            readers = usable_readers(scope)
            self._scopes[id(scope)] = (scope, {reader.name: _Attribute(reader, language) for reader in readers})
        return self._scopes[id(scope)][1]

    def entry(self, record: Model, name: str, problems: dict[str, list[str]] | None = None) -> Entry | None:
        """Return one attribute of a record, None where the record has no such attribute."""
        found = self.attributes(scope_of(record)).get(name)
        if found is None:
            return None
        values = list(found.shown(record.attrs.get(name)))
        return Entry(name, found.label, values, (problems or {}).get(name, []))

    def groups(self, record: Model, user: Any, problems: dict[str, list[str]]) -> list[Group]:
        """Return the attributes of a record that a user may see, but for those that say nothing about it."""
        scope = scope_of(record)
        names = permitted(user, "view", record._meta.get_field("attrs"), scope.schema)
        hidden = scope.compiled.validator.hidden(record.attrs.copy()) if scope.compiled.validator else ()
        found: dict[str, list[Entry]] = {}
        for name in self.attributes(scope):
            entry = self.entry(record, name, problems) if name in names else None
            if entry is not None and (entry.values or name not in hidden):
                found.setdefault(scope.schema[name].group or "", []).append(entry)
        return [Group(title_of(name), entries) for name, entries in found.items()]


def title_of(group: str) -> str:
    """Return the heading of a group."""
    return gettext(capfirst(group.replace("_", " "))) if group else gettext("About")


def problems_of(record: Model) -> dict[str, list[str]]:
    """Return why what a record holds does not fit, by attribute, in the active language."""
    found: dict[str, list[str]] = {}
    for problem in record.attrs.problems():
        found.setdefault(str(problem.path[0]) if problem.path else "", []).append(render(problem, get_language()))
    return found


class _Attribute:
    """Shows the values of one attribute."""

    def __init__(self, reader: Reader, default_language: str) -> None:
        self.reader = reader
        self.attribute: Attribute = reader.attribute
        self._default_language = default_language

    @cached_property
    def label(self) -> str:
        """What people call it."""
        return label_of(self.attribute, self._default_language)

    @cached_property
    def _choices(self) -> dict[str, str]:
        if not self.reader.has_choices:
            return {}
        listed = self.reader.listed(self._default_language)
        return {self.reader.text(each.value, None): each.label for each in listed}

    def shown(self, value: Any) -> Iterator[Shown]:
        """Yield what is shown of a typed value, of each of several; nothing of none."""
        if value is None:
            return
        several = value if self.reader.multiple and isinstance(value, list) else [value]
        for each in several:
            yield self._one(each)

    def _one(self, value: Any) -> Shown:
        if self.reader.type == "reference":
            return self._referred(value)
        if not self.reader.fits(value):
            return Shown(json.dumps(value, ensure_ascii=False, default=str), is_strange=True)
        if self.reader.has_choices:
            label = self._choices.get(self.reader.text(value, None))
            return Shown(label or self._written(value), is_strange=label is None)
        if isinstance(value, str):
            text = self.reader.text(value, get_language())
            return Shown(text, text if self.attribute.subtype == "url" else "", lines="\n" in text)
        return Shown(self._written(value))

    def _referred(self, value: Any) -> Shown:
        if hasattr(value, "get_absolute_url"):
            return Shown(str(value), value.get_absolute_url())
        return Shown(gettext("A record that is no longer there"), is_strange=True)

    def _written(self, value: Any) -> str:
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        if isinstance(value, datetime.datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, datetime.date):
            return date_format(value)
        if isinstance(value, datetime.time):
            return time_format(value)
        if isinstance(value, Decimal):
            return number_format(value, force_grouping=True)
        return self.reader.text(value, get_language())
