"""Plain values as PostgreSQL itself takes them out of documents: a document is read in Python where one is not plain.

What a cell is, is decided in one place, in Python (:mod:`jsonattrs_django.exchange.cells`). Most documents hold nothing
but texts, numbers and truth values, and the database gives these as texts with every digit.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Func, TextField

from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.queries.stored import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jsonattrs_django.exchange.exporting import Member

__all__ = ["MemberText", "TextIfNotPlain", "can_be_quick", "picker"]

#: Columns that a query may have beside those of the model.
_MOST = 1_000


class MemberText(Func):
    """The text of a member of a document, without quotation marks; NULL where there is none."""

    output_field = TextField()

    def __init__(self, attname: str, key: str) -> None:
        if not KEY(key):
            raise ValueError(f"{key!r} is no key")
        super().__init__(attname, template=f"(%(expressions)s ->> '{key}')")


class TextIfNotPlain(Func):
    """The text of a document in which some value may be null, a list or an object; NULL for all others.

    PostgreSQL writes every member as ``"key": value``.
    """

    output_field = TextField()
    template = "CASE WHEN (%(expressions)s)::text ~ ': [n[{]' THEN (%(expressions)s)::text END"


def can_be_quick(using: str, keys: Sequence[str]) -> bool:
    """Tell whether the database can take these members out of documents."""
    return connections[using].vendor == "postgresql" and len(keys) <= _MOST


def picker(natives: Iterable[int], members: Iterable[Member], places: dict[str | None, int]) -> Callable[[Any], Any]:
    """Return the function that picks the cells of a table out of a row of the database.

    ``natives`` are the places of native values there, and ``places`` those of members by key; that of None is blank.
    Raises ExchangeError for a member that nobody has asked the database for.
    """
    members = list(members)
    if not all(member.key in places for member in members):
        raise ExchangeError("schemas have been changed during the export: begin again")
    chosen = [*natives, *(places[member.key] for member in members)]
    if len(chosen) == 1:
        return lambda row: (row[chosen[0]],)
    return itemgetter(*chosen)
