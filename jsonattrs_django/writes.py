"""What a write of attributes comes to: checked, and turned into what is sent to the database.

An insert writes a whole document. An update writes the attributes that were changed, unless the record has moved to
another scope, where the whole document is checked, or to another database, where it is written too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jsonattrs_core import Problem
from jsonattrs_django.documents import dumps, joined, read
from jsonattrs_django.drafts import Draft
from jsonattrs_django.errors import AttributeValidationError, WriteRefused
from jsonattrs_django.messages import problem
from jsonattrs_django.reading import typed_current, with_edits
from jsonattrs_django.references.existence import Asked, dangling
from jsonattrs_django.registry import registry
from jsonattrs_django.scoping import MISSING
from jsonattrs_django.state import REMOVED, UNASSIGNED, State
from jsonattrs_django.uniqueness.writing import claim_inserted, claim_updated, leaves, must_be_read, read_row

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = [
    "demand_that_moves_are_written",
    "demand_writable",
    "draft_of",
    "insert_draft",
    "update_draft",
]


#: Changes, and characters of a text, that leave no doubt about the size of a document.
_FEW, _SHORT = 50, 1000


def demand_writable(field: JSONAttributeField, scope: Scope, state: State) -> None:
    """Raise AttributeValidationError where no attribute of the record can be written at all."""
    refusal = _refusal(scope, state)
    if refusal is not None:
        raise AttributeValidationError(field.name, [refusal])


def _refusal(scope: Scope, state: State) -> Problem | None:
    if state.document.is_broken:
        return problem((), "type", "broken")
    return scope.refusal()


def worded(scope: Scope, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Say, of unknown names, where no schema applies at all."""
    if not scope.is_empty:
        return tuple(problems)
    return tuple(problem(each.path, each.code, "no_schema") if each.code == "unknown" else each for each in problems)


def insert_draft(field: JSONAttributeField, instance: Model) -> Draft:
    """Return the whole document of a new record, checked, with defaults."""
    state = with_edits(field, instance)
    scope = field.scope_of(instance)
    draft = Draft(scope)
    given, unknown = _given_whole(scope, state)
    refusal = _refusal(scope, state)
    if refusal is not None:
        draft.problems = (refusal,)
        return draft
    result = scope.usable.check(given)
    draft.problems = worded(scope, (*result.problems, *unknown))
    draft.clean = result.value
    draft.renewed = _renewed(scope, state, result.value)
    draft.changes = scope.usable.dump(result.value)
    if not draft.problems:
        claim_inserted(draft)
        draft.text = _whole_text(state, draft.changes, draft.claims)
    return draft


def _given_whole(scope: Scope, state: State) -> tuple[Any, list[Problem]]:
    if state.assigned is not UNASSIGNED:
        return state.assigned, []
    names = scope.compiled.names
    given = {names[key]: value for key, value in state.current().items() if key in names}
    return given, _unknown_changes(scope, state)


def _unknown_changes(scope: Scope, state: State) -> list[Problem]:
    """Return problems of attributes that were set before the record moved to a scope that does not have them."""
    names = scope.compiled.names
    return [
        Problem((key,), "unknown", {}) for key, set_ in state.changes.items() if set_.is_pending and key not in names
    ]


def _renewed(scope: Scope, state: State, clean: Mapping[str, Any]) -> frozenset[str]:
    if not scope.compiled.references:
        return frozenset()
    if state.assigned is not UNASSIGNED or not state.document:
        return frozenset(clean)
    keys, pending = scope.compiled.keys, state.pending
    return frozenset(name for name in clean if keys[name] in pending or keys[name] not in state.document)


