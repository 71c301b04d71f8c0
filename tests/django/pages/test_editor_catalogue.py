"""Types and subtypes as people choose them."""

from __future__ import annotations

import pytest
from django.utils import translation

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_django.editor.catalogue import entries, type_choices, type_summaries
from jsonattrs_django.editor.definitions.widgets import SubtypeSelect
from jsonattrs_django.registry import registry
from tests.django.pages.forms import Page


def check(value):
    """Accept any value."""
    return value


class _Others:
    """A plugin with a hostile subtype, and one that another plugin has as well."""

    @hookimpl
    def jsonattrs_subtypes(self):
        shared = {"base": "text", "load": f"{__name__}:check", "summary": "", "examples": ("x" * 60,)}
        hostile = "<script>alert(1)</script>"
        return [
            Subtype(name="id-post-code", label="Another", country="ID", invalid_examples=(), priority=1, **shared),
            Subtype(
                name="odd", label=hostile, invalid_examples=(), **{**shared, "examples": (hostile,), "summary": hostile}
            ),
        ]


@pytest.fixture
def others(settings):
    settings.JSONATTRS = {**getattr(settings, "JSONATTRS", {}), "PLUGINS": {"others": _Others()}}


def of(value, base="text"):
    return next(entry for entry in entries(base) if entry.value == value)


def test_all_base_types_are_offered_with_what_they_are_for():
    offered = dict(type_choices())
    assert offered.keys() == {name for name in registry().base_types if "@" not in name}
    assert [*offered][:3] == ["text", "integer", "decimal"]
    assert offered["reference"] == "Link to a record"
    assert all(type_summaries()[name] for name in offered)


def test_all_subtypes_of_a_type_are_offered_each_once():
    found = [entry.value for entry in entries("text")]
    assert len(found) == len(set(found)) > 700
    for value in found:
        assert registry().subtype(value, "text")
    assert {entry.value for entry in entries("date")} == {"birth-date"}


def test_subtypes_are_in_groups_by_country_those_of_none_first():
    countries = [entry.country for entry in entries("text")]
    seen = [country for place, country in enumerate(countries) if not place or countries[place - 1] != country]
    assert seen[0] == ""
    assert len(seen) == len(set(seen))
    assert of("id-post-code").country == "Indonesia"


def test_countries_have_their_names_in_the_readers_language():
    with translation.override("de"):
        assert of("id-post-code").country == "Indonesien"
        assert of("de-post-code").country == "Deutschland"
    assert of("de-post-code").country == "Germany"


def test_a_subtype_is_told_with_an_example_and_its_provider():
    entry = of("id-post-code")
    assert (entry.provider, entry.example) == ("postal", "40115")
    assert entry.title == "Post code, such as 40115"


@pytest.mark.usefixtures("others")
def test_a_subtype_that_another_provider_has_as_well_can_be_pinned():
    pinned = of("id-post-code@others")
    assert pinned.title == f"Another (others), such as {'x' * 39}…"
    assert registry().subtype(pinned.value, "text").provider.name == "others"
    assert of("id-post-code").provider == "postal"


@pytest.mark.usefixtures("others")
def test_what_plugins_say_is_text():
    shown = Page(f"<div>{SubtypeSelect([('', 'any')], entries('text')).render('subtype', 'odd')}</div>")
    (option,) = [each for each in shown.all("option") if "selected" in each]
    assert option["data-label"] == option["data-example"] == option["data-summary"] == "<script>alert(1)</script>"
    assert option.text == "<script>alert(1)</script>, such as <script>alert(1)</script>"
    assert shown.all("optgroup")[0]["label"] == "All countries"


def test_the_list_is_made_once_for_a_registry_and_a_language():
    assert entries("text") is entries("text")
    with translation.override("de"):
        german = entries("text")
    assert german is not entries("text")
