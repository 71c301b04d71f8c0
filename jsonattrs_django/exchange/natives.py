"""Columns of the model itself in a table: its fields, and fields of the rows that it refers to.

``project`` is the key of a row of another table, and ``project__slug`` something by which that row is known: on the way
in, the row is the one that has all that the columns beginning with ``project__`` say.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.utils.duration import duration_iso_string
from django.utils.text import capfirst

from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Field, Model

__all__ = ["NativeColumn", "every_column", "has_column", "native_columns"]


class NativeColumn:
    """A field of the model, or of a row that it refers to."""

    def __init__(self, model: type[Model], path: str) -> None:
        self.hops, self.field = _resolved(model, path)
        self.path = LOOKUP_SEP.join(field.name for field in (*self.hops, self.field))  # "pk" has a name

    def __repr__(self) -> str:
        return f"<NativeColumn {self.path}>"

    @property
    def source(self) -> Field[Any, Any]:
        """The model's own field on which the value depends."""
        return self.hops[0] if self.hops else self.field

    @property
    def rest(self) -> str:
        """The path beyond the model's own field."""
        return self.path.partition(LOOKUP_SEP)[2]

    @cached_property
    def lookup(self) -> str:
        """The name under which queries find the value that stands in the cell."""
        if self.field.is_relation:
            return LOOKUP_SEP.join([*(hop.name for hop in self.hops), self.field.attname])
        return self.path

    @cached_property
    def _plain(self) -> Field[Any, Any]:
        """The field that a value is a value of: of a key, that of the row."""
        field: Any = self.field
        while field.is_relation:
            field = field.target_field
        return field

    @property
    def is_number(self) -> bool:
        """Tell whether every record has a whole number here, which is its own cell."""
        is_there = not any(field.null for field in (*self.hops, self.field))
        return is_there and isinstance(self._plain, models.IntegerField)

    @property
    def label(self) -> str:
        """What people call it."""
        return " / ".join(capfirst(str(field.verbose_name)) for field in (*self.hops, self.field))

    def dumped(self, value: Any) -> Any:
        """Return the JSON value of one that was read from the database: a text, a number, true, false or null."""
        if value is None or isinstance(value, str | bool | int | float):
            return value if value is None or type(value) in (str, bool, int, float) else self._prepared(value)
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        if isinstance(value, timedelta):
            return duration_iso_string(value)
        if isinstance(value, list | tuple | dict):
            return json.dumps(value, ensure_ascii=False, default=str)
        return str(value)

    def _prepared(self, value: Any) -> Any:
        return self._plain.get_prep_value(value)

    def typed(self, value: Any) -> Any:
        """Return the Python value of a text, or of a JSON value. Raises ValidationError, ValueError or TypeError."""
        field = self._plain
        if isinstance(field, models.BooleanField) and isinstance(value, str):
            value = {"true": True, "false": False}.get(value.strip().lower(), value)
        if isinstance(value, str) and isinstance(field, models.JSONField):
            return json.loads(value)
        if _is_of_another_type(field, value):
            raise TypeError(value)
        found = field.to_python(value)
        _demand_storable(field, found)
        return found


#: Fields of which each value is a text, a number, or true or false.
_PLAIN = (
    *(models.CharField, models.TextField, models.IntegerField, models.FloatField, models.DecimalField),
    *(models.BooleanField, models.DateField, models.TimeField, models.DurationField, models.UUIDField),
    *(models.GenericIPAddressField, models.FileField),
)
_NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField)
_TEXTS = (models.CharField, models.TextField)

_has_no_null = ProhibitNullCharactersValidator()
_is_not_below, _is_not_above = MinValueValidator(-(2**63)), MaxValueValidator(2**63 - 1)


def _is_of_another_type(field: Any, value: Any) -> bool:
    """Tell whether a JSON value is not one of a field, though Django would make one of it."""
    if not isinstance(field, _PLAIN):
        return False
    if isinstance(value, bool):
        return not isinstance(field, models.BooleanField)
    if isinstance(value, int | float):
        is_whole = int(value) == value
        return not isinstance(field, (*_NUMBERS, *_TEXTS)) or (isinstance(field, models.IntegerField) and not is_whole)
    return isinstance(value, list | dict)


def _demand_storable(field: Any, value: Any) -> None:
    """Raise ValidationError, or ValueError, for a value that databases cannot be asked for."""
    if isinstance(value, str):
        _has_no_null(value)
        value.encode()
    elif isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(value)
    elif isinstance(field, models.IntegerField) and value is not None:
        _is_not_below(value)
        _is_not_above(value)


def _resolved(model: type[Model], path: str) -> tuple[tuple[Any, ...], Any]:
    """Return the foreign keys that a path crosses, and the field at its end. Raises ExchangeError."""
    hops: list[Any] = []
    names = path.split(LOOKUP_SEP)
    for place, name in enumerate(names):
        known = {each.name: each for each in model._meta.concrete_fields if _is_column(each)}
        field = model._meta.pk if name == "pk" else known.get(name)
        if field is None:
            raise ExchangeError(f"{model._meta.label} has no column {name!r}{nearest(name, known)}")
        if place == len(names) - 1:
            return tuple(hops), field
        if not field.is_relation:
            raise ExchangeError(
                f"{name!r} of {model._meta.label} refers to no other row, so that {path!r} leads nowhere"
            )
        hops.append(field)
        model = field.related_model
    raise AssertionError(path)


def _is_column(field: Any) -> bool:
    return not isinstance(field, JSONAttributeField | models.BinaryField)


def every_column(model: type[Model]) -> list[NativeColumn]:
    """Return the columns of a model itself, the primary key first."""
    fields = [field for field in model._meta.concrete_fields if _is_column(field) and not _is_parent_link(field)]
    return [NativeColumn(model, field.name) for field in sorted(fields, key=lambda field: not field.primary_key)]


def _is_parent_link(field: Any) -> bool:
    return bool(field.is_relation and field.remote_field.parent_link and not field.primary_key)


def native_columns(model: type[Model], paths: Iterable[str] | None) -> list[NativeColumn]:
    """Return the columns of these paths; for None the key and those that people edit.

    Raises ExchangeError with the nearest name.
    """
    if paths is None:
        return [each for each in every_column(model) if each.field.editable or each.field.primary_key]
    return [NativeColumn(model, path) for path in dict.fromkeys(paths)]


def has_column(model: type[Model], name: str) -> bool:
    """Tell whether a name is that of a column of the model, so that no attribute can have it as its heading."""
    if name == "pk":
        return True
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return any(field.attname == name for field in model._meta.concrete_fields)
    return True
