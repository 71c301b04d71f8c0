"""Between a schema of the core and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jsonattrs_core import Attribute, Schema, SchemaError, compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_django.models.records import SchemaRecord

#: Characters of a schema's name.
_LONGEST_NAME = 200

__all__ = ["checked_schema", "definitions_of", "rows_of"]


def checked_schema(schema: Schema, record: SchemaRecord | None, general: Iterable[Schema]) -> Schema:
    """Return a schema to be stored, with the attributes retired that the record has and the schema leaves out.

    An attribute that a more general schema defines is not retired but inherited again. Raises SchemaError where the
    schema asks for what this adapter does not do.
    """
    _refuse_what_no_row_holds(schema)
    _refuse_two_rows_of_a_key(schema)
    if record is None:
        return schema
    inherited = {str(attribute.key) for attribute in compose(*general).values()}
    given = {_key(attribute) for attribute in schema.attributes}
    left_out = [
        _retired(attribute)
        for attribute in record.schema.attributes
        if attribute.type and _key(attribute) not in given and _key(attribute) not in inherited
    ]
    return replace(schema, attributes=(*schema.attributes, *left_out))


def _refuse_two_rows_of_a_key(schema: Schema) -> None:
    """Raise SchemaError where a key is said twice, if only by a draft, which composition passes over."""
    keys = [_key(attribute) for attribute in schema.attributes]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    drafts = {_key(attribute) for attribute in schema.attributes if attribute.status == "draft"}
    if drafts.intersection(twice):
        raise SchemaError(
            [f"schema {schema.name!r}: the key {key!r} is defined twice, once as a draft" for key in twice]
        )


def _refuse_what_no_row_holds(schema: Schema) -> None:
    """Raise SchemaError for texts that databases raise at: too long a name, NUL characters, halves of characters."""
    if len(schema.name) > _LONGEST_NAME:
        raise SchemaError(f"the name of a schema has at most {_LONGEST_NAME} characters, not {len(schema.name)}")
    for text in _texts(schema.to_document()):
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise SchemaError(f"schema {schema.name!r} has a character that cannot be stored in the text {text!r}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _texts(pair)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _texts(member)


def _key(attribute: Attribute) -> str:
    return str(attribute.key or attribute.name)


def _retired(attribute: Attribute) -> Attribute:
    return Attribute.from_given({**attribute.given, "status": "retired"})


def rows_of(schema: Schema) -> dict[str, Any]:
    """Return the fields of the SchemaRecord of a schema, but for what it is bound to."""
    document: Mapping[str, Any] = schema.to_document()
    return {
        "name": document["name"],
        "default_language": document["default_language"],
        "rule_language": document["rule_language"],
        "rules": document.get("rules", []),
        "unique_together": document.get("unique_together", []),
    }


def definitions_of(schema: Schema) -> list[dict[str, Any]]:
    """Return the definitions of a schema's attributes as documents. Raises SchemaError for one without name and key."""
    definitions: list[dict[str, Any]] = schema.to_document()["attributes"]
    return definitions
