"""Sets of forms, inline ones too: rows that are left empty, deleted, added, moved, refused; and how often they ask."""

from __future__ import annotations

import pytest
from django.forms import inlineformset_factory, modelformset_factory
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Place, Team

from jsonattrs_core import Attribute
from jsonattrs_django.forms import AttributeModelForm, BaseAttributeFormSet
from jsonattrs_django.testing import define
from tests.django.pages.forms import Page
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("name", "attrs")


class PartyForm(AttributeModelForm):
    class Meta:
        model = Party
        fields = ("type", "name", "attrs")


ATTRIBUTES = (
    Attribute("code", "text", required=True),
    Attribute("level", "text", choices=["low", "high"], default="low"),
    Attribute("box", "text", choices=["x", "y"], multiple=True, default=["x"]),
    Attribute("note", "text", visible_if='level == "high"'),
)
PlaceSet = modelformset_factory(Place, form=PlaceForm, extra=2, can_delete=True)


@pytest.fixture
def places():
    define(Place, *ATTRIBUTES)
    return [Place.objects.create(name=name, attrs={"code": name}) for name in ("a", "b")]


def rows():
    return Place.objects.order_by("pk")


def page_of(kind=PlaceSet, **options):
    return Page(kind(queryset=rows(), **options))


def saved(data, kind=PlaceSet, **options):
    formset = kind(data, queryset=rows(), **options)
    assert formset.is_valid(), (formset.errors, formset.non_form_errors())
    formset.save()
    return formset


def documents():
    return {place.name: plainly_stored(place) for place in rows()}


BOTH = {"a": {"code": "a", "level": "low", "box": ["x"]}, "b": {"code": "b", "level": "low", "box": ["x"]}}


def test_rows_that_nobody_touched_make_no_records(places):
    formset = saved(page_of().posted())

    assert [form.has_changed() for form in formset.forms] == [False] * 4
    assert documents() == BOTH


@pytest.mark.parametrize(
    ("name", "value", "document"),
    [
        ("code", "c", {"code": "c", "level": "low", "box": ["x"]}),
        ("box", [], {"level": "low", "box": None}),
        ("level", "", {"level": None, "box": ["x"]}),
    ],
)
def test_a_row_in_which_an_attribute_was_touched_is_a_new_record(places, name, value, document):
    page = page_of().fill(f"form-3-attrs__{name}", value)
    formset = PlaceSet(page.posted(), queryset=rows())
    assert not formset.is_valid()
    assert [bool(form.errors) for form in formset.forms] == [False, False, False, True]

    page.fill("form-3-name", "c").fill("form-3-attrs__code", "c")
    saved(page.posted())

    assert documents() == BOTH | {"c": {**document, "code": "c"}}


def test_rows_are_changed_and_deleted_and_the_others_stay(places):
    page = page_of().fill("form-0-attrs__code", "z").fill("form-1-DELETE", ["on"])

    formset = saved(page.posted())

    assert [form.changed_data for form in formset.forms] == [["attrs__code"], ["DELETE"], [], []]
    assert documents() == {"a": {**BOTH["a"], "code": "z"}}


def test_of_two_who_edit_the_same_set_both_win(places):
    page = page_of().fill("form-0-attrs__code", "z")
    other = rows()[0]
    other.attrs["level"] = "high"
    other.attrs["note"] = "n"
    other.save()

    saved(page.posted())

    assert documents() == {"a": {"code": "z", "level": "high", "box": ["x"], "note": "n"}, "b": BOTH["b"]}


def test_what_is_refused_is_said_in_its_row(places):
    page = page_of().fill("form-1-attrs__code", "").fill("form-2-name", "c")

    formset = PlaceSet(page.posted(), queryset=rows())

    assert not formset.is_valid()
    assert [{name: [e.code for e in errors] for name, errors in form.errors.as_data().items()} for form in formset] == [
        {}, {"attrs__code": ["required"]}, {"attrs__code": ["required"]}, {},
    ]  # fmt: skip
    page = Page(formset)
    assert page.control("form-1-attrs__code")["aria-invalid"] == "true"
    assert documents() == BOTH


def test_conditions_hold_in_each_row_by_itself(places):
    page = page_of()
    assert not any("note" in name for name in page.names)

    page.fill("form-0-attrs__level", "high").fill("form-2-attrs__level", "high")
    page = Page(PlaceSet(page.posted("_attributes", "refresh"), queryset=rows()))
    assert {name for name in page.names if name.endswith("note")} == {"form-0-attrs__note", "form-2-attrs__note"}

    saved(page.fill("form-0-attrs__note", "n").fill("form-2-attrs__level", "low").posted())

    assert documents() == BOTH | {"a": {"code": "a", "level": "high", "box": ["x"], "note": "n"}}


