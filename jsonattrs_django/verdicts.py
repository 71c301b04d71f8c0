"""What is said of a record as it is now: what does not fit, what rules warn of, and what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jsonattrs_core import Problem
from jsonattrs_django.reading import with_edits
from jsonattrs_django.state import UNASSIGNED
from jsonattrs_django.writes import draft_of

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["changed_names", "problems_of", "warnings_of"]


def problems_of(field: JSONAttributeField, instance: Model, scope: Scope) -> tuple[Problem, ...]:
    """Return what does not fit in a record as it is now."""
    state = with_edits(field, instance)
    if state.document.is_broken:
        return (Problem((), "type", {"type": "document"}),)
    if scope.error is not None:
        refusal = scope.refusal()
        return () if refusal is None else (refusal,)
    if state.assigned is UNASSIGNED:
        return scope.usable.problems(state.current())
    return draft_of(field, instance).problems


def warnings_of(field: JSONAttributeField, instance: Model, scope: Scope) -> tuple[Problem, ...]:
    """Return what rules that only warn say of a record as it is now; nothing of one that cannot be checked."""
    state = with_edits(field, instance)
    if state.document.is_broken or scope.error is not None or scope.compiled.validator is None:
        return ()
    if not any(rule.severity == "warning" for rule in scope.schema.rules):
        return ()
    if state.assigned is UNASSIGNED:
        return scope.usable.warnings(state.current())
    return scope.usable.warnings(state.changed_document(draft_of(field, instance).changes))


def changed_names(field: JSONAttributeField, instance: Model, scope: Scope) -> tuple[str, ...]:
    """Return the names, or keys, of what a save would write."""
    state = with_edits(field, instance)
    names = scope.compiled.names
    if state.assigned is UNASSIGNED:
        pending = state.pending
        return (*(name for key, name in names.items() if key in pending), *(key for key in pending if key not in names))
    given = state.assigned if isinstance(state.assigned, Mapping) else {}
    current = state.current()
    return tuple(name for key, name in names.items() if name in given or key in current)
