"""Forms of records: defaults, what is required, conditions, asking, scopes, and records of every kind."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import FieldError, ValidationError
from django.forms import RadioSelect, Textarea, modelform_factory
from django.http import HttpResponse
from django.utils import timezone
from django.views.generic import UpdateView
from landregistry.models import Organization, Party, Project
from testapp.models import Early, Keyed, Note, OldTree, Place, Restaurant, Team, Tree, Twin

from jsonattrs_core import Attribute, Choice, Rule, Schema, compose
from jsonattrs_django.forms import AttributeForm, AttributeModelForm
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import define
from tests.django.pages.forms import Page, codes, read, saved, stands
from tests.django.stored import plainly_stored, stored_text

pytestmark = pytest.mark.django_db


def form_of(model, *fields, **options):
    return modelform_factory(model, AttributeModelForm, fields=fields or "__all__", **options)


PlaceForm = form_of(Place, "name", "attrs")
PartyForm = form_of(Party, "project", "type", "name", "attrs")


def made(data, kind=PlaceForm, **options):
    return saved(data, kind, **options)


def new(*attributes, kind=PlaceForm, **options):
    """Return the page of a form of a new record."""
    if attributes:
        define(kind._meta.model, *attributes)
    return Page(kind(**options))


# ---- defaults, null and missing ----


def test_a_new_form_shows_the_defaults_and_saves_them():
    today = timezone.localdate().isoformat()
    page = new(
        Attribute("level", "text", default="low"),
        Attribute("many", "integer", multiple=True, default=[1, 2]),
        Attribute("chosen", "text", choices=["a", "b"], default="b"),
        Attribute("boxes", "text", choices=["a", "b"], multiple=True, default=["b"]),
        Attribute("agreed", "boolean", choices=[True], default=True),
        Attribute("today", "date", default="today"),
        Attribute("blank", "text"),
    )
    assert page.shown("attrs__level") == "low"
    assert page.shown("attrs__many") == "1\n2"
    assert page.shown("attrs__chosen") == "b"
    assert page.shown("attrs__boxes") == ["b"]
    assert page.shown("attrs__today") == today

    record = made(page.fill("name", "n").posted())

    assert plainly_stored(record) == {
        "level": "low", "many": [1, 2], "chosen": "b", "boxes": ["b"], "agreed": True, "today": today,
    }  # fmt: skip


def test_a_default_that_is_taken_away_is_null():
    page = new(
        Attribute("level", "text", default="low"),
        Attribute("boxes", "text", choices=["a", "b"], multiple=True, default=["b"]),
        Attribute("agreed", "boolean", choices=[True], default=True),
    )
    page.fill("name", "n").fill("attrs__level", "").fill("attrs__boxes", []).fill("attrs__agreed", [])

    assert plainly_stored(made(page.posted())) == {"level": None, "boxes": None, "agreed": None}


def test_a_default_that_must_be_there_is_missed_when_it_is_taken_away():
    page = new(Attribute("level", "text", required=True, default="low"))

    assert codes(PlaceForm(page.fill("name", "n").fill("attrs__level", "").posted())) == {"attrs__level": ["required"]}


def test_a_program_that_does_not_mention_a_default_gets_it():
    define(Place, Attribute("level", "text", default="low"), Attribute("n", "integer"))

    assert plainly_stored(made({"name": "n", "attrs__n": "1"})) == {"level": "low", "n": 1}
    assert plainly_stored(made({"name": "n", "attrs__level": ""})) == {"level": None}


def test_the_moment_that_a_new_form_shows_is_one_that_a_browser_can_show():
    page = new(Attribute("seen", "datetime", default="now"))

    assert page.control("attrs__seen")["type"] == "datetime-local"
    assert page.shown("attrs__seen")
    record = made(page.fill("name", "n").posted())
    assert record.attrs["seen"] is not None


def test_what_older_records_read_as_is_shown_and_not_written():
    place = stands(Place, name="n")
    define(Place, Attribute("level", "text", initial_default="old"), Attribute("other", "text"))
    page = Page(PlaceForm(instance=read(place)))
    assert page.shown("attrs__level") == "old"

    made(page.fill("attrs__other", "x").posted(), instance=read(place))
    assert plainly_stored(place) == {"other": "x"}
    made(page.fill("attrs__level", "").posted(), instance=read(place))
    assert plainly_stored(place) == {"other": "x", "level": None}


def test_a_new_record_does_not_read_as_older_ones_do():
    page = new(Attribute("level", "text", initial_default="old"))

    assert page.shown("attrs__level") == ""
    assert plainly_stored(made(page.fill("name", "n").posted())) == {"level": None}


def test_null_and_missing_are_both_blank_and_stay_what_they_are():
    define(Place, *(Attribute(name, "text") for name in "abc"))
    place = stands(Place, name="n", document='{"a":null,"c":"x"}')
    page = Page(PlaceForm(instance=read(place)))
    assert page.shown("attrs__a") == page.shown("attrs__b") == ""

    made(page.posted(), instance=read(place))
    assert plainly_stored(place) == {"a": None, "c": "x"}
    made(page.fill("attrs__c", " ").posted(), instance=read(place))

    assert plainly_stored(place) == {"a": None, "c": None}


def test_a_blank_of_what_never_was_there_writes_nothing():
    define(Place, Attribute("a", "text"), Attribute("b", "integer"))

    assert plainly_stored(made({"name": "n", "attrs__a": " ", "attrs__b": ""})) == {}


# ---- required ----


def test_what_is_required_is_said_and_missed():
    page = new(
        Attribute("code", "text", required=True),
        Attribute("boxes", "text", choices=["a"], multiple=True, required=True),
        Attribute("agreed", "boolean", choices=[True], required=True),
        Attribute("free", "text"),
    )
    assert page.control("attrs__code")["aria-required"] == "true"
    assert "required" in page.field("attrs__code").words
    assert "required" not in page.field("attrs__free").words
    assert "aria-required" not in page.control("attrs__free")
    assert not [each for each in page.all("input") if "required" in each and each["name"] != "name"]

    found = codes(PlaceForm(page.fill("name", "n").posted()))

    assert found == {f"attrs__{name}": ["required"] for name in ("code", "boxes", "agreed")}


def test_an_older_record_that_lacks_what_is_required_can_be_edited():
    define(Place, Attribute("code", "text", required=True), Attribute("n", "integer"))
    place = stands(Place, name="n")
    page = Page(PlaceForm(instance=read(place)))
    assert not page.all("div", class_="jsonattrs-notice")

    made(page.fill("attrs__n", "1").posted(), instance=read(place))
    assert plainly_stored(place) == {"n": 1}

    made(Page(PlaceForm(instance=read(place))).fill("attrs__code", "x").posted(), instance=read(place))
    data = Page(PlaceForm(instance=read(place))).fill("attrs__code", "").posted()
    assert codes(PlaceForm(data, instance=read(place))) == {"attrs__code": ["required"]}


# ---- conditions ----

CHAIN = (
    Attribute("kind", "text", choices=["a", "b"]),
    Attribute("detail", "text", visible_if='kind == "b"'),
    Attribute("more", "text", visible_if='detail == "x"', required_if='detail == "x"'),
    Attribute("must", "text", required_if='kind == "b"'),
)


def visible(page):
    return {each["data-attribute"].removeprefix("attrs__") for each in page.all("div") if "data-attribute" in each}


def test_a_chain_of_conditions_is_followed_each_time_the_form_is_asked_for():
    page = new(*CHAIN)
    assert visible(page) == {"kind", "must"}
    assert "aria-required" not in page.control("attrs__must")

    page = Page(PlaceForm(page.fill("attrs__kind", "b").posted("_attributes", "refresh")))
    assert visible(page) == {"kind", "detail", "must"}
    assert "aria-required" in page.control("attrs__must")

    page = Page(PlaceForm(page.fill("attrs__detail", "x").posted("_attributes", "refresh")))
    assert visible(page) == {"kind", "detail", "more", "must"}
    assert "aria-required" in page.control("attrs__more")
    found = codes(PlaceForm(page.fill("name", "n").posted()))
    assert found == {"attrs__more": ["required"], "attrs__must": ["required"]}

    page.fill("attrs__more", "m").fill("attrs__must", "y")
    assert plainly_stored(made(page.posted())) == {"kind": "b", "detail": "x", "more": "m", "must": "y"}


def test_what_hides_hides_what_it_had_made_visible():
    page = new(*CHAIN)
    for name, value in (("kind", "b"), ("detail", "x")):
        page = Page(PlaceForm(page.fill(f"attrs__{name}", value).posted("_attributes", "refresh")))
    page.fill("attrs__more", "m").fill("attrs__kind", "a")
    page = Page(PlaceForm(page.posted("_attributes", "refresh")))
    assert {each["name"] for each in page.all("input", type="hidden")} >= {"attrs__detail", "attrs__more"}
    assert not [each for each in page.all("div") if each.get("data-attribute") in ("attrs__detail", "attrs__more")]

    assert plainly_stored(made(page.fill("name", "n").posted())) == {"kind": "a"}

    page = Page(PlaceForm(page.fill("attrs__kind", "b").posted("_attributes", "refresh")))
    assert (page.shown("attrs__detail"), page.shown("attrs__more")) == ("x", "m")


def test_a_default_decides_what_a_new_form_shows_first():
    page = new(Attribute("kind", "text", default="b"), *CHAIN[1:])

    assert visible(page) == {"kind", "detail", "must"}
    assert "aria-required" in page.control("attrs__must")


def test_the_default_of_what_is_hidden_is_not_saved():
    attributes = (Attribute("kind", "text"), Attribute("note", "text", default="d", visible_if='kind == "b"'))
    page = new(*attributes)
    assert visible(page) == {"kind"}
    assert plainly_stored(made(page.fill("name", "n").posted())) == {}

    page = Page(PlaceForm(page.fill("attrs__kind", "b").posted("_attributes", "refresh")))
    assert page.shown("attrs__note") == "d"
    assert plainly_stored(made(page.posted())) == {"kind": "b", "note": "d"}


def test_a_value_that_cannot_be_read_decides_nothing():
    page = new(Attribute("n", "integer"), Attribute("note", "text", visible_if="n > 1"))

    page = Page(PlaceForm(page.fill("attrs__n", "many").posted("_attributes", "refresh")))

    assert visible(page) == {"n"}
    assert page.shown("attrs__n") == "many"


def test_controls_on_which_others_depend_say_so_to_the_script():
    page = new(*CHAIN)

    assert "data-attributes-refresh" in page.control("attrs__kind")
    assert "data-attributes-refresh" not in page.control("attrs__must")
    assert page.all("button", name="_attributes", value="refresh")
    define(Place, Attribute("free", "text"))
    assert not Page(PlaceForm()).all("button", name="_attributes")


# ---- asking ----


@pytest.mark.parametrize("asked", ["refresh", "check", "anything", ""])
def test_a_form_that_is_only_asked_for_is_never_valid_and_saves_nothing(asked):
    define(Place, Attribute("n", "integer"))
    place = stands(Place, name="before")
    data = Page(PlaceForm(instance=read(place))).fill("name", "after").fill("attrs__n", "1").posted()
    data["_attributes"] = asked

    form = PlaceForm(data, instance=read(place))

    assert not form.is_valid()
    with pytest.raises(ValueError, match="asked"):
        form.save()
    assert (read(place).name, plainly_stored(place)) == ("before", {})
    page = Page(form)
    assert (page.shown("name"), page.shown("attrs__n")) == ("after", "1")


class PlaceView(UpdateView):
    model = Place
    form_class = PlaceForm
    success_url = "/saved/"

    def render_to_response(self, context, **options):
        return HttpResponse(f"<form>{context['form'].media}{context['form']}</form>")


def test_a_view_shows_the_form_again_when_it_is_asked_and_saves_it_when_it_is_sent(rf):
    """The view is what answers, with its own permission: there is no other address."""
    define(Place, *CHAIN)
    place = stands(Place, name="before")
    view = PlaceView.as_view()
    answer = view(rf.get("/"), pk=place.pk).content.decode()
    assert "jsonattrs/forms.js" in answer
    assert finders.find("jsonattrs/forms.js")
    assert finders.find("jsonattrs/forms.css")
    page = Page(re.sub("<(script|link)[^>]*>(</script>)?", "", answer)).fill("attrs__kind", "b").fill("name", "after")

    answer = view(rf.post("/", page.posted("_attributes", "refresh")), pk=place.pk)
    assert answer.status_code == 200
    assert read(place).name == "before"
    page = Page(re.sub("<(script|link)[^>]*>(</script>)?", "", answer.content.decode()))
    answer = view(rf.post("/", page.fill("attrs__must", "m").posted()), pk=place.pk)

    assert answer.status_code == 302
    assert (read(place).name, plainly_stored(place)) == ("after", {"kind": "b", "must": "m"})


def test_only_who_asks_for_the_verdict_is_told_it():
    page = new(Attribute("n", "integer", constraints={"max": 9}), Attribute("code", "text", required=True))
    data = page.fill("attrs__n", "10").posted()

    data["_attributes"] = "refresh"
    form = PlaceForm(data)
    assert codes(form) == {}
    assert not Page(form).all("ul", class_="errorlist")
    data["_attributes"] = "check"
    form = PlaceForm(data)
    assert codes(form) == {"attrs__n": ["max"], "attrs__code": ["required"], "name": ["required"]}
    page = Page(form)
    assert page.control("attrs__n")["aria-invalid"] == "true"
    assert "9 or less" in page.field("attrs__n").words


def test_a_form_of_a_schema_alone_is_asked_and_judged():
    schema = SchemaRecord.objects.for_selectors(Place, ())
    define(Place, *CHAIN)
    schema = SchemaRecord.objects.for_selectors(Place, ())
    page = Page(AttributeForm(schema=schema))
    page = Page(AttributeForm(page.fill("attrs__kind", "b").posted("_attributes", "refresh"), schema=schema))
    assert visible(page) == {"kind", "detail", "must"}

    form = AttributeForm(page.posted(), schema=schema)
    assert codes(form) == {"attrs__must": ["required"]}
    form = AttributeForm(page.fill("attrs__must", "m").posted(), schema=schema)

    assert form.is_valid()
    assert form.result.value == {"kind": "b", "must": "m"}


# ---- selectors ----


@pytest.fixture
def projects():
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in ("one", "two"))
    first, second = (Project.objects.create(organization=each, slug="p", name=f"P {each.slug}") for each in (one, two))
    define(Party, Attribute("score", "integer"))
    define(Party, Attribute("clan", "text", required=True), selectors=(one,))
    define(Party, Attribute("village", "text"), selectors=(two, second))
    define(Party, Attribute("board", "text"), selectors={"type": "CO"})
    return first, second


def test_the_form_of_a_new_record_is_in_the_scope_that_its_own_fields_say(projects):
    first, second = projects
    assert visible(Page(PartyForm())) == {"score"}
    assert visible(Page(PartyForm(initial={"project": first}))) == {"score", "clan"}
    assert visible(Page(PartyForm(initial={"project": second.pk, "type": "CO"}))) == {"score", "village", "board"}
    assert visible(Page(PartyForm(instance=Party(project=first)))) == {"score", "clan"}
    assert visible(Page(PartyForm({"project": str(first.pk)}))) == {"score", "clan"}
    assert visible(Page(PartyForm({"project": str(second.pk), "type": "CO"}))) == {"score", "village", "board"}

    assert codes(PartyForm({"project": str(first.pk), "name": "n", "type": "IN"})) == {"attrs__clan": ["required"]}
    data = {"project": str(second.pk), "name": "n", "type": "IN", "attrs__village": "v", "attrs__clan": "c"}
    assert plainly_stored(made(data, PartyForm)) == {"village": "v"}


def test_switching_keeps_what_was_typed_and_brings_it_back(projects):
    first, second = projects
    page = Page(PartyForm(initial={"project": first}))
    page.fill("name", "n").fill("attrs__score", "7").fill("attrs__clan", "c").fill("project", str(second.pk))
    page = Page(PartyForm(page.posted("_attributes", "refresh")))
    assert (page.shown("name"), page.shown("attrs__score"), page.shown("attrs__village")) == ("n", "7", "")
    page.fill("attrs__village", "v").fill("project", str(first.pk))
    page = Page(PartyForm(page.posted("_attributes", "refresh")))
    assert (page.shown("attrs__score"), page.shown("attrs__clan")) == ("7", "c")
    page = Page(PartyForm(page.fill("project", str(second.pk)).posted("_attributes", "refresh")))
    assert page.shown("attrs__village") == "v"

    assert plainly_stored(made(page.posted(), PartyForm)) == {"score": 7, "village": "v"}


def test_a_type_that_is_chosen_changes_the_form(projects):
    page = Page(PartyForm())
    assert "data-attributes-refresh" in page.control("type")
    assert "data-attributes-refresh" in page.control("project")

    page = Page(PartyForm(page.fill("type", "CO").posted("_attributes", "refresh")))

    assert visible(page) == {"score", "board"}


def test_a_selector_that_the_form_does_not_offer_is_not_used(projects):
    first, second = projects

    class Narrow(PartyForm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["project"].queryset = Project.objects.filter(pk=first.pk)
            self.fields["type"].choices = [("IN", "Individual")]

    data = {"project": str(second.pk), "type": "CO", "name": "n", "attrs__village": "v"}

    form = Narrow(data)

    assert not {"attrs__village", "attrs__board"} & form.fields.keys()
    assert codes(form) == {"project": ["invalid_choice"], "type": ["invalid_choice"]}
    assert visible(Page(Narrow(data | {"_attributes": "refresh"}))) == {"score"}
    form = Narrow(data | {"project": str(first.pk), "type": "IN", "attrs__clan": "c"})
    assert form.is_valid(), form.errors


def test_a_record_is_not_moved_by_a_selector_that_is_not_offered(projects):
    first, second = projects
    party = Party.objects.create(project=first, name="n", attrs={"clan": "c"})

    class Fixed(PartyForm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["project"].disabled = True

    data = Page(Fixed(instance=read(party))).fill("attrs__clan", "d").posted()
    data["project"] = str(second.pk)
    form = Fixed(data, instance=read(party))

    assert "attrs__village" not in form.fields
    made(data, Fixed, instance=read(party))
    assert (read(party).project, plainly_stored(party)) == (first, {"clan": "d"})


@pytest.mark.parametrize("value", ["", "x", "-1", str(10**30), "1\x00", "٣"])
def test_a_selector_that_says_nothing_leaves_the_scope_as_it_is(projects, value):
    first, _ = projects
    party = Party.objects.create(project=first, name="n", attrs={"clan": "c"})
    data = Page(PartyForm(instance=read(party))).posted()
    data["project"] = value

    form = PartyForm(data, instance=read(party))

    assert not form.is_valid()
    assert "project" in form.errors
    assert "attrs__clan" in Page(form).names


def test_what_the_new_scope_refuses_is_shown(projects):
    first, second = projects
    define(Party, Attribute("score", "integer", constraints={"max": 5}), selectors=(second.organization,))
    party = Party.objects.create(project=first, name="n", attrs={"clan": "c", "score": 7})
    page = Page(PartyForm(instance=read(party))).fill("project", str(second.pk))

    form = PartyForm(page.posted(), instance=read(party))

    assert codes(form) == {"attrs__score": ["max"]}


def test_a_form_without_selector_fields_keeps_the_scope_of_its_record(projects):
    first, _ = projects
    kind = form_of(Party, "name", "attrs")

    assert visible(Page(kind(instance=Party(project=first, type="CO")))) == {"score", "clan", "board"}
    assert visible(Page(kind())) == {"score"}


def test_a_selector_may_come_after_the_attributes():
    define(Early, Attribute("a", "text"), selectors={"kind": "x"})
    kind = form_of(Early, "attrs", "kind")

    form = kind({"kind": "x", "attrs__a": "1"})

    assert [*form.fields] == ["attrs__a", "attrs-shown", "kind"]
    assert plainly_stored(made({"kind": "x", "attrs__a": "1"}, kind)) == {"a": "1"}


# ---- records of every kind ----


def test_several_attribute_fields_are_told_apart():
    define(Twin, Attribute("n", "integer", constraints={"max": 5}), field="left")
    define(Twin, Attribute("n", "text", required=True), field="right")
    kind = form_of(Twin)
    page = Page(kind())
    assert page.names == {"left-shown", "left__n", "right-shown", "right__n"}
    assert codes(kind(page.fill("left__n", "9").posted())) == {"left__n": ["max"], "right__n": ["required"]}

    twin = made(page.fill("left__n", "1").fill("right__n", "x").posted(), kind)

    assert (plainly_stored(twin, "left"), plainly_stored(twin, "right")) == ({"n": 1}, {"n": "x"})
    only = form_of(Twin, "right__n")
    made(Page(only(instance=read(twin))).fill("right__n", "y").posted(), only, instance=read(twin))
    assert (plainly_stored(twin, "left"), plainly_stored(twin, "right")) == ({"n": 1}, {"n": "y"})


def test_a_field_that_is_inherited_from_another_table():
    define(Place, Attribute("seats", "integer"))
    define(Restaurant, Attribute("soup", "text"), field="menu", selectors={"stars": 3})
    kind = form_of(Restaurant)
    page = Page(kind())
    assert "menu__soup" not in page.names
    page = Page(kind(page.fill("stars", "3").posted("_attributes", "refresh")))

    made(page.fill("name", "n").fill("attrs__seats", "7").fill("menu__soup", "x").posted(), kind)

    restaurant = Restaurant.objects.get()
    assert (plainly_stored(restaurant), plainly_stored(restaurant, "menu")) == ({"seats": 7}, {"soup": "x"})


def test_a_proxy_has_the_attributes_of_its_model():
    define(Tree, Attribute("height", "float"), selectors={"kind": "oak"})
    kind = form_of(OldTree)

    tree = made({"kind": "oak", "attrs__height": "2.5"}, kind)

    assert plainly_stored(Tree.objects.get(pk=tree.pk)) == {"height": 2.5}


def test_a_key_that_the_form_gives():
    define(Keyed, Attribute("a", "text", default="d"))

    assert plainly_stored(made({"code": "x", "name": "n", "count": "0", "attrs__a": "1"}, form_of(Keyed))) == {"a": "1"}


@pytest.mark.parametrize("narrow", [{"defer": ("attrs",)}, {"only": ("name",)}], ids=["defer", "only"])
def test_a_record_whose_attributes_were_not_read(narrow, django_assert_num_queries):
    define(Place, Attribute("a", "text"), Attribute("b", "text"))
    place = stands(Place, name="n", document='{"a":"1","x":1.10}')
    ((method, names),) = narrow.items()

    def narrowly():
        return getattr(Place.objects, method)(*names).get(pk=place.pk)

    page = Page(PlaceForm(instance=narrowly()))
    assert page.shown("attrs__a") == "1"
    made(page.fill("attrs__b", "2").posted(), instance=narrowly())

    assert json.loads(stored_text(place)) == {"a": "1", "x": 1.1, "b": "2"}


def test_an_unsaved_record_that_has_attributes_already():
    define(Place, Attribute("a", "text"), Attribute("b", "text", default="d"), Attribute("c", "integer"))

    def fresh():
        return Place(attrs={"a": "given", "c": 5})

    page = Page(PlaceForm(instance=fresh()))
    assert [page.shown(f"attrs__{name}") for name in "abc"] == ["given", "d", "5"]
    assert plainly_stored(made(page.fill("name", "n").posted(), instance=fresh())) == {"a": "given", "b": "d", "c": 5}
    assert plainly_stored(made({"name": "n"}, instance=fresh())) == {"a": "given", "b": "d", "c": 5}
    page.fill("attrs__a", "").fill("attrs__c", "6")
    assert plainly_stored(made(page.posted(), instance=fresh())) == {"a": None, "b": "d", "c": 6}


def test_a_record_that_was_changed_before_the_form_has_it():
    define(Place, Attribute("a", "text"), Attribute("b", "text"))
    place = stands(Place, name="n", document='{"a":"1","b":"1"}')
    place.attrs["a"] = "2"

    page = Page(PlaceForm(instance=place))
    assert page.shown("attrs__a") == "2"
    made(page.fill("attrs__b", "3").posted(), instance=place)

    assert plainly_stored(place) == {"a": "2", "b": "3"}


def test_a_view_may_say_what_a_new_form_begins_with():
    page = new(
        Attribute("a", "text", default="d"),
        Attribute("n", "float"),
        Attribute("born", "date"),
        Attribute("tags", "text", choices=["x", "y"], multiple=True),
        initial={"attrs__a": "begun", "attrs__n": 0.5, "attrs__born": date(2024, 1, 2), "attrs__tags": ["y"]},
    )
    assert [page.shown(f"attrs__{name}") for name in ("a", "n", "born", "tags")] == [
        "begun",
        "0.5",
        "2024-01-02",
        ["y"],
    ]

    record = made(page.fill("name", "x").posted())

    assert plainly_stored(record) == {"a": "begun", "n": 0.5, "born": "2024-01-02", "tags": ["y"]}


def test_a_link_may_say_what_a_new_form_begins_with():
    """Texts, as they come from an address."""
    begins = {"attrs__n": "0.5", "attrs__born": "2024-01-02", "attrs__yes": "true", "attrs__bad": "many"}
    page = new(
        Attribute("n", "float"), Attribute("born", "date"), Attribute("yes", "boolean"), Attribute("bad", "integer"),
        initial=begins,
    )  # fmt: skip
    assert {name: page.shown(name) for name in begins} == begins
    form = PlaceForm(page.fill("name", "x").posted(), initial=begins)
    assert codes(form) == {"attrs__bad": ["format"]}

    record = made(page.fill("attrs__bad", "").posted(), initial=begins)

    assert {name: value for name, value in plainly_stored(record).items() if value is not None} == {
        "n": 0.5, "born": "2024-01-02", "yes": True,
    }  # fmt: skip


def test_what_a_view_begins_with_is_saved_over_what_a_record_has():
    """As with the fields of any model form."""
    define(Place, Attribute("a", "text"))
    place = stands(Place, name="n", document='{"a":"1"}')
    page = Page(PlaceForm(instance=read(place), initial={"attrs__a": "2"}))
    assert page.shown("attrs__a") == "2"

    made(page.posted(), instance=read(place), initial={"attrs__a": "2"})

    assert plainly_stored(place) == {"a": "2"}


def test_forms_in_one_page_are_told_apart_by_their_prefixes():
    define(Place, Attribute("a", "text"), Attribute("box", "text", choices=["x"], multiple=True))
    forms = [PlaceForm(prefix=prefix) for prefix in ("one", "two")]
    page = Page("".join(map(str, forms)))
    assert {"one-attrs-shown", "one-attrs__a", "two-attrs__box"} < page.names
    for prefix in ("one", "two"):
        page.fill(f"{prefix}-name", prefix).fill(f"{prefix}-attrs__a", f"{prefix} a")
    page.fill("two-attrs__box", ["x"])

    data = page.posted()
    one, two = (made(data, prefix=prefix) for prefix in ("one", "two"))

    assert (one.name, plainly_stored(one)) == ("one", {"a": "one a"})
    assert (two.name, plainly_stored(two)) == ("two", {"a": "two a", "box": ["x"]})


def test_all_fields_of_a_model_have_their_attributes_among_them():
    define(Note, Attribute("a", "text", group="g"), Attribute("b", "text"))
    form = form_of(Note)()

    assert [*form.fields] == ["team", "kind", "title", "attrs__a", "attrs__b", "attrs-shown"]
    assert [field.name for field in form.native_fields] == ["team", "kind", "title"]
    assert [(group.name, group.title, [field.name for field in group.fields]) for group in form.attribute_groups] == [
        ("g", "G", ["attrs__a"]),
        ("", "", ["attrs__b"]),
    ]


def test_a_name_that_is_no_field_is_refused_as_ever():
    with pytest.raises(FieldError, match="colour"):
        form_of(Place, "colour")
    with pytest.raises(FieldError, match="other__score"):
        form_of(Place, "other__score")


# ---- what an application adds ----


class Own(PlaceForm):
    """What is right for one application."""

    def clean_attrs__code(self):
        code = self.cleaned_data["attrs__code"]
        if code == "no":
            raise ValidationError("Not this one", code="own")
        return code and code.upper()

    def clean(self):
        cleaned = super().clean()
        if self.cleaned_data.get("attrs__n") == 13:
            self.add_error("attrs__n", ValidationError("Unlucky", code="unlucky"))
        if self.cleaned_data.get("attrs__n") == 12:
            self.cleaned_data["attrs__n"] = 14
        return cleaned


@pytest.fixture
def own():
    define(Place, Attribute("code", "text"), Attribute("n", "integer", constraints={"max": 20}))
    return stands(Place, name="n", document='{"code":"A","n":1}')


def test_a_form_checks_and_changes_single_attributes(own):
    page = Page(Own(instance=read(own)))
    assert codes(Own(page.fill("attrs__code", "no").posted(), instance=read(own))) == {"attrs__code": ["own"]}
    made(page.fill("attrs__code", "b").posted(), Own, instance=read(own))
    assert plainly_stored(own) == {"code": "B", "n": 1}
    assert codes(Own(page.fill("attrs__n", "13").posted(), instance=read(own))) == {"attrs__n": ["unlucky"]}


def test_a_form_changes_attributes_when_it_cleans_them_all(own):
    made(Page(Own(instance=read(own))).fill("attrs__n", "12").posted(), Own, instance=read(own))

    assert plainly_stored(own) == {"code": "A", "n": 14}


def test_typed_values_are_in_the_cleaned_data(own):
    form = PlaceForm(Page(PlaceForm(instance=read(own))).fill("attrs__n", "5").posted(), instance=read(own))

    assert form.is_valid()
    assert (form.cleaned_data["attrs__code"], form.cleaned_data["attrs__n"]) == ("A", 5)
    assert form["attrs__n"].initial == 1
    assert form.has_changed()
    assert form.changed_data == ["attrs__n"]


# ---- problems ----


def test_problems_are_shown_where_they_belong():
    define(
        Place,
        Attribute("low", "integer"),
        Attribute("high", "integer"),
        Attribute("hidden", "text", required=True, label="Left out"),
        rules=[Rule("low <= high", "Too low", attributes=["high", "low"]), Rule("low != 5", "Never five")],
    )
    kind = form_of(Place, "name", "attrs", exclude=["attrs__hidden"])

    form = kind({"name": "n", "attrs__low": "5", "attrs__high": "1"})

    assert codes(form) == {"attrs__high": ["rule"], "__all__": ["required", "rule"]} or codes(form) == {
        "attrs__high": ["rule"], "__all__": ["rule", "required"],
    }  # fmt: skip
    page = Page(form)
    assert "Too low" in page.field("attrs__high").words
    assert "Never five" in page.words
    assert "Left out: A value is required." in page.words


def test_a_section_that_holds_an_error_opens():
    many = [Attribute(f"a{n}", "integer", group=f"group_{n // 10}") for n in range(60)]
    page = new(*many)
    assert [section["data-attributes-group"] for section in page.all("details") if "open" in section] == ["group_0"]
    assert [section.one("summary").words for section in page.all("details")] == [f"Group {n}" for n in range(6)]

    page = Page(PlaceForm(page.fill("name", "n").fill("attrs__a45", "x").posted()))

    opened = [section["data-attributes-group"] for section in page.all("details") if "open" in section]
    assert opened == ["group_0", "group_4"]
    assert page.control("attrs__a45").within("details")["data-attributes-group"] == "group_4"


def test_a_value_that_another_record_has_is_refused_at_its_field():
    SchemaRecord.objects.define(Place, [Attribute("code", "text", unique=True)])
    Place.objects.create(name="first", attrs={"code": "x"})

    form = PlaceForm({"name": "n", "attrs__code": "x"})

    assert codes(form) == {"attrs__code": ["unique"]}


# ---- what cannot be used ----


@pytest.mark.parametrize("document", ["[1, 2]", '"text"', "7", "null"])
def test_a_document_that_is_no_object_is_said_to_be_broken_and_the_rest_is_saved(document):
    define(Place, Attribute("a", "text", required=True))
    place = stands(Place, name="before", document=document)
    before = stored_text(place)
    page = Page(PlaceForm(instance=read(place)))
    assert page.names == {"name"}
    assert page.all("p", class_="jsonattrs-notice")

    made(page.fill("name", "after").posted(), instance=read(place))
    data = {"name": "again", "attrs__a": "x", "attrs-shown": '{"shown":{"a":"0"}}'}
    made(data, instance=read(place))

    assert (read(place).name, stored_text(place)) == ("again", before)


def test_what_is_kept_of_a_broken_document_is_hidden_and_stays():
    define(Place, Attribute("a", "text"))
    place = stands(Place, name="n", document='{"$broken":[1,2],"a":"1"}')
    page = Page(PlaceForm(instance=read(place)))
    assert page.names == {"name", "attrs-shown", "attrs__a"}

    made(page.fill("attrs__a", "2").posted(), instance=read(place))

    assert json.loads(stored_text(place)) == {"$broken": [1, 2], "a": "2"}


def test_a_schema_that_cannot_be_used_is_said_to_be_so_and_the_rest_is_saved(settings):
    define(Place, Attribute("code", "text", subtype="gb-post-code"), Attribute("a", "text"))
    place = stands(Place, name="before", document='{"code":"SY8 1ZZ","a":"1"}')
    settings.JSONATTRS = {"BLOCK": ("gb", "stdnum", "localflavor", "postal")}
    page = Page(PlaceForm(instance=read(place)))
    assert page.names == {"name"}
    assert "gb-post-code" in page.one("p", class_="jsonattrs-notice").words

    made(page.fill("name", "after").posted(), instance=read(place))
    made({"name": "again", "attrs__a": "x"}, instance=read(place))

    assert (read(place).name, plainly_stored(place)) == ("again", {"code": "SY8 1ZZ", "a": "1"})
    form = PlaceForm({"name": "new"})  # no record can be made, or come, where nothing can be checked
    assert codes(form) == {"__all__": ["provider_error"]}
    assert "gb-post-code" in Page(form).words


def test_a_record_is_not_moved_to_where_nothing_can_be_checked(projects, settings):
    first, second = projects
    define(Party, Attribute("code", "text", subtype="gb-post-code"), selectors=(None, second))
    party = stands(Party, name="n", project=first, document='{"clan":"c"}')
    settings.JSONATTRS = {"BLOCK": ("gb", "stdnum", "localflavor", "postal")}
    page = Page(PartyForm(instance=read(party))).fill("project", str(second.pk))

    form = PartyForm(page.posted(), instance=read(party))

    assert codes(form) == {"__all__": ["provider_error"]}
    saved(page.fill("project", str(first.pk)).posted(), PartyForm, instance=read(party))
    assert plainly_stored(party) == {"clan": "c"}


def test_a_record_in_a_scope_without_a_schema_has_no_attributes_and_keeps_what_it_holds():
    team = Team.objects.create(code="t")
    note = stands(Note, title="n", team=team, kind="k", document='{"a":"1"}')
    kind = form_of(Note)
    page = Page(kind(instance=read(note)))
    assert not visible(page)

    made(page.fill("title", "after").posted(), kind, instance=read(note))

    assert plainly_stored(note) == {"a": "1"}


def test_choices_may_be_retired_while_a_form_is_open():
    define(Place, Attribute("level", "text", choices=["a", "b"]))
    page = new()
    define(Place, Attribute("level", "text", choices=["a", Choice("b", retired=True)]))

    form = PlaceForm(page.fill("name", "n").fill("attrs__level", "b").posted())

    assert codes(form) == {"attrs__level": ["choice"]}
    assert Page(form).shown("attrs__level") == "b"


# ---- what a form's Meta says of single attributes ----


def test_labels_help_and_controls_may_be_those_of_the_form():
    define(
        Place,
        Attribute("note", "text", label="Note"),
        Attribute("level", "text", choices=["low", "high"]),
        Attribute("reason", "text", visible_if='level == "high"'),
        Attribute("size", "integer", help_text="In metres"),
    )
    kind = form_of(
        Place,
        "name",
        "attrs",
        labels={"attrs__note": "What else there is to say", "attrs__gone": "x"},
        help_texts={"attrs__size": "In feet"},
        widgets={"attrs__note": Textarea({"rows": 7}), "attrs__level": RadioSelect, "attrs__gone": Textarea},
    )
    page = Page(kind())
    assert page.label("attrs__note") == "What else there is to say:"
    assert page.described("attrs__size") == "In feet"
    assert page.control("attrs__note")["rows"] == "7"
    levels = page.controls("attrs__level")
    assert [each["value"] for each in levels] == ["", "low", "high"]
    assert all(each["type"] == "radio" and "data-attributes-refresh" in each for each in levels)

    page.fill("name", "n").fill("attrs__note", "x").fill("attrs__level", ["high"])
    assert "attrs__reason" in Page(kind(page.posted("_attributes", "refresh"))).names
    assert plainly_stored(made(page.posted(), kind)) == {"note": "x", "level": "high"}


# ---- rules that only warn ----


def rules_that_warn():
    return [
        Rule(
            "planted < harvested",
            {"en": "Harvested before it was planted?"},
            attributes=["harvested"],
            severity="warning",
        ),
        Rule("planted < 100", {"en": "That is a lot."}, severity="warning"),
    ]


def test_what_a_rule_only_warns_of_is_said_and_saved():
    SchemaRecord.objects.define(
        Place,
        [Attribute("planted", "integer"), Attribute("harvested", "integer", label="Harvest")],
        rules=rules_that_warn(),
    )
    page = new().fill("name", "n").fill("attrs__planted", "5").fill("attrs__harvested", "3")

    assert "Harvested before" not in page.text
    asked = page.posted()
    asked["_attributes"] = "check"
    checked = PlaceForm(asked)
    assert "Harvested before it was planted?" in Page(checked).text
    assert not checked.errors
    form = PlaceForm(page.posted())
    assert form.is_valid()
    assert form.warning_texts == ["Harvest: Harvested before it was planted?"]
    record = form.save()
    assert [each.code for each in record.attrs.warnings()] == ["rule"]
    assert record.attrs.problems() == ()

    page = Page(PlaceForm(instance=read(record))).fill("attrs__planted", "100").fill("attrs__harvested", "200")
    form = PlaceForm(page.posted(), instance=read(record))
    assert form.is_valid()
    assert form.warning_texts == ["That is a lot."]
    assert [each.path for each in form.save().attrs.warnings()] == [()]


def test_a_form_of_a_schema_says_it_too():
    schema = compose(
        Schema("s", [Attribute("planted", "integer"), Attribute("harvested", "integer")], rules=rules_that_warn())
    )
    form = AttributeForm({"attrs__planted": "100", "attrs__harvested": "1"}, schema=schema)
    assert form.is_valid()
    assert form.warning_texts == ["Harvested: Harvested before it was planted?", "That is a lot."]
    assert AttributeForm(schema=schema).warning_texts == []
