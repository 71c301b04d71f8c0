"""What may come in the way of building an index, in words for whoever runs the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core import JSONAttrsError

if TYPE_CHECKING:
    from django.db import Error

__all__ = ["DuplicateValues", "IndexProblem", "sqlstate", "words"]


class IndexProblem(JSONAttrsError):
    """An index could not be built or dropped; the message says why, and what to do. Nothing half done is left."""


class DuplicateValues(IndexProblem):
    """A unique index was refused, since there are records with the same values."""


_AGAIN = "run attributes_sync again"
_WORDS = {
    "55P03": f"no lock could be had: another transaction has held one for longer than lock_timeout; {_AGAIN} when it "
    "has ended",
    "57014": f"the statement was cancelled; {_AGAIN}",
    "40P01": f"it was the victim of a deadlock; {_AGAIN}",
    "42501": "the user of this database connection has not the right to; the owner of the table has",
    "54000": "a stored value is too long for such an index, which takes about 2,700 bytes; give the attribute a "
    "max_length and shorten what is longer, or take 'indexed' away",
}


def sqlstate(error: Error) -> str:
    """Return PostgreSQL's code of an error, whichever the driver; the empty text where there is none."""
    cause: Any = error.__cause__
    return str(getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None) or "")


def words(error: Error) -> str:
    """Return what was wrong in a line. What databases say after the first line may quote values."""
    said = str(error).strip().splitlines()[:1]
    if said == ["database is locked"]:
        return f"another process was writing for longer than the database's timeout; {_AGAIN}"
    return _WORDS.get(sqlstate(error)) or (said[0] if said else type(error).__name__)
