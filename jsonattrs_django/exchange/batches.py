"""One batch of rows: found, set, checked and written, in as many queries whether these are two or five hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from jsonattrs_django import writes
from jsonattrs_django.exchange.lookups import existing
from jsonattrs_django.exchange.nativesetter import NativeSetter
from jsonattrs_django.exchange.problems import of_attributes, of_validation
from jsonattrs_django.exchange.writing import write_one, write_together
from jsonattrs_django.uniqueness.conflicts import conflicts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from jsonattrs_django.exchange.attributes import AttributeSetter
    from jsonattrs_django.exchange.natives import NativeColumn
    from jsonattrs_django.exchange.rows import Row
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["BatchWriter"]

#: What is raised for a value that cannot be handed to the database, or that it does not take.
UNHOLDABLE = (DataError, ArithmeticError, ValueError)


class BatchWriter:
    """Writes rows as records of one field's model, in a transaction that somebody has begun."""

    def __init__(
        self,
        field: JSONAttributeField,
        key: Sequence[NativeColumn],
        using: str,
        setter: AttributeSetter,
        *,
        user: Any = None,
        records: QuerySet[Any] | None = None,
        targets: Mapping[str, QuerySet[Any]] | None = None,
    ) -> None:
        self._field = field
        self._key = key
        self._using = using
        self._setter = setter
        self._natives = NativeSetter(field, key, targets or {})
        self._user = user
        self._records = records

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find or make the record of each row, and set what the row says; what is wrong is noted in the rows.

        So is what no database can look for: then the rows are tried apart, and the others prepared once more, together.
        """
        good = list(rows)
        while good and not self._can_prepare(good):
            for row in self._bad(good):
                row.refuse("", "invalid", _unholdable())
                good.remove(row)

    def _can_prepare(self, rows: Sequence[Row]) -> bool:
        for row in rows:
            row.begin()
        try:
            with transaction.atomic(using=self._using):
                self._prepare(rows)
        except UNHOLDABLE:
            return False
        return True

    def _bad(self, rows: Sequence[Row]) -> list[Row]:
        """Return those of some rows, of which there are, that cannot be prepared: found by halves."""
        if len(rows) == 1:
            return list(rows)
        half = len(rows) // 2
        parts = [part for part in (rows[:half], rows[half:]) if not self._can_prepare(part)]
        # Where each half is good alone, nobody can tell one row from the others.
        return [row for part in parts for row in self._bad(part)] or list(rows)

    def _prepare(self, rows: Sequence[Row]) -> None:
        self._find_records(rows)
        found = [row for row in rows if row.record is not None]
        self._natives.set_all(found)
        placed = [row for row in found if not self._field.selectors.are_among(row.failed)]
        self._setter.set_all(placed)
        self._check(placed)

    def write(self, rows: Sequence[Row]) -> None:
        """Write the rows that are good; what the database refuses is noted in them."""
        good = [row for row in rows if not row.problems and (row.is_new or row.changed)]
        if not good:
            return
        try:
            with transaction.atomic(using=self._using):
                write_together(self._field, good, self._using)
        except (ValidationError, IntegrityError, *UNHOLDABLE):
            for row in good:
                self._write_alone(row)

    def _write_alone(self, row: Row) -> None:
        try:
            with transaction.atomic(using=self._using):
                write_one(self._field, row, self._using)
        except ValidationError as error:
            self._refuse(row, error)
        except IntegrityError:
            self._refuse(row, _reason(row))
        except UNHOLDABLE:
            row.refuse("", "invalid", _unholdable())

    def _refuse(self, row: Row, error: ValidationError) -> None:
        problems = getattr(error, "problems", None)
        if problems is not None:
            row.problems += of_attributes(row.number, row.attribute_headings, problems)
            return
        for name, several in error.error_dict.items() if hasattr(error, "error_dict") else [("", [error])]:
            column = row.headings.get(name, "" if name == "__all__" else name)
            for each in several:
                row.problems += of_validation(row.number, column, each)

    # ---- which record it is ----

    def _find_records(self, rows: Sequence[Row]) -> None:
        wanted = {row.number: key for row in rows if (key := self._key_of(row)) is not None}
        every = self._field.model._base_manager.all() if self._records is None else self._records
        found = existing(self._field, self._key, dict.fromkeys(wanted.values()), every.using(self._using))
        for row in rows:
            key = wanted.get(row.number)
            records = [] if key is None else found[key]
            if len(records) > 1:
                row.refuse(self._key[0].path, "ambiguous", _("Several records have this key."))
            elif records:
                row.record = records[0]
            elif key is not None and self._records is not None and self._key[0].field.primary_key:
                row.refuse(self._key[0].path, "not_found", _("There is no such record."))
            elif not row.failed & {column.source.name for column in self._key}:
                row.record, row.is_new = self._field.model(), True

    def _key_of(self, row: Row) -> tuple[Any, ...] | None:
        key = tuple(row.natives.get(column.path) for column in self._key)
        return None if not key or any(value is None for value in key) else key

    # ---- its attributes ----

    def _check(self, rows: Sequence[Row]) -> None:
        """Check the attributes of all rows as every other door does."""
        field, drafts = self._field, []
        for row in rows:
            columns = frozenset({*row.changed, field.name})
            draft = (
                writes.insert_draft(field, row.record)
                if row.is_new
                else writes.update_draft(field, row.record, self._using, columns)
            )
            drafts.append((draft, row.record))
        writes.with_references(drafts, self._user)
        for row, (draft, _record) in zip(rows, drafts, strict=True):
            failed = {problem.path[0] for problem in row.problems if problem.path}
            found = [each for each in draft.problems if not each.path or each.path[0] not in failed]
            row.problems += of_attributes(row.number, row.attribute_headings, found)
        good = [place for place, row in enumerate(rows) if not row.problems]
        conflicts = conflicts_of(field, self._using, [drafts[place] for place in good], mends=True)
        for place, problems in conflicts.items():
            row = rows[good[place]]
            row.problems += of_attributes(row.number, row.attribute_headings, problems)


def _unholdable() -> str:
    return _("The database cannot hold a value of this row.")


def _reason(row: Row) -> ValidationError:
    """Return why the database has refused a record, as Django says it where it can tell."""
    try:
        row.record.validate_unique()
        row.record.validate_constraints()
    except ValidationError as error:
        return error
    return ValidationError(_("The database refuses this record: it contradicts another one."), code="integrity")
