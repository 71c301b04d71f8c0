"""Programs change forms of attributes as they change any form: fields are taken out, disabled, hidden, asked for."""

from __future__ import annotations

import pytest
from django import forms
from django.forms import modelform_factory
from testapp.models import ByCode, Note, Place, Team

from jsonattrs_core import Attribute
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.testing import define
from tests.django.pages.forms import Page, codes, read, saved, stands
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

PlaceForm = modelform_factory(Place, AttributeModelForm, fields=("name", "attrs"))
STORED = {"a": "1", "b": "x", "c": True}


@pytest.fixture
def place():
    define(
        Place,
        Attribute("a", "text", group="g"),
        Attribute("b", "text", choices=["x", "y"]),
        Attribute("c", "boolean", choices=[True]),
    )
    return stands(Place, name="n", document='{"a":"1","b":"x","c":true}')


def changed_by(change):
    """Return a form that a program changes when it is made."""

    class Own(PlaceForm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            change(self.fields)

    return Own


def forged(page, **texts):
    data = page.posted()
    for name, text in texts.items():
        data[f"attrs__{name}"] = text
    return data


@pytest.mark.parametrize("name", "abc")
def test_a_field_that_is_taken_out_is_not_shown_and_its_attribute_stays(place, name):
    kind = changed_by(lambda fields: fields.pop(f"attrs__{name}"))
    page = Page(kind(instance=read(place)))
    assert f"attrs__{name}" not in page.names
    assert f'"{name}"' not in page.shown("attrs-shown")

    data = forged(page, **{name: "true" if name == "c" else "y"})
    data["attrs-shown"] = Page(PlaceForm(instance=read(place))).shown("attrs-shown")
    if name == "c":
        del data["attrs__c"]  # as if it were unticked
    form = kind(data, instance=read(place))

    assert form.is_valid(), form.errors
    assert f"attrs__{name}" not in form.cleaned_data
    form.save()
    assert plainly_stored(place) == STORED


def test_a_field_that_is_disabled_shows_what_is_stored_and_cannot_be_changed(place):
    def change(fields):
        for name in "abc":
            fields[f"attrs__{name}"].disabled = True

    kind = changed_by(change)
    page = Page(kind(instance=read(place)))
    assert all(page.control(f"attrs__{name}").is_disabled for name in "abc")

    form = kind(forged(page, a="z", b="y"), instance=read(place))
    assert form.is_valid()
    assert form.changed_data == []
    assert Page(form).shown("attrs__a") == "1"
    form.save()

    assert plainly_stored(place) == STORED


def test_a_view_may_do_so_after_it_has_made_the_form(place):
    data = {"name": "after", "attrs__a": "2", "attrs__b": "y"}
    form = PlaceForm(data, instance=read(place))
    assert form.has_changed()
    del form.fields["attrs__a"]
    form.fields["attrs__b"].disabled = True

    assert form.is_valid()
    form.save()

    assert (read(place).name, plainly_stored(place)) == ("after", STORED)


def test_a_box_that_was_disabled_on_the_page_is_not_unticked_by_a_form_that_lets_it_be(place):
    """The page was opened by one who might not change it, or a moment too early."""

    def change(fields):
        fields["attrs__c"].disabled = True

    page = Page(changed_by(change)(instance=read(place)))

    saved(page.fill("attrs__a", "2").posted(), PlaceForm, instance=read(place))

    assert plainly_stored(place) == {**STORED, "a": "2"}


def test_what_was_taken_out_does_not_come_back_with_another_scope():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    define(Note, Attribute("pay", "integer"), Attribute("fixed", "text"), Attribute("a", "text"))
    define(Note, Attribute("z", "text"), selectors=(teams[1],))

    class Own(modelform_factory(Note, AttributeModelForm, fields=("team", "kind", "title", "attrs"))):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            del self.fields["attrs__pay"]
            self.fields["attrs__fixed"].disabled = True
            self.fields["team"].queryset = Team.objects.filter(code__in=("one", allowed))

    note = stands(Note, title="t", kind="k", team=teams[0], document='{"pay":1,"fixed":"f"}')
    data = {"title": "t", "kind": "k", "attrs__pay": "9", "attrs__fixed": "g", "attrs__a": "x", "attrs__z": "z"}
    data |= {"team": str(teams[1].pk)}

    allowed = "one"
    form = Own(data, instance=read(note))
    assert codes(form) == {"team": ["invalid_choice"]}
    assert form.fields["attrs__fixed"].disabled
    assert not {"attrs__pay", "attrs__z"} & form.fields.keys()
    allowed = "two"
    saved(data, Own, instance=read(note))

    assert plainly_stored(note) == {"pay": 1, "fixed": "f", "a": "x", "z": "z"}


def test_a_hidden_field_is_in_the_page_once_and_sends_what_it_has(place):
    def change(fields):
        fields["attrs__a"].widget = forms.HiddenInput()

    kind = changed_by(change)
    page = Page(kind(instance=read(place)))
    assert page.control("attrs__a")["type"] == "hidden"
    assert not page.all("details")

    saved(page.fill("attrs__b", "y").posted(), kind, instance=read(place))
    assert plainly_stored(place) == {**STORED, "b": "y"}
    saved(forged(page, a="2"), kind, instance=read(place))
    assert plainly_stored(place)["a"] == "2"


def test_labels_help_and_controls_are_what_a_program_says(place):
    def change(fields):
        fields["attrs__a"].label, fields["attrs__a"].help_text = "Called", "Help!"
        fields["attrs__a"].widget = forms.Textarea(attrs={"class": "big"})
        fields["attrs__b"].widget = forms.RadioSelect()

    kind = changed_by(change)
    page = Page(kind(instance=read(place)))
    assert page.label("attrs__a") == "Called:"
    assert page.control("attrs__a")["class"] == "big"
    assert page.described("attrs__a") == "Help!"
    assert page.shown("attrs__b") == ["x"]

    saved(page.fill("attrs__b", ["y"]).posted(), kind, instance=read(place))

    assert plainly_stored(place) == {**STORED, "b": "y"}
    page = Page(PlaceForm())
    assert page.label("attrs__a") == "A:"
    assert page.control("attrs__a").tag == "input"


def test_a_program_may_require_what_the_schema_does_not(place):
    def change(fields):
        fields["attrs__a"].required = fields["attrs__c"].required = True

    kind = changed_by(change)
    page = Page(kind(instance=read(place)))
    assert page.control("attrs__a")["aria-required"] == "true"
    page.fill("attrs__a", "").fill("attrs__c", [])

    assert codes(kind(page.posted(), instance=read(place))) == {"attrs__a": ["required"], "attrs__c": ["required"]}
    assert codes(PlaceForm(page.posted(), instance=read(place))) == {}


def test_a_field_that_a_form_declares_stands_in_for_no_attribute(place):
    class Own(PlaceForm):
        attrs__a = forms.CharField(max_length=2)
        more = forms.CharField(required=False)
        field_order = ("more", "attrs__b", "name")

    form = Own(instance=read(place))
    assert next(iter(form.fields)) == "more"
    page = Page(form).fill("attrs__a", "zz")
    form = Own(page.posted(), instance=read(place))
    assert form.is_valid(), form.errors
    form.save()

    assert form.cleaned_data["attrs__a"] == "zz"
    assert plainly_stored(place) == STORED


def test_a_selector_is_begun_with_as_a_row_as_a_key_and_as_another_unique_value():
    team = Team.objects.create(code="one")
    define(ByCode, Attribute("a", "text"), selectors=(team,))
    kind = modelform_factory(ByCode, AttributeModelForm, fields="__all__")

    for options in ({"instance": ByCode(team=team)}, {"initial": {"team": "one"}}, {"initial": {"team": team}}):
        assert "attrs__a" in Page(kind(**options)).names
    assert plainly_stored(saved({"team": "one", "attrs__a": "x"}, kind)) == {"a": "x"}
