"""Filters of attributes that a user may not see: there are none."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.testing import define
from tests.django.filtersets import PlaceFilter

pytestmark = pytest.mark.django_db


def may_use(user, action, model, field, attribute):
    """Let nobody see what is secret but those who work here."""
    return attribute.name != "secret" or user.is_staff


@pytest.fixture(autouse=True)
def secret(settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    define(Place, Attribute("secret", "integer"), Attribute("score", "integer"))
    Place.objects.create(name="x", attrs={"secret": 1, "score": 1})


def asked_by(user, **parameters):
    request = RequestFactory().get("/")
    request.user = user
    return PlaceFilter(parameters, Place.objects.all(), request=request)


def test_a_stranger_finds_no_filter_and_no_order_for_it():
    found = asked_by(AnonymousUser())
    assert "attrs__score" in found.filters
    assert not [name for name in found.filters if "secret" in name]
    assert "attrs__secret" not in dict(found.filters["ordering"].field.choices)


def test_a_stranger_who_asks_for_it_all_the_same_learns_nothing():
    for parameters in ({"attrs__secret": "1"}, {"attrs__secret__gte": "1"}, {"ordering": "attrs__secret"}):
        found = asked_by(AnonymousUser(), **parameters)
        assert not found.is_valid()
        assert not found.qs


def test_who_may_see_it_may_ask_for_it_and_so_may_the_program():
    assert asked_by(User(is_staff=True), attrs__secret="1").qs.count() == 1
    assert PlaceFilter({"attrs__secret": "1"}, Place.objects.all()).qs.count() == 1
