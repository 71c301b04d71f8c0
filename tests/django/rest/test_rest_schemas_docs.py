"""docs/reference/rest-schemas.md shows what is sent and what is answered, and names everything that there is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rest_framework.routers import DefaultRouter

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import schemas
from tests.django.rest.schema_api import Land, PartyViews

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "reference" / "rest-schemas.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\n(\w+) (\S+)\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


def placed(text, land, party):
    """Return a text in which the keys of the page are those of the database."""
    keys = {
        "/schemas/2/": f"/schemas/{SchemaRecord.objects.get(name='Northern').pk}/",
        "/parties/1/": f"/parties/{party.pk}/",
        "project=1": f"project={land.hill.pk}",
        '"organization": 1': f'"organization": {land.north.pk}',
        '"id": 2': f'"id": {SchemaRecord.objects.get(name="Northern").pk}',
    }
    for shown, there in keys.items():
        text = text.replace(shown, there)
    return text


@pytest.mark.django_db
@pytest.mark.urls("tests.django.rest.schema_api")
@pytest.mark.parametrize("example", EXAMPLES, ids=[" ".join(each[:2]) for each in EXAMPLES])
def test_the_examples_are_answered_as_the_page_shows(example, settings):
    method, path, rest, answer = example
    land = Land()
    land.define((), Attribute("score", "integer", label={"en": "Score", "de": "Punkte"}))
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "landregistry.access.may_edit_schema"}
    party = land.party(acres=1.5)
    client = land.member(land.north, edits_schemas=not path.endswith("explain/"))
    headers = {"accept-language": "de"} if "Accept-Language: de" in rest else {}
    body = {"data": rest, "content_type": "application/json"} if rest.startswith("{") else {}
    response = getattr(client, method.lower())(placed(path, land, party), headers=headers, **body)

    assert response.json() == json.loads(placed(answer, land, party))


def test_there_are_examples():
    assert len(EXAMPLES) == 7


def test_every_name_is_told():
    assert {name for name in schemas.__all__ if f"| `{name}` |" not in PAGE} == set()


def test_every_address_is_told():
    router = DefaultRouter()
    router.register("parties", PartyViews, basename="party")
    router.register("schemas", schemas.SchemaViewSet, basename="schema")
    router.include_root_view = router.include_format_suffixes = False
    paths = {str(url.pattern) for url in router.urls if "schema" in str(url.pattern)}
    shown = {re.sub(r"\(\?P<(\w+)>.*?\)(?=/)", r"{\1}", path).strip("^$").replace("{pk}", "{id}") for path in paths}
    shown = {re.sub(r"\{key\}.*", "{key}/", path) for path in shown}

    assert {path for path in shown if f"`{path}`" not in PAGE} == set()


def test_the_names_of_the_actions_are_told():
    actions = {each.__name__ for each in PartyViews.get_extra_actions()}
    assert {name for name in actions if f"`{name}`" not in PAGE} == set()
    assert len(actions) == 6


WITHOUT_ADMIN = """
import sys, django
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "jsonattrs_django"])
django.setup()
import jsonattrs_django.rest_framework.schemas.urls
parts = ("jsonattrs_django.editor", "jsonattrs_django.admin", "jsonattrs_django.forms")
print([name for name in sys.modules if name.startswith(parts)])
"""


def test_nobody_needs_the_admin_for_it():
    done = subprocess.run([sys.executable, "-c", WITHOUT_ADMIN], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
