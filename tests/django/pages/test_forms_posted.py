"""Whatever is posted, by whomever, a form gives a verdict and a page, and never an error of its own."""

from __future__ import annotations

import json

import pytest
from django.forms import modelform_factory, modelformset_factory
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.documents import members
from jsonattrs_django.forms import AttributeForm, AttributeModelForm, BaseAttributeFormSet
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import define
from tests.django.pages.form_worlds import HOSTILE, STRANGE, worlds
from tests.django.pages.forms import Page, codes, read, stands
from tests.django.pages.test_forms_unchanged import stood
from tests.django.stored import stored_text

pytestmark = pytest.mark.django_db

PlaceForm = modelform_factory(Place, AttributeModelForm, fields=("name", "attrs"))
PlaceSet = modelformset_factory(Place, form=PlaceForm, formset=BaseAttributeFormSet, extra=1, can_delete=True)

many = settings(max_examples=settings().max_examples * 2 // 5, deadline=None, suppress_health_check=[*HealthCheck])
texts = st.one_of(
    st.sampled_from((*HOSTILE, *STRANGE, "", " ", "1", "-1", "true", "2024-01-31", "2024-01-31T12:00", "12:00", "P1D")),
    st.sampled_from(
        ("\r\n", "a\r\nb\rc\n", "[", '["a", 1]', '["a"]', "{}", "= 1", "c0", "1,5", "1.5", "\x00", "\ufffd")
    ),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
)
markers = st.one_of(
    st.none(),
    st.sampled_from(("", "{", "[]", "1", '"x"', '{"shown":1}', '{"language":["de"],"shown":{"a0":null}}', "[" * 5000)),
    st.recursive(st.text(max_size=5) | st.none() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)).map(
        json.dumps
    ),
)


@st.composite
def posts(draw):
    """Return what is posted: for each name texts, or several, or none."""
    found = QueryDict(mutable=True)
    found["name"] = "after"
    for place in range(8):
        given_texts = draw(st.lists(texts, max_size=3) if place % 2 else st.lists(texts, max_size=1))
        if given_texts:
            found.setlist(f"attrs__a{place}", given_texts)
        if draw(st.integers(0, 5)) == 0:
            found[f"attrs__a{place}-search"] = draw(texts)
    marker = draw(markers)
    if marker is not None:
        found["attrs-shown"] = marker
    if draw(st.integers(0, 4)) == 0:
        found["_attributes"] = draw(st.sampled_from(("refresh", "check", "", "x")))
    return found


@many
@given(worlds(), posts(), st.sampled_from(("en", "de", "fr", "id", "ar", "fa")))
def test_anything_that_is_posted_is_judged_and_shown(world, data, language):
    with stood(world) as place, translation.override(language), timezone.override("America/St_Johns"):
        before = stored_text(place)
        form = PlaceForm(data, instance=read(place))
        Page(form)
        Page(PlaceForm(data))
        if form.is_valid():
            form.save()
            Page(PlaceForm(instance=read(place)))
            unmentioned = members(before).keys() - _keys(world, form.changed_data)
            assert {key: members(stored_text(place))[key] for key in unmentioned} == {
                key: members(before)[key] for key in unmentioned
            }
        else:
            assert form.asked or form.errors
            assert stored_text(place) == before


def _keys(world, changed):
    return {each.key for each in world.attributes if f"attrs__{each.name}" in changed}


@many
@given(worlds(), posts())
def test_what_is_refused_can_be_sent_again_as_it_is_shown(world, data):
    """The page of a form that was refused sends what was typed, in whatever control: the verdict stays the same."""
    with stood(world) as place:
        data.pop("_attributes", None)
        for name, found in [*data.lists()]:
            data.setlist(name, [text.replace("\x00", "") for text in found])  # which no page can show
        first = PlaceForm(data, instance=read(place))
        if not first.is_valid():
            again = PlaceForm(Page(first).posted(), instance=read(place))
            assert not again.is_valid()
            assert _judged(again) == _judged(first)


def _judged(form):
    return {name: sorted(found) for name, found in codes(form).items()}


@many
@given(posts(), st.integers(0, 1))
def test_sets_and_forms_of_schemas_as_well(data, place):
    define(
        Place, *(Attribute(f"a{n}", kind) for n, kind in enumerate(("integer", "date", "text", "datetime", "object")))
    )
    prefixed = QueryDict(mutable=True)
    for name, found in data.lists():
        prefixed.setlist(name if name == "_attributes" else f"form-{place}-{name}", found)
    prefixed.update({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"})

    formset = PlaceSet(prefixed, queryset=Place.objects.none())
    form = AttributeForm(data, schema=SchemaRecord.objects.for_selectors(Place, ()))

    assert formset.is_valid() in (True, False)
    assert form.is_valid() in (True, False)
    Page(formset)
    Page(form)


def test_many_texts_for_one_value_are_read_as_the_last():
    """As Django's own fields do."""
    define(Place, Attribute("a", "text"))
    place = stands(Place, name="n")
    form = PlaceForm(QueryDict("name=n&attrs__a=1&attrs__a=2"), instance=place)
    assert form.is_valid()

    assert form.save().attrs["a"] == "2"
