"""What is sent to the database for a write that was checked, and what becomes of the instance's state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_django.documents import RESERVED, document, dumps, joined, members, read
from jsonattrs_django.expressions import MergedDocument, WholeExpression
from jsonattrs_django.state import UNASSIGNED, Change, State
from jsonattrs_django.transactions import COMMITTED
from jsonattrs_django.uniqueness.watching import watching
from jsonattrs_django.writes import demand_that_moves_are_written

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model

    from jsonattrs_django.drafts import Draft
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.transactions import Ticket

__all__ = ["expression_of", "merged", "moved", "settled", "whole_text"]


def merged(field: JSONAttributeField, draft: Draft, instance: Model) -> MergedDocument:
    """Return the expression that writes a draft over what is stored."""
    if draft.text is not None:
        whole = MergedDocument(field, members(draft.text))
        whole.watch = watching(field, [(draft, instance)])
        return whole
    expression = MergedDocument.of(field, draft.written, draft.is_known)
    expression.watch = watching(field, [(draft, instance)])
    return expression


def settled(field: JSONAttributeField, instance: Model, draft: Draft, ticket: Ticket) -> None:
    """Note in the instance that a draft was written; if that is rolled back, it is pending again."""
    if field.attname not in instance.__dict__:
        return  # it was let go of: what the row holds is read when it is asked for
    state: State = instance.__dict__[field.attname]
    if not state.is_stored and draft.text is None and (not draft.changes or ticket is COMMITTED):
        # What else the row holds was never read: it will be, when it is asked for.
        del instance.__dict__[field.attname]
        return
    news: dict[str, Any] = {"assigned": UNASSIGNED, "is_stored": True}
    origin = field.columns_of(instance)
    if draft.text is not None or (draft.is_of_row and state.origin is not None):
        news |= {"origin": origin, "former": None if origin == state.stored_origin else (state.stored_origin, ticket)}
    if draft.text is not None:
        whole = document(draft.changes, draft.text) if not state.document else read(draft.text)
        news |= {"document": whole, "changes": {}, "claims": {}, "ticket": ticket}
    else:
        changes = {key: Change(value, ticket) for key, value in draft.changes.items()}
        news["changes"] = {**state.changes, **changes}
        if draft.claims:
            claims = {member: Change(value, ticket) for member, value in draft.claims.items()}
            news["claims"] = {**state.claims, **claims}
    after = state.after(**news)
    scope = draft.scope
    if state.assigned is UNASSIGNED and state.scope is scope and scope is not None and state.values is not None:
        editable = scope.compiled.editable
        after.working_on(state)
        after.values = {
            **state.values,
            **{name: value for name, value in draft.clean.items() if name not in editable or name not in state.values},
        }
    instance.__dict__[field.attname] = after
    view = state.view_for(instance)
    if view is not None:
        after.view = state.view
        view.refresh()


def moved(field: JSONAttributeField, instance: Model, columns: Collection[str] | None, ticket: Ticket) -> None:
    """Note in the instance that these columns were written, None for all, and its attributes were not."""
    state: State | None = instance.__dict__.get(field.attname)
    if state is None or state.stored_origin is None:
        return
    written = field.selectors.written_with(columns)
    pairs = zip(field.selectors.local_attnames, state.stored_origin, field.columns_of(instance), strict=True)
    origin = tuple(after if name in written else before for name, before, after in pairs)
    if origin == state.stored_origin:
        return
    after = state.with_edits().after(origin=origin, former=(state.stored_origin, ticket))
    instance.__dict__[field.attname] = after
    view = state.view_for(instance)
    if view is not None:
        after.view = state.view
        view.refresh()


def expression_of(field: JSONAttributeField, instance: Model) -> Any:
    """Return the expression for a write in bulk, or of a fixture. Raises AttributeValidationError."""
    if field.saving(instance).is_raw:
        return WholeExpression(field, whole_text(instance.__dict__[field.attname]))
    is_noted_elsewhere = field.saving(instance).is_cleared
    draft = field.checked(instance, False)
    state: State = instance.__dict__[field.attname]

    def note(alias: str, columns: frozenset[str]) -> None:
        # Whoever writes in bulk without our manager tells nobody which columns: and what was compiled was written, or
        # rolled back with the transaction that a bulk write opens.
        if state.origin is not None:
            demand_that_moves_are_written(field, instance, state, columns)
        field.written(instance, draft, alias)

    expression = merged(field, draft, instance)
    expression.pk = instance.pk
    expression.note = None if is_noted_elsewhere else note
    return expression


def whole_text(state: State) -> str:
    """Return the document as it was given, reserved members included: what a fixture holds."""
    if isinstance(state.assigned, str):
        return state.assigned  # as XML fixtures give it
    if state.assigned is not UNASSIGNED:
        return dumps(state.assigned)
    if not state.changes:
        return state.document.text

    reserved = {key: text for key, text in members(state.document.text).items() if key.startswith(RESERVED)}
    return joined({**reserved, **state.texts()})
