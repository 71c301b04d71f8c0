"""The change list of records: columns, filters, search and order by attributes."""

from __future__ import annotations

import html
import logging
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.admin import known as known_module
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from tests.django.queries import asked, forget
from tests.django.stored import store

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

LIST = "/records/landregistry/party/"
HOSTILE = "<script>alert(1)</script>\"'\u202e{{ x }}"

ATTRIBUTES = (
    Attribute("score", "integer", label={"en": "Score", "de": "Punkte"}),
    Attribute("active", "boolean", label="Active"),
    Attribute("education", "text", choices=[("a", "Ah"), Choice("old", "Ancient", retired=True), ("b", "Beh")]),
    Attribute("nick", "text"),
    Attribute("born", "date"),
    Attribute("tags", "text", multiple=True),
    Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
)


@pytest.fixture(autouse=True)
def long_bound(settings, monkeypatch):
    """Look at the schemas once, and mention names anew."""
    settings.JSONATTRS = {"FRESHNESS": 600}
    monkeypatch.setattr(known_module, "_mentioned", set())


@pytest.fixture
def organization():
    return Organization.objects.create(slug="o", name="Owner")


@pytest.fixture
def project(organization):
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    return Project.objects.create(organization=organization, slug="p", name="P")


@pytest.fixture
def parties(project, organization):
    today = timezone.localdate()
    rows = {
        "one": {"score": 3, "active": True, "education": "a", "nick": "Zed", "born": today, "agent": organization},
        "two": {"score": 12_345, "active": False, "education": "b", "born": today - timedelta(days=400), "tags": ["x"]},
        "three": {},
    }
    return {
        name: Party.objects.create(project=project, name=name, attrs=attributes) for name, attributes in rows.items()
    }


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    return client


def names(page):
    assert page.status_code == 200, page.headers.get("location")
    return [record.name for record in page.context["cl"].result_list]


def cells(page, name):
    """Return what the list shows of a record."""
    text = page.content.decode()
    row = next(row for row in re.findall(r"<tr>.*?</tr>", text, re.S) if f">{name}</a>" in row)
    return {
        column: html.unescape(re.sub(r"<img[^>]*alt=\"(\w+)\"[^>]*>", r"\1", cell))
        for column, cell in re.findall(r'<td class="field-([\w]+)[^"]*">(.*?)</td>', row, re.S)
    }


def links(page, title):
    """Return the links of a filter by their texts."""
    text = page.content.decode()
    part = re.search(rf'<details data-filter-title="{re.escape(html.escape(title))}".*?</details>', text, re.S).group()
    return {
        html.unescape(label): html.unescape(url) for url, label in re.findall(r'href="([^"]*)">(.*?)</a>', part, re.S)
    }


def test_columns_show_values_as_people_read_them_under_their_labels(root, parties):
    page = root.get(LIST)

    assert cells(page, "one") == {"attrs__score": "3", "attrs__active": "True", "attrs__education": "Ah"}
    assert cells(page, "two") == {"attrs__score": "12,345", "attrs__active": "False", "attrs__education": "Beh"}
    assert cells(page, "three") == {"attrs__score": "-", "attrs__active": "-", "attrs__education": "-"}
    assert "Punkte" in root.get(LIST, headers={"accept-language": "de"}).content.decode()
    assert "12345" in root.get(LIST, headers={"accept-language": "de"}).content.decode()


def test_a_column_shows_what_each_scope_says(root, project, parties):
    SchemaRecord.objects.define(
        Party,
        [Attribute("education", choices=[("a", "Other ah")]), Attribute("score", omit=True)],
        selectors=(None, None, "CO"),
    )
    Party.objects.create(project=project, name="four", type="CO", attrs={"education": "a"})

    page = root.get(LIST)

    assert cells(page, "four") == {"attrs__score": "-", "attrs__active": "-", "attrs__education": "Other ah"}
    assert cells(page, "one")["attrs__education"] == "Ah"


def test_a_stored_value_that_does_not_fit_is_shown_as_it_is_stored(root, parties):
    store(parties["one"], '{"score": "many", "active": 7, "education": {"x": "<b>"}}')
    store(parties["two"], "[1]")

    page = root.get(LIST)

    assert cells(page, "one") == {"attrs__score": "many", "attrs__active": "7", "attrs__education": '{"x":"<b>"}'}
    assert set(cells(page, "two").values()) == {"-"}


def test_labels_choices_and_values_of_strangers_are_text(root, project):
    SchemaRecord.objects.define(
        Party,
        [
            Attribute("score", "text", label=HOSTILE),
            Attribute("education", "text", label=HOSTILE, choices=[(HOSTILE, HOSTILE)]),
        ],
    )
    Party.objects.create(project=project, name=HOSTILE, attrs={"score": HOSTILE, "education": HOSTILE})

    text = root.get(LIST).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


