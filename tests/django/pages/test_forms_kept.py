"""What a form does not mention stays: what was not there, was not shown, may not be seen, or no longer fits."""

from __future__ import annotations

import json

import pytest
from django import forms
from django.forms import modelform_factory
from django.http import QueryDict
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Place, Team

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.documents import joined, members
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.testing import define
from tests.django.pages.forms import Page
from tests.django.stored import exactly, plainly_stored, store, stored

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("score", "integer", constraints={"max": 10}),
    Attribute("title", "text"),
    Attribute("agreed", "boolean", choices=[True]),
    Attribute("active", "boolean"),
    Attribute("level", "text", choices=["low", "high", Choice("mid", "Middle", retired=True)]),
    Attribute("tags", "text", multiple=True, choices=["a", "b", "c"]),
    Attribute("lines", "integer", multiple=True),
    Attribute("born", "date"),
)
TEXT = (
    '{"score": 5, "title": "t", "agreed": true, "active": false, "level": "high", "tags": ["b", "a"],'
    ' "lines": [3, 3], "born": "1984-02-29", "orphan": 1.10, "$held": "x"}'
)


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("name", "attrs")


class PartyForm(AttributeModelForm):
    class Meta:
        model = Party
        fields = ("project", "type", "name", "attrs")


@pytest.fixture
def place():
    return stands(*ATTRIBUTES)


def stands(*attributes, text=TEXT):
    """Return a record that stands there with a document that no check has seen."""
    define(Place)
    made = Place.objects.create(name="before")
    define(Place, *attributes)
    store(made, text)
    return made


def read(record):
    return type(record).objects.get(pk=record.pk)


def page_of(record, kind=PlaceForm, **options):
    return Page(kind(instance=read(record), **options))


def sent(data, record, kind=PlaceForm, **options):
    """Save what was posted, and return the form."""
    form = kind(data, instance=read(record), **options)
    assert form.is_valid(), form.errors
    form.save()
    return form


def with_(text, **changes):
    """Return a document with some members changed."""
    return {**exactly(text), **exactly(json.dumps(changes))}


# ---- a post of a program, which has opened no page ----


@pytest.mark.parametrize(
    ("posted", "changes"),
    [
        ({}, {}),
        ({"attrs__score": "6"}, {"score": 6}),
        ({"attrs__title": ""}, {"title": None}),
        ({"attrs__tags": ["c"]}, {"tags": ["c"]}),
        ({"attrs__tags": [""]}, {"tags": None}),
        ({"attrs__agreed": ""}, {"agreed": None}),
        ({"attrs__active": "true", "attrs__born": ""}, {"active": True, "born": None}),
        ({"attrs__lines": "1\n2"}, {"lines": [1, 2]}),
        ({"attrs__unknown": "x", "attrs__": "x", "attrs": "{}", "orphan": "x", "attrs__$held": "y"}, {}),
    ],
)
def test_only_what_is_posted_is_mentioned(place, posted, changes):
    data = QueryDict(mutable=True)
    for name, value in {"name": "after", **posted}.items():
        data.setlist(name, value if isinstance(value, list) else [value])

    sent(data, place)

    assert read(place).name == "after"
    assert stored(place) == with_(TEXT, **changes)


@pytest.mark.parametrize("marker", ["", "{", "[]", "null", "1", '{"shown":[]}', '{"shown":{"title":1}}', "[" * 100_000])
def test_a_marker_that_says_nothing_mentions_nothing(place, marker):
    sent({"name": "after", "attrs__score": "6", "attrs-shown": marker}, place)

    assert stored(place) == with_(TEXT, score=6)


def test_a_plain_dict_is_posted_as_well(place):
    sent({"name": "after", "attrs__score": "6", "attrs__tags": "c"}, place)

    assert stored(place) == with_(TEXT, score=6, tags=["c"])


def test_a_form_that_gives_its_record_later_has_changed_it_already(place):
    form = PlaceForm(page_of(place).fill("attrs__score", "6").posted(), instance=read(place))

    record = form.save(commit=False)
    assert record.attrs["score"] == 6
    assert stored(place) == exactly(TEXT)
    record.save()

    assert stored(place) == with_(TEXT, score=6)


# ---- a page whose author has left something out ----


