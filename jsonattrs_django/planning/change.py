"""A change of one scope's schema that nobody has made yet: the schemas as they would be, and what checks records."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from jsonattrs_core import ComposedSchema, JSONAttrsError, Schema, applicable, compose
from jsonattrs_django.models.definitions import checked_schema
from jsonattrs_django.planning.names import Names
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.reach import generalises
from jsonattrs_django.selectors import generalisations

if TYPE_CHECKING:
    from jsonattrs_core import Validator
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.planning.published import Published
    from jsonattrs_django.selectors import Texts

__all__ = ["PlannedChange", "PlannedScope", "planned_publishing", "planned_retiring"]


class PlannedScope(NamedTuple):
    """What would check the records of some selector values."""

    validator: Validator
    keys: dict[str, str]  #: of its attributes, by their names


class PlannedChange:
    """What the schemas around one scope are, and what they would be after one of them has changed."""

    def __init__(self, now: Published, after: Schema | None) -> None:
        self.now = now  #: what is published for the scope
        self.field: JSONAttributeField = now.field
        self.texts: Texts = now.texts
        self.after = after  #: the schema as it would be stored, None where it would apply to no record
        self._scopes: dict[Texts, PlannedScope | None] = {}
        self._made_of: dict[str, PlannedScope | None] = {}

    @cached_property
    def every(self) -> dict[Texts, Schema]:
        """The schemas that share records with this scope, as they are."""
        return self.field.schemas.all_schemas(schema_database(), [self.texts])

    @cached_property
    def before(self) -> Schema | None:
        """The schema that applies now."""
        return self.every.get(self.texts)

    @cached_property
    def planned(self) -> dict[Texts, Schema]:
        """The schemas as they would be."""
        planned = {texts: schema for texts, schema in self.every.items() if texts != self.texts}
        return planned if self.after is None else {**planned, self.texts: self.after}

    @cached_property
    def others(self) -> list[Schema]:
        """The schemas that say more about some of the records: they may have another attribute there.

        No record shares the schema of another organisation's project, though neither excludes the other.
        """
        shared = {texts: _joined(texts, self.texts) for texts in self.every if not generalises(texts, self.texts)}
        names = Names(self.field, shared.values())
        return [self.every[texts] for texts, joined in shared.items() if names.is_there(joined)]

    @cached_property
    def composed_before(self) -> ComposedSchema:
        """What the scope has now; nothing where that does not compose."""
        return _composed(self.every, self.texts) or compose()

    @cached_property
    def composed_after(self) -> ComposedSchema:
        """What the scope would have. Raises SchemaError where it would not compose."""
        return compose(*applicable(self.planned, self.texts))

    # ---- records ----

    def scope(self, texts: Texts) -> PlannedScope | None:
        """Return what would check a record of these selector values, None where its schema could not be used."""
        if texts not in self._scopes:
            bound = {general: self.planned[general] for general in generalisations(texts) if general in self.planned}
            self._scopes[texts] = self._made(_composed(bound, texts))
        return self._scopes[texts]

    def _made(self, composed: ComposedSchema | None) -> PlannedScope | None:
        """Return the scope of a schema, the same for all that say the same."""
        if composed is None:
            return None
        key = composed.fingerprint
        if key not in self._made_of:
            self._made_of[key] = _planned_scope(composed)
        return self._made_of[key]


def _joined(one: Texts, other: Texts) -> Texts:
    """Return the selector values of a record to which both of two schemas apply."""
    return tuple(its if mine is None else mine for mine, its in zip(one, other, strict=True))


def _planned_scope(composed: ComposedSchema) -> PlannedScope | None:
    try:
        validator = composed.compile(registry())
    except JSONAttrsError:  # a fault, which is told beside what this is asked for
        return None
    return PlannedScope(validator, {name: str(attribute.key) for name, attribute in composed.items()})


def _composed(bound: dict[Texts, Schema], texts: Texts) -> ComposedSchema | None:
    try:
        return compose(*applicable(bound, texts))
    except JSONAttrsError:  # a lock is broken, which is told beside what this is asked for
        return None


def planned_publishing(now: Published, schema: Schema) -> PlannedChange:
    """Return what publishing a schema for a scope would change. Raises SchemaError where it can be none."""
    return PlannedChange(now, checked_schema(schema, now.record, now.general))


def planned_retiring(now: Published, *, restore: bool = False) -> PlannedChange:
    """Return what retiring the published schema of a scope would change, or restoring it."""
    return PlannedChange(now, now.published if restore else None)
