"""Building and dropping one index."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import Error

from jsonattrs_django.indexes.errors import IndexProblem
from jsonattrs_django.indexes.names import is_ours, partition_index_name
from jsonattrs_django.indexes.statements import locked, refuse_transaction, rows, run, run_briefly, without_timeout
from jsonattrs_django.indexes.tables import Relation, children, indexes_of, quoted, relation

if TYPE_CHECKING:
    from jsonattrs_django.indexes.recipes import IndexSpec

__all__ = ["build", "create_sql", "drop", "drop_sql", "missing_extension", "statistics_sql", "why_not"]

_TRIGRAMS = "gin_trgm_ops"
_EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"


#: Statistics of a table and its partitions that no index has the name of.
_WITHOUT_INDEX = """
    SELECT n.nspname, s.stxname FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
    WHERE (s.stxrelid = %s OR s.stxrelid IN (SELECT relid FROM pg_partition_tree(%s))) AND NOT EXISTS (
        SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = s.stxrelid AND x.relname = s.stxname
    )
"""


def build(spec: IndexSpec, connection: Any) -> bool:
    """Build an index, and tell whether it was not there; what an interrupted build has left is dropped first.

    On PostgreSQL that takes no lock that writers mind, and cannot be done inside a transaction. Raises DuplicateValues
    where a unique index is refused, IndexProblem where anything else comes in the way; nothing half done is left.
    """
    refuse_transaction(connection)
    with locked(connection, spec.table):
        table = relation(connection, spec.table)
        if table is None:
            raise IndexProblem(f"the table {spec.table} is not there; run migrate")
        if reason := why_not(spec, table):
            raise IndexProblem(reason)
        found = indexes_of(connection, table).get(spec.name)
        if found is not None and found.is_valid:
            return False
        if connection.vendor != "postgresql":
            return _build_at_once(spec, table, connection)
        with without_timeout(connection):
            builder = _Builder(spec, connection)
            (builder.build_parts if table.is_partitioned else builder.build_beside)(table, spec.name)
    return True


def _build_at_once(spec: IndexSpec, table: Relation, connection: Any) -> bool:
    """Build an index of SQLite, and tell whether no other process was quicker."""
    try:
        run(connection, create_sql(spec, table, spec.name))
    except IndexProblem:
        if spec.name not in indexes_of(connection, table):
            raise
        return False
    return True


def why_not(spec: IndexSpec, table: Relation) -> str:
    """Return why a table cannot have an index, the empty text if it can."""
    if table.without_indexes:
        return f"{table.sql} is {table.without_indexes}, which has no indexes"
    if spec.is_unique and table.is_partitioned:
        return (
            f"{table.sql} is partitioned, and PostgreSQL can keep values unique in all partitions together only where "
            "they decide on the partition, which attributes do not"
        )
    return ""


def drop(name: str, table: Relation, connection: Any) -> None:
    """Drop an index of a table. Raises IndexProblem."""
    refuse_transaction(connection)
    if connection.vendor != "postgresql":
        run(connection, drop_sql(name, table, connection))
        return
    (run_briefly if table.is_partitioned else run)(connection, drop_sql(name, table, connection))
    for schema, statistics in rows(connection, _WITHOUT_INDEX, table.oid, table.oid):
        if is_ours(statistics):
            run(connection, f'DROP STATISTICS IF EXISTS {quoted(schema)}."{statistics}"')


def drop_sql(name: str, table: Relation, connection: Any) -> str:
    """Return the statement that drops an index."""
    beside = "CONCURRENTLY " if connection.vendor == "postgresql" and not table.is_partitioned else ""
    return f'DROP INDEX {beside}IF EXISTS {table.schema}"{name}"'


def create_sql(spec: IndexSpec, table: Relation, name: str, how: str = "", opclass: str = _TRIGRAMS) -> str:
    """Return the statement that creates an index under a name on a table, or on a partition of it.

    ``how`` is CONCURRENTLY, ONLY or nothing. ``opclass`` is what PostgreSQL finds the operators of trigrams by.
    """
    elements = ", ".join(f"({sql}) {opclass if given == _TRIGRAMS else given}".rstrip() for sql, given in spec.elements)
    words = ["CREATE", "UNIQUE" * spec.is_unique, "INDEX", how * (how != "ONLY"), f'"{name}"', "ON"]
    words += ["ONLY" * (how == "ONLY"), table.sql, f"USING {spec.method}" * (spec.method != "btree"), f"({elements})"]
    words += [f"WHERE {spec.where}" * bool(spec.where)]
    return " ".join(filter(None, words))


def statistics_sql(spec: IndexSpec, table: Relation, name: str) -> str:
    """Return the statement by which PostgreSQL counts the values that an index is on; it bears the index's name."""
    return f'CREATE STATISTICS IF NOT EXISTS {table.schema}"{name}" ON ({spec.elements[0].sql}) FROM {table.sql}'


