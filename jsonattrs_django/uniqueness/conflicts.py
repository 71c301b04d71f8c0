"""Whether two records claim the same value, asked before they are written.

The index decides. To ask first costs a query, and is done where an error of the database would make a transaction
unusable; everywhere else the error is met where the statement runs (``watching``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

from jsonattrs_core import Problem
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.messages import problem
from jsonattrs_django.uniqueness.mending import holders_of, mend, records
from jsonattrs_django.uniqueness.states import is_enforced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.drafts import Draft
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.uniqueness.claims import Claimed

__all__ = [
    "conflicts_of",
    "demand_unique",
    "is_asked_first",
    "is_in_transaction",
    "key_of",
    "stale_holders",
    "unique_problem",
]


def is_asked_first(field: JSONAttributeField, using: str, instance: Model, draft: Draft) -> bool:
    """Tell whether to ask before a write.

    That is so where an error of the database would leave its transaction unusable, where there is no index yet, and
    where what another record claims is given up.
    """
    if not draft.every_claim:
        return False
    if draft.followed or is_in_transaction(connections[using]) or instance._meta.parents:
        return True
    return not all(is_enforced(field, using, each.claim.keys) for each in draft.claimed)


def is_in_transaction(connection: Any) -> bool:
    """Tell whether an error would end a transaction."""
    return bool(connection.in_atomic_block or not connection.get_autocommit())


def key_of(claimed: Claimed) -> tuple[Any, ...]:
    """Return what two records may not both have."""
    return claimed.claim.keys, claimed.claim.holder, claimed.values


def conflicts_of(
    field: JSONAttributeField, using: str, drafts: Sequence[tuple[Draft, Model]], *, mends: bool
) -> dict[int, list[Problem]]:
    """Return the problems of writes that claim what another record has, or another one of them, by their place.

    With ``mends``, claims that are in the way and no longer right are put right. It takes one query for each attribute
    or group, and more only where there is a conflict. What a write need not claim, it gives up where it cannot.
    """
    asked = [(place, each) for place, (draft, _) in enumerate(drafts) for each in draft.every_claim]
    firsts: dict[tuple[Any, ...], int] = {}
    rows = [(None, place) if each.pk is None else each.pk for place, (_, each) in enumerate(drafts)]
    again = [
        (place, claimed) for place, claimed in asked if rows[firsts.setdefault(key_of(claimed), place)] != rows[place]
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
        if key_of(claimed) not in others:
            continue
        other = others[key_of(claimed)]
        leaving = own.get(other)
        if other == drafts[place][1].pk:
            continue
        if leaving is None or leaving.text is not None or not claimed.claim.has_any_of(leaving.claims):
            met.append((place, claimed, other))
        else:  # it is updated, too, and claims something else from then on
            leaving.leaves_first = True
    stale = stale_holders(field, using, [(claimed, other) for _, claimed, other in met], mends=mends) if met else set()
    return [(place, claimed) for place, claimed, other in met if other not in stale]


def stale_holders(
    field: JSONAttributeField, using: str, met: Iterable[tuple[Claimed, Any]], *, mends: bool
) -> set[Any]:
    """Return the records that have a claim and should not have it any more."""
    wanted: dict[Any, set[Any]] = {}
    for claimed, other in met:
        wanted.setdefault(other, set()).add(key_of(claimed))
    rightly = {record.pk: {key_of(each) for each in record.claimed} for record in records(field, using, [*wanted])}
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
    if not any(draft.every_claim for draft, _ in drafts):
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
