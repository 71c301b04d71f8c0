"""Changing a schema: what it costs must not depend on how many records there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.django.data import ATTRIBUTES
from benchmarks.django.models import FewRecord, Record
from benchmarks.django.tables import database, fill_fast, project
from benchmarks.django.timing import Contestant, beside, race
from benchmarks.timing import Row, Spread
from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.django.models import Project

__all__ = ["CHANGES", "rows"]

FEW, MANY = 10, 200_000
#: The times are to be the same: this is what two times of the same thing may differ by here.
GOAL = 1.25

_NAME, *_OTHERS = ATTRIBUTES
_MORE = Attribute("crops", "text", multiple=True, constraints={"max_items": 5})
_WITH_DEFAULT = Attribute("language", "text", required=True, default="id", initial_default="id", choices=["de", "id"])
_RENAMED = Attribute.from_given({**_NAME.given, "name": "full_name", "key": "name"})


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the schema of a model's records, and what has to be before it."""

    before: Callable[[Any, Project], Any]
    make: Callable[[Any, Project], Any]


def _defining(*attributes: Attribute) -> Callable[[Any, Project], SchemaRecord]:
    def define(model: Any, owner: Project) -> SchemaRecord:
        record: SchemaRecord = SchemaRecord.objects.define(model, attributes, selectors=(owner,))
        return record

    return define


def _retiring(model: Any, owner: Project) -> SchemaRecord:
    """Retire the schema; define it first, so that it is there and active."""
    record = _defining(*ATTRIBUTES)(model, owner)
    record.retire()
    return record


def _first(model: Any, owner: Project) -> None:
    SchemaRecord.objects.retire(model, (owner,))
    field = model._meta.get_field("attrs")
    field.schemas.records("default").delete()


_TEN = _defining(*ATTRIBUTES)

#: Every change that is timed.
CHANGES: dict[str, Change] = {
    "define ten attributes": Change(_first, _TEN),
    "add an attribute": Change(_TEN, _defining(*ATTRIBUTES, _MORE)),
    "add an attribute with a default, for old records too": Change(_TEN, _defining(*ATTRIBUTES, _WITH_DEFAULT)),
    "rename an attribute": Change(_TEN, _defining(_RENAMED, *_OTHERS)),
    "retire an attribute": Change(_TEN, _defining(*_OTHERS)),
    "restore an attribute": Change(_defining(*_OTHERS), _TEN),
    "retire the schema": Change(_TEN, lambda model, owner: SchemaRecord.objects.retire(model, (owner,))),
    "restore the schema": Change(_retiring, lambda model, owner: _found(model).restore()),
}


def _found(model: Any) -> SchemaRecord:
    record: SchemaRecord = model._meta.get_field("attrs").schemas.records("default").get()
    return record


def rows(repetitions: int, many: int = MANY) -> Iterator[Row]:
    """Time each change with few records and with many, and count the queries."""
    with database():
        owner = project()
        SchemaRecord.objects.define(FewRecord, ATTRIBUTES, selectors=(owner,))
        fill_fast(owner, many)
        fill_fast(owner, FEW, FewRecord)
        for what, change in CHANGES.items():
            few, more = (_queries(change, model, owner) for model in (FewRecord, Record))
            ways = {name: _contestant(change, model, owner) for name, model in (("few", FewRecord), ("many", Record))}
            times = race(ways, repetitions)
            yield beside(f"{what}: {many:,} records", times["many"], f"{FEW} records", times["few"], GOAL)
            yield Row(
                work=f"{what}: {many:,} records",
                against=f"{FEW} records",
                figure=Spread(more, more, more),
                unit="queries",
                goal=few,
            )


def _contestant(change: Change, model: Any, owner: Project) -> Contestant:
    return Contestant(prepare=lambda: change.before(model, owner), run=lambda _: change.make(model, owner))


def _queries(change: Change, model: Any, owner: Project) -> int:
    change.before(model, owner)
    with CaptureQueriesContext(connection) as captured:
        change.make(model, owner)
    return len(captured)
