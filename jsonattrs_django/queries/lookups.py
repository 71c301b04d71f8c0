"""Comparisons of attributes, decided when the query is compiled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError, FullResultSet
from django.db.models import JSONField, Lookup

from jsonattrs_django.names import nearest
from jsonattrs_django.queries.given import comparable
from jsonattrs_django.queries.lists import list_lookup
from jsonattrs_django.queries.moments import within_calendar
from jsonattrs_django.queries.outputs import (
    AttributeListField,
    ObjectOutput,
    ReferenceOutput,
    stored_value,
)
from jsonattrs_django.queries.sqlite import escape_members

if TYPE_CHECKING:
    from jsonattrs_django.queries.names import Meant

__all__ = ["AttributeLookup"]

#: Types of which equal values are stored alike, so that an index on whole documents finds them.
_STORED_ALIKE = {"text", "integer", "boolean", "date", "datetime", "time", "duration", "uuid"}


class AttributeLookup(Lookup):
    """A comparison of an attribute's value, or of a transform of it.

    It is false, and not null, where the attribute has no value: so ``exclude`` gives all that ``filter`` leaves out.
    """

    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Any, lookup_name: str) -> None:
        self.lookup_name = lookup_name
        super().__init__(lhs, rhs)

    def get_prep_lookup(self) -> Any:
        """Return the value as it was given: what it is compared with is not known yet."""
        return self.rhs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compile the lookup of the type that the attribute has now. Raises FieldError where it has no such lookup."""
        typed = self.lhs.typed()
        if isinstance(typed.output_field, ObjectOutput):
            asked = json.dumps([self.lookup_name, self.rhs], ensure_ascii=False, default=str)
            if not asked.isascii():
                escape_members(typed)
        by_document = self._by_document(typed, compiler, connection)
        if by_document is not None:
            return by_document
        if isinstance(typed.output_field, ReferenceOutput) and self._is_compared_with_keys():
            typed = typed.as_key()
        lookup = self._lookup(typed, connection)
        if self.lookup_name == "isnull":
            return compiler.compile(lookup)
        parts, every = [], []
        try:
            sql, params = compiler.compile(lookup)
            parts, every = [sql], [*params]
        except FullResultSet:  # every number is less than one that no integer of the database reaches
            pass
        # A part of an object may be missing where the object is there; a part of a date is not.
        compared = lookup.lhs if isinstance(typed.output_field, JSONField) else typed
        for side in (compared, self.rhs):
            if side is compared or hasattr(side, "typed"):
                value, more = compiler.compile(side)
                parts.append(f"({value}) IS NOT NULL")
                every += more
        return f"({' AND '.join(parts)})", every

    def _is_compared_with_keys(self) -> bool:
        """Tell whether the other side is an expression, and not another reference, which is a text as well."""
        is_reference = hasattr(self.rhs, "typed") and isinstance(self.rhs.typed().output_field, ReferenceOutput)
        return hasattr(self.rhs, "resolve_expression") and not is_reference

    def _lookup(self, typed: Any, connection: Any) -> Any:
        name = self.lookup_name
        if isinstance(typed.output_field, AttributeListField):
            return list_lookup(typed, name, comparable(typed, name, self.rhs, connection.vendor))
        lookup = typed.get_lookup(name)
        if lookup is None:
            transform = typed.get_transform(name)
            if transform is None:
                known = [*typed.output_field.get_lookups()]
                raise FieldError(f"{typed} has no lookup {name!r}{nearest(name, known)}")
            typed = transform(typed)
            lookup = typed.get_lookup("exact")
        return within_calendar(lookup)(typed, comparable(typed, name, self.rhs, connection.vendor))

    def _by_document(self, typed: Any, compiler: Any, connection: Any) -> tuple[str, Any] | None:
        """Return the SQL that finds equal values by the index on whole documents, where there is one to be used."""
        attribute: Meant | None = getattr(typed, "attribute", None)
        if attribute is None or self.lookup_name != "exact" or connection.vendor != "postgresql":
            return None
        is_plain = not (attribute.is_indexed or attribute.multiple or attribute.has_initial_default)
        if not is_plain or attribute.type not in _STORED_ALIKE or hasattr(self.rhs, "as_sql"):
            return None
        if not getattr(self.lhs.attribute_field, "gin", False) or hasattr(self.rhs, "resolve_expression"):
            return None
        given = comparable(typed, self.lookup_name, self.rhs, connection.vendor)
        try:
            stored = stored_value(attribute.type, typed.output_field.get_prep_value(given))
        except FieldError:
            return None
        column, params = compiler.compile(typed.document)
        return f"{column} @> %s::jsonb", [*params, json.dumps({attribute.key: stored})]
