"""Setting attributes of an instance without a verdict: saving it, or `full_clean`, decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jsonattrs_django.reading import with_edits
from jsonattrs_django.state import REMOVED, UNASSIGNED, Change

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["put"]


def put(field: JSONAttributeField, instance: Model, news: Mapping[str, Any]) -> None:
    """Set attributes, by name, to typed values or to whatever is to be refused with the record as a whole.

    REMOVED takes an attribute away. Names that the record's scope does not have are set by their own name, and will be
    refused.
    """
    getattr(instance, field.attname)  # fetches it, where it is deferred
    state = with_edits(field, instance)
    scope = field.scope_of(instance)
    if state.assigned is not UNASSIGNED and isinstance(state.assigned, Mapping):
        assigned = {**state.assigned, **news}
        kept = {name: value for name, value in assigned.items() if value is not REMOVED}
        instance.__dict__[field.attname] = state.with_assigned(kept)
        return
    keys, validator = scope.compiled.keys, scope.compiled.validator
    changes = {
        keys.get(name, name): Change(
            validator.dump_attribute(name, value)
            if validator is not None and name in keys and value is not REMOVED
            else value
        )
        for name, value in news.items()
    }
    instance.__dict__[field.attname] = state.with_changes(changes)
