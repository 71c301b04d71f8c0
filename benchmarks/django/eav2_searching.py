"""A range and an order of many records in django-eav2, beside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from benchmarks.django.asking import database_time, django_time, in_turns, row_of
from benchmarks.django.data import ATTRIBUTES
from benchmarks.django.models import Entity, Searched, SearchedRecord
from benchmarks.django.searching import LIMIT
from benchmarks.django.tables import eav_attributes, emptied, settle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from benchmarks.timing import Row

__all__ = ["eav2_searching", "fill_entities", "searches"]

#: They are to be at least 100 times slower.
GOAL = 0.01
THEIRS = "django-eav2"

_COLUMNS = {
    "text": "value_text",
    "enum": "value_enum_id",
    "int": "value_int",
    "float": "value_float",
    "bool": "value_bool",
    "date": "value_date",
}


def fill_entities(names: Collection[str]) -> None:
    """Fill the tables of django-eav2 with some of the values of the table of columns."""
    from eav.models import Attribute, Value

    eav_attributes()
    emptied(Entity, Value)
    source, table = Searched._meta.db_table, Value._meta.db_table
    kind = ContentType.objects.get_for_model(Entity).pk
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Entity._meta.db_table} (id, project_id) SELECT id, project_id FROM {source}")
        for each in Attribute.objects.filter(slug__in=names):
            column = _COLUMNS[each.datatype]
            columns = ["entity_ct_id", "entity_id", "attribute_id", "created", "modified", column]
            values = [str(kind), "id", str(each.pk), "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", _value(each)]
            if column != "value_text":
                columns, values = [*columns, "value_text"], [*values, "''"]
            cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {source}")
    settle()


def _value(attribute: Any) -> str:
    """Return the SQL of a value as django-eav2 keeps it."""
    if attribute.datatype == "enum":
        ids = " ".join(f"WHEN '{each.value}' THEN {each.pk}" for each in attribute.enum_group.values.all())
        return f"CASE {attribute.slug} {ids} END"
    is_decimal = next(each for each in ATTRIBUTES if each.name == attribute.slug).type == "decimal"
    return f"CAST({attribute.slug} AS text)" if is_decimal else str(attribute.slug)


def searches() -> Iterator[tuple[str, str, Any, Any]]:
    """Yield what is asked: a short name, what the report calls it, our query and theirs."""
    ours, theirs = SearchedRecord.objects, Entity.objects
    yield (
        "range",
        "range of a float, 0.5 %",
        ours.filter(attrs__score__gte=300, attrs__score__lt=305),
        theirs.filter(eav__score__gte=300, eav__score__lt=305),
    )
    yield (
        "order",
        f"order by a float, the first {LIMIT}",
        ours.order_by("attrs__score")[:LIMIT],
        theirs.order_by("eav__score")[:LIMIT],
    )


def eav2_searching(size: int, repetitions: int) -> Iterator[Row]:
    """Time each search, in the database and with Django, on tables that are filled already."""
    for _, work, ours, theirs in searches():
        times = in_turns(
            {
                "ours": database_time(ours),
                "theirs": database_time(theirs, 1),
                "ours, Django": django_time(ours),
                "theirs, Django": django_time(theirs, 1),
            },
            repetitions,
        )
        yield row_of(f"{work}, of {size:,}", times["ours"], THEIRS, times["theirs"], GOAL)
        yield row_of(f"{work}, of {size:,}: with Django", times["ours, Django"], THEIRS, times["theirs, Django"])
