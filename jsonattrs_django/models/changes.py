"""Every change of a schema's rows, by whichever door, replaces the generation of its field."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, router, transaction
from django.db.models import signals

from jsonattrs_django.schemas.generation import Generation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ChangeQuerySet", "GenerationRecord", "change", "connect", "touch"]


class GenerationRecord(models.Model):
    """The generation of the schemas of one field: a token that every change of them replaces."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    field = models.CharField(max_length=100)
    token = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["content_type", "field"], name="jsonattrs_generation_field"),)

    def __str__(self) -> str:
        return f"{self.content_type}.{self.field}"


#: The fields of which a change is in progress in this thread or task, which replaces the generation itself.
_in_progress: ContextVar[frozenset[tuple[str, int, str]]] = ContextVar("jsonattrs_changes", default=frozenset())


@contextmanager
def change(content_type: int, field: str, alias: str) -> Iterator[None]:
    """Change schemas of one field in a transaction, one change after the other, under one new generation.

    ``content_type`` is the key of the model's content type.
    """
    mine = (alias, content_type, field)
    with transaction.atomic(using=alias):
        touch(content_type, field, alias)
        before = _in_progress.set(_in_progress.get() | {mine})
        try:
            yield
        finally:
            _in_progress.reset(before)
        generation_of(content_type, field, alias).changed(alias)


def touch(content_type: int, field: str, alias: str) -> bool:
    """Replace the generation of one field, and lock it until the transaction ends.

    Within a change that has done so already nothing is done, and False returned.
    """
    if (alias, content_type, field) in _in_progress.get():
        return False
    token = uuid4().hex
    rows = GenerationRecord.objects.using(alias).filter(content_type=content_type, field=field)
    if not rows.update(token=token):
        rows.update_or_create(content_type_id=content_type, field=field, defaults={"token": token})
    generation_of(content_type, field, alias).changed(alias)
    return True


def _rows_changed(pairs: Iterable[tuple[int, str]], alias: str) -> None:
    """Note that rows of the schemas of several fields have changed, in an order in which two changes cannot deadlock.

    What they have come to say is not looked into: all that is unique has to be seen to again.
    """
    from jsonattrs_django.uniqueness.states import begin_again

    for content_type, field in sorted(set(pairs)):
        if touch(content_type, field, alias):
            begin_again(content_type, field, alias)


def row_changed(instance: Any, using: str, **_: Any) -> None:
    """Receive that a row of a schema was saved or deleted."""
    owner = getattr(instance, "schema", instance) if not hasattr(instance, "digest") else instance
    _rows_changed([(owner.content_type_id, owner.field)], using)


def connect(*senders: type[models.Model]) -> None:
    """Have the changes of these models' rows noticed."""
    for sender in senders:
        signals.post_save.connect(row_changed, sender=sender, dispatch_uid=f"jsonattrs_{sender.__name__}_saved")
        signals.post_delete.connect(row_changed, sender=sender, dispatch_uid=f"jsonattrs_{sender.__name__}_deleted")


def generation_of(content_type: int, field: str, alias: str) -> Generation:
    """Return what the process knows of the generation of a field; of one that is no more, something to throw away."""
    kind = ContentType.objects.db_manager(alias).get_for_id(content_type)
    model = kind.model_class()
    found: Any = next((each for each in model._meta.fields if each.name == field), None) if model else None
    schemas = getattr(found, "schemas", None)
    return schemas.generation if schemas is not None else _unknown(kind.app_label, kind.model, field)


@cache
def _unknown(app_label: str, model: str, field: str) -> Generation:
    return Generation(app_label, model, field)


class ChangeQuerySet(models.QuerySet[Any]):
    """Rows of schemas: a change in bulk, which sends no signals, replaces the generations too."""

    @property
    def _path(self) -> str:
        return "" if self.model is apps.get_model("jsonattrs", "SchemaRecord") else "schema__"

    def _pairs(self) -> list[tuple[int, str]]:
        rows = self.order_by().values_list(f"{self._path}content_type_id", f"{self._path}field").distinct()
        return [(content_type, field) for content_type, field in rows]

    def update(self, **kwargs: Any) -> int:
        """Update the rows, and replace the generations of what they belong to."""
        alias = self._alias()
        with transaction.atomic(using=alias):
            pairs = self.using(alias)._pairs()
            count = super().update(**kwargs)
            _rows_changed(pairs, alias)
        return count

    update.alters_data = True  # type: ignore[attr-defined]  # Django's mark: templates do not call it

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Insert the rows, and replace the generations of what they belong to."""
        objs = list(objs)
        alias = self._alias()
        with transaction.atomic(using=alias):
            created = super().bulk_create(objs, *args, **kwargs)
            _rows_changed(self._pairs_of(objs), alias)
        return created

    def _pairs_of(self, objs: list[Any]) -> list[tuple[int, str]]:
        owners = objs if not self._path else [each.schema for each in objs]
        return [(each.content_type_id, each.field) for each in owners]

    def _alias(self) -> str:
        return str(self._db or router.db_for_write(self.model))
