"""The public pages of examples/landregistry: what they show, find and save, and to whom."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from landregistry.models import Organization, Party, Project, SpatialUnit
from landregistry.seeding import seed

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytest_plugins = ["tests.django.pages.land_site"]
pytestmark = pytest.mark.django_db

EDITORS = {"admin": True, "editor": True, "schemas": False, None: False}  # of the records of Nusantara


def party(name):
    return Party.objects.get(name=name)


def unit(name):
    return SpatialUnit.objects.get(name=name)


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200, (address, response.status_code)
    return response


def words(response):
    """Return what the page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def names(response):
    return [row.record.name for row in response.context["rows"]]


def found(client, kind="party", **query):
    return names(page(client, reverse(f"{kind}_list"), **query))


# ---- every page ----


def addresses():
    return [
        reverse("home"),
        *(each.get_absolute_url() for each in Organization.objects.all()),
        *(each.get_absolute_url() for each in Project.objects.all()),
        *(
            f"{reverse(kind)}{query}"
            for kind in ("party_list", "spatial_unit_list")
            for query in ("", "?in=marches/wye")
        ),
        *(party(name).get_absolute_url() for name in ("Siti Rahayu", "PT Rumah Anyar", "Kabihu Watupela")),
        *(unit(name).get_absolute_url() for name in ("Black Hill Common", "Rumah Hartono", "Blok B 2")),
        reverse("sign_in"),
    ]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("username", [None, "editor", "admin"])
def test_every_page_is_shown_to_everybody(site, username, language):
    client = site(username, language)
    for address in addresses():
        if username is not None and address == reverse("sign_in"):
            continue
        response = page(client, address)
        text = response.content.decode()
        assert f'<html lang="{"id" if language == "id" else "en-gb"}"' in text
        assert text.count("<h1>") == text.count("<main ") == 1


def test_labels_choices_and_groups_are_in_the_language_of_the_reader(site):
    address = party("Siti Rahayu").get_absolute_url()
    english, indonesian = (words(page(site("editor", language), address)) for language in ("en", "id"))

    assert "Highest education Vocational school (SMK)" in english
    assert "Registration Agreed to be registered Yes Day of registration 4 Mar 2024" in english
    assert "Pendidikan terakhir SMK" in indonesian
    assert "Pendaftaran Setuju didaftarkan Ya Tanggal pendaftaran 4 Maret 2024" in indonesian


def test_the_language_is_switched_and_kept(site):
    client = site()
    answer = client.post(reverse("set_language"), {"language": "id", "next": reverse("party_list")})
    assert answer.url == reverse("party_list")
    assert "Tanggal pendaftaran" in words(page(client, answer.url))


def test_numbers_dates_and_references_are_shown_as_people_read_them(site):
    response = page(site(), unit("Padang Watupela").get_absolute_url())

    assert "Area in square metres 1,840,000 " in words(response)
    assert "Holders Kabihu Watupela" in words(response)
    assert f'<a href="{party("Kabihu Watupela").get_absolute_url()}" dir="auto">Kabihu Watupela</a>' in (
        response.content.decode()
    )
    assert "Rumah adat Watupela" in words(response)  # what stands on it
    assert "1.840.000" in words(page(site(language="id"), unit("Padang Watupela").get_absolute_url()))


def test_a_question_that_does_not_arise_is_not_shown(site):
    settled, disputed = (words(page(site(), unit(name).get_absolute_url())) for name in ("Blok A 1", "Blok A 3"))

    assert "What the dispute is about" not in settled
    assert "What the dispute is about The house stands on the bank of the river." in disputed


def test_a_party_shows_what_it_holds_and_for_whom_it_acts(site):
    shown = words(page(site(), party("Siti Rahayu").get_absolute_url()))

    assert "Land and buildings held Blok A 2 Parcel Rumah Rahayu Building" in shown
    assert "Acts for Bambang Hartono Individual" in shown


