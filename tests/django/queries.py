"""Counting queries, but for those that begin and end transactions."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connections
from django.test.utils import CaptureQueriesContext

_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@contextmanager
def asked(using="default"):
    """Give a list that holds, after the block, the statements that were made in it."""
    found = []
    with CaptureQueriesContext(connections[using]) as captured:
        yield found
    found += [query["sql"] for query in captured if not query["sql"].startswith(_CONTROL)]


def forget():
    """Forget all schemas, as a process does that has just begun, but for the types of content."""
    from django.contrib.contenttypes.models import ContentType

    from jsonattrs_django.models import GenerationRecord
    from jsonattrs_django.testing import reset

    reset()
    ContentType.objects.get_for_model(GenerationRecord)
