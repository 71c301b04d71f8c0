"""The endpoints that the adapter adds to view sets: what each takes and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drf_spectacular.utils import OpenApiParameter

from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.rest_framework.exposed import exposed, model_of
from jsonattrs_django.rest_framework.facets import FacetsMixin, countable
from jsonattrs_django.rest_framework.openapi.components import ref
from jsonattrs_django.rest_framework.openapi.selection import value_schema
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin, JSONSchemaRenderer, SchemaViewSet
from jsonattrs_django.targets import all_fields

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ENDPOINTS", "Endpoint", "endpoint_of"]

_Schema = dict[str, Any]


class Endpoint(NamedTuple):
    """What is said of one operation, where drf-spectacular cannot find it out."""

    responses: dict[Any, _Schema]  #: by code, or by code and media type
    request: _Schema | None = None
    parameters: tuple[OpenApiParameter, ...] = ()
    errors: tuple[int, ...] = ()  #: further codes of errors
    is_of_schema: bool = False  #: an error may be about the document of a schema
    is_tagged: bool = False  #: the response has an entity tag
    is_conditional: bool = False  #: the request may ask for one
    is_filtered: bool = False  #: by the filters of the view, as a list is


_DRY_RUN = OpenApiParameter("dry_run", bool, description="Change nothing, and tell what the change would mean.")
_KEY = OpenApiParameter(
    "key",
    {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}$"},
    OpenApiParameter.PATH,
    description="The key of an attribute.",
)


# ---- facets ----


def _facets(auto_schema: Any) -> Endpoint:
    view = auto_schema.view
    names = countable(exposed(view, model_of(view)), view.facet_limit)
    facet = ref(auto_schema.registry, "AttributeFacet")
    name = {"type": "string", "enum": names} if names else {"type": "string"}  # of none, an empty list is no schema
    asked = {"type": "array", "items": name, "minItems": 1, "maxItems": 10}
    parameter = OpenApiParameter(
        view.facets_param,
        asked,
        required=True,
        explode=False,
        style="form",
        description="Attributes whose values are counted.",
    )
    response = {"type": "object", "properties": dict.fromkeys(names, facet), "additionalProperties": False}
    return Endpoint({200: response}, parameters=(parameter,), is_filtered=True)


# ---- composed schemas ----


def _selectors(auto_schema: Any) -> tuple[OpenApiParameter, ...]:
    view = auto_schema.view
    field = attribute_field(model_of(view), view.attribute_field)
    return tuple(
        OpenApiParameter(
            each.name, value_schema(each), description="The scope has this value; any, where it is left out."
        )
        for each in field.selectors
    )


def _schema(auto_schema: Any) -> Endpoint:
    responses = {
        (200, "application/json"): ref(auto_schema.registry, "AttributeSchemaDocument"),
        (200, JSONSchemaRenderer.media_type): ref(auto_schema.registry, "AttributeJSONSchema"),
    }
    return Endpoint(responses, errors=(409,), is_tagged=True)


def _explanation(auto_schema: Any) -> Endpoint:
    return Endpoint({200: ref(auto_schema.registry, "AttributeExplanation")}, errors=(409,))


def _verdict(auto_schema: Any) -> Endpoint:
    problems = {"type": "array", "items": ref(auto_schema.registry, "AttributeProblem")}
    response = {
        "type": "object",
        "properties": {
            "valid": {"type": "boolean"},
            "document": {"type": "object", "additionalProperties": {}, "description": "What would be stored, by name."},
            "problems": problems,
            "warnings": {**problems, "description": "What rules say that refuse nothing."},
        },
        "required": ["valid", "document", "problems", "warnings"],
    }
    return Endpoint({200: response}, ref(auto_schema.registry, "AttributeCandidate"), errors=(409,))


def _of_scope(describe: Callable[[Any], Endpoint]) -> Callable[[Any], Endpoint]:
    def described(auto_schema: Any) -> Endpoint:
        found = describe(auto_schema)
        return found._replace(parameters=_selectors(auto_schema), errors=(*found.errors, 404))

    return described


# ---- schemas as resources ----


def _listed(auto_schema: Any) -> Endpoint:
    models = {field.model._meta.label for field in all_fields()}
    chosen = OpenApiParameter("model", str, enum=sorted(models), description="Schemas of this model alone.")
    field = OpenApiParameter("field", str, description="The attribute field of the model, where it has several.")
    return Endpoint({200: ref(auto_schema.registry, "AttributeSchemaListed")}, parameters=(chosen, field))


def _resource(auto_schema: Any) -> Endpoint:
    return Endpoint({200: ref(auto_schema.registry, "AttributeSchemaResource")}, is_tagged=True)


def _change(
    request: str | None, *parameters: OpenApiParameter, codes: tuple[int, ...] = (200,)
) -> Callable[[Any], Endpoint]:
    def described(auto_schema: Any) -> Endpoint:
        registry = auto_schema.registry
        given = None if request is None else ref(registry, request)
        responses = {code: ref(registry, "AttributeSchemaChange") for code in codes}
        parts = (_DRY_RUN, *parameters)
        return Endpoint(responses, given, parts, (404, 409), is_of_schema=True, is_tagged=True, is_conditional=True)

    return described


def _definition(auto_schema: Any) -> Endpoint:
    return Endpoint({200: ref(auto_schema.registry, "AttributeDefinition")}, parameters=(_KEY,), is_tagged=True)


ENDPOINTS: dict[type, dict[str, Callable[[Any], Endpoint]]] = {
    FacetsMixin: {"facets": _facets},
    AttributeSchemaMixin: {
        "attribute_schema": _of_scope(_schema),
        "attribute_schema_explain": _of_scope(_explanation),
        "attribute_schema_validate": _of_scope(_verdict),
        "record_schema": _schema,
        "record_schema_explain": _explanation,
        "record_schema_validate": _verdict,
    },
    SchemaViewSet: {
        "list": _listed,
        "retrieve": _resource,
        "create": _change("AttributeSchemaNew", codes=(200, 201)),
        "update": _change("AttributeSchemaGiven"),
        "attribute": _definition,
        "replace_attribute": _change("AttributeDefinition", _KEY),
        "change_attribute": _change("AttributeDefinition", _KEY),
        "leave_out_attribute": _change(None, _KEY),
        "retire": _change(None),
        "restore": _change(None),
    },
}


def endpoint_of(auto_schema: Any) -> Endpoint | None:
    """Return what is said of the operation that is described, None where it is one of the project's own."""
    view = auto_schema.view
    action = getattr(view, "action", None)
    for mixin, actions in ENDPOINTS.items():
        if isinstance(view, mixin) and action in actions:
            return actions[action](auto_schema)
    return None