ASKED = {
    "changed": lambda page: page.fill("form-0-attrs__code", "z"),
    "untouched": lambda page: page,
    "all-deleted": lambda page: page.fill("form-0-DELETE", ["on"]).fill("form-1-DELETE", ["on"]),
    "new": lambda page: page.fill("form-2-name", "c").fill("form-2-attrs__code", "c"),
}


@pytest.mark.parametrize("asked", ["refresh", "check"])
@pytest.mark.parametrize(
    ("change", "extra"), [("changed", 0), ("untouched", 0), ("all-deleted", 0), ("all-deleted", 2), ("new", 2)]
)
def test_a_set_that_is_only_asked_for_is_never_valid(places, asked, change, extra):
    kind = modelformset_factory(Place, form=PlaceForm, extra=extra, can_delete=True)
    data = ASKED[change](page_of(kind)).posted()
    data["_attributes"] = asked

    formset = kind(data, queryset=rows())

    assert not formset.is_valid()
    assert documents() == BOTH
    again = Page(formset).posted()
    assert {name: again[name] for name in data if not name.endswith(("-shown", "_attributes"))} == {
        name: data[name] for name in data if not name.endswith(("-shown", "_attributes"))
    }


def test_no_more_rows_than_there_may_be(places):
    kind = modelformset_factory(Place, form=PlaceForm, extra=5, max_num=3, validate_max=True)
    page = page_of(kind)
    assert {name.split("-")[1] for name in page.names if name.endswith("attrs__code")} == {"0", "1", "2"}
    data = page.posted()
    for place in (2, 3):
        data[f"form-{place}-name"], data[f"form-{place}-attrs__code"] = f"n{place}", "c"
    data["form-TOTAL_FORMS"] = "4"

    formset = kind(data, queryset=rows())

    assert not formset.is_valid()
    assert [error.code for error in formset.non_form_errors().as_data()] == ["too_many_forms"]


def test_a_row_that_a_script_added_has_shown_nothing_and_is_a_new_record(places):
    kind = modelformset_factory(Place, form=PlaceForm, extra=0)
    empty = str(kind(queryset=rows()).empty_form).replace("__prefix__", "2")
    page = Page(f"{kind(queryset=rows())}{empty}")
    page.fill("form-2-name", "c").fill("form-2-attrs__code", "c").fill("form-2-attrs__box", ["y"])
    data = page.posted()
    data["form-TOTAL_FORMS"] = "3"

    saved(data, kind)

    assert documents() == BOTH | {"c": {"code": "c", "level": "low", "box": ["y"]}}


def test_only_some_attributes_in_a_table(places):
    class Short(AttributeModelForm):
        class Meta:
            model = Place
            fields = ("attrs__code",)

    kind = modelformset_factory(Place, form=Short, extra=0)
    page = Page(f"<table>{kind(queryset=rows()).as_table()}</table>")
    assert {name.split("-", 2)[2] for name in page.names if name.startswith("form-0")} == {
        "attrs__code", "attrs-shown", "id",
    }  # fmt: skip

    saved(page.fill("form-0-attrs__code", "z").posted(), kind)

    assert documents() == BOTH | {"a": {**BOTH["a"], "code": "z"}}


