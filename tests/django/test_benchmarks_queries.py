"""The benchmarks of queries ask both sides the same, find the same, and measure what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

pytest.importorskip("eav")

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRESQL = os.environ.get("JSONATTRS_TEST_DB") == "postgresql"
SIZE = 1_000


@pytest.fixture(scope="module")
def found():
    """What the program says that has the benchmarks' settings; it makes a database of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"] if ON_POSTGRESQL else "sqlite://:memory:",
        "JSONATTRS_BENCH_DRIVER": os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2",
        "JSONATTRS_BENCH_NAME": f"test_bench_{uuid4().hex}" if ON_POSTGRESQL else "",
    }
    command = [sys.executable, "-m", "benchmarks.django.agreement_of_queries", str(SIZE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_both_sides_have_the_same_values(found):
    assert len(found["columns"]) == SIZE
    assert found["documents"] == found["columns"]


def test_what_the_database_wrote_is_as_the_schema_wants_it(found):
    assert found["complaint"] is None


def test_both_sides_find_the_same_records_in_the_same_order(found):
    assert all(ours == theirs for ours, theirs in found["searches"].values())


def test_every_search_finds_something(found):
    assert all(ours for ours, _ in found["searches"].values())
    ranges = [ours for work, (ours, _) in found["searches"].items() if "0.5 %" in work]
    assert len(ranges) == 2
    assert all(SIZE / 400 < len(ours) < SIZE / 100 for ours in ranges)


def test_ten_records_have_the_same_text(found):
    assert len(found["searches"]["equality of a text"][0]) == 10


def test_django_eav2_finds_the_same_too(found):
    assert found["eav2"]["range"][0] == found["eav2"]["range"][1] != []
    assert found["eav2"]["order"][0] == found["eav2"]["order"][1] != []


def test_what_is_searched_is_indexed_on_both_sides_and_nothing_else(found):
    assert found["indexes"]["ours"] == found["indexes"]["theirs"] == (4 if ON_POSTGRESQL else 3)


def test_inserts_leave_the_tables_as_they_were(found):
    assert found["after inserting"] == [SIZE, SIZE]


def test_claims_that_the_database_wrote_are_those_that_django_writes(found):
    assert found["claims"] == ([] if ON_POSTGRESQL else None)


def test_the_page_that_is_published_was_written_by_a_whole_run():
    text = (ROOT / "docs" / "benchmarks-queries.md").read_text(encoding="utf-8")
    assert "Not run." not in text
    assert "order by a float, the first 50, of 1,000,000" in text
    assert "attributes_sync makes a text unique, of 200,000" in text
