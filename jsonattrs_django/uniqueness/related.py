"""Rows that the scopes of records depend on: where one that is saved leads elsewhere now, the claims follow."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connections
from django.db.models import signals
from django.db.models.constants import LOOKUP_SEP

from jsonattrs_django.selectors import SelectorError
from jsonattrs_django.targets import all_fields, label_of
from jsonattrs_django.uniqueness.mending import mend, mend_again
from jsonattrs_django.uniqueness.states import has_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["follow_related_rows"]

logger = logging.getLogger("jsonattrs_django")

#: Records of one row whose claims follow at once: of more, a request that saves the row would take too long.
_MOST = 10_000
#: Records that are read and written together.
_CHUNK = 1_000
#: Where an instance's state notes what its save changes.
_LEADS_ELSEWHERE = "_jsonattrs_leads_elsewhere"


class _Step(NamedTuple):
    """A relation on the path of a selector, and the column of its rows that the path goes on with."""

    field: JSONAttributeField
    path: str  #: the lookup that leads to the row
    model: type[Model]  #: of the row
    column: Any  #: a field of that model


def follow_related_rows() -> None:
    """Follow the saves of all rows that are on the path of a selector."""
    for field in all_fields():
        for step in _steps(field):
            for model in apps.get_models():
                if issubclass(model, step.model):
                    uid = f"jsonattrs_{field}_{step.path}_{step.column.name}"
                    signals.pre_save.connect(partial(_before, step), sender=model, dispatch_uid=uid, weak=False)
                    signals.post_save.connect(partial(_after, step), sender=model, dispatch_uid=uid, weak=False)


def _steps(field: JSONAttributeField) -> Iterator[_Step]:
    try:
        selectors = [*field.selectors]
    except SelectorError:  # a check reports it
        return
    for selector in selectors:
        path = [*selector.hops, selector.last]
        for place, hop in enumerate(selector.hops):
            names = LOOKUP_SEP.join(each.name for each in path[: place + 1])
            yield _Step(field, names, hop.related_model, path[place + 1])


def _before(step: _Step, instance: Model, raw: bool, using: str, update_fields: Any = None, **_: Any) -> None:
    column = step.column
    is_new = instance._state.adding and (instance.pk is None or instance._meta.pk.has_default())
    if raw or is_new or column.attname not in instance.__dict__ or not has_claims(step.field):
        return
    if update_fields is not None and {column.name, column.attname}.isdisjoint(update_fields):
        return
    stored = step.model._base_manager.using(using).filter(pk=instance.pk).values_list(column.attname, flat=True)
    if any(before != getattr(instance, column.attname) for before in stored):
        instance._state.__dict__.setdefault(_LEADS_ELSEWHERE, []).append(step)


def _after(step: _Step, instance: Model, using: str, **_: Any) -> None:
    steps = instance._state.__dict__.get(_LEADS_ELSEWHERE, [])
    if step in steps:
        steps.remove(step)
        _lead(step, instance, using)


def _lead(step: _Step, row: Model, using: str) -> None:
    """Have the records of a row claim their values where they are now. Those that cannot give the claim up."""
    field = step.field
    records = field.model._base_manager.using(using).filter(**{step.path: row}).order_by("pk")
    pks = [*records.values_list("pk", flat=True)[: _MOST + 1]]
    if len(pks) > _MOST:
        logger.warning(
            "%s %r has more than %d records of %s, whose scope has changed: run attributes_check --claims, so that "
            "their unique values are known in it",
            *(row._meta.label, row.pk, _MOST, label_of(field)),
        )
        return
    put_right = mend if connections[using].in_atomic_block else mend_again
    conflicts = 0
    for start in range(0, len(pks), _CHUNK):
        conflicts += len(put_right(field, using, pks[start : start + _CHUNK]).conflicts)
    if conflicts:
        logger.warning(
            "%s %r is in another scope now, where %d of its records of %s have unique values that others have, too; "
            "attributes_check --claims names them",
            *(row._meta.label, row.pk, conflicts, label_of(field)),
        )
