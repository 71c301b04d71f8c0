"""The OpenAPI document describes the operations: headers, errors, and the endpoints that the adapter adds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.settings import api_settings
from rest_framework.test import APIRequestFactory

from jsonattrs_django.rest_framework import ProblemJSONRenderer
from jsonattrs_django.rest_framework.facets import FacetsMixin
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin
from jsonattrs_django.rest_framework.sparse import SparseFieldsMixin
from tests.django.rest.openapi_world import (
    DescribedSchemaViewSet,
    FlatTreeViewSet,
    FullTreeViewSet,
    TreeSerializer,
    TreeViewSet,
    configured,
    document,
    judge,
    plant_trees,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spectacular():
    with configured():
        yield


@pytest.fixture
def trees(made_once={}):  # noqa: B006 - the same document each time
    plant_trees()
    if not made_once:
        made_once.update(document(trees=TreeViewSet))
    return made_once


def test_everything_that_the_adapter_adds_is_described():
    plant_trees()
    made = document(trees=FullTreeViewSet, schemas=DescribedSchemaViewSet)
    operations = {
        f"{method} {path}": operation for path, each in made["paths"].items() for method, operation in each.items()
    }
    for name, operation in operations.items():
        success = next(each for code, each in operation["responses"].items() if code.startswith("2"))
        bare = [each for each in success.get("content", {}).values() if each.get("schema") in ({}, {"type": "object"})]
        assert not bare, name
    names = [operation["operationId"] for operation in operations.values()]
    assert len(names) == len({*names})
    schema = operations["get /api/trees/schema/"]
    assert [each["name"] for each in schema["parameters"]] == ["format", "kind"]
    assert [*schema["responses"]["200"]["content"]] == ["application/json", "application/schema+json"]
    facets = operations["get /api/trees/facets/"]
    [asked] = [each for each in facets["parameters"] if each["name"] == "facets"]
    assert asked["schema"]["items"]["enum"] == ["attrs.health", "attrs.seen", "attrs.height"]
    assert "attrs.height__gte" in [each["name"] for each in facets["parameters"]]
    assert "ordering" not in [each["name"] for each in facets["parameters"]]
    assert "ordering" in [each["name"] for each in operations["get /api/trees/"]["parameters"]]
    change = operations["put /api/schemas/{id}/"]
    assert {"dry_run", "If-Match"} <= {each["name"] for each in change["parameters"]}
    assert {"200", "400", "401", "403", "404", "409", "412"} <= {*change["responses"]}


def test_where_nothing_can_be_counted_the_parameter_is_still_a_schema():
    paths = document(trees=FullTreeViewSet, schemas=DescribedSchemaViewSet)["paths"]
    [asked] = [each for each in paths["/api/trees/facets/"]["get"]["parameters"] if each["name"] == "facets"]
    assert asked["schema"]["items"] == {"type": "string"}


def test_operations_are_not_described_by_what_classes_say_to_programmers():
    plant_trees()
    plain = type("Plain", (FacetsMixin, AttributeSchemaMixin, TreeViewSet), {"filter_backends": ()})
    own = type("Own", (plain,), {"__doc__": "Trees of the town."})
    for view, said in ((plain, None), (own, "Trees of the town.")):
        made = document(trees=view, schemas=DescribedSchemaViewSet)
        for path in ("/api/trees/", "/api/trees/{id}/"):
            assert {each.get("description") for each in made["paths"][path].values()} == {said}
        assert "composed schema" in made["paths"]["/api/trees/schema/"]["get"]["description"]


def test_entity_tags_are_told_where_the_view_respects_them(trees):
    path = trees["paths"]["/api/trees/{id}/"]
    for method in ("put", "patch", "delete"):
        [header] = [each for each in path[method]["parameters"] if each["in"] == "header"]
        assert header["name"] == "If-Match"
        assert not header.get("required")
        assert "412" in path[method]["responses"]
    for method in ("get", "put", "patch"):
        assert "ETag" in path[method]["responses"]["200"]["headers"]
    assert "ETag" in trees["paths"]["/api/trees/"]["post"]["responses"]["201"]["headers"]
    assert "headers" not in trees["paths"]["/api/trees/"]["get"]["responses"]["200"]
    assert "412" not in path["get"]["responses"]


def test_a_body_has_to_be_there_for_what_is_new(trees):
    path = trees["paths"]["/api/trees/{id}/"]
    assert trees["paths"]["/api/trees/"]["post"]["requestBody"]["required"]
    assert path["put"]["requestBody"]["required"]
    assert "required" not in path["patch"]["requestBody"]


# ---- errors ----


def errors_of(view, record):
    """Return what a view answers to a new record, and the component that the document has for it."""
    made = document(trees=view)
    response = view.as_view({"post": "create"})(APIRequestFactory().post("/", record, format="json"))
    response.render()
    [content] = made["paths"]["/api/trees/"]["post"]["responses"]["400"]["content"].values()
    return json.loads(response.content), judge(made, content["schema"]["$ref"].rpartition("/")[2])


REFUSED = [
    {"kind": "oak", "attrs": {"height": "200", "nobody": 1}},
    {"kind": "red pine", "attrs": {"cones": [1, None]}},
    {"kind": "", "attrs": {"health": "fine"}},
    {"attrs": []},
    [],
]


@pytest.mark.parametrize("record", REFUSED)
def test_errors_are_as_the_document_says(record):
    plant_trees()
    body, judged = errors_of(TreeViewSet, record)
    judged.validate(body)
    assert not judged.is_valid(["text"])


@pytest.mark.parametrize("record", REFUSED)
def test_errors_with_parameters_are_as_the_document_says(record):
    plant_trees()

    class View(TreeViewSet):
        renderer_classes = (ProblemJSONRenderer,)

    body, judged = errors_of(View, record)
    judged.validate(body)
    assert not judged.is_valid({"kind": ["text"]})


def test_of_errors_that_the_project_writes_itself_nothing_is_said(settings):
    plant_trees()
    settings.REST_FRAMEWORK = {"EXCEPTION_HANDLER": f"{__name__}.handled"}
    assert api_settings.EXCEPTION_HANDLER is handled
    made = document(trees=TreeViewSet)
    assert "content" not in made["paths"]["/api/trees/"]["post"]["responses"]["400"]


def handled(error, context):
    return None


def test_who_needs_a_permission_may_not_have_it(trees):
    class View(TreeViewSet):
        permission_classes = (IsAuthenticated,)

    assert "403" not in trees["paths"]["/api/trees/"]["get"]["responses"]
    responses = document(trees=View)["paths"]["/api/trees/"]["get"]["responses"]
    assert {"401", "403"} <= {*responses}


# ---- what the project says itself ----


def test_what_the_project_says_of_an_operation_holds(settings):
    settings.REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
    plant_trees()

    class View(TreeViewSet):
        @extend_schema(
            operation_id="plant",
            parameters=[OpenApiParameter("season", str)],
            responses={201: TreeSerializer, 400: {"type": "object", "properties": {"why": {"type": "string"}}}},
        )
        def create(self, request, *args, **kwargs):
            return super().create(request, *args, **kwargs)

        @extend_schema(parameters=[OpenApiParameter("If-Match", location="header", exclude=True)])
        def destroy(self, request, *args, **kwargs):
            return super().destroy(request, *args, **kwargs)

        @extend_schema(parameters=[OpenApiParameter("If-Match", str, "header", description="The year.")])
        def partial_update(self, request, *args, **kwargs):
            return super().partial_update(request, *args, **kwargs)

    paths = document(trees=View)["paths"]
    planted, tree = paths["/api/trees/"]["post"], paths["/api/trees/{id}/"]
    told = {method: [each for each in tree[method]["parameters"] if each["in"] == "header"] for method in tree}
    assert told["delete"] == []
    assert [each["description"] for each in told["patch"]] == ["The year."]
    assert len(told["put"]) == 1
    assert planted["operationId"] == "plant"
    assert "season" in [each["name"] for each in planted["parameters"]]
    [refused] = planted["responses"]["400"]["content"].values()
    assert refused["schema"]["properties"] == {"why": {"type": "string"}}
    assert "ETag" in planted["responses"]["201"]["headers"]
    assert "415" in planted["responses"]


def test_a_request_that_chooses_fields_gets_no_more_than_it_asks_for():
    plant_trees()

    class SparseSerializer(SparseFieldsMixin, TreeSerializer):
        pass

    class View(TreeViewSet):
        serializer_class = SparseSerializer

    made = document(trees=View)
    [asked] = [each for each in made["paths"]["/api/trees/"]["get"]["parameters"] if each["name"] == "fields"]
    names = ["id", "kind", "attrs", "attrs.health", "attrs.seen", "attrs.height", "attrs.cones"]
    assert asked["schema"] == {"type": "array", "items": {"type": "string", "enum": names}}
    assert asked["explode"] is False
    judged = judge(made, "Sparse")
    assert judged.is_valid({"attrs": {"height": "1"}})
    assert judged.is_valid({"kind": "oak"})
    assert "fields" not in [each["name"] for each in made["paths"]["/api/trees/"]["post"].get("parameters", [])]


# ---- who pays for it ----

PROGRAM = """
import sys
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=sys.argv[1:])
django.setup()
print(*sorted({"rest_framework", "drf_spectacular", "jsonattrs_django.rest_framework.openapi"} & {*sys.modules}))
"""


@pytest.mark.parametrize("is_installed", [False, True])
def test_nothing_of_it_is_imported_where_drf_spectacular_is_not_installed(is_installed):
    apps = ["django.contrib.auth", "django.contrib.contenttypes", "jsonattrs_django"]
    command = [sys.executable, "-c", PROGRAM, *apps, *(["drf_spectacular"] if is_installed else [])]
    without = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=without, timeout=60)
    everything = "drf_spectacular jsonattrs_django.rest_framework.openapi rest_framework"
    assert run.stdout.strip() == (everything if is_installed else "")


# ---- links ----


@pytest.mark.parametrize("view", [TreeViewSet, FlatTreeViewSet])
def test_the_hook_links_a_new_record_to_what_can_be_done_with_it(view):
    plant_trees()
    with configured(POSTPROCESSING_HOOKS=["jsonattrs_django.rest_framework.openapi.links.link_records"]):
        made = document(trees=view)
    links = made["paths"]["/api/trees/"]["post"]["responses"]["201"]["links"]
    operations = made["paths"]["/api/trees/{id}/"].values()
    assert set(links) == {operation["operationId"] for operation in operations}
    assert {str(each["parameters"]) for each in links.values()} == {"{'id': '$response.body#/id'}"}