def test_a_text_that_is_on_no_page_is_not_mentioned_though_the_form_thinks_that_it_was_shown(place):
    data = page_of(place).fill("attrs__score", "6").posted()
    for name in ("title", "active", "level", "lines", "born"):
        del data[f"attrs__{name}"]

    sent(data, place)

    assert stored(place) == with_(TEXT, score=6)


def test_boxes_that_were_shown_and_are_unticked_are_taken_away(place):
    page = page_of(place).fill("attrs__agreed", []).fill("attrs__tags", [])

    form = sent(page.posted(), place)

    assert form.changed_data == ["attrs__agreed", "attrs__tags"]
    assert stored(place) == with_(TEXT, agreed=None, tags=None)


def test_boxes_are_unticked_only_where_they_were_in_the_page(place):
    """A browser that restores what it had may send what was shown once, and not the boxes that a script had added."""
    data = page_of(place).posted()
    for name in ("agreed", "tags"):
        del data[f"attrs__{name}"], data[f"attrs__{name}-shown"]

    form = sent(data, place)

    assert form.changed_data == []
    assert stored(place) == exactly(TEXT)


# ---- people who may not see or change everything ----


def may_use(user, action, model, field, attribute):
    return action not in user.get(attribute.name, "").split()


@pytest.fixture
def hidden(settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    return {"score": "view change", "agreed": "view", "tags": "view", "title": "change", "active": "change"}


def forged(data, **texts):
    """Add what a person posts who has read the page of somebody else."""
    other = json.loads(data["attrs-shown"])
    names = [*(attribute.name for attribute in ATTRIBUTES), "orphan", "held"]
    other["shown"] = dict.fromkeys(names, "0" * 18) | other["shown"]
    data["attrs-shown"] = json.dumps(other)
    for name, text in texts.items():
        data[f"attrs__{name}"] = text
    return data


def test_what_a_user_may_not_see_is_not_in_the_page_and_stays(place, hidden):
    page = page_of(place, user=hidden)
    assert page.names == {
        *("name", "attrs-shown", "attrs__title", "attrs__active"),
        *("attrs__level", "attrs__lines", "attrs__born"),
    }
    assert "score" not in str(PlaceForm(instance=read(place), user=hidden)).lower()

    form = sent(forged(page.fill("attrs__born", "").posted(), score="7"), place, user=hidden)

    assert form.changed_data == ["attrs__born"]
    assert stored(place) == with_(TEXT, born=None)


def test_what_a_user_may_not_change_is_shown_and_cannot_be_changed(place, hidden):
    page = page_of(place, user=hidden)
    assert (page.shown("attrs__title"), page.options("attrs__active")[page.shown("attrs__active")]) == ("t", "No")
    for name in ("title", "active"):
        assert page.control(f"attrs__{name}").is_disabled

    form = sent(forged(page.posted(), title="x", active="true"), place, user=hidden)

    assert form.changed_data == []
    assert stored(place) == exactly(TEXT)


def test_a_new_record_of_a_user_who_may_change_little_has_its_defaults(hidden):
    define(Place, Attribute("score", "integer", default=3), Attribute("title", "text", default="t"))

    form = PlaceForm({"name": "new", "attrs__score": "7", "attrs__title": "x"}, user=hidden)
    assert form.is_valid(), form.errors

    assert plainly_stored(form.save()) == {"score": 3, "title": "t"}


def test_a_user_is_given_to_the_class_as_well(place, hidden):
    class Own(PlaceForm):
        attribute_user = hidden

    assert "attrs__score" not in Own(instance=read(place)).fields
    assert "attrs__score" in Own(instance=read(place), user=None).fields


def test_a_problem_of_what_a_user_may_not_see_is_not_named(hidden):
    define(Place, Attribute("score", "integer", required=True, label="A secret"), Attribute("title", "text"))

    form = PlaceForm({"name": "new"}, user=hidden)

    assert not form.is_valid()
    assert "secret" not in str(form.errors).lower()
    assert "secret" not in str(form).lower()
    assert [error.code for error in form.non_field_errors().as_data()] == ["required"]


# ---- what a condition hides ----

CONDITIONAL = (
    Attribute("kind", "text"),
    Attribute("agreed", "boolean", choices=[True], visible_if='kind == "b"'),
    Attribute("tags", "text", multiple=True, choices=["a", "b"], visible_if='kind == "b"'),
    Attribute("note", "text", visible_if='kind == "b"'),
)
HIDDEN = '{"kind": "a", "agreed": true, "tags": ["a"], "note": "n"}'


def test_what_is_hidden_is_not_shown_and_stays():
    place = stands(*CONDITIONAL, text=HIDDEN)
    page = page_of(place)
    assert page.names == {"name", "attrs-shown", "attrs__kind"}

    sent(page.fill("name", "after").posted(), place)

    assert stored(place) == exactly(HIDDEN)


def test_a_box_that_becomes_visible_by_what_is_posted_was_not_unticked():
    place = stands(*CONDITIONAL, text=HIDDEN)

    sent(page_of(place).fill("attrs__kind", "b").posted(), place)

    assert stored(place) == with_(HIDDEN, kind="b")


def test_what_becomes_hidden_by_what_is_posted_stays():
    text = HIDDEN.replace('"kind": "a"', '"kind": "b"')
    place = stands(*CONDITIONAL, text=text)

    sent(page_of(place).fill("attrs__kind", "c").posted(), place)

    assert stored(place) == with_(text, kind="c")


def test_a_box_that_was_shown_when_the_form_was_asked_for_counts():
    place = stands(*CONDITIONAL, text=HIDDEN)
    page = page_of(place).fill("attrs__kind", "b")
    page = Page(PlaceForm(page.posted("_attributes", "refresh"), instance=read(place)))
    assert page.shown("attrs__agreed") == "true"
    assert page.shown("attrs__tags") == ["a"]

    sent(page.fill("attrs__agreed", []).posted(), place)

    assert stored(place) == with_(HIDDEN, kind="b", agreed=None)


# ---- what does not fit ----


@pytest.mark.parametrize(
    ("name", "member", "notice"),
    [
        ("score", "11", "10 or less"),
        ("score", '"many"', "whole number"),
        ("score", "1e400", ""),
        ("score", "1.5", ""),
        ("title", "5", "text"),
        ("title", '["x"]', "text"),
        ("agreed", "false", ""),
        ("active", '"yes"', "true or false"),
        ("level", '"top"', ""),
        ("tags", '["a", "z"]', ""),
        ("tags", '"a"', "list"),
        ("lines", '[1, "x"]', "Value 2: "),
        ("lines", "[1, 2.5]", ""),
        ("born", '"1984-02-30"', "exists"),
        ("born", '"soon"', ""),
    ],
)
def test_a_value_that_does_not_fit_is_shown_and_flagged_and_kept_until_it_is_changed(name, member, notice):
    place = stands(*ATTRIBUTES, text=joined({**members(TEXT), name: member}))
    before, page = stored(place), page_of(place)
    field = page.field(f"attrs__{name}")
    (said,) = field.all("div", class_="jsonattrs-notice")
    assert "It is kept until you change it." in said.words
    assert said.words in page.described(f"attrs__{name}") or page.all("fieldset", aria_describedby=said["id"])
    assert notice in said.words
    assert not page.all("ul", class_="errorlist")

    sent(page.fill("name", "after").fill("attrs__title" if name != "title" else "attrs__score", "7").posted(), place)

    assert stored(place) == {**before, **(exactly('{"title": "7"}') if name != "title" else exactly('{"score": 7}'))}


def test_once_it_is_changed_what_did_not_fit_is_judged():
    place = stands(*ATTRIBUTES, text='{"score": 11, "level": "top", "tags": ["a", "z"]}')
    page = page_of(place)

    form = PlaceForm(page.fill("attrs__score", "12").posted(), instance=read(place))
    assert form.errors.as_data()["attrs__score"][0].code == "max"
    assert not Page(form).field("attrs__score").all("div", class_="jsonattrs-notice")
    sent(page.fill("attrs__score", "9").fill("attrs__level", "low").fill("attrs__tags", ["a"]).posted(), place)

    assert plainly_stored(place) == {"score": 9, "level": "low", "tags": ["a"]}


def test_a_retired_choice_is_offered_to_the_record_that_has_it_alone():
    place = stands(*ATTRIBUTES, text='{"level": "mid"}')
    page = page_of(place)
    assert page.options("attrs__level") == {
        "": "---------", "low": "low", "high": "high", "mid": "Middle (no longer offered)",
    }  # fmt: skip
    assert page.shown("attrs__level") == "mid"
    sent(page.fill("attrs__score", "1").posted(), place)
    assert plainly_stored(place) == {"level": "mid", "score": 1}

    sent(page_of(place).fill("attrs__level", "low").posted(), place)

    assert page_of(place).options("attrs__level") == {"": "---------", "low": "low", "high": "high"}
    form = PlaceForm({"name": "x", "attrs__level": "mid"}, instance=read(place))
    assert form.errors.as_data()["attrs__level"][0].code == "choice"


def test_a_deprecated_attribute_is_shown_where_it_has_a_value():
    define(Place, Attribute("old", "text", status="deprecated"), Attribute("new", "text"))
    with_old = stands(Attribute("old", "text", status="deprecated"), Attribute("new", "text"), text='{"old": "x"}')
    assert "attrs__old" in page_of(with_old).names
    assert "attrs__old" not in page_of(Place.objects.create(name="n")).names
    assert "attrs__old" not in Page(PlaceForm()).names

    sent(page_of(with_old).fill("attrs__new", "y").posted(), with_old)

    assert plainly_stored(with_old) == {"old": "x", "new": "y"}


# ---- forms that have only some of the attributes ----


def only(*fields, exclude=None):
    options = {"model": Place, "fields": fields or None, "exclude": exclude}
    meta = type("Meta", (), {name: value for name, value in options.items() if value is not None})
    return type("Own", (AttributeModelForm,), {"Meta": meta})


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (only("attrs__score"), {"score"}),
        (only("name", "attrs__score", "attrs__agreed"), {"score", "agreed"}),
        (only("name"), set()),
        (only(exclude=["attrs"]), set()),
        (only(exclude=["attrs__title", "attrs__agreed", "attrs__tags", "attrs__lines", "name"]),
         {"score", "active", "level", "born"}),
        (only("name", "attrs", exclude=["attrs__title"]),
         {"score", "active", "level", "born", "agreed", "tags", "lines"}),
    ],
    ids=["one", "two", "none", "without", "without-some", "all-but-one"],
)  # fmt: skip
def test_the_attributes_that_a_form_does_not_have_stay(place, kind, shown):
    page = page_of(place, kind)
    controls = {name for name in page.names if "__" in name and not name.endswith("-shown")}
    assert {name.removeprefix("attrs__") for name in controls} == shown
    data = forged(page.posted()) if shown else page.posted()
    for name in {attribute.name for attribute in ATTRIBUTES} - shown:
        data[f"attrs__{name}"] = "1"
    if "score" in shown:
        data["attrs__score"] = "6"
    data["name"] = "after"

    sent(data, place, kind)

    assert stored(place) == with_(TEXT, **({"score": 6} if "score" in shown else {}))


