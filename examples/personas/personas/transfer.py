"""Personas as documents: what is exported, and what is imported again as an equal persona.

::

    {
      "format": 1,
      "personas": [
        {"name": "Ada", "description": "", "is_active": true, "attributes": {"formality_level": 7}}
      ]
    }

Whose a persona is, its number and its times are not in it. Values are JSON values, by the name of the characteristic.
"""

from __future__ import annotations

from difflib import get_close_matches
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError

from jsonattrs_django.rest_framework import AttributeModelSerializer, AttributesField, StrictJSONParser
from jsonattrs_django.rest_framework.errors import ProblemDetail, merged, params_of
from personas.models import Persona

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from personas.models import Author

__all__ = [
    "FORMAT",
    "MOST",
    "DocumentSerializer",
    "KnownFieldsMixin",
    "PersonaEntrySerializer",
    "TransferError",
    "file_name",
    "from_document",
    "read_document",
    "to_document",
]

#: The format of the documents that are written, and the only one that is read.
FORMAT = 1

#: Personas in one document that is read.
MOST = 500


class TransferError(ValidationError):
    """A document cannot be imported, and nothing of it was.

    ``problems`` has one entry for each thing that is wrong: ``persona`` is the place of the persona in the document,
    counted from 0, ``name`` what it is called, both None for the document as a whole; ``attribute`` is a characteristic
    and ``field`` what else it is about, one of them or both None; ``code``, ``message`` and ``params`` are as
    everywhere.
    """

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        self.problems = problems
        super().__init__([_text(problem) for problem in problems])


class KnownFieldsMixin:
    """Refuses what a serializer has no field for: nobody would read it, and a misspelt name would be lost in silence.

    What was read may be sent back: fields that are only read are known, too.
    """

    fields: Any

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values. Raises ValidationError with what is unknown and all else that is wrong."""
        errors = self._unknown(data) if isinstance(data, dict) else {}
        try:
            values = super().to_internal_value(data)  # type: ignore[misc]  # of a serializer
        except serializers.ValidationError as error:
            raise serializers.ValidationError(merged(error.detail, errors) if errors else error.detail) from None
        if errors:
            raise serializers.ValidationError(errors)
        return values

    def _unknown(self, data: Mapping[str, Any]) -> dict[str, list[ErrorDetail]]:
        known = [name for name, field in self.fields.items() if not isinstance(field, serializers.HiddenField)]
        return {name: [unknown_field(name, known)] for name in data if name not in known}


def unknown_field(name: str, known: list[str]) -> ErrorDetail:
    """Return the error of a name that nothing is called by, with the nearest of those that there are."""
    near = get_close_matches(name, known, 1)
    if near:
        return ProblemDetail(f"There is no such field; did you mean {near[0]}?", "unknown", {"nearest": near[0]})
    return ErrorDetail(f"There is no such field; there are: {', '.join(known)}.", "unknown")


class CurrentAuthor:
    """Whose a new persona is: the author of whoever imports or asks."""

    requires_context = True

    def __call__(self, field: Any) -> Author:
        """Return the author."""
        author: Author = field.context["author"]
        return author


class PersonaEntrySerializer(KnownFieldsMixin, AttributeModelSerializer):
    """A persona as it is exported: its name and how it writes."""

    # The context of the serializer has it.
    author = serializers.HiddenField(default=CurrentAuthor())
    attributes = AttributesField(source="attrs", help_text="The characteristics that are set, by name.")

    class Meta:
        model = Persona
        fields: tuple[str, ...] = ("author", "name", "description", "is_active", "attributes")


class DocumentSerializer(KnownFieldsMixin, serializers.Serializer):
    """One persona or several, as a document."""

    format = serializers.ChoiceField([FORMAT], help_text="The format of the document.")
    personas = PersonaEntrySerializer(many=True, allow_empty=False, max_length=MOST)

    def create(self, validated_data: dict[str, Any]) -> list[Persona]:
        """Store the personas, all of them or none."""
        made: list[Persona] = self.fields["personas"].create(validated_data["personas"])
        return made


def to_document(*personas: Persona) -> dict[str, Any]:
    """Return one persona, or several, as a document of JSON values."""
    return {"format": FORMAT, "personas": PersonaEntrySerializer(personas, many=True).data}


def file_name(name: str) -> str:
    """Return what a file is called that has a persona of this name, or several."""
    return f"{slugify(name, allow_unicode=True) or 'persona'}.json"


def read_document(content: bytes) -> Any:
    """Return the JSON value in a file. Raises TransferError for what is no JSON, or may be read as two things."""
    try:
        return StrictJSONParser().parse(BytesIO(content))
    except ParseError as error:
        raise TransferError([_problem((), error.detail, {})]) from None


def from_document(author: Author, document: Any) -> list[Persona]:
    """Store the personas of a document as an author's own, and return them: all of them or, on TransferError, none."""
    serializer = DocumentSerializer(data=document, context={"author": author})
    try:
        serializer.is_valid(raise_exception=True)
        made: list[Persona] = serializer.save()
    except serializers.ValidationError as error:
        raise TransferError([_problem(*found, document) for found in _found(error.detail)]) from None
    return made


# ---- what is wrong ----

Path = tuple[str | int, ...]


def _found(errors: Any, path: Path = ()) -> Iterator[tuple[Path, ErrorDetail]]:
    """Yield the errors of a serializer with what each is about: the names, and places in lists, that lead to it."""
    if isinstance(errors, ErrorDetail):
        yield path, errors
    elif isinstance(errors, dict):
        for name, each in errors.items():
            yield from _found(each, path if name == "non_field_errors" else (*path, name))
    else:
        for place, each in enumerate(errors):
            yield from _found(each, (*path, place) if isinstance(each, dict) else path)


def _problem(path: Path, detail: ErrorDetail, document: Any) -> dict[str, Any]:
    place = path[1] if len(path) > 1 and isinstance(path[1], int) else None
    rest = path if place is None else path[2:]
    is_attribute = len(rest) > 1 and rest[0] == "attributes"
    return {
        "persona": place,
        "name": _name(document, place),
        "field": None if is_attribute or not rest else str(rest[0]),
        "attribute": str(rest[1]) if is_attribute else None,
        "code": str(detail.code),
        "message": str(detail),
        "params": dict(params_of(detail)),
    }


def _name(document: Any, place: int | None) -> str | None:
    """Return what the persona at a place is called, where it is called anything."""
    found = None if place is None else document["personas"][place]
    name = found.get("name") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def _text(problem: Mapping[str, Any]) -> str:
    """Return what is wrong, and with which persona and characteristic."""
    place, name = problem["persona"], problem["name"]
    who = "" if place is None else f"Persona {place + 1}"
    where = [f"{who} ({name})" if name else who, problem["attribute"] or problem["field"]]
    about = ", ".join(filter(None, where))
    return f"{about}: {problem['message']}" if about else str(problem["message"])
