"""docs/reference/rest.md tells what there is, and its examples come out as they stand."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from landregistry.models import Organization, Party, Project
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from jsonattrs_core import Attribute, Rule
from jsonattrs_django import rest_framework
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import AttributesField, concurrency, errors
from tests.django.rest.api import API, serializer_class

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "rest.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CODES = set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)))


def test_every_public_name_is_told():
    assert set(rest_framework.__all__) <= CODES


@pytest.mark.parametrize("module", [concurrency, errors], ids=["concurrency", "errors"])
def test_whatever_is_told_of_a_module_is_there(module):
    named = {re.split(r"[(.]", code)[0] for code in CODES}

    assert {name for name in module.__all__ if name in named} >= {
        concurrency: {"ConditionalUpdateMixin", "PreconditionFailed", "entity_tag"},
        errors: {"ProblemDetail", "details", "merged", "params_of", "problem_detail"},
    }[module]


def test_the_options_of_the_field_are_told():
    parameters = inspect.signature(AttributesField.__init__).parameters
    own = [name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY]

    assert set(own) <= CODES
    (told,) = re.findall(r"`AttributesField\((.*?), \*\*kwargs\)`", PAGE)
    assert [each.partition("=")[0] for each in told.removeprefix("*, ").split(", ")] == own


@pytest.mark.django_db
def test_the_example_runs_and_answers_as_the_page_says():
    shown = [json.loads(text) for language, text in BLOCKS if language == "json"]
    code, limiting, _settings = [text for language, text in BLOCKS if language == "py"]
    # The land registry's parties stand for the machines of the guide.
    code = code.replace("inventory.models import Machine", "landregistry.models import Party as Machine")
    names: dict = {}
    exec(code.replace('"site", "kind"', '"project", "type"'), names)
    power = Attribute("rated_power", "decimal", constraints={"max": 100})
    attributes = [Attribute("serial", "text"), power, Attribute("chuck", "boolean")]
    SchemaRecord.objects.define(Party, attributes, rules=[Rule("chuck", "A lathe needs a chuck.")])
    project = Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")
    api = API(names["MachineSerializer"])
    api.view = names["MachineViewSet"]
    own = {"project": project.pk, "type": "IN", "name": "Drill 1"}

    made = api.post({**own, "attrs": shown[0]["attrs"]})
    assert made.json["attrs"] == shown[0]["attrs"]
    assert "ETag" in made.headers
    assert api.post({**own, "attrs": {"rated_power": "101"}}).json == shown[2]
    api.view = type("View", (api.view,), {"renderer_classes": [JSONRenderer]})
    assert api.post({**own, "attrs": {"rated_power": "101", "chuck": False}}).json == shown[1]

    limiting = limiting.replace("Site.", "Project.").replace("company__staff", "organization__memberships__user")
    exec(limiting, names := {"serializers": serializers, "Project": Project})
    elsewhere = API(serializer_class(Party, project=names["OwnSites"]()))
    assert elsewhere.post({**own, "attrs": {"chuck": True}}).json["project"][0]["code"] == "does_not_exist"
