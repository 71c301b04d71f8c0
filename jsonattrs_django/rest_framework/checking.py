"""What a payload says of the attributes of one record, checked by the schema of its scope."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import router

from jsonattrs_core import Problem
from jsonattrs_django import writes
from jsonattrs_django.drafts import Draft
from jsonattrs_django.messages import problem
from jsonattrs_django.pending import put
from jsonattrs_django.reading import with_edits
from jsonattrs_django.references.existence import Asked, dangling
from jsonattrs_django.state import REMOVED
from jsonattrs_django.uniqueness.conflicts import conflicts_of
from jsonattrs_django.uniqueness.writing import claim_inserted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = [
    "Access",
    "AttributeChanges",
    "ToAsk",
    "Verdict",
    "check_changes",
    "check_new",
    "dangling_and_taken",
    "moved_copy",
]


class AttributeChanges(dict[str, Any]):
    """What a payload sets: clean values by attribute name; of a PUT, also the names of what it takes away."""

    def __init__(self, values: Mapping[str, Any], scope: Scope, removed: Iterable[str] = ()) -> None:
        super().__init__(values)
        self.scope = scope  #: in which the record will be
        self.removed = frozenset(removed)

    def apply(self, field: JSONAttributeField, instance: Model) -> None:
        """Set the attributes of a record, whose selectors are as the payload has them; saving it writes them."""
        news = {**self, **dict.fromkeys(self.removed - self.keys(), REMOVED)}
        if news:
            put(field, instance, news)


class Access(NamedTuple):
    """The names of the attributes of one scope that somebody may use."""

    viewed: frozenset[str]
    changed: frozenset[str]  #: of those


class Verdict(NamedTuple):
    """What is to be written of a payload, and what is wrong with it."""

    changes: AttributeChanges
    problems: tuple[Problem, ...]
    asked: Asked | None = None  #: references to records, which have still to be looked for
    draft: Draft | None = None  #: a write that claims unique values, of which has still to be asked who has them


class ToAsk(NamedTuple):
    """What other records may make wrong with one record."""

    field: JSONAttributeField
    verdict: Verdict
    record: Any  #: None of a new one


def check_new(scope: Scope, access: Access, given: Any, *, partial: bool = False) -> Verdict:
    """Decide on the attributes of a new record. With ``partial`` nothing is required of it, and no default applied."""
    refusal = scope.refusal()
    if refusal is not None:
        return Verdict(AttributeChanges({}, scope), (refusal,))
    refused: list[Problem] = []
    if isinstance(given, Mapping) and not given.keys() <= access.changed:
        given, refused = _permitted(given, access, {})
    result = scope.usable.check(given, current={}) if partial else scope.usable.check(given)
    problems = writes.worded(scope, (*result.problems, *refused)) if result.problems or refused else ()
    changes = AttributeChanges(result.value, scope)
    draft = _new_draft(scope, result.value) if scope.claims else None
    return Verdict(changes, problems, Asked(scope, result.value) if scope.compiled.references else None, draft)


def _new_draft(scope: Scope, clean: Mapping[str, Any]) -> Draft:
    """Return the write of a new record, as far as its values are right, with what they claim."""
    keys, dump = scope.compiled.keys, scope.usable.dump_attribute
    draft = Draft(scope, changes={keys[name]: dump(name, value) for name, value in clean.items()})
    claim_inserted(draft)
    return draft


def _permitted(
    given: Mapping[str, Any], access: Access, held: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    """Return what may be set, and the problems of what may not: a value that is sent back as it was is no change."""
    allowed: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name in access.changed:
            allowed[name] = value
        elif name not in access.viewed:
            problems.append(Problem((name,), "unknown", {}))
        elif name not in held or not _is_same(held[name], value):
            problems.append(problem((name,), "read_only", "read_only"))
    return allowed, problems


def _is_same(held: Any, value: Any) -> bool:
    return held == value and isinstance(held, bool) == isinstance(value, bool)


def check_changes(
    field: JSONAttributeField, record: Model, access: Access, given: Any, shown: Mapping[str, Any], *, replaces: bool
) -> Verdict:
    """Decide on what a payload changes of a record, a copy that is already where the payload moves it.

    ``given`` is what it says of the attributes; ``shown`` are the JSON values that the record has, by name. With
    ``replaces`` the attributes that the payload leaves out are taken away, but for those that may not be changed.
    """
    scope = field.scope_of(record)
    if not isinstance(given, Mapping):
        return Verdict(AttributeChanges({}, scope), (Problem((), "type", {"type": "document"}),))
    allowed, refused = _permitted(given, access, shown)
    state = with_edits(field, record)
    kept = {name for name in scope.compiled.references if name in allowed and _is_same(shown.get(name), allowed[name])}
    news = {name: value for name, value in allowed.items() if name not in kept}
    gone = access.changed - allowed.keys() if replaces else frozenset()
    before = copy(record) if scope.claims else None
    put(field, record, {**dict.fromkeys(gone, REMOVED), **news})
    draft = writes.update_draft(field, record)
    held = {scope.compiled.names.get(key) for key in state.current()}
    changes = AttributeChanges({name: draft.clean[name] for name in news if name in draft.clean}, scope, gone & held)
    asked = Asked(scope, dict(changes), record) if scope.compiled.references and changes else None
    problems = writes.worded(scope, (*draft.problems, *refused))
    if before is not None and draft.problems:
        changes.apply(field, before)
        draft = writes.update_draft(field, before)
    return Verdict(changes, problems, asked, draft if draft.every_claim else None)


def dangling_and_taken(asked: Sequence[ToAsk], user: Any) -> list[list[Problem]]:
    """Return the problems of references to what is not there, and of unique values that are taken, for each record.

    It takes one query for each model that is referred to, and one for each attribute that is unique.
    """
    found: list[list[Problem]] = [[] for _ in asked]
    references = [(place, verdict.asked) for place, (_, verdict, _) in enumerate(asked) if verdict.asked is not None]
    if references:
        told = dangling([each for _, each in references], user)
        for (place, _), several in zip(references, told, strict=True):
            found[place] += several
    for field in dict.fromkeys(field for field, verdict, _ in asked if verdict.draft is not None):
        for place, problems in _taken(field, asked).items():
            found[place] += problems
    return found


def _taken(field: JSONAttributeField, asked: Sequence[ToAsk]) -> dict[int, list[Problem]]:
    """Return the problems of unique values of one field that others have, stored or among these, by place."""
    places, drafts = [], []
    for place, (own, verdict, record) in enumerate(asked):
        if verdict.draft is not None and own == field:
            places.append(place)
            drafts.append((verdict.draft, field.model() if record is None else record))
    using = drafts[0][1]._state.db or router.db_for_write(field.model)
    conflicts = conflicts_of(field, using, drafts, mends=False)
    return {places[place]: problems for place, problems in conflicts.items()}


def moved_copy(instance: Model, columns: Mapping[str, Any]) -> Model:
    """Return a copy of a record in which some columns have other values."""
    record = copy(instance)
    for name, value in columns.items():
        setattr(record, name, value)
    return record
