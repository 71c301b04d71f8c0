"""One batch of rows: found, set, checked and written, in as many queries whether these are two or five hundred."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _

from jsonattrs_django import writes
from jsonattrs_django.exchange.lookups import existing, related
from jsonattrs_django.exchange.natives import NativeColumn
from jsonattrs_django.exchange.problems import of_attributes, of_validation
from jsonattrs_django.exchange.writing import write_one, write_together
from jsonattrs_django.uniqueness.conflicts import conflicts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from jsonattrs_django.exchange.attributes import AttributeSetter
    from jsonattrs_django.exchange.rows import Row
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["BatchWriter"]


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
        self._user = user
        self._records = records
        self._targets = targets or {}

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find or make the record of each row, and set what the row says; what is wrong is noted in the rows."""
        self._find_records(rows)
        self._set_relations(rows)
        found = [row for row in rows if row.record is not None]
        for row in found:
            self._set_columns(row)
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
        except (ValidationError, IntegrityError):
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

    def _refuse(self, row: Row, error: ValidationError) -> None:
        problems = getattr(error, "problems", None)
        if problems is not None:
            row.problems += of_attributes(row.number, row.headings, problems)
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

    # ---- its columns ----

    def _set_relations(self, rows: Sequence[Row]) -> None:
        """Set the rows that records refer to, each kind of them found with two queries."""
        for name in dict.fromkeys(name for row in rows for name in _relations_of(self._field.model, row)):
            self._set_relation(name, [row for row in rows if row.record is not None])

    def _set_relation(self, name: str, rows: Sequence[Row]) -> None:
        relation: Any = self._field.model._meta.get_field(name)
        about = [(_said_of(name, row), row) for row in rows]
        about.sort(key=lambda pair: tuple(pair[0]))
        for paths, group in groupby(about, key=lambda pair: tuple(pair[0])):
            pairs = list(group)
            if not paths:
                continue
            columns = [NativeColumn(relation.related_model, _rest(relation, path)) for path in paths]
            wanted = {tuple(said.values()) for said, _row in pairs if None not in said.values()}
            every = self._targets.get(name)
            if every is None:
                every = relation.related_model._base_manager.using(router.db_for_read(relation.related_model))
            found = related(every, columns, wanted, self._beyond(name))
            for said, row in pairs:
                self._relate(relation, row, said, found)

    def _relate(self, relation: Any, row: Row, said: dict[str, Any], found: Any) -> None:
        path = next(iter(said))
        if None in said.values():
            if relation.null and not any(said.values()):
                self._assign(row, relation, None)
            else:
                row.refuse(path, "null", _("This may not be empty."))
            return
        several = found[tuple(said.values())]
        if len(several) == 1:
            self._assign(row, relation, several[0])
        elif several:
            row.refuse(path, "ambiguous", _("Several records have this key."))
        else:
            row.refuse(path, "not_found", _("There is no such record."))

    def _assign(self, row: Row, relation: Any, target: Any) -> None:
        before = getattr(row.record, relation.attname)
        after = None if target is None else getattr(target, relation.target_field.attname)
        if row.is_new or before != after:
            setattr(row.record, relation.name, target)
            row.changed.add(relation.name)

    def _beyond(self, name: str) -> list[str]:
        """Return the relations of a related row that selectors cross."""
        paths = [path.partition(LOOKUP_SEP) for path in self._field.select_related]
        return [rest for first, _sep, rest in paths if first == name and rest]

    def _set_columns(self, row: Row) -> None:
        for path, value in row.natives.items():
            field: Any = self._field.model._meta.get_field(path.partition(LOOKUP_SEP)[0])
            if field.is_relation and not field.primary_key:
                continue
            if not row.is_new and getattr(row.record, field.attname) == value:
                continue  # what nobody has changed is not looked at
            try:
                clean = value if field.primary_key else field.clean(value, row.record)
            except ValidationError as error:
                row.refuse_value(path, error)
                continue
            if row.is_new or getattr(row.record, field.attname) != clean:
                setattr(row.record, field.attname, clean)
                row.changed.add(field.name)
        if row.is_new:
            self._demand_complete(row)

    def _demand_complete(self, row: Row) -> None:
        """Refuse a new record without what the table demands, which is not said in the row."""
        for field in self._field.model._meta.concrete_fields:
            is_made = field.primary_key or field.null or field is self._field
            if (
                not is_made
                and getattr(row.record, field.attname, None) is None
                and field.name not in row.changed | row.failed
            ):
                row.refuse(field.name, "null", _("A new record needs this."))

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
            row.problems += of_attributes(row.number, row.headings, found)
        good = [place for place, row in enumerate(rows) if not row.problems]
        conflicts = conflicts_of(field, self._using, [drafts[place] for place in good], mends=True)
        for place, problems in conflicts.items():
            row = rows[good[place]]
            row.problems += of_attributes(row.number, row.headings, problems)


def _relations_of(model: type[models.Model], row: Row) -> list[str]:
    """Return the names of the foreign keys that a row says something of."""
    names = dict.fromkeys(path.partition(LOOKUP_SEP)[0] for path in row.natives)
    fields = [model._meta.get_field(name) for name in names]
    return [field.name for field in fields if field.is_relation and not getattr(field, "primary_key", False)]


def _said_of(name: str, row: Row) -> dict[str, Any]:
    """Return what a row says of one foreign key, by path."""
    return {path: value for path, value in row.natives.items() if path.partition(LOOKUP_SEP)[0] == name}


def _rest(relation: Any, path: str) -> str:
    return path.partition(LOOKUP_SEP)[2] or str(relation.target_field.name)


def _reason(row: Row) -> ValidationError:
    """Return why the database has refused a record, as Django says it where it can tell."""
    try:
        row.record.validate_unique()
        row.record.validate_constraints()
    except ValidationError as error:
        return error
    return ValidationError(_("The database refuses this record: it contradicts another one."), code="integrity")
