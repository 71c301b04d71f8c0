"""What drf-spectacular is told of attribute fields and of the serializers that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent, is_patched_serializer
from drf_spectacular.settings import spectacular_settings

from jsonattrs_django.rest_framework.openapi.attributes import attributes_schema
from jsonattrs_django.rest_framework.openapi.older import in_version
from jsonattrs_django.rest_framework.openapi.scopes import described_scopes, scope_name
from jsonattrs_django.rest_framework.openapi.selection import Selection
from jsonattrs_django.rest_framework.openapi.sparse import is_sparse

if TYPE_CHECKING:
    from jsonattrs_django.rest_framework.fields import AttributesField
    from jsonattrs_django.rest_framework.openapi.attributes import Kind
    from jsonattrs_django.selectors import Texts

__all__ = ["AttributeSerializerExtension", "AttributesFieldExtension"]

_Schema = dict[str, Any]


class _Described(NamedTuple):
    """One attribute field of a serializer in one direction: the components of its scopes."""

    field: AttributesField
    components: dict[Texts, ResolvedComponent]  #: by scope, the most general first
    is_complete: bool  #: there are no other attributes

    @property
    def schema(self) -> _Schema:
        """The schema of the attributes of a record of any of the scopes."""
        references = [component.ref for component in self.components.values()]
        return references[0] if len(references) == 1 else {"anyOf": references}

    @property
    def is_required(self) -> bool:
        """Tell whether each scope demands some attribute."""
        return all("required" in component.schema for component in self.components.values())


def _kind(serializer: Any, direction: str) -> Kind:
    """Return what a component describes; one for both directions, what a stored record reads as."""
    if is_patched_serializer(serializer, direction):
        return "changes"
    return "new" if direction == "request" and spectacular_settings.COMPONENT_SPLIT_REQUEST else "stored"


def _name(auto_schema: Any, serializer: Any, direction: str, part: str, ending: str) -> str:
    """Return the name of a component of a serializer's attributes: PartyAttrsRequest_organization_3."""
    whole = auto_schema._get_serializer_name(serializer, direction)
    suffix = "Request" if direction == "request" and spectacular_settings.COMPONENT_SPLIT_REQUEST else ""
    return f"{whole.removesuffix(suffix)}{part}{suffix}{ending}"


def _registered(auto_schema: Any, name: str, schema: _Schema) -> ResolvedComponent:
    component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=in_version(schema), object=name)
    auto_schema.registry.register_on_missing(component)
    return component


def _described(auto_schema: Any, field: AttributesField, direction: str) -> _Described:
    """Register a component for each scope that the view exposes."""
    serializer, model_field = field.parent, field.model_field
    scopes, is_complete = described_scopes(auto_schema.view, model_field)
    kind = _kind(serializer, direction)
    components = {}
    for texts, scope in scopes.items():
        schema = attributes_schema(field, scope, kind, lambda name: _nested(auto_schema, field, name, kind))
        schema = {"title": f"{field.field_name}: {model_field.selectors.described(texts)}", **schema}
        if not is_complete:
            schema["additionalProperties"] = {}
        elif not serializer.flattens:  # otherwise the other fields of the record stand beside them
            schema["additionalProperties"] = False
        part = "".join(word.capitalize() for word in field.field_name.split("_"))
        name = _name(auto_schema, serializer, direction, part, scope_name(model_field, texts))
        components[texts] = _registered(auto_schema, name, schema)
    return _Described(field, components, is_complete)


def _nested(auto_schema: Any, field: AttributesField, name: str, kind: Kind) -> _Schema | None:
    """Return the schema of the objects that references are shown as, None where they are keys."""
    if kind != "stored" or name not in field.references.names:
        return None
    found: _Schema = auto_schema.resolve_serializer(field.references.serializer(name, field.context), "response").ref
    return found


class AttributesFieldExtension(OpenApiSerializerFieldExtension):
    """An attribute field is typed by the scopes that the view exposes."""

    target_class = "jsonattrs_django.rest_framework.fields.AttributesField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> _Schema:
        """Return the schema of the attributes."""
        return _described(auto_schema, self.target, direction).schema


