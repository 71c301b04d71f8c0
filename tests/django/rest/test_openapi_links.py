"""Links of the OpenAPI document: from what a POST makes to the operations that go on with it."""

from __future__ import annotations

import pytest
from rest_framework import serializers, viewsets
from testapp.models import Tree

from tests.django.rest.openapi_world import (
    DescribedSchemaViewSet,
    FlatTreeViewSet,
    TreeSerializer,
    TreeViewSet,
    configured,
    document,
    plant_trees,
)

HOOK = "jsonattrs_django.rest_framework.openapi.links.link_records"
DETAIL = ("retrieve", "update", "partial_update", "destroy")

pytestmark = pytest.mark.django_db


class NamelessSerializer(TreeSerializer):
    class Meta(TreeSerializer.Meta):
        fields = ("kind", "attrs")


class NamelessTreeViewSet(TreeViewSet):
    serializer_class = NamelessSerializer


class KindSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tree
        fields = ("id", "kind")


class ReadOnlyViewSet(viewsets.ReadOnlyModelViewSet):
    schema = TreeViewSet.schema
    queryset = Tree.objects.order_by("pk")
    serializer_class = KindSerializer


def links(prefix, view):
    plant_trees()
    with configured(POSTPROCESSING_HOOKS=[HOOK]):
        operations = document(**{prefix: view})["paths"][f"/api/{prefix}/"]
    return {
        (method, code): response["links"]
        for method, operation in operations.items()
        for code, response in operation["responses"].items()
        if "links" in response
    }


@pytest.mark.parametrize("view", [TreeViewSet, FlatTreeViewSet])
def test_a_new_record_is_linked_to_what_can_be_done_with_it(view):
    (found,) = links("trees", view).items()

    assert found[0] == ("post", "201")
    assert found[1] == {
        f"root_{name}": {"operationId": f"root_{name}", "parameters": {"id": "$response.body#/id"}} for name in DETAIL
    }


def test_so_is_a_new_schema():
    ((where, found),) = links("schemas", DescribedSchemaViewSet).items()

    assert where == ("post", "201")
    assert set(found) == {"root_retrieve", "root_update", "retire_create", "restore_create"}


@pytest.mark.parametrize("view", [NamelessTreeViewSet, ReadOnlyViewSet], ids=["shows-no-key", "makes-nothing"])
def test_nothing_else_is_linked(view):
    assert links("trees", view) == {}
