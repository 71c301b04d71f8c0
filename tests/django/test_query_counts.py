"""How many queries reading and writing take. The numbers are promises: they are not to grow unnoticed."""

from __future__ import annotations

import time

import pytest
from landregistry.models import Organization, Party, Project
from testapp.models import Early, Note

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.queries import asked, forget

pytestmark = pytest.mark.django_db(transaction=True)

ATTRIBUTES = (
    Attribute("name", "text", required=True, label={"en": "Name", "id": "Nama"}),
    Attribute("score", "integer", label="Score"),
    Attribute("ratio", "float"),
    Attribute("fee", "decimal"),
    Attribute("born", "date"),
    Attribute("seen", "datetime"),
    Attribute("active", "boolean"),
    Attribute("education", "text", choices=[("none", "None"), ("much", "Much")]),
    Attribute("tags", "text", multiple=True),
    Attribute("data", "object"),
)
DOCUMENT = {
    "name": "x", "score": 1, "ratio": 0.5, "fee": "1.10", "born": "1984-02-29", "seen": "2024-01-01T00:00:00Z",
    "active": True, "education": "much", "tags": ["a", "b"], "data": {"x": 1},
}  # fmt: skip


@pytest.fixture(autouse=True)
def long_bound(settings):
    """Look at the generation once and not again, unless a test says otherwise."""
    settings.JSONATTRS = {"FRESHNESS": 600}


@pytest.fixture
def projects():
    """Four projects of two organisations, with a schema on each level, and what is known of them forgotten."""
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    made = []
    for slug in "ab":
        organization = Organization.objects.create(slug=slug, name=slug)
        SchemaRecord.objects.define(Party, [Attribute("score", required=True)], selectors=(organization,))
        made += [Project.objects.create(organization=organization, slug=f"{slug}{n}", name="P") for n in range(2)]
    SchemaRecord.objects.define(Party, [Attribute("ward", "text")], selectors=(None, made[0]))
    SchemaRecord.objects.define(Party, [Attribute("tags", omit=True)], selectors=(None, None, "CO"))
    forget()
    return made


def make(projects, count):
    """Insert parties of all scopes."""
    Party.objects.bulk_create(
        Party(project=projects[n % 4], type=("IN", "CO")[n % 8 < 4], attrs={**_fitting(n)}) for n in range(count)
    )


def _fitting(number):
    """Leave out what the corporation's schema omits."""
    return {name: value for name, value in DOCUMENT.items() if name != "tags" or number % 8 >= 4}


