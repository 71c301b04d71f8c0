"""Lengths of time as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Schema, compose
from jsonattrs_django.durations import read_duration
from jsonattrs_django.forms import form_field

FIELD = Attribute("lease", "duration")


def field(attribute=FIELD):
    return form_field(compose(Schema("s", [attribute])), "lease")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14 days", timedelta(days=14)),
        ("1 Day", timedelta(days=1)),
        ("2 weeks", timedelta(weeks=2)),
        ("1 hour 30 minutes", timedelta(minutes=90)),
        ("1 hour, 30 min", timedelta(minutes=90)),
        ("1.5 hours", timedelta(minutes=90)),
        ("90 min.", timedelta(minutes=90)),
        ("36:00", timedelta(hours=36)),
        ("36:00:05.25", timedelta(hours=36, seconds=5, milliseconds=250)),
        ("14 00:00:00", timedelta(days=14)),
        ("P14DT12H", timedelta(days=14, hours=12)),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(text, found):
    assert field().clean(text) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "14 Tage", timedelta(days=14)),
        ("de", "1,5 Stunden", timedelta(minutes=90)),
        ("fr", "2 semaines", timedelta(weeks=2)),
        ("id", "14 hari", timedelta(days=14)),
        ("ru", "2 дня", timedelta(days=2)),
        ("ru", "5 дней", timedelta(days=5)),
        ("ar", "3 أيام", timedelta(days=3)),
        ("de", "14 days", timedelta(days=14)),
    ],
)
def test_the_words_are_those_of_the_active_language_or_english(language, text, found):
    with override(language):
        assert field().clean(text) == found


@pytest.mark.parametrize(
    "text", ["14", "days", "1 month", "1 and 2 days", "14 days 3", "1.500 hours", "36:75", "9" * 200]
)
def test_what_could_be_anything_is_refused_with_an_example(text):
    with pytest.raises(ValidationError) as error:
        field().clean(text)
    assert error.value.messages == ["Enter a length of time, such as 14 days, 36:00 or P1DT12H."]
    assert error.value.error_list[0].code == "format"


def test_a_length_of_time_beyond_all_is_none():
    assert read_duration("999999999 weeks") is None


def test_an_example_stands_beside_the_field_in_the_readers_language():
    assert field().help_text == "For example: 14 days; 36:00"
    with override("de"):
        assert "14 Tage; 36:00" in field().help_text
    several = field(Attribute("lease", "duration", multiple=True))
    assert several.clean("14 days\n36:00") == [timedelta(days=14), timedelta(hours=36)]


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", timedelta(days=14), "14 days"),
        ("en", timedelta(hours=36), "1 day 12 hours"),
        ("en", timedelta(minutes=90), "1 hour 30 minutes"),
        ("de", timedelta(days=1, minutes=1), "1 Tag 1 Minute"),
        ("id", timedelta(days=14), "14 hari"),
        ("en", timedelta(seconds=90), "PT1M30S"),
        ("en", timedelta(0), "PT0S"),
        ("en", timedelta(days=-1), "-P1D"),
    ],
)
def test_a_length_of_time_is_shown_as_it_is_read(language, value, text):
    reader = field().reader
    assert reader.text(value, language) == text
    assert reader.typed(text, language) == value
    assert reader.text(value, None).startswith(("P", "-P")), "what all languages share is as it is stored"


@given(st.timedeltas(), st.sampled_from(["en", "de", "fr", "id", "ar", "ru", "pl", "zh-hans", "ja", "hi"]))
def test_whatever_is_shown_is_read_back_as_the_same(value, language):
    text = READER.text(value, language)
    assert READER.typed(text, language) == value


READER = field().reader
