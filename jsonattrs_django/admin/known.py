"""What is known of the attributes that an admin names, whatever has become of them.

An admin is code, and schemas are data: a name may mean nothing any more, or different things in different scopes. The
pages then do without it, and the log says so once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import FieldError
from django.db.models import Q
from django.utils.text import capfirst

from jsonattrs_core import Attribute, ComposedSchema, JSONAttrsError, Schema, compose
from jsonattrs_django.permissions import permitted
from jsonattrs_django.queries.names import Meant, Said, meant
from jsonattrs_django.queries.transforms import Attr
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.texts import Reader, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonattrs_django.admin.names import Named
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Known", "alone", "fallback_label", "known"]

logger = logging.getLogger("jsonattrs_django")

#: Types of which the values have an order that people know.
_ORDERED = {"text", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "duration", "uuid"}

#: What a definition may say of itself that leaves records without the attribute.
_NOT_THERE = ("draft", "retired")

#: Properties by which an attribute depends on the rest of a record.
_OF_RECORDS = ("required", "required_if", "visible_if", "default", "initial_default", "group", "order", "locked")

#: The names that the log has mentioned.
_mentioned: set[tuple[str, str]] = set()


class Definition(NamedTuple):
    """What one schema says of an attribute."""

    attribute: Attribute
    default_language: str


@dataclass(frozen=True)
class Known:
    """An attribute that a name means: its key and type, and what the schemas of all scopes say of it."""

    field: JSONAttributeField
    meant: Meant
    definitions: tuple[Definition, ...]
    usable: tuple[Definition, ...]  #: those whose values can be read: of no other one is a plugin missing

    @property
    def attribute(self) -> Attribute:
        """The most general definition."""
        return self.usable[0].attribute

    @property
    def default_language(self) -> str:
        """The language in which its texts are complete."""
        return self.usable[0].default_language

    @property
    def label(self) -> str:
        """What it is called, in the active language."""
        return label_of(self.attribute, self.default_language)

    @property
    def reader(self) -> Reader:
        """What reads its values."""
        return Reader(self.attribute)

    @property
    def is_ordered(self) -> bool:
        """Tell whether a list may be ordered by it."""
        return not self.meant.multiple and self.meant.type in _ORDERED

    def expression(self) -> Attr:
        """Return its value in a query, with all that decides which one is meant: no schema is asked again."""
        return Attr(key=self.meant.key, type=self.meant.type, multiple=self.meant.multiple, field=self.field.name)

    def may_be_seen(self, user: Any) -> bool:
        """Tell whether a user may see it in all scopes, so that she may look for its values."""
        return all(self._allowed(user))

    def may_be_seen_somewhere(self, user: Any) -> bool:
        """Tell whether a user may see it in any scope."""
        return any(self._allowed(user))

    def _allowed(self, user: Any) -> Iterator[bool]:
        for attribute, _ in self.definitions:
            yield bool(permitted(user, "view", self.field, {str(attribute.name): attribute}))


def fallback_label(name: str) -> str:
    """Return what to call an attribute of which nothing is known."""
    return capfirst(name.replace("_", " "))


def known(named: Named, *, is_code: bool = True) -> Known | None:
    """Return what is known of an attribute; None where no schema knows it, or where schemas disagree about its type.

    The log says so once in each process, unless the name is not from the project's code. It costs no query for as long
    as the schemas stay as they are.
    """
    field, name = named
    found: Known | str = field.remembered(("admin", name), lambda: _found(field, name))
    if isinstance(found, Known):
        return found
    place = (field.model._meta.label, named.path)
    if is_code and place not in _mentioned:
        _mentioned.add(place)
        logger.warning("An admin of %s names %r, which is shown empty: %s", place[0], place[1], found)
    return None


def _found(field: JSONAttributeField, name: str) -> Known | str:
    """Return what is known of an attribute, or why nothing is."""
    try:
        found = meant(field, Said(name))
    except FieldError as error:
        return str(error)
    definitions = tuple(_definitions(field, found))
    reasons = [_unusable(definition) for definition in definitions]
    usable = tuple(each for each, reason in zip(definitions, reasons, strict=True) if reason is None)
    return Known(field, found, definitions, usable) if usable else "; ".join(map(str, reasons))


def _unusable(definition: Definition) -> JSONAttrsError | None:
    """Return why the values of a definition cannot be read, None where they can."""
    try:
        alone(definition.attribute, definition.default_language).compile(registry())
    except JSONAttrsError as error:
        return error
    return None


def alone(attribute: Attribute, default_language: str) -> ComposedSchema:
    """Return a schema of an attribute and nothing else, in which it depends on no other one and need not be there."""
    given = {name: said for name, said in attribute.given.items() if name not in _OF_RECORDS}
    return compose(Schema("", [Attribute.from_given(given)], default_language=default_language))


# ---- what schemas say ----


def _definitions(field: JSONAttributeField, meant: Meant) -> list[Definition]:
    """Return the different definitions of an attribute, that of all records first."""
    schema = field.schemas.scope((None,) * len(field.selectors)).schema
    found = [Definition(each, schema.default_language) for each in schema.values() if each.key == meant.key]
    rows = _rows(meant.key, field)
    found += [said for row in rows if row.definition.get("type") and (said := _read(row)) is not None]
    if not found:
        found = [Definition(Attribute(meant.key, meant.type, multiple=meant.multiple), "en")]
    changes = [said for row in rows if not row.definition.get("type") and (said := _read(row, found[0])) is not None]
    return [*{repr(each): each for each in (*found, *changes)}.values()]


class _Row(NamedTuple):
    """What one schema says of an attribute."""

    key: str
    name: str
    definition: Any
    default_language: str


def _rows(key: str, field: JSONAttributeField) -> list[_Row]:
    """Return all that schemas say of the attribute with a key, those included that give its name only."""
    rows = _stored(Q(key=key), field)
    names = {row.name for row in rows} - {key}
    by_name = [row for row in _stored(Q(key__in=names), field) if not row.definition.get("type")] if names else []
    return [*rows, *by_name]


def _stored(condition: Q, field: JSONAttributeField) -> list[_Row]:
    from jsonattrs_django.models import AttributeRecord

    alias = schema_database()
    active = field.schemas.active(alias).order_by().values("pk")
    found = AttributeRecord.objects.using(alias).filter(condition, schema__in=active).order_by("schema__pk")
    rows = map(_Row._make, found.values_list("key", "name", "definition", "schema__default_language").iterator())
    said = {repr(row): row for row in rows if isinstance(row.definition, dict)}
    return [row for row in said.values() if row.definition.get("status") not in _NOT_THERE]


def _read(row: _Row, general: Definition | None = None) -> Definition | None:
    """Return what a row says, on top of a definition; None where that is to take the attribute away.

    None, too, of what was written past `define` and cannot be read: the records of its scope say so.
    """
    document = {"format": 1, "name": row.name, "default_language": row.default_language, "attributes": [row.definition]}
    below = [] if general is None else [Schema("", [general.attribute], default_language=general.default_language)]
    try:
        said = [*compose(*below, Schema.from_document(document)).values()]
    except JSONAttrsError:
        return None
    return Definition(said[0], row.default_language) if said else None
