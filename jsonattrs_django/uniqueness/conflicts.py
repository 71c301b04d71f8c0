"""What happens where two records claim the same value: asked beforehand where that can be, met in the database else.

The index decides. To ask first costs a query, and is done where an error of the database would make a transaction
unusable; everywhere else the error is met by :class:`Guard`, which looks whether the claim that is in the way is still
right, puts it right if not, and tries once more.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError, connections

from jsonattrs_core import Problem
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.indexes.names import unique_index_name
from jsonattrs_django.messages import problem
from jsonattrs_django.uniqueness.mending import holders_of, mend, records
from jsonattrs_django.uniqueness.states import is_enforced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.uniqueness.claims import Claimed
    from jsonattrs_django.writes import Draft

__all__ = ["conflicts_of", "demand_unique", "is_asked_first", "watching"]


def is_asked_first(field: JSONAttributeField, using: str, instance: Model, claimed: Iterable[Claimed]) -> bool:
    """Tell whether to ask before a write.

    That is so where an error of the database would leave its transaction unusable, and where there is no index yet.
    """
    if _is_in_transaction(connections[using]) or instance._meta.parents:
        return True
    return not all(is_enforced(field, using, each.claim.keys) for each in claimed)


def _is_in_transaction(connection: Any) -> bool:
    return bool(connection.in_atomic_block or not connection.get_autocommit())


def _key(claimed: Claimed) -> tuple[Any, ...]:
    return claimed.claim.keys, claimed.claim.holder, claimed.values


def conflicts_of(
    field: JSONAttributeField, using: str, drafts: Sequence[tuple[Draft, Model]], *, mends: bool
) -> dict[int, list[Problem]]:
    """Return the problems of writes that claim what another record has, or another one of them, by their place.

    With ``mends``, claims that are in the way and no longer right are put right. It takes one query for each attribute
    or group, and more only where there is a conflict.
    """
    problems: dict[int, list[Problem]] = {}
    asked: list[tuple[int, Any, Claimed]] = []
    seen: dict[tuple[Any, ...], Any] = {}
    for place, (draft, instance) in enumerate(drafts):
        for claimed in draft.claimed:
            if seen.setdefault(_key(claimed), place) != place:
                problems.setdefault(place, []).append(unique_problem(claimed))
            asked.append((place, instance.pk, claimed))
    others = holders_of(field, using, [claimed for _, _, claimed in asked]) if asked else {}
    own = {instance.pk for _, instance in drafts if instance.pk is not None} if len(drafts) > 1 else set()
    met = [
        (place, claimed, others[_key(claimed)])
        for place, pk, claimed in asked
        if _key(claimed) in others and others[_key(claimed)] != pk and others[_key(claimed)] not in own
    ]
    if met:
        stale = _stale(field, using, [(claimed, other) for _, claimed, other in met], mends=mends)
        for place, claimed, other in met:
            if other not in stale:
                problems.setdefault(place, []).append(unique_problem(claimed))
    return problems


def _stale(field: JSONAttributeField, using: str, met: Iterable[tuple[Claimed, Any]], *, mends: bool) -> set[Any]:
    """Return the records that have a claim and should not have it any more."""
    wanted: dict[Any, set[Any]] = {}
    for claimed, other in met:
        wanted.setdefault(other, set()).add(_key(claimed))
    rightly = {record.pk: {_key(each) for each in record.claimed} for record in records(field, using, [*wanted])}
    stale = {pk for pk, keys in wanted.items() if not keys & rightly.get(pk, set())}
    if stale and mends:
        mend(field, using, stale)
    return stale


def unique_problem(claimed: Claimed) -> Problem:
    """Return the problem of a record that claims what another one has. It says nothing of the other."""
    names = claimed.claim.names
    if len(names) == 1:
        return Problem(names, "unique", {})
    return problem((names[0],), "unique", "unique_together", names=", ".join(names), attributes=list(names))


def demand_unique(field: JSONAttributeField, using: str, drafts: Sequence[tuple[Draft, Model]]) -> None:
    """Raise AttributeUniqueError for the first write that claims what another record has."""
    if not any(draft.claimed for draft, _ in drafts):
        return
    problems = conflicts_of(field, using, drafts, mends=True)
    for place in sorted(problems):
        raise AttributeUniqueError(field.name, problems[place], drafts[place][1], place if len(drafts) > 1 else None)


# ---- in the database ----


class _Wanted(NamedTuple):
    field: JSONAttributeField
    claimed: Claimed
    instance: Model | None

    @property
    def index_name(self) -> str:
        return unique_index_name(self.field.model._meta.db_table, self.field.column, self.claimed.claim.keys)


def watching(
    field: JSONAttributeField, claimed: Sequence[Claimed], instance: Model | None = None
) -> Callable[[Any], None] | None:
    """Return the function that has the next statement of a connection watched, which makes these claims, if any."""
    return partial(_watch, [_Wanted(field, each, instance) for each in claimed]) if claimed else None


def _watch(wanted: list[_Wanted], connection: Any) -> None:
    first = connection.execute_wrappers[0] if connection.execute_wrappers else None
    if not isinstance(first, Guard):
        first = Guard(connection)
        # In front: Django takes the last one off where somebody has added one for a while.
        connection.execute_wrappers.insert(0, first)
    first.wanted += wanted


class Guard:
    """Watches one statement. Where a unique index of ours refuses it, it raises what other refusals of attributes are.

    A claim that is in the way and not right any more is put right first, and the statement tried once more. That cannot
    be in a transaction of PostgreSQL's, which an error has ended.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.wanted: list[_Wanted] = []

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Execute the statement."""
        with suppress(ValueError):  # somebody has put the list back as it was
            self._connection.execute_wrappers.remove(self)
        try:
            return execute(sql, params, many, context)
        except IntegrityError as error:
            met = [wanted for wanted in self.wanted if wanted.index_name == _index_of(error)]
            if not met:
                raise
            if self._is_usable and self._mended(met):
                try:
                    return execute(sql, params, many, context)
                except IntegrityError as again:
                    raise self._refusal(met, again) from again
            raise self._refusal(met, error) from error

    @property
    def _is_usable(self) -> bool:
        return self._connection.vendor == "sqlite" or not _is_in_transaction(self._connection)

    def _mended(self, met: list[_Wanted]) -> bool:
        """Put right the claims that are in the way, and tell whether there were any that were wrong."""
        field, using = met[0].field, self._connection.alias
        others = holders_of(field, using, [wanted.claimed for wanted in met])
        pairs = [(wanted.claimed, others[_key(wanted.claimed)]) for wanted in met if _key(wanted.claimed) in others]
        if not pairs:
            return True  # it has been deleted, or mended by somebody else
        try:
            return bool(_stale(field, using, pairs, mends=True))
        except IntegrityError:  # somebody else was quicker
            return False

    def _refusal(self, met: list[_Wanted], error: IntegrityError) -> AttributeUniqueError:
        detail = str(error)
        certain = [wanted for wanted in met if f"{', '.join(wanted.claimed.values)}) " in detail] or met
        wanted = certain[0]
        instance = wanted.instance if len(certain) == 1 else None
        return AttributeUniqueError(wanted.field.name, [unique_problem(wanted.claimed)], instance)


def _index_of(error: IntegrityError) -> str:
    """Return the name of the unique index that refused a statement, "" where it was none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    found = re.search(r"index '([^']+)'", str(error))
    return found[1] if found else ""
