"""Updates that write the columns that a payload names, so that nobody's other changes are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.db.models import Model
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.utils import model_meta

from jsonattrs_django.models.manager import attribute_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

__all__ = ["is_written_whole", "update_named"]


def is_written_whole(update: Callable[..., Any], instance: Model, values: Mapping[str, Any]) -> bool:
    """Tell whether an update is left to another serializer, or to a model whose own ``save`` sets what it likes.

    So is one that gives a record another key.
    """
    own = getattr(update, "__func__", None) is not serializers.ModelSerializer.update
    keys = {name: values[name] for field in _keys(instance) for name in (field.name, field.attname) if name in values}
    return own or type(instance).save is not Model.save or any(getattr(instance, name) != keys[name] for name in keys)


def update_named(serializer: Any, instance: Model, values: Mapping[str, Any]) -> Model:
    """Do what ``ModelSerializer.update`` does, and write no column that is not named and was not changed on the way.

    Attribute fields know by themselves what to write. Raises NotFound where the record is not there any more.
    """
    serializers.raise_errors_on_nested_writes("update", serializer, values)
    several = {name for name, each in model_meta.get_field_info(instance).relations.items() if each.to_many}
    before = _columns(instance)
    for name, value in values.items():
        if name not in several:
            setattr(instance, name, value)
    changed = _changed(instance, before)
    written = {field.name for field in _written(instance) if {field.name, field.attname} & values.keys()} | changed
    _save(instance, written)
    for name in several & values.keys():
        getattr(instance, name).set(values[name])
    return instance


def _save(instance: Model, names: Collection[str]) -> None:
    """Write columns, the attributes, and the times of changes; and what a receiver of ``pre_save`` sets besides."""
    own = {name for name, field in attribute_fields(type(instance)).items() if field.attname in instance.__dict__}
    clocks = {field.name for field in _written(instance) if getattr(field, "auto_now", False)}
    before = _columns(instance)
    written = {*names, *own, *clocks}
    try:
        instance.save(update_fields=written)
    except DatabaseError as error:
        if _is_gone(instance, error):
            raise NotFound from error
        raise
    late = _changed(instance, before) - written
    if late:
        row = type(instance)._base_manager.using(instance._state.db).filter(pk=instance.pk)
        after = _columns(instance)
        row.update(**{instance._meta.get_field(name).attname: after[name] for name in late})


def _is_gone(instance: Model, error: DatabaseError) -> bool:
    """Tell whether Django says that no row was updated, and not the database that something is wrong."""
    own = getattr(type(instance), "NotUpdated", None)  # from Django 6.0 on
    return isinstance(error, own) if own else type(error) is DatabaseError and error.__cause__ is None


# ---- columns ----


def _keys(instance: Model) -> list[Any]:
    own = {field for model in (type(instance), *instance._meta.all_parents) for field in model._meta.pk_fields}
    return [field for field in instance._meta.concrete_fields if field in own]


def _written(instance: Model) -> list[Any]:
    """Return the fields that an update may name."""
    keys = _keys(instance)
    return [field for field in instance._meta.concrete_fields if field not in keys and not field.generated]


def _columns(instance: Model) -> dict[str, Any]:
    """Return the values of the columns of a record that are neither attributes nor deferred."""
    others = attribute_fields(type(instance))
    known = instance.__dict__
    fields = [each for each in _written(instance) if each.attname in known and each.name not in others]
    return {each.name: known[each.attname] for each in fields}


def _changed(instance: Model, before: Mapping[str, Any]) -> set[str]:
    """Return the names of the columns that were set since; one that was only fetched was not."""
    return {name for name, value in _columns(instance).items() if name in before and before[name] is not value}
