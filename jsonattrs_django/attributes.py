"""The mapping that a record's attributes are read and written through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.db.models import JSONField, Value

from jsonattrs_django import writes
from jsonattrs_django.documents import RESERVED, read_exactly
from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.names import nearest
from jsonattrs_django.references.reading import resolved
from jsonattrs_django.state import REMOVED, UNASSIGNED, Change, State

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_core import ComposedSchema, Problem
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Attributes"]


class Attributes(MutableMapping[str, Any]):
    """The attributes of one record by name, typed, as the schema of its scope has them.

    It holds those that have a value, null (None) included: ``get`` gives None for the others. Setting one checks and
    normalises the value at once, and raises AttributeValidationError, or KeyError for a name that is no attribute of
    the record. Rules, conditions and what is required are checked when the record is saved. A list or an object that
    was read may be changed in place; it is checked at save too.
    """

    __slots__ = ("_field", "_instance")

    def __init__(self, instance: Model, field: JSONAttributeField) -> None:
        self._instance = instance
        self._field = field

    # ---- what it stands on ----

    def _state(self) -> State:
        return self._instance.__dict__[self._field.attname]

    def _scope(self, state: State) -> Scope:
        """Return the scope of the record, and forget what was worked out for another one."""
        field, instance = self._field, self._instance
        scope = state.scope
        if scope is not None and field.is_settled(state, instance):
            return scope
        found, selected = field.found(instance)
        if found is not scope:
            if state.handed:
                state = writes.with_edits(field, instance)
            state.forget()
            state.scope = found
        state.selected = selected
        return found

    def _values(self) -> tuple[dict[str, Any], Scope]:
        """Return the typed values by name; references as keys."""
        instance, field = self._instance, self._field
        state: State = instance.__dict__[field.attname]
        if state.scope is None and not state.changes and state.assigned is UNASSIGNED:
            scope, state.selected = field.found(instance)  # as it is in lists: read, and not asked for anything yet
            state.scope = scope
            state.work_with(scope.load(state.document))
            return state.values, scope  # type: ignore[return-value]  # there are values now
        if state.values is not None and field.is_settled(state, instance):
            return state.values, state.scope  # type: ignore[return-value]  # values have a scope
        scope = self._scope(state)
        state = self._state()
        if state.values is None:
            state.scope = scope
            state.handed = None
            state.work_with(writes.read_values(scope, state))
        return state.values, scope  # type: ignore[return-value]  # there are values now

    # ---- the mapping ----

    def __getitem__(self, name: str) -> Any:
        # The usual case, in as few steps as it can be: lists read ten attributes of each of a thousand records.
        instance, field = self._instance, self._field
        state = instance.__dict__[field.attname]
        if name in state.plain and field.is_settled(state, instance):
            return state.plain[name]
        values, scope = self._values()
        if name in values:
            return values[name] if name not in scope.compiled.special else self._special(name, values[name], scope)
        if name in scope.compiled.keys:
            raise KeyError(name)
        raise self._unknown(name, scope)

    def _special(self, name: str, value: Any, scope: Scope) -> Any:
        """Return a value that is not given out as it is: what a reference leads to, or what may be edited in place."""
        if name in scope.compiled.references:
            return resolved(self._instance, self._field, scope, name, value)
        state = self._state()
        if state.handed is None or name not in state.handed:
            # A list or an object may be edited in place: not the document's own, with which it will be compared.
            value = state.values[name] = deepcopy(value)  # type: ignore[index]  # it is among the values
            state.handed = {**(state.handed or {}), name: repr(value)}
        return value

    def copy(self) -> dict[str, Any]:
        """Return the typed values as a dict, which is quicker to read many values from."""
        values, scope = self._values()
        special = scope.compiled.special
        if not special:
            return dict(values)
        return {name: self._special(name, value, scope) if name in special else value for name, value in values.items()}

    def items(self) -> Any:
        """Return the names and values."""
        return self.copy().items()

    def values(self) -> Any:
        """Return the values."""
        return self.copy().values()

    def __setitem__(self, name: str, value: Any) -> None:
        values, scope = self._values()
        if name not in scope.compiled.keys:
            raise self._unknown(name, scope)
        writes.demand_writable(self._field, scope, self._state())
        result = scope.usable.check_attribute(name, value, values.get(name))
        if result.problems:
            raise AttributeValidationError(self._field.name, result.problems)
        self._change(name, scope, result.value[name])

    def update(self, *args: Any, **values: Any) -> None:
        """Set several attributes, all of them or none. Raises AttributeValidationError with all problems; KeyError."""
        given = dict(*args, **values)
        held, scope = self._values()
        for name in given:
            if name not in scope.compiled.keys:
                raise self._unknown(name, scope)
        if not given:
            return
        writes.demand_writable(self._field, scope, self._state())
        results = {name: scope.usable.check_attribute(name, value, held.get(name)) for name, value in given.items()}
        problems = [problem for result in results.values() for problem in result.problems]
        if problems:
            raise AttributeValidationError(self._field.name, problems)
        for name, result in results.items():
            self._change(name, scope, result.value[name])

    def __delitem__(self, name: str) -> None:
        values, scope = self._values()
        if name not in scope.compiled.keys:
            raise self._unknown(name, scope)
        if name not in values:
            raise KeyError(name)
        writes.demand_writable(self._field, scope, self._state())
        self._change(name, scope, REMOVED)

    def _change(self, name: str, scope: Scope, value: Any) -> None:
        """Replace the state by one in which an attribute has another clean value, or REMOVED."""
        state, values = self._state(), dict(self._values()[0])
        if state.assigned is not UNASSIGNED:
            assigned = {key: member for key, member in state.assigned.items() if key != name}
            after = state.with_assigned(assigned if value is REMOVED else {**assigned, name: value})
        else:
            stored = value if value is REMOVED else scope.usable.dump_attribute(name, value)
            after = state.with_changes({scope.compiled.keys[name]: Change(stored)})
        values.pop(name, None)
        if value is not REMOVED:
            values[name] = value
        after.working_on(state).work_with(values)
        self._instance.__dict__[self._field.attname] = after

    def __iter__(self) -> Iterator[str]:
        values, scope = self._values()
        return iter([name for name in scope.compiled.keys if name in values])

    def __len__(self) -> int:
        return len(self._values()[0])

    def __contains__(self, name: object) -> bool:
        return name in self._values()[0]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Mapping):
            return self.copy() == dict(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as a dict's

    def __repr__(self) -> str:
        return f"<Attributes {self._values()[0]!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, (self._instance, self._field.attname)

    def __copy__(self) -> dict[str, Any]:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return deepcopy(self.copy(), memo)

    def _unknown(self, name: Any, scope: Scope) -> KeyError:
        if scope.is_empty:
            return KeyError(f"no schema applies to this record, so that it has no attribute {name!r}")
        return KeyError(f"this record has no attribute {name!r}{nearest(str(name), scope.compiled.keys)}")

    # ---- what else can be asked ----

    @property
    def schema(self) -> ComposedSchema:
        """The composed schema of the record's scope, as it is now."""
        return self._scope(self._state()).schema

    @property
    def orphans(self) -> dict[str, Any]:
        """The stored JSON values, by key, that the schema does not define. They are kept, and cannot be set."""
        names = self._scope(self._state()).compiled.names
        state = self._state()
        found: Any = read_exactly(state.document.text) if state.document else {}
        orphans = {key: value for key, value in found.items() if key not in names and not key.startswith(RESERVED)}
        changed = {key: change.value for key, change in state.changes.items() if key not in names}
        return {key: value for key, value in {**orphans, **changed}.items() if value is not REMOVED}

    def problems(self) -> tuple[Problem, ...]:
        """Return what does not fit in the record as it is now; empty where all is well. Never raises for bad data."""
        scope = self._scope(self._state())
        return writes.problems_of(self._field, self._instance, scope)

    def dump(self) -> dict[str, Any]:
        """Return the attributes as JSON values by name, what ``json.dumps`` takes."""
        values, scope = self._values()
        validator = scope.compiled.validator
        if validator is None:
            return dict(values)
        return {name: validator.dump_attribute(name, value) for name, value in values.items()}

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the attributes that `save` would write, and the keys of those that have no name any more."""
        scope = self._scope(self._state())
        return writes.changed_names(self._field, self._instance, scope)

    # ---- where Django asks for an expression: in bulk updates and fixtures ----

    def resolve_expression(
        self,
        query: Any = None,
        allow_joins: bool = True,
        reuse: Any = None,
        summarize: bool = False,
        for_save: bool = False,
    ) -> Any:
        """Return the expression that writes what was changed, checked. Raises AttributeValidationError.

        Where nothing is to be saved it is the document as a value.
        """
        if for_save:
            return writes.expression_of(self._field, self._instance)
        document = Value(dict(self._state().current()), output_field=JSONField())
        return document.resolve_expression(query, allow_joins, reuse, summarize, for_save)
