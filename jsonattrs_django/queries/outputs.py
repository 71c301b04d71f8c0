"""The fields that typed values are compared with, and read as, in queries.

They are Django's own fields with Django's own lookups and transforms, but where a value of an attribute is another one
than that of a column: decimals that have no fixed number of places, moments that are always in UTC, lists.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query

from jsonattrs_core import Invalid, PluginError
from jsonattrs_django.queries.lists import Length
from jsonattrs_django.queries.moments import DateTimeOutput
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from django.db.models import Field

__all__ = [
    "AttributeListField",
    "DecimalOutput",
    "ObjectOutput",
    "ReferenceOutput",
    "SQLiteJSON",
    "SQLiteReal",
    "output_of",
]

#: Digits that a sum or a mean of SQLite's, which is a double, has for certain.
_DIGITS = 15
#: UUIDs as SQLite has those of columns.
_HEX = re.compile("[0-9a-f]{32}").fullmatch


class SQLiteReal(models.Value):
    """A decimal that SQLite compares: turned into a double by SQLite itself, as the stored one is."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compile to the cast of a text; the sign takes its affinity away, with which no index would be used."""
        return "+CAST(%s AS REAL)", [format(self.value, "f")]

    as_sqlite = as_sql  # Django would cast a decimal once more


class SQLiteJSON(models.Value):
    """A JSON value that SQLite compares as text: written as SQLite writes the stored one."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compile to a text without blanks; what is not ASCII is escaped, as :func:`escape_members` has it."""
        return "json(%s)", [json.dumps(self.value)]


class DecimalOutput(models.DecimalField):
    """Decimals of any number of digits."""

    def __init__(self) -> None:
        super().__init__(max_digits=None, decimal_places=None)

    def get_internal_type(self) -> str:
        """Return a name that SQLite's converters do not know: they take the value for a double."""
        return "DecimalOutput"

    def db_type(self, connection: Any) -> str:
        """Return the type to cast to."""
        return "numeric" if connection.vendor == "postgresql" else "decimal"

    cast_db_type = db_type

    def to_python(self, value: Any) -> Any:
        """Return a Decimal. Raises ValidationError for what is no number."""
        if isinstance(value, float):
            value = repr(value)
        return super().to_python(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the parameter of a query."""
        value = self.to_python(value)
        return format(value, "f") if isinstance(value, Decimal) and connection.vendor == "sqlite" else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the Decimal; of SQLite's doubles, to the digits that they have for certain."""
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            return Decimal(f"{value:.{_DIGITS}g}")
        return Decimal(value)


class ReferenceOutput(models.TextField):
    """Primary keys of other records, compared as texts."""

    def __init__(self, key_type: str = "text") -> None:
        super().__init__()
        self.key_type = key_type  #: the base type of the keys

    def get_prep_value(self, value: Any) -> Any:
        """Return the text of a key, or of a record's key."""
        if isinstance(value, models.Model):
            value = value.pk
        return None if value is None else str(getattr(value, "pk", value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the key, of a UUID the text; one that does not fit as it is stored."""
        if self.key_type == "uuid" and value is not None:
            return str(value) if _HEX(str(value)) is None else str(UUID(value))
        is_digits = isinstance(value, str) and value.isascii() and value.removeprefix("-").isdecimal()
        return int(value) if is_digits and self.key_type == "integer" and str(int(value)) == value else value


class _OfKeys:
    """Makes a lookup on references: what a subquery gives are keys of the records' type, and compared so."""

    lhs: Any
    rhs: Any
    lookup_name: str

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Compile to a comparison of keys, or of the texts of keys."""
        kind = self.lhs.output_field.key_type
        if kind == "text" or not isinstance(self.lhs, models.Subquery | Query):  # from Django 6.1 on, a query
            return super().as_sql(compiler, connection)  # type: ignore[misc]
        keys = models.ExpressionWrapper(self.lhs, output_field=output_of(kind, multiple=False))
        other = self.rhs.typed().as_key() if hasattr(self.rhs, "typed") else self.rhs
        return compiler.compile(keys.get_lookup(self.lookup_name)(keys, other))


@ReferenceOutput.register_lookup
class _KeyExact(_OfKeys, Exact):
    pass


@ReferenceOutput.register_lookup
class _KeyIn(_OfKeys, In):
    pass


class ObjectOutput(models.JSONField):
    """Objects, and their members."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the JSON value; SQLite gives a member that is a number as a number, and all else as text."""
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value


class PluginOutput(models.TextField):
    """Values of a base type that a plugin adds, stored as texts."""

    def __init__(self, base_type: str) -> None:
        super().__init__()
        self.base_type = base_type

    def get_prep_value(self, value: Any) -> Any:
        """Return the stored form of a value. Raises FieldError for what is no value of the type."""
        return None if value is None else str(stored_value(self.base_type, value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the typed value; one that does not fit as it is stored."""
        return value if value is None else typed_value(self.base_type, value)


class AttributeListField(models.JSONField):
    """Lists of values of one base type, of attributes with several values."""

    def __init__(self, base_type: str) -> None:
        super().__init__()
        self.base_type = base_type

    def get_transform(self, name: str) -> Any:
        """Return the transform ``len``, the only one."""
        return Length if name == Length.lookup_name else None

    def items(self, value: Any) -> list[Any]:
        """Return the stored forms of one value, or of several. Raises FieldError for what is no value of the type."""
        several = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
        return [stored_value(self.base_type, item) for item in several]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the list of typed values."""
        found = json.loads(value) if isinstance(value, str) else value
        if not isinstance(found, list):
            return found
        return [typed_value(self.base_type, item) for item in found]


def stored_value(base_type: str, value: Any) -> Any:
    """Return the JSON value that stores a value of a base type. Raises FieldError for what is no such value."""
    base = registry().base_types.get(base_type)
    if base is None:
        return value
    try:
        if base_type == "reference":
            return getattr(value, "pk", value)
        return base.dump(base.check(value) if not base.factory else base.load(value))
    except (Invalid, TypeError, ValueError) as error:
        raise FieldError(f"{value!r} is no value of the type {base_type}") from error


def typed_value(base_type: str, value: Any) -> Any:
    """Return the typed value of a stored one; one that does not fit as it is stored."""
    base = registry().base_types.get(base_type)
    try:
        return value if base is None or base_type == "reference" else base.load(value)
    except (Invalid, TypeError, ValueError, PluginError):
        return value


_OUTPUTS: dict[str, type[Field[Any, Any]]] = {
    "text": models.TextField,
    "integer": models.BigIntegerField,
    "float": models.FloatField,
    "decimal": DecimalOutput,
    "boolean": models.BooleanField,
    "date": models.DateField,
    "datetime": DateTimeOutput,
    "time": models.TimeField,
    "duration": models.DurationField,
    "uuid": models.UUIDField,
    "object": ObjectOutput,
    "reference": ReferenceOutput,
}
_OUTPUTS_BY_JSON: dict[str, type[Field[Any, Any]]] = {
    "number": models.FloatField,
    "boolean": models.BooleanField,
    "object": ObjectOutput,
    "array": ObjectOutput,
}


def output_of(type_name: str, multiple: bool) -> Field[Any, Any]:
    """Return the field of the typed values of a base type, or of lists of them."""
    if multiple:
        return AttributeListField(type_name)
    known = _OUTPUTS.get(type_name)
    if known is None:
        base = registry().base_types.get(type_name)
        known = _OUTPUTS_BY_JSON.get("string" if base is None else base.json)
    return PluginOutput(type_name) if known is None else known()
