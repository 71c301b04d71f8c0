"""Processes that write the same unique values at the same time: one of them gets each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import connection
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.uniqueness.mending import records
from tests.django.databases import environment
from tests.django.others import ROOT
from tests.django.unique_writers import VALUES

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

#: SQLite has one writer at a time, so that fewer show the same.
WRITERS = 8 if connection.vendor == "postgresql" else 3


@pytest.fixture
def project():
    organization = Organization.objects.create(slug="o", name="Office")
    SchemaRecord.objects.define(Party, [Attribute("phone", "text", unique=True)], selectors=(organization,))
    call_command("attributes_sync", "landregistry.Party")
    return Project.objects.create(organization=organization, slug="p", name="P")


def writers(how):
    command = [sys.executable, "-W", "error", "-m", "tests.django.unique_writers", how]
    started = [
        subprocess.Popen(
            [*command, str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(),
        )
        for seed in range(WRITERS)
    ]
    for process in started:
        assert process.stdout.readline(), "a writer has not started; what it raised is in the captured output"
    return started


def begin(processes):
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def told(process):
    """Return what a writer says that it has written, the last value of each record, and whether it has ended well."""
    lines = [json.loads(line) for line in process.stdout.read().splitlines() if line.endswith("}")]
    process.stdout.close()
    with suppress(BrokenPipeError):
        process.stdin.close()
    return {line["pk"]: line["value"] for line in lines if "pk" in line}, any("done" in line for line in lines)


def assert_consistent():
    """Every value is that of one record, and every record claims just its value."""
    values = Counter(Party.objects.values_list("attrs__phone", flat=True))
    assert [value for value, count in values.items() if count > 1] == []
    field = Party._meta.get_field("attrs")
    every = records(field, "default", [*Party.objects.values_list("pk", flat=True)])
    assert [record.pk for record in every if record.changes] == []


@pytest.mark.parametrize("how", ["one-by-one", "in-bulk"])
def test_each_value_is_given_once_and_none_is_lost(project, how):
    started = writers(how)
    begin(started)
    outcomes = [told(process) for process in started]

    assert [process.wait(timeout=60) for process in started] == [0] * WRITERS
    assert all(done for _, done in outcomes)
    written = {pk: value for values, _ in outcomes for pk, value in values.items()}
    assert dict(Party.objects.values_list("pk", "attrs__phone")) == written
    assert_consistent()
    if how == "one-by-one":
        assert len(written) > len(VALUES) / 2


@pytest.mark.parametrize("how", ["one-by-one", "in-bulk"])
def test_a_writer_that_is_killed_leaves_nothing_half_done(project, how):
    started = writers(how)
    victim, *rest = started
    begin([victim])  # before the rest, which might leave it nothing to write
    first = json.loads(victim.stdout.readline())
    begin(rest)
    victim.kill()
    victim.wait(timeout=60)
    outcomes = [told(process) for process in started]

    assert [process.wait(timeout=60) for process in rest] == [0] * (WRITERS - 1)
    assert not outcomes[0][1]
    stored = dict(Party.objects.values_list("pk", "attrs__phone"))
    written = {pk: value for values, _ in outcomes[1:] for pk, value in values.items()}
    assert {pk: stored.get(pk) for pk in written} == written
    assert first["pk"] in stored
    assert_consistent()
    # Whatever the victim held is free for others, or stored: every value can be had or is had.
    for value in VALUES[:20]:
        if value not in stored.values():
            Party.objects.create(project=project, type="IN", attrs={"phone": value})
    assert_consistent()
