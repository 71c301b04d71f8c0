"""A write of attributes that was checked, on its way to the database."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from jsonattrs_django.state import REMOVED
from jsonattrs_django.uniqueness.members import scope_member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsonattrs_core import Problem
    from jsonattrs_django.uniqueness.claims import Claimed

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """A write that was checked, and what is wrong with it."""

    scope: Any  #: a Scope, None where nothing is written and none was asked for
    problems: tuple[Problem, ...] = ()
    #: New JSON values by key, REMOVED for keys that go.
    changes: dict[str, Any] = dataclass_field(default_factory=dict)
    #: Reserved members that are written with them, REMOVED for those that go.
    claims: dict[str, Any] = dataclass_field(default_factory=dict)
    #: What the record claims to have alone, because of what is written.
    claimed: Sequence[Claimed] = ()
    #: What it would have alone, too, but gives up where another record does: it is in this scope by another door.
    followed: Sequence[Claimed] = ()
    #: It has been asked whether other records claim the same, or is left to the index.
    is_asked: bool = False
    #: It gives up what another one takes that is written together with it.
    leaves_first: bool = False
    #: Clean values by name, of the attributes that are written.
    clean: dict[str, Any] = dataclass_field(default_factory=dict)
    #: Names of attributes that are set anew, so that what they refer to must be there.
    renewed: frozenset[str] = frozenset()
    #: Text of the whole document, of an insert or a write to another database.
    text: str | None = None
    #: The stored document has been read, and is an object.
    is_known: bool = False
    #: It is known which of the other fields are written with it, so that the record is now where these say.
    is_of_row: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        """The clean values whose references are to be looked for."""
        return {name: value for name, value in self.clean.items() if name in self.renewed}

    @property
    def every_claim(self) -> list[Claimed]:
        """What it claims, and what it would claim if it can."""
        return [*self.claimed, *self.followed]

    @property
    def written(self) -> dict[str, Any]:
        """The members that an update writes, reserved ones too; REMOVED for those that go."""
        return {**self.changes, **self.claims} if self.claims else self.changes

    def give_up(self, claimed: Claimed) -> None:
        """Do not claim what another record does."""
        self.claims[scope_member(claimed.claim.keys)] = REMOVED
        self.followed = [each for each in self.followed if each is not claimed]
