"""What the schemas of many scopes take up in a process."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.test.utils import override_settings

from benchmarks.django.data import ATTRIBUTES
from benchmarks.django.models import Organization, Project, Record
from benchmarks.django.tables import database
from benchmarks.timing import Row, Spread
from jsonattrs_django.models import AttributeRecord, SchemaRecord, SelectorRecord
from jsonattrs_django.schemas.scope import compiled_schemas
from jsonattrs_django.schemas.source import cached_scopes
from jsonattrs_django.selectors import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonattrs_django.selectors import Texts

__all__ = ["define_many", "rows"]

#: How much more memory the last scopes may take than the first, of which the cache holds as many as it may.
GOAL = 1.1
_BATCH = 500
_MIB = 1024 * 1024


def rows(size: int, compiled: int) -> Iterator[Row]:
    """Measure the memory after as many scopes as are kept, and after all of them.

    ``size`` is the number of scopes that inherit all they have, ``compiled`` of those that have attributes of their
    own, each of which is compiled, and that takes its time.
    """
    with database():
        SchemaRecord.objects.define(Record, ATTRIBUTES)
        owners = _projects(max(size, compiled))
        yield from _measured("scopes that inherit all", owners[:size])
        define_many(owners[:compiled])
        yield from _measured("scopes with an attribute of their own", owners[:compiled])


def _projects(size: int) -> Sequence[Texts]:
    organization = Organization.objects.create(name="Land registry")
    made = Project.objects.bulk_create([Project(organization=organization, name=str(place)) for place in range(size)])
    return [(str(each.pk),) for each in made]


def define_many(owners: Sequence[Texts]) -> None:
    """Write a schema for each project with as few queries as it takes: `define` one by one would take its time."""
    kind = ContentType.objects.get_for_model(Record)
    schemas = SchemaRecord.objects.bulk_create(
        [
            SchemaRecord(content_type=kind, field="attrs", name=f"Project {text[0]}", digest=digest(text))
            for text in owners
        ]
    )
    owner = ContentType.objects.get_for_model(Project)
    SelectorRecord.objects.bulk_create(
        [
            SelectorRecord(schema=schema, position=0, name="project", content_type=owner, value=text[0])
            for schema, text in zip(schemas, owners, strict=True)
        ]
    )
    AttributeRecord.objects.bulk_create(
        [
            AttributeRecord(schema=schema, position=0, key=name, definition={"name": name, "type": "text"})
            for schema, name in ((schema, f"question_{schema.pk}") for schema in schemas)
        ]
    )


def _measured(what: str, owners: Sequence[Texts]) -> Iterator[Row]:
    kept = len(owners) // 5
    with override_settings(JSONATTRS={"CACHED_SCOPES": kept}):
        _look_up(owners[:1])  # what the first scope of a process loads is not its own
        cached_scopes.clear()
        compiled_schemas.clear()
        tracemalloc.start()
        try:
            before = _traced()
            _look_up(owners[:kept])
            first = _traced() - before
            _look_up(owners[kept:])
            last = _traced() - before
        finally:
            tracemalloc.stop()
    work = f"{len(owners):,} {what}, {kept:,} of them kept"
    yield Row(work=work, figure=_exact(last / _MIB), unit="MiB")
    yield Row(work=f"{work}: each of these", figure=_exact(last / kept / 1024), unit="KiB")
    yield Row(work=work, against=f"the first {kept:,}", figure=_exact(last / first), goal=GOAL)


def _look_up(owners: Sequence[Texts]) -> None:
    field: Any = Record._meta.get_field("attrs")
    for start in range(0, len(owners), _BATCH):
        for scope in field.schemas.scopes(owners[start : start + _BATCH]).values():
            _ = scope.usable


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def _exact(value: float) -> Spread:
    return Spread(value, value, value)