class _Builder:
    """Builds one index of PostgreSQL, on a table or on each partition of one."""

    def __init__(self, spec: IndexSpec, connection: Any) -> None:
        self.spec = spec
        self.connection = connection
        self.opclass = trigrams(connection) if _needs_trigrams(spec) else ""

    def create(self, table: Relation, name: str, how: str) -> str:
        return create_sql(self.spec, table, name, how, self.opclass)

    def build_beside(self, table: Relation, name: str) -> None:
        """Build it on one table while others write."""
        self._drop_what_is_there(table, name)
        if self.spec.has_statistics:  # before the index: where that is, they are
            run(self.connection, statistics_sql(self.spec, table, name))
        try:
            run(self.connection, self.create(table, name, "CONCURRENTLY"))
        except IndexProblem:
            with suppress(IndexProblem, Error):  # what cannot be dropped now is found by the next build
                self._drop_what_is_there(table, name)
            raise

    def _drop_what_is_there(self, table: Relation, name: str) -> None:
        if name in indexes_of(self.connection, table):
            run(self.connection, drop_sql(name, table, self.connection))

    def build_parts(self, table: Relation, name: str) -> None:
        """Build it on each partition while others write, and make one of them; go on where a build was interrupted."""
        if name not in indexes_of(self.connection, table):
            run_briefly(self.connection, self.create(table, name, "ONLY"))
        for partition in children(self.connection, table):
            if partition.without_indexes:
                raise IndexProblem(f"its partition {partition.sql} is {partition.without_indexes}")
            self._build_part(partition, name, table)

    def _build_part(self, partition: Relation, whole: str, table: Relation) -> None:
        there = indexes_of(self.connection, partition)
        attached = next((index for index in there.values() if index.parent == whole), None)
        name = attached.name if attached else partition_index_name(whole, partition.sql)
        is_valid = name in there and there[name].is_valid
        if partition.is_partitioned and not is_valid:
            self.build_parts(partition, name)
        elif not is_valid:
            self.build_beside(partition, name)
        if attached is None:
            attach = f'ALTER INDEX {table.schema}"{whole}" ATTACH PARTITION {partition.schema}"{name}"'
            run_briefly(self.connection, attach)


def _needs_trigrams(spec: IndexSpec) -> bool:
    return any(element.opclass == _TRIGRAMS for element in spec.elements)


def missing_extension(spec: IndexSpec, connection: Any) -> str:
    """Return the statement that creates the extension which an index needs, the empty text where nothing is missing."""
    return _EXTENSION if _needs_trigrams(spec) and not _opclass(connection) else ""


def trigrams(connection: Any) -> str:
    """Return what statements call the operators of trigrams, whose extension is created if it is not there.

    Raises IndexProblem saying what somebody with more rights has to run.
    """
    found = _opclass(connection)
    if not found:
        try:
            run(connection, _EXTENSION)
        except IndexProblem as problem:
            database = connection.settings_dict["NAME"]
            raise IndexProblem(
                f"it needs PostgreSQL's extension pg_trgm, which could not be created ({problem}); whoever administers "
                f"the database has to run, in the database {database}: CREATE EXTENSION pg_trgm;"
            ) from problem
        found = _opclass(connection)
    return found


def _opclass(connection: Any) -> str:
    """Return the name of the operators: with their schema where the search path does not lead to it."""
    found = rows(
        connection,
        "SELECT pg_opclass_is_visible(o.oid), n.nspname "
        "FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE o.opcname = %s",
        _TRIGRAMS,
    )
    return next((_TRIGRAMS if visible else f'"{schema}".{_TRIGRAMS}' for visible, schema in found), "")
