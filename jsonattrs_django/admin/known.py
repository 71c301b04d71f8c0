"""What is known of the attributes that an admin names, whatever has become of them.

An admin is code, and schemas are data: a name may mean nothing any more, or different things in different scopes. The
pages then do without it, and the log says so once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import FieldError
from django.utils.text import capfirst

from jsonattrs_core import Attribute, Schema, SchemaError
from jsonattrs_django.permissions import permitted
from jsonattrs_django.queries.names import Meant, Said, meant
from jsonattrs_django.queries.transforms import Attr
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.texts import Reader, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonattrs_django.admin.names import Named
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Known", "fallback_label", "known"]

logger = logging.getLogger("jsonattrs_django")

#: Types of which the values have an order that people know.
_ORDERED = {"text", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "duration", "uuid"}

#: What a definition may say of itself that leaves records without the attribute.
_NOT_THERE = ("draft", "retired")

#: The names that the log has mentioned.
_mentioned: set[tuple[str, str]] = set()


class Definition(NamedTuple):
    """What one schema says of an attribute."""

    attribute: Attribute
    default_language: str


@dataclass(frozen=True)
class Known:
    """An attribute that a name means: its key and type, and the definitions that it has in all scopes."""

    field: JSONAttributeField
    meant: Meant
    definitions: tuple[Definition, ...]

    @property
    def attribute(self) -> Attribute:
        """The most general definition."""
        return self.definitions[0].attribute

    @property
    def default_language(self) -> str:
        """The language in which its texts are complete."""
        return self.definitions[0].default_language

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
    return Known(field, found, tuple(_definitions(field, found)))


def _definitions(field: JSONAttributeField, meant: Meant) -> list[Definition]:
    """Return the different definitions of an attribute, that of all records first."""
    schema = field.schemas.scope((None,) * len(field.selectors)).schema
    general = [Definition(each, schema.default_language) for each in schema.values() if each.key == meant.key]
    found = {repr(each): each for each in (*general, *_stored(field, meant))}
    return [*found.values()] or [Definition(Attribute(meant.key, meant.type, multiple=meant.multiple), "en")]


def _stored(field: JSONAttributeField, meant: Meant) -> Iterator[Definition]:
    from jsonattrs_django.models import AttributeRecord

    alias = schema_database()
    active = field.schemas.active(alias).order_by().values("pk")
    rows = AttributeRecord.objects.using(alias).filter(key=meant.key, schema__in=active).order_by("schema__pk")
    for definition, language in rows.values_list("definition", "schema__default_language").iterator():
        if _is_live(definition):
            definition = {"type": meant.type, "multiple": meant.multiple, **definition}
            try:
                (attribute,) = Schema.from_document({"format": 1, "name": "", "attributes": [definition]}).attributes
            except SchemaError:  # a row that was written past `define`; its scope says what is wrong
                continue
            yield Definition(attribute, language)


def _is_live(definition: Any) -> bool:
    """Tell whether some records have an attribute as a row says, or choose from what it lists."""
    if not isinstance(definition, dict) or definition.get("status") in _NOT_THERE:
        return False
    return bool(definition.get("type") or definition.get("choices"))
