"""What a user may not see is as if it were not there, and what she may not change stays."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from landregistry.models import Organization, Party, Project
from rest_framework import serializers

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import SchemaRecord
from tests.django.queries import asked
from tests.django.rest.api import API, ROOT, serializer_class
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

CLERK = User(pk=7, username="clerk", is_active=True)
ATTRIBUTES = (
    Attribute("score", "integer"),
    Attribute("secret", "text", constraints={"max_length": 5}),
    Attribute("fixed", "text"),
)
Parties = serializer_class(Party)


def rights(user, action, model, field, attribute):
    """Clerks know nothing of secrets, and change nothing that is fixed."""
    if user.username == "clerk" and attribute.name == "secret":
        return False
    return not (user.username == "clerk" and action == "change" and attribute.name == "fixed")


def only_north(user, rows, attribute):
    """Let everybody choose what is in the north."""
    return rows.filter(slug="north")


@pytest.fixture
def project(settings):
    settings.JSONATTRS = {
        "ATTRIBUTE_PERMISSION": f"{__name__}.rights",
        "REFERENCE_PERMISSION": f"{__name__}.only_north",
    }
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    organization = Organization.objects.create(slug="north", name="North")
    return Project.objects.create(organization=organization, slug="p", name="P")


@pytest.fixture
def record(project):
    return Party.objects.create(project=project, name="x", attrs={"score": 1, "secret": "s", "fixed": "f"})


def body(project, **attrs):
    return {"project": project.pk, "name": "x", "attrs": attrs}


def codes(answer):
    assert answer.status == 400, answer.json
    return {name: [each["code"] for each in several] for name, several in answer.json["attrs"].items()}


@pytest.fixture
def clerk():
    return API(Parties, CLERK)


# ---- attributes ----


def test_what_may_not_be_seen_is_not_sent(record, clerk):
    assert clerk.get(pk=record.pk).json["attrs"] == {"score": 1, "fixed": "f"}
    assert API(Parties, ROOT).get(pk=record.pk).json["attrs"] == {"score": 1, "secret": "s", "fixed": "f"}


@pytest.mark.parametrize("method", ["patch", "put"])
@pytest.mark.parametrize("value", ["s", "other", None, "far too long"])
def test_to_name_what_may_not_be_seen_is_as_to_name_what_there_is_not(record, clerk, method, value):
    said = {
        name: clerk.send(method, body(record.project, score=2, **{name: value}), pk=record.pk).json
        for name in ("secret", "sekret")
    }

    assert said["secret"]["attrs"]["secret"] == said["sekret"]["attrs"]["sekret"]
    assert said["secret"]["attrs"]["secret"][0]["code"] == "unknown"


def test_put_keeps_what_may_not_be_seen_or_changed(record, clerk):
    answer = clerk.put(body(record.project, score=2), pk=record.pk)

    assert answer.json["attrs"] == {"score": 2, "fixed": "f"}
    assert plainly_stored(record) == {"score": 2, "secret": "s", "fixed": "f"}


@pytest.mark.parametrize("method", ["patch", "put"])
def test_what_may_not_be_changed_is_refused_unless_it_is_sent_back_as_it_was(record, clerk, method):
    assert codes(clerk.send(method, body(record.project, fixed="g"), pk=record.pk)) == {"fixed": ["read_only"]}
    assert codes(clerk.send(method, body(record.project, fixed=None), pk=record.pk)) == {"fixed": ["read_only"]}
    assert clerk.send(method, body(record.project, fixed="f"), pk=record.pk).status == 200


def test_a_new_record_takes_nothing_that_may_not_be_changed(project, clerk):
    assert codes(clerk.post(body(project, fixed="f", secret="s"))) == {"fixed": ["read_only"], "secret": ["unknown"]}


def test_what_is_required_and_may_not_be_seen_is_refused_without_its_name(project, clerk):
    SchemaRecord.objects.define(Party, [Attribute("secret", "text", required=True)])

    assert clerk.post(body(project)).json == {
        "attrs": {
            "non_field_errors": [
                {"message": "An attribute that you cannot see here is refused.", "code": "required", "params": {}}
            ]
        }
    }


def test_a_rule_about_what_may_not_be_seen_is_told_without_its_words(record, clerk):
    rule = Rule("secret == 's' && score < 5", "Secrets of the trade", attributes=["secret"])
    SchemaRecord.objects.define(Party, ATTRIBUTES, rules=[rule])

    told = clerk.patch({"attrs": {"score": 9}}, pk=record.pk).json

    assert "trade" not in str(told)
    assert told["attrs"]["non_field_errors"][0]["code"] == "rule"


def test_read_only_attributes_of_the_serializer_are_as_those_that_may_not_be_changed(record):
    mine = serializer_class(Party, extra_kwargs={"attrs": {"read_only_attributes": ["score"]}})
    api = API(mine, ROOT)

    assert codes(api.patch({"attrs": {"score": 5}}, pk=record.pk)) == {"score": ["read_only"]}
    assert api.put(body(record.project, fixed="g"), pk=record.pk).json["attrs"] == {"score": 1, "fixed": "g"}


def test_a_serializer_without_a_request_is_the_program_itself(record):
    assert Parties(record).data["attrs"] == {"score": 1, "secret": "s", "fixed": "f"}


# ---- references ----

AGENTS = (
    Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
    Attribute("agents", "reference", multiple=True, constraints={"model": "landregistry.Organization"}),
)


@pytest.fixture
def offices(project):
    SchemaRecord.objects.define(Party, AGENTS)
    return project.organization, Organization.objects.create(slug="south", name="South")


def test_a_record_that_may_not_be_chosen_is_refused_as_one_that_is_not_there(project, offices, clerk):
    north, south = offices
    told = {pk: clerk.post(body(project, agent=pk, agents=[north.pk, pk])).json for pk in (south.pk, 10**9)}

    assert told[south.pk] == told[10**9]
    assert told[south.pk]["attrs"]["agent"][0]["code"] == "django.not_found"
    assert told[south.pk]["attrs"]["agents"] == [
        {
            "message": "Value 2: There is no such record.",
            "code": "django.not_found",
            "params": {"path": ["agents", 1]},
        }
    ]
    assert clerk.post(body(project, agent=north.pk, agents=[north.pk])).status == 201


@pytest.mark.parametrize("user", [AnonymousUser(), CLERK], ids=["nobody", "without-permission"])
def test_who_may_not_see_a_model_chooses_none_of_its_records(project, offices, settings, user):
    settings.JSONATTRS = {}

    assert codes(API(Parties, user).post(body(project, agent=offices[0].pk))) == {"agent": ["django.not_found"]}
    assert API(Parties, ROOT).post(body(project, agent=offices[0].pk)).status == 201


@pytest.mark.parametrize("method", ["patch", "put"])
def test_a_reference_that_is_there_may_be_sent_back_though_it_may_not_be_chosen(project, offices, clerk, method):
    south = offices[1]
    record = Party.objects.create(project=project, name="x", attrs={"agent": south, "agents": [south]})
    before = plainly_stored(record)

    assert clerk.send(method, body(project, **before), pk=record.pk).status == 200
    south.delete()
    assert clerk.send(method, body(project, **before), pk=record.pk).status == 200
    assert plainly_stored(record) == before


class Office(serializers.ModelSerializer):
    class Meta:
        model = Organization
        fields = ("id", "slug")


Nesting = serializer_class(Party, extra_kwargs={"attrs": {"references": {"agent": Office, "agents": Office}}})


def test_references_may_be_nested_objects_which_can_be_sent_back(project, offices):
    north, south = offices
    record = Party.objects.create(project=project, name="x", attrs={"agent": north, "agents": [south, north]})
    api = API(Nesting, ROOT)

    shown = api.get(pk=record.pk).json
    assert shown["attrs"] == {
        "agent": {"id": north.pk, "slug": "north"},
        "agents": [{"id": south.pk, "slug": "south"}, {"id": north.pk, "slug": "north"}],
    }
    assert api.put(shown, pk=record.pk).json == shown
    assert api.patch({"attrs": {"agent": north.pk, "agents": None}}, pk=record.pk).json["attrs"] == {
        "agent": {"id": north.pk, "slug": "north"},
        "agents": None,
    }


def test_a_nested_record_that_is_gone_is_its_key_alone(project, offices):
    south = offices[1]
    record = Party.objects.create(project=project, name="x", attrs={"agent": south, "agents": [south]})
    key = south.pk
    south.delete()

    assert API(Nesting, ROOT).get(pk=record.pk).json["attrs"] == {"agent": {"id": key}, "agents": [{"id": key}]}


@pytest.mark.parametrize("wrong", [{}, {"slug": "north"}, {"id": "x"}, {"id": {"id": 1}}, [], "x", True])
def test_an_object_that_stands_for_no_record_is_refused(project, offices, wrong):
    assert list(codes(API(Nesting, ROOT).post(body(project, agent=wrong)))) == ["agent"]


def test_nested_records_of_a_list_come_with_one_query_for_each_attribute(project, offices):
    for place in range(20):
        Party.objects.create(project=project, name="x", attrs={"agent": offices[place % 2], "agents": [*offices]})
    records = list(Party.objects.with_selectors())
    Nesting(records, many=True).data  # noqa: B018 - the schemas are known now
    for fresh in (list(Party.objects.with_selectors()), [*Party._base_manager.select_related("project")]):
        with asked() as queries:
            shown = Nesting(fresh, many=True).data
        assert shown[0]["attrs"]["agent"] == {"id": offices[0].pk, "slug": "north"}
        assert len(queries) == 2, queries