# ---- filters ----


@pytest.mark.parametrize(
    ("title", "link", "found"),
    [
        ("Education", "Ah", {"one"}),
        ("Education", "Empty", {"three"}),
        ("Education", "Not empty", {"one", "two"}),
        ("Education", "All", {"one", "two", "three"}),
        ("Active", "Yes", {"one"}),
        ("Active", "No", {"two"}),
        ("Active", "Empty", {"three"}),
        ("Score", "Not empty", {"one", "two"}),
        ("Born", "Today", {"one"}),
        ("Born", "This year", {"one"}),
        ("Born", "Empty", {"three"}),
        ("Agent", "Owner", {"one"}),
    ],
)
def test_a_filter_is_a_list_of_links(root, parties, title, link, found):
    page = root.get(LIST + links(root.get(LIST), title)[link])

    assert set(names(page)) == found
    assert page.content.decode().count('class="selected"') >= 1


def test_filters_are_combined_and_counted(root, parties):
    page = root.get(LIST, {"attrs__education__exact": "a", "attrs__active__exact": "true", "_facets": "True"})

    assert names(page) == ["one"]
    assert "Ah (1)" in links(page, "Education")
    assert set(names(root.get(LIST + "?attrs__education__exact=a&attrs__education__exact=b"))) == {"one", "two"}


def test_a_retired_choice_is_offered_where_records_have_it(root, project, parties):
    assert "Ancient" not in links(root.get(LIST), "Education")
    store(parties["three"], '{"education": "old"}')

    assert set(names(root.get(LIST + links(root.get(LIST), "Education")["Ancient"]))) == {"three"}


def test_of_many_choices_a_filter_lists_those_that_records_have(root, project):
    SchemaRecord.objects.define(
        Party, [Attribute("education", "text", choices=[(f"c{n}", f"Choice {n}") for n in range(5000)])]
    )
    Party.objects.create(project=project, name="one", attrs={"education": "c4321"})

    assert set(links(root.get(LIST), "Education")) == {"All", "Choice 4321", "Empty", "Not empty"}


def test_a_number_is_written_in_an_address_as_in_no_language(root, project):
    SchemaRecord.objects.define(Party, [Attribute("education", "decimal", choices=["1.5", "15"])])
    Party.objects.create(project=project, name="one", attrs={"education": "1.5"})
    german = {"headers": {"accept-language": "de"}}
    page = root.get(LIST, **german)

    assert names(root.get(LIST + links(page, "Education")["1,5"], **german)) == ["one"]


@pytest.mark.parametrize(
    "question",
    [
        "attrs__education__exact=nothing",
        "attrs__active__exact=maybe",
        "attrs__born__gte=yesterday",
        "attrs__score__isnull__x=1",
        "attrs__score__gte=many",
        "attrs__score__regex=(",
        "attrs__score__year=2000",
        "attrs__nothing__exact=1",
        "attrs__nothing=1",
        "attrs__has_key=score",
        "attrs__contains={}",
        "attrs=1",
        "attrs__isnull=1",
        "attrs__agent__exact=x%00",
        "attrs__agent__exact=99999999999999999999999",
        "attrs__$value:score=1",
    ],
)
def test_what_makes_no_sense_in_an_address_is_refused_as_django_refuses_it(root, parties, question, caplog):
    page = root.get(f"{LIST}?{question}")

    assert page.status_code == 302
    assert page.headers["location"] == f"{LIST}?e=1"
    assert names(root.get(page.headers["location"]))
    assert not [record for record in caplog.records if record.name == "jsonattrs_django"]


def test_an_address_may_ask_for_an_attribute_that_no_filter_has(root, parties):
    assert names(root.get(LIST + "?attrs__nick=Zed")) == ["one"]
    assert names(root.get(LIST + "?attrs__score__gt=5")) == ["two"]


# ---- search ----


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ze", {"one"}),
        ("12345", {"two"}),
        ("12,345", {"two"}),
        ("3 ONE", {"one"}),
        ("thre", {"three"}),
        ("zed two", set()),
        ("'zed'", {"one"}),
        ("3.5", set()),
        ("%", set()),
    ],
)
def test_words_are_found_in_attributes_and_columns(root, parties, words, found):
    assert set(names(root.get(LIST, {"q": words}))) == found


