"""Two authors: at every address, what one is answered is the same whether the other one has anything or not."""

from __future__ import annotations

import datetime
import difflib
import pprint

import pytest

from jsonattrs_core import Attribute
from tests.personas.isolation.addresses import addresses
from tests.personas.isolation.cases import BODIES, asked_at
from tests.personas.isolation.worlds import answer_to, furnish, remove, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]

MOMENT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
#: Addresses that answer only who has been led there by another one, or nobody: the owner, too.
LED_TO = {"personas:compare"}


def code(**properties):
    return Attribute("own_code", "text", unique=True, **properties)


@pytest.fixture
def things(ada, ben, settings, monkeypatch):
    """Give what Ben has; Ada, who came later, has something, too. The time stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    secret = Attribute("own_secret", "text", label="Zanzibar", help_text="Zanzibar")
    kin = Attribute("own_kin", "text", choices=["elder", "younger"])
    hidden = Attribute("irony_usage", omit=True)
    his = [secret, Attribute("own_mood", "integer"), code(), kin, hidden]
    found = furnish(ben, "Zanzibar", his, own_secret="Zanzibar", own_mood=7, own_code="C-1", own_kin="elder", tone="x")
    friend = Attribute("own_friend", "reference", constraints={"model": "personas.Persona"})
    text = Attribute("own_text", "reference", constraints={"model": "personas.ContentPiece"})
    hers = [Attribute("own_mood", "text"), code(label="Code"), friend, text]
    furnish(ada, "Sailor", hers, own_mood="gay", own_code="A-1", tone="dry")
    return found


def answers(asked, author, other):
    """Return the answers to requests, and what has become of the other one's rows and of one's own."""
    before, found = rows_of(other.pk), {}
    for each in asked:
        found[str(each)] = answer_to(each, author)
        assert rows_of(other.pk) == before, str(each)
    return found


def different(one, other):
    """Return where two answers differ."""
    pairs = (pprint.pformat(each, width=200).replace("\\n", "\n").splitlines() for each in (one, other))
    return list(difflib.unified_diff(*pairs, n=0, lineterm=""))[2:8]


def test_each_address_has_its_cases():
    assert {each.name for each in addresses()} == set(BODIES)


@pytest.mark.parametrize("api", [False, True], ids=["pages", "API"])
def test_another_authors_things_are_as_if_they_were_not_there(things, ada, ben, api):
    """Rows 3 and 8: at every address with every method, to the byte."""
    asked = [each for address in addresses() if address.is_api == api for each in asked_at(address, things)]
    there = answers(asked, ada, ben)
    remove(things)
    absent = answers(asked, ada, ben)
    assert {line: different(there[line], absent[line]) for line in there if there[line] != absent[line]} == {}
    assert all(each["status"] < 500 for each in there.values())


def test_the_same_requests_are_answered_otherwise_where_the_things_are_ones_own(things, ben):
    """Rows 3 and 8, the other way round: what is asked makes sense, and each address has something to hide."""
    blind = []
    for address in addresses():
        if not address.takes or address.name in LED_TO:
            continue
        asked = [each for each in asked_at(address, things) if each.method in ("GET", "POST")]
        if all(answer_to(each, ben)["status"] >= 400 for each in asked):
            blind.append(address.name)
    assert blind == []
