"""Sets of forms whose own records may not share a value."""

from __future__ import annotations

import pytest
from django.forms import inlineformset_factory, modelformset_factory
from landregistry.models import Organization, Party, Project
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.forms import AttributeModelForm, BaseAttributeFormSet, BaseAttributeInlineFormSet
from jsonattrs_django.testing import define
from tests.django.pages.forms import Page

pytestmark = pytest.mark.django_db


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("name", "attrs")


class PartyForm(AttributeModelForm):
    class Meta:
        model = Party
        fields = ("name", "attrs")


PlaceSet = modelformset_factory(Place, form=PlaceForm, formset=BaseAttributeFormSet, extra=3, can_delete=True)
PartySet = inlineformset_factory(Project, Party, form=PartyForm, formset=BaseAttributeInlineFormSet, extra=2)


def filled(**codes):
    page = Page(PlaceSet(queryset=Place.objects.order_by("pk")))
    for place, code in codes.items():
        page.fill(f"form-{place[1:]}-name", "n").fill(f"form-{place[1:]}-attrs__code", code)
    return page


@pytest.fixture
def unique():
    define(Place, Attribute("code", "text", unique=True))


def test_two_new_records_with_one_value_are_refused_and_nothing_is_saved(unique):
    formset = PlaceSet(filled(_0="same", _1="same", _2="other").posted())
    assert not formset.is_valid()
    assert [[*form.errors] for form in formset] == [[], ["attrs__code"], []]
    assert formset.non_form_errors() == ["Please correct the values that are there twice."]
    assert not Place.objects.exists()


def test_different_values_blank_ones_and_records_that_go_are_no_conflict(unique):
    page = filled(_0="a", _1="b", _2="a").fill("form-2-DELETE", "on")
    formset = PlaceSet(page.posted())
    assert formset.is_valid(), formset.errors
    formset.save()
    assert [place.attrs["code"] for place in Place.objects.order_by("pk")] == ["a", "b"]
    blank = PlaceSet(filled(_2="", _3="").posted(), queryset=Place.objects.order_by("pk"))
    assert blank.is_valid(), blank.errors


def test_what_is_held_outside_the_set_is_said_once(unique):
    Place.objects.create(name="x", attrs={"code": "held"})
    formset = PlaceSet(filled(_1="held").posted(), queryset=Place.objects.order_by("pk"))
    assert not formset.is_valid()
    assert len(formset.errors[1]["attrs__code"]) == 1


def test_children_of_one_form_share_no_value(unique):
    project = Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")
    define(Party, Attribute("code", "text", unique=True))
    page = Page(PartySet(instance=project))
    for place in (0, 1):
        page.fill(f"parties-{place}-name", "n").fill(f"parties-{place}-attrs__code", "same")
    formset = PartySet(page.posted(), instance=project)
    assert not formset.is_valid()
    assert "attrs__code" in formset.errors[1]
