"""Watching the statement that writes claims, so that the refusal of a unique index is met where it happens.

It is looked whether the claim that is in the way is still right; if not, it is put right, and the statement tried once
more.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError

from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.indexes.names import unique_index_name
from jsonattrs_django.uniqueness.conflicts import (
    demand_unique,
    is_asked_first,
    is_in_transaction,
    key_of,
    stale_holders,
    unique_problem,
)
from jsonattrs_django.uniqueness.mending import holders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.drafts import Draft
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.uniqueness.claims import Claimed

__all__ = ["watching"]


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
    claiming = [pair for pair in writes if pair[0].every_claim]
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
        return self._connection.vendor == "sqlite" or not is_in_transaction(self._connection)

    def _mended(self, met: list[_Wanted]) -> bool:
        """Put right the claims that are in the way, and tell whether there were any that were wrong."""
        field, using = met[0].field, self._connection.alias
        others = holders_of(field, using, [wanted.claimed for wanted in met])
        pairs = [(wanted.claimed, others[key_of(wanted.claimed)]) for wanted in met if key_of(wanted.claimed) in others]
        if not pairs:
            return True  # it has been deleted, or mended by somebody else
        try:
            return bool(stale_holders(field, using, pairs, mends=True))
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
        for claimed in write.draft.every_claim
    ]


def _index_of(error: IntegrityError) -> str:
    """Return the name of the unique index that refused a statement, "" where it was none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    found = re.search(r"index '([^']+)'", str(error))
    return found[1] if found else ""
