"""What a database has: a table, what kind of table it is, and those of its indexes that are ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from jsonattrs_django.indexes.names import is_ours
from jsonattrs_django.indexes.statements import rows

__all__ = ["OwnIndex", "Relation", "children", "indexes_of", "own_indexes", "quoted", "relation"]

_PARTITIONED = "p"
#: What has no indexes, by PostgreSQL's letters for it.
_WITHOUT = {"v": "a view", "f": "a foreign table"}
_LETTERS = {"table": "r", "view": "v"}


class OwnIndex(NamedTuple):
    """One index of a table."""

    name: str
    is_valid: bool  #: it is complete: no build of it was interrupted
    parent: str  #: the index of the partitioned table that it is a part of


@dataclass(frozen=True, slots=True)
class Relation:
    """A table, or a partition of one."""

    sql: str  #: its name as statements have it
    schema: str = ""  #: that of its indexes, quoted, with a dot
    oid: int = 0
    letter: str = "r"

    @property
    def is_partitioned(self) -> bool:
        """Tell whether it has partitions, and no rows of its own."""
        return self.letter == _PARTITIONED

    @property
    def without_indexes(self) -> str:
        """What it is that can have no index, the empty text of a table."""
        return _WITHOUT.get(self.letter, "")


_COLUMNS = (
    "SELECT n.nspname, c.relname, c.oid, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
)
_NAMED = f"{_COLUMNS} WHERE c.oid = to_regclass(%s)"
_CHILDREN = f"{_COLUMNS} JOIN pg_inherits h ON h.inhrelid = c.oid WHERE h.inhparent = %s ORDER BY c.relname"
_INDEXES = """
    SELECT x.relname, i.indisvalid, coalesce(p.relname, '')
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
    LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
    LEFT JOIN pg_class p ON p.oid = h.inhparent
    WHERE i.indrelid = %s
"""
_NAMED_IN_SQLITE = "SELECT type FROM sqlite_master WHERE type IN ('table', 'view') AND name = %s"
_INDEXES_IN_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"


def relation(connection: Any, db_table: str) -> Relation | None:
    """Return the table of a model's ``db_table``, None where it is not there."""
    named = connection.ops.quote_name(db_table)
    if connection.vendor == "postgresql":
        return next((_relation(connection, row) for row in rows(connection, _NAMED, named)), None)
    there = rows(connection, _NAMED_IN_SQLITE, _bare(named))
    return next((Relation(named, letter=_LETTERS[kind]) for (kind,) in there), None)


def children(connection: Any, parent: Relation) -> list[Relation]:
    """Return the partitions of a table, those of partitions not."""
    return [_relation(connection, row) for row in rows(connection, _CHILDREN, parent.oid)]


def indexes_of(connection: Any, table: Relation) -> dict[str, OwnIndex]:
    """Return the indexes of a table by name, anybody's."""
    if connection.vendor == "postgresql":
        return {row[0]: OwnIndex(*row) for row in rows(connection, _INDEXES, table.oid)}
    found = rows(connection, _INDEXES_IN_SQLITE, _bare(table.sql))
    return {name: OwnIndex(name, is_valid=True, parent="") for (name,) in found}


def own_indexes(connection: Any, table: Relation) -> dict[str, OwnIndex]:
    """Return the indexes of a table that have a name of ours."""
    return {name: index for name, index in indexes_of(connection, table).items() if is_ours(name)}


def _relation(connection: Any, row: Any) -> Relation:
    schema, name, oid, letter = row
    prefix = f"{quoted(schema)}."
    return Relation(f"{prefix}{quoted(name)}", prefix, oid, letter)


def quoted(name: str) -> str:
    """Return a name as statements have it."""
    return '"{}"'.format(name.replace('"', '""'))


def _bare(named: str) -> str:
    return named[1:-1].replace('""', '"')
