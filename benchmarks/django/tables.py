"""What is in the tables of the benchmarks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from benchmarks.django.data import ATTRIBUTES, EDUCATION, values
from benchmarks.django.databases import database, settle
from benchmarks.django.models import DeepRecord, Entity, Native, Organization, Project, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "as_given",
    "database",
    "eav_attributes",
    "emptied",
    "entities",
    "fill",
    "fill_fast",
    "natives",
    "project",
    "records",
    "settle",
]

#: The datatypes of django-eav2, which has no decimals: they are kept as texts.
_DATATYPES = {
    "text": "text",
    "integer": "int",
    "float": "float",
    "decimal": "text",
    "boolean": "bool",
    "date": "date",
    "datetime": "date",
}


def project() -> Project:
    """Return a project with the schema of the ten attributes, for every kind of record."""
    from jsonattrs_django.models import SchemaRecord

    organization = Organization.objects.create(name="Land registry")
    made = Project.objects.create(organization=organization, name="North")
    SchemaRecord.objects.define(Record, ATTRIBUTES, selectors=(made,))
    SchemaRecord.objects.define(DeepRecord, ATTRIBUTES, selectors=(organization,))
    eav_attributes()
    return made


def eav_attributes() -> None:
    """Make the same ten attributes in django-eav2."""
    import eav.models as theirs

    group = theirs.EnumGroup.objects.create(name="education")
    group.values.set([theirs.EnumValue.objects.create(value=value) for value in EDUCATION])
    for attribute in ATTRIBUTES:
        kind = "enum" if attribute.name == "education" else _DATATYPES[str(attribute.type)]
        theirs.Attribute.objects.create(
            name=attribute.name,
            slug=attribute.name,
            datatype=kind,
            required=attribute.required is True,
            enum_group=group if kind == "enum" else None,
        )


def natives(owner: Project, rows: Sequence[dict[str, Any]]) -> list[Native]:
    """Return unsaved records with native columns."""
    return [Native(project=owner, **row) for row in rows]


def records(owner: Project, rows: Sequence[dict[str, Any]], model: Any = Record) -> list[Any]:
    """Return unsaved records with attributes."""
    return [model(project=owner, attrs=row) for row in rows]


def entities(owner: Project, rows: Sequence[dict[str, Any]]) -> list[Entity]:
    """Return unsaved entities of django-eav2 with their values."""
    made = []
    for row in rows:
        entity = Entity(project=owner)
        for name, value in as_given(row).items():
            setattr(entity.eav, name, value)
        made.append(entity)
    return made


def as_given(row: dict[str, Any]) -> dict[str, Any]:
    """Return values as django-eav2 takes them, which has no decimals: they are texts there."""
    return {name: str(value) if value.__class__ is Decimal else value for name, value in row.items()}


def fill(owner: Project, count: int, with_entities: bool = False) -> None:
    """Fill the tables with the same records."""
    rows = list(values(count))
    Native.objects.bulk_create(natives(owner, rows))
    Record.objects.bulk_create(records(owner, rows))
    DeepRecord.objects.bulk_create(records(owner, rows, DeepRecord))
    if with_entities:
        Entity.objects.bulk_create(entities(owner, rows))
    settle()


def fill_fast(owner: Project, count: int, model: Any = Record, distinct: int = 1_000) -> None:
    """Fill the table of a model with copies of a few records that were checked: quick for hundreds of thousands."""
    emptied(model)
    model.objects.bulk_create(records(owner, list(values(min(count, distinct))), model))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (project_id, attrs) SELECT project_id, attrs FROM {table},"
            " generate_series(1, %s) ORDER BY random() LIMIT %s",
            [count // distinct, max(0, count - distinct)],
        )
    settle()


def emptied(*models: Any) -> None:
    """Empty the tables of models, and leave no dead rows behind."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
