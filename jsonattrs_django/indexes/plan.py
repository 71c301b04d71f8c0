"""The difference between what the schemas ask for and what a database has, table by table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections, router

from jsonattrs_django.indexes.building import create_sql, drop_sql, missing_extension, statistics_sql, why_not
from jsonattrs_django.indexes.names import partition_index_name
from jsonattrs_django.indexes.recipes import IndexSpec, recipes
from jsonattrs_django.indexes.tables import Relation, children, own_indexes, relation
from jsonattrs_django.indexes.wanted import wanted
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.targets import all_fields
from jsonattrs_django.uniqueness.states import is_enforced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.indexes.tables import OwnIndex

__all__ = ["BUILD", "CLAIM", "DROP", "REPAIR", "Step", "TablePlan", "planned", "schemas_are_there", "tables_of"]

BUILD, REPAIR, CLAIM, DROP = "build", "repair", "claim", "drop"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is to be done."""

    action: str  #: BUILD, REPAIR what an interrupted build has left, have records CLAIM their values, or DROP
    name: str  #: of the index
    why: str
    statements: tuple[str, ...]  #: what will be run, in short where there are partitions
    spec: IndexSpec | None = None  #: of what is built
    field: JSONAttributeField | None = None
    table: Relation | None = None  #: of what is dropped: the table, or a partition


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What is to be done for one table, and what cannot be."""

    table: Relation
    steps: tuple[Step, ...]
    in_place: int  #: indexes that are as they should be
    impossible: tuple[str, ...]  #: what this database has no index for: queries work, and are slow
    refused: tuple[str, ...]  #: what the schemas promise, and this table cannot keep
    unneeded: tuple[str, ...]  #: our indexes that nothing asks for, where they are not to be dropped


def tables_of(fields: Iterable[JSONAttributeField], using: str | None = None) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield the database, the table and the fields for each table that holds some of these fields.

    ``using`` is the database; without it each model's own, the router's choice. Models that the router keeps out of
    their database are passed over.
    """
    found: dict[tuple[str, str], list[JSONAttributeField]] = {}
    for field in dict.fromkeys(fields):
        alias = using or str(router.db_for_write(field.model))
        if router.allow_migrate_model(alias, field.model):
            found.setdefault((alias, field.model._meta.db_table), []).append(field)
    for (alias, table), several in found.items():
        yield alias, table, several


def schemas_are_there() -> bool:
    """Tell whether the tables of the schemas are there: they are not before the first ``migrate``."""
    from jsonattrs_django.models import AttributeRecord, SchemaRecord

    there = connections[schema_database()].introspection.table_names()
    return {SchemaRecord._meta.db_table, AttributeRecord._meta.db_table} <= set(there)


def planned(fields: Iterable[JSONAttributeField], connection: Any, prune: bool = False) -> TablePlan | None:
    """Return what is to be done for fields of one table, None where the database does not have the table.

    What nothing asks for is to be dropped only with ``prune``.
    """
    fields = list(fields)
    db_table = fields[0].model._meta.db_table
    table = relation(connection, db_table)
    return None if table is None else _Planner(table, connection).plan(fields, db_table, prune)


class _Planner:
    def __init__(self, table: Relation, connection: Any) -> None:
        self.table = table
        self.connection = connection
        self.present = own_indexes(connection, table)
        self.steps: list[Step] = []
        self.impossible: list[str] = []
        self.refused: list[str] = []
        self.in_place = 0

    def plan(self, fields: list[JSONAttributeField], db_table: str, prune: bool) -> TablePlan:
        alias = schema_database()
        every = [field for field in all_fields() if field.model._meta.db_table == db_table]
        needed: set[str] = set()
        for field in every:
            found = recipes(field, wanted(field, alias), self.connection)
            needed |= {spec.name for spec in found.specs}
            if field in fields:
                self.impossible += found.impossible
                for spec in found.specs:
                    self._consider(spec, field)
        unneeded = list(self._unneeded(needed))
        if prune:
            self.steps += [self._dropping(index, table) for index, table in unneeded]
        return TablePlan(
            self.table,
            tuple(self.steps),
            self.in_place,
            tuple(self.impossible),
            tuple(self.refused),
            () if prune else tuple(index.name for index, _ in unneeded),
        )

    def _consider(self, spec: IndexSpec, field: JSONAttributeField) -> None:
        found = self.present.get(spec.name)
        if found is not None and found.is_valid:
            if spec.is_unique and not is_enforced(field, self.connection.alias, spec.keys):
                claiming = ("-- records claim their values, so that the index knows of them",)
                self.steps.append(Step(CLAIM, spec.name, spec.why, claiming, spec, field))
            else:
                self.in_place += 1
        elif reason := why_not(spec, self.table):
            (self.refused if spec.is_unique else self.impossible).append(f"{spec.why}: {reason}")
        else:
            action = BUILD if found is None else REPAIR
            statements = tuple(self._statements(spec, found))
            self.steps.append(Step(action, spec.name, spec.why, statements, spec, field))

    def _statements(self, spec: IndexSpec, found: OwnIndex | None) -> Iterator[str]:
        if missing := missing_extension(spec, self.connection):
            yield missing
        if self.table.is_partitioned:
            if found is None:
                yield create_sql(spec, self.table, spec.name, "ONLY")
            yield f"-- and CONCURRENTLY on {len(children(self.connection, self.table))} partitions, each then attached"
            return
        if found is not None:
            yield drop_sql(spec.name, self.table, self.connection)
        if spec.has_statistics:
            yield statistics_sql(spec, self.table, spec.name)
        how = "CONCURRENTLY" if self.connection.vendor == "postgresql" else ""
        yield create_sql(spec, self.table, spec.name, how)

    def _unneeded(self, needed: set[str]) -> Iterator[tuple[OwnIndex, Relation]]:
        """Yield the indexes that nothing asks for: those of the table, and what is left of them on its partitions."""
        for index in self.present.values():
            if index.name not in needed and not index.parent:
                yield index, self.table
        yield from self._left_on_partitions(self.table, needed)

    def _left_on_partitions(self, table: Relation, needed: set[str]) -> Iterator[tuple[OwnIndex, Relation]]:
        if not table.is_partitioned:
            return
        for partition in children(self.connection, table):
            needed_here = {partition_index_name(name, partition.sql) for name in needed}
            for index in own_indexes(self.connection, partition).values():
                if index.name not in needed_here and not index.parent:
                    yield index, partition
            yield from self._left_on_partitions(partition, needed_here)

    def _dropping(self, index: OwnIndex, table: Relation) -> Step:
        statement = drop_sql(index.name, table, self.connection)
        return Step(DROP, index.name, "no attribute needs it", (statement,), table=table)