@pytest.mark.parametrize(
    ("entry", "words", "found"),
    [
        ("^attrs__nick", "ze", {"one"}),
        ("^attrs__nick", "ed", set()),
        ("=attrs__nick", "zed", {"one"}),
        ("=attrs__nick", "ze", set()),
        ("@attrs__nick", "ed", {"one"}),
        ("attrs__education", "be", {"two"}),
        ("attrs__tags", "x", {"two"}),
        ("attrs__tags", "y", set()),
        ("attrs__active", "true", set()),
        ("attrs__nothing", "x", set()),
    ],
)
def test_the_signs_before_an_entry_say_how_words_are_compared(root, parties, monkeypatch, entry, words, found):
    from django.apps import apps

    from tests.django.pages.record_admins import site

    if entry.startswith("@") and apps.is_installed("django.contrib.postgres"):
        pytest.fail("write what full text finds")
    monkeypatch.setattr(site._registry[Party], "search_fields", [entry])

    assert set(names(root.get(LIST, {"q": words}))) == found


# ---- order ----


def test_a_list_is_ordered_by_the_columns_of_attributes(root, parties):
    page = root.get(LIST + "?o=2")
    assert [name for name in names(page) if name != "three"] == ["one", "two"]
    assert "sorted ascending" in page.content.decode()
    assert [name for name in names(root.get(LIST + "?o=-2")) if name != "three"] == ["two", "one"]
    assert names(root.get(LIST + "?o=99.x.-2")) is not None


def test_an_admin_is_ordered_by_attributes_and_says_so(root, parties, monkeypatch):
    from tests.django.pages.record_admins import site

    monkeypatch.setattr(site._registry[Party], "ordering", ["attrs__active", "-attrs__score"])
    page = root.get(LIST)

    assert [name for name in names(page) if name != "three"] == ["two", "one"]
    assert page.context["cl"].get_ordering_field_columns() == {3: "asc", 2: "desc"}


def test_an_attribute_that_is_called_as_a_unique_column_leaves_the_order_complete(root, project, monkeypatch):
    from tests.django.pages.record_admins import site

    SchemaRecord.objects.define(Party, [Attribute("score", "integer", key="id")])
    monkeypatch.setattr(site._registry[Party], "ordering", ["attrs__score"])
    with asked() as queries:
        root.get(LIST)

    assert any(re.search(r'ORDER BY .*"landregistry_party"."id" DESC', query) for query in queries)


# ---- names that schemas have or have not ----


GONE = "/placed/landregistry/party/"


@pytest.mark.parametrize(
    "question", ["", "?o=1", "?o=5", "?o=-5.2", "?q=x", "?attrs__gone__exact=1", "?attrs__gone__isnull=1"]
)
def test_a_name_that_no_schema_knows_shows_an_empty_column_and_never_an_error(root, parties, question):
    page = root.get(GONE + question, follow=True)

    assert page.status_code == 200
    text = page.content.decode()
    assert re.search(r"column-attrs__gone[^>]*>\s*<div class=\"text\"><span>Gone</span>", text) or question == "?q=x"
    assert 'data-filter-title="Gone"' not in text


def test_the_log_says_once_that_a_name_is_not_known(root, parties, caplog):
    with caplog.at_level(logging.WARNING, "jsonattrs_django"):
        root.get(GONE)
        root.get(GONE)

    (said,) = [record.getMessage() for record in caplog.records if record.name == "jsonattrs_django"]
    assert "landregistry.Party names 'attrs__gone'" in said


def test_a_name_that_came_or_went_is_noticed(root, parties):
    root.get(GONE)
    SchemaRecord.objects.define(Party, [*ATTRIBUTES, Attribute("gone", "text", label="Back again")])
    assert "Back again" in root.get(GONE).content.decode()
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    assert "Back again" not in root.get(GONE).content.decode()


def test_an_ambiguous_name_behaves_like_one_that_is_not_known(root, project, organization):
    SchemaRecord.objects.define(Party, [Attribute("nick", "text")])
    other = Project.objects.create(organization=organization, slug="q", name="Q")
    SchemaRecord.objects.define(Party, [Attribute("score", "integer")], selectors=(None, project))
    SchemaRecord.objects.define(Party, [Attribute("score", "text")], selectors=(None, other))
    Party.objects.create(project=project, name="one", attrs={"score": 3})

    for question in ("", "?o=2", "?q=3"):
        assert root.get(LIST + question).status_code == 200
    assert cells(root.get(LIST), "one")["attrs__score"] == "-"
    assert root.get(LIST + "?attrs__score__exact=3").status_code == 302


def test_a_name_of_one_scope_only_has_the_label_that_it_has_there(root, project, parties):
    SchemaRecord.objects.define(Party, ATTRIBUTES[1:])
    SchemaRecord.objects.define(Party, [Attribute("score", "integer", label="Own")], selectors=(None, project))

    page = root.get(LIST)

    assert "Own" in page.content.decode()
    assert cells(page, "one")["attrs__score"] == "3"
    assert set(names(root.get(LIST + "?attrs__score__exact=3"))) == {"one"}


