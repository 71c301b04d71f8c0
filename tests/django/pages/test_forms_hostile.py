"""Labels, help, choices, groups, suggestions, messages and values are strangers' texts: a page shows them as texts."""

from __future__ import annotations

import json

import pytest
from django.forms import modelformset_factory
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from landregistry.models import Organization
from testapp.models import Place

from jsonattrs_core import Attribute, Choice, Rule, Subtype, hookimpl
from jsonattrs_django.forms import AttributeForm, AttributeModelForm
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import define
from tests.django.pages.form_worlds import HOSTILE
from tests.django.pages.forms import Element, Page
from tests.django.stored import store

pytestmark = pytest.mark.django_db

HARMLESS = "harmless"


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("name", "attrs")


PlaceFormSet = modelformset_factory(Place, form=PlaceForm, extra=1, can_delete=True)

LAYOUTS = {
    "form": str,
    "as_div": PlaceForm.as_div,
    "as_p": PlaceForm.as_p,
    "as_ul": lambda form: f"<ul>{form.as_ul()}</ul>",
    "as_table": lambda form: f"<table>{form.as_table()}</table>",
    "attributes": PlaceForm.render_attributes,
    "widgets": lambda form: "".join(f"<div>{form[name].label_tag()}{form[name]}</div>" for name in form.fields),
    "errors": lambda form: f"{form.errors}{form.non_field_errors()}",
}
SETS = {
    "set": str,
    "set-as_p": PlaceFormSet.as_p,
    "set-as_table": lambda formset: f"<table>{formset.as_table()}</table>",
}

#: All of them at once: a page that is broken by one is broken by all.
TEXTS = {"all": " ".join(HOSTILE), "quoted": f"'\"{'>'.join(reversed(HOSTILE))}"}
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


class Suggesting:
    """A plugin whose suggestions and examples are strangers' texts."""

    def __init__(self, text):
        self.text = text

    @hookimpl
    def jsonattrs_subtypes(self):
        yield Subtype(
            base="text",
            name="suggested",
            load="jsonattrs_core.builtin.subtypes:any_text",
            label=self.text,
            summary=self.text,
            examples=(self.text,),
            invalid_examples=("a\x00b",),
            codes=("format",),
            suggestions=lambda language: [(self.text, self.text), ("x", self.text), (f"{self.text}2", "y")],
        )


def attributes(text):
    """Return attributes with a text wherever there can be one."""
    said = {"label": text, "help_text": {"en": text, "de": f"{text} de"}, "group": text}
    choices = [(text, text), Choice(f"{text}2", text, retired=True), Choice(f"{text}3")]
    return [
        Attribute("plain", "text", **said),
        Attribute("several", "text", multiple=True, **said),
        Attribute("long", "text", constraints={"multiline": True}, **said),
        Attribute("chosen", "text", choices=choices, **said),
        Attribute("ticked", "text", choices=choices, multiple=True, **said),
        Attribute("listed", "text", choices=[*choices, *map(str, range(30))], multiple=True, **said),
        Attribute("searched", "text", choices=[*choices, *map(str, range(300))], **said),
        Attribute("suggested", "text", subtype="suggested", **said),
        Attribute("address", "text", subtype="url", **said),
        Attribute("mail", "text", subtype="email", **said),
        Attribute("number", "integer", **said),
        Attribute("agreed", "boolean", choices=[Choice(True, text)], **said),
        Attribute("yes", "boolean", **said),
        Attribute("born", "date", **said),
        Attribute("seen", "datetime", **said),
        Attribute("data", "object", **said),
        Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}, required=True, **said),
        Attribute("agents", "reference", constraints={"model": "landregistry.Organization"}, multiple=True, **said),
    ]


NAMES = [attribute.name for attribute in attributes("")]