def test_the_users_permissions_hold_in_each_row(places, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    kind = modelformset_factory(Place, form=PlaceForm, extra=1)
    page = page_of(kind, form_kwargs={"user": "guest"})
    assert not any("level" in name for name in page.names)

    data = page.fill("form-0-attrs__code", "z").posted()
    data["form-0-attrs__level"] = "high"
    saved(data, kind, form_kwargs={"user": "guest"})

    assert documents() == BOTH | {"a": {**BOTH["a"], "code": "z"}}


def may_use(user, action, model, field, attribute):
    return attribute.name != "level"


def test_two_new_records_that_claim_one_value_are_refused_in_the_form():
    define(Place, Attribute("code", "text", unique=True))
    kind = modelformset_factory(Place, form=PlaceForm, formset=BaseAttributeFormSet, extra=2)
    page = page_of(kind)
    for place in (0, 1):
        page.fill(f"form-{place}-name", f"n{place}").fill(f"form-{place}-attrs__code", "same")

    formset = kind(page.posted(), queryset=rows())

    assert not formset.is_valid()
    assert documents() == {}


# ---- inline ----


@pytest.fixture
def project():
    organization = Organization.objects.create(slug="o", name="O")
    define(Party, Attribute("score", "integer"))
    define(Party, Attribute("clan", "text"), selectors=(organization,))
    define(Party, Attribute("board", "text"), selectors={"type": "CO"})
    made = Project.objects.create(organization=organization, slug="p", name="P")
    Party.objects.create(project=made, name="old", attrs={"clan": "c"})
    return made


PartySet = inlineformset_factory(Project, Party, form=PartyForm, extra=1)


def of_parties(owner, data=None):
    return PartySet(data, instance=owner, queryset=Party.objects.order_by("pk").select_related("project"))


def test_rows_take_their_scope_from_what_they_belong_to(project):
    page = Page(of_parties(project))
    shown = {name.split("-", 2)[2] for name in page.names if name.startswith("parties-1-attrs__")}
    assert shown == {"attrs__score", "attrs__clan"}

    page.fill("parties-1-name", "new").fill("parties-1-attrs__clan", "x").fill("parties-0-attrs__score", "3")
    formset = of_parties(project, page.posted())
    assert formset.is_valid(), formset.errors
    formset.save()

    assert {party.name: plainly_stored(party) for party in Party.objects.all()} == {
        "old": {"clan": "c", "score": 3}, "new": {"clan": "x"},
    }  # fmt: skip


def test_a_row_may_choose_its_own_type(project):
    page = Page(of_parties(project)).fill("parties-1-type", "CO")
    page = Page(of_parties(project, page.posted("_attributes", "refresh")))
    assert "parties-1-attrs__board" in page.names
    assert "parties-0-attrs__board" not in page.names

    page.fill("parties-1-name", "new").fill("parties-1-attrs__board", "b")
    formset = of_parties(project, page.posted())
    assert formset.is_valid(), formset.errors
    formset.save()

    assert plainly_stored(Party.objects.get(name="new")) == {"board": "b"}


@pytest.mark.parametrize("asked", ["refresh", "check"])
def test_an_inline_set_that_is_only_asked_for_deletes_and_saves_nothing(project, asked):
    kind = inlineformset_factory(Project, Party, form=PartyForm, extra=0)
    page = Page(kind(instance=project)).fill("parties-0-DELETE", ["on"]).fill("parties-0-attrs__clan", "x")
    data = page.posted()
    data["_attributes"] = asked

    assert not kind(data, instance=project).is_valid()
    assert {party.name: plainly_stored(party) for party in Party.objects.all()} == {"old": {"clan": "c"}}


def test_rows_of_an_owner_that_is_not_saved_yet(project):
    """A page in which an owner and its rows are made together: what is known of the owner already decides."""
    kind = inlineformset_factory(Project, Party, form=PartyForm, extra=1)
    blank = Page(kind(instance=Project()))
    assert "parties-0-attrs__score" in blank.names
    assert "parties-0-attrs__clan" not in blank.names
    define(Party, Attribute("number", "text", required=True), selectors=(project.organization, None, "IN"))

    fresh = Project(organization=project.organization, slug="q", name="Q")
    page = Page(kind(instance=fresh)).fill("parties-0-name", "new").fill("parties-0-attrs__score", "1")
    refused = kind(page.posted(), instance=fresh)
    assert refused.errors == [{"attrs__number": ["A value is required."]}]
    formset = kind(page.fill("parties-0-attrs__number", "n").posted(), instance=fresh)
    assert formset.is_valid(), formset.errors
    fresh.save()
    formset.save()

    party = Party.objects.get(name="new")
    assert (party.project, plainly_stored(party)) == (fresh, {"score": 1, "number": "n"})


def test_a_row_keeps_to_the_owner_that_the_view_says():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    define(Note, Attribute("a", "text"), selectors=(teams[0],))
    define(Note, Attribute("b", "text"), selectors=(teams[1],))

    class NoteForm(AttributeModelForm):
        class Meta:
            model = Note
            fields = ("kind", "title", "attrs")

    kind = inlineformset_factory(Team, Note, form=NoteForm, extra=1)
    page = Page(kind(instance=teams[0])).fill("note_set-0-title", "t").fill("note_set-0-kind", "k")
    data = page.posted()
    data["note_set-0-team"] = str(teams[1].pk)
    data["note_set-0-attrs__b"] = "x"

    formset = kind(data, instance=teams[0])

    assert "attrs__b" not in formset.forms[0].fields
    assert not formset.is_valid()