def test_pages_work_whatever_people_make_of_the_schemas_that_they_ask(site):
    sumba = Project.objects.get(slug="sumba")
    SchemaRecord.objects.define(SpatialUnit, [Attribute("parcel", "text")], selectors=(sumba.organization, sumba, "RW"))
    SchemaRecord.objects.define(Party, [Attribute("agent", omit=True)], selectors=(sumba.organization,))

    page(site(), unit("Blok A 1").get_absolute_url())
    page(site(), party("Siti Rahayu").get_absolute_url())
    page(site(), reverse("spatial_unit_list"))


# ---- what is personal ----


@pytest.mark.parametrize(("username", "sees"), EDITORS.items())
def test_what_is_personal_is_shown_to_members_of_the_organisation_only(site, username, sees):
    client, siti = site(username), party("Siti Rahayu")
    shown = words(page(client, siti.get_absolute_url()))

    assert ("+62 812-345-678" in shown, "Date of birth" in shown, "NIK" in shown) == (sees, sees, sees)
    assert "What is personal is shown only to members" in shown or sees
    assert ("NIK" in words(page(client, reverse("party_list") + "?in=nusantara"))) is sees


@pytest.mark.parametrize("query", [{"attrs__birth_date__gte": "2000-01-01"}, {"ordering": "attrs__birth_date"}])
def test_nobody_else_can_find_out_by_asking(site, query):
    address = reverse("party_list")
    stranger = page(site("schemas"), address, **{"in": "nusantara", **query})
    member = page(site("editor"), address, **{"in": "nusantara", **query})

    assert stranger.context["form"].errors
    assert names(stranger) == []
    assert "Siti Rahayu" in names(member)
    assert "birth_date" not in page(site("schemas"), address, column="birth_date").context["labels"]


def test_records_of_all_organisations_show_to_a_member_of_one_what_anybody_sees(site):
    shown = page(site("editor"), reverse("party_list")).context["labels"]

    assert "phone" not in shown
    assert "phone" in page(site("admin"), reverse("party_list")).context["labels"]


# ---- lists ----


def test_a_list_is_filtered_by_place_type_name_and_attributes(site):
    client = site()

    assert len(found(client, **{"in": "marches/wye", "type": "GR"})) == 2
    assert found(client, name__icontains="rambu", ordering="-name") == ["Rambu Yowa", "Rambu Kareri", "Rambu Hada"]
    assert found(client, **{"in": "nusantara/sumba", "type": "IN", "attrs__clan__icontains": "watu"}) == [
        "Rambu Kareri",
        "Umbu Tanahomba",
    ]
    assert found(client, **{"in": "nusantara/sumba", "type": "GR", "attrs__members__gte": "100"}) == [
        "Kabihu Anamburung",
        "Kabihu Watupela",
    ]
    assert found(client, "spatial_unit", attrs__disputed="true")[0] == "Blok A 3"
    assert found(client, "spatial_unit", type="BU", attrs__materials__contains="bamboo") == [
        "Balai warga",
        "Rumah adat Watupela",
    ]


def test_a_list_is_ordered_by_an_attribute_and_says_so(site):
    query = {"in": "nusantara/sumba", "type": "GR", "ordering": "-attrs__members", "column": "members"}
    response = page(site(), reverse("party_list"), **query)

    assert names(response)[:2] == ["Kabihu Watupela", "Kabihu Anamburung"]
    assert re.search(r'aria-sort="descending"><a href="[^"]*ordering=attrs__members', response.content.decode())


def test_columns_are_those_that_were_asked_for(site):
    usual = page(site(), reverse("spatial_unit_list"))
    asked = page(site(), reverse("spatial_unit_list"), column=["boundary", "no-such-thing"])

    assert [column.name for column in usual.context["columns"]][:2] == ["tenure", "holders"]
    assert [column.name for column in asked.context["columns"]] == ["boundary"]


def test_a_value_says_what_it_is_where_that_is_not_what_the_column_says(site):
    cells = {row.record.name: dict(row.cells) for row in page(site(), reverse("spatial_unit_list")).context["rows"]}
    labels = {name: {c.name: entry and entry.label for c, entry in row.items()} for name, row in cells.items()}

    assert labels["Blok A 1"]["area"] == ""
    assert labels["Black Hill Common"]["area"] == "Area in hectares"


