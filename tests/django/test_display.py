"""What people read of attributes: labels, and values in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import override
from testapp.models import Place, Twin

from jsonattrs_core import Attribute, Choice, Schema, SchemaError, compose
from jsonattrs_django.display import SchemaDisplay, displayed
from jsonattrs_django.references.type import Reference
from jsonattrs_django.testing import define

pytestmark = pytest.mark.django_db

SIZES = (Choice("s", {"en": "Small", "id": "Kecil"}), Choice("xl", {"en": "Huge", "id": "Raksasa"}, retired=True))


def shown(attribute):
    return SchemaDisplay(compose(Schema("", [attribute])))[attribute.name]


@pytest.mark.parametrize(
    ("attribute", "value", "text"),
    [
        (Attribute("x", "text"), "as it <b>is</b>", "as it <b>is</b>"),
        (Attribute("x", "text", choices=SIZES), "s", "Small"),
        (Attribute("x", "text", choices=SIZES), "xl", "Huge"),
        (Attribute("x", "text", choices=SIZES), "gone", "gone"),
        (Attribute("x", "text", choices=SIZES, multiple=True), ["xl", "s"], "Huge, Small"),
        (Attribute("x", "text", subtype="gender"), "non-binary", "Non-binary"),
        (Attribute("x", "text", subtype="gender"), "two-spirit", "two-spirit"),
        (Attribute("x", "text", subtype="gender", multiple=True), ["female", "x"], "Female, x"),
        (Attribute("x", "integer"), 7, "7"),
        (Attribute("x", "integer", choices=[Choice(1, "One")]), 1, "One"),
        (Attribute("x", "boolean"), True, "Yes"),
        (Attribute("x", "boolean", multiple=True), [True, False], "Yes, No"),
        (Attribute("x", "date"), date(2024, 2, 29), "29 Feb 2024"),
        (Attribute("x", "duration"), timedelta(days=14), "14 days, 0:00:00"),
        (Attribute("x", "object"), {"a": [1]}, '{"a": [1]}'),
        (Attribute("x", "integer"), "seven", "seven"),
        (Attribute("x", "integer"), {"seven": 7}, '{"seven":7}'),
        (Attribute("x", "integer", multiple=True), 7, "7"),
        (Attribute("x", "text"), None, ""),
        (Attribute("x", "text", multiple=True), [], ""),
    ],
)
def test_values_are_in_words(attribute, value, text):
    with override("en-gb"):
        assert shown(attribute).text(value) == text


@pytest.mark.parametrize(
    ("attribute", "value", "fits"),
    [
        (Attribute("x", "text", choices=SIZES), "xl", True),
        (Attribute("x", "text", choices=SIZES), "gone", False),
        (Attribute("x", "text", choices=SIZES, multiple=True), ["s", "gone"], False),
        (Attribute("x", "text", subtype="gender"), "two-spirit", True),
        (Attribute("x", "decimal"), Decimal("1.5"), True),
        (Attribute("x", "decimal"), 1.5, False),
        (Attribute("x", "integer"), True, False),
    ],
)
def test_what_fits_is_told_apart(attribute, value, fits):
    assert shown(attribute).fits(value) is fits


def test_labels_and_choices_are_in_the_language_in_which_it_was_made():
    attribute = Attribute(
        "size", "text", label={"en": "Size", "id": "Ukuran"}, help_text={"id": "Kira-kira"}, choices=SIZES
    )
    with override("id"):
        display = shown(attribute)
    assert (display.label, display.help_text) == ("Ukuran", "Kira-kira")
    assert display.choices == [("s", "Kecil"), ("xl", "Raksasa")]
    assert display.text("s") == "Kecil"
    assert display.has_choices


def test_without_a_label_the_name_is_shown():
    assert shown(Attribute("shoe_size", "integer")).label == "Shoe size"


def test_suggestions_are_no_list():
    display = shown(Attribute("x", "text", subtype="gender"))
    assert ("female", "Female") in display.choices
    assert not display.has_choices


def test_a_schema_that_cannot_be_used_shows_what_is_stored():
    display = shown(Attribute("x", "text", subtype="of-a-plugin-that-is-gone", label="Old"))
    assert (display.label, display.text("kept"), display.text(None)) == ("Old", "kept", "")
    assert not display.fits("kept")
    assert display.choices == []


# ---- records ----


def test_a_record_is_shown_by_group_with_what_it_has_not():
    define(
        Place,
        Attribute("width", "integer", group="the_size"),
        Attribute("note", "text"),
        Attribute("height", "integer", group="the_size"),
    )
    groups = displayed(Place.objects.create(attrs={"height": 3}))
    told = [(group.title, [(each.label, each.text, each.value) for each in group.attributes]) for group in groups]
    assert told == [("The size", [("Width", "", None), ("Height", "3", 3)]), ("", [("Note", "", None)])]


def test_what_is_hidden_is_shown_only_with_a_value():
    define(Place, Attribute("leased", "boolean"), Attribute("lessor", "text", visible_if="leased"))
    place = Place.objects.create(attrs={"leased": True, "lessor": "Ada"})
    assert [each.text for each in displayed(place)[0].attributes] == ["Yes", "Ada"]
    place.attrs["leased"] = False
    assert [each.text for each in displayed(place)[0].attributes] == ["No", "Ada"]
    del place.attrs["lessor"]
    assert [each.text for each in displayed(place)[0].attributes] == ["No"]


def only_public(user, action, model, field, attribute):
    return attribute.name != "secret" or user.is_authenticated


def test_what_a_user_may_not_see_is_not_there(settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.only_public"}
    define(Place, Attribute("secret", "text"), Attribute("open", "text"))
    place = Place.objects.create(attrs={"secret": "s", "open": "o"})
    assert [each.text for each in displayed(place, user=AnonymousUser())[0].attributes] == ["o"]
    assert [each.text for each in displayed(place)[0].attributes] == ["s", "o"]


def test_a_reference_is_the_record_or_says_that_it_is_gone():
    define(Place, Attribute("owner", "reference", constraints={"model": "auth.User"}))
    ada = User.objects.create_user("ada")
    place = Place.objects.create(attrs={"owner": ada})
    assert displayed(place)[0].attributes[0].text == "ada"
    ada.delete()
    gone = displayed(Place.objects.get())[0].attributes[0]
    assert isinstance(gone.value, Reference)
    assert "not available" in gone.text


def test_a_list_asks_for_no_schema_twice(django_assert_num_queries):
    define(Place, Attribute("width", "integer"))
    Place.objects.bulk_create([Place(attrs={"width": number}) for number in range(5)])
    places = list(Place.objects.all())
    display = SchemaDisplay(places[0].attrs.schema)
    with django_assert_num_queries(0):
        assert [display["width"].text(place.attrs["width"]) for place in places] == ["0", "1", "2", "3", "4"]
    assert len({id(place.attrs.schema) for place in places}) == 1


def test_a_model_with_several_fields_wants_one_named():
    with pytest.raises(SchemaError, match="several attribute fields"):
        displayed(Twin())
    assert displayed(Twin(), field="left") == []