def test_what_a_form_does_not_have_its_children_do_not_have_either(place):
    parent = only("name", "attrs__score", "attrs__title", exclude=["attrs__title"])

    class Child(parent):
        pass

    class Own(parent):
        class Meta(parent.Meta):
            labels = {"name": "Called"}  # noqa: RUF012 - `Meta` is Django's

    class Wider(parent):
        class Meta(parent.Meta):
            fields = ("attrs",)

    for kind in (Child, Own, modelform_factory(Place, parent)):
        assert page_of(place, kind).names == {"name", "attrs-shown", "attrs__score"}
    names = page_of(place, Wider).names
    assert names >= {"attrs__score", "attrs__born"}
    assert not {"name", "attrs__title"} & names


# ---- other scopes ----


@pytest.fixture
def projects():
    one, two = (Organization.objects.create(slug=slug, name=slug) for slug in ("one", "two"))
    return [Project.objects.create(organization=each, slug="p", name=f"P {each.slug}") for each in (one, two)]


@pytest.fixture
def party(projects):
    one, two = (project.organization for project in projects)
    define(Party, Attribute("score", "integer"))
    define(Party, Attribute("clan", "text"), Attribute("agreed", "boolean", choices=[True]), selectors=(one,))
    define(Party, Attribute("village", "text"), Attribute("sworn", "boolean", choices=[True]), selectors=(two,))
    made = Party.objects.create(project=projects[0], name="n", attrs={"score": 1, "clan": "c", "agreed": True})
    store(made, '{"score": 1, "clan": "c", "agreed": true, "village": "v", "sworn": true}')
    return made