def test_a_question_that_makes_no_sense_is_refused_and_finds_nothing(site):
    for query in ({"attrs__area__gte": "much"}, {"attrs__no_such": "1"}):
        response = page(site(), reverse("spatial_unit_list"), **query)
        assert names(response) == []
        assert "This cannot be looked for" in words(response)


def test_a_form_with_blanks_gives_an_address_without_them(site):
    answer = site().get(reverse("party_list"), {"in": "", "name__icontains": "siti", "ordering": "name", "type": ""})
    assert answer.url == f"{reverse('party_list')}?name__icontains=siti"


@pytest.mark.parametrize("place", ["atlantis", "marches/atlantis", "nusantara/wye", "\x00"])
def test_a_place_that_is_not_there_is_not_found(site, place):
    answer = site().get(reverse("party_list"), {"in": place})
    assert answer.status_code == 404
    assert "There is no such page in this register." in answer.content.decode()


@pytest.mark.parametrize("value", ["\x00", "'; --", "\u202e", "9" * 400, "%s", "-"])
@pytest.mark.parametrize(
    "name",
    ["name__icontains", "attrs__post_code__icontains", "attrs__members__gte", "ordering", "column", "type", "page"],
)
def test_a_strange_question_is_no_accident(site, name, value):
    answer = site().get(reverse("party_list"), {name: value, "type": "GR"} if name != "type" else {name: value})
    assert answer.status_code == (404 if name == "page" else 200)


@pytest.mark.parametrize("kind", ["party", "spatial_unit"])
def test_a_list_takes_as_many_queries_whatever_is_in_it(site, kind):
    client, address = site("admin"), reverse(f"{kind}_list")
    columns = {"column": ["agent", "holders", "registered_on", "tenure", "contact_by"]}

    def count(**query):
        page(client, address, **query)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = len(names(page(client, address, **query)))
        return shown, len(queries)

    few = count(name__icontains="ma", **columns)
    many = count(**columns)
    seed(30)
    more = count(ordering="-name", **columns)

    assert few[0] < 10 < many[0] == more[0] == 25
    assert few[1] == many[1] == more[1] <= 15


def test_home_takes_as_many_queries_whatever_is_in_it(site):
    client = site()

    def count():
        page(client, reverse("home"))
        with CaptureQueriesContext(connection) as queries:
            page(client, reverse("home"))
        return len(queries)

    before = count()
    marches = Organization.objects.get(slug="marches")
    for number in range(5):
        marches.projects.create(slug=f"p{number}", name=f"Project {number}", attrs={"starts": "2026-01-01"})
    assert count() == before <= 4


def test_pages_are_turned(site):
    first, second = (names(page(site(), reverse("party_list"), page=number)) for number in (1, 2))

    assert len(first) == 25
    assert len(second) == 22
    assert not set(first) & set(second)


# ---- hostile texts ----


def test_what_people_write_is_shown_as_text(site):
    evil = '<script>alert("x")</script>'
    wye = Project.objects.get(slug="wye")
    SchemaRecord.objects.define(
        SpatialUnit,
        [
            Attribute("evil", "text", label=f"Label {evil}", group=evil[:20], choices=[(evil, f"Choice {evil}")]),
            Attribute("site", "text", subtype="url", label='" onmouseover="alert(1)'),
        ],
        selectors=(wye.organization, wye, "BU"),
    )
    barn = unit("Hill barn")
    barn.name = evil
    barn.attrs["evil"] = evil
    barn.attrs["site"] = "https://example.org/?q='&x"
    barn.save()
    query = {"in": "marches/wye", "type": "BU", "column": ["evil", "site"], "name__icontains": evil}
    for client, address, asked in (
        (site(), barn.get_absolute_url(), {}),
        (site(), reverse("spatial_unit_list"), query),
        (site("schemas"), reverse("spatial_unit_edit", args=[barn.pk]), {}),
    ):
        text = page(client, address, **asked).content.decode()
        assert "<script>" not in text
        assert 'onmouseover="' not in text
        assert "&lt;script&gt;" in text
