"""The OpenAPI document types the attributes of each scope that a view exposes, as they are read and as written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.viewsets import ViewSet
from testapp.models import Note, Team, Tree

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.rest_framework import AttributeModelSerializer, AttributesField
from jsonattrs_django.rest_framework.openapi import scopes
from jsonattrs_django.schemas.scope import Scope
from jsonattrs_django.testing import define
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

PINE = "kind_red-pine-ad31e56f"


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


def schemas(made):
    return made["components"]["schemas"]


def attributes(made, name):
    """Return the properties of a component, without what is told beside JSON Schema."""
    found = schemas(made)[name]["properties"]
    return {
        attribute: {word: said for word, said in each.items() if word != "x-jsonattrs"}
        for attribute, each in found.items()
    }


# ---- components ----


def test_each_scope_has_a_component_for_what_is_read_written_and_changed(trees):
    ends = ["", "_kind_oak", f"_{PINE}"]
    kinds = ["TreeAttrs", "TreeAttrsRequest", "PatchedTreeAttrsRequest"]
    assert {name for name in schemas(trees) if "Attrs" in name} == {f"{kind}{end}" for kind in kinds for end in ends}
    for kind in kinds:
        assert all(schemas(trees)[f"{kind}{end}"]["additionalProperties"] is False for end in ends)


def test_what_is_written_has_the_limits_and_what_is_read_has_retired_choices(trees):
    decimal = {"type": "string", "pattern": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$", "format": "decimal"}
    offered = {"type": "string", "enum": ["good", "bad"], "x-enum-descriptions": ["In good health", "Ill"]}
    written = attributes(trees, "TreeAttrsRequest_kind_oak")
    assert written["height"] == decimal
    assert written["health"] == {"title": "Health", "anyOf": [{"allOf": [offered]}, {"type": "null"}]}
    assert written["seen"] == {
        "description": "Last seen.",
        "type": ["string", "null"],
        "format": "date",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    }
    read = attributes(trees, "TreeAttrs_kind_oak")
    assert read["height"] == {**decimal, "type": ["string", "null"]}
    assert read["health"]["anyOf"][0]["allOf"][0]["enum"] == ["good", "bad", "gone"]
    assert attributes(trees, f"TreeAttrsRequest_{PINE}")["cones"]["minItems"] == 2
    assert "minItems" not in attributes(trees, f"TreeAttrs_{PINE}")["cones"]


def test_only_what_is_new_has_to_give_what_is_required(trees):
    assert schemas(trees)["TreeAttrsRequest_kind_oak"]["required"] == ["height"]
    assert schemas(trees)["TreeRequest_kind_oak"]["required"] == ["attrs", "kind"]
    assert schemas(trees)["TreeRequest_any"]["required"] == ["kind"]
    assert "required" not in schemas(trees)["PatchedTreeRequest"]
    assert "required" not in schemas(trees)["PatchedTreeAttrsRequest_kind_oak"]
    assert "required" not in schemas(trees)["TreeAttrs_kind_oak"]
    assert schemas(trees)["Tree_kind_oak"]["required"] == ["attrs", "id", "kind"]


def test_the_limits_that_json_schema_has_no_words_for_are_told(trees):
    told = schemas(trees)["TreeAttrsRequest_kind_oak"]["properties"]["height"]["x-jsonattrs"]
    assert told == {"type": "decimal", "constraints": {"min": "0", "max": "150"}}


def test_the_documentation_of_our_own_class_is_not_that_of_the_records(trees):
    assert "description" not in schemas(trees)["Tree_any"]


# ---- which scope a record is in ----


SENT = [
    ({"kind": "oak", "attrs": {"height": "12.5"}}, True),
    ({"kind": "oak", "attrs": {}}, False),
    ({"kind": "oak"}, False),
    ({"kind": "oak", "attrs": {"height": 12.5}}, False),
    ({"kind": "oak", "attrs": {"height": "1", "cones": [1, 2]}}, False),
    ({"kind": "red pine", "attrs": {"cones": [1, 2]}}, True),
    ({"kind": "red pine", "attrs": {"cones": [1]}}, False),
    ({"kind": "red pine"}, True),
    ({"kind": "ash", "attrs": {"health": "bad", "seen": None}}, True),
    ({"kind": "ash", "attrs": {"health": "gone"}}, False),
    ({"kind": "ash", "attrs": {"height": "1"}}, False),
    ({"attrs": {}}, False),
]


def flat(record):
    return {**{name: each for name, each in record.items() if name != "attrs"}, **record.get("attrs", {})}


@pytest.mark.parametrize(
    ("view", "component", "form"),
    [(TreeViewSet, "Tree", dict), (FlatTreeViewSet, "FlatTree", flat)],
    ids=["nested", "flattened"],
)
def test_the_document_and_the_view_agree_on_what_may_be_sent(view, component, form):
    plant_trees()
    made = document(trees=view)
    sent, read = judge(made, f"{component}Request"), judge(made, component)
    create = view.as_view({"post": "create"})
    for record, is_valid in SENT:
        response = create(APIRequestFactory().post("/", form(record), format="json"))
        assert (response.status_code, sent.is_valid(form(record))) == (201 if is_valid else 400, is_valid), record
        if is_valid:
            read.validate(json.loads(json.dumps(response.data)))


def test_a_scope_that_no_field_tells_is_one_of_several():
    define(Tree, Attribute("seen", "date"))
    define(Tree, Attribute("height", "integer"), selectors=("oak",))

    class KindlessSerializer(AttributeModelSerializer):
        class Meta:
            model = Tree
            fields = ("id", "attrs")

    class View(TreeViewSet):
        serializer_class = KindlessSerializer

    made = document(trees=View)
    attrs = schemas(made)["Kindless"]["properties"]["attrs"]
    names = ["KindlessAttrs", "KindlessAttrs_kind_oak"]
    assert attrs == {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}


def test_keys_of_rows_tell_the_scope_as_they_are_sent():
    team = Team.objects.create(code="a")
    define(Note, Attribute("seen", "date"))
    define(Note, Attribute("height", "integer"), selectors=(team,))
    define(Note, Attribute("depth", "integer"), selectors=(team, "x"))

    class NoteSerializer(AttributeModelSerializer):
        class Meta:
            model = Note
            fields = ("team", "kind", "title", "attrs")

    class View(TreeViewSet):
        queryset = Note.objects.order_by("pk")
        serializer_class = NoteSerializer

    made = document(notes=View)
    judged = judge(made, "NoteRequest")
    record = {"team": str(team.pk), "kind": "y", "title": "t", "attrs": {"height": 1}}
    assert judged.is_valid(record)
    assert not judged.is_valid({**record, "attrs": {"depth": 1}})
    assert judged.is_valid({**record, "kind": "x", "attrs": {"depth": 1}})
    assert not judged.is_valid({**record, "team": None})
    assert f"NoteAttrs_team_{team.pk}_kind_x" in schemas(made)


def test_the_scope_of_a_view_that_names_one_is_the_only_one():
    plant_trees()

    class View(TreeViewSet):
        attribute_scopes = (("oak",),)

    made = document(trees=View)
    assert {name for name in schemas(made) if "Attrs" in name} == {
        "TreeAttrs_kind_oak",
        "TreeAttrsRequest_kind_oak",
        "PatchedTreeAttrsRequest_kind_oak",
    }
    assert "cones" not in json.dumps(made)


def test_a_view_that_names_no_scope_shows_what_all_records_have_and_that_there_is_more():
    plant_trees()

    class View(TreeViewSet):
        attribute_scopes = None

    made = document(trees=View)
    assert set(attributes(made, "TreeAttrs")) == {"health", "seen"}
    assert schemas(made)["TreeAttrs"]["additionalProperties"] == {}
    assert not {"height", "cones", "oak"} & {*json.dumps(made).split('"')}


def test_of_very_many_scopes_those_are_described_that_the_view_names(monkeypatch):
    monkeypatch.setattr(scopes, "MOST_SCOPES", 2)
    plant_trees()
    made = document(trees=TreeViewSet)
    assert {name for name in schemas(made) if name.startswith("TreeAttrs")} == {"TreeAttrs", "TreeAttrsRequest"}
    assert schemas(made)["TreeAttrs"]["additionalProperties"] == {}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("oak", "_kind_oak"),
        ("a_b", "_kind_a-b-648fa9b3"),
        ("a b", "_kind_a-b-c8687a08"),
        ("é", "_kind_4a99557e"),
        ("x" * 100, f"_kind_{'x' * 40}-"),
        (None, ""),
    ],
)
def test_names_are_readable_and_no_two_are_the_same(kind, name):
    field = Tree._meta.get_field("attrs")
    found = scopes.scope_name(field, (kind,))
    assert found.startswith(name)
    assert all(each.isalnum() or each in "-_" for each in found)


def test_a_nested_serializer_has_what_all_records_of_its_model_have():
    plant_trees()
    define(Note, Attribute("height", "integer"))

    class NoteSerializer(AttributeModelSerializer):
        tree = TreeSerializer(read_only=True)

        class Meta:
            model = Note
            fields = ("title", "attrs", "tree")

    class View(TreeViewSet):
        queryset = Note.objects.order_by("pk")
        serializer_class = NoteSerializer
        attribute_scopes = ((None, "x"),)

    made = document(notes=View)
    assert set(attributes(made, "TreeAttrs")) == {"health", "seen"}
    assert schemas(made)["TreeAttrs"]["additionalProperties"] == {}
    assert "NoteAttrs_kind_x" in schemas(made)


def test_a_view_without_records_of_its_own_names_the_scopes_of_its_serializer(settings):
    settings.REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
    plant_trees()

    class View(ViewSet):
        attribute_scopes = (("oak",),)

        @extend_schema(request=TreeSerializer, responses={201: TreeSerializer})
        def create(self, request):
            return Response(status=201)

    made = document(trees=View)
    assert {name for name in schemas(made) if "Attrs" in name} == {"TreeAttrs_kind_oak", "TreeAttrsRequest_kind_oak"}


def test_of_schemas_that_cannot_be_used_there_are_the_names(monkeypatch):
    plant_trees()
    monkeypatch.setattr(Scope, "error", SchemaError("a plugin is gone"))
    made = document(trees=TreeViewSet)
    assert attributes(made, "TreeAttrs") == {"health": {}, "seen": {}}


# ---- who asks ----


def test_a_document_says_nothing_of_scopes_and_attributes_that_its_reader_may_not_see(django_user_model, settings):
    plant_trees()
    define(Tree, Attribute("secret", "text"), selectors=("yew",))

    class View(TreeViewSet):
        def get_attribute_scopes(self, field):
            assert field == "attrs"
            return [("oak",)] if self.request.user.username == "ada" else []

    ada = django_user_model.objects.create(username="ada")
    bob = django_user_model.objects.create(username="bob")
    for_ada = document(ada, public=False, trees=View)
    assert "TreeAttrs_kind_oak" in schemas(for_ada)
    for made in (for_ada, document(bob, trees=View), document(trees=View)):
        assert not {"yew", "secret", "cones"} & {*json.dumps(made).replace("_", '"').split('"')}
    assert "oak" not in json.dumps(document(bob, trees=View))

    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    made = document(ada, trees=View)
    assert "health" not in json.dumps(made)
    assert "seen" in attributes(made, "TreeAttrs_kind_oak")
    assert set(attributes(made, "TreeAttrsRequest_kind_oak")) == {"height"}


def may_use(user, action, model, field, attribute):
    return attribute.name != "health" and (action == "view" or attribute.name != "seen")


# ---- references, examples, objects ----


def test_references_are_keys_and_where_the_serializer_says_so_objects():
    refers = {"constraints": {"model": "testapp.Team"}}
    define(
        Tree,
        Attribute("team", "reference", label="Team", **refers),
        Attribute("teams", "reference", multiple=True, **refers),
        Attribute("near", "reference", constraints={"model": "testapp.Tree"}),
    )

    class TeamSerializer(AttributeModelSerializer):
        class Meta:
            model = Team
            fields = ("id", "code")

    class NestingSerializer(AttributeModelSerializer):
        attrs = AttributesField(references={"team": TeamSerializer, "teams": TeamSerializer})

        class Meta:
            model = Tree
            fields = ("id", "attrs")

    class View(TreeViewSet):
        serializer_class = NestingSerializer

    made = document(trees=View)
    key = {"type": "string", "format": "uuid"}
    written = attributes(made, "NestingAttrsRequest")
    assert written["team"] == {"title": "Team", "anyOf": [key, {"type": "null"}]}
    assert written["teams"] == {"type": ["array", "null"], "items": key}
    assert written["near"] == {"anyOf": [{"type": "integer"}, {"type": "null"}]}
    read = attributes(made, "NestingAttrs")
    assert read["team"]["anyOf"][0] == {"$ref": "#/components/schemas/Team"}
    assert read["teams"]["items"] == {"$ref": "#/components/schemas/Team"}
    assert "testapp" not in json.dumps(made)


def test_subtypes_show_their_examples_and_objects_take_any_members():
    members = {"json_schema": {"required": ["a"]}}
    define(
        Tree,
        Attribute("site", "text", subtype="url"),
        Attribute("sites", "text", subtype="url", multiple=True),
        Attribute("short", "text", subtype="url", constraints={"max_length": 5}),
        Attribute("data", "object"),
        Attribute("plot", "object", constraints=members),
    )
    made = document(trees=TreeViewSet)
    found = attributes(made, "TreeAttrsRequest")
    assert found["site"]["format"] == "url"
    assert found["site"]["examples"][0] == "https://example.org/path?q=1"
    assert found["sites"]["examples"] == [["https://example.org/path?q=1"]]
    assert "examples" not in found["short"]
    assert found["data"] == {"type": ["object", "null"], "additionalProperties": {}}
    assert found["plot"]["anyOf"][0] == {"type": "object", "allOf": [members["json_schema"]]}


# ---- settings of drf-spectacular ----


def test_without_a_component_for_requests_there_is_one_that_fits_both(trees):
    with configured(COMPONENT_SPLIT_REQUEST=False):
        made = document(trees=TreeViewSet)
    assert not [name for name in schemas(made) if name.endswith("Request")]
    assert "required" not in schemas(made)["TreeAttrs_kind_oak"]
    assert "PatchedTreeAttrs_kind_oak" in schemas(made)


def test_an_older_version_of_openapi_is_spoken_as_well():
    plant_trees()
    members = {"exclusiveMinimum": 0, "type": ["integer", "null"]}
    plot = {"properties": {"a": members, "b": {"const": 1}, "c": True}, "patternProperties": {"x": {}}}
    define(
        Tree,
        Attribute("site", "text", subtype="url"),
        Attribute("plot", "object", required=True, constraints={"json_schema": plot}),
        selectors=("ash",),
    )
    with configured(OAS_VERSION="3.0.3"):
        made = document(trees=FullTreeViewSet, flat=FlatTreeViewSet, schemas=DescribedSchemaViewSet)
    oak = attributes(made, "TreeAttrsRequest_kind_oak")
    offered = {"type": "string", "enum": ["good", "bad"], "x-enum-descriptions": ["In good health", "Ill"]}
    assert oak["health"] == {"title": "Health", "allOf": [{"allOf": [offered]}], "nullable": True}
    assert (oak["seen"]["type"], oak["seen"]["nullable"]) == ("string", True)
    assert "nullable" not in oak["height"]
    assert schemas(made)["TreeRequest_kind_oak"]["properties"]["kind"] == {"allOf": [{"enum": ["oak"]}]}
    ash = attributes(made, "TreeAttrsRequest_kind_ash")
    assert ash["site"]["example"] == "https://example.org/path?q=1"
    [inner] = ash["plot"]["allOf"]
    assert inner["properties"] == {
        "a": {"type": "integer", "nullable": True, "minimum": 0, "exclusiveMinimum": True},
        "b": {"allOf": [{"enum": [1]}]},
        "c": {},
    }
    assert "patternProperties" not in inner
    assert schemas(made)["AttributeProblem"]["properties"]["path"]["items"] == {
        "anyOf": [{"type": "string"}, {"type": "integer"}]
    }


# ---- the docs ----


def test_the_component_in_the_docs_is_the_one_that_is_made(trees):
    page = Path(__file__).parents[3] / "docs/reference/rest-openapi.md"
    [block] = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert json.loads(block) == schemas(trees)["TreeAttrsRequest_kind_oak"]
