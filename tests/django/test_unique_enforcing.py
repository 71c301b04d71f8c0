"""Turning uniqueness on where there are records already, and leaving it on for thousands of scopes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from itertools import permutations

import pytest
from django.db import connection, transaction
from landregistry.models import Organization, Party, Project
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.indexes import sync
from jsonattrs_django.models import SchemaRecord, UniquenessRecord
from jsonattrs_django.selectors import digest
from jsonattrs_django.uniqueness import enforcing
from tests.django.databases import environment
from tests.django.indexes import another_session, execute, fetched, own, synced
from tests.django.others import ROOT, Process, Thread
from tests.django.queries import asked, forget
from tests.django.stored import plainly_stored
from tests.django.unique_cases import (
    PHONE,
    PLAIN_PHONE,
    POSTGRESQL,
    checked,
    states,
    values_held_twice,
    wrong_claims,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]

RECORDS = 5_000
BUILDING, ENFORCED = UniquenessRecord.BUILDING, UniquenessRecord.ENFORCED


def places(number=RECORDS, doubles=()):
    """Store records whose telephone numbers are not unique yet; then they are to be."""
    SchemaRecord.objects.define(Place, [PLAIN_PHONE])
    values = [*map(str, range(number)), *doubles, None]
    made = Place.objects.bulk_create([Place(attrs={} if value is None else {"phone": value}) for value in values])
    SchemaRecord.objects.define(Place, [PHONE])
    return made


def refused(write):
    with pytest.raises(AttributeUniqueError):
        write()


# ---- over existing records ----


def test_records_that_are_there_claim_their_values():
    places()
    assert states() == {}
    refused_later = Place(attrs={"phone": "7"})

    code, said = synced("testapp.Place")

    assert (code, states(), len(own(Place))) == (0, {"phone": ENFORCED}, 1), said
    assert "1 built" in said
    assert wrong_claims(Place) == []
    refused(refused_later.save)
    with transaction.atomic():
        refused(refused_later.save)
        assert Place.objects.count() == RECORDS + 1
    assert "nothing to be done" in synced("testapp.Place")[1]
    assert synced("testapp.Place", check=True)[0] == 0


def test_duplicates_are_told_and_refused_until_they_are_gone():
    made = places(doubles=["1", "2", "2"])
    doubles = made[-4:-1]

    for _ in range(2):
        code, said = synced("testapp.Place")
        said = " ".join(said.split())
        assert (code, states(), own(Place)) == (1, {"phone": BUILDING}, {})
        assert "0 in place, 1 failed" in said
        assert "phone: there are records with the same values" in said
        for same in ((made[1], doubles[0]), (made[2], *doubles[1:])):
            pairs = permutations([record.pk for record in same], 2)
            assert any(f"{len(same)} records, among them {one} and {other}" in said for one, other in pairs), said
    assert synced("testapp.Place", check=True)[0] == 1

    # Until then writers ask for what is claimed already, and may clean up.
    refused(Place(attrs={"phone": "7"}).save)
    with transaction.atomic():
        refused(Place(attrs={"phone": "7"}).save)
        refused(lambda: Place.objects.bulk_create([Place(attrs={"phone": "8"})]))
        cleaned = Place.objects.get(pk=doubles[0].pk)
        cleaned.attrs["phone"] = "new"
        cleaned.save()
    cleaned = Place.objects.get(pk=doubles[1].pk)
    cleaned.attrs["phone"] = None
    cleaned.save()
    assert synced("testapp.Place")[0] == 1
    Place.objects.get(pk=doubles[2].pk).delete()

    code, said = synced("testapp.Place")
    assert (code, states()) == (0, {"phone": ENFORCED}), said
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])
    assert checked(Place)[0] == 0


def test_a_group_over_existing_records():
    names = [Attribute(name, "integer") for name in ("x", "y")]
    SchemaRecord.objects.define(Place, names)
    made = Place.objects.bulk_create(
        [Place(attrs={"x": number % 30, "y": number // 30}) for number in range(900)]
        + [Place(attrs={"x": 1}), Place(attrs={"x": 1}), Place(attrs={"x": 3, "y": 3})]
    )
    SchemaRecord.objects.define(Place, names, unique_together=[("y", "x")])

    code, said = synced("testapp.Place")
    assert (code, states()) == (1, {"x,y": BUILDING})
    assert "2 records, among them " in " ".join(said.split())
    assert {str(made[93].pk), str(made[-1].pk)} <= set(re.findall(r"\d+", said))
    made[-1].delete()
    code, said = synced("testapp.Place")

    assert (code, states()) == (0, {"x,y": ENFORCED}), said
    assert wrong_claims(Place) == []


def test_two_attributes_of_which_one_has_duplicates():
    SchemaRecord.objects.define(Place, [PLAIN_PHONE, Attribute("tax", "text")])
    Place.objects.bulk_create([Place(attrs={"phone": str(number), "tax": "1"}) for number in range(3)])
    SchemaRecord.objects.define(Place, [PHONE, Attribute("tax", "text", unique=True)])

    code, said = synced("testapp.Place")

    assert (code, states()) == (1, {"phone": ENFORCED, "tax": BUILDING}), said
    refused(Place(attrs={"phone": "1"}).save)


# ---- who still writes by older schemas ----


def test_it_waits_until_every_process_knows(settings):
    freshness = 1
    settings.JSONATTRS = {"FRESHNESS": freshness}
    places(10)
    SchemaRecord.objects.define(Place, [PLAIN_PHONE])
    with Process(FRESHNESS=freshness) as other:
        other.ask("[Place.objects.create(attrs={'phone': 'a'}).pk, time.sleep(0)]")
        SchemaRecord.objects.define(Place, [PHONE])
        working = Thread(lambda: synced("testapp.Place"))
        late = other.ask("Place.objects.create(attrs={'phone': 'b'}).pk")
        began = time.monotonic()
        code, said = working.answer()
        lasted = time.monotonic() - began
        late = Place.objects.get(pk=late)

    assert (code, states()) == (0, {"phone": ENFORCED}), said
    assert lasted < freshness + 5
    assert (plainly_stored(late)["$value:phone"], wrong_claims(Place)) == ("b", [])


@pytest.mark.skipif(not POSTGRESQL, reason="a transaction of SQLite's that writes lets nobody else begin")
def test_it_waits_for_transactions_that_began_before():
    places(10)
    with another_session() as cursor:
        cursor.execute("SELECT 1")
        working = Thread(lambda: synced("testapp.Place"))
        time.sleep(0.5)
        assert states() == {"phone": BUILDING}
        cursor.execute("""INSERT INTO testapp_place (name, attrs) VALUES ('', '{"phone": "3"}')""")
        cursor.connection.commit()
    code, said = working.answer()

    assert (code, states()) == (1, {"phone": BUILDING}), said
    assert "2 records, among them" in said


@pytest.mark.skipif(not POSTGRESQL, reason="a transaction of SQLite's that writes lets nobody else begin")
def test_it_does_not_wait_for_ever(monkeypatch):
    places(10)
    monkeypatch.setattr(sync, "wait_for_writers", lambda using, patience: enforcing.wait_for_writers(using, 0.3))
    with another_session() as cursor:
        cursor.execute("SELECT 1")
        code, said = synced("testapp.Place")

    assert (code, states(), own(Place)) == (1, {"phone": BUILDING}, {})
    assert "transactions that began before are still at work (1)" in said
    assert synced("testapp.Place")[0] == 0


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no roles")
def test_it_sees_the_transactions_of_other_roles():
    """PostgreSQL shows a role that has no rights to it nothing of when the transactions of others began."""
    role = f"jsonattrs_operator_{os.getpid()}"
    execute(f"CREATE ROLE {role} NOSUPERUSER")
    try:
        with another_session() as cursor:
            cursor.execute("SELECT 1")
            execute(f"SET ROLE {role}")
            assert enforcing.wait_for_writers("default", 0.2) == 1
            cursor.connection.rollback()
            assert enforcing.wait_for_writers("default", 0.2) == 0
    finally:
        execute("RESET ROLE")
        execute(f"DROP ROLE {role}")


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer")
def test_a_record_that_somebody_holds_makes_a_step_fail_and_no_more(monkeypatch):
    places(10)
    monkeypatch.setattr(sync, "wait_for_writers", lambda using, patience: 0)
    execute("SET lock_timeout = '200ms'")
    try:
        with another_session() as cursor:
            cursor.execute("UPDATE testapp_place SET name = 'held'")
            code, said = synced("testapp.Place")
        assert (code, states()) == (1, {"phone": BUILDING}), said
        assert "no lock could be had" in said
    finally:
        execute("RESET lock_timeout")
    assert synced("testapp.Place")[0] == 0


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer")
def test_a_timeout_for_statements_of_requests_is_not_meant_for_it(monkeypatch):
    places(10)
    monkeypatch.setattr(sync, "wait_for_writers", lambda using, patience: 0)

    def work():
        execute("SET statement_timeout = '200ms'")
        return synced("testapp.Place")

    with another_session() as cursor:
        cursor.execute("UPDATE testapp_place SET name = 'held'")
        working = Thread(work)
        time.sleep(0.6)
        cursor.connection.rollback()
        assert working.answer()[0] == 0
    assert states() == {"phone": ENFORCED}


# ---- interrupted ----


@pytest.mark.long
def test_a_job_that_is_killed_goes_on_where_it_was(monkeypatch):
    made = places()
    work = "tests.django.unique_workers import sync_slowly; sync_slowly('testapp.Place', 50)"
    victim = subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup(); from {work}"], cwd=ROOT, env=environment()
    )
    until = time.monotonic() + 60
    while not (checkpoint := UniquenessRecord.objects.values_list("checkpoint", flat=True).first() or 0):
        assert time.monotonic() < until
        assert victim.poll() is None
        time.sleep(0.01)
    victim.kill()
    victim.wait(timeout=60)
    checkpoint = UniquenessRecord.objects.get().checkpoint
    assert made[0].pk < checkpoint < made[-2].pk
    assert (states(), own(Place)) == ({"phone": BUILDING}, {})

    looked_at = []
    records_of_rows = enforcing.records_of_rows

    def noted(field, rows):
        looked_at.extend(row[0] for row in rows)
        return records_of_rows(field, rows)

    monkeypatch.setattr(enforcing, "records_of_rows", noted)
    code, said = synced("testapp.Place")

    assert (code, states(), min(looked_at)) == (0, {"phone": ENFORCED}, checkpoint + 1), said
    assert wrong_claims(Place) == []


def test_a_schema_that_changes_meanwhile_begins_anew(monkeypatch):
    places(100)
    monkeypatch.setattr(enforcing, "_BATCH", 10)
    mend_again = enforcing.mend_again
    seen = []

    def interrupted(field, using, pks, **options):
        seen.append(len(pks))
        if len(seen) == 4:
            raise KeyboardInterrupt
        return mend_again(field, using, pks, **options)

    monkeypatch.setattr(enforcing, "mend_again", interrupted)
    with pytest.raises(KeyboardInterrupt):
        synced("testapp.Place")
    assert UniquenessRecord.objects.get().checkpoint is not None
    SchemaRecord.objects.define(Place, [Attribute("phone", "integer", unique=True)])

    code, said = synced("testapp.Place")

    assert (code, states()) == (0, {"phone": ENFORCED}), said
    # From the first on: those that had claimed a text let go of it, the others claim nothing.
    assert seen == [10] * 4 + [10] * 3 + [0] * 7
    assert wrong_claims(Place) == []


# ---- thousands of scopes ----

SCOPES = 2_000


def offices(number, prefix="o"):
    """Make organisations, each with a project and with a schema of its own in which telephone numbers are unique.

    The rows are written at once: to define as many schemas one by one takes half a minute.
    """
    made = Organization.objects.bulk_create(
        [Organization(slug=f"{prefix}{place}", name="O") for place in range(number)]
    )
    projects = Project.objects.bulk_create([Project(organization=office, slug="p", name="P") for office in made])
    model = SchemaRecord.objects.define(Party, [PHONE], selectors=(made[0],))
    definition = model.attributes.get().definition
    selectors = list(model.selectors.order_by("position"))
    schemas = SchemaRecord.objects.bulk_create(
        [
            SchemaRecord(
                content_type=model.content_type, field="attrs", name="S", digest=digest((str(office.pk), None, None))
            )
            for office in made[1:]
        ]
    )
    kind = type(selectors[0])
    kind.objects.bulk_create(
        [
            kind(
                schema=schema,
                position=each.position,
                name=each.name,
                content_type=each.content_type,
                value=str(office.pk) if each.value else None,
            )
            for schema, office in zip(schemas, made[1:], strict=True)
            for each in selectors
        ]
    )
    rows = model.attributes.model
    rows.objects.bulk_create(
        [rows(schema=schema, position=0, key="phone", definition=definition) for schema in schemas]
    )
    return projects


@pytest.mark.long
def test_thousands_of_scopes_have_one_index():
    projects = offices(SCOPES)
    Party.objects.bulk_create(
        [Party(project=project, attrs={"phone": str(number)}) for project in projects for number in range(2)]
    )
    began = time.monotonic()
    code, said = synced("landregistry.Party")
    assert (code, states(), len(own(Party))) == (0, {"phone": ENFORCED}, 1), said
    assert time.monotonic() - began < 30

    for project in (projects[0], projects[-1]):
        refused(Party(project=project, attrs={"phone": "1"}).save)
        Party(project=project, attrs={"phone": "2"}).save()

    # A scope more: writers ask until the job has seen to it, which finds little to do.
    (late,) = offices(1, "late")
    Party(project=late, attrs={"phone": "1"}).save()
    with transaction.atomic():
        refused(Party(project=late, attrs={"phone": "1"}).save)
    assert synced("landregistry.Party", check=True)[0] == 1
    began = time.monotonic()
    code, said = synced("landregistry.Party")
    assert (code, states(), len(own(Party))) == (0, {"phone": ENFORCED}, 1), said
    assert "1 claimed" in said
    assert time.monotonic() - began < 20
    refused(Party(project=late, attrs={"phone": "1"}).save)
    assert "nothing to be done" in synced("landregistry.Party")[1]

    forget()
    with asked() as statements:  # whatever other scopes there are
        Party(project=Project.objects.get(pk=projects[7].pk), attrs={"phone": "3"}).save()
    assert len(statements) < 15


def test_who_asks_whether_a_value_is_taken_asks_the_index():
    places(3_000)
    assert synced("testapp.Place")[0] == 0
    with asked() as statements, transaction.atomic():
        refused(Place(attrs={"phone": "7"}).save)
    (asking,) = [each for each in statements if "$value:phone" in each and each.startswith("SELECT")]
    if POSTGRESQL:
        plan = "\n".join(line for (line,) in fetched(f"EXPLAIN {asking}"))
    else:
        plan = "\n".join(row[-1] for row in fetched(f"EXPLAIN QUERY PLAN {asking}"))
    (name,) = own(Place)
    assert name in plan
    assert connection.execute_wrappers == []
