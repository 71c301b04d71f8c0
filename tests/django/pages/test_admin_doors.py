"""The pages of an admin refuse the documents that every other door refuses, for the same reasons, and write others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from landregistry.models import Party

from jsonattrs_core import render
from tests.django.doors import BEFORE, Door, Refused, in_order
from tests.django.pages.form_doors import columns, shown_problems, typed
from tests.django.pages.test_admin_form import inputs
from tests.django.pages.test_forms_doors import NAMES, TYPED, WRITTEN, place_for
from tests.django.stored import plainly_stored
from tests.django.test_doors import others, pushed

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.pages.record_admins")]

RECORDS, EDITED = "/records/landregistry/party/", "/edited/landregistry/party/"

DOORS: dict[str, Door] = {}


def door(name, **kind):
    """Enter a function as a door of an admin."""

    def enter(function):
        DOORS[name] = Door(name, function, **kind)
        return function

    return enter


def browser():
    client = Client()
    user, _ = User.objects.get_or_create(username="root", is_superuser=True, is_staff=True)
    client.force_login(user)
    return client


def texts(document, prefix=""):
    """Return what is posted for a document that a person has typed."""
    several = {name for name, value in document.items() if isinstance(value, list) and name == "agents"}
    return {
        f"{prefix}attrs__{name}": [typed(item) for item in value] if name in several else [typed(value)]
        for name, value in document.items()
    }


def sent(client, address, page, posted, forms):
    """Send a page; return the answer. Raises Refused with the problems that its forms show."""
    answer = client.post(address, posted)
    if answer.status_code == 200:
        raise Refused([problem for form in forms(answer) for problem in shown_problems(form)])
    assert answer.status_code == 302
    return answer


def own_form(page):
    return [page.context["adminform"].form]


def rows_of_inline(page):
    return page.context["inline_admin_formsets"][0].formset.forms


def rows_of_list(page):
    return page.context["cl"].formset.forms


@door("admin-add")
def _add(place, document):
    client, address = browser(), f"{RECORDS}add/"
    page = client.get(address)
    sent(client, address, page, inputs(page) | columns(place, "new") | texts(document), own_form)
    return Party.objects.get(name="new").pk


@door("admin-change", is_update=True, is_partial=True)
def _change(place, document):
    old, client = place.existing(), browser()
    address = f"{RECORDS}{old.pk}/change/"
    page = client.get(address)
    sent(client, address, page, inputs(page) | texts(document), own_form)
    return old.pk


@door("admin-inline", is_bulk=True, is_update=True, is_partial=True)
def _inline(place, document):
    keys, client = [place.existing("one").pk, place.existing("two").pk], browser()
    address = f"/records/landregistry/project/{place.owner['project'].pk}/change/"
    page = client.get(address)
    prefix = next(form.prefix for form in rows_of_inline(page) if form.instance.pk == keys[1])
    sent(client, address, page, inputs(page) | texts(document, f"{prefix}-"), rows_of_inline)
    return keys[1]


@door("list-editable", is_bulk=True, is_update=True, is_partial=True)
def _list(place, document):
    keys, client = [place.existing("one").pk, place.existing("two").pk], browser()
    page = client.get(EDITED)
    prefix = next(form.prefix for form in rows_of_list(page) if form.instance.pk == keys[1])
    sent(client, EDITED, page, inputs(page) | {"_save": "1"} | texts(document, f"{prefix}-"), rows_of_list)
    return keys[1]


def bulk_page(client, keys, name, text, step):
    """Return the page that follows one of the action."""
    action = {"action": "set_attribute", "_selected_action": keys, "attribute": f"attrs__{name}"}
    return client.post(RECORDS, {**action, f"value-attrs__{name}": text, step: "1"})


def in_bulk(place, document):
    """Set one attribute after the other of two records; return the keys of those that were changed."""
    keys, client = [place.existing("one").pk, place.existing("two").pk], browser()
    changed = set(keys)
    for name, text in texts(document).items():
        action = {"action": "set_attribute", "_selected_action": keys, "attribute": name}
        page = bulk_page(client, keys, name.removeprefix("attrs__"), text, "_preview")
        refused = page.context["preview"].refused_keys if "preview" in page.context else keys
        client.post(RECORDS, {**action, f"value-{name}": text, "without": refused, "_apply": "1"})
        changed -= set(refused)
    return changed


each_bad = pytest.mark.parametrize("bad", TYPED.values(), ids=TYPED)
each_good = pytest.mark.parametrize("good", WRITTEN.values(), ids=WRITTEN)


@each_bad
def test_every_page_refuses_a_bad_document_with_the_same_problems(bad):
    place = place_for(Party, bad.document)
    doors = {name: door for name, door in DOORS.items() if not (door.is_partial and bad.is_whole)}
    found = {name: pushed(door, place, bad.document) for name, door in doors.items()}

    assert others({name: outcome.problems for name, (outcome, _) in found.items()}, in_order(bad.problems)) == {}
    assert others({name: [*stored.values()] for name, (_, stored) in found.items()}, [], [BEFORE], [BEFORE] * 2) == {}


@each_good
def test_every_page_writes_a_good_document_alike(good):
    place, found = place_for(Party, good.stored), {}
    for name, door in DOORS.items():
        outcome, stored = pushed(door, place, {NAMES[key]: value for key, value in good.stored.items()})
        found[name] = stored[outcome.key] if outcome.error is None else outcome.problems

    assert others(found, good.stored) == {}


@pytest.mark.parametrize("bad", [each for each in TYPED.values() if len(each.document) <= 2 and not each.is_whole])
def test_what_is_refused_is_refused_in_bulk_with_the_same_problems(bad):
    place = place_for(Party, bad.document)
    name = next(name for name in reversed(bad.document))
    keys, client = [place.existing("one").pk, place.existing("two").pk], browser()
    text = texts({name: bad.document[name]})[f"attrs__{name}"]

    page = bulk_page(client, keys, name, text, "_preview")
    bulk_page(client, keys, name, text, "_apply")

    if "preview" in page.context:
        expected = said_by_a_save(Party.objects.first(), {name: bad.document[name]})
        told = [each.reasons for each in page.context["preview"].refused]
        assert [sorted(reason.removeprefix("Parent: ") for reason in reasons) for reasons in told] == [expected] * 2
    else:  # no value at all
        assert [*shown_problems(page.context["form"])] == bad.problems
    assert [dict(party.attrs) for party in Party.objects.all()] == [BEFORE, BEFORE]


def said_by_a_save(party, values):
    """Return what the model says of values that a record is given."""
    party.attrs = {**party.attrs, **values}
    with pytest.raises(ValidationError) as refused:
        party._meta.get_field("attrs").clean(None, party)
    return sorted(str(render(problem, "en")) for problem in refused.value.problems)


@each_good
def test_a_good_document_is_written_in_bulk_attribute_by_attribute(good):
    place = place_for(Party, good.stored)
    document = {NAMES[key]: value for key, value in good.stored.items()}

    changed = in_bulk(place, dict(sorted(document.items(), key=lambda pair: pair[0] != "parent")))

    assert changed == set(Party.objects.values_list("pk", flat=True))
    assert [plainly_stored(party) for party in Party.objects.all()] == [good.stored] * 2
