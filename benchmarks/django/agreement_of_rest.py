"""What the serializers of both sides accept, refuse and give, as JSON, for the test that they do the same work.

A program of its own, since it has its own settings: ``python -m benchmarks.django.agreement_of_rest``.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 3


def main() -> None:
    """Do the work, and print what came of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.settings"
    import django

    django.setup()
    from benchmarks.django.tables import database, fill, project

    with database():
        owner = project()
        fill(owner, SIZE)
        found = {"valid": _valid, "refused": _refused, "shown": _shown, "works": _works}
        print(json.dumps({name: dict(of(owner)) for name, of in found.items()}))


def _sides() -> dict[str, Any]:
    from benchmarks.django.serializers import NativeSerializer, RecordSerializer

    return {"ours": RecordSerializer, "native": NativeSerializer}


def _valid(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values that each side has when it has validated the same records."""
    from benchmarks.django.rest import valid
    from benchmarks.django.serializers import payload

    for side, serializer in _sides().items():
        rows = valid(serializer, payload(serializer.Meta.model, owner, SIZE), owner)
        yield side, [{name: f"{type(value).__name__} {value}" for name, value in _flat(row).items()} for row in rows]


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat = {**row, **row.get("attrs", {})}
    return {name: flat[name] for name in sorted(flat) if name not in ("id", "project", "attrs")}


def _refused(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names of what each side refuses where one value after the other is spoilt, or left out."""
    from benchmarks.django.serializers import SPOILT, TEN, as_json, payload

    for side, serializer in _sides().items():
        found = []
        for name in TEN:
            for bad in ({name: as_json(SPOILT[name])}, {name: None}):
                (row,) = payload(serializer.Meta.model, owner, 1)
                row.get("attrs", row).update(bad)
                made = serializer(data=row, context={"project": owner})
                made.is_valid()
                found.append(sorted(made.errors.get("attrs", made.errors)))
        yield side, found


def _shown(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield the JSON values that each side gives of the stored records."""
    for side, serializer in _sides().items():
        records = serializer.Meta.model.objects.order_by("pk")
        yield side, [_flat(row) for row in serializer(records, many=True).data]


def _works(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield how much each thing that is timed returns."""
    from benchmarks.django.rest import works

    for work in works(SIZE, SIZE):
        for side, serializer in (("ours", work.ours), ("native", work.theirs)):
            contestant = work.contestant(serializer, owner)
            done: Any = contestant.run(contestant.prepare())
            yield f"{work.name}, {side}", len(done)


if __name__ == "__main__":
    main()
