"""The benchmarks of lists compare like with like, and no list asks more for more personas."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRESQL = os.environ.get("JSONATTRS_TEST_DB") == "postgresql"
PAGES = ["cards", "a table, twelve columns"]
JSON = "JSON, all 75 values"


@pytest.fixture(scope="module")
def found():
    """What the program says that has the benchmarks' settings; it makes a database of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"] if ON_POSTGRESQL else "sqlite://:memory:",
        "JSONATTRS_BENCH_DRIVER": os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2",
        "JSONATTRS_BENCH_NAME": f"test_bench_{uuid4().hex}" if ON_POSTGRESQL else "",
    }
    command = [sys.executable, "-m", "benchmarks.django.personas.agreement"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def pages(found):
    return found["pages"]


@pytest.mark.parametrize("page", PAGES)
def test_both_sides_show_the_same(pages, page):
    """Row 15: whether the characteristics are attributes or columns."""
    ours, theirs = pages["5"][page]
    assert ours["text"] == theirs["text"]
    assert all(f"Voice {place}" in ours["text"] for place in range(5))
    assert "Tone " in ours["text"]


def test_both_sides_answer_programs_the_same(pages):
    """Row 15, of the API."""
    ours, theirs = (json.loads(side["text"]) for side in pages["5"][JSON])
    assert len(ours["results"]) == 5
    assert all(len(persona["attributes"]) == 75 for persona in ours["results"])
    for side in (ours, theirs):
        for persona in side["results"]:
            del persona["updated_at"]
    assert ours == theirs


def test_both_sides_find_the_same_in_the_same_order(found):
    """Rows 12, 13 and 15: filters and orders, some personas having no value."""
    assert all(ours == theirs for ours, theirs in found["answers"])
    assert [len(ours) for ours, _ in found["answers"]] == [25, 25, 25, 2, 2, 17, 7, 3]


@pytest.mark.parametrize("page", [*PAGES, JSON])
def test_a_list_asks_as_often_for_many_as_for_one(pages, page):
    """Rows 14 and 48: and no more often than the same page over native columns."""
    assert {pages[size][page][0]["queries"] for size in pages} == {3}
    assert {pages[size][page][1]["queries"] for size in pages} == {3}