def test_a_form_that_moves_a_record_in_the_same_post_wipes_nothing(party, projects):
    page = page_of(party, PartyForm)
    assert "attrs__village" not in page.names

    form = sent(page.fill("project", str(projects[1].pk)).posted(), party, PartyForm)

    assert "attrs__village" in form.fields
    assert "attrs__clan" not in form.fields
    assert read(party).project == projects[1]
    assert plainly_stored(party) == {"score": 1, "clan": "c", "agreed": True, "village": "v", "sworn": True}


def test_what_was_typed_for_the_scope_that_a_record_leaves_is_not_written(party, projects):
    page = page_of(party, PartyForm).fill("attrs__clan", "other").fill("attrs__agreed", []).fill("attrs__score", "2")

    sent(page.fill("project", str(projects[1].pk)).posted(), party, PartyForm)

    assert plainly_stored(party) == {"score": 2, "clan": "c", "agreed": True, "village": "v", "sworn": True}


def test_a_box_of_the_new_scope_counts_once_it_was_shown(party, projects):
    page = page_of(party, PartyForm).fill("project", str(projects[1].pk))
    page = Page(PartyForm(page.posted("_attributes", "refresh"), instance=read(party)))
    assert page.shown("attrs__sworn") == "true"
    assert page.shown("attrs__village") == "v"

    sent(page.fill("attrs__sworn", []).posted(), party, PartyForm)

    assert plainly_stored(party) == {"score": 1, "clan": "c", "agreed": True, "village": "v", "sworn": None}