def _whole_text(state: State, changes: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """Return the text of a document: its members as they were written wherever their value is the same."""
    if not state.document:
        return dumps({**changes, **claims} if claims else changes)
    current, texts = state.current(), state.texts()
    for key, value in changes.items():
        if key not in texts or not _is_same(current.get(key), value):
            texts[key] = dumps(value)
    if state.assigned is not UNASSIGNED:
        known = {key for key in texts if key not in state.document}
        texts = {key: text for key, text in texts.items() if key in changes or key not in known}
    return joined({**texts, **{member: dumps(value) for member, value in claims.items()}})


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same, also for JSON: True is no 1 there."""
    try:
        return one == other and dumps(one) == dumps(other)
    except (TypeError, ValueError, RecursionError):  # no JSON value, but something that was put into a list
        return False


def update_draft(
    field: JSONAttributeField, instance: Model, using: str | None = None, columns: frozenset[str] | None = None
) -> Draft:
    """Return what an update of a record writes, checked.

    ``using`` is the database and ``columns`` the names of the fields that are written with it, where these are known.
    Raises WriteRefused where the scope depends on a field that was changed and is not written.
    """
    state = with_edits(field, instance)
    has_moved = state.origin is not None and field.has_moved(instance, state)
    is_elsewhere = using is not None and state.is_stored and instance._state.db not in (None, using)
    is_untouched = state.assigned is UNASSIGNED and not has_moved and not state.pending
    reads = not is_elsewhere and must_be_read(field, instance, state, has_moved=has_moved)
    stored = read_row(field, instance, using) if reads else None
    if is_untouched and stored is None and not is_elsewhere:
        return Draft(state.scope)  # nothing is written, and nothing is asked
    scope = field.scope_of(instance)
    if is_elsewhere:
        return _copy_draft(field, instance, scope)
    known = state if stored is None else stored
    is_moving = has_moved or (stored is not None and leaves(field, instance, stored))
    if is_moving and columns is not None:
        demand_that_moves_are_written(field, instance, state if has_moved else known, columns)
    draft = Draft(scope, is_known=state.is_stored and not state.document.is_broken)
    draft.is_of_row = using is not None or columns is not None
    places = draft.is_of_row and field.selectors.are_among(columns)
    given, removed, unknown = _given_changes(scope, state, instance)
    if is_untouched and not given and not unknown:
        if stored is not None and scope.error is None:
            claim_updated(draft, stored, has_moved=is_moving, places=places)
        return draft
    refusal = _refusal(scope, state)
    if refusal is not None:
        # A record whose document is broken may move; one may not move to where nothing can be checked.
        draft.problems = (refusal,) if given or unknown or scope.error is not None else ()
        return draft
    clean, found = _checked_changes(scope, state, given)
    problems = [*found, *unknown]
    keys = scope.compiled.keys
    draft.changes = {keys[name]: scope.usable.dump_attribute(name, value) for name, value in clean.items()}
    draft.changes |= {keys[name]: REMOVED for name in removed}
    draft.clean = {name: value for name, value in clean.items() if name not in removed}
    draft.renewed = _renewed_by(scope, state, draft)
    if has_moved:
        problems += _whole_problems(scope, state, draft.changes, problems)
    draft.problems = worded(scope, problems)
    if not draft.problems:
        claim_updated(draft, known, has_moved=is_moving, places=places)
    return draft


def _renewed_by(scope: Scope, state: State, draft: Draft) -> frozenset[str]:
    """Return the names of what an update sets anew: of a whole set, not what it repeats."""
    if not scope.compiled.references:
        return frozenset()
    if state.assigned is UNASSIGNED:
        return frozenset(draft.clean)
    keys = scope.compiled.keys
    return frozenset(
        name for name in draft.clean if not _is_same(state.document.get(keys[name]), draft.changes[keys[name]])
    )


def demand_that_moves_are_written(
    field: JSONAttributeField, instance: Model, state: State, columns: frozenset[str]
) -> None:
    """Raise WriteRefused where the attributes are checked for a scope that the record will not be in."""
    now = zip(field.selectors.local_attnames, state.stored_origin or (), field.columns_of(instance), strict=True)
    for name, before, after in now:
        column = field.model._meta.get_field(name)
        if before not in (MISSING, after) and not columns & {column.name, column.attname}:
            raise WriteRefused(
                f"{field.model._meta.label}.{field.name} depends on {column.name!r}, which was changed and is not "
                f"saved with it: add {column.name!r} to update_fields, or leave {field.name!r} out"
            )


def _checked_changes(scope: Scope, state: State, given: Any) -> tuple[dict[str, Any], Sequence[Problem]]:
    """Return the clean values by name, and what is wrong with those that are not."""
    validator = scope.usable
    if state.assigned is not UNASSIGNED or not scope.compiled.is_simple or not _is_small(state, given):
        result = validator.check(given, current=typed_current(scope, state))
        return result.value, result.problems
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        stored = state.document.get(scope.compiled.keys[name])
        result = validator.check_attribute(name, value, validator.load_attribute(name, stored))
        clean.update(result.value)
        problems += result.problems
        if result.value.get(name, value) is None and name in scope.compiled.demanded:
            problems.append(Problem((name,), "required", {}))
    return clean, problems


def _is_small(state: State, given: Mapping[str, Any]) -> bool:
    """Tell whether the document cannot grow too large by these changes, so that it need not be measured."""
    if len(state.changes) > _FEW:
        return False
    most = 4 * (len(state.document.text) + _SHORT * len(state.changes))
    return most < registry().limits.document_bytes and not any(
        isinstance(value, list | dict) or (isinstance(value, str) and len(value) > _SHORT) for value in given.values()
    )


def _given_changes(scope: Scope, state: State, instance: Model) -> tuple[Any, set[str], list[Problem]]:
    """Return the values to check by name, null for those that go; the names of these; and what is unknown."""
    names = scope.compiled.names
    if state.assigned is UNASSIGNED:
        pending = state.pending
        known = {names[key]: value for key, value in pending.items() if key in names}
        removed = {name for name, value in known.items() if value is REMOVED}
        return {**known, **dict.fromkeys(removed)}, removed, _unknown_changes(scope, state)
    if not isinstance(state.assigned, Mapping):
        return state.assigned, set(), []
    removed = {name for name in scope.compiled.keys if name not in state.assigned}
    if instance._state.adding:
        # An insert may follow, which gives the defaults: whether there is a row to update is not known yet.
        removed = {name for name in removed if not _has_default(scope, name)}
    return {**dict.fromkeys(removed), **state.assigned}, removed, []


def _has_default(scope: Scope, name: str) -> bool:
    attribute = scope.schema[name]
    return attribute.default is not None and bool(attribute.required) and "default" in attribute.given


def _whole_problems(scope: Scope, state: State, changes: Mapping[str, Any], found: Iterable[Problem]) -> list[Problem]:
    """Return what the scope refuses in the document with the changes, but for what was found already."""
    document = state.changed_document(changes)
    known = {(each.path, each.code) for each in found}
    return [each for each in scope.usable.problems(document) if (each.path, each.code) not in known]


def _copy_draft(field: JSONAttributeField, instance: Model, scope: Scope) -> Draft:
    """Return the whole document of a record that is written to another database than it was read from."""
    draft = insert_draft(field, instance)
    if draft.text is not None and not draft.problems:
        draft.changes = dict(read(draft.text))
    return draft


def with_references(drafts: Iterable[tuple[Draft, Model]], user: Any = None) -> None:
    """Add to drafts the problems of references to records that are not there: one query for each model.

    With a ``user``, also of those to records that she may not choose.
    """
    asked = [(draft, instance) for draft, instance in drafts if draft.renewed and draft.asked]
    if not asked:
        return
    found = dangling((Asked(draft.scope, draft.asked, instance) for draft, instance in asked), user)
    for (draft, _), problems in zip(asked, found, strict=True):
        draft.problems += problems


def draft_of(field: JSONAttributeField, instance: Model) -> Draft:
    """Return what a save of the record comes to, whether it is a new one or not."""
    return insert_draft(field, instance) if instance._state.adding else update_draft(field, instance)
