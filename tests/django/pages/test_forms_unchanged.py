"""Opening a form and saving it changes nothing, whatever is stored."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from landregistry.models import Organization
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.documents import members
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import define
from tests.django.pages.form_worlds import every_world, worlds
from tests.django.pages.forms import Page
from tests.django.stored import plainly_stored, store, stored_text

pytestmark = pytest.mark.django_db


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("name", "attrs")


many = settings(max_examples=settings().max_examples * 2 // 5, deadline=None, suppress_health_check=[*HealthCheck])
languages = st.sampled_from(("en", "de", "fr", "id"))
zones = st.sampled_from(("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"))


@contextmanager
def stood(world, *more):
    """Let a record stand there, written past all checks, and undo it all."""
    with transaction.atomic():
        Organization.objects.bulk_create([Organization(pk=n, slug=f"o{n}", name=f"<b>{n}</b>") for n in (1, 2, 3)])
        SchemaRecord.objects.define(Place, [*world.attributes, *more])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO testapp_place (name, attrs) VALUES ('before', %s) RETURNING id", [world.document]
            )
            (key,) = cursor.fetchone()
        yield Place(pk=key)
        transaction.set_rollback(True)


def read(place):
    return Place.objects.get(pk=place.pk)


def saved(form):
    assert form.is_valid(), form.errors
    return form.save()


MINE = Attribute("mine", "text", default="d", group="more")
THEIRS = Attribute("theirs", "integer", multiple=True)


def without(text, *keys):
    """Return the text of each member of a document, but for these."""
    return {key: member for key, member in members(text).items() if key not in keys}


@many
@given(worlds(), languages, languages, zones)
def test_what_is_posted_as_it_was_shown_is_stored_as_it_was(world, shown_in, sent_in, zone):
    with stood(world) as place, timezone.override(zone):
        before = stored_text(place)
        with translation.override(shown_in):
            data = Page(PlaceForm(instance=read(place))).fill("name", "after").posted()
        with translation.override(sent_in):
            form = PlaceForm(data, instance=read(place))
            saved(form)

        assert form.changed_data == ["name"]
        assert read(place).name == "after"
        assert stored_text(place) == before


@pytest.mark.parametrize("part", range(4))
def test_every_strange_value_under_every_type(part):
    worlds = [world for number, world in enumerate(every_world()) if number % 4 == part]
    with stood(worlds[0]) as place, timezone.override("America/St_Johns"), translation.override("de"):
        for world in worlds:
            store(place, world.document)
            before = stored_text(place)
            form = PlaceForm(Page(PlaceForm(instance=read(place))).posted(), instance=read(place))
            saved(form)

            assert (form.changed_data, stored_text(place)) == ([], before), world.document[:200]


@many
@given(worlds(), languages, languages, zones, st.lists(st.sampled_from(("refresh", "check")), min_size=1, max_size=3))
def test_a_form_that_was_asked_for_again_and_again_changes_nothing_either(world, shown_in, sent_in, zone, asked):
    with stood(world) as place, timezone.override(zone):
        before = stored_text(place)
        with translation.override(shown_in):
            page = Page(PlaceForm(instance=read(place)))
        with translation.override(sent_in):
            for each in asked:
                form = PlaceForm(asking(page, each), instance=read(place))
                assert not form.is_valid()
                page = Page(form)
                assert not page.all("ul", class_="errorlist")
                assert stored_text(place) == before
            form = PlaceForm(page.posted(), instance=read(place))
            saved(form)

        assert form.changed_data == []
        assert stored_text(place) == before


def asking(page, what):
    """Return what the script posts."""
    data = page.posted()
    data["_attributes"] = what
    return data


@many
@given(worlds(), languages, st.booleans())
def test_of_two_who_change_different_attributes_both_win(world, language, refreshes):
    with stood(world, MINE, THEIRS) as place, translation.override(language):
        before = stored_text(place)
        page = Page(PlaceForm(instance=read(place)))
        other = read(place)
        other.attrs["theirs"] = [2, 1]
        other.save()
        if refreshes:
            page = Page(PlaceForm(asking(page, "refresh"), instance=read(place)))
        form = PlaceForm(page.fill("attrs__mine", "x").posted(), instance=read(place))
        saved(form)

        assert form.changed_data == ["attrs__mine"]
        assert without(stored_text(place), "mine", "theirs") == members(before)
        assert plainly(place, "mine", "theirs") == {"mine": "x", "theirs": [2, 1]}


def plainly(place, *keys):
    document = plainly_stored(place)
    return {key: document[key] for key in keys}


def test_of_two_who_change_the_same_attribute_the_last_wins():
    define(Place, MINE)
    place = Place.objects.create(name="n", attrs={"mine": "a"})
    page = Page(PlaceForm(instance=read(place)))
    other = read(place)
    other.attrs["mine"] = "theirs"
    other.save()

    saved(PlaceForm(page.posted(), instance=read(place)))
    assert plainly_stored(place) == {"mine": "theirs"}
    saved(PlaceForm(page.fill("attrs__mine", "mine").posted(), instance=read(place)))
    assert plainly_stored(place) == {"mine": "mine"}


def test_who_takes_a_value_back_to_what_was_shown_has_changed_nothing():
    define(Place, MINE)
    place = Place.objects.create(name="n", attrs={"mine": "a"})
    page = Page(PlaceForm(instance=read(place)))
    other = read(place)
    other.attrs["mine"] = "theirs"
    other.save()
    page = Page(PlaceForm(asking(page.fill("attrs__mine", "b"), "check"), instance=read(place)))

    saved(PlaceForm(page.fill("attrs__mine", "a").posted(), instance=read(place)))

    assert plainly_stored(place) == {"mine": "theirs"}


@many
@given(worlds(), languages, languages)
def test_a_new_record_that_nobody_filled_in_is_one_that_a_program_makes_without_values(world, shown_in, sent_in):
    with stood(world, MINE):
        with translation.override(shown_in):
            data = Page(PlaceForm()).fill("name", "new").posted()
        with translation.override(sent_in):
            form = PlaceForm(data)
            expected, refused = made_by_a_program(name="new")
            assert form.is_valid() == (not refused)
            assert [(problem.path, problem.code) for problem in form.attribute_problems] == refused
            if not refused:
                assert plainly_stored(form.save()) == expected


def made_by_a_program(**columns):
    """Return the document of a new record, and why it is refused."""
    try:
        return plainly_stored(Place.objects.create(**columns)), []
    except ValidationError as error:
        return None, [(problem.path, problem.code) for problem in error.problems]
