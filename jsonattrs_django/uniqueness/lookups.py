"""Queries on claims, which the unique indexes answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Expression, F, Q, TextField, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import Exact, In, IsNull

from jsonattrs_django.uniqueness.members import member_sql, scope_member, value_member

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Member", "held_twice", "holds", "is_claimed"]


class Member(Expression):
    """A reserved member of a document, as text."""

    output_field = TextField()

    def __init__(self, field: JSONAttributeField, member: str) -> None:
        super().__init__()
        self.member = member
        self.document: Any = F(field.attname)

    def get_source_expressions(self) -> list[Any]:
        """Return the document."""
        return [self.document]

    def set_source_expressions(self, exprs: Any) -> None:
        """Take another document."""
        (self.document,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compile to the SQL that the unique index is on."""
        column, params = compiler.compile(self.document)
        return member_sql(connection.vendor, column, self.member), params


class _Holder(Exact):
    """The id of a schema is a number in SQLite, and a text in PostgreSQL."""

    prepare_rhs = False

    def process_rhs(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self.rhs if connection.vendor == "sqlite" else str(self.rhs)]


def holds(field: JSONAttributeField, keys: tuple[str, ...], holder: int, values: list[tuple[str, ...]]) -> Q:
    """Return the condition that a record claims one of several tuples of values under a holder."""
    scope = Q(_Holder(Member(field, scope_member(keys)), holder))
    if len(keys) == 1:
        return scope & Q(In(Member(field, value_member(keys[0])), [value for (value,) in values]))
    either = Q()
    for several in values:
        pairs = zip(keys, several, strict=True)
        either |= Q(*(Exact(Member(field, value_member(key)), value) for key, value in pairs))
    return scope & either


def is_claimed(field: JSONAttributeField, keys: tuple[str, ...]) -> Q:
    """Return the condition that a record claims something for these keys."""
    return Q(IsNull(Member(field, scope_member(keys)), False))


def held_twice(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> list[Any]:
    """Return the primary keys of records that claim what one with a lower key does."""
    values = [Member(field, value_member(key)) for key in keys]
    rows = field.model._base_manager.using(using).filter(is_claimed(field, keys))
    for value in values:
        rows = rows.filter(IsNull(value, False))
    place = Window(RowNumber(), partition_by=[Member(field, scope_member(keys)), *values], order_by="pk")
    return [*rows.annotate(place_in_group=place).filter(place_in_group__gt=1).values_list("pk", flat=True)]
