"""A writer of unique values: run as a process of its own, by ``python unique_writers.py HOW SEED``.

It prints what it has written, as JSON: the value of each record by its primary key. The last line says that it is done.
"""

from __future__ import annotations

import json
import random
import sys

VALUES = [f"value-{number}" for number in range(400)]


def said(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def with_retries(write):
    """Do a write, again where two have waited for each other; return what was refused, None if nothing was."""
    from django.db import OperationalError

    from jsonattrs_django.errors import AttributeUniqueError

    for _ in range(50):
        try:
            write()
        except AttributeUniqueError as refused:
            return refused
        except OperationalError as error:
            if "deadlock" not in str(error):
                raise
        else:
            return None
    raise AssertionError("too many deadlocks")


def one_by_one(project, chance):
    """Insert each of the values, and now and then give a record another one."""
    from landregistry.models import Party

    mine = []
    for value in chance.sample(VALUES, len(VALUES)):
        party = Party(project=project, type="IN", attrs={"phone": value})
        if with_retries(party.save) is None:
            mine.append(party)
            said(pk=party.pk, value=value)
        if mine and chance.random() < 0.3:
            party, other = chance.choice(mine), chance.choice(VALUES)
            before = party.attrs["phone"]
            party.attrs["phone"] = other
            if with_retries(party.save) is None:
                said(pk=party.pk, value=other)
            else:
                party.attrs["phone"] = before


def in_bulk(project, chance):
    """Insert the values in batches, each of which is taken or refused whole."""
    from landregistry.models import Party

    values = chance.sample(VALUES, len(VALUES))
    for start in range(0, len(values), 5):
        batch = [Party(project=project, type="IN", attrs={"phone": value}) for value in values[start : start + 5]]
        if with_retries(lambda batch=batch: Party.objects.bulk_create(batch)) is None:
            for party in batch:
                said(pk=party.pk, value=party.attrs["phone"])


def main(how, seed):
    import django

    django.setup()
    from landregistry.models import Project

    said(ready=True)
    sys.stdin.readline()
    {"one-by-one": one_by_one, "in-bulk": in_bulk}[how](Project.objects.get(), random.Random(seed))
    said(done=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
