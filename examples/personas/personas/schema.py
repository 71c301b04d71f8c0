"""The schema that every persona has, and the one of an author that is composed over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jsonattrs_core import ComposedSchema, Schema
from jsonattrs_django.models import SchemaRecord
from personas.models import Author, Persona

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT", "GROUPS", "define_default", "schema_of"]

#: The document with the 75 characteristics.
DEFAULT = Path(__file__).resolve().parents[1] / "schemas" / "persona.yaml"

#: The groups of characteristics, and what pages call them.
GROUPS: Mapping[str, str] = {
    "mechanics": "Language mechanics",
    "figurative": "Figurative language",
    "content": "Content and reader",
    "personality": "Personality",
    "choices": "Choices",
    "personal": "Personal",
}


@cache
def _document() -> Schema:
    """Return the schema that the document describes, which is read once."""
    return Schema.read(DEFAULT)


def define_default() -> bool:
    """Define the schema of every persona as the document says, and tell whether that changed anything."""
    wanted = _document()
    found = SchemaRecord.objects.bound_to(Persona)
    if found is not None and found.schema.to_document() == wanted.to_document():
        return False
    SchemaRecord.objects.define(Persona, schema=wanted)
    return True


def schema_of(author: Author) -> ComposedSchema:
    """Return the schema of an author's personas: the default one, and over it the author's own."""
    return SchemaRecord.objects.for_selectors(Persona, (author,))