def test_a_renamed_attribute_is_found_by_its_key(root, parties):
    SchemaRecord.objects.define(Party, [Attribute("points", "integer", key="score", label="Points"), *ATTRIBUTES[1:]])
    page = root.get(LIST)

    assert "Points" in page.content.decode()
    assert cells(page, "one")["attrs__score"] == "3"


def test_a_broken_schema_leaves_the_list_readable(root, parties):
    AttributeRecord.objects.filter(key="score").update(definition={"name": "score", "key": "score", "type": "no-type"})
    forget()

    for question in ("", "?o=2", "?q=3", "?attrs__education__exact=a"):
        assert root.get(LIST + question, follow=True).status_code == 200


# ---- permissions ----


def may(user, action, model, field, attribute):
    return attribute.name not in ("score", "nick")


@pytest.fixture
def editor(client, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": "tests.django.pages.test_admin_list.may", "FRESHNESS": 600}
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_party", "change_party"]))
    client.force_login(user)
    return client


def test_what_a_user_may_not_see_is_no_column_filter_order_or_search(editor, parties):
    page = editor.get(LIST)

    assert set(cells(page, "one")) == {"attrs__active", "attrs__education"}
    assert "Score" not in page.content.decode()
    assert names(editor.get(LIST, {"q": "zed"})) == []
    assert names(editor.get(LIST, {"q": "12345"})) == []
    for question in ("attrs__score__exact=3", "attrs__nick=Zed", "attrs__score__isnull=True"):
        assert editor.get(f"{LIST}?{question}").status_code == 302
    assert "attrs__score" not in str(editor.get(GONE).context["cl"].queryset.query.order_by)


def test_a_column_hides_what_may_be_seen_in_other_scopes_only(client, settings, project, parties):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": "tests.django.pages.test_admin_list.may_by_group", "FRESHNESS": 600}
    SchemaRecord.objects.define(Party, [Attribute("score", "integer", group="secret")], selectors=(None, None, "CO"))
    Party.objects.create(project=project, name="four", type="CO", attrs={"score": 4})
    client.force_login(User.objects.create_superuser("root", "", "x"))

    page = client.get(LIST)

    assert cells(page, "one")["attrs__score"] == "3"
    assert cells(page, "four")["attrs__score"] == "-"
    assert client.get(LIST + "?attrs__score__exact=4").status_code == 302
    assert names(client.get(LIST, {"q": "4"})) == []


def may_by_group(user, action, model, field, attribute):
    return attribute.group != "secret"


# ---- how many queries ----


def fill(project, organization, count=100):
    other = Project.objects.create(organization=organization, slug="q", name="Q")
    SchemaRecord.objects.define(Party, [Attribute("score", required=True)], selectors=(None, other))
    Party.objects.bulk_create(
        Party(project=(project, other)[n % 2], name=f"n{n}", attrs={"score": n, "agent": organization, "active": True})
        for n in range(count)
    )


def test_a_list_takes_as_many_queries_as_one_of_columns(root, project, organization, monkeypatch):
    from tests.django.pages.record_admins import site

    fill(project, organization)
    admin = site._registry[Party]
    monkeypatch.setattr(admin, "list_filter", ())

    def count(columns, question=""):
        monkeypatch.setattr(admin, "list_display", columns)
        root.get(LIST + question)
        with asked() as queries:
            assert len(names(root.get(LIST + question))) == 100
        return len(queries)

    native = count(("name", "type", "id"))
    assert count(("name", "attrs__score", "attrs__active", "attrs__education")) == native
    assert count(("name", "attrs__score", "attrs__gone", "attrs__missing"), "?o=2") == native
    assert count(("name", "attrs__agent", "attrs__score")) == native + 1


def test_a_list_of_what_other_columns_relate_to_takes_no_query_for_each(root, project, organization, monkeypatch):
    from tests.django.pages.record_admins import site

    fill(project, organization)
    admin = site._registry[Party]
    monkeypatch.setattr(admin, "list_filter", ())
    monkeypatch.setattr(admin, "list_display", ("name", "project", "attrs__score"))
    for selected in (False, ("project__organization",)):
        monkeypatch.setattr(admin, "list_select_related", selected)
        root.get(LIST)
        with asked() as queries:
            assert len(names(root.get(LIST))) == 100
        assert len(queries) < 10


def test_a_reversed_name_is_that_of_the_admin(root):
    assert reverse("admin:landregistry_party_changelist", current_app="records") == LIST
