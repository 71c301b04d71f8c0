"""What other processes do to unique values: called by name in a :class:`tests.django.others.Process`."""

from __future__ import annotations

import random

from django.db import OperationalError
from landregistry.models import Party, Project
from testapp.models import Place

from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.uniqueness import enforcing
from tests.django.indexes import synced

__all__ = ["change_members", "insert_many", "sync", "sync_slowly"]


def sync(label):
    """Run attributes_sync; return its exit code and what it wrote."""
    return synced(label)


def sync_slowly(label, batch):
    """Do the same in small batches."""
    enforcing._BATCH = batch
    return synced(label)


def _tried(write):
    """Write, again where two have waited for each other; tell whether it was taken."""
    for _ in range(50):
        try:
            write()
        except AttributeUniqueError:
            return False
        except OperationalError as error:
            if "deadlock" not in str(error):
                raise
        else:
            return True
    raise AssertionError("too many deadlocks")


def change_members(seed, times):
    """Change one member of a group of one record or other, many times; return how often it was taken."""
    chance = random.Random(seed)
    pks = [*Place.objects.order_by("pk").values_list("pk", flat=True)]
    taken = 0
    for _ in range(times):
        record = Place.objects.get(pk=chance.choice(pks))
        record.attrs[chance.choice("xy")] = chance.randint(1, 6)
        taken += _tried(record.save)
    return taken


def insert_many(project, seed, times):
    """Insert values of which many are there; return how many were taken."""
    chance = random.Random(seed)
    project = Project.objects.get(pk=project)
    values = [str(chance.randint(0, 3_000)) for _ in range(times)]
    return sum(_tried(Party(project=project, attrs={"phone": value}).save) for value in values)
