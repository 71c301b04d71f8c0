"""For the tests of applications: schemas that last as long as a test needs them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jsonattrs_django.caches import reset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

    from jsonattrs_core import Attribute
    from jsonattrs_django.models import SchemaRecord

__all__ = ["define", "reset", "schema"]


def define(model: type[Model], *attributes: Attribute, selectors: Any = (), **options: Any) -> SchemaRecord:
    """Define the schema of a scope from attributes given one by one; see ``SchemaRecord.objects.define``.

    Inside a test case's transaction nothing has to be undone.
    """
    from jsonattrs_django.models import SchemaRecord

    record: SchemaRecord = SchemaRecord.objects.define(model, attributes, selectors=selectors, **options)
    return record


@contextmanager
def schema(
    model: type[Model], attributes: Iterable[Attribute], selectors: Any = (), **options: Any
) -> Iterator[SchemaRecord]:
    """Let a scope have a schema within the block, for tests that commit; it is deleted at the end."""
    record = define(model, *attributes, selectors=selectors, **options)
    try:
        yield record
    finally:
        record.delete()
