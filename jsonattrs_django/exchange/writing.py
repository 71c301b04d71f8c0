"""Writing records whose attributes have been checked: together, or one by one where the database refuses one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import connections, models

from jsonattrs_django.managers import AttributeQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jsonattrs_django.exchange.rows import Row
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["write_one", "write_together"]


def write_together(field: JSONAttributeField, rows: Sequence[Row], using: str) -> None:
    """Write records with one insert and one update, as `bulk_create` and `bulk_update` do.

    Those of a model with parents are written one by one. Raises what these raise; then none is written.
    """
    model = field.model
    if model._meta.parents:
        for row in rows:
            write_one(field, row, using)
        return
    records = AttributeQuerySet(model=model, using=using)
    news = [row.record for row in rows if row.is_new]
    others = [row for row in rows if not row.is_new]
    if others:  # first: a new record may take a unique value that another one gives up
        names = _touched(others)
        records.bulk_update([row.record for row in others], names)
    if news:
        has_keys = any(record.pk is not None for record in news)
        records.bulk_create(news)
        if has_keys:
            _after_keys(model, using)


def _after_keys(model: type[models.Model], using: str) -> None:
    """Have the database give keys beyond those that rows brought with them."""
    connection = connections[using]
    for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _touched(rows: Iterable[Row]) -> list[str]:
    """Return the names of the fields that rows change; those that note the time of a change are set."""
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in sorted(row.changed))
    for field in _clocks(rows[0].record):
        for row in rows:
            field.pre_save(row.record, False)
        names[field.name] = None
    return list(names)


def _clocks(record: models.Model) -> list[Any]:
    return [field for field in record._meta.concrete_fields if getattr(field, "auto_now", False)]


def write_one(field: JSONAttributeField, row: Row, using: str) -> None:
    """Save one record, with all that saving it means. Raises ValidationError and IntegrityError."""
    record: Any = row.record
    if row.is_new:
        if not row.natives.get(record._meta.pk.name) and not record._meta.pk.has_default():
            record.pk = None  # of an insert that was taken back
        record._state.adding = True
        record.save(using=using, force_insert=True)
        if row.natives.get(record._meta.pk.name) is not None and not record._meta.parents:
            _after_keys(type(record), using)
    else:
        record.save(using=using, update_fields=[*row.changed, *(field.name for field in _clocks(record))])
