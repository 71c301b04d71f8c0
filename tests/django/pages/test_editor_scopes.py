"""The tree of scopes, and who sees what of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from landregistry.models import Organization, Party, Project, SpatialUnit
from testapp.models import Note, Team, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.editor import scopes
from jsonattrs_django.editor.outline import Outline
from jsonattrs_django.editor.scopes import Tree, may_edit_something
from jsonattrs_django.models import SchemaRecord
from tests.django.pages.editor import FIELD, TREE, Land, user

pytestmark = pytest.mark.django_db

NORTHERN_ONLY = {"SCHEMA_PERMISSION": "tests.django.pages.editor.northern_only"}


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def admin(client):
    client.force_login(user("ada", is_superuser=True))
    return client


@pytest.fixture
def northern(settings):
    """Somebody who may edit the schemas of the north alone."""
    settings.JSONATTRS = NORTHERN_ONLY
    client = Client()
    client.force_login(user("nora"))
    return client


def shown(node):
    """Return a node and what stands under it: label, records, and what there is; then the children."""
    marks = "".join(mark for mark, there in (("s", node.schema), ("d", node.draft), ("~", node.is_aside)) if there)
    plain = node.label if node.is_editable else f"({node.label})"
    return (f"{plain} {node.records}{' ' * bool(marks)}{marks}", [shown(child) for child in node.children])


def tree(land, name="ada", **more):
    return Tree(FIELD, user(name, **more)).root


def test_scopes_stand_under_one_another_with_the_number_of_their_records(land):
    land.party()
    land.party(type="CO")
    land.party(land.dale)
    assert shown(tree(land, is_superuser=True)) == (
        " 3 s",
        [
            ("Corporation 1", []),
            ("Individual 2", []),
            (
                "Northern Trust 2 s",
                [
                    ("Corporation 1", []),
                    ("Individual 1", []),
                    ("Hill 2", [("Corporation 1", []), ("Individual 1", [])]),
                ],
            ),
            ("Southern Trust 1 s", [("Individual 1", []), ("Dale 1", [("Individual 1", [])])]),
        ],
    )


def test_what_a_project_has_wherever_it_belongs_to_stands_under_its_organisation(land):
    land.define((None, land.hill), Attribute("slope", "float"))
    draft = land.draft(land.south, land.dale, "CO")
    draft.put({"key": "crop", "name": "crop", "type": "text"})
    draft.save(None)
    assert shown(tree(land, is_superuser=True)) == (
        " 0 s",
        [
            ("Northern Trust 0 s", [("Hill 0 s~", [])]),
            ("Southern Trust 0 s", [("Dale 0", [("Corporation 0 d", [])])]),
        ],
    )


def test_only_what_a_user_may_edit_is_there_and_what_that_stands_under(land, settings):
    settings.JSONATTRS = NORTHERN_ONLY
    land.party()
    land.party(land.dale)
    assert shown(tree(land)) == (
        "() 0",
        [("Northern Trust 1 s", [("Individual 1", []), ("Hill 1", [("Individual 1", [])])])],
    )


def test_who_may_edit_nothing_has_no_tree(land):
    assert tree(land) is None


def test_the_number_of_queries_is_that_of_the_selectors_whatever_there_is(land, django_assert_num_queries):
    def count():
        with django_assert_num_queries(7):  # records by scope, schemas, selectors, keys, drafts, two kinds of rows
            assert Tree(FIELD, ada).root

    ada = user("ada", is_superuser=True)
    ada.has_perm("any")
    land.party()
    count()
    for number in range(30):
        organization = Organization.objects.create(slug=f"o{number}", name=f"Trust {number}")
        project = Project.objects.create(organization=organization, slug="p", name="Project")
        land.party(project)
        land.define((organization,), Attribute("acres", "float"))
    count()


def test_a_field_without_selectors_and_several_fields_of_a_model(admin):
    SchemaRecord.objects.define(Twin, [Attribute("a", "text")], field="left")
    page = admin.get(TREE).content.decode()
    assert "Twins: left" in page
    assert "Twins: right" in page
    assert "schema: 1 attribute<" in page


def test_the_tree_counts_what_the_page_of_a_schema_lists(land, admin):
    land.define(
        (land.north,), Attribute("acres", "float"), Attribute("score", label="Mark"), Attribute("note", omit=True)
    )
    land.define((land.south, land.dale), Attribute("score", required=True))
    page = " ".join(re.sub(r"<[^>]*>", " ", admin.get(TREE).content.decode()).split())
    assert "Northern Trust schema: 1 attribute schema: 2 inherited attributes changed" in page
    assert "Dale schema: 1 inherited attribute changed" in page
    page = " ".join(
        re.sub(r"<[^>]*>", " ", admin.get(land.url("schema", land.south, land.dale)).content.decode()).split()
    )
    assert "None of its own yet. What it changes stands among the inherited attributes." in page


def test_plain_values_and_keys_that_are_no_numbers(admin):
    team = Team.objects.create(code="a")
    Note.objects.create(team=team, kind="", title="x")
    Note.objects.create(team=None, kind="memo", title="y")
    SchemaRecord.objects.define(Note, [Attribute("a", "text")], selectors=(team, ""))
    page = admin.get(TREE).content.decode()
    address = re.search(rf'href="([^"]*testapp.note.attrs/\?team={team.pk}&amp;kind=)"', page)[1].replace("&amp;", "&")
    assert "(empty)" in page
    assert "memo" in page
    assert admin.get(address).status_code == 200


def test_a_schema_of_a_row_that_is_gone_can_still_be_looked_at(land, admin):
    record = SchemaRecord.objects.get(name="Northern parties")
    record.retire()
    Project.objects.filter(organization=land.north).delete()
    land.north.delete()
    page = admin.get(TREE).content.decode()
    assert f"{record.texts[0]} (gone)" in page
    assert "retired schema" in page
    assert admin.get(f"{TREE}landregistry.party.attrs/?organization={record.texts[0]}").status_code == 200


def test_many_scopes_are_shown_in_part_and_the_rest_by_pages(land, admin):
    rows = [Organization(slug=f"o{number}", name=f"Trust {number:03}") for number in range(230)]
    several = Organization.objects.bulk_create(rows)
    projects = Project.objects.bulk_create(Project(organization=each, slug="p", name="P") for each in several)
    Party.objects.bulk_create(Party(project=each, name="x") for each in projects)
    page = admin.get(TREE).content.decode()
    assert "Northern Trust" in page, "what has a schema is shown first"
    assert "182 more are not shown" in page
    more = re.search(r'href="([^"]*_in=landregistry.party.attrs[^"]*)"', page)[1].replace("&amp;", "&")
    part = admin.get(more).content.decode()
    assert "Trust 090" in part
    assert "Trust 110" not in part
    assert "Trust 110" in admin.get(f"{more}&_page=2").content.decode()
    assert admin.get(f"{more}&_page=x").status_code == 200


def test_of_very_many_scopes_one_level_is_shown_at_a_time(land, admin, monkeypatch):
    monkeypatch.setattr(scopes, "_MANY", 20)
    rows = [Organization(slug=f"o{number}", name=f"Trust {number:03}") for number in range(10)]
    several = Organization.objects.bulk_create(rows)
    projects = Project.objects.bulk_create(
        Project(organization=each, slug=f"p{number}", name=f"Plot {number}") for each in several for number in range(3)
    )
    Party.objects.bulk_create(Party(project=each, name="x") for each in projects)
    land.define((several[0], projects[0]), Attribute("slope", "float"))
    page = admin.get(TREE).content.decode()
    assert "Trust 009" in page
    assert "Plot 0" in page, "it has a schema"
    assert "Plot 1" not in page
    inside = re.search(r'class="ja-inside" href="([^"]*)"', page)[1].replace("&amp;", "&")
    part = admin.get(inside).content.decode()
    assert "Plot 1" in part
    assert "Individual" in part
    assert "Trust 001" not in part
    assert "Plot 2" in admin.get(TREE, {"q": "plot 2"}).content.decode(), "a search looks everywhere"


def test_of_very_many_scopes_all_are_there_that_stand_under_none_of_ones_own(land, monkeypatch, settings):
    monkeypatch.setattr(scopes, "_MANY", 1)
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "tests.django.pages.test_editor_scopes.projects_only"}
    land.party()
    land.party(land.dale)
    assert shown(tree(land)) == (
        "() 0",
        [
            ("(Northern Trust) 0", [("Hill 1", [])]),
            ("(Southern Trust) 0", [("Dale 1", [])]),
        ],
    )


def projects_only(user, model, field, selectors):
    """Decide who may edit which schema: everybody those of projects."""
    return len(selectors) > 1 and selectors[1] is not None


def test_a_search_finds_scopes_and_schemas_by_their_names(land, admin):
    land.party()
    land.party(land.dale)
    found = admin.get(TREE, {"q": "dale"}).content.decode()
    assert "Dale" in found
    assert "Southern Trust" in found, "the scope that it stands under"
    assert "Hill" not in found
    assert "Northern Trust" in admin.get(TREE, {"q": "northern PARTIES"}).content.decode()
    nothing = admin.get(TREE, {"q": "<b>none</b>"})
    assert nothing.status_code == 200
    assert b"<b>none" not in nothing.content


def test_a_search_says_how_many_it_does_not_show(land):
    rows = [Organization(slug=f"o{number}", name=f"Trust {number:03}") for number in range(230)]
    Organization.objects.bulk_create(rows)
    for each in Organization.objects.filter(slug__startswith="o"):
        land.define((each,), Attribute("acres", "float"))
    outline = Outline(Tree(FIELD, user("ada", is_superuser=True)), "admin", query="trust")
    assert (outline.found, outline.not_shown) == (232, 32)


# ---- who sees what ----


def test_the_tree_is_for_those_who_may_edit_some_schema(land, client):
    client.force_login(user("bob"))
    assert client.get(TREE).status_code == 403
    client.force_login(user("eve", "change_schemarecord"))
    assert client.get(TREE).status_code == 200
    assert Client().get(TREE).status_code == 302


def test_the_menu_shows_schemas_to_those_who_may_edit_some(land, admin, northern):
    assert TREE in admin.get("/admin/").content.decode()
    assert TREE in northern.get("/admin/").content.decode()
    bob = Client()
    bob.force_login(user("bob", "view_party"))
    assert TREE in bob.get("/admin/").content.decode(), "the project's function asks for no permission"


def test_without_a_function_of_the_projects_a_permission_decides_without_a_query(django_assert_num_queries):
    bob = user("bob")
    bob.has_perm("any")
    with django_assert_num_queries(0):
        assert not may_edit_something(bob)


def test_a_user_of_the_north_learns_nothing_of_the_south(land, northern):
    land.party(land.dale)
    for address in (TREE, f"{TREE}?q=trust", f"{TREE}?_in=landregistry.party.attrs", f"{TREE}?q=southern"):
        page = northern.get(address).content.decode()
        assert "Southern" not in page
        assert "Dale" not in page


@pytest.mark.parametrize("page", ["schema", "publish", "retire", "restore"])
def test_a_user_of_the_north_opens_no_page_of_the_south(land, northern, page):
    assert northern.get(land.url(page, land.south)).status_code == 403
    assert northern.get(land.url(page)).status_code == 403
    assert northern.get(land.url(page, land.north, land.dale)).status_code == 404, "no record's scope"


@pytest.mark.parametrize("page", ["about", "move", "omit", "take_back", "status", "publish", "discard", "retire"])
def test_a_user_of_the_north_posts_nothing_to_the_south(land, northern, page):
    assert northern.post(land.url(page, land.south), {"key": "secret"}).status_code == 403


def test_the_admins_own_pages_lead_to_the_editor(land, admin, northern):
    record = SchemaRecord.objects.get(name="Northern parties")
    other = SchemaRecord.objects.get(name="Southern parties")
    assert admin.get(f"{TREE}add/").url == TREE
    assert admin.get(f"{TREE}{record.pk}/change/").url == land.url("schema", land.north)
    assert northern.get(f"{TREE}{record.pk}/change/").url == land.url("schema", land.north)
    assert northern.get(f"{TREE}{other.pk}/change/").url == TREE, "an address would tell what it is bound to"
    assert admin.get(f"{TREE}0/change/").url == TREE
    assert admin.get(f"{TREE}{record.pk}/delete/").status_code == 404
    assert admin.post(f"{TREE}{record.pk}/delete/", {"post": "yes"}).status_code == 404
    assert admin.get(f"{TREE}{record.pk}/history/").status_code == 200
    assert northern.get(f"{TREE}{other.pk}/history/").status_code == 403
    assert SchemaRecord.objects.count() == 3


def test_a_row_that_a_schema_names_is_kept_by_the_schema_and_by_no_lack_of_a_permission(admin, land):
    address = f"/admin/landregistry/organization/{land.north.pk}/delete/"

    page = admin.get(address).content.decode()

    assert "would require deleting the following protected related objects" in page
    assert "have permission to delete" not in page
    assert re.search(r"/admin/jsonattrs/schemarecord/\d+/change/", page)
    admin.post(address, {"post": "yes"})
    assert Organization.objects.filter(pk=land.north.pk).exists()


@pytest.mark.parametrize(
    "address",
    [
        "landregistry.party.nothing/",
        "landregistry.nobody.attrs/",
        "no.such/",
        "landregistry.party.attrs/?organization=x",
        "landregistry.party.attrs/?organization=999",
        "landregistry.party.attrs/?organization=99999999999999999999999",
        "?_in=nothing",
        "?_in=landregistry.party.attrs&organization=999",
        "?_in=landregistry.party.attrs&organization=99999999999999999999999",
    ],
)
def test_addresses_of_no_scope_are_not_found(land, admin, address):
    assert admin.get(TREE + address).status_code == 404


# ---- a scope that is not in the tree ----

CHOOSE = f"{TREE}landregistry.party.attrs/choose/"


def test_a_scope_is_chosen_by_the_rows_that_it_is_bound_to(land, admin):
    page = admin.get(CHOOSE).content.decode()
    assert all(name in page for name in ("Northern Trust", "Dale", "Corporation"))
    assert admin.get(CHOOSE, {"go": "1", "project": land.dale.pk, "type": "CO"}).url == land.url(
        "schema", land.south, land.dale, "CO"
    ), "the project's organisation goes without saying"
    assert admin.get(CHOOSE, {"go": "1"}).url == land.url("schema")


@pytest.mark.parametrize("given", [{"type": "XX"}, {"organization": "999"}, {"project": "x"}])
def test_what_is_not_offered_cannot_be_chosen(land, admin, given):
    answer = admin.get(CHOOSE, {"go": "1", **given})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_rows_that_no_record_has_at_once_cannot_be_chosen(land, admin):
    answer = admin.get(CHOOSE, {"go": "1", "organization": land.north.pk, "project": land.dale.pk})
    assert "No record can have all of these values at once." in answer.content.decode()


def test_only_rows_whose_schemas_a_user_may_edit_are_offered(land, northern):
    page = northern.get(CHOOSE).content.decode()
    assert "Northern Trust" in page
    assert "Hill" in page
    assert "Southern" not in page
    assert "Dale" not in page
    for given in ({}, {"project": land.dale.pk}, {"organization": land.south.pk}, {"type": "CO"}):
        assert "This is no scope of which you may edit" in northern.get(CHOOSE, {"go": "1", **given}).content.decode()


def test_of_many_rows_some_are_offered_and_others_searched_for(land, admin):
    rows = [Organization(slug=f"o{number}", name=f"Trust {number:03}") for number in range(230)]
    Organization.objects.bulk_create(rows)
    page = admin.get(CHOOSE).content.decode()
    assert "There are more than are listed" in page
    assert "Trust 229" not in page
    found = admin.get(CHOOSE, {"find-organization": "trust 229"}).content.decode()
    assert "Trust 229" in found
    last = Organization.objects.get(slug="o229")
    chosen = admin.get(CHOOSE, {"find-organization": "trust 229", "organization": last.pk, "go": "1"})
    assert chosen.url == land.url("schema", last)


def test_a_plain_value_without_choices_is_typed(admin):
    chosen = admin.get(f"{TREE}testapp.note.attrs/choose/", {"go": "1", "kind": "memo"})
    assert chosen.url.endswith("testapp.note.attrs/?kind=memo")


def test_choosing_is_for_those_who_may_edit_some_schema(land, client):
    client.force_login(user("bob"))
    assert client.get(CHOOSE).status_code == 403


def test_names_are_shown_as_text(land, admin):
    land.north.name = '<script>alert("x")</script>'
    land.north.save()
    SpatialUnit.objects.create(project=land.hill, name="x")
    for address in (TREE, CHOOSE, land.url("schema", land.north)):
        assert b"<script>alert" not in admin.get(address).content
