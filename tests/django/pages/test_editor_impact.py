"""What a change means for the records there are: counted, or found out by looking at some."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from landregistry.models import Party
from testapp.models import Keyed

from jsonattrs_core import Attribute, Schema, compose
from jsonattrs_django.documents import dumps
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.planning import impact
from jsonattrs_django.planning.change import planned_publishing, planned_retiring
from jsonattrs_django.planning.counting import counts, holding, misfitting, records_in
from jsonattrs_django.planning.impact import Impact
from jsonattrs_django.registry import registry
from tests.django.pages.editor import Land

KEYED = Keyed._meta.get_field("attrs")


def in_short(attribute):
    """Return what tells an attribute from the others."""
    return " ".join(f"{name}={value}" for name, value in attribute.given.items() if name != "name")[:60]


def store(documents):
    """Store documents as they are, past all checks, in a model without selectors."""
    Keyed.objects.all().delete()
    Keyed.objects.bulk_create(Keyed(code=str(number)) for number in range(len(documents)))
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for number, document in enumerate(documents):
            cursor.execute(f"UPDATE testapp_keyed SET attrs = %s{cast} WHERE code = %s", [dumps(document), str(number)])


def told(attribute, documents):
    """Return which documents the database finds not to fit, and which the core finds."""
    store(documents)
    composed = compose(Schema("s", [attribute]))
    condition = misfitting(KEYED, composed["key"])
    by_database = set(Keyed.objects.filter(condition).values_list("code", flat=True))
    validator = composed.compile(registry())
    by_core = {str(number) for number, document in enumerate(documents) if validator.problems(document)}
    return by_database, by_core


VALUES = [
    *({"key": value} for value in (None, True, False, 0, 1, -1, 7, 2.0, 2.5, 9007199254740991, "", " ", "a", "abc")),
    *(
        {"key": value}
        for value in ("2020-02-29", "2021-02-29", "1999-12-31", "2030-01-01", "ä" * 5, "7", [], ["a"], {})
    ),
    *({"key": value} for value in ("12:30:00", "2020-01-01T00:00:00Z", "6c3d8e8e-3c2a-4b52-b5f6-3a6ad2f2b111")),
    {},
    {"other": 1},
]
ATTRIBUTES = [
    Attribute("key", "text"),
    Attribute("key", "text", required=True),
    Attribute("key", "text", constraints={"max_length": 3, "min_length": 2}),
    Attribute("key", "text", choices=["a", "b", ("abc", "A B C")]),
    Attribute("key", "integer"),
    Attribute("key", "integer", constraints={"min": 1, "max": 5}, required=True),
    Attribute("key", "integer", choices=[1, 2, 3]),
    Attribute("key", "integer", required=True, initial_default=3),
    Attribute("key", "float"),
    Attribute("key", "float", constraints={"min": 0, "exclusive_max": 2.5}),
    Attribute("key", "float", constraints={"exclusive_min": 0, "max": 2}),
    Attribute("key", "boolean", required=True),
    Attribute("key", "date"),
    Attribute("key", "date", constraints={"min": "2000-01-01", "max": "2029-12-31"}),
    Attribute("key", "datetime"),
    Attribute("key", "time"),
    Attribute("key", "uuid"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=in_short)
def test_the_database_finds_what_the_core_finds(attribute):
    by_database, by_core = told(attribute, VALUES)
    assert by_database == by_core


class TestRandomValues(TestCase):
    """Values that hypothesis thinks of."""

    @given(
        st.lists(
            st.one_of(st.none(), st.booleans(), st.integers(-10, 10), st.floats(-4, 4), st.text("ab é", max_size=6))
        ),
        st.sampled_from(ATTRIBUTES),
    )
    def test_the_database_finds_what_the_core_finds(self, values, attribute):
        by_database, by_core = told(attribute, [{"key": value} for value in values])
        assert by_database == by_core


@pytest.mark.parametrize(
    "attribute",
    [
        Attribute("key", "text", subtype="gb-post-code"),
        Attribute("key", "text", constraints={"pattern": "a+"}),
        Attribute("key", "text", multiple=True),
        Attribute("key", "text", required_if="other == 1"),
        Attribute("key", "text", required=True, visible_if="other == 1"),
        Attribute("key", "text", required=True, status="deprecated"),
        Attribute("key", "date", constraints={"min": "today"}),
        Attribute("key", "decimal", constraints={"max": 1}),
        Attribute("key", "integer", constraints={"multiple_of": 2}),
        Attribute("key", "float", choices=[1.5]),
        Attribute("key", "object"),
    ],
    ids=in_short,
)
def test_what_no_database_can_tell_is_left_to_the_core(attribute):
    assert misfitting(KEYED, attribute) is None


def test_lines_that_a_text_may_have_no_more_are_left_to_the_core():
    before = Attribute("key", "text", constraints={"multiline": True})
    assert misfitting(KEYED, Attribute("key", "text"), before) is None
    assert misfitting(KEYED, Attribute("key", "text", key="key"), Attribute("key", "text")) is not None


def test_what_is_no_key_never_comes_into_a_statement():
    with pytest.raises(ValueError, match="no key"):
        holding(KEYED, "a' OR 'a")


@pytest.mark.django_db
def test_who_holds_a_value_and_how_many_conditions_are_counted_at_once(django_assert_num_queries):
    store([{"a": 1}, {"a": None}, {}, {"a": [], "b": ""}])
    with django_assert_num_queries(2):
        found = counts(records_in(KEYED, ()), {f"k{number}": holding(KEYED, "a") for number in range(50)})
    assert set(found.values()) == {2}


# ---- of a change ----


@pytest.fixture
def land(db):
    return Land()


def effects(draft):
    """Return what publishing a draft means, by key: kind, holders, misfits, and how many were looked at."""
    found = Impact(planned_publishing(draft, draft.schema)).effects
    return {each.key: (each.kind, each.holders, each.misfits, each.looked_at) for each in found}


def test_a_new_attribute_finds_values_that_were_stored_before(land):
    land.define((), Attribute("score", "integer"), Attribute("note", "text"), Attribute("old", "text"), name="Parties")
    land.party(old="7")
    land.party(old="x")
    land.define((), Attribute("score", "integer"), Attribute("note", "text"), name="Parties")
    draft = land.draft()
    draft.put({"key": "old", "name": "old", "type": "text", "constraints": {"max_length": 1}, "choices": ["x"]})
    assert effects(draft) == {"old": ("new", 2, 1, None)}


def test_a_tighter_attribute_is_counted_in_the_database(land):
    for score in (1, 5, 9):
        land.party(score=score)
    land.party()
    draft = land.draft()
    draft.put({**draft.definition("score"), "required": True, "constraints": {"max": 5}})
    assert effects(draft) == {"score": ("changed", 3, 2, None)}
    effect = Impact(planned_publishing(draft, draft.schema)).effects[0]
    assert effect.held == "3 records hold a value of it."
    assert effect.fit == "2 records do not fit."
    assert [*Party.objects.filter(pk__in=effect.examples).values_list("attrs__score", flat=True)] == [9, None]


def test_only_records_of_the_scope_count(land):
    land.party(acres=1.5)
    land.party(land.dale)
    draft = land.draft(land.north)
    draft.put({**draft.definition("acres"), "required": True})
    assert effects(draft) == {"acres": ("changed", 1, 0, None)}
    assert Impact(planned_publishing(draft, draft.schema)).records == 1


def test_what_only_reads_otherwise_makes_no_misfits(land):
    land.party(score=1)
    draft = land.draft()
    draft.put({**draft.definition("score"), "label": "Points", "group": "Numbers"})
    assert effects(draft) == {"score": ("changed", 1, None, None)}
    assert Impact(planned_publishing(draft, draft.schema)).effects[0].fit == ""


def test_an_attribute_that_goes_keeps_its_values(land):
    land.party(score=1, note="x")
    draft = land.draft()
    draft.set_status("score", "retired")
    draft.definitions.pop()
    found = Impact(planned_publishing(draft, draft.schema)).effects
    assert [(each.key, each.kind, each.holders) for each in found] == [("score", "gone", 1), ("note", "gone", 1)]
    assert "The values stay stored" in found[0].held


def test_records_of_narrower_scopes_are_checked_by_the_schemas_that_they_would_have(land):
    land.define((land.north,), Attribute("note", required=False, constraints={"max_length": 100}))
    land.party(note="long enough")
    land.party(land.dale, note="long enough")
    land.party(land.dale, note="ok")
    draft = land.draft()
    draft.put({**draft.definition("note"), "constraints": {"max_length": 5}})
    assert effects(draft) == {"note": ("changed", 3, 1, 3)}


def test_what_no_database_tells_is_looked_at_and_said_to_be_a_sample(land, monkeypatch):
    monkeypatch.setattr(impact, "SAMPLE", 3)
    for note in ("ab", "cd", "a", "xx"):
        land.party(note=note)
    land.party()
    draft = land.draft()
    draft.put({**draft.definition("note"), "constraints": {"pattern": "[a-d]{2}"}})
    (effect,) = Impact(planned_publishing(draft, draft.schema)).effects
    assert (effect.holders, effect.misfits, effect.looked_at, effect.candidates) == (4, 1, 3, 4)
    assert effect.fit == "1 of the first 3 of 4 records does not fit; the others were not looked at."
    draft.put({**draft.definition("note"), "constraints": {"pattern": "[a-d]+"}})
    (effect,) = Impact(planned_publishing(draft, draft.schema)).effects
    assert effect.fit == "All of the first 3 of 4 records fit; the others were not looked at."


def test_all_records_may_lack_what_becomes_required(land):
    land.party(score=1, note="x")
    land.party(score=1)
    land.party(score=5)
    draft = land.draft()
    draft.put({**draft.definition("note"), "required_if": "score > 3"})
    assert effects(draft) == {"note": ("changed", 1, 1, 3)}


def test_rules_that_are_new_are_tried_on_some_records(land):
    land.party(score=1)
    land.party(score=5)
    draft = land.draft()
    assert Impact(planned_publishing(draft, draft.schema)).broken_rules is None
    draft.document["rules"] = [{"expression": "score > 3", "message": "Too low"}]
    broken = Impact(planned_publishing(draft, draft.schema)).broken_rules
    assert (broken.misfits, broken.looked_at, len(broken.examples)) == (1, 2, 1)


def test_a_schema_that_is_retired_and_restored(land):
    land.party(acres=1.5)
    draft = land.draft(land.north)
    found = Impact(planned_retiring(draft)).effects
    assert [(each.key, each.kind, each.holders) for each in found] == [("acres", "gone", 1)]
    SchemaRecord.objects.get(name="Northern parties").retire()
    found = Impact(planned_retiring(land.draft(land.north), restore=True)).effects
    assert [(each.key, each.kind, each.holders, each.misfits) for each in found] == [("acres", "new", 1, 0)]


def test_an_omitted_attribute_is_gone_and_one_that_is_inherited_again_is_new(land):
    land.party(note="x")
    draft = land.draft(land.north)
    draft.omit("note")
    assert effects(draft) == {"note": ("gone", 1, None, None)}
    land.define((land.north,), Attribute("acres", "float"), Attribute("note", omit=True))
    draft = land.draft(land.north)
    draft.remove_override("note")
    assert effects(draft) == {"note": ("new", 1, 0, None)}


def test_a_stored_document_that_is_none_is_passed_over(land):
    party = land.party(note="x")
    with connection.cursor() as cursor:
        cast = "::jsonb" if connection.vendor == "postgresql" else ""
        cursor.execute(f"UPDATE landregistry_party SET attrs = %s{cast} WHERE id = %s", [json.dumps([1]), party.pk])
    draft = land.draft()
    draft.put({**draft.definition("note"), "constraints": {"pattern": "a"}, "required": True})
    assert effects(draft)["note"][:3] == ("changed", 0, 0)


def test_the_number_of_queries_is_that_of_the_kinds_of_changes(land, django_assert_max_num_queries):
    names = [f"a{number}" for number in range(30)]
    land.define((), *(Attribute(name, "text") for name in names), name="Parties")
    land.party(**dict.fromkeys(names, "abc"))
    draft = land.draft()
    for name in names:
        draft.put({"key": name, "name": name, "type": "text", "constraints": {"max_length": 5}})
    with django_assert_max_num_queries(12):
        assert len(effects(draft)) == 30


def test_values_that_are_to_be_unique_and_are_not(land):
    for score in (1, 1, 2, None):
        land.party(score=score, note=f"{score}")
    draft = land.draft()
    for key in ("score", "note"):
        draft.put({**draft.definition(key), "unique": True})
    score, note = Impact(planned_publishing(draft, draft.schema)).effects
    assert (score.sharing, note.sharing) == (2, 2)
    assert score.shared == "2 records hold a value that another one holds, too."
    draft.put({**draft.definition("note"), "multiple": True})
    assert [each.sharing for each in Impact(planned_publishing(draft, draft.schema)).effects] == [2, None]
    Party.objects.filter(attrs__score=1).first().delete()
    assert Impact(planned_publishing(draft, draft.schema)).effects[0].shared == "No two records hold the same value."
