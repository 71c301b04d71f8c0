"""Personas as documents: what is exported is imported as an equal persona, or refused with what is wrong where."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from personas.models import Persona
from personas.schema import schema_of
from personas.transfer import MOST, TransferError, from_document, read_document, to_document

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db

SET = {"formality_level": 7, "tone": "wistful", "sentence_structure": "varied", "age": "25-35", "irony_usage": None}


def essence(persona):
    return persona.name, persona.description, persona.is_active, persona.attrs.dump()


def document(*entries, **rest):
    return {"format": 1, "personas": list(entries), **rest}


def problems_of(author, given):
    with pytest.raises(TransferError) as refused:
        from_document(author, given)
    assert Persona.objects.count() == 0
    return refused.value.problems


def test_a_document_has_nothing_of_whose_it_is(ada):
    persona = Persona.objects.create(author=ada, name="Ada", description="Dry.", is_active=False, attrs=SET)
    assert to_document(persona) == {
        "format": 1,
        "personas": [{"name": "Ada", "description": "Dry.", "is_active": False, "attributes": SET}],
    }


def test_what_is_exported_is_imported_as_an_equal_persona(ada, ben):
    """Row 34."""
    persona = Persona.objects.create(author=ada, name="Ada", description="Dry.", is_active=False, attrs=SET)
    (made,) = from_document(ben, read_document(json.dumps(to_document(persona)).encode()))
    assert made.pk != persona.pk
    assert made.author == ben
    assert essence(Persona.objects.get(pk=made.pk)) == essence(persona)


WORDS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip).map(str.strip)
)


@st.composite
def values(draw, schema):
    """Values of any characteristics, each of its own kind, null among them."""
    found = {}
    for name in draw(st.lists(st.sampled_from(list(schema)), unique=True, max_size=12)):
        attribute = schema[name]
        choices = [choice.value for choice in attribute.choices or ()]
        texts = st.sampled_from(choices or ["34", "plain", "né à Paris", "日本語", "🙂"])
        found[name] = draw(st.none() | (st.integers(1, 10) if attribute.type == "integer" else texts))
        if attribute.multiple and found[name] is not None:
            found[name] = [found[name]]
    return {**found, "age": "25-35"} if "age" in found else found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_several_have_comes_back(ada, ben, data):
    """Row 34, in bulk."""
    schema = schema_of(ada)
    drawn = data.draw(st.lists(st.tuples(WORDS, values(schema)), min_size=1, max_size=4))
    personas = [Persona.objects.create(author=ada, name=name, attrs=attrs) for name, attrs in drawn]
    made = from_document(ben, json.loads(json.dumps(to_document(*personas))))
    assert [essence(Persona.objects.get(pk=each.pk)) for each in made] == [essence(each) for each in personas]


def test_own_attributes_are_told_of_where_the_reader_has_none(ada, ben):
    SchemaRecord.objects.define(Persona, [Attribute("weather", "text")], selectors=(ada,), user=ada.user)
    exported = to_document(Persona(author=ada, name="Ada", attrs={"weather": "fog"}))
    (problem,) = problems_of(ben, exported)
    assert (problem["persona"], problem["name"], problem["attribute"]) == (0, "Ada", "weather")
    assert problem["code"] == "unknown"


def test_each_persona_is_told_what_is_wrong_with_it(ada):
    """Row 4, of the path through a file."""
    good = {"name": "Good", "attributes": SET}
    bad = {"name": "Bad", "attributes": {"formality_level": 11, "tonne": "dry"}, "author": 7, "is_active": "maybe"}
    found = problems_of(ada, document(good, bad, {"attributes": []}))
    assert [(each["persona"], each["name"], each["field"], each["attribute"], each["code"]) for each in found] == [
        (1, "Bad", "is_active", None, "invalid"),
        (1, "Bad", None, "formality_level", "max"),
        (1, "Bad", None, "tonne", "unknown"),
        (1, "Bad", "author", None, "unknown"),
        (2, None, "name", None, "required"),
        (2, None, "attributes", None, "type"),
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param([], "Invalid data. Expected a dictionary, but got list.", id="a list"),
        pytest.param({}, "format: This field is required.", id="nothing"),
        pytest.param({"format": 2, "personas": [{"name": "A"}]}, 'format: "2" is not a valid choice.', id="format 2"),
        pytest.param(document(), "personas: This list may not be empty.", id="nobody"),
        pytest.param(document(1), "Persona 1: Invalid data. Expected a dictionary, but got int.", id="no persona"),
        pytest.param(
            document({"name": "A"}, extra=1), "extra: There is no such field; there are: format, personas.", id="more"
        ),
        pytest.param(
            document({"nam": "A"}), "Persona 1, nam: There is no such field; did you mean name?", id="misspelt"
        ),
        pytest.param(
            document({"name": "A", "attributes": {"formality_level": "7/10"}}),
            "Persona 1 (A), formality_level: Enter a whole number.",
            id="no number",
        ),
        pytest.param(
            document(*[{"name": "A"}] * (MOST + 1)),
            f"personas: Ensure this field has no more than {MOST} elements.",
            id="too many",
        ),
    ],
)
def test_what_is_no_document_is_refused_in_words(ada, given, message):
    with pytest.raises(TransferError) as refused:
        from_document(ada, given)
    assert message in refused.value.messages


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b'{"format": 1, "format": 1}', b"[NaN]", b"[" * 100_000, b'"\\ud800"'],
    ids=["empty", "half", "no text", "twice", "no number", "deep", "half a character"],
)
def test_what_is_no_json_is_refused(content):
    with pytest.raises(TransferError) as refused:
        read_document(content)
    (problem,) = refused.value.problems
    assert problem["persona"] is None
    assert problem["message"]


def test_an_import_asks_the_database_as_often_for_many_as_for_one(ada, django_assert_max_num_queries):
    entries = [{"name": f"P{number}", "attributes": SET} for number in range(100)]
    with django_assert_max_num_queries(8):
        assert len(from_document(ada, document(*entries))) == 100


def test_an_export_asks_the_database_as_often_for_many_as_for_one(ada, django_assert_num_queries):
    from_document(ada, document(*[{"name": f"P{number}", "attributes": SET} for number in range(30)]))
    with django_assert_num_queries(1):
        assert len(to_document(*Persona.objects.with_selectors())["personas"]) == 30
