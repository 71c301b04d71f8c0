"""Attributes as people read them: labels, groups and values in the active language, references as links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_noop

from jsonattrs_core import render
from jsonattrs_django.display import SchemaDisplay, displayed
from jsonattrs_django.references.type import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonattrs_core import ComposedSchema
    from jsonattrs_django.display import AttributeDisplay

__all__ = ["Entry", "Group", "Presenter", "Shown", "groups_of", "problems_of", "title_of"]


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


class Presenter:
    """Shows records, of the same few schemas over and over."""

    def __init__(self) -> None:
        self._displays: dict[int, SchemaDisplay] = {}

    def display(self, schema: ComposedSchema) -> SchemaDisplay:
        """Return what shows the attributes of a schema."""
        if id(schema) not in self._displays:
            self._displays[id(schema)] = SchemaDisplay(schema)
        return self._displays[id(schema)]

    def entry(self, record: Model, name: str) -> Entry | None:
        """Return one attribute of a record, None where the record has no such attribute."""
        found = self.display(record.attrs.schema).get(name)
        return None if found is None else _entry(found, record.attrs.get(name), [])


def groups_of(record: Model, user: Any, problems: dict[str, list[str]]) -> list[Group]:
    """Return the attributes of a record that a user may see, but for those that say nothing about it."""
    return [
        Group(
            title_of(name), [_entry(each.display, each.value, problems.get(each.display.name, [])) for each in several]
        )
        for name, several in displayed(record, user=user)
    ]


def title_of(group: str) -> str:
    """Return the heading of a group."""
    return gettext(capfirst(group.replace("_", " "))) if group else gettext("About")


def problems_of(record: Model) -> dict[str, list[str]]:
    """Return why what a record holds does not fit, by attribute, in the active language."""
    found: dict[str, list[str]] = {}
    for problem in record.attrs.problems():
        found.setdefault(str(problem.path[0]) if problem.path else "", []).append(render(problem, get_language()))
    return found


def _entry(display: AttributeDisplay, value: Any, problems: list[str]) -> Entry:
    return Entry(display.name, display.label, list(_shown(display, value)), problems)


def _shown(display: AttributeDisplay, value: Any) -> Iterator[Shown]:
    """Yield what is shown of a typed value, of each of several; nothing of none."""
    several = value if display.attribute.multiple and isinstance(value, list) else [value]
    for text, each in zip(display.texts(value), several, strict=False):
        if isinstance(each, Reference):
            yield Shown(gettext("A record that is no longer there"), is_strange=True)
        elif isinstance(each, Model):
            yield Shown(text, each.get_absolute_url())
        else:
            address = text if display.attribute.subtype == "url" else ""
            yield Shown(text, address, is_strange=not display.fits(value), lines="\n" in text)
