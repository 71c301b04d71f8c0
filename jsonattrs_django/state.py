"""What an instance knows of its attributes: what is stored, and what has been changed since.

A state lies in the instance's ``__dict__`` under the field's name. It is replaced and never changed where an attribute
is set, so that a copy of the instance, which shares it, does not see the edits of the original.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jsonattrs_django.documents import Document, dumps, members
from jsonattrs_django.documents import RESERVED

if TYPE_CHECKING:
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


class State:
    """What an instance knows of its attributes."""

    __slots__ = ("assigned", "changes", "document", "handed", "is_stored", "origin", "peers", "scope", "selected", "values")

    def __init__(
        self,
        document: Document,
        changes: Mapping[str, Change] | None = None,
        assigned: Any = UNASSIGNED,
        origin: tuple[Any, ...] | None = None,
        is_stored: bool = False,
    ) -> None:
        self.document = document  #: as it was read, or was when it was first written
        self.changes: Mapping[str, Change] = changes if changes is not None else {}  #: by key
        self.assigned = assigned  #: a whole set of attributes, by name, not checked yet
        self.origin = origin  #: the selector columns of the instance when the document was read
        self.is_stored = is_stored  #: the document was read from a database, or written to one
        self.peers: Any = ()  #: weak references to the instances that were fetched together
        # What was worked out from it, for as long as the scope lasts:
        self.scope: Scope | None = None
        self.selected: tuple[Any, ...] | None = None
        self.values: dict[str, Any] | None = None
        self.handed: set[str] | None = None  #: names of the lists and objects that were given out, and may be changed

    def __reduce__(self) -> tuple[Any, ...]:
        return State, (self.document, self.changes, self.assigned, self.origin, self.is_stored)

    def with_changes(self, changes: Mapping[str, Change]) -> State:
        """Return the state after further changes, or after what became of them."""
        after = State(self.document, {**self.changes, **changes}, self.assigned, self.origin, self.is_stored)
        after.peers = self.peers
        return after

    def with_assigned(self, assigned: Any) -> State:
        """Return the state after a whole set of attributes was assigned, whatever was changed before."""
        after = State(self.document, self.changes, assigned, self.origin, self.is_stored)
        after.peers = self.peers
        return after

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
