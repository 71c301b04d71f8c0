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

    from jsonattrs_django.drafts import Draft
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.uniqueness.claims import Claimed

__all__ = ["conflicts_of", "demand_unique", "is_asked_first", "watching"]


def is_asked_first(field: JSONAttributeField, using: str, instance: Model, draft: Draft) -> bool:
    """Tell whether to ask before a write.

    That is so where an error of the database would leave its transaction unusable, where there is no index yet, and
    where what another record claims is given up.
    """
    if not draft.claimed and not draft.followed:
        return False
    if draft.followed or _is_in_transaction(connections[using]) or instance._meta.parents:
        return True
    return not all(is_enforced(field, using, each.claim.keys) for each in draft.claimed)


def _is_in_transaction(connection: Any) -> bool:
    return bool(connection.in_atomic_block or not connection.get_autocommit())


def _key(claimed: Claimed) -> tuple[Any, ...]:
    return claimed.claim.keys, claimed.claim.holder, claimed.values


def conflicts_of(
    field: JSONAttributeField, using: str, drafts: Sequence[tuple[Draft, Model]], *, mends: bool
) -> dict[int, list[Problem]]:
    """Return the problems of writes that claim what another record has, or another one of them, by their place.

    With ``mends``, claims that are in the way and no longer right are put right. It takes one query for each attribute
    or group, and more only where there is a conflict. What a write need not claim, it gives up where it cannot.
    """
    asked = [(place, each) for place, (draft, _) in enumerate(drafts) for each in (*draft.claimed, *draft.followed)]
    firsts: dict[tuple[Any, ...], int] = {}
    rows = [place if instance.pk is None else instance.pk for place, (_, instance) in enumerate(drafts)]
    again = [
        (place, claimed) for place, claimed in asked if rows[firsts.setdefault(_key(claimed), place)] != rows[place]
    ]
    problems: dict[int, list[Problem]] = {}
    for place, claimed in dict.fromkeys([*again, *_held_by_others(field, using, drafts, asked, mends=mends)]):
        draft = drafts[place][0]
        if claimed in draft.followed:
            draft.give_up(claimed)
        else:
            problems.setdefault(place, []).append(unique_problem(claimed))
    return problems


def _held_by_others(
    field: JSONAttributeField,
    using: str,
    drafts: Sequence[tuple[Draft, Model]],
    asked: Sequence[tuple[int, Claimed]],
    *,
    mends: bool,
) -> list[tuple[int, Claimed]]:
    """Return those of the claims that stored records have, and keep."""
    others = holders_of(field, using, [claimed for _, claimed in asked]) if asked else {}
    own = {instance.pk: draft for draft, instance in drafts if instance.pk is not None}
    met = []
    for place, claimed in asked:
        if _key(claimed) not in others:
            continue
        other = others[_key(claimed)]
        leaving = own.get(other)
        if other == drafts[place][1].pk:
            continue
        if leaving is None or leaving.text is not None or not claimed.claim.has_any_of(leaving.claims):
            met.append((place, claimed, other))
        else:  # it is updated, too, and claims something else from then on
            leaving.leaves_first = True
    stale = _stale(field, using, [(claimed, other) for _, claimed, other in met], mends=mends) if met else set()
    return [(place, claimed) for place, claimed, other in met if other not in stale]


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


def demand_unique(
    field: JSONAttributeField,
    using: str,
    drafts: Sequence[tuple[Draft, Model]],
    *,
    may_conflict: bool = False,
    names_place: bool = True,
) -> None:
    """Raise AttributeUniqueError for the first write that claims what another record has.

    With ``may_conflict`` it is left to the index, where there is one, and claims that are in the way and not right are
    put right. ``names_place`` gives the error the place of the write, if there are several.
    """
    if not any(draft.claimed or draft.followed for draft, _ in drafts):
        return
    problems = conflicts_of(field, using, drafts, mends=True)
    for draft, _ in drafts:
        draft.is_asked = True
    keys = {claimed.claim.keys for draft, _ in drafts for claimed in draft.claimed}
    if may_conflict and all(is_enforced(field, using, each) for each in keys):
        return
    for place in sorted(problems):
        index = place if names_place and len(drafts) > 1 else None
        raise AttributeUniqueError(field.name, problems[place], drafts[place][1], index)


# ---- in the database ----


