"""Authors' personas on both sides: all 75 characteristics of each are set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import connection
from personas.access import author_of
from personas.models import ContentPiece, Persona
from personas.schema import define_default

from benchmarks.django.databases import settle
from benchmarks.django.personas.models import COLUMNS, NativePersona

if TYPE_CHECKING:
    from personas.models import Author

    from jsonattrs_core import Attribute

__all__ = ["fill", "scene"]

_WORDS = ("honesty", "freedom", "curiosity", "patience", "fairness")


def scene() -> Author:
    """Return an author, with the schema of the 75 characteristics, and the table of the 75 columns."""
    with connection.schema_editor() as editor:
        editor.create_model(NativePersona)
    define_default()
    return author_of(get_user_model().objects.create_user("writer"))


def fill(author: Author, count: int) -> None:
    """Give an author so many personas, and the same rows with columns; every third one has texts."""
    Persona.objects.all().delete()
    NativePersona.objects.all().delete()
    rows = [{name: value(each, place) for name, each in COLUMNS.items()} for place in range(count)]
    told = [{"author": author, "name": f"Voice {place}", "description": _description(place)} for place in range(count)]
    made = Persona.objects.bulk_create(Persona(**known, attrs=row) for known, row in zip(told, rows, strict=True))
    for persona, known, row in zip(made, told, rows, strict=True):
        # The same key, so that both have the same texts, and the same time, so that both have the same order.
        NativePersona.objects.create(pk=persona.pk, **known, **row)
        NativePersona.objects.filter(pk=persona.pk).update(created_at=persona.created_at)
    ContentPiece.objects.bulk_create(
        ContentPiece(persona=persona, title=f"Text {number}") for persona in made[::3] for number in range(2)
    )
    settle()


def value(attribute: Attribute, place: int) -> Any:
    """Return a value of an attribute; it is another one for the next persona."""
    if attribute.multiple:
        return [_WORDS[place % 5], _WORDS[(place + 1) % 5]]
    if attribute.type == "integer":
        return (place + len(attribute.name)) % 10 + 1
    if attribute.choices:
        return attribute.choices[place % len(attribute.choices)].value
    return f"{20 + place % 60}" if attribute.name == "age" else f"{attribute.label} {place % 7}"


def _description(place: int) -> str:
    return f"Number {place} of those who write about what the others have left out, and rather shorter than they would."
