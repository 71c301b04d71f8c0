"""The action that sets an attribute of many records."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.admin import bulk_preview
from jsonattrs_django.models import SchemaRecord
from tests.django.pages.record_admins import PartyAdmin
from tests.django.queries import asked
from tests.django.stored import store
from tests.django.stored import stored_text as raw

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

LIST = "/records/landregistry/party/"
HOSTILE = "<script>alert(1)</script>\"'\u202e{{ x }}"

ATTRIBUTES = (
    Attribute("score", "integer", label="Score", constraints={"max": 10}),
    Attribute("active", "boolean", label="Active", group="state"),
    Attribute("education", "text", choices=[("a", "Ah"), ("b", "Beh")], visible_if="score > 0"),
    Attribute("phone", "text", label="Telephone", required_if="active"),
    Attribute("number", "text", unique=True),
    Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
    Attribute("tags", "text", multiple=True),
)


@pytest.fixture
def project():
    organization = Organization.objects.create(slug="o", name="Owner")
    SchemaRecord.objects.define(Party, ATTRIBUTES, rules=[Rule("score < 9", "Too many points.", attributes=["score"])])
    return Project.objects.create(organization=organization, slug="p", name="P")


@pytest.fixture
def parties(project):
    rows = {"one": {"score": 1, "phone": "1"}, "two": {"score": 2, "active": True, "phone": "2"}, "three": {}}
    return {name: Party.objects.create(project=project, name=name, attrs=attrs) for name, attrs in rows.items()}


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", "", "x"))
    return client


def post(client, parties, question="", **given):
    """Send a page of the action, as its form does."""
    sent = {"action": "set_attribute", "select_across": "0", "_selected_action": [party.pk for party in parties]}
    return client.post(LIST + question, sent | given)


def previewed(client, parties, attribute, *values, question="", step="_preview", **given):
    sent = {"attribute": f"attrs__{attribute}", f"value-attrs__{attribute}": list(values), step: "1", **given}
    return post(client, parties, question, **sent)


def points():
    return {party.name: party.attrs.get("score") for party in Party.objects.all()}


def offered(page):
    return re.findall(r'<option value="attrs__(\w+)"', page.content.decode())


def hidden(page):
    """Return what the page's form sends by itself."""
    found = {}
    text = page.content.decode()
    for tag in re.findall(r'<input type="hidden"[^>]*>', text):
        attrs = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if attrs["name"] != "csrfmiddlewaretoken":
            found.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    return found


def test_it_goes_from_the_choice_to_the_value_to_a_preview_to_the_change(root, parties):
    chosen = [parties["one"].pk, parties["two"].pk]
    page = root.post(LIST, {"action": "set_attribute", "index": "0", "_selected_action": chosen})
    assert offered(page) == ["score", "education", "phone", "number", "agent", "tags", "active"]
    assert '<optgroup label="State">' in page.content.decode()

    page = root.post(LIST, {**hidden(page), "attribute": "attrs__score"})
    assert 'name="value-attrs__score"' in page.content.decode()

    page = root.post(LIST, {**hidden(page), "value-attrs__score": "5", "_preview": "Preview"})
    preview = page.context["preview"]
    assert dict(preview.before) == {"1": 1, "2": 1}
    assert raw(parties["one"]) == raw(Party.objects.get(name="one"))
    assert not LogEntry.objects.exists()

    page = root.post(LIST, {**hidden(page), "_apply": "Change"}, follow=True)
    assert "2 parties were changed successfully." in page.content.decode()
    assert {party.name: party.attrs.get("score") for party in Party.objects.all()} == {
        "one": 5,
        "two": 5,
        "three": None,
    }
    assert {entry.object_repr: entry.get_change_message() for entry in LogEntry.objects.all()} == {
        "one": "Changed Score.",
        "two": "Changed Score.",
    }


def test_only_attributes_that_all_of_them_have_are_offered(root, project, parties):
    SchemaRecord.objects.define(
        Party,
        [Attribute("score", omit=True), Attribute("crew", "integer"), Attribute("phone", "integer")],
        selectors=(None, None, "CO"),
    )
    other = Party.objects.create(project=project, name="four", type="CO")

    assert {"score", "phone", "active"} <= set(offered(post(root, parties.values())))
    assert {"crew", "phone", "active"} <= set(offered(post(root, [other])))
    both = offered(post(root, [*parties.values(), other]))
    assert "active" in both
    assert not {"score", "crew", "phone"} & set(both)


def test_who_is_refused_is_shown_with_the_reason_and_stays_as_he_is(root, parties):
    before = raw(parties["three"])

    page = previewed(root, parties.values(), "active", "true")

    text = page.content.decode()
    assert page.context["preview"].same == 1
    assert dict(page.context["preview"].before) == {"": 1}
    assert (
        f'<a href="/records/landregistry/party/{parties["three"].pk}/change/"><bdi>three</bdi></a>: Telephone: ' in text
    )
    page = root.post(LIST, {**hidden(page), "_apply": "1"})
    assert page.status_code == 302
    assert raw(parties["three"]) == before
    assert [entry.object_repr for entry in LogEntry.objects.all()] == ["one"]


