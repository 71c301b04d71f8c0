"""What is wrong with a schema that is to be published: in its own scope, and in narrower ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonattrs_core import JSONAttrsError, SchemaError, applicable, compose
from jsonattrs_django.editor.access import address, may_edit_scope
from jsonattrs_django.editor.change import planned_publishing
from jsonattrs_django.editor.names import Names
from jsonattrs_django.indexes.limits import too_long
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.reach import generalises, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core import Schema
    from jsonattrs_django.editor.change import PlannedChange
    from jsonattrs_django.editor.drafts import Draft
    from jsonattrs_django.selectors import Texts

__all__ = ["Faults", "fault_texts", "faults_of", "own_faults"]

#: Narrower scopes that are named; the rest is counted.
_NAMED = 20


@dataclass(frozen=True)
class NarrowerFault:
    """What would be wrong in a narrower scope."""

    parts: list[tuple[str, str]]  #: the scope in words: selectors and values
    url: str
    texts: list[str]


@dataclass
class Faults:
    """Everything that would be wrong."""

    own: list[str] = field(default_factory=list)
    narrower: list[NarrowerFault] = field(default_factory=list)
    more: int = 0  #: narrower scopes that are not named: there are many, or the user may not edit them

    def __bool__(self) -> bool:
        return bool(self.own or self.narrower or self.more)


def fault_texts(error: JSONAttrsError) -> list[str]:
    """Return the reasons that an error gives, a sentence each."""
    return [str(fault) for fault in getattr(error, "faults", None) or [error]]


def own_faults(draft: Draft) -> list[str]:
    """Return what is wrong with a draft in its own scope."""
    try:
        change = planned_publishing(draft)
    except JSONAttrsError as error:
        return fault_texts(error)
    return _Trial(change).faults(change.planned, draft.texts)


def faults_of(change: PlannedChange, user: Any) -> Faults:
    """Return what would be wrong after a change, in words that tell a user nothing of scopes that she may not edit.

    What is wrong in a narrower scope already counts for nothing.
    """
    trial = _Trial(change)
    found = Faults(trial.faults(change.planned, change.texts) if change.after is not None else [])
    broken = {} if found.own else trial.broken_scopes()
    named = [texts for texts in broken if may_edit_scope(user, change.field, texts)][:_NAMED]
    names = Names(change.field, named)
    site = change.draft.site
    found.narrower = [
        NarrowerFault(names.parts(texts), address("schema", change.field, texts, site), broken[texts])
        for texts in named
    ]
    found.more = len(broken) - len(named)
    return found


class _Trial:
    """Composes and compiles, once for all scopes that come out the same."""

    def __init__(self, change: PlannedChange) -> None:
        self._change = change
        said = (attribute for schema in change.planned.values() for attribute in schema.attributes)
        asked = {str(attribute.key or attribute.name) for attribute in said if attribute.indexed is True}
        self._indexed = asked | change.field.schemas.indexed_keys(schema_database())
        self._known: dict[str, list[str]] = {}

    def faults(self, schemas: Mapping[Texts, Schema], texts: Texts) -> list[str]:
        """Return what is wrong with the scope of these texts under these schemas."""
        try:
            composed = compose(*applicable(schemas, texts))
        except SchemaError as error:
            return fault_texts(error)
        key = composed.fingerprint
        if key not in self._known:
            try:
                self._known[key] = too_long(composed, composed.compile(registry()), self._indexed)
            except JSONAttrsError as error:
                self._known[key] = fault_texts(error)
        return self._known[key]

    def broken_scopes(self) -> dict[Texts, list[str]]:
        """Return the narrower scopes that would have faults which they have not now, with all that they would have."""
        change = self._change
        found: dict[Texts, list[str]] = {}
        for texts in self._narrower([*change.every, *change.planned]):
            faults = self.faults(change.planned, texts)
            if faults and not {*faults} <= {*self.faults(change.every, texts)}:
                found[texts] = faults
        return found

    def _narrower(self, bound: list[Texts]) -> Iterable[Texts]:
        own = self._change.texts
        return [texts for texts in reached(bound, own) if texts != own and generalises(own, texts)]
