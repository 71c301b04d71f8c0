"""What an attribute may refer to: the model of its constraint ``model``, and those records that ``filter`` leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q

from jsonattrs_core import SchemaError
from jsonattrs_django.names import nearest

if TYPE_CHECKING:
    from django.db.models import Field, Model

    from jsonattrs_core import Attribute

__all__ = ["condition", "key_field", "target_condition", "target_model"]


def target_model(attribute: Attribute) -> type[Model]:
    """Return the model that an attribute refers to. Raises SchemaError where its constraint names none."""
    constraints = attribute.constraints if isinstance(attribute.constraints, Mapping) else {}
    label = constraints.get("model")
    if not isinstance(label, str):
        raise SchemaError("a reference needs the constraint 'model', such as {model: auth.User}")
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        known = [model._meta.label for model in apps.get_models()]
        raise SchemaError(f"there is no model {label!r}{nearest(label, known)}") from None


def key_field(model: type[Model]) -> Field[Any, Any]:
    """Return the field that holds the primary key of a model; of one that inherits from another, the parent's."""
    field: Any = model._meta.pk
    while field.remote_field is not None:
        field = field.target_field
    return field


def target_condition(attribute: Attribute) -> Q:
    """Return the condition that a record which the attribute refers to must meet."""
    given = attribute.constraints.get("filter") if isinstance(attribute.constraints, Mapping) else None
    found = condition(target_model(attribute), given) if given else None
    return found if found is not None else Q()


def condition(model: type[Model], given: Any) -> Q | None:
    """Return the condition that some fields of a model have some values, None for what is no mapping.

    A schema's author names fields of the model itself and nothing else: no relations, no look-ups. Raises SchemaError.
    """
    if not isinstance(given, Mapping) or not given:
        return None
    found = Q()
    own = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    for name, value in given.items():
        if name not in own:
            raise SchemaError(
                f"'filter' names {name!r}, which is no plain field of {model._meta.label}{nearest(str(name), own)}"
            )
        values = value if isinstance(value, list | tuple) else [value]
        try:
            clean = [own[name].to_python(each) for each in values]
        except ValidationError:
            raise SchemaError(f"'filter' has a value for {name!r} which that field cannot have") from None
        found &= Q((f"{name}__in", clean))
    return found
