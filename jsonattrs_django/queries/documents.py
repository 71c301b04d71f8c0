"""Lookups on a whole document: they take keys and JSON values, and see none of the library's own members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db.models.fields.json import ContainedBy

from jsonattrs_django.documents import RESERVED

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["document_lookup"]


class _WithoutReserved:
    """Makes a lookup that takes keys, or members: not those of the library, which nobody sees."""

    def __init__(self, lookup: Any) -> None:
        self._lookup = lookup

    def __call__(self, lhs: Any, rhs: Any) -> Any:
        keys = [rhs] if isinstance(rhs, str) else rhs if isinstance(rhs, Iterable) else ()
        for key in keys:
            if isinstance(key, str) and key.startswith(RESERVED):
                raise FieldError(f"{key!r} is no key of an attribute")
        return self._lookup(lhs, rhs)


_ALLOWED = ("contains", "has_key", "has_keys", "has_any_keys", "isnull")


class _OwnContainedBy(ContainedBy):
    """The document has no members but these, the library's own apart."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = super().as_postgresql(compiler, connection)
        lhs, _ = self.process_lhs(compiler, connection)
        own = (
            "(SELECT coalesce(jsonb_object_agg(member.key, member.value), '{}'::jsonb) "
            f"FROM jsonb_each({lhs}) AS member WHERE left(member.key, 1) <> '$')"
        )
        return sql.replace(lhs, f"CASE WHEN jsonb_typeof({lhs}) = 'object' THEN {own} ELSE {lhs} END", 1), params


def document_lookup(field: JSONAttributeField, name: str, found: Any) -> Any:
    """Return the lookup of a name on a whole document. Raises FieldError for what compares it with another one."""
    if name == "contained_by":
        return _OwnContainedBy
    if found is None or name == "isnull":
        return found
    if name in _ALLOWED:
        return _WithoutReserved(found)
    raise FieldError(
        f"{field.model._meta.label}.{field.name} is not compared as a whole ({name}): filter by its attributes "
        f"({field.name}__name=...), or use {', '.join(_ALLOWED)} or contained_by with keys and JSON values"
    )
