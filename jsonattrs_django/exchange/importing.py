"""Rows of a table into records: by their key, checked as every other door checks, in batches."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from django.db import router, transaction

from jsonattrs_core import Problem
from jsonattrs_django.exchange.attributes import AttributeSetter
from jsonattrs_django.exchange.batches import BatchWriter
from jsonattrs_django.exchange.columns import Headings
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.natives import NativeColumn
from jsonattrs_django.exchange.problems import RowProblem, of_attribute
from jsonattrs_django.exchange.rows import Row, RowReader
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import scopes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from jsonattrs_django.exchange.checkpoints import Checkpoint
    from jsonattrs_django.exchange.readers import Table
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["BATCH", "Batch", "Import"]

#: Rows that are found, checked and written together, in one transaction.
BATCH = 500


@dataclass
class Batch:
    """What became of some rows."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0  #: rows with problems
    last: int = 0  #: number of the last row
    problems: list[RowProblem] = dataclass_field(default_factory=list)
    is_stored: bool = True  #: False where the batch was given up because of its problems, and nothing of it is stored


@dataclass(frozen=True, kw_only=True)
class Import:
    """How the rows of a table become records of a field's model.

    A row whose ``key`` columns are those of a record updates it, and only what it mentions; any other row is a new
    record. Without ``skips_invalid`` the import ends with the first batch that has problems, of which nothing is
    stored; with it, rows with problems are left out. ``dry_run`` does all that and takes it back.
    """

    field: JSONAttributeField
    key: Sequence[str] = ("pk",)  #: paths of the native columns that say which record a row is
    labels: bool = False  #: headings may be labels, in ``language``
    language: str | None = None
    clears: bool = False  #: a blank cell is null; else it says nothing
    skips_invalid: bool = False
    dry_run: bool = False
    using: str | None = None
    user: Any = None  #: who sees and changes what she may; None is the program
    records: QuerySet[Any] | None = None  #: the records that may be changed, and told of; all where it is None
    targets: Mapping[str, QuerySet[Any]] | None = None  #: the rows that foreign keys may lead to, by their names
    batch_size: int = BATCH

    @property
    def database(self) -> str:
        """The database of the records."""
        return self.using or router.db_for_write(self.field.model)

    def run(self, table: Table, *, after: int = 0, checkpoint: Checkpoint | None = None) -> Iterator[Batch]:
        """Yield what became of the rows, batch by batch: each is stored when it is given.

        Rows up to number ``after`` are passed over. Raises ExchangeError for headings that are no columns.
        """
        reader = RowReader(table, self._headings(), clears=self.clears)
        key = self._key_columns(table, reader)
        setter = AttributeSetter(self.field, is_text=table.is_text, user=self.user)
        limits: dict[str, Any] = {"user": self.user, "records": self.records, "targets": self.targets}
        writer = BatchWriter(self.field, key, self.database, setter, **limits)
        batches = _batches(self._read(table, reader, after), key, self.batch_size)
        if not self.dry_run:
            yield from self._until_bad(self._stored(rows, writer, checkpoint) for rows in batches)
            return
        with transaction.atomic(using=self.database):
            yield from (self._stored(rows, writer, None) for rows in batches)
            transaction.set_rollback(True, using=self.database)

    def _headings(self) -> Headings:
        said: dict[str, Any] = {"labels": self.labels, "language": self.language, "user": self.user}
        if self.records is not None:
            schemas = [scope.schema for scope in scopes_of(self.field, self.records).values()]
            return Headings(self.field, schemas, is_open=True, **said)
        return Headings(
            self.field, SchemaRecord.objects.scopes(self.field.model, field=self.field.name).values(), **said
        )

    def _key_columns(self, table: Table, reader: RowReader) -> list[NativeColumn]:
        """Return the key columns. Raises ExchangeError where a named key is not in the table."""
        key = [NativeColumn(self.field.model, path) for path in self.key]
        missing = [column.path for column in key if column.path not in reader.natives]
        is_own = len(key) == 1 and key[0].field.primary_key
        if missing and table.headings is not None:
            if not is_own:
                raise ExchangeError(f"the table has no column {missing[0]!r}, which belongs to the key of its records")
            return []
        return key

    def _read(self, table: Table, reader: RowReader, after: int) -> Iterator[Row]:
        for number, cells in table.rows:
            if number <= after:
                continue
            if isinstance(cells, Problem):
                yield Row(number, problems=[of_attribute(number, {}, cells)])
            else:
                yield reader.read(number, cells)

    def _until_bad(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            yield batch
            if not batch.is_stored:
                return

    def _stored(self, rows: list[Row], writer: BatchWriter, checkpoint: Checkpoint | None) -> Batch:
        with transaction.atomic(using=self.database):
            good = [row for row in rows if not row.problems or row.natives or row.attributes]
            writer.prepare(good)
            stops = not (self.skips_invalid or self.dry_run)
            if not (stops and any(row.problems for row in rows)):
                writer.write(good)
            batch = _counted(rows)
            if stops and batch.problems:
                batch.is_stored = False
                batch.created = batch.updated = batch.unchanged = 0
                transaction.set_rollback(True, using=self.database)
            elif checkpoint is not None:
                checkpoint.note(batch)
        return batch


def _counted(rows: Sequence[Row]) -> Batch:
    batch = Batch(len(rows), last=rows[-1].number)
    for row in rows:
        if row.problems:
            batch.refused += 1
            batch.problems += row.problems
        elif row.is_new:
            batch.created += 1
        elif row.changed:
            batch.updated += 1
        else:
            batch.unchanged += 1
    return batch


def _batches(rows: Iterable[Row], key: Sequence[NativeColumn], size: int) -> Iterator[list[Row]]:
    """Yield rows together, never two of the same key: the second is to find what the first has made of the record."""
    batch: list[Row] = []
    keys: set[Any] = set()
    for row in rows:
        own = tuple(row.natives.get(column.path) for column in key)
        has_key = bool(own) and None not in own
        if batch and (len(batch) >= size or (has_key and own in keys)):
            yield batch
            batch, keys = [], set()
        batch.append(row)
        if has_key:
            keys.add(own)
    if batch:
        yield batch
