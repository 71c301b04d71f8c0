"""Records that come to another scope without their attributes being written: their claims go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.uniqueness import claims
from jsonattrs_django.uniqueness.conflicts import demand_unique, unique_problem
from jsonattrs_django.uniqueness.mending import mend

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model

__all__ = ["demand_free", "has_claims", "move", "moves"]

#: Records that are read and written together.
_CHUNK = 1_000


def moves(field: Any, columns: Iterable[str] | None) -> bool:
    """Tell whether writing these columns, None for all, brings records to another scope in which values are unique.

    ``field`` is the attribute field, which is not written with them.
    """
    deciding = {name for attname in field.selectors.local_attnames for name in _names(field, attname)}
    if not deciding or (columns is not None and deciding.isdisjoint(columns)):
        return False
    return has_claims(field)


def _names(field: Any, attname: str) -> set[str]:
    column = field.model._meta.get_field(attname)
    return {column.name, column.attname}


def has_claims(field: Any) -> bool:
    """Tell whether any schema of a field asks for uniqueness; known for as long as its generation lasts."""
    return bool(field.remembered("claims", lambda: _asks_for_claims(field, schema_database())))


def _asks_for_claims(field: Any, alias: str) -> bool:
    from jsonattrs_django.models import AttributeRecord

    active = field.schemas.active(alias).order_by()
    if active.exclude(unique_together=[]).exists():
        return True
    rows = AttributeRecord.objects.using(alias).filter(schema__in=active.values("pk"))
    said = rows.filter(definition__contains='"unique"').values_list("definition", flat=True)
    return any(definition.get("unique") for definition in said.iterator())


def move(field: Any, using: str, pks: Collection[Any]) -> None:
    """Have records claim their values in the scope that they are in now.

    Raises AttributeUniqueError where a record there has one of them already.
    """
    several = list(pks)
    for start in range(0, len(several), _CHUNK):
        done = mend(field, using, several[start : start + _CHUNK])
        if done.conflicts:
            raise AttributeUniqueError(field.name, [unique_problem(done.conflicts[0].claimed)])


def demand_free(field: Any, using: str, instance: Model) -> None:
    """Raise AttributeUniqueError where a record is about to move to where another one has its values."""
    from jsonattrs_django.reading import with_edits
    from jsonattrs_django.writes import Draft

    getattr(instance, field.attname)  # fetches it, where it is deferred
    state, scope = with_edits(field, instance), field.scope_of(instance)
    if scope.claims and scope.error is None:
        draft = Draft(scope, claimed=claims.claimed(scope, state.document))
        demand_unique(field, using, [(draft, instance)])
