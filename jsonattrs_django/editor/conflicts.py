"""What two people have edited at the same time: what the draft says now, beside what would be put in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from jsonattrs_core import JSONAttrsError, Schema
from jsonattrs_django.editor.definitions.opening import composed_of
from jsonattrs_django.editor.differences import Differences, Property
from jsonattrs_django.editor.drafts import key_of, standing_for
from jsonattrs_django.editor.words import property_title, property_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["OVER", "SEEN", "Conflict", "conflict_of", "definitions_told", "seen_by", "values_told"]

#: The parameter that stands for what the page has shown.
SEEN = "_seen"
#: That of the button which puts mine in the place of what somebody else has kept: it stands for what that is.
OVER = "_over"

#: What a schema says that is about none of its attributes, and that texts in it depend on.
_OF_SCHEMA = ("format", "name", "default_language")


@dataclass(frozen=True)
class Conflict:
    """Somebody has kept something else since the page was opened."""

    who: str  #: has edited the draft last, nothing where nobody knows
    when: datetime | None
    rows: Sequence[Property]  #: what is said otherwise: theirs, and mine
    over: str  #: stands for theirs


def seen_by(request: HttpRequest, now: str) -> str:
    """Return what stands for what a user has seen, ``now`` where nothing was posted.

    It goes with the form as long as the user works on it, so that a page which is shown anew forgets nothing.
    """
    return request.POST.get(OVER) or request.POST.get(SEEN, now)


def conflict_of(draft: Draft, theirs: dict[str, Any], rows: Sequence[Property]) -> Conflict:
    """Return the conflict over what the draft says now."""
    row, over = draft.row, standing_for(theirs)
    return Conflict("" if row is None else row.edited_by, None if row is None else row.edited_at, rows, over)


def definitions_told(draft: Draft, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Sequence[Property]:
    """Return in words what two definitions of one attribute say otherwise."""
    try:
        before, after = (_alone(draft, key_of(theirs), said) for said in (theirs, mine))
        return Differences(before, after, composed_of(draft)).told(key_of(theirs))
    except JSONAttrsError:  # one of them can be no schema: it is told as it is written
        return values_told(theirs, mine)


def _alone(draft: Draft, key: str, definition: Mapping[str, Any]) -> Schema:
    """Return a schema that says nothing else."""
    plain: dict[str, Any] = {name: draft.document[name] for name in _OF_SCHEMA if name in draft.document}
    return Schema.from_document({**plain, "attributes": [{**definition, "key": key}]})


def values_told(
    theirs: Mapping[str, Any], mine: Mapping[str, Any], titles: Mapping[str, str] | None = None
) -> list[Property]:
    """Return what two mappings of properties say otherwise, the values as they are written.

    ``titles`` are those of properties that are none of attributes.
    """
    named = {} if titles is None else titles
    return [
        Property(
            named.get(name) or capfirst(property_title(name)),
            *(property_value(name, said.get(name)) for said in (theirs, mine)),
        )
        for name in dict.fromkeys([*theirs, *mine])
        if theirs.get(name) != mine.get(name) and name != "key"
    ]
