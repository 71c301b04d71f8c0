"""The benchmarks of serializers compare like with like: both sides accept, refuse and give the same."""

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
SIZE = 3
TYPES = ["bool", "Decimal", "date", "str", "int", "str", "str", "float", "datetime", "int"]
OPTIONAL = ("notes", "year_built")


@pytest.fixture(scope="module")
def found():
    """What the program says that has the benchmarks' settings; it makes a database of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"] if ON_POSTGRESQL else "sqlite://:memory:",
        "JSONATTRS_BENCH_DRIVER": os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2",
        "JSONATTRS_BENCH_NAME": f"test_bench_{uuid4().hex}" if ON_POSTGRESQL else "",
    }
    command = [sys.executable, "-m", "benchmarks.django.agreement_of_rest"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_both_sides_make_the_same_values_of_the_same_payload(found):
    assert found["valid"]["ours"] == found["valid"]["native"]
    assert len(found["valid"]["ours"]) == SIZE
    assert [text.split()[0] for text in found["valid"]["ours"][0].values()] == TYPES


def test_both_sides_refuse_the_same_values(found):
    assert found["refused"]["ours"] == found["refused"]["native"]
    names = [*found["valid"]["ours"][0]]
    spoilt, missing = found["refused"]["ours"][::2], found["refused"]["ours"][1::2]
    assert sorted(name for (name,) in spoilt) == names
    assert sorted(name for several in missing for name in several) == [name for name in names if name not in OPTIONAL]


def test_both_sides_give_the_same_json(found):
    assert found["shown"]["ours"] == found["shown"]["native"]
    assert len(found["shown"]["ours"]) == SIZE


def test_everything_that_is_timed_is_done(found):
    assert set(found["works"].values()) == {SIZE}
    assert len(found["works"]) == 8


def test_the_page_that_is_published_was_written_by_a_whole_run():
    text = (ROOT / "docs" / "benchmarks-rest.md").read_text(encoding="utf-8")
    assert "Not run." not in text
    assert "validate 1,000 records: PostgreSQL" in text
    assert "serialise 1,000 records: SQLite" in text
