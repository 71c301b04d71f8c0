"""Holding a JSON column that has no schema against one that it could have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core import Problem, Schema, compose
from jsonattrs_django.audit import Batch, Finding
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import JSONField

__all__ = ["PlainAudit"]

_BATCH = 2_000


class PlainAudit:
    """An audit of a plain JSON field as if it had this schema, which applies to every record."""

    def __init__(self, field: JSONField[Any, Any], schema: Schema) -> None:
        self._rows = field.model._base_manager.order_by("pk")
        self._name = field.attname
        composed = compose(schema)
        self._validator = composed.compile(registry())
        self._keys = {str(attribute.key) for attribute in composed.values()}

    def __len__(self) -> int:
        """Return how many records there are."""
        return self._rows.count()

    def __iter__(self) -> Iterator[Batch]:
        """Yield what is found, batch by batch of ascending primary keys."""
        last: Any = None
        while True:
            rows = self._rows if last is None else self._rows.filter(pk__gt=last)
            found = list(rows.values_list("pk", self._name)[:_BATCH])
            if not found:
                return
            last = found[-1][0]
            batch = Batch(len(found))
            for pk, document in found:
                self._look_at(pk, document, batch)
            yield batch

    def _look_at(self, pk: Any, document: Any, batch: Batch) -> None:
        if not isinstance(document, dict):
            batch.findings.append(Finding(pk, Problem((), "type", {"type": "document"})))
            return
        batch.findings += [Finding(pk, problem) for problem in self._validator.problems(document)]
        batch.orphans += not document.keys() <= self._keys
