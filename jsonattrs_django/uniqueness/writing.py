"""What a write adds to a document, so that the record claims its unique values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import router

from jsonattrs_django.documents import read
from jsonattrs_django.listing import StoredText
from jsonattrs_django.state import REMOVED, State
from jsonattrs_django.uniqueness.claims import claiming, claims_by
from jsonattrs_django.uniqueness.states import has_claims

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from jsonattrs_django.drafts import Draft
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["claim_inserted", "claim_updated", "leaves", "must_be_read", "read_row", "read_rows"]


def claim_inserted(draft: Draft) -> None:
    """Add what a new record claims."""
    if draft.scope.claims:
        draft.claimed, draft.claims = claims_by(draft.scope, draft.changes)


def must_be_read(field: JSONAttributeField, instance: Model, state: State, *, has_moved: bool) -> bool:
    """Tell whether the row has to be read, so that it is known what it claims and whether it moves.

    That is so of an instance that was constructed with a key, where anything is unique at all, and of one that moves
    where something is or was: the row may hold more than the instance knows of.
    """
    if state.origin is None:
        return has_claims(field)
    return has_moved and (_has_claimed(state) or bool(field.scope_of(instance).claims))


def _has_claimed(state: State) -> bool:
    return '"$' in state.document.text or bool(state.claims)


def read_row(field: JSONAttributeField, instance: Model, using: str | None) -> State | None:
    """Return the state of the row that an instance is written to, None where there is none yet."""
    alias = using or instance._state.db or router.db_for_write(field.model, instance=instance)
    return read_rows(field, alias, [instance.pk]).get(instance.pk)


def read_rows(field: JSONAttributeField, using: str, pks: Sequence[Any]) -> dict[Any, State]:
    """Return the states of rows by primary key."""
    rows = field.model._base_manager.using(using).filter(pk__in=pks)
    found = rows.values_list("pk", StoredText(field.attname), *field.selectors.local_attnames)
    return {pk: State.stored(read(text), tuple(columns)) for pk, text, *columns in found}


def leaves(field: JSONAttributeField, instance: Model, stored: State) -> bool:
    """Tell whether an instance has other selector columns than the row that it is written to."""
    names = field.selectors.local_attnames
    return any(getattr(instance, name) != before for name, before in zip(names, stored.origin or (), strict=True))


def claim_updated(draft: Draft, state: State, *, has_moved: bool, places: bool = False) -> None:
    """Add what a record claims by an update. ``state`` is what is stored, and what the instance has changed of it."""
    scope = draft.scope
    if not scope.claims and not _has_claimed(state):
        return
    document = {**state.current(), **draft.changes}
    document = {key: value for key, value in document.items() if value is not REMOVED}
    made = claiming(scope, document, state.reserved(), draft.changes, has_moved=has_moved, places=places)
    draft.claims, draft.claimed, draft.followed = made.members, made.claimed, made.followed
