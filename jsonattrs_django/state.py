"""What an instance knows of its attributes: what is stored, and what has been changed since.

A state lies in the instance's ``__dict__`` under the field's name. It is replaced and never changed where an attribute
is set, so that a copy of the instance, which shares it, does not see the edits of the original.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jsonattrs_django.documents import RESERVED, Document, dumps, members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.transactions import Ticket

__all__ = ["REMOVED", "UNASSIGNED", "Change", "State"]


class _Sentinel:
    """A value that stands for itself, in other processes too."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> str:
        return self.name


#: The value of an attribute whose key is to be removed.
REMOVED: Final = _Sentinel("REMOVED")
#: No whole set of attributes has been assigned.
UNASSIGNED: Final = _Sentinel("UNASSIGNED")


class Change(NamedTuple):
    """A change of one attribute."""

    value: Any  #: the new JSON value, or REMOVED
    ticket: Ticket | None = None  #: of the write that it was part of, None where it was part of none

    @property
    def is_pending(self) -> bool:
        """Tell whether it has still to be written: never written, or written and rolled back."""
        return self.ticket is None or self.ticket.is_lost


#: What a pickled state has.
_PICKLED = ("document", "changes", "assigned", "origin", "is_stored")


class State:
    """What an instance knows of its attributes.

    What most states have is a default of the class: a list makes a state for each record.
    """

    document: Document  #: as it was read, or was when it was first written
    changes: Mapping[str, Change] = MappingProxyType({})  #: by key
    assigned: Any = UNASSIGNED  #: a whole set of attributes, by name, not checked yet
    origin: tuple[Any, ...] | None = None  #: the selector columns of the instance when the document was read
    is_stored = False  #: the document was read from a database, or written to one
    peers: Any = ()  #: weak references to the instances that were fetched together

    # What was worked out from it, for as long as the scope lasts:
    scope: Scope | None = None
    selected: tuple[Any, ...] | None = None
    values: dict[str, Any] | None = None
    plain: Mapping[str, Any] = MappingProxyType({})  #: those of the values that are given out as they are
    handed: Mapping[str, str] | None = None  #: lists and objects that were given out by name, as Python shows them

    def __init__(self, document: Document) -> None:
        self.document = document

    @classmethod
    def stored(cls, document: Document, origin: tuple[Any, ...]) -> State:
        """Return the state of a record that was read."""
        state = cls(document)
        state.origin = origin
        state.is_stored = True
        return state

    def after(self, **news: Any) -> State:
        """Return the state with something new, and nothing worked out."""
        state = State(self.document)
        state.changes, state.assigned, state.origin = self.changes, self.assigned, self.origin
        state.is_stored, state.peers = self.is_stored, self.peers
        for name, value in news.items():
            setattr(state, name, value)
        return state

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name in _PICKLED}

    def with_changes(self, changes: Mapping[str, Change]) -> State:
        """Return the state after further changes, or after what became of them."""
        return self.after(changes={**self.changes, **changes})

    def with_assigned(self, assigned: Any) -> State:
        """Return the state after a whole set of attributes was assigned, whatever was changed before."""
        return self.after(assigned=assigned)

    def working_on(self, other: State) -> State:
        """Take over what another state of the same instance has worked out, and return this one."""
        self.scope, self.selected = other.scope, other.selected
        self.values, self.plain, self.handed = other.values, other.plain, other.handed
        return self

    def work_with(self, values: dict[str, Any]) -> None:
        """Keep the values that were worked out for the scope."""
        special = self.scope.compiled.special if self.scope is not None else ()
        self.values = values
        self.plain = {name: values[name] for name in values if name not in special} if special else values

    def forget(self) -> None:
        """Let go of the values that were worked out for another scope."""
        self.values = None
        self.plain = State.plain

    @property
    def pending(self) -> dict[str, Any]:
        """The JSON values that have still to be written, by key; REMOVED for keys that have to go."""
        return {key: change.value for key, change in self.changes.items() if change.is_pending}

    def current(self) -> Mapping[str, Any]:
        """Return the document under the changes; what was assigned whole is not in it."""
        if not self.changes:
            return self.document
        merged = {**self.document, **{key: change.value for key, change in self.changes.items()}}
        return {key: value for key, value in merged.items() if value is not REMOVED}

    def texts(self) -> dict[str, str]:
        """Return the members of the document under the changes as texts, each number as it is written."""
        texts = {key: text for key, text in members(self.document.text).items() if not key.startswith(RESERVED)}
        for key, change in self.changes.items():
            if change.value is REMOVED:
                texts.pop(key, None)
            else:
                texts[key] = dumps(change.value)
        return texts
