"""docs/reference/rest-filters.md tells what there is, and its examples come out as they stand."""

from __future__ import annotations

import json
import re
import sys
from types import ModuleType

import pytest
from testapp.models import Place

from jsonattrs_core import Attribute, Choice
from jsonattrs_django import rest_framework
from jsonattrs_django.rest_framework.filters import backend, ordering
from jsonattrs_django.testing import define
from tests.django.rest.filter_views import answer
from tests.django.test_docs_django import ROOT, blocks

pytestmark = pytest.mark.django_db

PAGE = (ROOT / "docs" / "reference" / "rest-filters.md").read_text(encoding="utf-8")
BLOCKS = [*blocks(PAGE)]
ATTRIBUTES = (
    Attribute("serial", "text"),
    Attribute("installed", "date"),
    Attribute("rated_power", "decimal", key="power"),
    Attribute("tags", "text", multiple=True, choices=["loud", "old"]),
    Attribute("operator", "reference", constraints={"model": "testapp.Place"}),
)


@pytest.fixture
def view(monkeypatch):
    """The viewset of the page, with places for machines."""
    models = ModuleType("inventory.models")
    models.Machine = Place
    monkeypatch.setitem(sys.modules, "inventory.models", models)
    hall = Attribute(
        "hall", "text", choices=[Choice("B", "Hall B"), Choice("C", "Hall C"), Choice("A", "The old hall")]
    )
    define(Place, hall, *ATTRIBUTES)
    first = Place.objects.create(name="a", attrs={"hall": "B", "rated_power": "7.5", "tags": ["loud", "old"]})
    Place.objects.create(name="b", attrs={"hall": "C", "serial": "CD1", "installed": "2024-05-01", "operator": first})
    Place.objects.create(name="c", attrs={"hall": "A"})
    Place.objects.create(name="d")
    (code,) = (block.text for block in BLOCKS if block.language == "py")
    names = {"__name__": "inventory.api"}
    exec(code, names)
    return names["MachineViewSet"]


def asked(view, question, action="list"):
    response = answer(question.removeprefix("?"), view, action=action)
    assert response.status_code == 200, response.data
    return response.data


def test_each_question_of_the_page_is_answered(view):
    first = Place.objects.get(name="a").pk
    questions = [question for line in PAGE.splitlines() if line.startswith("| `?attrs") for question in _codes(line)]
    assert len(questions) == 11
    found = [
        "".join(each["name"] for each in asked(view, each.replace("operator=3", f"operator={first}")))
        for each in questions
    ]
    assert found == ["a", "a", "a", "ab", "ab", "b", "b", "a", "a", "b", "d"]


def _codes(line):
    return re.findall(r"`(\?[^`]+)`", line)


def test_the_errors_of_the_page_are_those_that_are_sent(view):
    (errors,) = (json.loads(block.text) for block in BLOCKS if "rated_pouer" in block.text)
    response = answer("attrs.rated_pouer__gte=1&attrs.tags=x&attrs.hall=", view)
    assert response.status_code == 400
    assert json.loads(response.content) == errors


def test_the_facet_of_the_page_has_the_members_that_are_sent(view):
    retired = Choice("A", "The old hall", retired=True)
    define(Place, Attribute("hall", "text", choices=[Choice("B", "Hall B"), retired]), *ATTRIBUTES)
    Place.objects.filter(name="b").delete()
    (told,) = (json.loads(block.text)["attrs.hall"] for block in BLOCKS if '"others"' in block.text)
    sent = asked(view, "facets=attrs.hall", "facets")["attrs.hall"]
    assert {**sent, "values": [{**each, "count": 0} for each in sent["values"]]} == {
        **told,
        "values": [{**each, "count": 0} for each in told["values"]],
    }


def test_every_name_of_the_page_is_there_and_the_limits_are_those_that_are_kept():
    for name in re.findall(r"^\| `(Attribute\w+Backend|Attribute\w+Filter|\w+Mixin)` \|", PAGE, re.MULTILINE):
        assert name in rest_framework.__all__
    assert f"At most {backend._MOST} conditions" in PAGE
    assert f"{ordering._MOST} names in an order" in PAGE
    assert "100, and the name of the parameter, `facets`" in PAGE
    assert rest_framework.FacetsMixin.facet_limit == 100
