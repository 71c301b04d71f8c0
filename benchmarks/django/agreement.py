"""What each contestant makes of the same few records, as JSON, for the test that they do the same work.

A program of its own, since it has its own settings: ``python -m benchmarks.django.agreement``.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE = 7
NEW_SCORE = 1234.5


def main() -> None:
    """Do the work, and print what came of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.settings"
    import django

    django.setup()
    from benchmarks.django.tables import database, fill, project

    with database():
        owner = project()
        fill(owner, SIZE, with_entities=True)
        found = {
            "given": [[_told(value) for value in row.values()] for row in _given()],
            "read": dict(_read()),
            "saved": dict(_saved()),
            "created": dict(_created(owner)),
            "refused": dict(_refused(owner)),
            "audit": _audited(),
            "changes": dict(_changed(owner)),
        }
    print(json.dumps(found))


def _given() -> list[dict[str, Any]]:
    from benchmarks.django.data import values

    return list(values(SIZE))


def _told(value: Any) -> list[str]:
    return [type(value).__name__, str(value)]


def _read() -> Iterator[tuple[str, Any]]:
    """Yield, for each way of reading, what it reads; django-eav2's types are those that it has."""
    from benchmarks.django.listing import READERS

    for name, read in READERS.items():
        yield name, [[_told(value) for value in row] for row in read()]


def _saved() -> Iterator[tuple[str, Any]]:
    """Yield the scores of all records after one of them was changed."""
    from benchmarks.django import eav2, listing, saving
    from benchmarks.django.data import NAMES
    from benchmarks.django.models import Entity, Native, Record

    place = NAMES.index("score")
    for name, model, change, read in (
        ("native", Native, saving.change_native, listing.native),
        ("ours", Record, saving.change_record, listing.mapping),
        ("django-eav2", Entity, eav2.change_entity, listing.eav2),
    ):
        change(model.objects.order_by("pk")[2], NEW_SCORE)
        yield name, [row[place] for row in read()]


def _created(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is read of records that were created one by one, and from JSON values."""
    from benchmarks.django.creating import as_json
    from benchmarks.django.data import NAMES
    from benchmarks.django.eav2 import create_entity, create_record
    from benchmarks.django.models import Entity, Record
    from benchmarks.django.tables import records

    def read(model: Any, number: int) -> list[list[Any]]:
        fetched = list(model.objects.order_by("-pk")[:number])[::-1]
        if model is Entity:
            return [[_told(getattr(each.eav, name)) for name in NAMES] for each in fetched]
        return [[_told(each.attrs[name]) for name in NAMES] for each in fetched]

    for row in _given():
        create_record(owner, row)
        create_entity(owner, row)
    yield "ours", read(Record, SIZE)
    yield "django-eav2", read(Entity, SIZE)
    Record.objects.bulk_create(records(owner, as_json(_given())))
    yield "ours, JSON values", read(Record, SIZE)


def _refused(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield, for each attribute, which attributes each door complains of when that one is wrong."""
    from benchmarks.django.data import BAD
    from benchmarks.django.models import Record
    from benchmarks.django.tables import records

    good, *_ = _given()
    before = Record.objects.count()
    for name, bad in BAD.items():
        wrong = {**good, name: bad}
        several = records(owner, [good, wrong, good])
        loaded = Record.objects.order_by("pk").first()
        yield (
            name,
            {
                "create": _complaint(lambda wrong=wrong: Record.objects.create(project=owner, attrs=wrong)),
                "bulk_create": _complaint(lambda several=several: Record.objects.bulk_create(several)),
                "set": _complaint(lambda name=name, bad=bad, loaded=loaded: loaded.attrs.__setitem__(name, bad)),
                "written": Record.objects.count() - before,
            },
        )


def _complaint(call: Callable[[], object]) -> list[str] | None:
    from django.core.exceptions import ValidationError

    try:
        call()
    except ValidationError as error:
        return [str(problem.path[0]) for problem in error.problems]
    return None


def _audited() -> dict[str, Any]:
    """Return what the audit says of all records, before and after one is spoilt behind its back."""
    from django.core.management import CommandError
    from django.db import connection

    from benchmarks.django import auditing
    from benchmarks.django.models import Record

    counts = [Record.objects.count(), auditing.read_and_load(), auditing.read_by_django()]
    auditing.check()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bench_record SET attrs = %s WHERE id = (SELECT min(id) FROM bench_record)", ['{"score": -1}']
        )
    try:
        auditing.check()
    except CommandError as error:
        return {"counts": counts, "complaint": str(error)}
    return {"counts": counts, "complaint": None}


def _changed(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield the attributes that there are before and after each change of a schema."""
    from benchmarks.django.changing import CHANGES
    from benchmarks.django.models import FewRecord
    from jsonattrs_django.models import SchemaRecord

    for what, change in CHANGES.items():
        change.before(FewRecord, owner)
        before = list(SchemaRecord.objects.for_selectors(FewRecord, (owner,)))
        change.make(FewRecord, owner)
        yield what, [before, list(SchemaRecord.objects.for_selectors(FewRecord, (owner,)))]


if __name__ == "__main__":
    main()
