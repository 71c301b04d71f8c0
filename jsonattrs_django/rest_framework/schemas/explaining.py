"""Where each property of a composed schema comes from.

Schemas are layers, counted from the most general one. A layer has a name for those only who may edit its schema; others
are told which selectors it is bound to, whose values they know. Nobody is told what a layer that he does not know by
name said before another one said otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jsonattrs_core import Attribute, JSONAttrsError, PluginError, Registry, Schema, compose
from jsonattrs_django.planning.faults import may_edit_scope
from jsonattrs_django.planning.published import layers_of
from jsonattrs_django.registry import registry
from jsonattrs_django.rest_framework.schemas.documents import mentions
from jsonattrs_django.rest_framework.schemas.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonattrs_core import ComposedSchema
    from jsonattrs_django.rest_framework.schemas.scopes import ScopeOf
    from jsonattrs_django.selectors import Texts

__all__ = ["explanation_of"]


class _Layers:
    """The schemas of a scope under names that may be told: a number, with the schema's own name where it may be."""

    def __init__(self, asked: ScopeOf) -> None:
        self.told: list[dict[str, Any]] = []
        self.numbers: dict[str, int] = {}  #: by what a layer is called in explanations
        schemas = [self._renamed(asked, texts, schema) for texts, schema in layers_of(asked.field, asked.texts)]
        try:
            self.composed: ComposedSchema = compose(*schemas)
        except JSONAttrsError as error:
            raise Unusable from error

    def _renamed(self, asked: ScopeOf, texts: Texts, schema: Schema) -> Schema:
        number = len(self.told) + 1
        name = schema.name if may_edit_scope(asked.user, asked.field, texts) else None
        pairs = zip(asked.field.selectors, texts, strict=True)
        bound = [selector.name for selector, text in pairs if text is not None]
        self.told.append({"layer": number, "selectors": bound, "schema": name})
        called = str(number) if name is None else f"{number}: {name}"
        self.numbers[called] = number
        return replace(schema, name=called)

    @property
    def are_known(self) -> bool:
        """Tell whether the reader knows all layers by name: what was dropped on the way may name what is gone."""
        return all(each["schema"] is not None for each in self.told)

    def is_known(self, called: str) -> bool:
        """Tell whether the reader knows a layer by name."""
        return self.told[self.numbers[called] - 1]["schema"] is not None


def explanation_of(asked: ScopeOf) -> dict[str, Any]:
    """Return the layers of a scope, and for each attribute where its properties come from. Raises Unusable."""
    layers = _Layers(asked)
    hidden = {
        word for name in layers.composed if name not in asked.viewed for word in (name, str(layers.composed[name].key))
    }
    attributes = {name: _explained(layers, name, hidden) for name in layers.composed if name in asked.viewed}
    return {"layers": layers.told, "attributes": attributes}


def _explained(layers: _Layers, name: str, hidden: set[str]) -> dict[str, Any]:
    found = layers.composed.explain(name, _registry())
    properties = {}
    for part, origin in found.items():
        if part in ("required_if", "visible_if") and mentions(str(origin.value), hidden):
            continue
        told: dict[str, Any] = {"value": _plain(part, origin.value), "layer": layers.numbers[origin.schema]}
        before = [*_before(layers, part, origin.overrode, hidden)]
        properties[part] = {**told, "overrode": before} if before else told
    notes = [note for note in found.notes if not mentions(note, hidden)] if layers.are_known else []
    return {"key": found.key, "properties": properties, "notes": notes}


def _before(layers: _Layers, part: str, overrode: Any, hidden: set[str]) -> Iterator[dict[str, Any]]:
    """Yield what other layers said before, the most general first; its value only where the reader knows the layer."""
    for called, value in overrode:
        told = {"layer": layers.numbers[called]}
        is_told = layers.is_known(called) and not (isinstance(value, str) and mentions(value, hidden))
        yield {"value": _plain(part, value), **told} if is_told else told


def _plain(part: str, value: Any) -> Any:
    """Return the value of a property, or of a part of one, as documents have it."""
    name, _dot, member = part.partition(".")
    given = {"key": "k", "name": "k", name: {member: value} if member else value}
    (document,) = Schema("", [Attribute.from_given(given)]).to_document()["attributes"]
    return document[name][member] if member else document[name]


def _registry() -> Registry:
    """Return the project's registry; where a plugin is broken, one of what is built in, which explains as well."""
    try:
        return registry()
    except PluginError:
        return Registry.from_plugins()
