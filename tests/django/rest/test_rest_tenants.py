"""Records are written where the view has records for its user, and nobody learns of other places by trying."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from landregistry.models import Organization, Party, Project
from rest_framework import serializers

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.rest.api import API, FIELDS, serializer_class
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

ANN = User(pk=7, username="ann", is_active=True)
NOBODY = 10**6


class World:
    """Two organisations, of which the user works for one; schemas tell them apart, and their types of parties."""

    def __init__(self):
        own, other = (Organization.objects.create(slug=slug, name=slug) for slug in ("acme", "bolt"))
        self.own, self.second = (Project.objects.create(organization=own, slug=slug, name="P") for slug in "pq")
        self.other = Project.objects.create(organization=other, slug="p", name="P")
        SchemaRecord.objects.define(Party, [Attribute("score", "integer")])
        recipe = Attribute("recipe", "text", required=True, choices=["gold"])
        code = Attribute("code", "text", unique=True)
        SchemaRecord.objects.define(Party, [recipe, code], selectors=(other,))
        Party.objects.create(project=self.other, name="x", attrs={"recipe": "gold", "code": "Z9"})
        self.record = Party.objects.create(project=self.own, name="x", attrs={"score": 1})
        self.scopes = [{"organization": own}]


@pytest.fixture
def world():
    return World()


def api(world, serializer=None, **view):
    scopes = view.pop("scopes", world.scopes)
    return API(serializer or serializer_class(Party), ANN, attribute_scopes=scopes, **view)


def body(project, *, kind="IN", **attrs):
    return {"project": project, "type": kind, "name": "x", "attrs": attrs}


TRIED = [{}, {"recipe": "lead"}, {"recipe": "gold"}, {"recipe": "gold", "code": "Z9"}, {"score": "no number"}]


@pytest.mark.parametrize("attrs", TRIED, ids=str)
@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_the_row_of_another_tenant_is_refused_as_one_that_is_not_there(world, method, attrs):
    pk = None if method == "post" else world.record.pk
    told = [api(world).send(method, body(each, **attrs), pk=pk) for each in (world.other.pk, NOBODY)]

    assert [each.status for each in told] == [400, 400]
    said = [str(each.json).replace(f'"{key}"', '"K"') for each, key in zip(told, (world.other.pk, NOBODY), strict=True)]
    assert said[0] == said[1]
    assert told[0].json["project"][0]["code"] == "does_not_exist"
    assert [*told[0].json] == ["project"]
    assert Party.objects.get(pk=world.record.pk).project == world.own
    assert Party.objects.count() == 2


def test_every_record_of_a_list_is_refused_where_it_is(world):
    told = api(world).post([body(world.own.pk, score=1), body(world.other.pk, code="Z9"), body(NOBODY, code="Z9")])

    assert told.status == 400
    assert {place: [*errors] for place, errors in told.json.items()} == {"1": ["project"], "2": ["project"]}
    assert [told.json[place]["project"][0]["code"] for place in "12"] == ["does_not_exist"] * 2
    assert Party.objects.count() == 2


def test_other_errors_are_told_as_of_a_row_that_is_not_there(world):
    sent = [{"project": each, "type": "??", "attrs": {"x": 1}} for each in (world.other.pk, NOBODY)]
    told = [{name: each[0]["code"] for name, each in api(world).post(one).json.items()} for one in sent]

    assert told[0] == told[1] == {"type": "invalid_choice", "name": "required", "project": "does_not_exist"}


def test_flattened_attributes_are_not_looked_at_either(world):
    flat = serializer_class(Party, flatten_attributes=True)
    told = api(world, flat).post({"project": world.other.pk, "type": "IN", "name": "x", "code": "Z9"})

    assert [*told.json] == ["project"]


def test_what_the_view_exposes_is_written(world):
    assert api(world).post(body(world.own.pk, score=1)).status == 201
    assert api(world).patch({"project": world.second.pk}, pk=world.record.pk).status == 200
    assert api(world, scopes=[{}]).post(body(world.other.pk, recipe="gold")).status == 201
    assert api(world, scopes=None).post(body(world.other.pk, recipe="gold")).status == 201


def test_a_value_of_a_column_is_refused_as_a_choice_that_there_is_not(world):
    narrow = [{"organization": world.own.organization, "type": "IN"}]
    told = api(world, scopes=narrow).patch({"type": "GR"}, pk=world.record.pk)

    assert [each["code"] for each in told.json["type"]] == ["invalid_choice"]
    assert "GR" in told.json["type"][0]["message"]
    assert api(world, scopes=narrow).post(body(world.own.pk, kind="GR")).json["type"][0]["code"] == "invalid_choice"


def test_two_scopes_are_not_mixed(world):
    both = [
        {"organization": world.own.organization, "project": world.own, "type": "IN"},
        {"organization": world.own.organization, "project": world.second, "type": "GR"},
    ]
    told = api(world, scopes=both).patch({"project": world.second.pk}, pk=world.record.pk)

    assert told.json["project"][0]["code"] == "does_not_exist"
    moved = {"project": world.second.pk, "type": "GR"}
    assert api(world, scopes=both).patch(moved, pk=world.record.pk).status == 200


def test_a_record_may_stay_where_the_view_names_no_scope(world):
    stays = api(world, scopes=[{"organization": world.other.organization}])

    assert stays.put(body(world.own.pk, score=2), pk=world.record.pk).status == 200
    assert plainly_stored(world.record) == {"score": 2}


def test_no_scope_at_all_takes_no_record(world):
    assert api(world, scopes=[]).post(body(world.own.pk, score=2)).json["project"][0]["code"] == "does_not_exist"


@pytest.mark.parametrize("many", [False, True])
def test_a_view_is_asked_for_its_scopes_once_in_a_request(world, many):
    asked = []

    def get_attribute_scopes(self, field):
        asked.append(field)
        return world.scopes

    told = API(serializer_class(Party), ANN, get_attribute_scopes=get_attribute_scopes).post(
        [body(world.own.pk, score=1)] * 3 if many else body(world.own.pk, score=1)
    )
    assert told.status == 201
    assert asked == ["attrs"]


def test_fields_that_find_rows_in_a_way_of_their_own_refuse_as_they_do(world):
    by_slug = serializers.SlugRelatedField(slug_field="slug", queryset=Project.objects.filter(slug="far"))
    Project.objects.create(organization=world.other.organization, slug="far", name="P")
    slugs = serializer_class(Party, fields=FIELDS[Party], project=by_slug)
    told = [api(world, slugs).post(body(each, code="Z9")).json for each in ("far", "nowhere")]

    assert str(told[0]).replace("far", "nowhere") == str(told[1])


def test_the_program_itself_writes_everywhere(world):
    made = serializer_class(Party)(data=body(world.other.pk, recipe="gold"))

    assert made.is_valid(), made.errors
