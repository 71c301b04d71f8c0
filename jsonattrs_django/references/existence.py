"""Whether the records that values refer to are there, asked once for a batch of records and each model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections, router

from jsonattrs_django.conf import DEFAULTS, setting
from jsonattrs_django.messages import problem
from jsonattrs_django.permissions import choosable
from jsonattrs_django.plugin import NOT_FOUND
from jsonattrs_django.references.targets import target_condition, target_model
from jsonattrs_django.references.type import INTEGERS, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import Model

    from jsonattrs_core import Attribute, Problem
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Asked", "dangling", "present_keys"]

#: Keys asked for in one query.
_CHUNK = 1000
#: The setting of a function that may decide otherwise for each attribute.
_PERMISSION = "REFERENCE_PERMISSION"


class Asked(NamedTuple):
    """The values of one record whose references are to be looked for."""

    scope: Scope
    values: Mapping[str, Any]  #: clean values by attribute name
    instance: Model | None = None  #: the record, for the router


def dangling(batch: Iterable[Asked], user: Any = None) -> list[tuple[Problem, ...]]:
    """Return, for each record of a batch, the problems of its references to records that are not there.

    With a ``user``, also of those to records that she may not choose: she is not told which of the two it is.
    """
    asked = list(batch)
    wanted: dict[tuple[Any, ...], tuple[Attribute, set[Any]]] = {}
    for one in asked:
        for attribute, _, pk in _references(one):
            group = wanted.setdefault(_group(attribute, one.instance, user), (attribute, set()))
            group[1].add(pk)
    present = {group: present_keys(attribute, pks, group[1], user) for group, (attribute, pks) in wanted.items()}
    return [
        tuple(
            problem(path, NOT_FOUND, "not_found")
            for attribute, path, pk in _references(one)
            if pk not in present[_group(attribute, one.instance, user)]
        )
        for one in asked
    ]


def _references(one: Asked) -> Iterator[tuple[Attribute, tuple[str | int, ...], Any]]:
    for name in one.scope.compiled.references:
        value = one.values.get(name)
        attribute = one.scope.schema[name]
        if isinstance(value, Reference):
            yield attribute, (name,), value.pk
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, Reference):
                    yield attribute, (name, place), item.pk


def _group(attribute: Attribute, instance: Model | None, user: Any) -> tuple[Any, ...]:
    """Return what references have in common that are asked for with one query; the alias is its second member."""
    model = target_model(attribute)
    hints = {} if instance is None else {"instance": instance}
    constraints: Any = attribute.constraints
    chooser = None if user is None or setting(_PERMISSION) == DEFAULTS[_PERMISSION] else repr(attribute)
    return model, router.db_for_write(model, **hints), repr(constraints.get("filter")), chooser


def present_keys(attribute: Attribute, pks: Iterable[Any], alias: str, user: Any = None) -> set[Any]:
    """Return those of the keys under which there is a record that the attribute may refer to, and ``user`` choose."""
    from jsonattrs_django.references.type import make_check

    model, condition = target_model(attribute), target_condition(attribute)
    clean = make_check(attribute)
    keys = list(pks)
    limit = connections[alias].features.max_query_params or _CHUNK
    chunk = min(_CHUNK, limit // 2)
    found: set[Any] = set()
    for start in range(0, len(keys), chunk):
        rows = model._base_manager.using(alias).filter(condition, pk__in=_readable(keys[start : start + chunk], model))
        rows = choosable(user, rows, attribute)
        found |= {clean(_as_json(pk)).pk for pk in rows.values_list("pk", flat=True)}
    return found


def _as_json(pk: Any) -> Any:
    return pk if isinstance(pk, int) else str(pk)


def _readable(keys: Iterable[Any], model: type[Model]) -> list[Any]:
    """Leave out stored keys that the model's primary key cannot read: there is no record of them."""
    from jsonattrs_django.references.targets import key_field

    field = key_field(model)
    readable = []
    for key in keys:
        if isinstance(key, int) and key not in INTEGERS:
            continue  # databases raise
        try:
            readable.append(field.to_python(key))
        except Exception:  # noqa: S112 - whatever a field says of a stored value that is not its own
            continue
    return readable


def by_key(attribute: Attribute, pks: Iterable[Any], alias: str) -> dict[Any, Model]:
    """Return the records that keys refer to, by key; a filter does not hide what was stored before."""
    model = target_model(attribute)
    found: dict[Any, Model] = {}
    keys = _readable(pks, model)
    for start in range(0, len(keys), _CHUNK // 2):
        rows = model._base_manager.using(alias).filter(pk__in=keys[start : start + _CHUNK // 2])
        found |= {_as_json(row.pk): row for row in rows}
    return found