LISTS = {
    "with-selectors": Party.objects.with_selectors,
    "select-related": lambda: Party.objects.select_related(*Party._meta.get_field("attrs").select_related),
    "select-related-more": lambda: Party.objects.select_related("project__organization"),
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_a_list_of_1000_with_all_values_and_labels_takes_its_own_query_and_no_other(projects, listed):
    make(projects, 1000)
    SchemaRecord.objects.for_instances(listed())

    with asked() as queries:
        for party in listed():
            schema = party.attrs.schema
            for name in schema:
                party.attrs.get(name)
                assert schema[name].label is not None
            assert dict(party.attrs)["name"] == "x"
            assert party.attrs.orphans == {}
            assert party.attrs.problems() == ()
            assert party.attrs.dump()

    assert len(queries) == 1


def test_the_first_list_of_a_process_takes_two_queries_for_all_its_scopes_together(projects):
    make(projects, 100)
    forget()

    with asked() as queries:
        SchemaRecord.objects.for_instances(Party.objects.with_selectors())

    assert len(queries) <= 1 + 1 + 2


def test_typed_values_take_one_query(projects):
    make(projects, 100)
    list(Party.objects.typed_values())

    with asked() as queries:
        assert len(list(Party.objects.typed_values("pk", "project"))) == 100

    assert len(queries) == 1


def test_references_of_a_list_take_one_query_for_each_model(projects):
    make(projects, 100)
    SchemaRecord.objects.define(
        Party,
        [
            *ATTRIBUTES,
            Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
            Attribute("agents", "reference", constraints={"model": "landregistry.Organization"}, multiple=True),
            Attribute("place", "reference", constraints={"model": "landregistry.Project"}),
        ],
    )
    one, two = Organization.objects.all()
    with asked() as queries:
        update_attributes(Party.objects.filter(project=projects[0], type="IN"), {"agent": one, "agents": [one, two]})
        update_attributes(Party.objects.filter(project=projects[0], type="IN"), {"place": projects[0].pk})
    assert len(queries) < 20
    wanted = Party.objects.with_selectors().filter(project=projects[0], type="IN")
    list(SchemaRecord.objects.for_instances(wanted))

    with asked() as queries:
        for party in wanted:
            assert (party.attrs["agent"], party.attrs["agents"], party.attrs["place"]) == (one, [one, two], projects[0])

    assert len(queries) <= 1 + 3


# ---- the first use of a schema, and its freshness ----


def test_the_first_use_of_a_schema_takes_at_most_two_queries_and_one_for_freshness(projects):
    with asked() as queries:
        schema = SchemaRecord.objects.for_selectors(Party, (projects[0].organization, projects[0], "IN"))

    assert "ward" in schema
    assert len(queries) <= 2 + 1

    with asked() as queries:
        SchemaRecord.objects.for_selectors(Party, (projects[0].organization, projects[1], "IN"))
    assert len(queries) <= 2

    with asked() as queries:
        SchemaRecord.objects.for_selectors(Party, (projects[0].organization, projects[0], "IN"))
    assert queries == []


def test_where_there_is_no_schema_nothing_is_asked_again_and_again():
    forget()
    Note(kind="k").attrs.get("a")

    with asked() as queries:
        for _ in range(100):
            assert dict(Note(kind="k").attrs) == {}

    assert queries == []


def test_looking_whether_schemas_have_changed_takes_one_query_at_most_once_within_the_bound(projects, settings):
    settings.JSONATTRS = {"FRESHNESS": 0.3}
    make(projects, 4)
    party = Party.objects.with_selectors().first()
    assert party.attrs["score"] == 1
    time.sleep(0.3)

    with asked() as queries:
        for _ in range(100):
            assert party.attrs["score"] == 1
            assert party.attrs.schema

    assert len(queries) == 1
    assert "generation" in queries[0]


# ---- writing ----


def _set(party):
    party.attrs["score"] = 2


def _remove(party):
    del party.attrs["fee"]


def _append(party):
    party.attrs["data"]["y"] = 1


def _assign(party):
    party.attrs = {"name": "y", "score": 3}


def _nothing(party):
    pass


def _move(party):
    party.type = "GR"


EDITS = {"set": _set, "remove": _remove, "in-place": _append, "whole": _assign, "nothing": _nothing, "move": _move}
SAVES = {
    "save": lambda party: party.save(),
    "save-field": lambda party: party.save(update_fields=["attrs", "type"]),
    "bulk-update": lambda party: Party.objects.bulk_update([party], ["attrs", "type"]),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_a_save_takes_one_query(projects, edit, save):
    make(projects, 8)
    for type_ in ("IN", "CO", "GR"):
        SchemaRecord.objects.for_selectors(Party, (projects[0].organization, projects[0], type_))
    party = Party.objects.with_selectors().filter(project=projects[0]).first()
    edit(party)

    with asked() as queries:
        save(party)

    assert len(queries) == 1


def test_an_insert_takes_one_query(projects):
    make(projects, 8)

    with asked() as queries:
        Party.objects.create(project=projects[0], attrs=DOCUMENT)
        Party(project=projects[0], attrs=DOCUMENT).save()

    assert len(queries) == 2


def test_checking_before_a_save_takes_no_query_of_its_own(projects):
    make(projects, 8)
    party = Party(project=projects[0], name="x", attrs=DOCUMENT)

    with asked() as queries:
        party.full_clean(exclude=["project"])

    assert queries == []


def test_inserting_many_takes_one_query_for_each_batch(projects):
    make(projects, 8)

    with asked() as queries:
        Party.objects.bulk_create([Party(project=projects[0], attrs=DOCUMENT) for _ in range(500)], batch_size=100)

    assert len(queries) == 5


@pytest.mark.parametrize("count", [1, 100])
def test_references_of_many_are_looked_for_with_one_query_for_each_model(projects, count):
    one = projects[0].organization
    constraints = {"model": "landregistry.Organization"}
    SchemaRecord.objects.define(
        Party,
        [
            *ATTRIBUTES,
            Attribute("agent", "reference", constraints=constraints),
            Attribute("agents", "reference", constraints=constraints, multiple=True),
        ],
    )
    given = {**DOCUMENT, "agent": one, "agents": [one]}
    make(projects, 8)
    Party.objects.create(project=projects[0], attrs=given)

    with asked() as queries:
        Party.objects.bulk_create([Party(project=projects[0], attrs=given) for _ in range(count)], batch_size=1000)

    assert len(queries) <= 1 + 1


@pytest.mark.parametrize("has_rules", [False, True], ids=["set-based", "streamed"])
def test_update_attributes_takes_as_many_queries_for_ten_records_as_for_many(projects, has_rules):
    if has_rules:
        SchemaRecord.objects.define(Party, ATTRIBUTES, rules=[Rule("score < 100", "Too much")])
    make(projects, 8)
    update_attributes(Party.objects.all(), {"score": 2})

    with asked() as few:
        assert update_attributes(Party.objects.all(), {"score": 3}) == 8
    make(projects, 392)
    with asked() as many:
        assert update_attributes(Party.objects.all(), {"score": 4}) == 400

    assert len(many) <= len(few) + (8 if has_rules else 0)
    assert len(few) <= 8 * 4 + 1


def test_a_field_before_its_selectors_takes_one_query_more():
    """The check jsonattrs.W005 says so."""
    SchemaRecord.objects.define(Early, [Attribute("a", "integer")])
    early = Early.objects.get(pk=Early.objects.create(kind="k", attrs={"a": 1}).pk)
    early.attrs["a"] = 2

    with asked() as queries:
        early.save()

    assert len(queries) <= 2
