"""Unique values that are taken are told of every record, beside whatever else is wrong."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party, Project
from rest_framework import viewsets
from rest_framework.test import APIRequestFactory, force_authenticate

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin
from tests.django.queries import asked, forget
from tests.django.rest.api import API, ROOT, serializer_class
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db
Parties = serializer_class(Party)
ATTRIBUTES = (
    Attribute("code", "text", unique=True),
    Attribute("x", "text"),
    Attribute("y", "text"),
    Attribute("score", "integer", constraints={"max": 9}),
)


@pytest.fixture
def project():
    SchemaRecord.objects.define(Party, ATTRIBUTES, unique_together=[("x", "y")])
    return Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")


@pytest.fixture
def taken(project):
    return Party.objects.create(project=project, name="x", attrs={"code": "A", "x": "1", "y": "1"})


def row(project, **attrs):
    return {"project": project.pk, "type": "IN", "name": "x", "attrs": attrs}


def codes(errors):
    return {name: [each["code"] for each in several] for name, several in errors["attrs"].items()}


def test_every_record_of_a_list_is_told(project, taken):
    rows = [
        row(project, code="A"),
        row(project, code="B"),
        row(project, code="B", score=10),
        row(project, x="1", y="1"),
        row(project, x="1", y="2"),
        row(project, code="A", x="1", y="2", score="?"),
    ]
    told = API(Parties).post(rows)

    assert {place: codes(errors) for place, errors in told.json.items()} == {
        "0": {"code": ["unique"]},
        "2": {"code": ["unique"], "score": ["max"]},
        "3": {"x": ["unique"]},
        "5": {"code": ["unique"], "x": ["unique"], "score": ["type"]},
    }
    assert Party.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "patch", "put"])
def test_one_record_is_told_beside_what_else_is_wrong(project, taken, method):
    other = Party.objects.create(project=project, name="y", attrs={"code": "C"})
    pk = None if method == "post" else other.pk
    told = API(Parties).send(method, {**row(project, code="A", score=10), "name": ""}, pk=pk)

    assert told.status == 400
    assert codes(told.json) == {"code": ["unique"], "score": ["max"]}
    assert told.json["name"][0]["code"] == "blank"
    assert plainly_stored(other)["code"] == "C"


@pytest.mark.parametrize("method", ["patch", "put"])
def test_a_record_keeps_its_own(project, taken, method):
    assert API(Parties).send(method, row(project, code="A", x="1", y="1", score=1), pk=taken.pk).status == 200
    assert codes(API(Parties).send(method, row(project, code="A", score=10), pk=taken.pk).json) == {"score": ["max"]}


def test_another_scope_has_values_of_its_own(project):
    other = Organization.objects.create(slug="n", name="N")
    theirs = Project.objects.create(organization=other, slug="p", name="P")
    for office in (project.organization, other):
        SchemaRecord.objects.define(Party, [Attribute("plate", "text", unique=True)], selectors=(office,))
    Party.objects.create(project=theirs, name="x", attrs={"plate": "Z"})

    assert API(Parties).post([row(project, plate="Z"), row(theirs, plate="Y")]).status == 201


@pytest.mark.parametrize("count", [1, 300])
@pytest.mark.parametrize("is_taken", [False, True])
def test_validation_asks_for_all_records_together(project, taken, count, is_taken):
    SchemaRecord.objects.for_selectors(Party, ())
    forget()
    rows = [row(project, code=f"n{place}", x=str(place), y="7") for place in range(count)]
    if is_taken:
        rows[-1]["attrs"]["code"] = "A"
    context = {"request": type("Asking", (), {"user": ROOT})}
    Parties(data=rows, many=True, context=context).is_valid()

    with asked() as queries:
        assert Parties(data=rows, many=True, context=context).is_valid() is not is_taken
    #: The projects; one attribute and one group; and where one is taken, the record that has it.
    assert len([each for each in queries if "generation" not in each]) <= 3 + 2 * is_taken, queries


def test_a_document_that_is_only_tried_is_told_the_same(project, taken):
    view = type("Views", (AttributeSchemaMixin, viewsets.GenericViewSet), {"queryset": Party.objects.all()})
    view.attribute_scopes, body = [()], {"document": {"code": "A", "score": 10}}
    request = APIRequestFactory().post(f"/?project={project.pk}", body, format="json")
    force_authenticate(request, ROOT)
    answer = view.as_view({"post": "attribute_schema_validate"})(request).data

    assert {each["path"][0]: each["code"] for each in answer["problems"]} == {"code": "unique", "score": "max"}
