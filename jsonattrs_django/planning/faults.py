"""What is wrong with a schema that is to be published: in its own scope, and in narrower ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonattrs_django.permissions import may_edit
from jsonattrs_django.schemas.impact import Trial

if TYPE_CHECKING:
    from jsonattrs_core import JSONAttrsError
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.planning.change import PlannedChange
    from jsonattrs_django.selectors import Texts

__all__ = ["Faults", "fault_texts", "faults_in", "faults_of", "may_edit_scope", "own_faults_of"]

#: Narrower scopes that are named; the rest is counted.
_NAMED = 20


@dataclass
class Faults:
    """Everything that would be wrong, as the engine tells it."""

    own: list[Any] = field(default_factory=list)  #: faults, or sentences; the text of each says what is wrong
    narrower: dict[Texts, list[str]] = field(default_factory=dict)  #: by scopes that the user may edit, too
    more: int = 0  #: narrower scopes that are not named: there are many, or the user may not edit them

    def __bool__(self) -> bool:
        return bool(self.own or self.narrower or self.more)


def faults_in(error: JSONAttrsError) -> list[Any]:
    """Return the reasons that an error gives: faults, or sentences."""
    return [*(getattr(error, "faults", None) or [error])]


def fault_texts(error: JSONAttrsError) -> list[str]:
    """Return the reasons that an error gives, a sentence each."""
    return [str(fault) for fault in faults_in(error)]


def may_edit_scope(user: Any, field: JSONAttributeField, texts: Texts) -> bool:
    """Tell whether a user may edit the schema of a scope."""
    return may_edit(user, field.model, field.name, field.selectors.values(texts))


def own_faults_of(change: PlannedChange) -> list[Any]:
    """Return what would be wrong in the scope itself."""
    return _own(_trial(change), change)


def faults_of(change: PlannedChange, user: Any) -> Faults:
    """Return what would be wrong after a change, and tell a user nothing of scopes that she may not edit.

    What is wrong in a narrower scope already counts for nothing.
    """
    trial = _trial(change)
    found = Faults(_own(trial, change) if change.after is not None else [])
    broken = {} if found.own else trial.broken_below(change.texts)
    named = [texts for texts in broken if may_edit_scope(user, change.field, texts)][:_NAMED]
    found.narrower = {texts: fault_texts(broken[texts]) for texts in named}
    found.more = len(broken) - len(named)
    return found


def _trial(change: PlannedChange) -> Trial:
    return Trial(change.field, change.every, change.planned)


def _own(trial: Trial, change: PlannedChange) -> list[Any]:
    error = trial.error(change.planned, change.texts)
    return [] if error is None else faults_in(error)