class _Wanted(NamedTuple):
    field: JSONAttributeField
    claimed: Claimed
    instance: Model

    @property
    def index_name(self) -> str:
        return unique_index_name(self.field.model._meta.db_table, self.field.column, self.claimed.claim.keys)


class _Write(NamedTuple):
    draft: Draft
    instance: Model
    marks: frozenset[str]  #: parameters of the statement


def watching(field: JSONAttributeField, writes: Sequence[tuple[Draft, Model]]) -> Callable[[Any, Any], None] | None:
    """Return the function that has the statement watched which makes these writes, None where they claim nothing.

    It is called with the connection, and the parameters by which the statement is known.
    """
    claiming = [pair for pair in writes if pair[0].claimed or pair[0].followed]
    return partial(_watch, field, claiming) if claiming else None


def _watch(
    field: JSONAttributeField, writes: list[tuple[Draft, Model]], connection: Any, params: Iterable[Any]
) -> None:
    first = connection.execute_wrappers[0] if connection.execute_wrappers else None
    if not isinstance(first, Guard):
        first = Guard(connection)
        # In front: Django takes the last one off where somebody has added one for a while.
        connection.execute_wrappers.insert(0, first)
    marks = frozenset(param for param in params if isinstance(param, str))
    first.writes.setdefault(field, []).extend(_Write(draft, instance, marks) for draft, instance in writes)


class Guard:
    """Watches one statement, which it knows by its parameters.

    Where a unique index of ours refuses it, it raises what other refusals of attributes are. A claim that is in the way
    and not right any more is put right first, and the statement tried once more. That cannot be in a transaction of
    PostgreSQL's, which an error has ended.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.writes: dict[JSONAttributeField, list[_Write]] = {}

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Execute the statement; leave one alone that comes between, as a look at the generation of the schemas."""
        writes = self._made_by(sql, params)
        if not writes:
            return execute(sql, params, many, context)
        with suppress(ValueError):  # somebody has put the list back as it was
            self._connection.execute_wrappers.remove(self)
        self._ask(writes, may_conflict=sql.startswith("INSERT OR IGNORE") or " ON CONFLICT" in sql)
        try:
            return execute(sql, params, many, context)
        except IntegrityError as error:
            met = [wanted for wanted in _wanted(writes) if wanted.index_name == _index_of(error)]
            if not met:
                raise
            if self._is_usable and self._mended(met):
                try:
                    return execute(sql, params, many, context)
                except IntegrityError as again:
                    raise self._refusal(met, again) from again
            raise self._refusal(met, error) from error

    def _made_by(self, sql: str, params: Any) -> dict[JSONAttributeField, list[_Write]]:
        """Return the writes that a statement makes: others are of one that was compiled, and came to nothing."""
        if not sql.startswith(("INSERT", "UPDATE")):
            return {}
        texts = {param for param in params or () if isinstance(param, str)}
        found = {
            field: [write for write in writes if write.marks <= texts]
            for field, writes in self.writes.items()
            if self._connection.ops.quote_name(field.model._meta.db_table) in sql
        }
        return {field: writes for field, writes in found.items() if writes}

    def _ask(self, writes: dict[JSONAttributeField, list[_Write]], may_conflict: bool) -> None:
        """Ask for what nobody has asked for: the bulk writes of a manager that is not ours.

        What conflicts is left to a statement that says what is to be done then, where there is an index; so that it
        meets none but claims that are right, the others are put right all the same.
        """
        using = self._connection.alias
        for field, made in writes.items():
            late = [(write.draft, write.instance) for write in made if not write.draft.is_asked]
            # What is left out for a conflict raises nothing by which a claim that is not right would be found.
            if may_conflict or any(is_asked_first(field, using, instance, draft) for draft, instance in late):
                demand_unique(field, using, late, may_conflict=may_conflict, names_place=False)

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


def _wanted(writes: dict[JSONAttributeField, list[_Write]]) -> list[_Wanted]:
    return [
        _Wanted(field, claimed, write.instance)
        for field, made in writes.items()
        for write in made
        for claimed in (*write.draft.claimed, *write.draft.followed)
    ]


def _index_of(error: IntegrityError) -> str:
    """Return the name of the unique index that refused a statement, "" where it was none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    found = re.search(r"index '([^']+)'", str(error))
    return found[1] if found else ""
