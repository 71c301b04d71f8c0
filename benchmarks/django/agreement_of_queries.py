"""What both sides of the benchmarks of queries make of few records, as JSON, for the test that they do the same work.

A program of its own, since it has its own settings: ``python -m benchmarks.django.agreement_of_queries SIZE``.
"""

from __future__ import annotations

import json
import os
import sys
from io import StringIO
from typing import Any


def main() -> None:
    """Do the work, and print what came of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.settings"
    import django

    django.setup()
    from benchmarks.django.data import NAMES
    from benchmarks.django.eav2_searching import fill_entities
    from benchmarks.django.inserting import inserting
    from benchmarks.django.models import Searched, SearchedRecord
    from benchmarks.django.queries import filled
    from benchmarks.django.searching import searches
    from benchmarks.django.tables import database

    size = int(sys.argv[1])
    with database():
        owner = filled(size)
        fill_entities(NAMES)
        columns, records = (list(model.objects.order_by("pk")) for model in (Searched, SearchedRecord))
        found = {
            "columns": [[str(getattr(each, name)) for name in NAMES] for each in columns],
            "documents": [[str(each.attrs[name]) for name in NAMES] for each in records],
            "complaint": _complaint(),
            "searches": {each.work: [_keys(each.ours), _keys(each.theirs)] for each in searches()},
            "eav2": _eav2(),
            "indexes": {"ours": _indexes(SearchedRecord), "theirs": _indexes(Searched)},
            "claims": _claims(size),
        }
        for _ in inserting(owner, size, 2):
            pass
        found["after inserting"] = [model.objects.count() for model in (Searched, SearchedRecord)]
    print(json.dumps(found))


def _keys(query: Any) -> list[int]:
    """Return the primary keys in the order asked for; where none is, in theirs."""
    keys = [each.pk for each in query.all()]
    return keys if query.ordered else sorted(keys)


def _complaint() -> str | None:
    from django.core.management import CommandError, call_command

    from benchmarks.django.models import GinRecord, SearchedRecord

    output = StringIO()
    try:
        for model in (SearchedRecord, GinRecord):
            call_command("attributes_check", model._meta.label, no_progress=True, stdout=output)
    except CommandError as error:
        return f"{error}\n{output.getvalue()}"
    return None


def _eav2() -> dict[str, list[list[int]]]:
    from benchmarks.django.eav2_searching import searches

    return {name: [_keys(ours), _keys(theirs)] for name, _, ours, theirs in searches()}


def _indexes(model: Any) -> int:
    """Return how many indexes a table has, but for those of its keys."""
    from django.db import connection

    keys = {"project_id", "id"}
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
    return sum(1 for each in found if each["index"] and not each["primary_key"] and not keys & {*each["columns"]})


def _claims(size: int) -> list[int] | None:
    """Return the records whose claims, written by the database, are others than those that Django writes."""
    from django.db import connection

    from benchmarks.django.models import UniqueRecord
    from benchmarks.django.uniqueness import fill_claimed
    from jsonattrs_django.uniqueness.mending import records

    if connection.vendor != "postgresql":
        return None
    fill_claimed(size)
    field: Any = UniqueRecord._meta.get_field("attrs")
    keys = list(UniqueRecord.objects.values_list("pk", flat=True))
    assert len(keys) == size
    return [each.pk for each in records(field, "default", keys) if each.changes]


if __name__ == "__main__":
    main()
