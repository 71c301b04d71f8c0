"""The parameters of filters and of the order in OpenAPI: those that the view has, typed."""

from __future__ import annotations

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.validation import validate_schema
from rest_framework.routers import SimpleRouter
from testapp.models import Note, Place, Team

from jsonattrs_core import Attribute
from jsonattrs_django.offered import LOOKUPS
from jsonattrs_django.rest_framework.filters import AttributeFilterBackend, AttributeOrderingFilter
from jsonattrs_django.testing import define
from tests.django.rest.filter_views import Notes, Places, answer

pytestmark = pytest.mark.django_db


def parameters(view=Places, backend=AttributeFilterBackend):
    """Return the parameters of a view that is only described, by name."""
    return {each["name"]: each for each in backend().get_schema_operation_parameters(view())}


def test_each_lookup_of_each_attribute_is_a_parameter():
    define(Place, Attribute("n", "integer", constraints={"min": 3}), Attribute("t", "text", multiple=True))
    found = parameters()
    assert set(found) == {
        *(f"attrs.n{'' if lookup == 'exact' else f'__{lookup}'}" for lookup in LOOKUPS["integer"]),
        *(f"attrs.t__{lookup}" for lookup in ("contains", "overlap", "isnull")),
    }
    whole = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
    assert found["attrs.n__gte"] == {
        "name": "attrs.n__gte", "in": "query", "required": False, "description": "N", "schema": whole,
    }  # fmt: skip
    several = {"type": "array", "items": whole, "minItems": 1}
    assert found["attrs.n__in"] == {
        "name": "attrs.n__in", "in": "query", "required": False, "description": "N",
        "schema": several, "style": "form", "explode": False,
    }  # fmt: skip
    assert found["attrs.n__range"]["schema"] == {**several, "minItems": 2, "maxItems": 2}
    assert found["attrs.n__isnull"]["schema"] == {"type": "boolean"}
    text = {"type": "string", "minLength": 1, "maxLength": 10_000}
    assert found["attrs.t__contains"]["schema"] == {"type": "array", "items": text, "minItems": 1}


def test_values_are_typed_and_choices_are_listed():
    define(
        Place,
        Attribute("d", "date"),
        Attribute("c", "integer", choices=[1, 2]),
        Attribute("u", "uuid"),
        Attribute("m", "datetime"),
    )
    found = {name: each["schema"] for name, each in parameters().items()}
    assert found["attrs.d"]["format"] == "date"
    assert found["attrs.d__year"] == {"type": "integer", "minimum": 2, "maximum": 9998}
    assert found["attrs.c"] == {"type": "integer", "enum": [1, 2]}
    assert found["attrs.c__in"] == {"type": "array", "items": {"type": "integer", "enum": [1, 2]}, "minItems": 1}
    assert found["attrs.u"]["type"] == "string"
    assert found["attrs.m__date__gte"]["format"] == "date"


def test_what_is_described_is_answered_and_nothing_else_is():
    kinds = [kind for kind in LOOKUPS if kind != "reference"]
    define(Place, *(Attribute(f"x_{kind}", kind) for kind in kinds), Attribute("many", "integer", multiple=True))
    examples = {
        "integer": "1", "float": "0.5", "decimal": "0.5", "boolean": "true", "date": "2024-02-29", "text": "x",
        "datetime": "2024-02-29T00:00:00Z", "time": "09:00:00", "duration": "P1D",
        "uuid": "00000000-0000-4000-8000-000000000001", "many": "1",
    }  # fmt: skip
    for name, each in parameters().items():
        attribute, _mark, lookup = name.removeprefix("attrs.").partition("__")
        value = examples.get(attribute.removeprefix("x_"), "true")
        value = {"isnull": "true", "year": "2024", "month": "2", "day": "29", "date": "2024-02-29"}.get(
            lookup.partition("__")[0], value
        )
        if lookup == "range":
            value = f"{value},{value}"
        response = answer(f"{name}={value}")
        assert response.status_code == 200, (name, response.data)
        jsonschema.Draft202012Validator.check_schema(each["schema"])


def test_only_what_the_view_exposes_to_anybody_is_described():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    define(Note, Attribute("size", "integer"), Attribute("one_s", "text"), selectors=(teams[0],))
    define(Note, Attribute("size", "text"), Attribute("two_s", "text"), selectors=(teams[1],))
    one = type("One", (Notes,), {"attribute_scopes": [(teams[0],)]})
    both = type("Both", (Notes,), {"attribute_scopes": [(team,) for team in teams]})
    assert {name.partition("__")[0] for name in parameters(one)} == {"attrs.size", "attrs.one_s"}
    assert {name.partition("__")[0] for name in parameters(both)} == {"attrs.one_s", "attrs.two_s"}  # one is ambiguous
    assert parameters(Notes) == {}


def test_the_order_is_one_of_the_names():
    define(Place, Attribute("n", "integer"), Attribute("many", "text", multiple=True))
    found = parameters(backend=AttributeOrderingFilter)["ordering"]
    assert found["schema"]["items"]["enum"] == ["id", "-id", "name", "-name", "attrs.n", "-attrs.n"]
    assert found["explode"] is False
    for name in found["schema"]["items"]["enum"]:
        assert answer(f"ordering={name}").status_code == 200


def test_the_document_of_drf_spectacular_is_valid():
    define(Place, Attribute("n", "integer"), Attribute("size", "text", choices=["s", "m"]))
    router = SimpleRouter()
    router.register("places", type("Described", (Places,), {"schema": AutoSchema()}))
    document = SchemaGenerator(patterns=router.urls).get_schema(request=None, public=True)
    validate_schema(document)
    listed = {each["name"]: each for each in document["paths"]["/places/"]["get"]["parameters"]}
    assert listed["attrs.size"]["schema"]["enum"] == ["s", "m"]
    assert "ordering" in listed
