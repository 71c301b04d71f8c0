"""Who may edit what in examples/landregistry, and what its forms do."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from landregistry.access import may_edit_schema
from landregistry.accounts import ACCOUNTS, PASSWORD, make_accounts
from landregistry.forms import PartyForm
from landregistry.models import Membership, Organization, Party, Project, SpatialUnit

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytest_plugins = ["tests.django.pages.land_site"]
pytestmark = pytest.mark.django_db


def user(name):
    return AnonymousUser() if name is None else get_user_model().objects.get(username=name)


def project(slug):
    return Project.objects.get(slug=slug)


def party(name):
    return Party.objects.get(name=name)


def posted(response):
    """Return what a browser would post of the form that a page shows, with nothing changed."""
    form = response.context["form"]
    data = {}
    for name in form.fields:
        field = form[name]
        value = field.value()
        if value is None or value == "" or value == [] or value is False:
            continue
        data[field.html_name] = value
    return data


def errors(response):
    return {name: [error.code for error in found.as_data()] for name, found in response.context["form"].errors.items()}


# ---- the accounts ----


def test_the_accounts_can_be_used_as_they_are_printed_and_are_made_once(site):
    assert make_accounts() == []
    for account in ACCOUNTS:
        assert authenticate(username=account.username, password=PASSWORD) is not None
        validate_password(PASSWORD, user(account.username))
    assert Membership.objects.count() == 2


def test_an_account_whose_password_was_changed_gets_the_one_that_is_printed(site):
    changed = user("editor")
    changed.set_password("something else altogether")
    changed.save()
    make_accounts()

    assert authenticate(username="editor", password=PASSWORD) == changed


def test_the_accounts_are_shown_beside_the_form_only_while_trying_out(site, settings):
    for is_shown in (True, False):
        settings.DEBUG = is_shown
        assert (PASSWORD in site().get(reverse("sign_in")).content.decode()) is is_shown


def test_signing_in_leads_back_and_signing_out_home(site):
    client = site()
    aim = party("Siti Rahayu").get_absolute_url()
    answer = client.post(reverse("sign_in"), {"username": "editor", "password": PASSWORD, "next": aim})
    assert answer.url == aim
    assert client.post(reverse("sign_out")).url == reverse("home")


# ---- who may edit ----


@pytest.mark.parametrize(
    ("username", "status"), [(None, 302), ("editor", 200), ("schemas", 403), ("admin", 200)], ids=str
)
def test_members_edit_the_records_of_their_organisation(site, username, status):
    client, siti = site(username), party("Siti Rahayu")
    unit, there = SpatialUnit.objects.get(name="Blok A 1"), siti.project
    for name, record in (("party_edit", siti), ("spatial_unit_edit", unit), ("project_edit", there)):
        answer = client.get(reverse(name, args=[record.pk]))
        assert answer.status_code == status
        assert client.post(reverse(name, args=[record.pk]), {"name": ""}).status_code == status
        page = client.get(record.get_absolute_url()).content.decode()
        assert (reverse(name, args=[record.pk]) in page) is (status == 200)
    assert party("Siti Rahayu") == siti


def test_who_works_nowhere_adds_nothing(site):
    stranger = get_user_model().objects.create_user("stranger")
    client = site("stranger")

    for kind in ("party", "spatial_unit"):
        assert client.get(reverse(f"{kind}_add")).status_code == 403
        assert reverse(f"{kind}_add") not in client.get(reverse(f"{kind}_list")).content.decode()
    assert not stranger.is_staff


def test_a_form_offers_and_takes_only_projects_in_which_the_user_edits(site):
    form = PartyForm(user=user("editor"))
    assert {each.slug for each in form.fields["project"].queryset} == {"cihampelas", "sumba"}

    data = {"project": project("wye").pk, "type": "IN", "name": "x", "attrs__consent": "true"}
    refused = PartyForm(data, user=user("editor"))
    assert refused.errors["project"].as_data()[0].code == "invalid_choice"
    assert "attrs__education" in refused.fields  # of the schema for everybody: the one of that project omits it
    allowed = PartyForm(data, user=user("admin"))
    assert "attrs__education" not in allowed.fields


# ---- what the forms do ----


def test_a_record_is_added_and_shown(site):
    client = site("editor")
    address = f"{reverse('party_add')}?project={project('sumba').pk}&type=GR"
    opened = client.get(address)
    assert {"attrs__members", "attrs__clan"} <= set(opened.context["form"].fields)

    data = posted(opened) | {"name": "Kabihu Baru", "attrs__consent": "true"}
    refused = client.post(address, data)
    assert errors(refused) == {"attrs__members": ["required"]}
    assert "Nothing has been saved yet" in refused.content.decode()

    saved = client.post(address, data | {"attrs__members": "12", "attrs__women": "13"})
    assert errors(saved) == {"attrs__women": ["rule"]}
    saved = client.post(address, data | {"attrs__members": "12", "attrs__women": "7"}, follow=True)
    made = party("Kabihu Baru")
    assert (made.attrs["members"], made.attrs["women"], made.attrs["contact_by"]) == (12, 7, "visit")
    assert saved.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "Kabihu Baru has been saved." in saved.content.decode()


def test_a_form_that_is_saved_unchanged_changes_nothing(site):
    client = site("admin")
    for name, model in (("party", Party), ("spatial_unit", SpatialUnit), ("project", Project)):
        records = {
            (getattr(each, "project_id", each.pk), getattr(each, "type", None)): each
            for each in model.objects.with_selectors()
        }
        for record in records.values():
            address = reverse(f"{name}_edit", args=[record.pk])
            answer = client.post(address, posted(client.get(address)))
            assert answer.status_code == 302, (record, errors(answer))
            assert model.objects.get(pk=record.pk).attrs.dump() == record.attrs.dump()


def test_a_form_is_in_the_language_of_the_reader(site):
    form = site("editor", "id").get(reverse("party_edit", args=[party("Siti Rahayu").pk])).content.decode()

    assert "<summary>Pendaftaran</summary>" in form
    assert "Pendidikan terakhir" in form
    assert 'value="vocational" selected>SMK' in form


def test_asking_for_the_form_of_another_project_saves_nothing_and_keeps_what_was_typed(site):
    client, siti = site("editor"), party("Siti Rahayu")
    address = reverse("party_edit", args=[siti.pk])
    data = posted(client.get(address)) | {
        "project": project("sumba").pk,
        "attrs__occupation": "weaver",
        "_attributes": "refresh",
    }
    answer = client.post(address, data)

    assert answer.status_code == 200
    assert answer.context["form"].errors == {}
    assert answer.context["form"]["attrs__occupation"].value() == "weaver"
    assert "attrs__clan" in answer.context["form"].fields
    assert party("Siti Rahayu").project == siti.project


def test_who_may_not_edit_may_not_ask_either(site):
    address = reverse("party_edit", args=[party("Siti Rahayu").pk])
    assert site("schemas").post(address, {"_attributes": "refresh"}).status_code == 403


def test_only_the_user_s_own_records_can_be_referred_to(site):
    own, other = party("Siti Rahayu"), party("Margaret Price")
    address = reverse("party_edit", args=[party("Dewi Lestiani").pk])
    client = site("editor")
    data = posted(client.get(address))

    assert errors(client.post(address, data | {"attrs__agent": other.pk})) == {"attrs__agent": ["django.not_found"]}
    assert client.post(address, data | {"attrs__agent": own.pk}).status_code == 302
    assert party("Dewi Lestiani").attrs["agent"] == own


def test_what_a_record_keeps_from_elsewhere_is_shown_to_members(site):
    kareri = party("Rambu Kareri")
    kareri.project = project("cihampelas")
    kareri.save()
    shown = {name: site(name).get(kareri.get_absolute_url()).content.decode() for name in ("editor", "schemas", None)}

    assert re.search(r"<code>clan</code></dt><dd dir=\"auto\">Watupela", shown["editor"])
    for name in ("schemas", None):
        assert "Watupela" not in shown[name]


def test_what_does_not_fit_any_more_is_flagged_to_members_and_can_be_mended(site):
    siti, there = party("Siti Rahayu"), project("cihampelas")
    short = Attribute("village", constraints={"max_length": 5})
    SchemaRecord.objects.define(Party, [short], selectors=(there.organization, there, "IN"))
    shown = {name: site(name).get(siti.get_absolute_url()).content.decode() for name in ("editor", None)}

    assert "1 value does not fit what the schemas ask for today." in shown["editor"]
    assert "Use at most 5 characters." in shown["editor"]
    assert "Needs attention" not in shown[None]
    address = reverse("party_edit", args=[siti.pk])
    client = site("editor")
    client.post(address, posted(client.get(address)) | {"attrs__village": "Cipag"})
    assert "Needs attention" not in client.get(siti.get_absolute_url()).content.decode()


# ---- who decides on schemas ----

SCOPES = {
    "everybody": ((None, None, None), ()),
    "a-type": ((None, None, "GR"), ()),
    "marches": (("marches", None, None), ("schemas",)),
    "marches-groups": (("marches", None, "GR"), ("schemas",)),
    "marches-wye": (("marches", "wye", None), ("schemas",)),
    "wye": ((None, "wye", None), ("schemas",)),
    "nusantara": (("nusantara", None, None), ()),
    "sumba": ((None, "sumba", None), ()),
    "marches-sumba": (("marches", "sumba", None), ()),
    "nusantara-wye": (("nusantara", "wye", None), ()),
}


@pytest.mark.parametrize(("slugs", "editors"), SCOPES.values(), ids=SCOPES)
def test_a_schema_editor_edits_the_schemas_of_her_organisation_alone(site, slugs, editors):
    organization, place, type_ = slugs
    selectors = (
        organization and Organization.objects.get(slug=organization).pk,
        place and project(place).pk,
        type_,
    )
    allowed = [name for name in (None, "editor", "schemas") if may_edit_schema(user(name), Party, "attrs", selectors)]

    assert allowed == list(editors)
    assert may_edit_schema(user("admin"), Party, "attrs", selectors)


def test_defining_a_schema_asks_the_same(site):
    marches, nusantara = (Organization.objects.get(slug=slug) for slug in ("marches", "nusantara"))
    attributes = [Attribute("established", required=True)]
    SchemaRecord.objects.define(Project, [Attribute("ends")], selectors=(marches,), user=user("schemas"))
    for model, selectors in ((Project, (nusantara,)), (Project, ()), (Organization, ())):
        with pytest.raises(PermissionDenied):
            SchemaRecord.objects.define(model, attributes, selectors=selectors, user=user("schemas"))


# ---- the admin ----


def test_the_admin_shows_attributes_in_lists_and_forms(site):
    client = site("admin")
    shown = client.get(reverse("admin:landregistry_spatialunit_changelist"))
    assert shown.status_code == 200
    assert "Tenure" in shown.content.decode()
    for record in (party("Siti Rahayu"), project("wye"), Organization.objects.get(slug="marches")):
        options = record._meta
        lists = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        form = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])
        assert str(record) in client.get(lists).content.decode()
        assert "attrs__" in client.get(form).content.decode()


def test_a_schema_editor_finds_in_the_admin_what_is_hers_and_nothing_else(site):
    tree = site("schemas").get(reverse("admin:jsonattrs_schemarecord_changelist")).content.decode()

    assert "Marches Land Trust" in tree
    assert "Nusantara" not in tree
    assert site("schemas").get(reverse("admin:landregistry_party_changelist")).status_code == 403
    assert site("editor").get(reverse("admin:index")).status_code == 302
