"""What is wrong with a draft that is to be published, with the pages of the narrower scopes where that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.access import address
from jsonattrs_django.editor.fault_words import fault_in_words
from jsonattrs_django.editor.words import label_in
from jsonattrs_django.planning import faults as planning
from jsonattrs_django.planning.change import planned_publishing
from jsonattrs_django.planning.faults import fault_texts
from jsonattrs_django.planning.names import Names

if TYPE_CHECKING:
    from jsonattrs_django.editor.drafts import Draft
    from jsonattrs_django.planning.change import PlannedChange

__all__ = ["Faults", "fault_texts", "fault_told", "faults_of", "own_faults"]


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


def own_faults(draft: Draft) -> list[str]:
    """Return what is wrong with a draft in its own scope."""
    try:
        change = planned_publishing(draft, draft.schema)
    except JSONAttrsError as error:
        return [fault_told(fault) for fault in planning.faults_in(error)]
    return [fault_told(fault) for fault in planning.own_faults_of(change)]


def faults_of(change: PlannedChange, user: Any, site: str) -> Faults:
    """Return what would be wrong after a change, in words that tell a user nothing of scopes that she may not edit.

    ``site`` is the name of the admin site of the pages that are named.
    """
    found = planning.faults_of(change, user)
    names = Names(change.field, found.narrower)
    narrower = [
        NarrowerFault(names.parts(texts), address("schema", change.field, texts, site), said)
        for texts, said in found.narrower.items()
    ]
    return Faults([fault_told(fault) for fault in found.own], narrower, found.more)


def fault_told(fault: Any) -> str:
    """Return a fault of a draft's own in words, as the core tells it where there are no better ones."""
    name = getattr(fault, "attribute", "")
    words = fault_in_words(fault.message) if name else None
    return str(fault) if words is None else f"{label_in({'name': name}, '')}: {words}"
