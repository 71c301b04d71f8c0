"""A persona whose 75 characteristics are native columns, with the labels, bounds and choices that the schema has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from personas.models import Author
from personas.schema import DEFAULT

from jsonattrs_core import Schema

if TYPE_CHECKING:
    from jsonattrs_core import Attribute

__all__ = ["COLUMNS", "NativePersona"]

#: The attributes that are columns here, by name.
COLUMNS: dict[str, Attribute] = {each.name: each for each in Schema.read(DEFAULT).attributes}


def column(attribute: Attribute) -> models.Field[Any, Any]:
    """Return the column that somebody would write for an attribute."""
    told = {
        "verbose_name": attribute.label,
        "help_text": attribute.help_text,
        "null": True,
        "blank": True,
        "db_index": attribute.indexed is True,
    }
    if attribute.multiple:
        return models.JSONField(**told)
    if attribute.type == "integer":
        return models.PositiveSmallIntegerField(**told, validators=[MinValueValidator(1), MaxValueValidator(10)])
    limit = (attribute.constraints or {}).get("max_length", 100)
    return models.CharField(**told, max_length=limit, choices=[(c.value, c.label) for c in attribute.choices or ()])


class Columns(models.Model):
    """What else a persona has."""

    author = models.ForeignKey(Author, models.CASCADE, related_name="native_personas")
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True, max_length=2_000)
    is_active = models.BooleanField("active", default=True, help_text="Texts are drafted for active personas only.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Has no table of its own."""

        abstract = True
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["author", "-created_at"], name="native_persona_of_author"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def attrs(self) -> dict[str, Any]:
        """The values of the columns, where a page looks for what a persona has."""
        return {name: getattr(self, name) for name in COLUMNS}


# A table of an application without migrations would be made before those that it refers to; the scene makes it.
_meta = type("Meta", (Columns.Meta,), {"abstract": False, "managed": False, "db_table": "bench_personas"})
_body = {"__module__": __name__, "__doc__": "75 columns.", "Meta": _meta}
NativePersona = type("NativePersona", (Columns,), _body | {name: column(each) for name, each in COLUMNS.items()})
