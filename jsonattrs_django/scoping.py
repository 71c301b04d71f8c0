"""How an attribute field finds the scope of a record, at each access and at little cost."""

from __future__ import annotations

from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import connections

from jsonattrs_django.schemas.generation import pending_changes, schema_database
from jsonattrs_django.schemas.source import SchemaSource
from jsonattrs_django.selectors import Selectors, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model

    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.state import State

__all__ = ["ScopedField"]

#: Scopes that a field has at hand.
_RECENT = 256
#: Things that a field remembers of its schemas.
_REMEMBERED = 1_000

MISSING = object()


class ScopedField:
    """What an attribute field knows of schemas: which selectors it has, and which scope a record is in."""

    schema_selectors: Iterable[str | tuple[str, str]] = ()
    model: type[Model]
    attname: str
    worked_out: dict[Any, tuple[Any, Any]]

    @cached_property
    def schemas(self) -> SchemaSource:
        """The schemas of this field."""
        return SchemaSource(self.model, self)  # type: ignore[arg-type]  # it is a field, too

    @cached_property
    def selectors(self) -> Selectors:
        """The selectors of this field. Raises SelectorError where a path does not work; a check says so earlier."""
        return Selectors(self.model, self.schema_selectors)

    @property
    def select_related(self) -> tuple[str, ...]:
        """Arguments of ``QuerySet.select_related`` with which a list reads its selectors without a query per record."""
        return self.selectors.relations

    @cached_property
    def recent(self) -> dict[Any, tuple[Scope, tuple[Any, ...]]]:
        """A few of the scopes that the process keeps, by raw selector values and their classes."""
        return {}

    def texts_of(self, instance: Model) -> Texts:
        """Return the texts of the selector values of an instance."""
        return self.selectors.texts(self.selectors.raw(instance))

    def scope_of(self, instance: Model) -> Scope:
        """Return the scope of an instance, as it is now."""
        state: State | None = instance.__dict__.get(self.attname)
        if state is not None and state.scope is not None and self.is_settled(state, instance):
            return state.scope
        return self.found(instance)[0]

    def found(self, instance: Model) -> tuple[Scope, tuple[Any, ...]]:
        """Return the scope of an instance, and its raw selector values. A list asks for few scopes, over and over."""
        selected = self.selectors.raw(instance)
        key = (selected, *map(type, selected))  # 1 and True are one key of a dict
        found = self.recent.get(key)
        if found is not None and self.schemas.generation.is_current(found[0].token):
            return found
        texts = self.selectors.texts(selected)
        found = (self.schemas.scopes([texts], lambda: self._texts_beside(instance))[texts], selected)
        if len(self.recent) >= _RECENT:
            self.recent.clear()
        self.recent[key] = found
        return found

    def _texts_beside(self, instance: Model) -> Iterable[Texts]:
        """Return the texts of the instances that were fetched together with one, whose scopes will be asked for next.

        Only what is there is looked at: a relation that was not selected is not fetched for it.
        """
        state: State | None = instance.__dict__.get(self.attname)
        together = [reference() for reference in (state.peers if state is not None else ())]
        peers = [peer for peer in together if peer is not None and self.selectors.are_at_hand(peer)]
        return dict.fromkeys(self.texts_of(peer) for peer in peers)

    @cached_property
    def is_settled(self) -> Callable[[State, Model], bool]:
        """The function that tells whether the scope of a state is still that of the instance; asked at each access."""
        raw, generation = self.selectors.raw, self.schemas.generation
        if len(self.selectors) == 1 and self.selectors[0].is_plain_column:
            return self._is_settled_by_one_column

        def is_settled(state: State, instance: Model) -> bool:
            return raw(instance) == state.selected and generation.is_current(state.token)

        return is_settled

    @cached_property
    def _is_settled_by_one_column(self) -> Callable[[State, Model], bool]:
        """The same function for the most usual case, in which it calls nothing."""
        generation = self.schemas.generation
        (name,) = self.selectors.local_attnames

        def is_settled(state: Any, instance: Model) -> bool:
            return (
                instance.__dict__.get(name) == state.selected[0]
                and state.scope.token is generation.known
                and not pending_changes
                and monotonic() < generation.until
            )

        return is_settled

    def forget_scopes(self) -> None:
        """Let go of what is known of schemas."""
        self.schemas.generation.reset()
        self.recent.clear()
        self.worked_out.clear()

    def remembered(self, key: Any, find: Callable[[], Any]) -> Any:
        """Return what ``find`` works out from the schemas, asked once for as long as they stay as they are."""
        alias = schema_database()
        pending = self.schemas.generation.pending(connections[alias])
        token = self.schemas.generation.token(alias) if pending is None else pending.token
        known = self.worked_out.get(key)
        if known is not None and known[0] is token:
            return known[1]
        found = find()
        if len(self.worked_out) >= _REMEMBERED:
            self.worked_out.clear()
        self.worked_out[key] = (token, found)
        return found

    # ---- the instance's own columns that decide on its scope ----

    def columns_of(self, instance: Model) -> tuple[Any, ...]:
        """Return the values of the columns of the instance that its scope depends on."""
        own, names = instance.__dict__, self.selectors.local_attnames
        if len(names) == 1:
            return (own.get(names[0], MISSING),)
        return tuple([own.get(name, MISSING) for name in names])

    def has_moved(self, instance: Model, state: State) -> bool:
        """Tell whether the instance's own selector columns have changed since its document was read.

        Where a column was not known then (it comes after this field, or was deferred) the database is asked.
        """
        before, now = state.stored_origin, self.columns_of(instance)
        if before is None or before == now:
            return False
        pairs = list(zip(self.selectors.local_attnames, before, now, strict=True))
        if any(old is not MISSING and old != new for _, old, new in pairs):
            return True
        unknown = [name for name, old, new in pairs if old is MISSING and new is not MISSING]
        stored = self.model._base_manager.using(instance._state.db).filter(pk=instance.pk).values(*unknown).first()
        return stored is not None and any(stored[name] != instance.__dict__[name] for name in unknown)
