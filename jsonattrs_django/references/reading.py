"""The records of references that are read: fetched when first asked for, for all records that were listed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

from django.db import router

from jsonattrs_django.references.existence import by_key
from jsonattrs_django.references.targets import target_model
from jsonattrs_django.references.type import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["introduce", "resolved"]

#: Where an instance keeps the records that its references have led to.
_KEPT = "_jsonattrs_referred"


def introduce(instances: Sequence[Model], fields: Iterable[JSONAttributeField]) -> None:
    """Make instances known to each other, so that they fetch what their attributes refer to together."""
    held = [field for field in fields if field.attname in instances[0].__dict__]
    if not held:
        return
    peers = [ref(instance) for instance in instances]
    for instance in instances:
        for field in held:
            instance.__dict__[field.attname].peers = peers


def resolved(instance: Model, field: JSONAttributeField, scope: Scope, name: str, value: Any) -> Any:
    """Return the record that a reference leads to, of several the list; the :class:`Reference` where it is gone.

    One query serves all instances that were fetched together and refer to the same model by the attribute.
    """
    keys = _keys(value)
    if not keys:
        return value
    attribute = scope.schema[name]
    model = target_model(attribute)
    kept = _kept(instance, model)
    if any(key not in kept for key in keys):
        together = [(instance, keys), *_peers(instance, field, model, name)]
        wanted = {key for _, several in together for key in several}
        found = by_key(attribute, wanted, router.db_for_read(model, instance=instance))
        for peer, several in together:
            _kept(peer, model).update({key: found.get(key) for key in several})
        kept = _kept(instance, model)
    if isinstance(value, list):
        return [_record(kept, item) for item in value]
    return _record(kept, value)


def _record(kept: dict[Any, Any], value: Any) -> Any:
    if not isinstance(value, Reference):
        return value
    found = kept.get(value.pk)
    return value if found is None else found


def _keys(value: Any) -> list[Any]:
    return [item.pk for item in (value if isinstance(value, list) else [value]) if isinstance(item, Reference)]


def _kept(instance: Model, model: type[Model]) -> dict[Any, Any]:
    kept: dict[Any, Any] = instance._state.__dict__.setdefault(_KEPT, {})
    return kept.setdefault(model, {})


def _peers(instance: Model, field: JSONAttributeField, model: type[Model], name: str) -> list[tuple[Model, list[Any]]]:
    """Return the instances that were fetched together with this one and have the attribute too, with their keys."""
    from jsonattrs_django.attributes import settled_state

    state = instance.__dict__[field.attname]
    found = []
    for reference in state.peers or getattr(instance._state, "peers", ()):
        peer = reference()
        if peer is None or peer is instance or field.attname not in peer.__dict__:
            continue
        if not field.selectors.are_at_hand(peer):
            continue
        other = settled_state(peer, field)
        if _target(other.known_scope, name) is model:
            found.append((peer, _keys((other.values or {}).get(name))))
    return found


def _target(scope: Scope, name: str) -> type[Model] | None:
    return target_model(scope.schema[name]) if name in scope.compiled.references else None
