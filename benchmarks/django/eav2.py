"""The same work in django-eav2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.django import listing
from benchmarks.django.data import values
from benchmarks.django.models import Entity, Project, Record
from benchmarks.django.saving import atomically, change_record, each, fetching, plainly
from benchmarks.django.tables import as_given, database, emptied, entities, fill, project, records
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.timing import Row

__all__ = ["change_entity", "create_entity", "create_record", "rows"]

THEIRS = "django-eav2"
#: How many times their time ours may be: they are to be at least 20, 20 and 6 times slower.
SAVE_GOAL, LIST_GOAL, BULK_GOAL = 1 / 20, 1 / 20, round(1 / 6, 3)
LIST_SIZE = 1_000
#: Records that are created, or changed and saved, in one turn.
SAVED = 20


def create_record(owner: Project, row: dict[str, Any]) -> Record:
    """Create one record with ten attributes."""
    created: Record = Record.objects.create(project=owner, attrs=row)
    return created


def create_entity(owner: Project, row: dict[str, Any]) -> Entity:
    """Create one entity with ten values."""
    created: Entity = Entity.objects.create(
        project=owner, **{f"eav__{name}": value for name, value in as_given(row).items()}
    )
    return created


def change_entity(entity: Entity, value: float) -> None:
    """Change a value of an entity, and save it."""
    entity.eav.score = value
    entity.save()


def rows(repetitions: int, bulk_repetitions: int, bulk: int) -> Iterator[Row]:
    """Time saving, listing and creating, theirs beside ours."""
    with database():
        owner = project()
        yield from _creating_one(owner, repetitions)
        fill(owner, LIST_SIZE, with_entities=True)
        yield from _changing_one(repetitions)
        yield from _listing(repetitions)
        yield from _creating_many(owner, bulk_repetitions, bulk)


def _creating_one(owner: Project, repetitions: int) -> Iterator[Row]:
    given = list(values(SAVED))
    for how, around in (("autocommit", plainly), ("in a transaction", atomically)):
        ways = {
            name: Contestant(run=around(_creating(create, owner, given)), finish=_emptying(model), count=SAVED)
            for name, create, model in (("ours", create_record, Record), (THEIRS, create_entity, Entity))
        }
        times = race(ways, repetitions)
        yield beside(f"create one, ten attributes: {how}", times["ours"], THEIRS, times[THEIRS], SAVE_GOAL)


def _changing_one(repetitions: int) -> Iterator[Row]:
    for how, around in (("autocommit", plainly), ("in a transaction", atomically)):
        ways = {
            name: Contestant(run=around(each(change)), prepare=fetching(model, SAVED), count=SAVED)
            for name, change, model in (("ours", change_record, Record), (THEIRS, change_entity, Entity))
        }
        times = race(ways, repetitions)
        yield beside(f"change and save one attribute: {how}", times["ours"], THEIRS, times[THEIRS])


def _listing(repetitions: int) -> Iterator[Row]:
    names = (listing.MAPPING, listing.TYPED, listing.EAV2, listing.EAV2_PLAIN)
    times = race(
        {name: Contestant(run=lambda _, read=listing.READERS[name]: read()) for name in names}, max(3, repetitions // 2)
    )
    for ours, theirs, goal in (
        (listing.MAPPING, listing.EAV2_PLAIN, LIST_GOAL),
        (listing.MAPPING, listing.EAV2, LIST_GOAL),
        (listing.TYPED, listing.EAV2, None),
    ):
        yield beside(f"list {LIST_SIZE:,}: {ours}", times[ours], theirs, times[theirs], goal)


def _creating_many(owner: Project, repetitions: int, size: int) -> Iterator[Row]:
    given = list(values(size))
    ways = {
        name: Contestant(
            prepare=lambda make=make: make(owner, given),
            run=model.objects.bulk_create,
            finish=_emptying(model),
        )
        for name, make, model in (("ours", records, Record), (THEIRS, entities, Entity))
    }
    times = race(ways, repetitions)
    yield beside(f"bulk_create of {size:,}", times["ours"], THEIRS, times[THEIRS], BULK_GOAL)


def _creating(create: Callable[[Project, Any], object], owner: Project, given: list[Any]) -> Callable[[Any], None]:
    def run(_: Any) -> None:
        for row in given:
            create(owner, row)

    return run


def _emptying(model: Any) -> Callable[[Any], None]:
    from eav.models import Value

    return lambda _: emptied(*((model, Value) if model is Entity else (model,)))
