"""A client that says what it has read changes nothing that somebody else changed since."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from landregistry.models import Organization, Party, Project
from rest_framework import mixins, viewsets
from rest_framework.routers import SimpleRouter
from testapp.models import Restaurant

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import ConditionalUpdateMixin
from jsonattrs_django.rest_framework.concurrency import entity_tag, lock
from tests.django.queries import asked
from tests.django.rest.api import API, FIELDS, serializer_class
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("score", "integer"),
    Attribute("ratio", "float"),
    Attribute("note", "text"),
    Attribute("data", "object"),
)
Parties = serializer_class(Party)


def new_project():
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    return Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")


@pytest.fixture
def record(db):
    return Party.objects.create(project=new_project(), name="x", attrs={"score": 1})


@pytest.fixture
def api():
    return API(Parties)


def tag_of(api, record):
    return api.get(pk=record.pk).headers["ETag"]


# ---- the tag ----


def test_a_record_that_was_renamed_is_never_told_to_be_as_it_was(record, api):
    """The tag is of the attributes alone, so a GET that names it is answered in full."""
    tag = tag_of(api, record)
    Party.objects.filter(pk=record.pk).update(name="y")
    answer = api.get(pk=record.pk, **{"If-None-Match": tag})
    assert (answer.status, answer.json["name"], answer.headers["ETag"]) == (200, "y", tag)


def test_a_tag_is_strong_and_quoted_and_says_nothing(record, api):
    tag = tag_of(api, record)

    assert tag.startswith('"')
    assert tag.endswith('"')
    assert len(tag) == 34


def test_it_changes_with_the_attributes_and_with_nothing_else(record, api):
    tag = tag_of(api, record)

    assert api.patch({"name": "y"}, pk=record.pk).headers["ETag"] == tag
    changed = api.patch({"attrs": {"score": 2}}, pk=record.pk).headers["ETag"]
    assert changed != tag
    assert api.patch({"attrs": {"score": 1}}, pk=record.pk).headers["ETag"] == tag
    store(record, '{"score": 1, "orphan": 1}')
    assert tag_of(api, record) != tag


VALUES = [
    {"score": 5, "ratio": 5.0},
    {"ratio": 1e16},
    {"ratio": 1e-7},
    {"ratio": 0.1},
    {"note": "Zoë 𝄞", "data": {"b": [1, 2.0, {"z": None}], "a": "x"}},
    {"note": None},
    {},
]


@pytest.mark.parametrize("attrs", VALUES, ids=map(str, VALUES))
def test_the_tag_of_an_answer_that_wrote_is_that_of_the_next_that_reads(record, api, attrs):
    made = api.post({"project": record.project.pk, "name": "y", "attrs": attrs})
    put = api.put({"project": record.project.pk, "name": "y", "attrs": attrs}, pk=record.pk)

    assert made.headers["ETag"] == api.get(pk=made.json["id"]).headers["ETag"]
    assert put.headers["ETag"] == tag_of(api, record)


def test_nobody_finds_out_by_trying_what_a_tag_is_made_of(record, api, settings):
    tag = tag_of(api, record)
    other = Party.objects.create(project=record.project, name="x", attrs={"score": 1})

    assert tag_of(api, other) != tag  # nor by comparing records
    settings.SECRET_KEY = "another"
    assert tag_of(api, record) != tag


def test_reserved_members_are_no_part_of_it(record):
    tag = entity_tag(Party.objects.get(pk=record.pk))
    store(record, '{"score": 1, "$scope:score": 7}')

    assert entity_tag(Party.objects.get(pk=record.pk)) == tag


@pytest.mark.parametrize("text", ['{"score": 1e400}', '{"score": "\\u00e9"}', "[1]", '{"score": 1' + "0" * 5_000 + "}"])
def test_whatever_is_stored_has_a_tag(record, api, text):
    store(record, text)

    assert tag_of(api, record) == tag_of(api, record)


def test_lists_and_errors_have_none(record, api):
    assert "ETag" not in api.get().headers
    assert "ETag" not in api.get(pk=10**9).headers
    assert "ETag" not in api.patch({"attrs": {"score": "x"}}, pk=record.pk).headers


# ---- If-Match ----


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_with_the_tag_that_was_read_the_record_is_changed(record, api, method):
    body = {"project": record.project.pk, "name": "y", "attrs": {"score": 2}}

    answer = api.send(method, body, pk=record.pk, if_match=tag_of(api, record))

    assert answer.status == (204 if method == "delete" else 200)
    if method != "delete":
        assert plainly_stored(record) == {"score": 2}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_with_another_tag_nothing_happens_and_the_answer_says_what_to_do(record, api, method):
    tag = tag_of(api, record)
    api.patch({"attrs": {"score": 5}}, pk=record.pk)
    body = {"project": record.project.pk, "name": "y", "attrs": {"score": 2}}

    answer = api.send(method, body, pk=record.pk, if_match=tag)

    assert answer.status == 412
    assert answer.json["detail"] == {
        "message": (
            "The attributes of this record were changed since you read them. Read the record again, and repeat your "
            "change."
        ),
        "code": "precondition_failed",
        "params": {},
    }
    assert plainly_stored(record) == {"score": 5}


MATCHES = {
    "*": True,
    "{tag}": True,
    '"other", {tag}': True,
    '{tag},"other"': True,
    "W/{tag}": False,
    'W/"x", W/{tag}': False,
    '"other"': False,
    '"*"': False,
    '""': False,
}


@pytest.mark.parametrize(("header", "is_match"), MATCHES.items(), ids=MATCHES)
def test_a_header_has_one_tag_or_several_or_a_star_and_weak_tags_do_not_match(record, api, header, is_match):
    given = header.format(tag=tag_of(api, record))

    assert api.patch({"attrs": {"score": 2}}, pk=record.pk, if_match=given).status == (200 if is_match else 412)


@pytest.mark.parametrize("header", ["", "abc", "'abc'", "W/", ",", '"'])
def test_a_header_without_a_tag_is_refused(record, api, header):
    answer = api.patch({"attrs": {"score": 2}}, pk=record.pk, if_match=header)

    assert answer.status == 400
    assert "quoted" in answer.json["detail"]["message"]
    assert plainly_stored(record) == {"score": 1}


def test_what_is_refused_for_another_reason_is_refused_for_that(record, api):
    assert api.patch({"attrs": {"score": "x"}}, pk=record.pk, if_match=tag_of(api, record)).status == 400
    assert api.patch({"attrs": {"score": 2}}, pk=10**9, if_match="*").status == 404


def test_a_client_that_sends_no_header_is_asked_for_none(record, api):
    with asked() as plain:
        api.patch({"attrs": {"score": 2}}, pk=record.pk)
    tag = tag_of(api, record)
    with asked() as conditional:
        api.patch({"attrs": {"score": 3}}, pk=record.pk, if_match=tag)

    assert len(conditional) == len(plain) + 2  # to find the record, and to lock it
    assert not [each for each in plain if "FOR UPDATE" in each]


def test_the_tag_is_that_of_the_row_when_it_is_locked_and_not_when_it_was_found(record, api, monkeypatch):
    tag = tag_of(api, record)

    def late(found, alias):
        store(record, '{"score": 7}')  # somebody was quicker
        lock(found, alias)

    monkeypatch.setattr("jsonattrs_django.rest_framework.concurrency.lock", late)

    assert api.patch({"attrs": {"note": "y"}}, pk=record.pk, if_match=tag).status == 412
    assert "note" not in plainly_stored(record)


def test_a_record_that_goes_while_it_is_waited_for_is_not_found(record, api, monkeypatch):
    tag = tag_of(api, record)

    def late(found, alias):
        Party.objects.all().delete()
        lock(found, alias)

    monkeypatch.setattr("jsonattrs_django.rest_framework.concurrency.lock", late)

    assert api.patch({"attrs": {"note": "y"}}, pk=record.pk, if_match=tag).status == 404


def test_a_model_of_two_tables_has_a_tag_of_all_its_attributes():
    SchemaRecord.objects.define(Restaurant, [Attribute("soup", "text")], field="menu")
    FIELDS[Restaurant] = ["id", "name", "stars", "menu"]
    record = Restaurant.objects.create(name="x", menu={"soup": "leek"})
    api = API(serializer_class(Restaurant))
    tag = tag_of(api, record)

    assert api.patch({"menu": {"soup": "pea"}}, pk=record.pk, if_match=tag).status == 200
    assert api.patch({"menu": {"soup": "cold"}}, pk=record.pk, if_match=tag).status == 412


# ---- view sets ----


class Unchanging(ConditionalUpdateMixin, viewsets.ReadOnlyModelViewSet):
    queryset = Party.objects.all()
    serializer_class = Parties


class Own(ConditionalUpdateMixin, mixins.UpdateModelMixin, viewsets.GenericViewSet):
    """Has its own way to change a record."""

    queryset = Party.objects.all()
    serializer_class = Parties

    def update(self, request, *args, **kwargs):
        return super().update(request, *args, **kwargs)

    def perform_update(self, serializer):
        serializer.save(name="of the view")


def test_the_mixin_adds_no_way_to_change_anything():
    def routes(view):
        router = SimpleRouter()
        return {each for route in router.get_routes(view) for each in router.get_method_map(view, route.mapping)}

    assert routes(Unchanging) == {"get"}
    assert routes(Own) == {"put", "patch"}


def test_a_view_sets_own_methods_respect_the_header_too(record):
    api = API(Parties)
    tag = tag_of(api, record)
    api.view = Own

    assert api.patch({"attrs": {"score": 2}}, pk=record.pk, if_match='"other"').status == 412
    answer = api.patch({"attrs": {"score": 2}}, pk=record.pk, if_match=tag)
    assert (answer.status, answer.json["name"]) == (200, "of the view")


# ---- at the same time ----


@pytest.mark.django_db(transaction=True)
def test_of_clients_that_have_read_the_same_one_wins():
    record = Party.objects.create(project=new_project(), name="x", attrs={"score": 0})
    tag = tag_of(API(Parties), record)
    start = Barrier(4)

    def send(score):
        start.wait(10)
        try:
            return API(Parties).patch({"attrs": {"score": score}}, pk=record.pk, if_match=tag).status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = [*pool.map(send, range(1, 5))]

    assert sorted(found) == [200, 412, 412, 412]
    assert plainly_stored(record) == {"score": found.index(200) + 1}


def test_the_row_is_locked_before_it_is_read_and_what_it_refers_to_is_not(record, api):
    tag = tag_of(api, record)

    with asked() as queries:
        api.patch({"attrs": {"score": 2}}, pk=record.pk, if_match=tag)

    locks = "FOR UPDATE" if connection.vendor == "postgresql" else 'SET "id" = '
    finding, locking, *later = queries
    assert locks in locking
    assert not [each for each in (finding, *later) if locks in each]
    assert "landregistry_project" not in locking
    assert "SELECT" in later[0]
