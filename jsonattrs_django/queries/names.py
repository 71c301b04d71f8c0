"""Which attribute a name means in a query, and what its values are.

A name that the schema of every record defines (all selectors any) means that attribute. Another one means what the
schemas that have it agree on; where they do not, the query has to say which, by :class:`Attr`. A name that no attribute
has is taken for a key, so that code goes on working when somebody renames an attribute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldError
from django.db.models import IntegerField, Q, UUIDField

from jsonattrs_django.names import nearest
from jsonattrs_django.queries.stored import KEY
from jsonattrs_django.references.targets import key_field
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.selectors import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from jsonattrs_core import ComposedSchema
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord

__all__ = ["Meant", "Said", "meant"]


class Said(NamedTuple):
    """What a query says of an attribute: a name or a key, and what is to decide where these alone do not."""

    name: str | None
    key: str | None = None
    type: str | None = None
    multiple: bool | None = None

    def __str__(self) -> str:
        return repr(self.name) if self.name is not None else f"with the key {self.key!r}"


@dataclass(frozen=True, slots=True)
class Meant:
    """The attribute that was meant."""

    key: str
    type: str
    multiple: bool
    is_indexed: bool = False  #: a schema asks for an index of it
    key_type: str = "text"  #: of references: the base type that the keys of the records have which are referred to
    has_initial_default: bool = False  #: in some scope a record without the key reads as a default


class _Row(NamedTuple):
    """What one schema says of an attribute, or several schemas in the same words."""

    key: str
    name: str
    definition: Mapping[str, Any]
    is_global: bool

    @property
    def is_definition(self) -> bool:
        """It defines an attribute, and does not only change an inherited one."""
        return bool(self.definition.get("type")) and self.definition.get("status") != "draft"

    @property
    def is_live(self) -> bool:
        """There are records that have the attribute because of it."""
        status = self.definition.get("status")
        return status in ("active", "deprecated") or (self.is_definition and status is None)


def meant(field: JSONAttributeField, said: Said) -> Meant:
    """Return the attribute that a query means.

    Raises FieldError where there is none, where it is retired, and where schemas disagree. The error names no scope.
    """
    found: Meant = field.remembered(said, lambda: _Search(field, schema_database()).find(said))
    return found


def _key_type(rows: Iterable[_Row]) -> str:
    """Return the base type of the keys that references hold: that of text, where they differ or nobody knows."""
    kinds = {_key_type_of(row) for row in rows if row.is_definition}
    return kinds.pop() if len(kinds) == 1 else "text"


def _key_type_of(row: _Row) -> str:
    constraints = row.definition.get("constraints")
    try:
        key = key_field(apps.get_model(constraints["model"] if isinstance(constraints, dict) else ""))
    except (LookupError, ValueError, TypeError):
        return "text"
    return "integer" if isinstance(key, IntegerField) else "uuid" if isinstance(key, UUIDField) else "text"


class _Search:
    """Looks for one name in the schemas of a field."""

    def __init__(self, field: JSONAttributeField, alias: str) -> None:
        self._field = field
        self._alias = alias
        width = len(field.selectors)
        self._general: ComposedSchema = field.schemas.scope((None,) * width).schema

    def find(self, said: Said) -> Meant:
        if not KEY(str(said.name) if said.key is None else said.key):  # not for the database to read
            self._refuse(said, ())
        key = said.key or self._key_of(said)
        rows = self._rows_of(key)
        kinds = self._kinds(key, rows)
        if said.key is not None and said.type is not None and said.multiple is not None:
            if said.type not in registry().base_types and said.type not in {kind for kind, _ in kinds}:
                hint = nearest(said.type, registry().base_types)
                raise FieldError(f"{self._what(said)}: the type {said.type!r} is not known{hint}")
            kinds = {(said.type, said.multiple)}  # nothing is left to decide
        if not kinds:
            self._refuse(said, rows)
        kinds = {
            (kind, multiple)
            for kind, multiple in kinds
            if said.type in (None, kind) and said.multiple in (None, multiple)
        }
        if not kinds:
            raise FieldError(f"{self._what(said)} is of no such type: {said.type or ''}{' list' * bool(said.multiple)}")
        if len(kinds) > 1:
            told = ", ".join(sorted(f"{kind}{' (several values)' * multiple}" for kind, multiple in kinds))
            raise FieldError(
                f"{self._what(said)} is ambiguous: schemas give it different types ({told}); "
                f"say which is meant with Attr(..., type=...)"
            )
        ((kind, multiple),) = kinds
        return Meant(
            key,
            kind,
            multiple,
            is_indexed=any(row.definition.get("indexed") for row in rows),
            key_type=_key_type(rows) if kind == "reference" else "text",
            has_initial_default=any(row.definition.get("initial_default") is not None for row in rows),
        )

    def _what(self, said: Said) -> str:
        return f"{self._field.model._meta.label}.{self._field.name}: the attribute {said}"

    # ---- keys ----

    def _key_of(self, said: Said) -> str:
        """Return the key that a name means."""
        name = str(said.name)
        if name in self._general:
            return str(self._general[name].key)
        rows = self._rows(Q(name=name) | Q(key=name))
        # What a schema changes about an inherited attribute says its name under a key that is no key.
        named = [row for row in rows if row.name == name and (row.is_definition or row.key != row.name)]
        keys = {row.key for row in named if row.is_live} or {row.key for row in named}
        if said.type is not None and len(keys) > 1:
            keys = {row.key for row in named if row.definition.get("type") == said.type} or keys
        if len(keys) > 1:
            raise FieldError(
                f"{self._what(said)} is ambiguous: several attributes have the name; say which with Attr(key=...)"
            )
        if keys:
            return keys.pop()
        if any(row.key == name and row.is_definition for row in rows):
            return name  # it was renamed
        self._refuse(said, ())
        raise AssertionError

    def _refuse(self, said: Said, rows: Iterable[_Row]) -> None:
        if any(row.is_definition for row in rows) or self._was_known(said):
            raise FieldError(f"{self._what(said)} is retired")
        # A name that only some records have is nobody else's to read: none but those of every record are offered.
        hint = nearest(said.name or str(said.key), self._general)
        raise FieldError(f"{self._what(said)} is not known{hint}")

    def _was_known(self, said: Said) -> bool:
        """Tell whether a retired schema defines the attribute."""
        if not KEY(str(said.name) if said.key is None else said.key):
            return False
        condition = Q(key=said.key) if said.key is not None else Q(name=said.name) | Q(key=said.name)
        return any(row.is_definition for row in self._rows(condition, self._field.schemas.records(self._alias)))

    # ---- types ----

    def _kinds(self, key: str, rows: Iterable[_Row]) -> set[tuple[str, bool]]:
        """Return the types that live attributes with a key have, and whether they have several values."""
        for attribute in self._general.values():
            if attribute.key == key:
                return {(str(attribute.type), bool(attribute.multiple))}
        rows = list(rows)
        if not any(row.is_live for row in rows):
            return set()
        definitions = [row for row in rows if row.is_definition]
        kinds = {
            (str(row.definition["type"]), bool(row.definition.get("multiple")))
            for row in definitions
            if row.is_live or len(definitions) == 1
        }
        changes = {
            bool(row.definition["multiple"])
            for row in rows
            if not row.definition.get("type") and row.definition.get("multiple") is not None
        }
        return kinds | {(kind, multiple) for kind, _ in kinds for multiple in changes}

    # ---- rows ----

    def _rows_of(self, key: str) -> list[_Row]:
        """Return all that schemas say of the attribute with a key, those included that give its name only."""
        rows = self._rows(Q(key=key))
        names = {row.name for row in rows} - {key}
        by_name = [row for row in self._rows(Q(key__in=names)) if not row.is_definition] if names else []
        return [*rows, *by_name]

    def _rows(self, condition: Q, schemas: QuerySet[SchemaRecord] | None = None) -> list[_Row]:
        """Return what these schemas say, those that apply to records where none are given."""
        from jsonattrs_django.models import AttributeRecord

        chosen = self._field.schemas.active(self._alias) if schemas is None else schemas
        found = (
            AttributeRecord.objects.using(self._alias)
            .filter(condition, schema__in=chosen.order_by().values("pk"))
            .values_list("key", "name", "definition", "schema__digest")
        )
        general = digest(())
        rows = {
            (key, name, repr(definition), own == general): _Row(key, name, definition, own == general)
            for key, name, definition, own in found.iterator()
        }
        return list(rows.values())
