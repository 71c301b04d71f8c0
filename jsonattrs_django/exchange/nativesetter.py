"""Setting the columns of records from the cells of rows: values, and the rows that foreign keys lead to."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _

from jsonattrs_django.exchange.lookups import related
from jsonattrs_django.exchange.natives import NativeColumn
from jsonattrs_django.fields import JSONAttributeField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from jsonattrs_django.exchange.rows import Row

__all__ = ["NativeSetter"]


class NativeSetter:
    """Sets the columns of one field's records; ``targets`` are the rows that foreign keys may lead to."""

    def __init__(
        self, field: JSONAttributeField, key: Sequence[NativeColumn], targets: Mapping[str, QuerySet[Any]]
    ) -> None:
        self._field = field
        self._key = {column.path for column in key}
        self._targets = targets

    def set_all(self, rows: Sequence[Row]) -> None:
        """Set what rows say of their records; what does not fit is noted in them."""
        for row in rows:
            self._clear(row)
        for name in dict.fromkeys(name for row in rows for name in _relations_of(self._field.model, row)):
            self._set_relation(name, rows)
        for row in rows:
            self._set_columns(row)

    def _clear(self, row: Row) -> None:
        """Take blank cells for null, or the empty text where that is what a column may be, if the record has a value.

        A foreign key is null where all cells of it are blank.
        """
        said = {_start(path) for path in row.natives}
        for path in row.blank_paths:
            field: Any = self._field.model._meta.get_field(_start(path))
            if row.is_new or field.primary_key or path in self._key or field.name in said:
                continue
            if field.is_relation:
                row.natives[path] = None
            elif getattr(row.record, field.attname) not in (None, ""):
                is_text = field.blank and not field.null and field.empty_strings_allowed
                row.natives[path] = "" if is_text else None

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
            field: Any = self._field.model._meta.get_field(_start(path))
            if field.is_relation and not field.primary_key:
                continue
            if not row.is_new and getattr(row.record, field.attname) == value:
                continue  # what nobody has changed is not looked at
            if field.primary_key and (value is None or not row.is_new):
                self._demand_no_other_key(row, path, value)
                continue
            try:
                clean = value if field.is_relation else field.clean(value, row.record)
            except ValidationError as error:
                row.refuse_value(path, error)
                continue
            if row.is_new or getattr(row.record, field.attname) != clean:
                setattr(row.record, field.attname, clean)
                row.changed.add(field.name)
        if row.is_new:
            self._demand_complete(row)

    def _demand_no_other_key(self, row: Row, path: str, value: Any) -> None:
        if value is not None:
            row.refuse(path, "invalid", _("A record keeps its primary key."))

    def _demand_complete(self, row: Row) -> None:
        """Refuse a new record without what a form demands, which is not said in the row."""
        for field in self._field.model._meta.concrete_fields:
            value = getattr(row.record, field.attname, None)
            is_missing = value is None or (field.editable and not field.blank and value in field.empty_values)
            if is_missing and not _is_made(field) and field.name not in row.changed | row.failed:
                row.refuse(field.name, "null", _("A new record needs this."))


def _is_made(field: Any) -> bool:
    """Tell whether a new record gets a value here without being told."""
    is_key = isinstance(field, models.AutoField) or (field.is_relation and field.primary_key)
    is_clock = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    is_other = isinstance(field, JSONAttributeField) or field.generated
    return bool(is_key or is_clock or is_other or field.null or field.has_default())


def _start(path: str) -> str:
    """Return the name of the model's own field that a path begins with."""
    return path.partition(LOOKUP_SEP)[0]


def _relations_of(model: type[models.Model], row: Row) -> list[str]:
    """Return the names of the foreign keys that a row says something of."""
    fields = [model._meta.get_field(name) for name in dict.fromkeys(map(_start, row.natives))]
    return [field.name for field in fields if field.is_relation and not getattr(field, "primary_key", False)]


def _said_of(name: str, row: Row) -> dict[str, Any]:
    """Return what a row says of one foreign key, by path."""
    return {path: value for path, value in row.natives.items() if _start(path) == name}


def _rest(relation: Any, path: str) -> str:
    return path.partition(LOOKUP_SEP)[2] or str(relation.target_field.name)