def test_a_rule_a_unique_value_and_a_missing_record_are_seen_in_the_preview(root, parties):
    assert "Too many points." in previewed(root, parties.values(), "score", "9").content.decode()
    page = previewed(root, parties.values(), "number", "7")
    assert len(page.context["preview"].refused_keys) == 2
    page = previewed(root, [parties["one"]], "agent", "424242")
    assert '<ul class="errorlist"' in page.content.decode()


def test_records_that_have_no_attribute_in_common_are_told_so(root, project):
    SchemaRecord.objects.define(
        Party, [Attribute(str(each.name), omit=True) for each in ATTRIBUTES], selectors=(None, None, "CO")
    )
    party = Party.objects.create(project=project, name="four", type="CO")

    assert "no attribute in common" in post(root, [party]).content.decode()
    assert "no attribute in common" in previewed(root, [party], "score", "5", step="_apply").content.decode()


def test_a_value_that_cannot_be_read_or_is_too_much_is_said_where_it_is_given(root, parties):
    for value in ("many", "11"):
        page = previewed(root, parties.values(), "score", value)
        assert "preview" not in page.context
        assert '<ul class="errorlist"' in page.content.decode()


def test_an_empty_value_takes_the_values_away(root, parties):
    page = previewed(root, [parties["one"], parties["two"]], "phone", "")
    assert dict(page.context["preview"].before) == {"1": 1}
    assert page.context["preview"].refused_keys == [parties["two"].pk]

    root.post(LIST, {**hidden(page), "_apply": "1"})

    assert Party.objects.get(name="one").attrs["phone"] is None
    assert Party.objects.get(name="two").attrs["phone"] == "2"


def test_a_record_to_refer_to_and_several_values_can_be_set(root, parties):
    owner = Organization.objects.get()
    page = previewed(root, [parties["one"]], "agent", str(owner.pk))
    assert page.context["text"] == "Owner"
    root.post(LIST, {**hidden(page), "_apply": "1"})
    assert Party.objects.get(name="one").attrs["agent"] == owner

    page = previewed(root, [parties["one"]], "agent", str(owner.pk))
    assert page.context["preview"].same == 1
    page = previewed(root, [parties["one"]], "tags", "x\r\ny")
    assert page.context["text"] == "x, y"
    root.post(LIST, {**hidden(page), "_apply": "1"})
    assert Party.objects.get(name="one").attrs["tags"] == ["x", "y"]


@pytest.mark.parametrize("question", ["?attrs__score__exact=1", "?q=1&o=-2", "?attrs__score__lte=1&q=1"])
def test_all_records_of_the_list_can_be_meant(root, project, parties, question):
    Party.objects.bulk_create(Party(project=project, name=f"n{n}", attrs={"score": 1}) for n in range(150))
    one = [parties["one"]]

    page = previewed(root, one, "score", "3", question=question, select_across="1")
    assert page.context["preview"].total == 151
    assert root.post(LIST + question, {**hidden(page), "_apply": "1"}).status_code == 302

    assert Party.objects.filter(attrs__score=3).count() == 151
    assert LogEntry.objects.count() == 151


def test_of_many_records_a_sample_is_looked_at_and_said_to_be_one(root, project, parties, monkeypatch):
    monkeypatch.setattr(bulk_preview, "MOST", 2)
    before = [raw(party) for party in parties.values()]

    page = previewed(root, parties.values(), "active", "true")

    assert page.context["preview"].is_sample
    assert "The first 2 of 3 records were looked at." in page.content.decode()
    page = root.post(LIST, {**hidden(page), "_apply": "1"})
    assert page.status_code == 200
    assert "Nothing was changed" in page.content.decode()
    assert f'party/{parties["three"].pk}/change/"' in page.content.decode()
    assert [raw(party) for party in parties.values()] == before
    assert not LogEntry.objects.exists()
    assert root.post(LIST, {**hidden(page), "_apply": "1"}).status_code == 302
    assert Party.objects.get(name="one").attrs["active"] is True
    assert raw(parties["three"]) == before[2]


def test_going_back_keeps_what_was_chosen(root, parties):
    page = previewed(root, parties.values(), "score", "5")
    page = root.post(LIST, {**hidden(page), "_edit": "1"})
    assert 'value="5"' in page.content.decode()
    page = root.post(LIST, {**hidden(page), "value-attrs__score": "5", "_back": "1"})
    assert '<option value="attrs__score" selected>' in page.content.decode()


def test_a_value_page_that_only_asks_is_shown_again(root, parties):
    page = previewed(root, parties.values(), "score", "many", step="_attributes")
    assert 'value="many"' in page.content.decode()
    assert "errorlist" not in page.content.decode()


