"""An import that is killed at any point loses no row and doubles none; and memory stays the same for any size."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from landregistry.models import Organization, Party, Project
from testapp.models import Keyed

from jsonattrs_core import Attribute
from jsonattrs_django.models import ImportRecord, SchemaRecord
from tests.django.databases import environment
from tests.django.exchange.tables import text_of

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]


def command(*arguments):
    return [sys.executable, "-m", "django", *arguments, "--no-progress"]


def started(*arguments):
    """Return a process that runs a command."""
    pipe = subprocess.PIPE
    return subprocess.Popen(command(*arguments), cwd=ROOT, env=environment(), stdout=pipe, stderr=pipe, text=True)


def killed_after(process, rows):
    """Kill a process when it has stored some more rows; return how far it has come."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        found = ImportRecord.objects.values_list("row", flat=True).first() or 0
        if found >= rows:
            break
        time.sleep(0.002)
    process.kill()
    process.communicate()
    return ImportRecord.objects.values_list("row", flat=True).first() or 0


def test_a_killed_import_goes_on_where_it_was_and_stores_each_row_once(tmp_path):
    organization = Organization.objects.create(slug="o", name="O")
    Project.objects.create(organization=organization, slug="p", name="P")
    SchemaRecord.objects.define(Party, [Attribute("number", "integer")])
    size = 1_500
    rows = "".join(f"p,n{place},{place}\n" for place in range(size))
    path = text_of(tmp_path, f"project__slug,name,number\n{rows}")
    asked = ("attributes_import_records", "landregistry.Party", path, "--batch-size", "10")

    come = [killed_after(started(*asked), 100)]
    refused = started(*asked)
    assert "go on with --resume" in refused.communicate()[1]
    assert refused.returncode == 2
    come += [killed_after(started(*asked, "--resume"), come[-1] + more) for more in (1, 170)]
    assert come == sorted(set(come)), "it was killed too late"
    assert Party.objects.count() == come[-1] - 1  # the header is a line

    last = started(*asked, "--resume")
    said, _ = last.communicate()

    assert last.returncode == 0, said
    assert list(Party.objects.order_by("pk").values_list("name", flat=True)) == [f"n{place}" for place in range(size)]
    assert not ImportRecord.objects.exists()


def most_memory(*arguments):
    """Return the most memory, in MiB, that a command has had."""
    script = (
        "import resource, sys; from django.core.management import execute_from_command_line as run; "
        "run(sys.argv); print('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    run = [sys.executable, "-c", script, *arguments, "--no-progress"]
    found = subprocess.run(run, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    return int(found.stdout.rpartition("PEAK")[2])


def fill(size):
    """Fill the table with records of some hundred bytes."""
    document = '\'{"score": 5, "notes": "' + "x" * 300 + "\"}'"
    kind = "::jsonb" if connection.vendor == "postgresql" else ""
    numbers = (
        f"SELECT g FROM generate_series(1, {size}) g"
        if connection.vendor == "postgresql"
        else f"WITH RECURSIVE n(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < {size}) SELECT g FROM n"
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testapp_keyed")
        cursor.execute(
            "INSERT INTO testapp_keyed (code, name, count, attrs) "
            f"SELECT 'c' || g, 'name', 1, {document}{kind} FROM ({numbers}) AS numbers"
        )


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_memory_is_the_same_for_ten_thousand_records_and_a_hundred_thousand(tmp_path, form):
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("notes", "text")])
    few, many = (10_000, 100_000) if form == "csv" else (1_000, 10_000)
    paths = {size: str(tmp_path / f"{size}.{form}") for size in (few, many)}
    exported, imported = {}, {}
    for size, path in paths.items():
        fill(size)
        exported[size] = most_memory("attributes_export_records", "testapp.Keyed", path)
        imported[size] = most_memory("attributes_import_records", "testapp.Keyed", path)

    assert exported[many] < exported[few] + 12, exported
    assert imported[many] < imported[few] + 12, imported
