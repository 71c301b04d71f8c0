"""What ``record.attrs`` is: reading it gives the mapping, and assigning to it sets all attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.query_utils import DeferredAttribute

from jsonattrs_django.attributes import Attributes, view_of
from jsonattrs_django.documents import BrokenDocument, Document, new_document
from jsonattrs_django.state import UNASSIGNED, State

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["OMITTED", "AttributesDescriptor", "Omitted"]


class Omitted:
    """What a constructor is given for the field where it is given nothing."""

    def __deepcopy__(self, memo: Any) -> Omitted:
        return self


OMITTED = Omitted()


class AttributesDescriptor(DeferredAttribute):
    """Gives the mapping of an instance, and takes what is assigned to it."""

    field: JSONAttributeField

    def __get__(self, instance: Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        field, own = self.field, instance.__dict__
        if field.attname not in own:
            super().__get__(instance, cls)  # deferred: fetches it, and sets it
        state = own[field.attname]
        if state.view is not None:
            view = state.view_for(instance)
            if view is not None and field.is_settled(state, instance):
                return view
        return view_of(instance, field)

    def __set__(self, instance: Model, value: Any) -> None:
        field, own = self.field, instance.__dict__
        if instance.__class__ not in field.watched:
            field.watch(type(instance))
        known = own.get(field.attname)
        kind = value.__class__
        if kind is Document or kind is BrokenDocument:
            state = own[field.attname] = State.stored(value, field.columns_of(instance))
            if known is not None:
                state.changes = known.changes
        elif kind is Omitted:
            own[field.attname] = State(new_document())
        elif isinstance(value, Attributes):
            _take_over(instance, field, value)
        else:
            assigned = dict(value) if isinstance(value, dict) else value
            own[field.attname] = (known or State(new_document())).with_assigned(assigned)
        if known is not None and known.view is not None:
            _show(instance, field, known)


def _take_over(instance: Model, field: JSONAttributeField, given: Attributes) -> None:
    """Assign the mapping of an instance: the same record's, freshly read, is taken over; another's is copied."""
    source = given.instance
    if source is instance:
        return
    state: State = source.__dict__[given.field.attname]
    is_same_table = source._meta.concrete_model is instance._meta.concrete_model  # one may be a proxy of the other
    is_same_row = is_same_table and source.pk == instance.pk and instance.pk is not None
    if given.field is field and is_same_row and state.is_stored and not state.changes and state.assigned is UNASSIGNED:
        instance._state.__dict__.pop("_jsonattrs_referred", None)
        instance.__dict__[field.attname] = State.stored(state.document, state.origin or ())
        return
    known = instance.__dict__.get(field.attname)
    instance.__dict__[field.attname] = (known or State(new_document())).with_assigned(given.copy())


def _show(instance: Model, field: JSONAttributeField, known: State) -> None:
    """Let a mapping that somebody holds show what the instance has now."""
    view = known.view_for(instance)
    state = instance.__dict__[field.attname]
    if view is not None and state is not known:
        state.view = known.view
        view.refresh()
