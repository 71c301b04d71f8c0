"""What a schema is bound to: the rows and values that its selectors name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models.records import SchemaRecord
    from jsonattrs_django.selectors import Selector, Texts

__all__ = ["key_text", "naming", "selector_rows", "title_of"]


def title_of(field: JSONAttributeField, texts: Texts) -> str:
    """Return the name of a schema to which nobody has given one."""
    said = []
    for selector, text in zip(field.selectors, texts, strict=True):
        if text is not None:
            said.append(f"{selector.name} {_shown(selector, text)}")
    label = str(field.model._meta.verbose_name)
    return (f"{label} ({', '.join(said)})" if said else label)[:200]


def _shown(selector: Selector, text: str) -> str:
    """Return a selector's value as people know it: a row by its own name."""
    if selector.target is None:
        return text
    row = selector.target._base_manager.filter(pk=selector.value(text)).first()
    return text if row is None else str(row)


def naming(records: QuerySet[SchemaRecord], rows: Iterable[Model]) -> QuerySet[SchemaRecord]:
    """Return those of the active schemas that are bound to all of these rows."""
    records = records.filter(is_retired=False)
    for row in rows:
        kinds = ContentType.objects.db_manager(records.db).get_for_models(*_kinds(row)).values()
        records = records.filter(selectors__content_type__in=[*kinds], selectors__value=key_text(row))
    return records.distinct()


def _kinds(row: Model) -> list[type[Model]]:
    """Return the concrete models of which a row is one, those that it inherits from included."""
    own: Any = row._meta.concrete_model
    return [own, *(parent for parent in own._meta.all_parents)]


def key_text(row: Model) -> str:
    """Return the text of a row's primary key."""
    key: Any = row._meta.pk
    return str(key.get_prep_value(row.pk))


def selector_rows(target: JSONAttributeField, record: SchemaRecord, texts: Texts, alias: str) -> list[Any]:
    """Return the rows, not saved yet, that bind a schema to its selector values."""
    make = record.selectors.model
    kinds = ContentType.objects.db_manager(alias)
    return [
        make(
            schema=record,
            position=place,
            name=selector.name,
            value=text,
            content_type=None if selector.target is None else kinds.get_for_model(selector.target),
        )
        for place, (selector, text) in enumerate(zip(target.selectors, texts, strict=True))
    ]
