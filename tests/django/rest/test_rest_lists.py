"""Many records in one request: errors of each, few queries, all or none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier

import pytest
from django.db import connections
from landregistry.models import Organization, Party, Project
from rest_framework import serializers
from testapp.models import Note, Restaurant, Team

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import AttributeListSerializer, AttributeModelSerializer
from tests.django.queries import asked, forget
from tests.django.rest.api import API, FIELDS, ROOT, serializer_class
from tests.django.stored import plainly_stored
from tests.django.unique_cases import enforced

ATTRIBUTES = (
    Attribute("score", "integer", constraints={"max": 10}),
    Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
    Attribute("agents", "reference", multiple=True, constraints={"model": "landregistry.Organization"}),
)
Parties = serializer_class(Party)
counts = pytest.mark.parametrize("count", [1, 1_000])


@pytest.fixture(autouse=True)
def long_bound(settings):
    """Look at the generation once and not again."""
    settings.JSONATTRS = {"FRESHNESS": 600}


@pytest.fixture
def project(db):
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    return Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")


def rows(project, count, **attrs):
    return [
        {"project": project.pk, "name": f"n{place}", "attrs": {"score": place % 10, **attrs}} for place in range(count)
    ]


def known(project):
    """Let the process know the schemas."""
    forget()
    Parties(data=rows(project, 1), many=True).is_valid(raise_exception=True)


class Asking:
    """Whoever asks, with the permission to choose every organisation."""

    user = ROOT


# ---- counts ----


@counts
def test_a_list_takes_its_own_query(project, count):
    Party.objects.bulk_create(Party(project=project, attrs={"score": place % 10}) for place in range(count))
    known(project)

    with asked() as queries:
        assert len(API(Parties, queryset=Party.objects.with_selectors()).get().json) == count
    assert len(queries) == 1, queries


@counts
def test_a_list_that_selects_nothing_takes_one_more(project, count):
    Party.objects.bulk_create(Party(project=project, attrs={"score": place % 10}) for place in range(count))
    known(project)

    with asked() as queries:
        API(Parties).get()
    assert len(queries) == 2, queries


@pytest.mark.parametrize("count", [1, 500])  # SQLite asks for at most 999 keys at once
@pytest.mark.parametrize(
    "leaves_out",
    [lambda rows: rows.defer("attrs"), lambda rows: rows.only("id"), None],
    ids=["attributes", "all-but-the-key", "nothing"],
)
def test_what_a_query_set_leaves_out_is_fetched_for_all_records_together(project, count, leaves_out):
    Party.objects.bulk_create(Party(project=project, attrs={"score": place % 10}) for place in range(count))
    known(project)
    fields = ["id", "attrs"]
    listed = leaves_out(Party.objects.order_by("pk")) if leaves_out else Party.objects.order_by("pk").with_selectors()

    with asked() as queries:
        shown = serializer_class(Party, fields=fields)(listed, many=True).data
    assert [row["attrs"]["score"] for row in shown] == [place % 10 for place in range(count)]
    #: The list; what was left out; the projects of the records.
    assert len(queries) == (3 if leaves_out else 1), queries


@pytest.mark.django_db(transaction=True)  # a transaction that has changed the schemas need not look at the generation
@pytest.mark.parametrize("with_selectors", [True, False])
def test_a_page_from_50_scopes_costs_three_queries_more(project, with_selectors):
    places = []
    for place in range(50):
        office = Organization.objects.create(slug=f"o{place}", name="O")
        places.append(Project.objects.create(organization=office, slug="p", name="P"))
        own = Attribute(f"own_{place}", "integer")
        SchemaRecord.objects.define(Party, [own], selectors=(office, places[-1])[: 1 + place % 2])
    records = [Party(project=each, attrs={f"own_{place}": place}) for place, each in enumerate(places)]
    Party.objects.bulk_create(records)
    listed = Party.objects.with_selectors() if with_selectors else Party.objects.all()
    forget()

    with asked() as queries:
        shown = API(Parties, queryset=listed).get().json

    assert [row["attrs"] for row in shown] == [{f"own_{place}": place} for place in range(50)]
    own = 1 if with_selectors else 2  # without, the projects of the records
    assert len(queries) - own == 3, queries  # the generation, the schemas, and the attributes of these


@counts
@pytest.mark.parametrize("method", ["get", "patch", "put"])
def test_a_record_takes_as_few_queries_whatever_else_there_is(project, count, method):
    Party.objects.bulk_create(Party(project=project, attrs={"score": place % 10}) for place in range(count))
    record = Party.objects.first()
    known(project)
    body = rows(project, 1)[0] if method == "put" else {"attrs": {"score": 3}}

    with asked() as queries:
        answer = API(Parties, queryset=Party.objects.with_selectors()).send(method, body, pk=record.pk)
    assert answer.status == 200
    #: The record; of a PUT its project, with the organisation; and the write.
    assert len(queries) == {"get": 1, "patch": 2, "put": 3}[method], queries


@counts
@pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
def test_creating_takes_as_many_queries_for_a_thousand_as_for_one(project, model, count):
    SchemaRecord.objects.define(Note, ATTRIBUTES)
    team = Team.objects.create(code="t")
    own = {"project": project.pk} if model is Party else {"team": str(team.pk), "title": "x"}
    agents = {"agent": project.organization.pk, "agents": [project.organization.pk]}
    data = [{**row, **own, "attrs": {**row["attrs"], **agents}} for row in rows(project, count)]
    serializer = serializer_class(model)(data=data, many=True, context={"request": Asking})
    known(project)
    SchemaRecord.objects.for_selectors(Note, (team, ""))

    with asked() as validating:
        assert serializer.is_valid(), serializer.errors
    with asked() as saving:
        serializer.save()
    with asked() as showing:
        assert len(serializer.data) == count

    found = [each for each in saving if "INSERT" not in each]
    assert len(validating) == 2, validating  # the projects, and what is referred to
    assert len(found) == 1, found  # what is referred to, as whoever stores it asks
    assert not showing
    assert model.objects.count() == count


def test_creating_one_record_takes_a_query_for_its_project_and_one_to_store_it(project):
    known(project)

    with asked() as queries:
        assert API(Parties).post(rows(project, 1)[0]).status == 201
    assert len(queries) == 2, queries


def test_a_scope_is_looked_up_once_for_all_records_of_a_list(project, monkeypatch):
    field = Party._meta.get_field("attrs")
    found, find = [], type(field).scope_of
    monkeypatch.setattr(type(field), "scope_of", lambda self, record: found.append(record) or find(self, record))
    others = [{**row, "type": kind} for row, kind in zip(rows(project, 90), cycle(["IN", "GR", "CO"]), strict=False)]

    assert Parties(data=others, many=True).is_valid()
    assert len(found) == 3


# ---- verdicts ----


def test_each_record_has_errors_of_its_own_and_nothing_is_stored(project):
    data = rows(project, 4)
    data[1]["attrs"]["score"] = 11
    data[2] = {**data[2], "name": "", "attrs": {"agent": 10**9, "agents": [10**9], "sore": 1}}
    data[3] = "no record"

    answer = API(Parties).post(data)

    assert answer.status == 400
    assert {place: _codes(errors) for place, errors in answer.json.items()} == {
        "1": {"attrs": {"score": ["max"]}},
        "2": {
            "name": ["blank"],
            "attrs": {"agent": ["django.not_found"], "agents": ["django.not_found"], "sore": ["unknown"]},
        },
        "3": {"non_field_errors": ["invalid"]},
    }
    assert not Party.objects.exists()


def _codes(errors):
    if isinstance(errors, dict):
        return {name: _codes(each) for name, each in errors.items()}
    return [each["code"] for each in errors]


def test_errors_are_a_list_where_rest_framework_is_set_to_that(project, settings):
    settings.REST_FRAMEWORK = {"LIST_SERIALIZER_ERRORS_AS_DICT": False}
    data = rows(project, 2)
    data[1]["attrs"]["score"] = 11

    serializer = Parties(data=data, many=True)

    assert not serializer.is_valid()
    assert serializer.errors == [{}, {"attrs": {"score": ["The value must be 10 or less."]}}]


@pytest.mark.parametrize("data", [None, {}, "x", [[]], [None], [1]])
def test_what_is_no_list_of_records_is_refused(project, data):
    serializer = Parties(data=data, many=True)

    assert not serializer.is_valid()


@pytest.mark.parametrize("key", [10**30, "x", "\x00", True, 1.5, [1], {}, None, -1, "", 10**9])
@pytest.mark.parametrize("count", [1, 2])
def test_a_key_that_is_none_is_refused_for_its_own_record(project, key, count):
    data = rows(project, count)
    data[-1]["project"] = key
    told = Parties(data=data if count > 1 else data[0], many=count > 1)

    assert not told.is_valid()
    errors = told.errors[count - 1] if count > 1 else told.errors
    assert list(errors) == ["project"]


def test_the_rows_that_keys_stand_for_are_those_that_the_serializer_offers(project):
    other = Project.objects.create(organization=project.organization, slug="q", name="Q")
    offered = serializers.PrimaryKeyRelatedField(queryset=Project.objects.filter(slug="p"))
    mine = serializer_class(Party, project=offered)

    told = mine(data=[*rows(project, 2), *rows(other, 1)], many=True)

    assert not told.is_valid()
    assert told.errors[2]["project"][0].code == "does_not_exist"


def test_a_key_may_be_written_as_text(project):
    data = [{**row, "project": str(project.pk)} for row in rows(project, 2)]

    assert Parties(data=data, many=True).is_valid()


# ---- what storing refuses ----


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
def test_a_value_that_another_record_has_is_told_under_its_attribute(model, quick_to_notice):
    organization = Organization.objects.create(slug="o", name="O")
    project = Project.objects.create(organization=organization, slug="p", name="P")
    own = {"project": project.pk, "name": "x"} if model is Party else {"title": "x"}
    enforced(model, Attribute("phone", "text", unique=True))
    api = API(serializer_class(model))

    first = api.post({**own, "attrs": {"phone": "1"}}).json
    other = api.post({**own, "attrs": {"phone": "2"}}).json

    unique = {
        "attrs": {"phone": [{"message": "Another record has this value already.", "code": "unique", "params": {}}]}
    }
    for answer in (
        api.post({**own, "attrs": {"phone": "1"}}),
        api.patch({"attrs": {"phone": "1"}}, pk=other["id"]),
        api.put({**own, "attrs": {"phone": "1"}}, pk=other["id"]),
    ):
        assert (answer.status, answer.json) == (400, unique)
    assert api.patch({"attrs": {"phone": "1"}}, pk=first["id"]).status == 200
    for phones, place in ((["3", "4", "1"], "2"), (["3", "3"], "1")):
        many = api.post([{**own, "attrs": {"phone": phone}} for phone in phones])
        assert (many.status, many.json) == (400, {place: unique})
    assert model.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("several", [False, True], ids=["one", "many"])
def test_of_clients_that_send_the_same_value_at_the_same_time_one_wins(quick_to_notice, several):
    enforced(Note, Attribute("phone", "text", unique=True))
    start = Barrier(4)

    def send(_):
        start.wait(10)
        row = {"title": "x", "attrs": {"phone": "1"}}
        try:
            return API(serializer_class(Note)).post([row] if several else row)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(send, range(4))]

    assert sorted(answer.status for answer in answers) == [201, 400, 400, 400]
    told = [answer.json["0"] if several else answer.json for answer in answers if answer.status == 400]
    assert [each["attrs"]["phone"][0]["code"] for each in told] == ["unique"] * 3
    assert Note.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_flattened_it_is_told_where_the_value_would_be(quick_to_notice):
    enforced(Note, Attribute("phone", "text", unique=True))
    api = API(serializer_class(Note, flatten_attributes=True))

    assert api.post({"title": "x", "phone": "1"}).status == 201
    assert list(api.post({"title": "x", "phone": "1"}).json) == ["phone"]


# ---- how they are stored ----


class Numbering(AttributeModelSerializer):
    """Has a `create` of its own."""

    class Meta:
        model = Party
        fields = FIELDS[Party]

    def create(self, validated_data):
        return super().create({**validated_data, "name": "of its own"})


def test_a_create_of_the_serializers_own_is_called_for_each(project):
    serializer = Numbering(data=rows(project, 2), many=True)
    serializer.is_valid(raise_exception=True)

    assert [record.name for record in serializer.save()] == ["of its own"] * 2


class Failing(Numbering):
    """Makes what storing refuses."""

    def create(self, validated_data):
        return Party.objects.create(**{**validated_data, "attrs": {"score": 5 + validated_data["attrs"]["score"]}})


def test_one_that_is_refused_when_it_is_stored_takes_the_others_with_it(project):
    serializer = Failing(
        data=[{**row, "attrs": {"score": score}} for row, score in zip(rows(project, 3), (1, 9, 2), strict=True)],
        many=True,
    )
    serializer.is_valid(raise_exception=True)

    with pytest.raises(serializers.ValidationError) as caught:
        serializer.save()

    assert caught.value.get_codes() == {1: {"attrs": {"score": ["max"]}}}
    assert not Party.objects.exists()


def test_a_model_of_two_tables_is_stored_record_by_record(db):
    SchemaRecord.objects.define(Restaurant, [Attribute("soup", "text")], field="menu")
    FIELDS[Restaurant] = ["name", "stars", "menu"]
    serializer = serializer_class(Restaurant)(data=[{"name": "x", "menu": {"soup": "leek"}}] * 2, many=True)
    serializer.is_valid(raise_exception=True)

    assert [plainly_stored(each, "menu") for each in serializer.save()] == [{"soup": "leek"}] * 2


class Updating:
    """Changes several records, as REST framework's own documentation has it."""

    def update(self, instance, validated_data):
        return [self.child.update(record, values) for record, values in zip(instance, validated_data, strict=True)]

    def run_child_validation(self, data):
        self.child.instance = next(record for record in self.instance if record.pk == data["id"])
        self.child.initial_data = data
        return super().run_child_validation(data)


@pytest.mark.parametrize("base", [AttributeListSerializer, serializers.ListSerializer])
def test_a_list_serializer_of_ones_own_may_change_records(project, base):
    kind = type("Mine", (Updating, base), {})
    meta = type("Meta", (), {"model": Party, "fields": FIELDS[Party], "list_serializer_class": kind})
    mine = type("Serializer", (AttributeModelSerializer,), {"Meta": meta})
    records = [Party.objects.create(project=project, attrs={"score": 1}) for _ in range(2)]
    data = [{"id": record.pk, "attrs": {"score": 2 + place}} for place, record in enumerate(records)]

    changing = mine(records, data=data, many=True, partial=True)
    assert changing.is_valid(), changing.errors
    assert type(changing) is kind
    changing.save()
    assert [plainly_stored(record) for record in records] == [{"score": 2}, {"score": 3}]

    data[1]["attrs"] = {"agent": 10**9}
    refused = mine(records, data=data, many=True, partial=True)
    assert not refused.is_valid()
    assert refused.errors[1]["attrs"]["agent"][0].code == "django.not_found"