@pytest.fixture
def forms_with(settings):
    """Return the forms of a world in which every text is the given one."""

    def made(text):
        settings.JSONATTRS = {"PLUGINS": {"suggesting": Suggesting(text)}}
        Organization.objects.all().delete()
        Organization.objects.create(pk=1, slug="o", name=text[:200])
        Place.objects.all().delete()
        rules = [Rule("plain == plain && false", {"en": text}, attributes=["plain"]), Rule("plain != plain", text)]
        define(Place)
        place = Place.objects.create(name=text[:50])
        SchemaRecord.objects.define(Place, attributes(text), rules=rules)
        store(place, _document(text))
        posted = {f"attrs__{name}": text for name in NAMES} | {"name": text[:50], "attrs__searched-search": text}
        return {
            "new": PlaceForm(),
            "opened": PlaceForm(instance=Place.objects.get()),
            "posted": PlaceForm(posted),
            "given": PlaceForm(initial={f"attrs__{name}": text for name in NAMES}),
            "asked": PlaceForm({**posted, "_attributes": "refresh", "attrs__gone": text}),
            "plain": AttributeForm(posted, schema=SchemaRecord.objects.for_instance(Place())),
        }, PlaceFormSet()

    return made


def _document(text):
    several = ("several", "ticked", "listed", "agents")
    return json.dumps({name: [text, f" {text}"] if name in several else text for name in NAMES})


def skeleton(element):
    """Return the elements and the names of their attributes, without any text."""
    inside = tuple(skeleton(each) for each in element.inside if isinstance(each, Element))
    return element.tag, tuple(sorted(element.attrs)), inside


def pages(forms, formset):
    """Return every page, by form and layout."""
    shown = {
        (name, layout): show(form)
        for name, form in forms.items()
        for layout, show in LAYOUTS.items()
        if layout in ("form", "errors") or name in ("opened", "posted")
    }
    return {key: Page(html) for key, html in shown.items()} | {
        (name, ""): Page(show(formset)) for name, show in SETS.items()
    }


def test_a_page_has_the_elements_that_it_has_with_harmless_texts(forms_with):
    expected = {key: skeleton(page) for key, page in pages(*forms_with(HARMLESS)).items()}

    for text in TEXTS.values():
        found = pages(*forms_with(text))

        assert [key for key in expected if skeleton(found[key]) != expected[key]] == []
        for page in found.values():  # and no address is made of a value
            assert not page.all("a", "script", "form")
            assert not any(name in each for each in page.walk() for name in ("href", "src", "action", "style"))


@each_text
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_texts_are_read_as_they_are(forms_with, text, language):
    with override(language):
        page = Page(forms_with(text)[0]["opened"])

    words = " ".join(text.split())
    assert page.label("attrs__plain").rstrip(":") == words[:1].upper() + words[1:]
    assert (f"{text} de" if language == "de" else text) in page.field("attrs__plain").text
    assert page.shown("attrs__plain") == page.shown("attrs__long") == page.shown("attrs__address") == text
    assert json.loads(page.shown("attrs__several")) == [text, f" {text}"]
    assert page.options("attrs__chosen")[text] == page.options("attrs__ticked")[text] == words
    (summary,) = page.all("summary")
    assert summary.words.casefold() == words.replace("_", " ").casefold()
    assert page.options("attrs__agent")["1"] == " ".join(text[:200].split())
    assert [each["value"] for each in page.one("datalist").all("option")] == [text, "x", f"{text}2"]


@settings(max_examples=15)
@given(st.text("<>&\"'`=/ -!a;#x0{}%\u202e", min_size=1, max_size=30))
def test_no_text_becomes_an_element(text):
    shape = []
    for each in (HARMLESS, f"a{text}z"):
        define(Place, Attribute("plain", "text", label=each, help_text=each, group=each, choices=[(each, each)]))
        forms = (PlaceForm({"name": each, "attrs__plain": each}), PlaceForm(initial={"attrs__plain": each}))
        shape.append([[skeleton(Page(show(form))) for show in LAYOUTS.values()] for form in forms])

    assert shape[0] == shape[1]
