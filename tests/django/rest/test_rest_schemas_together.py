"""Several people edit one schema at the same moment; the threads and connections are real."""

from __future__ import annotations

import threading

import pytest
from landregistry.models import Organization

from jsonattrs_core import Attribute
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from tests.django.others import Thread
from tests.django.rest.schema_api import Land

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.django.rest.schema_api")]

NAMES = "abcd"


def labels(schema):
    """Return the attributes that have got a label."""
    rows = AttributeRecord.objects.filter(schema=schema)
    return {row.key for row in rows if "label" in row.definition}


def at_once(*functions):
    """Return what each of the functions gives, all called at the same moment."""
    together = threading.Barrier(len(functions))

    def called(function):
        together.wait(10)
        return function()

    return [thread.answer() for thread in [Thread(lambda each=each: called(each)) for each in functions]]


def editing(schema, client, name, **headers):
    """Return a function that labels an attribute, and gives the status that is answered."""
    path = f"/schemas/{schema.pk}/attributes/{name}/"
    return lambda: client.patch(path, {"label": name}, format="json", **headers).status_code


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def schema(land):
    return SchemaRecord.objects.define(Organization, [Attribute(name, "text") for name in NAMES])


def test_who_edits_different_attributes_undoes_nothing(land, schema):
    client = land.member(is_superuser=True)
    answers = at_once(*(editing(schema, client, name) for name in NAMES))

    assert set(answers) <= {200, 409}
    assert labels(schema) == {name for name, status in zip(NAMES, answers, strict=True) if status == 200}
    assert 200 in answers


def test_one_of_those_who_have_read_the_same_wins(land, schema):
    client = land.member(is_superuser=True)
    tag = client.get(f"/schemas/{schema.pk}/")["ETag"]
    answers = at_once(*(editing(schema, client, name, HTTP_IF_MATCH=tag) for name in NAMES))

    assert sorted(answers) == [200, 412, 412, 412]
    assert labels(schema) == {NAMES[answers.index(200)]}


def test_a_scope_gets_one_schema_of_those_who_make_it_at_once(land):
    client = land.member(is_superuser=True)

    def create(name):
        body = {"format": 1, "name": name, "attributes": [{"name": name, "type": "text"}]}
        body = {"model": "landregistry.Project", "selectors": {"organization": land.north.pk}, "schema": body}
        return lambda: client.post("/schemas/", body, format="json").status_code

    answers = at_once(*map(create, NAMES))

    assert sorted(answers) == [201, 400, 400, 400]
    made = SchemaRecord.objects.get(content_type__model="project")
    assert made.name == NAMES[answers.index(201)]
