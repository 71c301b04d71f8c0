"""Drafts by template: they follow what is set, as the measures judge, and stand on their feet whatever is set."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personas.language_model import Voice
from personas.language_model.offline import OfflineModel, drafting
from personas.language_model.offline.topics import subject_of, title_of
from personas.models import ContentPiece
from personas.schema import DEFAULT

from jsonattrs_core import Schema, compose

pytestmark = pytest.mark.long  # it knows neither the database nor its driver

SCHEMA = compose(Schema.read(DEFAULT))
TEMPLATE = drafting.template()
NAMES = [f"persona {number}" for number in range(6)]


def drafted(values, topic="early trains", name="Ida"):
    return OfflineModel().draft(Voice(name=name, description="", values=values, schema=SCHEMA), topic)


def measured(attribute, values):
    """Return how several drafts with these values are rated in the mean: which variants one has is chance."""
    found = [OfflineModel().analyse(drafted(values, name=name).body, SCHEMA).get(attribute, 1) for name in NAMES]
    return sum(found) / len(found)


@pytest.mark.parametrize(
    "attribute",
    [
        "contraction_usage",
        "passive_voice_frequency",
        "subordinate_clause_frequency",
        "imperative_sentence_usage",
        "transition_usage",
        "ellipsis_usage",
        "parenthetical_aside_frequency",
        "list_usage_tendency",
        "formality_level",
        "hedging_language_frequency",
        "emphatic_device_usage",
        "simile_frequency",
        "onomatopoeia_usage",
        "sensory_detail_inclusion",
        "personal_anecdote_inclusion",
        "personal_opinion_inclusion",
        "personal_belief_inclusion",
        "reader_question_frequency",
        "dialogue_inclusion",
        "digression_frequency",
        "reflection_inclusion",
    ],
)
def test_a_higher_rating_is_measured_as_one(attribute):
    """Row 28, of the model without a network: what is set shows in the text."""
    assert measured(attribute, {attribute: 9}) >= measured(attribute, {attribute: 1}) + 2


@pytest.mark.parametrize("rating", [1, 4, 7, 10])
@pytest.mark.parametrize(
    "attribute", ["contraction_usage", "ellipsis_usage", "parenthetical_aside_frequency", "emphatic_device_usage"]
)
def test_what_is_counted_in_sentences_is_measured_as_it_was_set(attribute, rating):
    assert measured(attribute, {attribute: rating}) == pytest.approx(rating, abs=1.5)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("pronoun_preference", "first-person"),
        ("pronoun_preference", "first-person plural"),
        ("pronoun_preference", "second-person"),
        ("pronoun_preference", "third-person"),
        ("sentence_structure", "simple"),
        ("sentence_structure", "complex"),
        ("sentence_structure", "varied"),
        ("paragraph_organization", "stream-of-consciousness"),
        ("punctuation_style", "minimal"),
        ("tone", "formal"),
    ],
)
def test_a_choice_is_measured_as_it_was_made(attribute, value):
    body = drafted({attribute: value}).body
    assert OfflineModel().analyse(body, SCHEMA).get(attribute) == value


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("we, the people of the valley", {"we", "us", "our"}),
        ("I, and nobody else", {"i", "my", "me"}),
        ("impersonal", {"one", "one's"}),
        ("as the wind has it", {"we", "us", "our"}),
    ],
)
def test_any_word_for_who_speaks_will_do(said, words):
    assert words & set(drafted({"pronoun_preference": said}).body.lower().split())


def test_one_has_verbs_with_an_s():
    bodies = " ".join(drafted({"pronoun_preference": "impersonal"}, name=name).body.lower() for name in NAMES)
    assert re.search(r"\bone (?:keeps|comes|learns|begins|knows|has|is)\b", bodies)
    assert not re.search(r"\bone (?:keep|come|learn|begin|know|have|are|am|go|try|do)\b", bodies)


def test_a_tone_asks_for_what_belongs_to_it():
    assert "The cat was asked for comment" in drafted({"tone": "humorous"}).body
    assert "The cat was asked for comment" not in drafted({"tone": "humorous", "humor_sarcasm_usage": 1}).body


def test_values_and_motivations_are_named():
    body = drafted({"core_values": ["thrift", "kindness"], "dominant_motivations": ["to be read"]}).body
    assert "What counts is thrift and kindness" in body
    assert "there is to be read" in body or "to be read" in body


def test_no_fact_is_made_up():
    """A figure and a quotation are the writer's to give: the draft says where they belong."""
    body = drafted({"statistical_data_usage": 10, "quotation_frequency": 10}).body
    assert "[A figure belongs here" in body
    assert "[A quotation belongs here" in body


def test_the_same_is_drafted_twice_and_another_topic_differs():
    assert drafted({"formality_level": 5}) == drafted({"formality_level": 5})
    assert len({drafted({}, topic).body for topic in ("bread", "the sea", "my neighbour", "Rome", "trust")}) == 5


