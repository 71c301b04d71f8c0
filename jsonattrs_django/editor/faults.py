"""What is wrong with a schema that is to be published: in its own scope, and in narrower ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.access import address, may_edit_scope
from jsonattrs_django.editor.change import planned_publishing
from jsonattrs_django.editor.names import Names
from jsonattrs_django.schemas.impact import Trial

if TYPE_CHECKING:
    from jsonattrs_django.editor.change import PlannedChange
    from jsonattrs_django.editor.drafts import Draft

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
    return _own_texts(_trial(change), change)


def faults_of(change: PlannedChange, user: Any) -> Faults:
    """Return what would be wrong after a change, in words that tell a user nothing of scopes that she may not edit.

    What is wrong in a narrower scope already counts for nothing.
    """
    trial = _trial(change)
    found = Faults(_own_texts(trial, change) if change.after is not None else [])
    broken = {} if found.own else trial.broken_below(change.texts)
    named = [texts for texts in broken if may_edit_scope(user, change.field, texts)][:_NAMED]
    names = Names(change.field, named)
    site = change.draft.site
    found.narrower = [
        NarrowerFault(names.parts(texts), address("schema", change.field, texts, site), fault_texts(broken[texts]))
        for texts in named
    ]
    found.more = len(broken) - len(named)
    return found


def _trial(change: PlannedChange) -> Trial:
    return Trial(change.field, change.every, change.planned)


def _own_texts(trial: Trial, change: PlannedChange) -> list[str]:
    error = trial.error(change.planned, change.texts)
    return [] if error is None else fault_texts(error)
