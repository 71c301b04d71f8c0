"""References that are shown as nested objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model

if TYPE_CHECKING:
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["NESTED", "NestedReferences"]

#: Set in the context of a serializer that shows a part of the answer only, though it has no parent.
NESTED = "jsonattrs_nested"


class NestedReferences:
    """What attributes refer to, by the serializers that show it.

    An object that is sent back stands for the record whose key it has, so that what was read can be written.
    """

    def __init__(self, serializers: Mapping[str, Any]) -> None:
        self._classes = dict(serializers)
        self.names = frozenset(self._classes)
        self._made: dict[str, Any] = {}

    def serializer(self, name: str, context: Mapping[str, Any]) -> Any:
        """Return the serializer of an attribute."""
        if name not in self._made:
            self._made[name] = self._classes[name](context={**context, NESTED: True})
        return self._made[name]

    def nest(self, field: Any, scope: Scope, instance: Model, values: dict[str, Any]) -> None:
        """Put objects in the place of keys. The records of all instances that were listed together come at once."""
        for name in scope.compiled.references:
            if name in self.names and values.get(name) is not None:
                held = getattr(instance, field.model_field.attname)[name]
                serializer = self.serializer(name, field.context)
                if isinstance(held, list):
                    pairs = zip(held, values[name], strict=True)
                    values[name] = [_object(serializer, each, key) for each, key in pairs]
                else:
                    values[name] = _object(serializer, held, values[name])

    def flattened(self, data: Any) -> Any:
        """Return a payload in which objects that stand for records are their keys."""
        if not self.names or not isinstance(data, Mapping) or self.names.isdisjoint(data):
            return data
        return {name: self._flat(name, value) if name in self.names else value for name, value in data.items()}

    def _flat(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._flat(name, item) for item in value]
        key = _key_name(self.serializer(name, {}))
        return value[key] if isinstance(value, Mapping) and key in value else value


def _key_name(serializer: Any) -> str | None:
    """Return the name under which a serializer shows the primary key, None where it does not."""
    keys = ("pk", serializer.Meta.model._meta.pk.name) if hasattr(serializer, "Meta") else ("pk", "id")
    return next((name for name, each in serializer.fields.items() if each.source in keys), None)


def _object(serializer: Any, held: Any, key: Any) -> Any:
    """Return the object of a record; of one that is gone, an object that has the key and nothing else."""
    if isinstance(held, Model):
        return serializer.to_representation(held)
    name = _key_name(serializer)
    return None if name is None else {name: key}
