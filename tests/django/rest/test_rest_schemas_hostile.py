"""Whatever is sent to the endpoints of schemas is answered, and never with an error of the server."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.rest.schema_api import Land

TEXTS = st.text(max_size=8) | st.sampled_from(
    ["score", "note", "text", "integer", "en", "name", "key", "today", "x" * 300]
)
LEAVES = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    LEAVES | TEXTS, lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXTS, each, max_size=3), max_leaves=8
)
PROPERTIES = [each.name for each in fields(Attribute)]
DEFINITIONS = st.fixed_dictionaries(
    {"name": st.sampled_from(["a", "b"]) | TEXTS, "type": st.sampled_from(["text", "integer", "date"]) | TEXTS},
    optional={name: JSON for name in PROPERTIES if name not in ("name", "type")},
)
RULES = st.fixed_dictionaries({"expression": TEXTS, "message": JSON}, optional={"attributes": JSON, "severity": JSON})
SCHEMAS = JSON | st.fixed_dictionaries(
    {"format": st.just(1), "name": TEXTS, "attributes": st.lists(DEFINITIONS | JSON, max_size=3) | JSON},
    optional={
        "rules": st.lists(RULES | JSON, max_size=2) | JSON,
        "unique_together": JSON,
        "default_language": JSON,
        "rule_language": JSON,
    },
)
ANSWERED = {200, 201, 400, 404, 409}


@override_settings(ROOT_URLCONF="tests.django.rest.schema_api")
@pytest.mark.filterwarnings("ignore")
class TestWhateverIsSent(TestCase):
    """The world is made anew for each example, so that there are few."""

    def setup_example(self):
        super().setup_example()
        self.land = Land()
        self.land.party(score=1)
        self.client = self.land.member(self.land.north, is_superuser=True)

    def send(self, method, path, body):
        text = json.dumps(body)
        return getattr(self.client, method)(path, text, content_type="application/json")

    @settings(max_examples=15)
    @given(SCHEMAS, st.booleans())
    def test_a_schema_is_taken_or_refused(self, schema, is_dry):
        pk = SchemaRecord.objects.get(name="Northern").pk
        query = "?dry_run=1" if is_dry else ""
        answer = self.send("put", f"/schemas/{pk}/{query}", {"schema": schema})
        assert answer.status_code in ANSWERED, answer.content
        if answer.status_code == 200 and not is_dry:
            assert self.client.get(f"/schemas/{pk}/").json()["schema"] == answer.json()["schema"]

    @settings(max_examples=15)
    @given(DEFINITIONS | JSON, st.sampled_from(["score", "acres", "new"]), st.sampled_from(["put", "patch"]))
    def test_a_definition_is_taken_or_refused(self, definition, key, method):
        pk = SchemaRecord.objects.get(name="Northern").pk
        answer = self.send(method, f"/schemas/{pk}/attributes/{key}/", definition)
        assert answer.status_code in ANSWERED, answer.content

    @settings(max_examples=15)
    @given(JSON, TEXTS, JSON, JSON)
    def test_a_new_schema_is_taken_or_refused(self, model, name, selectors, field):
        for body in (
            {"model": model, "selectors": selectors, "schema": {}},
            {"model": "landregistry.Party", "field": field, "selectors": {name: selectors}, "schema": {}},
            {"model": "landregistry.Party", "selectors": {"type": name, "project": selectors}, "schema": {}},
        ):
            assert self.send("post", "/schemas/", body).status_code in ANSWERED

    @settings(max_examples=15)
    @given(JSON, st.dictionaries(st.sampled_from(["score", "note", "acres"]) | TEXTS, JSON, max_size=3), TEXTS)
    def test_a_document_is_judged(self, whatever, document, name):
        party = self.land.party()
        for path in ("/parties/schema/validate/", f"/parties/{party.pk}/schema/validate/"):
            for body in (
                whatever,
                {"document": whatever},
                {"document": document},
                {"attribute": name, "value": whatever},
                {"document": document, "partial": whatever},
            ):
                assert self.send("post", path, body).status_code in ANSWERED

    @settings(max_examples=15)
    @given(st.dictionaries(st.sampled_from(["project", "organization", "type", "format"]) | TEXTS, TEXTS, max_size=3))
    def test_a_scope_is_found_or_not(self, query):
        for path in ("/parties/schema/", "/named/schema/explain/", "/schemas/"):
            assert self.client.get(path, query).status_code in ANSWERED


@pytest.mark.django_db
@pytest.mark.urls("tests.django.rest.schema_api")
def test_a_schema_may_be_large():
    land = Land()
    land.define((), *(Attribute(f"a{number}", "text") for number in range(400)))
    client = land.member(land.north)
    assert len(client.get("/named/schema/").json()["attributes"]) == 400
    assert len(client.get("/named/schema/explain/").json()["attributes"]) == 400
