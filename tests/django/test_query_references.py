"""References in subqueries, where they are keys of the records that they refer to."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import Exists, F, OuterRef, Subquery
from landregistry.models import Organization
from testapp.models import Keyed, Place, Team

from jsonattrs_core import Attribute
from jsonattrs_django.models import Attr, SchemaRecord
from tests.django.stored import store

pytestmark = pytest.mark.django_db

MODELS = {"integer": Organization, "uuid": Team, "text": Keyed}


@pytest.fixture(params=MODELS)
def targets(request):
    """Return two records that places refer to, a third one, and define the attributes."""
    model = MODELS[request.param]
    label = {"model": model._meta.label}
    SchemaRecord.objects.define(Place, [Attribute(name, "reference", constraints=label) for name in ("one", "two")])
    values = {"integer": "slug", "uuid": "code", "text": "code"}[request.param]
    found = [model.objects.create(**{values: text}) for text in ("a", "b", "c")]
    Place.objects.create(name="first", attrs={"one": found[0], "two": found[0]})
    Place.objects.create(name="second", attrs={"one": found[1], "two": found[2]})
    store(Place.objects.create(name="broken"), '{"one": "no key \\u00e9", "two": [1]}')
    Place.objects.create(name="none")
    return found


def names(queryset):
    return sorted(queryset.values_list("name", flat=True))


def pks(queryset):
    return sorted(row.pk for row in queryset)


def test_those_who_are_referred_to_are_found_by_a_subquery(targets):
    model, places = type(targets[0]), Place.objects.all()
    both = sorted(row.pk for row in targets[:2])
    assert pks(model.objects.filter(pk__in=places.values("attrs__one"))) == both
    assert pks(model.objects.filter(pk__in=places.values_list("attrs__one", flat=True).distinct())) == both
    assert pks(model.objects.filter(pk__in=places.values(x=F("attrs__one")))) == both
    assert pks(model.objects.filter(pk__in=places.values(x=Attr("one")))) == both
    assert pks(model.objects.filter(pk__in=places.values("attrs__one").union(places.values("attrs__two")))) == sorted(
        row.pk for row in targets
    )
    assert pks(model.objects.exclude(pk__in=places.filter(name="first").values("attrs__one"))) == sorted(
        row.pk for row in targets[1:]
    )
    second = places.filter(name="second").values("attrs__one")[:1]
    assert list(model.objects.filter(pk=second)) == list(model.objects.filter(pk=Subquery(second))) == [targets[1]]
    assert pks(model.objects.filter(Exists(places.filter(attrs__one=OuterRef("pk"))))) == both


def test_a_reference_is_compared_with_references(targets):
    places = Place.objects.all()
    assert names(places.filter(attrs__one=F("attrs__two"))) == ["first"]
    assert names(places.filter(attrs__one__in=places.values("attrs__two"))) == ["first"]
    assert names(places.filter(attrs__two__in=places.filter(name="second").values("attrs__two"))) == ["second"]
    inner = Subquery(places.filter(name="second").values("attrs__one")[:1])
    assert names(places.filter(attrs__one=inner)) == ["second"]


def test_what_a_subquery_gives_is_compared_and_read_as_the_reference_itself(targets):
    inner = Subquery(Place.objects.filter(pk=OuterRef("pk")).values("attrs__one")[:1])
    places = Place.objects.annotate(r=inner)
    plain = dict(Place.objects.exclude(name="broken").values_list("name", "attrs__one"))
    assert dict(places.exclude(name="broken").values_list("name", "r")) == plain
    assert plain["first"] == (str(targets[0].pk) if isinstance(targets[0].pk, UUID) else targets[0].pk)
    assert names(places.filter(r=targets[0].pk)) == ["first"]
    assert names(places.filter(r=str(targets[0].pk))) == ["first"]
    assert names(places.filter(r__in=[row.pk for row in targets])) == ["first", "second"]
    assert names(places.filter(r=F("attrs__two"))) == ["first"]
    assert names(places.filter(attrs__one=F("r"), name="first")) == ["first"]


def test_the_row_that_is_referred_to_is_found_by_the_key_as_a_value_of_its_type(targets):
    """As the documentation has it, for PostgreSQL compares no number with a text."""
    kind = {int: "integer", UUID: "uuid", str: "text"}[type(targets[0].pk)]
    places = Place.objects.annotate(key=Attr(key="one", type=kind, multiple=False))
    assert names(places.filter(Exists(type(targets[0]).objects.filter(pk=OuterRef("key"))))) == ["first", "second"]
