"""Tags: however they are typed, each is kept once, and nobody's are anybody else's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from personas.models import ContentPiece, Persona, Tag
from personas.pages.piece_forms import TagsField
from personas.tagging import MOST_TAGS, clean_tags, set_tags, tags_of


def piece_of(author):
    persona = author.personas.first() or Persona.objects.create(author=author, name="Somebody")
    return ContentPiece.objects.create(persona=persona, title="A text")


def names_of(piece):
    return [tag.name for tag in piece.tags.all()]


@pytest.mark.parametrize(
    ("given_names", "kept"),
    [
        ([], []),
        (["", "  "], []),
        (["sea"], ["sea"]),
        (["  deep \t  sea "], ["deep sea"]),
        (["sea", "land", "sea"], ["sea", "land"]),
        (["Straße", "STRASSE"], ["Straße"]),
        (["x" * 50], ["x" * 50]),
    ],
)
def test_tags_are_kept_once_and_without_needless_blanks(given_names, kept):
    assert clean_tags(given_names) == kept


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["x" * 51], f"“{'x' * 50}” cannot be a tag: a tag has at most 50 characters, and no comma."),
        (["a,b"], "“a,b” cannot be a tag: a tag has at most 50 characters, and no comma."),
        (["a\0"], "“a�” cannot be a tag: a tag has at most 50 characters, and no comma."),
        ([str(number) for number in range(MOST_TAGS + 1)], "A text can have 20 tags; these are 21."),
    ],
    ids=["too long", "comma", "NUL", "too many"],
)
def test_what_cannot_be_a_tag_is_refused(names, message):
    with pytest.raises(ValidationError) as refused:
        clean_tags(names)
    assert refused.value.messages == [message]


@given(st.text())
def test_what_a_control_shows_is_what_was_typed_in_it(typed):
    field = TagsField(required=False)
    try:
        tags = field.clean(typed)
    except ValidationError:
        return
    assert field.clean(field.prepare_value(tags)) == tags
    assert not field.has_changed(tags, field.prepare_value(tags))


@pytest.mark.django_db
def test_a_tag_in_use_keeps_its_capitals_and_one_that_is_not_in_use_any_more_is_forgotten(ada):
    first, second = piece_of(ada), piece_of(ada)
    set_tags(first, ["Sea"])
    set_tags(second, ["SEA", "land"])
    assert names_of(second) == ["Sea", "land"]
    set_tags(first, [])
    set_tags(second, ["land"])
    assert [tag.name for tag in tags_of(ada)] == ["land"]
    set_tags(second, ["sea"])
    assert names_of(second) == ["sea"]


@pytest.mark.django_db
def test_two_authors_have_a_tag_of_one_name_each(ada, ben):
    set_tags(piece_of(ada), ["sea"])
    set_tags(piece_of(ben), ["sea", "land"])
    assert [tag.name for tag in tags_of(ada)] == ["sea"]
    assert Tag.objects.filter(name="sea").count() == 2


@pytest.mark.django_db
def test_any_number_of_tags_takes_as_many_questions_as_one_that_is_known(ada, django_assert_num_queries):
    piece, names = piece_of(ada), [f"tag {number}" for number in range(MOST_TAGS)]
    set_tags(piece_of(ada), names)
    with django_assert_num_queries(3):  # which there are, which it has, and those that it gets
        set_tags(piece, names)