def test_what_strangers_wrote_is_text(root, project):
    SchemaRecord.objects.define(
        Party,
        [
            Attribute(
                "score", "text", label=HOSTILE, group=HOSTILE, help_text=HOSTILE, choices=[(HOSTILE, HOSTILE), "b"]
            )
        ],
    )
    party = Party.objects.create(project=project, name=HOSTILE, attrs={"score": HOSTILE})
    pages = [
        post(root, [party]),
        post(root, [party], attribute="attrs__score"),
        previewed(root, [party], "score", "b"),
        previewed(root, [party], "score", HOSTILE),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_a_broken_document_is_refused_and_not_overwritten(root, parties):
    store(parties["one"], "[1]")

    page = previewed(root, parties.values(), "score", "5")
    assert page.context["preview"].refused_keys == [parties["one"].pk]
    root.post(LIST, {**hidden(page), "_apply": "1"})

    assert raw(parties["one"]) == "[1]"
    assert Party.objects.get(name="two").attrs["score"] == 5


@pytest.mark.parametrize(
    "sent",
    [
        {"attribute": "attrs__nothing", "_apply": "1"},
        {"attribute": "name", "_apply": "1"},
        {"attribute": "attrs__score", "_apply": "1"},
        {"attribute": "attrs__score", "_apply": "1", "value-attrs__score": "x"},
    ],
)
def test_what_no_page_sends_changes_nothing(root, parties, sent):
    before = [raw(party) for party in parties.values()]
    root.post(LIST, {"action": "set_attribute", "_selected_action": [party.pk for party in parties.values()], **sent})
    assert [raw(party) for party in parties.values()] == before


def test_a_record_to_refer_to_is_searched_as_in_a_form(root, parties):
    for number in range(205):
        Organization.objects.create(slug=f"s{number}", name=f"Number {number}")
    page = post(root, parties.values(), attribute="attrs__agent")
    assert "jsonattrs/forms.js" in page.content.decode()
    assert "Number 204" not in page.content.decode()

    sent = {**hidden(page), "value-attrs__agent": "", "value-attrs__agent-search": "204", "_attributes": "refresh"}
    page = root.post(LIST, sent)

    assert page.context["step"] == "give"
    assert "Number 204" in page.content.decode()
    assert "Number 100" not in page.content.decode()


def test_what_was_left_as_it_is_is_counted_too(root, parties):
    left, *others = parties.values()
    previewed(root, parties.values(), "score", "5", step="_apply", without=[left.pk])

    page = root.get(LIST).content.decode()
    assert f"{len(others)} parties were changed successfully." in page
    assert "1 party was left as it is, since it refuses the value." in page


def test_keys_that_are_none_are_no_reason_to_fail(root, parties):
    page = previewed(root, parties.values(), "score", "5", step="_apply", without=["x", "", "99999999999999999999999"])
    assert page.status_code == 302


# ---- who may ----


def may(user, action, model, field, attribute):
    if attribute.name == "phone":
        return False
    return attribute.name != "score" or action == "view"


@pytest.fixture
def editor(client, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": "tests.django.pages.test_admin_bulk.may"}
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_party", "change_party"]))
    client.force_login(user)
    return client


def test_only_what_a_user_may_see_and_change_is_offered_and_taken(editor, parties):
    page = post(editor, parties.values())
    assert not {"score", "phone"} & set(offered(page))
    assert "active" in offered(page)

    before = [raw(party) for party in parties.values()]
    previewed(editor, parties.values(), "score", "5", step="_apply")
    assert [raw(party) for party in parties.values()] == before
    text = previewed(editor, parties.values(), "active", "true").content.decode()
    assert "An attribute that you cannot see here is refused: A value is required." in html.unescape(text)
    assert "Telephone" not in text


def test_who_may_not_change_records_is_not_offered_the_action(client, parties):
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_party"))
    client.force_login(user)

    assert "set_attribute" not in client.get(LIST).content.decode()
    before = [raw(party) for party in parties.values()]
    previewed(client, parties.values(), "score", "5", step="_apply")
    assert [raw(party) for party in parties.values()] == before


def test_a_record_that_a_user_may_not_change_is_left_out(root, parties, monkeypatch):
    monkeypatch.setattr(
        PartyAdmin,
        "has_change_permission",
        lambda self, request, obj=None: obj is None or obj.name != "two",
        raising=False,
    )

    page = previewed(root, parties.values(), "score", "5")
    assert "You may not change this record." in page.content.decode()
    previewed(root, parties.values(), "score", "5", step="_apply")

    assert points() == {"one": 5, "two": 2, "three": 5}


def test_a_preview_takes_no_query_for_each_record(root, project, parties):
    def count():
        with asked() as queries:
            assert previewed(root, Party.objects.all()[:99], "score", "5").status_code == 200
        return len(queries)

    count()
    few = count()
    Party.objects.bulk_create(Party(project=project, name=f"n{n}", attrs={"score": 1}) for n in range(90))

    assert count() == few
