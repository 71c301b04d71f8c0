"""An import that is killed at any point loses no row and doubles none; and memory stays the same for any size."""

from __future__ import annotations

import json
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


#: Runs commands one after the other, and prints after each the most memory, in KiB, that the process has had.
MEASURED = """
import io, json, sys
import django
from django.core.management import CommandError, call_command
django.setup()
for arguments in json.load(sys.stdin):
    said = io.StringIO()
    try:
        call_command(*arguments, "--no-progress", stdout=said, stderr=said)
    except CommandError as error:
        said.write(f" {error}")
    # Not what getrusage says: that is never less than what the process had that started this one.
    (most,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(json.dumps([" ".join(said.getvalue().split())[-300:], int(most)]))
"""


def measured(commands):
    """Run commands in one process; return what each said at its end, and how many MiB the process has had by then."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED],
        input=json.dumps(commands),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return [said for said, _ in found], [kilobytes / 1024 for _, kilobytes in found]


def fill(size):
    """Fill the table with records of some hundred bytes, which are counted from 1."""
    document = '\'{"score": 5, "notes": "' + "x" * 300 + "\"}'"
    kind = "::jsonb" if connection.vendor == "postgresql" else ""
    numbers = (
        f"SELECT g FROM generate_series(1, {size}) g"
        if connection.vendor == "postgresql"
        else f"WITH RECURSIVE n(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < {size}) SELECT g FROM n"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO testapp_keyed (code, name, count, attrs) "
            f"SELECT 'c' || g, 'name', g, {document}{kind} FROM ({numbers}) AS numbers"
        )


def table(path, size, value):
    """Write the table that an export of some records gives, but with another score and count; return its path."""
    notes = "x" * 300
    rows = "".join(f"c{number},name,{value},{value},{notes}\n" for number in range(1, size + 1))
    path.write_text(f"code,name,count,score,notes\n{rows}")
    return str(path)


def work(folder, form, size):
    """Return commands that export so many records, and import them: as they are, changed but dry, and with problems."""
    path = str(folder / f"{size}.{form}")
    done = [
        ["attributes_export_records", "testapp.Keyed", path, "--filter", f"count__lte={size}"],
        ["attributes_import_records", "testapp.Keyed", path],
    ]
    if form != "csv":  # once they are read, rows are rows
        return done
    new, bad = (table(folder / f"{size}-{value}.csv", size, value) for value in (6, "bad"))
    return [
        *done,
        ["attributes_import_records", "testapp.Keyed", new, "--dry-run"],
        ["attributes_import_records", "testapp.Keyed", bad, "--skip-invalid", "--problems", f"{bad}.jsonl"],
    ]


SAID = (
    "{size:,} records written",
    "{size:,} rows: 0 created, 0 updated, {size:,} unchanged, 0 with problems",
    "{size:,} rows: 0 would be created, {size:,} would be updated, 0 unchanged, 0 with problems",
    "{size:,} rows with problems were left out",
)


@pytest.mark.parametrize(
    ("form", "few", "many"), [("csv", 2_000, 20_000), ("jsonl", 2_000, 20_000), ("xlsx", 500, 5_000)]
)
def test_ten_times_as_many_records_take_no_more_memory(tmp_path, form, few, many):
    """Exported, imported as they are, imported dry with a change of each, and imported with a problem of each."""
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("notes", "text")])
    fill(many)
    first, second = work(tmp_path, form, few), work(tmp_path, form, many)

    said, most = measured([*first, *second])

    assert len(said) == len(first) * 2
    for place, text in enumerate(said):
        size = few if place < len(first) else many
        assert SAID[place % len(first)].format(size=size) in text
    assert most[-1] < most[len(first) - 1] + 5, most