class AttributeSerializerExtension(OpenApiSerializerExtension):
    """A serializer with attributes is one schema for each scope, where its other fields tell which one it is."""

    target_class = "jsonattrs_django.rest_framework.serializers.AttributeSerializerMixin"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: str) -> _Schema:
        """Return the schema of a record."""
        serializer = self.target
        base: _Schema = auto_schema._map_serializer(serializer, direction, bypass_extensions=True)
        hidden = "read_only" if direction == "request" else "write_only"
        fields = [each for each in serializer.attribute_fields if not getattr(each, hidden)]
        base = _as_sent(serializer, base, fields, direction)
        described = [_described(auto_schema, field, direction) for field in fields]
        if any(each.is_required for each in described):
            demanded = [each.field.field_name for each in described if each.is_required]
            base = {**base, "required": sorted({*base.get("required", ()), *demanded})}
        if len(described) == 1 and not is_patched_serializer(serializer, direction):
            records = _Records(auto_schema, serializer, direction, described[0])
            if records.are_told_apart:
                return records.schema(base)
        if not serializer.flattens or not described:
            return base
        is_closed = direction == "request" and all(each.is_complete for each in described)
        return _flat([_without(base, fields), *(each.schema for each in described)], is_closed=is_closed)


def _as_sent(serializer: Any, base: _Schema, fields: list[AttributesField], direction: str) -> _Schema:
    """Return the schema of the fields without the adapter's own description, and with what an answer always has."""
    found = {name: each for name, each in base.items() if name != "description" or type(serializer).__doc__}
    if direction == "response" and spectacular_settings.COMPONENT_SPLIT_REQUEST:
        names = (
            [] if is_sparse(type(serializer)) else [*base.get("required", ()), *(each.field_name for each in fields)]
        )
        found["required"] = sorted({*names})
    return found


def _flat(parts: list[_Schema], *, is_closed: bool) -> _Schema:
    """Return the schema of a record whose attributes stand among the other fields."""
    return in_version({"allOf": parts, **({"unevaluatedProperties": False} if is_closed else {})})


def _without(base: _Schema, fields: list[AttributesField]) -> _Schema:
    names = {field.field_name for field in fields}
    required = [name for name in base.get("required", ()) if name not in names]
    others = {name: each for name, each in base.get("properties", {}).items() if name not in names}
    kept = {name: each for name, each in base.items() if name not in ("properties", "required")}
    return {**kept, "properties": others, **({"required": required} if required else {})}


class _Records:
    """The records of one serializer, whose scope their own fields tell."""

    def __init__(self, auto_schema: Any, serializer: Any, direction: str, described: _Described) -> None:
        self._auto_schema = auto_schema
        self._serializer = serializer
        self._direction = direction
        self._field = described.field
        self._components = described.components
        self._is_complete = described.is_complete
        self._selection = Selection(serializer, described.field.model_field, direction)

    @property
    def are_told_apart(self) -> bool:
        """Tell whether there is something to choose between, and by."""
        return len(self._components) > 1 and any(map(self._selection.values, self._components))

    def schema(self, base: _Schema) -> _Schema:
        """Register a component of each scope, and return the schema of a record that is in one of them."""
        references = [self._registered(base, texts).ref for texts in self._components]
        is_told = self._selection.tells_all(self._components) and not is_sparse(type(self._serializer))
        return {"oneOf" if is_told else "anyOf": references}

    def _registered(self, base: _Schema, texts: Texts) -> ResolvedComponent:
        ending = scope_name(self._field.model_field, texts)
        name = _name(self._auto_schema, self._serializer, self._direction, "", ending or "_any")
        return _registered(self._auto_schema, name, self._record(base, texts))

    def _record(self, base: _Schema, texts: Texts) -> _Schema:
        values = self._selection.values(texts)
        properties = dict(base["properties"])
        for name, value in values.items():
            kept = {word: properties[name][word] for word in ("title", "description") if word in properties[name]}
            properties[name] = {**kept, "const": value}
        properties[self._field.field_name] = self._components[texts].ref
        found = {**base, "properties": properties}
        demanded = [self._field.field_name] if "required" in self._components[texts].schema else []
        required = sorted(
            {*base.get("required", ()), *demanded, *(() if is_sparse(type(self._serializer)) else values)}
        )
        if required:
            found["required"] = required
        if excluded := self._selection.excluded(texts, self._components):
            found["not"] = {"anyOf": excluded}
        if not self._serializer.flattens:
            return found
        is_closed = self._direction == "request" and self._is_complete
        return _flat([_without(found, [self._field]), self._components[texts].ref], is_closed=is_closed)
