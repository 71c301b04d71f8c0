"""The page of the installed plugins."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils import translation

from jsonattrs_core import Subtype, default_registry, hookimpl
from jsonattrs_django.editor.countries import country_names
from jsonattrs_django.editor.providers import Provisions
from jsonattrs_django.registry import registry
from tests.django.pages.editor import Land, user

URL = "/admin/jsonattrs/schemarecord/plugins/"
HOSTILE = "<script>alert(1)</script>\"'&"


def subtype(name, **more):
    """Return a subtype of text."""
    said = {"label": "A code", "summary": "A code of ours.", "examples": ("x",), "invalid_examples": ("y",), **more}
    return Subtype(base="text", name=name, load="jsonattrs_django.testing:reset", **said)


class Ours:
    """A plugin that is part of a project."""

    def __init__(self, *subtypes):
        self._subtypes = subtypes

    @hookimpl
    def jsonattrs_subtypes(self):
        return self._subtypes


class Broken:
    @hookimpl
    def jsonattrs_subtypes(self):
        raise RuntimeError(HOSTILE)


@pytest.fixture
def admin(client, db):
    client.force_login(user("ada", is_superuser=True))
    return client


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def every(found):
    return [each for country in found.countries for each in country.provided]


def one(found, name, provider=None):
    return next(each for each in every(found) if each.name == name and provider in (None, each.provider))


# ---- what is told ----


def test_every_plugin_is_told_with_its_version_and_what_it_provides():
    plugins = {plugin.distribution: plugin for plugin in Provisions().plugins}
    assert {"jsonattrs", "jsonattrs-gb", "jsonattrs-stdnum"} <= set(plugins)
    assert next(iter(plugins)) == "jsonattrs"
    assert plugins["jsonattrs"].version == str(default_registry().providers[0].version)
    assert plugins["jsonattrs-cel"].counts == ["1 language of rules"]
    assert plugins["jsonattrs-babel"].counts == ["4 detailed types", "4 ways to write values"]
    assert plugins["jsonattrs-gb"].summary


def test_everything_that_is_registered_is_told_once():
    found, records = Provisions(), registry().describe()
    assert found.count == len(records)
    assert found.subtype_count == sum(record["kind"] == "subtype" for record in records) == len(every(found))
    told = [*found.base_types, *found.constraints, *found.rule_languages, *found.text_formats, *every(found)]
    assert len(told) == len(records)
    assert all(each.label and each.summary for each in told)


def test_detailed_types_are_told_with_examples_type_and_plugin():
    found = one(Provisions(), "gb-post-code", "postal")
    assert (found.label, found.of, found.examples[0], found.warning) == ("Post code", "Text", "EC1Y 8SY", "")
    assert found.more == "Text · from postal"


def test_what_is_shadowed_says_by_whom():
    records = [record for record in registry().describe() if record["state"] == "shadowed"]
    found = Provisions()
    for record in records:
        assert one(found, record["name"], record["provider"]).warning.startswith("Not in use: it comes from ")
    assert one(found, "gb-post-code", "localflavor").warning == "Not in use: it comes from postal."
    assert found.conflicts == []


def test_a_conflict_says_with_whom(settings):
    ours = subtype(
        "gb-post-code",
        priority=next(r for r in registry().describe() if r["name"] == "gb-post-code" and r["state"] == "used")[
            "priority"
        ],
        country="GB",
    )
    settings.JSONATTRS = {"PLUGINS": {"ours": Ours(ours)}}
    found = Provisions()
    assert {each.provider for each in found.conflicts} >= {"ours", "postal"}
    assert "postal" in one(found, "gb-post-code", "ours").warning
    assert "before one of them is preferred" in one(found, "gb-post-code", "ours").warning
    settings.JSONATTRS = {"PLUGINS": {"ours": Ours(ours)}, "PREFER": {"gb-post-code": "ours"}}
    assert Provisions().conflicts == []


def test_countries_are_called_as_in_the_readers_language_and_in_the_order_of_their_names():
    with translation.override("id"):
        names = [country.name for country in Provisions().countries]
    assert names[0] == ""  # what is of no country
    assert "Jerman" in names
    assert names == sorted(names, key=str.casefold)


def test_without_a_plugin_that_knows_countries_their_codes_are_told(settings):
    settings.JSONATTRS = {"BLOCK": ["babel", "iso"]}
    assert country_names(registry()) == {}
    assert "DE" in [country.name for country in Provisions().countries]


def test_a_list_of_countries_that_cannot_be_loaded_is_passed_over(settings):
    lists = [
        subtype(f"codes-{number}", kind="country", choices=named)
        for number, named in enumerate(
            ("nowhere:nothing", "builtins:len", "tests.django.pages.test_editor_plugins:three_letters")
        )
    ]
    settings.JSONATTRS = {"BLOCK": ["babel", "iso"], "PLUGINS": {"ours": Ours(*lists)}}
    assert country_names(registry()) == {}


def three_letters(_language):
    return [("DEU", "Germany")]


# ---- what is found ----


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("gb post", {"gb-post-code"}),
        ("  UNITED   kingdom POSTAL ", {"gb-post-code"}),
        ("EC1Y", {"gb-post-code"}),
        ("id-nik", {"id-nik"}),
        ("nothing of this name", set()),
    ],
)
def test_all_words_are_found_in_names_labels_examples_countries_and_plugins(query, names):
    assert {each.name for each in every(Provisions(query))} == names


def test_limits_and_types_are_found_too():
    assert [each.name for each in Provisions("line breaks").constraints] == ["multiline"]
    assert "date" in [each.name for each in Provisions("calendar").base_types]


@pytest.mark.parametrize("query", ["\0", "<b>", "%", "\ud800", "a" * 5000, "🚜", "(", "\u202e"])
def test_no_query_is_an_error(query):
    assert Provisions(query).count >= 0


# ---- the page ----


def test_the_page_shows_all_of_it(admin):
    page = admin.get(URL)
    said = text_of(page)
    for words in (
        "Installed plugins",
        "jsonattrs-gb",
        "Indonesia",
        "Such as",
        "Least value",
        "Of no country",
        "Common Expression Language",
    ):
        assert words in said
    assert page.content.decode().count("data-provided") > 1200
    assert "Find" in said


def test_the_page_searches_without_a_script(admin):
    page = admin.get(URL, {"q": "gb post"})
    said = text_of(page)
    assert "Found: 2" in said
    assert "Post code of the United Kingdom." in said
    assert "jsonattrs-stdnum" not in said
    assert '<details class="ja-country" data-provided-group="United Kingdom GB" open>' in page.content.decode()
    assert "Nothing is found." in text_of(admin.get(URL, {"q": HOSTILE}))


def test_what_plugins_say_is_shown_as_text(admin, settings):
    ours = subtype("ours", label=HOSTILE, summary=HOSTILE, examples=(HOSTILE,), kind=HOSTILE, country="ZZ")
    settings.JSONATTRS = {"PLUGINS": {"ours": Ours(ours)}}
    page = admin.get(URL).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_broken_plugin_has_a_page_with_the_way_out(admin, settings):
    settings.JSONATTRS = {"PLUGINS": {"ours": Broken()}}
    page = admin.get(URL)
    assert page.status_code == 200
    assert "plugin jsonattrs-ours: jsonattrs_subtypes failed: RuntimeError" in text_of(page)
    assert "set JSONATTRS_BLOCK=ours" in text_of(page)
    assert "<script>alert" not in page.content.decode()
    assert Provisions().plugins == []
    for other in ("/admin/", "/admin/jsonattrs/schemarecord/"):
        assert admin.get(other).status_code == 200


def test_a_part_of_the_project_is_told_as_one(admin, settings):
    settings.JSONATTRS = {"PLUGINS": {"ours": Ours()}}
    assert "jsonattrs-ours part of this site provides nothing" in text_of(admin.get(URL))


def test_the_page_is_for_those_who_may_edit_a_schema(client, db, settings):
    Land()
    client.force_login(user("eve"))
    assert client.get(URL).status_code == 403
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "tests.django.pages.editor.northern_only"}
    assert client.get(URL).status_code == 200


def test_the_tree_of_schemas_links_to_it(admin):
    assert f'href="{URL}"' in admin.get("/admin/jsonattrs/schemarecord/").content.decode()