def test_who_looks_at_another_scope_and_comes_back_has_changed_nothing(party, projects):
    page = page_of(party, PartyForm)
    for project in (projects[1], projects[0], projects[1], projects[0]):
        data = page.fill("project", str(project.pk)).posted("_attributes", "refresh")
        page = Page(PartyForm(data, instance=read(party)))

    form = sent(page.posted(), party, PartyForm)

    assert form.changed_data == []
    assert plainly_stored(party) == {"score": 1, "clan": "c", "agreed": True, "village": "v", "sworn": True}


def test_the_marker_of_another_scope_mentions_nothing(party, projects):
    data = page_of(party, PartyForm).posted()
    shown = json.loads(data["attrs-shown"])
    shown["shown"] |= {"village": "0" * 18, "old": "0" * 18}
    data["attrs-shown"] = json.dumps(shown)

    sent(data, party, PartyForm)

    assert plainly_stored(party) == {"score": 1, "clan": "c", "agreed": True, "village": "v", "sworn": True}


def test_an_attribute_that_is_no_longer_in_the_schema_when_the_form_is_sent_stays(place):
    page = page_of(place).fill("attrs__agreed", []).fill("attrs__score", "6")
    define(Place, *(attribute for attribute in ATTRIBUTES if attribute.name not in ("agreed", "title")))

    sent(page.posted(), place)

    assert stored(place) == with_(TEXT, score=6)


def test_an_attribute_that_came_into_the_schema_since_the_form_was_opened_stays(place):
    define(Place, Attribute("score", "integer"))
    page = page_of(place).fill("attrs__score", "6")
    define(Place, *ATTRIBUTES)

    sent(page.posted(), place)

    assert stored(place) == with_(TEXT, score=6)


def test_a_form_of_other_columns_leaves_the_attributes_as_they_are():
    class Plain(forms.ModelForm):
        class Meta:
            model = Note
            fields = "__all__"

    team = Team.objects.create(code="t")
    define(Note, Attribute("score", "integer"))
    note = Note.objects.create(title="n", team=team, attrs={"score": 1})
    form = Plain({"title": "after", "team": str(team.pk), "kind": "", "attrs": "{}"}, instance=read(note))
    assert "attrs" not in form.fields
    assert form.is_valid()
    form.save()

    assert plainly_stored(note) == {"score": 1}
