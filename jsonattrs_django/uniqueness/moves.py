"""Records that come to another scope without their attributes being written: their claims go with them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jsonattrs_django.drafts import Draft
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.expressions import SameForAll
from jsonattrs_django.uniqueness.conflicts import demand_unique, unique_problem
from jsonattrs_django.uniqueness.mending import mend
from jsonattrs_django.uniqueness.states import has_claims
from jsonattrs_django.uniqueness.watching import watching
from jsonattrs_django.uniqueness.writing import claim_updated, read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import Model

__all__ = ["claim_ahead", "demand_free", "move", "moves", "vacate"]

#: Records that are read and written together.
_CHUNK = 1_000


def moves(field: Any, columns: Collection[str] | None) -> bool:
    """Tell whether writing these columns, None for all, brings records to another scope in which values are unique.

    ``field`` is the attribute field, which is not written with them.
    """
    return field.selectors.are_among(columns) and has_claims(field)


def move(field: Any, using: str, pks: Collection[Any]) -> None:
    """Have records claim their values in the scope that they are in now.

    Raises AttributeUniqueError where a record there has one of them already.
    """
    several = list(pks)
    for start in range(0, len(several), _CHUNK):
        done = mend(field, using, several[start : start + _CHUNK])
        if done.conflicts:
            raise AttributeUniqueError(field.name, [unique_problem(done.conflicts[0].claimed)])


def demand_free(field: Any, using: str, instances: Sequence[Model]) -> list[tuple[Draft, Model]]:
    """Raise AttributeUniqueError where records are about to move to where others have their values.

    Returns what their claims will be.
    """
    stored = read_rows(field, using, [instance.pk for instance in instances])
    coming = []
    for instance in instances:
        draft = Draft(field.scope_of(instance))
        if instance.pk in stored and draft.scope.error is None:
            claim_updated(draft, stored[instance.pk], has_moved=True)
        coming.append((draft, instance))
    demand_unique(field, using, coming)
    return coming


def claim_ahead(field: Any, using: str, coming: Sequence[tuple[Draft, Model]]) -> None:
    """Have records claim their values where they are about to be: the index decides before they are there.

    Raises AttributeUniqueError. If they do not come after all, the claims are not right, and give way to others.
    """
    for draft, instance in coming:
        if draft.claims:
            ahead = SameForAll.of(field, draft.claims)
            ahead.watch = watching(field, [(draft, instance)])
            field.model._base_manager.using(using).filter(pk=instance.pk).update(**{field.attname: ahead})


def vacate(field: Any, using: str, writes: Sequence[tuple[Draft, Model]]) -> None:
    """Have records leave what others, which are written together with them, take; all claims are written after it."""
    leaving: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for draft, instance in writes:
        if draft.leaves_first:
            leaving[tuple(sorted(draft.claims))].append(instance.pk)
    for members, pks in leaving.items():
        rows = field.model._base_manager.using(using).filter(pk__in=pks)
        rows.update(**{field.attname: SameForAll(field, {}, members)})
