"""Changing schemas: what it would do, and then the same, unless somebody else was quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from jsonattrs_core import JSONAttrsError, Schema
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.models.changes import change as held
from jsonattrs_django.planning.change import PlannedChange, planned_publishing, planned_retiring
from jsonattrs_django.planning.faults import faults_of
from jsonattrs_django.planning.published import published_for, standing_for
from jsonattrs_django.rest_framework.schemas.errors import Changed, Conflict, Refused
from jsonattrs_django.rest_framework.schemas.impact import impact_of
from jsonattrs_django.rest_framework.schemas.problems import fault_list, fault_lists, narrower_list
from jsonattrs_django.schemas.generation import schema_database

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.planning.published import Published
    from jsonattrs_django.selectors import Texts

__all__ = ["Order", "Outcome", "publish", "schema_tag", "set_retired"]

#: How often a change is made again where others change the same schema at the same time.
_ATTEMPTS = 3

#: Where the schema is in a request, and in an answer.
_PLACE = ("schema",)


class Order(NamedTuple):
    """Who wants a change, and on which condition."""

    user: Any
    tags: Collection[str] | None = None  #: of which the schema must have one now, None for any
    dry_run: bool = False


class Outcome(NamedTuple):
    """What became of a change, or would become of it."""

    change: PlannedChange
    impact: dict[str, Any]
    now: Published  #: what is published after it; of a dry run, before it
    is_new: bool = False


class _Stale(Exception):
    """Something has changed between the look at it and the lock."""


def schema_tag(now: Published) -> str:
    """Return the strong entity tag of a published schema: the same for as long as that is the same."""
    return f'"{standing_for({"schema": now.published_document, "retired": now.is_retired})}"'


def publish(
    field: JSONAttributeField, texts: Texts, edit: Callable[[Published], Mapping[str, Any]], order: Order
) -> Outcome:
    """Make the document that ``edit`` gives the schema of a scope.

    Raises Refused with everything that is wrong with it, Changed, Conflict, and whatever ``edit`` raises.
    """

    def plan(now: Published) -> PlannedChange:
        document = edit(now)
        try:
            change = planned_publishing(now, Schema.from_document(document))
        except JSONAttrsError as error:
            raise Refused(fault_lists(error, document, _PLACE)) from error
        _refuse_faults(change, order.user, document)
        return change

    def write(change: PlannedChange) -> None:
        values = field.selectors.values(texts)
        objects = SchemaRecord.objects
        objects.define(field.model, selectors=values, field=field.name, schema=change.after, user=order.user)

    return _carried_out(field, texts, plan, write, order)


def set_retired(field: JSONAttributeField, texts: Texts, order: Order, *, retired: bool) -> Outcome:
    """Retire the schema of a scope, or restore it. Raises what :func:`publish` raises."""

    def plan(now: Published) -> PlannedChange:
        change = planned_retiring(now, restore=not retired)
        _refuse_faults(change, order.user, now.published_document or {})
        return change

    def write(change: PlannedChange) -> None:
        if change.now.record is not None:
            SchemaRecord.objects.set_retired([change.now.record], retired, order.user)

    return _carried_out(field, texts, plan, write, order)


def _refuse_faults(change: PlannedChange, user: Any, document: Mapping[str, Any]) -> None:
    """Raise Refused with what would be wrong, which tells nothing of scopes whose schemas the user may not edit."""
    faults = faults_of(change, user)
    if faults:
        own = fault_list(faults.own, document, _PLACE)
        raise Refused([*own, *narrower_list(faults, change.field, _PLACE)])


def _carried_out(
    field: JSONAttributeField,
    texts: Texts,
    plan: Callable[[Published], PlannedChange],
    write: Callable[[PlannedChange], None],
    order: Order,
) -> Outcome:
    """Look, count, and then write while nobody else may, if it is still what was looked at."""
    for _attempt in range(_ATTEMPTS):
        now = published_for(field, texts)
        if order.tags is not None and not _matches(now, order.tags):
            raise Changed
        change = plan(now)
        impact = impact_of(change)  # before the lock: it takes as long as there are records
        if order.dry_run:
            return Outcome(change, impact, now)
        try:
            _write_locked(change, write)
        except (_Stale, JSONAttrsError):  # another change came first, perhaps of another scope; look again
            continue
        return Outcome(change, impact, published_for(field, texts), is_new=now.record is None)
    raise Conflict


def _matches(now: Published, tags: Collection[str]) -> bool:
    return now.record is not None and ("*" in tags or schema_tag(now) in tags)


def _write_locked(change: PlannedChange, write: Callable[[PlannedChange], None]) -> None:
    """Write a change, and nothing where that would change nothing. Raises _Stale; what the write raises."""
    if _changes_nothing(change):
        return
    alias, field = schema_database(), change.field
    kind = ContentType.objects.db_manager(alias).get_for_model(field.model)
    with held(kind.pk, field.name, alias):
        if schema_tag(published_for(field, change.texts)) != schema_tag(change.now):
            raise _Stale
        write(change)


def _changes_nothing(change: PlannedChange) -> bool:
    """Tell whether what is published is what is to be."""
    now = change.now
    if now.record is None or change.after is None:
        return now.is_retired and change.after is None
    return not now.is_retired and now.published_document == change.after.to_document()
