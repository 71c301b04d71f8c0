"""An API of records in several scopes, and its OpenAPI document."""

from __future__ import annotations

import json
from contextlib import contextmanager

import jsonschema
from django.urls import include, path
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.validation import validate_schema
from rest_framework import viewsets
from rest_framework.routers import SimpleRouter
from rest_framework.test import APIRequestFactory
from testapp.models import Tree

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.rest_framework import (
    AttributeModelSerializer,
    ConditionalUpdateMixin,
    openapi,  # noqa: F401 - registers, as the application does
)
from jsonattrs_django.rest_framework.facets import FacetsMixin
from jsonattrs_django.rest_framework.filters import AttributeFilterBackend, AttributeOrderingFilter
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin, SchemaViewSet
from jsonattrs_django.testing import define

#: With these drf-spectacular has a component for each direction.
SPECTACULAR = {"OAS_VERSION": "3.1.0", "COMPONENT_SPLIT_REQUEST": True}

HEALTH = Attribute(
    "health",
    "text",
    label="Health",
    choices=[Choice("good", "In good health"), Choice("bad", "Ill"), Choice("gone", "Gone", retired=True)],
)
HEIGHT = Attribute("height", "decimal", required=True, constraints={"min": "0", "max": "150"})


def plant_trees():
    """Let trees have a general scope and two kinds of their own."""
    define(Tree, HEALTH, Attribute("seen", "date", help_text="Last seen."))
    define(Tree, HEIGHT, selectors=("oak",))
    define(Tree, Attribute("cones", "integer", multiple=True, constraints={"min_items": 2}), selectors=("red pine",))


class TreeSerializer(AttributeModelSerializer):
    class Meta:
        model = Tree
        fields = ("id", "kind", "attrs")


class FlatTreeSerializer(AttributeModelSerializer):
    class Meta:
        model = Tree
        fields = ("id", "kind", "attrs")
        flatten_attributes = True


class TreeViewSet(ConditionalUpdateMixin, viewsets.ModelViewSet):
    schema = AutoSchema()
    queryset = Tree.objects.order_by("pk")
    serializer_class = TreeSerializer
    attribute_scopes = [()]  # noqa: RUF012 - as a project writes it


class FlatTreeViewSet(TreeViewSet):
    serializer_class = FlatTreeSerializer


class FullTreeViewSet(FacetsMixin, AttributeSchemaMixin, TreeViewSet):
    """Everything that the adapter adds to a view set."""

    filter_backends = (AttributeFilterBackend, AttributeOrderingFilter)


class DescribedSchemaViewSet(SchemaViewSet):
    schema = AutoSchema()


def urls(**views):
    """Return the addresses of view sets by prefix."""
    router = SimpleRouter()
    for prefix, view in views.items():
        router.register(prefix, view, basename=prefix)
    return [path("api/", include(router.urls))]


@contextmanager
def configured(**changes):
    """Let drf-spectacular have other settings, which it reads once."""
    spectacular_settings.apply_patches({**SPECTACULAR, **changes})
    try:
        yield
    finally:
        spectacular_settings.clear_patches()


def document(user=None, public=True, **views):
    """Return the OpenAPI document of view sets, as a user gets it; it is valid, and was made without a warning."""
    generator = SchemaGenerator(patterns=urls(**views))
    request = None
    if user is not None:
        request = APIRequestFactory().get("/schema/")
        request.user, request.auth = user, None
    made = generator.get_schema(request=request, public=public)
    assert not GENERATOR_STATS, GENERATOR_STATS._warn_cache
    validate_schema(made)
    return json.loads(OpenApiJsonRenderer().render(made))


def judge(made, component):
    """Return the validator of a component."""
    return jsonschema.Draft202012Validator(
        {"$ref": f"#/components/schemas/{component}", "components": made["components"]}
    )
