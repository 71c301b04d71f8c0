"""What is published for one scope, and for the more general ones that it inherits from."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jsonattrs_core import ComposedSchema, Schema, SchemaError, applicable, compose
from jsonattrs_django.planning.names import Names
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.source import with_schemas
from jsonattrs_django.selectors import digest, generalisations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core import Attribute
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord
    from jsonattrs_django.selectors import Texts

__all__ = ["Published", "definition_in", "key_of", "layers_of", "published_for", "put_into", "standing_for"]


def standing_for(document: Mapping[str, Any] | None) -> str:
    """Return 64 characters that stand for a document, nothing for none."""
    return "" if document is None else sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def key_of(definition: Mapping[str, Any]) -> str:
    """Return the key that a definition is about."""
    return str(definition.get("key", definition.get("name", "")))


def definition_in(definitions: Iterable[Mapping[str, Any]], key: str) -> Any:
    """Return the definition that is about a key, None where there is none."""
    return next((each for each in definitions if key_of(each) == key), None)


def put_into(definitions: list[Any], definition: Mapping[str, Any]) -> None:
    """Put a definition in the place of the one about the same key; of another key, at the end."""
    given = {"key": key_of(definition), **definition}
    keys = [key_of(each) for each in definitions]
    if given["key"] in keys:
        definitions[keys.index(given["key"])] = given
    else:
        definitions.append(given)


def layers_of(field: JSONAttributeField, texts: Texts) -> list[tuple[Texts, Schema]]:
    """Return the active schemas that apply in a scope with what they are bound to, the most general first.

    It takes two queries.
    """
    bound = {digest(general): general for general in generalisations(texts)}
    records = field.schemas.active(schema_database()).filter(digest__in=bound)
    found = {bound[record.digest]: (bound[record.digest], schema) for record, schema in with_schemas(records).items()}
    return applicable(found, texts)


def published_for(field: JSONAttributeField, texts: Texts) -> Published:
    """Return what is published for a scope."""
    record = field.schemas.records(schema_database()).filter(digest=digest(texts)).first()
    return Published(field, texts, record)


class Published:
    """The schemas that a scope has, and inherits, as they are published."""

    def __init__(self, field: JSONAttributeField, texts: Texts, record: SchemaRecord | None) -> None:
        self.field = field
        self.texts = texts
        self.record = record  #: the published schema, be it retired, None where there is none

    @cached_property
    def names(self) -> Names:
        """The names of what the schema is bound to."""
        return Names(self.field, [self.texts])

    @cached_property
    def published(self) -> Schema | None:
        """The schema that the scope has, a retired one included; None where it has none."""
        if self.record is None or self.published_document is None:
            return None
        try:
            return Schema.from_document(self.published_document)
        except SchemaError:  # it was written past `define`; the page says what is wrong with it
            return self.record.schema

    @cached_property
    def published_document(self) -> dict[str, Any] | None:
        """The same as a document, in which what changes an inherited attribute has the key of that."""
        if self._stored is None:
            return None
        document = deepcopy(self._stored)
        for definition in document["attributes"]:
            name = key_of(definition)
            above = self.inherited_attributes.get(name)
            if above is not None and definition.get("name", name) == name and name not in self.inherited_keys:
                definition["key"] = str(above.key)
        return document

    @cached_property
    def _stored(self) -> dict[str, Any] | None:
        """The published schema as it is stored."""
        record = self.record
        if record is None:
            return None
        rows = record.attributes.order_by("position", "pk").values_list("definition", flat=True)
        document = {"format": 1, "name": record.name, "default_language": record.default_language}
        document |= {
            "rule_language": record.rule_language,
            "attributes": [row for row in rows if isinstance(row, dict)],
        }
        more = {"rules": record.rules, "unique_together": record.unique_together}
        return document | {name: said for name, said in more.items() if said}

    @property
    def is_retired(self) -> bool:
        """Tell whether the published schema applies to no record."""
        return self.record is not None and self.record.is_retired

    @cached_property
    def general(self) -> tuple[Schema, ...]:
        """The active schemas that are more general, the most general first."""
        return tuple(schema for texts, schema in layers_of(self.field, self.texts) if texts != self.texts)

    @cached_property
    def inherited(self) -> ComposedSchema:
        """What the more general schemas define together. Raises SchemaError where one breaks another's lock."""
        return compose(*self.general)

    @cached_property
    def inherited_attributes(self) -> Mapping[str, Attribute]:
        """The attributes of ``inherited``, none where that does not compose: the faults of the draft say why."""
        try:
            return self.inherited
        except SchemaError:
            return {}

    @cached_property
    def inherited_keys(self) -> frozenset[str]:
        """The keys of the attributes that more general schemas define, be they retired or omitted there."""
        return frozenset(str(each.key or each.name) for schema in self.general for each in schema.attributes)

    def is_published(self, key: str) -> bool:
        """Tell whether the published schema of the scope defines an attribute itself."""
        attributes = () if self.published is None else self.published.attributes
        return any(str(each.key or each.name) == key and bool(each.type) for each in attributes)

    @property
    def base(self) -> str:
        """What stands for the published schema as it is stored."""
        return standing_for(self._stored)
