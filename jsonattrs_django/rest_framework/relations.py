"""Rows that records refer to by their columns, found for all records of a request together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.constants import LOOKUP_SEP
from rest_framework.serializers import PrimaryKeyRelatedField

from jsonattrs_django.references.type import INTEGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["fetch_deferred", "fetch_selectors", "find_rows"]


def find_rows(serializer: Any, payload: Sequence[Any]) -> None:
    """Let fields of foreign keys find the rows that a payload names with one query each, not one for each record.

    The rows come with those that the selectors of the attribute fields cross to. Fields that find their rows in a way
    of their own, or by anything but the primary key, go on as they do.
    """
    fields = [field for field in serializer._writable_fields if _is_plain(field)]
    if not fields:
        return
    crossed = [path for field in serializer.attribute_fields for path in field.model_field.select_related]
    for field in fields:
        field.to_internal_value = _finder(field, payload, _beyond(field.source, crossed))


def _is_plain(field: Any) -> bool:
    return (
        isinstance(field, PrimaryKeyRelatedField)
        and type(field).to_internal_value is PrimaryKeyRelatedField.to_internal_value
        and field.pk_field is None
    )


def _beyond(source: str, crossed: Iterable[str]) -> list[str]:
    start = f"{source}{LOOKUP_SEP}"
    return [path.removeprefix(start) for path in crossed if path.startswith(start)]


def _finder(field: Any, payload: Sequence[Any], beyond: Sequence[str]) -> Callable[[Any], Any]:
    """Return what stands in for the field's own way from a key to a row."""
    queryset = field.get_queryset()
    key_field = queryset.model._meta.pk
    wanted: dict[Any, Any] = {}
    for data in (field.get_value(each) for each in payload if isinstance(each, Mapping)):
        if data.__class__ in (int, str) and data not in wanted:
            key = _key(key_field, data)
            if key is not None:
                wanted[data] = key
    if beyond:
        queryset = queryset.select_related(*beyond)
    rows = queryset.in_bulk(set(wanted.values())) if wanted else {}
    asks = type(field).to_internal_value

    def to_internal_value(data: Any) -> Any:
        if data.__class__ not in (int, str) or data not in wanted:
            return field.fail("incorrect_type", data_type=type(data).__name__) if _is_odd(data) else asks(field, data)
        row = rows.get(wanted[data])
        return field.fail("does_not_exist", pk_value=data) if row is None else row

    return to_internal_value


def _key(key_field: Any, data: Any) -> Any:
    """Return the primary key that a JSON value stands for, None where the field itself shall say what is wrong."""
    try:
        key = None if _is_odd(data) else key_field.to_python(data)
    except (ValidationError, TypeError, ValueError, OverflowError):
        return None
    return None if isinstance(key, int) and key not in INTEGERS else key


def _is_odd(data: Any) -> bool:
    """Tell whether databases, or Django on the way there, choke on a value that is asked for as a key."""
    return isinstance(data, float | list | dict) or (isinstance(data, str) and not data.isprintable())


def fetch_deferred(instances: Sequence[Model], field: JSONAttributeField) -> None:
    """Fetch the attributes of instances, and the columns that decide on them, where a query set has left these out."""
    needed = (field.attname, *field.selectors.local_attnames)
    missing = [each for each in instances if each.pk is not None and not each.__dict__.keys() >= {*needed}]
    for alias in {each._state.db for each in missing}:
        own = [each for each in missing if each._state.db == alias]
        rows = field.model._base_manager.using(alias).only(*needed).in_bulk([each.pk for each in own])
        for each in own:
            if each.pk in rows:
                known = rows[each.pk].__dict__
                each.__dict__.update({name: known[name] for name in needed if name not in each.__dict__})


def fetch_selectors(instances: Sequence[Model], field: JSONAttributeField) -> None:
    """Fetch what the selectors of instances cross to, where it was not selected: one query for each column."""
    missing = [instance for instance in instances if not field.selectors.are_at_hand(instance)]
    if not missing:
        return
    for name in dict.fromkeys(path.partition(LOOKUP_SEP)[0] for path in field.select_related):
        rows: Any = field.model._meta.get_field(name).related_model._base_manager.all()
        beyond = _beyond(name, field.select_related)
        prefetch_related_objects(missing, Prefetch(name, rows.select_related(*beyond) if beyond else rows))
