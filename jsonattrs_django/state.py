"""What an instance knows of its attributes: what is stored, and what has been changed since.

A state lies in the instance's ``__dict__`` under the field's name. It is replaced and never changed where an attribute
is set, so that a copy of the instance, which shares it, does not see the edits of the original.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jsonattrs_django.documents import RESERVED, Document, dumps, members, reserved_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from weakref import ref

    from django.db.models import Model

    from jsonattrs_django.attributes import Attributes
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.transactions import Ticket

__all__ = ["REMOVED", "UNASSIGNED", "UNKNOWN", "Change", "State"]


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
#: The value of a reserved member that is not known, and so equal to none.
UNKNOWN: Final = _Sentinel("UNKNOWN")


class Change(NamedTuple):
    """A change of one attribute."""

    value: Any  #: the new JSON value, or REMOVED
    ticket: Ticket | None = None  #: of the write that it was part of, None where it was part of none

    @property
    def is_pending(self) -> bool:
        """Tell whether it has still to be written: never written, or written and rolled back."""
        return self.ticket is None or self.ticket.is_lost


#: What a pickled state has.
_PICKLED = ("document", "changes", "claims", "assigned", "origin", "former", "is_stored", "ticket")


class State:
    """What an instance knows of its attributes.

    What most states have is a default of the class: a list makes a state for each record.
    """

    document: Document  #: as it was read, or was when it was first written
    changes: Mapping[str, Change] = {}
    claims: Mapping[str, Change] = {}  #: reserved members that were written since
    assigned: Any = UNASSIGNED  #: a whole set of attributes, by name, not checked yet
    origin: tuple[Any, ...] | None = None  #: the selector columns of the instance when the document was read
    former: tuple[Any, Ticket] | None = None  #: the origin before a move, and the ticket of the write that moved it
    is_stored = False  #: the document was read from a database, or written to one
    ticket: Ticket | None = None  #: of the insert that wrote the document, None where it was read
    peers: Any = ()  #: weak references to the instances that were fetched together

    # What was worked out from it, for as long as the scope lasts:
    scope: Scope | None = None
    selected: tuple[Any, ...] | None = None
    values: dict[str, Any] | None = None
    view: ref[Attributes] | None = None  #: the mapping that shows it, if there is one
    owner: ref[Model] | None = None  #: the instance that its lists and objects were given to

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
        state.changes, state.claims = self.changes, self.claims
        state.assigned, state.origin = self.assigned, self.origin
        state.is_stored, state.ticket, state.former, state.peers = (
            self.is_stored,
            self.ticket,
            self.former,
            self.peers,
        )
        for name, value in news.items():
            setattr(state, name, value)
        return state

    def __getstate__(self) -> dict[str, Any]:
        state = self.with_edits()
        return {name: value for name in _PICKLED if (value := getattr(state, name)) is not getattr(State, name, None)}

    def with_edits(self) -> State:
        """Return the state with the edits, as changes, that were made in place to lists and objects it gave out."""
        scope, values = self.scope, self.values
        if scope is None or not values or not scope.compiled.editable or scope.compiled.validator is None:
            return self
        names = [name for name in scope.compiled.editable if name in values]
        if self.assigned is not UNASSIGNED:
            assigned = {**self.assigned, **{name: values[name] for name in names}}
            return self.with_assigned(assigned).working_on(self) if names else self
        current, keys, load = self.current(), scope.compiled.keys, scope.usable.load_attribute
        # Python shows True and 1 differently, which are equal.
        edited = [name for name in names if repr(values[name]) != repr(load(name, current.get(keys[name])))]
        if not edited:
            return self
        changes = {keys[name]: Change(_dumped(scope, name, values[name])) for name in edited}
        return self.with_changes(changes).working_on(self)

    @property
    def stored_origin(self) -> tuple[Any, ...] | None:
        """The selector columns that the stored row has: those before a move that was rolled back."""
        if self.former is not None and self.former[1].is_lost:
            return self.former[0]
        return self.origin

    def with_changes(self, changes: Mapping[str, Change]) -> State:
        """Return the state after further changes, or after what became of them."""
        return self.after(changes={**self.changes, **changes})

    def with_assigned(self, assigned: Any) -> State:
        """Return the state after a whole set of attributes was assigned, whatever was changed before."""
        return self.after(assigned=assigned)

    def working_on(self, other: State) -> State:
        """Take over what another state of the same instance has worked out, and return this one."""
        self.scope, self.selected, self.values = other.scope, other.selected, other.values
        self.view, self.owner = other.view, other.owner
        return self

    def view_for(self, instance: Model) -> Attributes | None:
        """Return the mapping that shows it, if somebody holds one of this instance: a copy of it shares the state."""
        view = None if self.view is None else self.view()
        return view if view is not None and view.instance is instance else None

    @property
    def known_scope(self) -> Scope:
        """The scope, of a state that has been asked for its values."""
        if self.scope is None:
            raise RuntimeError("a state was asked for its scope before it had one")
        return self.scope

    @property
    def token(self) -> Any:
        """The generation that the scope belongs to."""
        return self.known_scope.token

    @property
    def pending(self) -> dict[str, Any]:
        """The JSON values that have still to be written, by key; REMOVED for keys that have to go."""
        pending = {key: change.value for key, change in self.changes.items() if change.is_pending}
        return {**self.document, **pending} if self.is_undone else pending

    @property
    def is_undone(self) -> bool:
        """Tell whether the insert that wrote the document has been rolled back."""
        return self.ticket is not None and self.ticket.is_lost

    def current(self) -> Mapping[str, Any]:
        """Return the document under the changes; what was assigned whole is not in it."""
        if not self.changes:
            return self.document
        merged = {**self.document, **{key: change.value for key, change in self.changes.items()}}
        return {key: value for key, value in merged.items() if value is not REMOVED}

    def changed_document(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the document as it is with other changes, by key, some of which may be removals."""
        merged = {**self.current(), **changes}
        return {key: value for key, value in merged.items() if value is not REMOVED}

    def reserved(self) -> dict[str, Any]:
        """Return the reserved members that the stored document has, UNKNOWN for what has been rolled back."""
        held = reserved_of(self.document.text)
        for member, change in self.claims.items():
            if change.is_pending:
                held[member] = UNKNOWN
            elif change.value is REMOVED:
                held.pop(member, None)
            else:
                held[member] = change.value
        return held

    def texts(self) -> dict[str, str]:
        """Return the members of the document under the changes as texts, each number as it is written."""
        texts = {key: text for key, text in members(self.document.text).items() if not key.startswith(RESERVED)}
        for key, change in self.changes.items():
            if change.value is REMOVED:
                texts.pop(key, None)
            else:
                texts[key] = dumps(change.value)
        return texts


def _dumped(scope: Scope, name: str, value: Any) -> Any:
    """Return the JSON value of one that was edited in place; of what has none, a copy, which will be refused."""
    try:
        return scope.usable.dump_attribute(name, deepcopy(value))
    except Exception:  # whatever a base type says of what somebody has put into a list
        return value
