"""One of several processes that create records at once: ``python -m benchmarks.django.writer DATABASE MODEL``.

It reads lines of JSON from its standard input, each one a task, and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter, time
from typing import Any

MODELS = ("Unique", "UniqueRecord")


def main() -> None:
    """Do the tasks until the input ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.settings"
    import django

    django.setup()
    from django.db import connection

    database, model = sys.argv[1:]
    connection.settings_dict["NAME"] = database
    for line in sys.stdin:
        print(json.dumps(_done(model, **json.loads(line))), flush=True)


def _done(model: str, project: int, names: list[str], begin: float, is_waiting: bool) -> dict[str, Any]:
    """Create a record for each name; say how long it took, and how many names had been taken.

    ``begin`` is the time of all writers at which to begin; ``is_waiting`` says whether commits wait for the disk.
    """
    from django.db import IntegrityError, connection

    from benchmarks.django import models
    from benchmarks.django.data import values

    kind: Any = getattr(models, model)
    rows = [{**row, "name": name} for row, name in zip(values(len(names)), names, strict=True)]
    as_document = model.endswith("Record")
    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit = {'on' if is_waiting else 'off'}")
    taken = 0
    while time() < begin:
        pass
    start = perf_counter()
    for row in rows:
        try:
            if as_document:
                kind.objects.create(project_id=project, attrs=row)
            else:
                kind.objects.create(project_id=project, **row)
        except IntegrityError:
            taken += 1
    return {"seconds": perf_counter() - start, "taken": taken}


if __name__ == "__main__":
    main()
