"""What is read of a model's answer, whatever it looks like."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personas.language_model.answers import read_draft, read_object, read_part
from personas.language_model.base import Draft

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
OBJECTS = st.dictionaries(st.text(min_size=1), JSON, min_size=1, max_size=8)
PROSE = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]))


@given(OBJECTS, PROSE, PROSE)
def test_an_object_is_found_in_prose(found, before, after):
    """Row 6: strictly the object, whatever is around it."""
    assert read_object(before + json.dumps(found) + after) == found


@given(st.text(st.sampled_from('{}[]":,\\ a1\n`')))
def test_no_text_is_too_odd(text):
    """Row 6: an object, or none; never an error of the program's."""
    assert isinstance(read_object(text), dict | None)
    assert isinstance(read_part(text), dict)
    assert isinstance(read_draft(text), Draft)


@given(OBJECTS, st.data())
def test_a_part_of_an_object_has_nothing_else(found, data):
    """Row 6: what is whole before the cut is as it was, and what is not whole is not there."""
    text = json.dumps(found)
    part = read_part(text[: data.draw(st.integers(0, len(text)))])
    assert list(part) == list(found)[: len(part)]
    *whole, _ = [*part, None]
    for name in whole[:-1]:
        assert part[name] == found[name]


def test_what_is_given_twice_has_both_values():
    """Row 6: which no attribute takes; the same twice is said once."""
    assert read_object('{"a": 1, "a": 2, "b": 3, "b": 3}') == {"a": [1, 2], "b": 3}


@pytest.mark.parametrize("text", ["{" * 300_000, '{"a":' * 50_000, "[{" * 100_000, "{}" * 100_000], ids=lambda t: t[:5])
def test_a_hostile_answer_takes_no_time(text):
    """Row 6: no more than a second."""
    before = time.monotonic()
    read_object(text)
    read_part(text)
    assert time.monotonic() - before < 1


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Rain\n\nIt rained.\n\nIt stopped.", "Rain", "It rained.\n\nIt stopped."),
        ("Title: Rain\nIt rained.", "Rain", "It rained."),
        ("**Title:** Rain\n\nIt rained.", "Rain", "It rained."),
        ("# Rain\n\nIt rained.", "Rain", "It rained."),
        ("**Rain**\n\nIt rained.", "Rain", "It rained."),
        ('"Rain"\n\nIt rained.', "Rain", "It rained."),
        ("“Rain”\n\n“It rained.”", "Rain", "“It rained.”"),
        ("'Tis Raining\n\nIt rained.", "'Tis Raining", "It rained."),
        ('"Rain" and "Snow"\n\nIt rained.', '"Rain" and "Snow"', "It rained."),
        ("<think>\nA title, first.\n</think>\n\nRain\n\nIt rained.", "Rain", "It rained."),
        ("```\nRain\n\nIt rained.\n```", "Rain", "It rained."),
        ("It rained.", "", "It rained."),
        ("It rained. " * 30 + "\n\nIt stopped.", "", "It rained. " * 30 + "\n\nIt stopped."),
        ("Title:\n\nIt rained.", "", "It rained."),
        ("", "", ""),
    ],
)
def test_a_text_has_a_title_and_a_body(text, title, body):
    """Rows 27 and 30: with what models write around titles, without one, or with nothing else."""
    assert read_draft(text) == Draft(title=title, body=body)
