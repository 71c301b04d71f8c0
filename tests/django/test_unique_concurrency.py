"""Writers of unique values who come between each other, and processes that turn uniqueness on meanwhile."""

from __future__ import annotations

import time

import pytest
from django.db import transaction
from landregistry.models import Organization, Party, Project
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.models import SchemaRecord
from tests.django.indexes import own, synced
from tests.django.others import Process, Thread, elsewhere
from tests.django.unique_cases import (
    FRESHNESS,
    PHONE,
    PLAIN_PHONE,
    POSTGRESQL,
    checked,
    enforced,
    states,
    values_held_twice,
    wrong_claims,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]

#: SQLite has one writer at a time, so that fewer show the same.
WRITERS = 8 if POSTGRESQL else 3
X, Y = Attribute("x", "integer"), Attribute("y", "integer")


def in_processes(*expressions):
    """Return the values of expressions that other processes work out at the same time."""
    processes = [Process(FRESHNESS=FRESHNESS) for _ in expressions]
    for process in processes:
        process.ask("bool(__import__('tests.django.unique_workers'))")
    for process, expression in zip(processes, expressions, strict=True):
        process.start(f"sys.modules['tests.django.unique_workers'].{expression}")
    answers = [process.answer() for process in processes]
    for process in processes:
        process.__exit__()
    return answers


# ---- two who change different members of a group ----


@pytest.fixture
def group():
    """Return a record, and another one that two changes would make the same."""
    enforced(Place, X, Y, unique_together=[("x", "y")])
    return [Place.objects.create(attrs={"x": number, "y": number}) for number in (1, 2)]


def _two_copies(record):
    copies = [Place.objects.get(pk=record.pk) for _ in range(2)]
    for copy, name in zip(copies, "xy", strict=True):
        copy.attrs[name] = 1
    return copies


def test_two_who_change_different_members_one_after_the_other(group):
    one, two = _two_copies(group[1])
    one.save()
    with pytest.raises(AttributeUniqueError) as refused:
        two.save()

    assert sorted(refused.value.problems[0].params["attributes"]) == ["x", "y"]
    assert Place.objects.get(pk=two.pk).attrs == {"x": 1, "y": 2}
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


@pytest.mark.parametrize("is_rolled_back", [False, True], ids=["committed", "rolled-back"])
def test_two_who_change_different_members_at_once(group, is_rolled_back):
    one, two = _two_copies(group[1])
    with transaction.atomic():
        one.save()
        waiting = Thread(two.save)
        time.sleep(0.2)
        assert waiting.is_alive()
        transaction.set_rollback(is_rolled_back)

    if is_rolled_back:
        waiting.answer()
    else:
        with pytest.raises(AttributeUniqueError):
            waiting.answer()
    assert Place.objects.get(pk=two.pk).attrs == ({"x": 2, "y": 1} if is_rolled_back else {"x": 1, "y": 2})
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


def test_two_who_make_two_records_the_same_at_once(group):
    one, two = (Place.objects.create(attrs={"x": 3, "y": number}) for number in (4, 5))
    for record in (one, two):
        record.attrs["y"] = 6
    with transaction.atomic():
        one.save()
        waiting = Thread(two.save)
        time.sleep(0.2)
    with pytest.raises(AttributeUniqueError):
        waiting.answer()

    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


@pytest.mark.long
def test_many_who_change_members_of_groups(group):
    Place.objects.bulk_create([Place(attrs={"x": x, "y": y}) for x in range(3, 7) for y in range(3, 7)])

    taken = in_processes(*(f"change_members({seed}, 40)" for seed in range(WRITERS)))

    assert all(0 < number < 40 for number in taken)
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])
    assert checked(Place)[0] == 0


# ---- the one whose claim is in the way moves at the same time ----


def test_a_value_that_its_holder_gives_up_meanwhile():
    enforced(Place, PHONE)
    holder = Place.objects.create(attrs={"phone": "1"})
    for gives_up in (True, False):
        with transaction.atomic():
            holder.attrs["phone"] = "2"
            holder.save()
            waiting = Thread(lambda: Place.objects.create(attrs={"phone": "1"}))
            time.sleep(0.2)
            transaction.set_rollback(not gives_up)
        if gives_up:
            waiting.answer().delete()
            holder.attrs["phone"] = "1"
            holder.save()
        else:
            with pytest.raises(AttributeUniqueError):
                waiting.answer()

    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer: nobody comes between")
def test_a_value_that_is_taken_meanwhile_in_a_transaction():
    enforced(Place, PHONE)

    @transaction.atomic
    def write():
        record = Place.objects.create(attrs={"phone": "1"})
        elsewhere(lambda: Place.objects.create(attrs={"phone": "2"}))
        record.attrs["phone"] = "2"
        record.save()

    with pytest.raises(AttributeUniqueError):
        write()

    assert list(Place.objects.values_list("attrs__phone", flat=True)) == ["2"]
    assert wrong_claims(Place) == []


# ---- turning it on ----


@pytest.fixture
def project():
    office = Organization.objects.create(slug="o", name="O")
    return Project.objects.create(organization=office, slug="p", name="P")


@pytest.mark.long
def test_two_processes_that_turn_it_on_at_once(project):
    SchemaRecord.objects.define(Party, [PLAIN_PHONE])
    Party.objects.bulk_create([Party(project=project, attrs={"phone": str(number)}) for number in range(1_000)])
    SchemaRecord.objects.define(Party, [PHONE])

    answers = in_processes(*["sync('landregistry.Party')"] * 2)

    assert [code for code, _ in answers] == [0, 0]
    if POSTGRESQL:  # SQLite has no locks by which one could wait for the other
        assert sum("1 built" in said for _, said in answers) == 1, answers
    assert (len(own(Party)), states()) == (1, {"phone": "enforced"})
    assert (wrong_claims(Party), values_held_twice(Party)) == ([], [])


@pytest.mark.long
def test_turning_it_on_while_others_write(project):
    SchemaRecord.objects.define(Party, [PLAIN_PHONE])
    Party.objects.bulk_create([Party(project=project, attrs={"phone": str(number)}) for number in range(1_500)])
    SchemaRecord.objects.define(Party, [PHONE])
    writers = [f"insert_many({project.pk}, {seed}, 100)" for seed in range(WRITERS // 2)]

    (code, said), *taken = in_processes("sync('landregistry.Party')", *writers)

    if code:  # who wrote before the older records had claimed theirs may have been quicker
        assert "records with the same values" in said
        while doubled := values_held_twice(Party):
            for _, (value,) in doubled:
                Party.objects.filter(attrs__phone=value).last().delete()
        code, said = synced("landregistry.Party")
    assert (code, states()) == (0, {"phone": "enforced"}), said
    assert sum(taken) > 0
    assert (wrong_claims(Party), values_held_twice(Party)) == ([], [])
