"""What a record's attributes are, worked out from the state of an instance."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from jsonattrs_django.state import REMOVED, UNASSIGNED, State

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["read_values", "typed_current", "with_edits"]


def read_values(scope: Scope, state: State) -> dict[str, Any]:
    """Return the typed values of a state by name, references as keys; what does not fit as it is stored."""
    if state.assigned is not UNASSIGNED:
        return _read_assigned(scope, state.assigned)
    values = scope.load(state.current())
    for name in scope.compiled.editable:
        if name in values:
            values[name] = deepcopy(values[name])  # not the document's own, with which it will be compared
    return values


def _read_assigned(scope: Scope, assigned: Any) -> dict[str, Any]:
    if not isinstance(assigned, Mapping):
        return {}
    known = {name: value for name, value in assigned.items() if name in scope.compiled.keys}
    validator = scope.compiled.validator
    if validator is None:
        return known
    return {name: validator.check_attribute(name, value).value.get(name, value) for name, value in known.items()}


def typed_current(scope: Scope, state: State) -> dict[str, Any]:
    """Return the typed values that are stored, or were written in this transaction."""
    written = {key: change.value for key, change in state.changes.items() if not change.is_pending}
    document = {} if state.is_undone else state.document
    stored: Mapping[str, Any] = {**document, **written} if written else document
    return scope.usable.load({key: value for key, value in stored.items() if value is not REMOVED})


def with_edits(field: JSONAttributeField, instance: Model) -> State:
    """Return the state of an instance, which has noted the edits made in place."""
    state: State = instance.__dict__[field.attname]
    after = state.with_edits()
    if after is not state:
        instance.__dict__[field.attname] = after
    return after
