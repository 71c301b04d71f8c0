"""The mapping that a record's attributes are read and written through."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NoReturn
from weakref import ref

from django.db.models import JSONField, Value

from jsonattrs_django import reading, sending, verdicts, writes
from jsonattrs_django.documents import RESERVED, read_exactly
from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.names import nearest
from jsonattrs_django.references.reading import resolved
from jsonattrs_django.state import REMOVED, UNASSIGNED, Change, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import Model

    from jsonattrs_core import ComposedSchema, Problem
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Attributes", "settled_state", "view_of"]

_ABSENT = object()


class Attributes(dict[str, Any]):
    """The attributes of one record by name, typed, as the schema of its scope has them.

    It holds those that have a value, null (None) included: ``get`` gives None for the others. Setting one checks and
    normalises the value at once, and raises AttributeValidationError, or KeyError for a name that is no attribute of
    the record. Rules, conditions and what is required are checked when the record is saved. A list or an object that
    was read may be changed in place; it is checked at save too.

    It is a dict, so that reading costs no more than that. Its values are those of the moment at which it was asked for,
    ``record.attrs``, but for what is set through it or assigned to the record.
    """

    __slots__ = ("__weakref__", "field", "instance")

    instance: Model  #: the record
    field: JSONAttributeField  #: its attribute field

    # ---- writing ----

    def __setitem__(self, name: str, value: Any) -> None:
        scope = self._scope_to_write(name)
        result = scope.usable.check_attribute(name, value, self._held().get(name))
        if result.problems:
            raise AttributeValidationError(self.field.name, result.problems)
        self._change({name: result.value[name]}, scope)

    def __delitem__(self, name: str) -> None:
        scope = self._scope_to_write(name)
        if name not in self._held():
            raise KeyError(name)
        self._change({name: REMOVED}, scope)

    def update(self, *args: Any, **values: Any) -> None:
        """Set several attributes, all of them or none. Raises AttributeValidationError with all problems; KeyError."""
        given = dict(*args, **values)
        scopes = [self._scope_to_write(name) for name in given]
        if not scopes:
            return
        scope, held = scopes[0], self._held()
        results = {name: scope.usable.check_attribute(name, value, held.get(name)) for name, value in given.items()}
        problems = [problem for result in results.values() for problem in result.problems]
        if problems:
            raise AttributeValidationError(self.field.name, problems)
        self._change({name: result.value[name] for name, result in results.items()}, scope)

    def __ior__(self, other: Any) -> Any:  # type: ignore[misc]  # `|` gives a dict, as it does of every dict
        self.update(other)
        return self

    def setdefault(self, name: str, default: Any = None) -> Any:
        """Return the value of an attribute, set to ``default`` if it has none."""
        if name not in self:
            self[name] = default
        return self[name]

    def pop(self, name: str, default: Any = _ABSENT) -> Any:
        """Remove an attribute and return its value; ``default`` if it has none. Raises KeyError without one."""
        if name not in self and default is not _ABSENT:
            return default
        value = self[name]
        del self[name]
        return value

    def popitem(self) -> tuple[str, Any]:
        """Remove the last attribute, and return its name and value. Raises KeyError where there is none."""
        name = next(reversed(self), None)
        if name is None:
            raise KeyError("the record has no attributes")
        return name, self.pop(name)

    def clear(self) -> None:
        """Remove every attribute that the schema defines; what it does not define stays."""
        names = list(self)
        if names:
            self._change(dict.fromkeys(names, REMOVED), self._scope_to_write(names[0]))

    def _scope_to_write(self, name: str) -> Scope:
        """Return the scope of the record now. Raises KeyError; AttributeValidationError where nothing is written."""
        self.refresh()
        scope = self._state.known_scope
        if name not in scope.compiled.keys:
            self.__missing__(name)
        writes.demand_writable(self.field, scope, self._state)
        return scope

    def _change(self, news: Mapping[str, Any], scope: Scope) -> None:
        """Replace the state by one in which attributes have other clean values, or are removed."""
        state, values = self._state, dict(self._held())
        if state.assigned is not UNASSIGNED:
            assigned = {**state.assigned, **news}
            after = state.with_assigned({name: value for name, value in assigned.items() if value is not REMOVED})
        else:
            dump, keys = scope.usable.dump_attribute, scope.compiled.keys
            after = state.with_changes(
                {keys[name]: Change(new if new is REMOVED else dump(name, new)) for name, new in news.items()}
            )
        values.update(news)
        order = scope.compiled.keys if values.keys() - self._held().keys() else values
        after.working_on(state).values = {
            name: values[name] for name in order if name in values and values[name] is not REMOVED
        }
        after.view = ref(self)
        self.instance.__dict__[self.field.attname] = after
        self._fill(after.values or {})

    # ---- what it stands on ----

    @property
    def _state(self) -> State:
        return self.instance.__dict__[self.field.attname]

    def _held(self) -> dict[str, Any]:
        """Return the typed values as they are, references as keys."""
        return self._state.values or {}

    def _fill(self, values: Mapping[str, Any]) -> None:
        super().clear()
        super().update(values)

    def refresh(self) -> None:
        """Show the attributes of the record as they are now."""
        view_of(self.instance, self.field, self)

    def __missing__(self, name: Any) -> NoReturn:
        scope = self._state.known_scope
        if name in scope.compiled.keys:
            raise KeyError(name)
        if scope.is_empty:
            raise KeyError(f"no schema applies to this record, so that it has no attribute {name!r}")
        raise KeyError(f"this record has no attribute {name!r}{nearest(str(name), scope.compiled.keys)}")

    # ---- what a dict does ----

    def __repr__(self) -> str:
        return f"<Attributes {dict.__repr__(self)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, (self.instance, self.field.attname)

    def __copy__(self) -> dict[str, Any]:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return deepcopy(self.copy(), memo)

    def copy(self) -> dict[str, Any]:
        """Return the typed values as a plain dict."""
        return dict(self)

    # ---- what else can be asked ----

    @property
    def schema(self) -> ComposedSchema:
        """The composed schema of the record's scope, as it is now."""
        return self.field.scope_of(self.instance).schema

    @property
    def orphans(self) -> dict[str, Any]:
        """The stored JSON values, by key, that the schema does not define. They are kept, and cannot be set."""
        names, state = self.field.scope_of(self.instance).compiled.names, self._state
        found: Any = read_exactly(state.document.text) if state.document else {}
        orphans = {key: value for key, value in found.items() if key not in names and not key.startswith(RESERVED)}
        changed = {key: change.value for key, change in state.changes.items() if key not in names}
        return {key: value for key, value in {**orphans, **changed}.items() if value is not REMOVED}

    def problems(self) -> tuple[Problem, ...]:
        """Return what does not fit in the record as it is now; empty where all is well. Never raises for bad data."""
        return verdicts.problems_of(self.field, self.instance, self.field.scope_of(self.instance))

    def warnings(self) -> tuple[Problem, ...]:
        """Return what rules that only warn say of the record as it is now. They refuse nothing."""
        return verdicts.warnings_of(self.field, self.instance, self.field.scope_of(self.instance))

    def dump(self) -> dict[str, Any]:
        """Return the attributes as JSON values by name, what ``json.dumps`` takes."""
        self.refresh()
        validator = self._state.known_scope.compiled.validator
        if validator is None:
            return dict(self._held())
        return {name: validator.dump_attribute(name, value) for name, value in self._held().items()}

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the attributes that `save` would write, and the keys of those that have no name any more."""
        return verdicts.changed_names(self.field, self.instance, self.field.scope_of(self.instance))

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
            return sending.expression_of(self.field, self.instance)
        document = Value(dict(self._state.current()), output_field=JSONField())
        return document.resolve_expression(query, allow_joins, reuse, summarize, for_save)


class ReferringAttributes(Attributes):
    """The same where some attributes refer to records: these are given for their keys, fetched when they are read."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        return self._given(name, super().__getitem__(name))

    def _given(self, name: str, value: Any) -> Any:
        scope = self._state.known_scope
        if name not in scope.compiled.references:
            return value
        return resolved(self.instance, self.field, scope, name, value)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of an attribute, ``default`` if it has none."""
        return self[name] if name in self else default  # noqa: SIM401 - it is what `get` is made of

    def items(self) -> Any:
        """Return the names and values."""
        return {name: self._given(name, value) for name, value in super().items()}.items()

    def values(self) -> Any:
        """Return the values."""
        return dict(self.items()).values()

    def __iter__(self) -> Iterator[str]:
        return super().__iter__()  # so that `dict(attributes)` asks for each value

    def __eq__(self, other: object) -> bool:
        return self.copy() == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]  # as a dict's


def view_of(instance: Model, field: JSONAttributeField, view: Attributes | None = None) -> Attributes:
    """Return the mapping of an instance, filled with what it has now; the same one for as long as somebody holds it."""
    state = settled_state(instance, field)
    values = state.values or {}
    shown = state.view_for(instance)
    is_shared = shown is None and state.view is not None and state.view() is not None
    view = shown if view is None else view
    if view is None:
        view = _kind(state)(values)
        view.instance, view.field = instance, field
    else:
        view.__class__ = _kind(state)
        view._fill(values)
    if is_shared:
        # The instance is a copy of another one, with which it shares the state until one of them is edited.
        state = instance.__dict__[field.attname] = state.after().working_on(state)
    state.view = ref(view)
    field.last_view = view  # held until the next one is made: `record.attrs` is mostly asked for several times in a row
    return view


def _kind(state: State) -> type[Attributes]:
    return ReferringAttributes if state.known_scope.compiled.references else Attributes


def settled_state(instance: Model, field: JSONAttributeField) -> State:
    """Return the state of an instance with the scope that it is in now, and its typed values."""
    state: State = instance.__dict__[field.attname]
    if state.owner is not None and state.owner() is not instance:
        # The instance is a copy of another one, whose lists and objects it does not share.
        state = instance.__dict__[field.attname] = state.after()
    if state.scope is not None and state.values is not None and field.is_settled(state, instance):
        return state
    scope, selected = field.found(instance)
    if state.scope is not None and scope is not state.scope:
        state = reading.with_edits(field, instance)
        state.values = None
    state.scope, state.selected = scope, selected
    if state.values is None:
        if scope.compiled.editable or state.changes or state.assigned is not UNASSIGNED:
            state.values = reading.read_values(scope, state)
            state.owner = ref(instance)
        else:
            state.values = scope.load(state.document)
    return state