def test_what_is_unset_adds_nothing():
    """Rows 10 and 28: no dots, dashes, lists, questions, feelings or hedges that nobody asked for."""
    bodies = " ".join(drafted({}, name=name).body for name in NAMES)
    assert not re.search(r"[…!?([\d]|- |perhaps|probably|really|I love", bodies)


TOPICS = [
    ("Bread", "Bread", "bread"),
    ("My trip to Rome.", "My trip to Rome", "my trip to Rome"),
    ("Paris", "Paris", "Paris"),
    ("Monday mornings", "Monday mornings", "Monday mornings"),
    ("Ada Lovelace", "Ada Lovelace", "Ada Lovelace"),
    ("how to bake", "How to bake", "the question of how to bake"),
    ("Why do we bake?", "Why do we bake?", "the question “Why do we bake?”"),
    ("Write me a short blog post about early trains.", "Early trains", "early trains"),
    ("Write a letter to my mother", "Write a letter to my mother", "the matter"),
    ("\n\n  The sea\nand what is in it", "The sea", "the sea"),
    ("", "Untitled", "the matter"),
    ("???", "???", "the matter"),
    ("{S} [keep] <a|b|c>", "{S} [keep] <a|b|c>", "the matter"),
    ("What is it? Tell me. Now.", "What is it? Tell me. Now", "the matter"),
]


@pytest.mark.parametrize(("topic", "title", "subject"), TOPICS, ids=[repr(topic) for topic, _, _ in TOPICS])
def test_a_topic_has_a_title_and_a_name_within_sentences(topic, title, subject):
    assert (title_of(topic), subject_of(topic)) == (title, subject)


@pytest.mark.parametrize("topic", ["x" * 2_000, "word " * 400, "a. " * 600, "“" * 2_000])
def test_a_long_topic_has_a_short_title(topic):
    """Row 30."""
    assert 1 <= len(title_of(topic)) <= 105
    assert subject_of(topic) == "the matter"


RATINGS = st.dictionaries(
    st.sampled_from([name for name, attribute in SCHEMA.items() if attribute.subtype == "rating"]), st.integers(1, 10)
)
WORDS = st.dictionaries(
    st.sampled_from(
        ["tone", "pronoun_preference", "sentence_structure", "punctuation_style", "paragraph_organization"]
    ),
    st.sampled_from(["formal", "ironic", "heavy", "unconventional", "complex", "loose", "third-person"]) | st.text(),
)
LISTS = st.dictionaries(st.sampled_from(["core_values", "dominant_motivations"]), st.lists(st.text(min_size=1)))


@settings(max_examples=150, deadline=None)
@given(ratings=RATINGS, words=WORDS, lists=LISTS, topic=st.text())
def test_anything_that_is_set_makes_a_draft_that_can_be_stored(ratings, words, lists, topic):
    """Row 30: there are a title and a body, and both have room."""
    draft = drafted({**ratings, **words, **lists}, topic)
    assert 1 <= len(draft.title) <= ContentPiece._meta.get_field("title").max_length
    assert 300 < len(draft.body) < 20_000


@settings(max_examples=100, deadline=None)
@given(ratings=RATINGS, words=WORDS, name=st.text(max_size=5))
def test_no_mark_of_the_template_and_no_slip_of_the_pen_is_left(ratings, words, name):
    body = drafted({**ratings, **words}, name=name).body
    assert not re.search(r"[{}<>|]|\[[a-z]|  |\.\.|,,|;;| [.,;]|\bi\b|[^\d]\. [a-z]", body)


def test_everything_at_once_is_still_a_text():
    most = drafted({name: 10 for name, attribute in SCHEMA.items() if attribute.subtype == "rating"})
    assert len(most.body) < 10_000
    assert max(map(len, most.body.split("\n\n"))) < 1_500


def sentences_of_the_template():
    for part in drafting.PARTS:
        for variant in TEMPLATE[part]:
            for thought in variant["thoughts"]:
                yield from (thought[key] for key in ("text", "then", "apart", "passive") if key in thought)
    for extra in TEMPLATE["extra"]:
        yield from (text for _, text in extra["sentences"])


def test_the_template_is_whole():
    assert TEMPLATE.keys() == {*drafting.PARTS, "extra"}
    assert {extra["attribute"] for extra in TEMPLATE["extra"]} <= set(SCHEMA)
    assert {part for extra in TEMPLATE["extra"] for part, _ in extra["sentences"]} <= set(drafting.PARTS)
    for extra in TEMPLATE["extra"]:
        allowed = [choice.value for choice in SCHEMA[extra["attribute"]].choices or ()]
        assert extra.get("is") in [None, *allowed]


MARKS = re.compile(r"\{(?:I|my|me|self|S|h|e)\}|\[[a-z]+\]|<[^<>|]*\|[^<>|]*\|[^<>|]*>")


def test_the_template_has_no_marks_but_those_that_are_known():
    assert [text for text in sentences_of_the_template() if re.search(r"[{}<>|]", MARKS.sub("", text))] == []
