"""The benchmarks compare like with like: every side reads and stores the same values, and ours refuses wrong ones."""

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

NAMES = (
    "name",
    "education",
    "notes",
    "household_size",
    "year_built",
    "score",
    "area",
    "active",
    "birth_date",
    "surveyed_at",
)
TYPES = ["str", "str", "str", "int", "int", "float", "Decimal", "bool", "date", "datetime"]
SAME = (
    "native objects",
    "native .values()",
    "the mapping once per record",
    "o.attrs[name] each time",
    "o.attrs.copy(), then the dict",
    "typed_values, no instances",
    "schema of the project's organisation",
)
THEIRS = ("django-eav2", "django-eav2, prefetched")


@pytest.fixture(scope="module")
def found():
    """What the program says that has the benchmarks' settings; it makes a database of its own."""
    postgresql = os.environ.get("JSONATTRS_TEST_DB") == "postgresql"
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"] if postgresql else "sqlite://:memory:",
        "JSONATTRS_BENCH_DRIVER": os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2",
        "JSONATTRS_BENCH_NAME": f"test_bench_{uuid4().hex}" if postgresql else "",
    }
    command = [sys.executable, "-m", "benchmarks.django.agreement"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stderr == ""
    return json.loads(done.stdout)


def values(rows):
    return [[text for _, text in row] for row in rows]


def as_eav_has_them(rows):
    """Return rows with the types that django-eav2 has: an object for a choice, texts for decimals, no dates."""
    kinds = {"education": "EnumValue", "area": "str", "birth_date": "datetime"}
    return [
        [
            [kinds.get(name, kind), f"{text} 00:00:00+00:00" if name == "birth_date" else text]
            for name, (kind, text) in zip(NAMES, row, strict=True)
        ]
        for row in rows
    ]


def test_the_records_have_ten_values_of_eight_types(found):
    assert [[kind for kind, _ in row] for row in found["given"]] == [TYPES] * 7
    assert len({row[0][1] for row in found["given"]}) > 3


@pytest.mark.parametrize("way", SAME)
def test_every_way_of_reading_gives_the_values_that_were_stored(found, way):
    assert found["read"][way] == found["given"]


@pytest.mark.parametrize("way", THEIRS)
def test_django_eav2_reads_them_too(found, way):
    assert found["read"][way] == as_eav_has_them(found["given"])


def test_no_way_of_reading_is_left_out(found):
    assert set(found["read"]) == {*SAME, *THEIRS}


@pytest.mark.parametrize("side", ["native", "ours", "django-eav2"])
def test_saving_changes_one_value_of_one_record(found, side):
    scores = [float(row[NAMES.index("score")][1]) for row in found["given"]]
    assert found["saved"][side] == [*scores[:2], 1234.5, *scores[3:]]


def test_creating_one_by_one_and_from_json_stores_the_same(found):
    assert found["created"]["ours"] == found["created"]["ours, JSON values"] == found["given"]
    assert found["created"]["django-eav2"] == as_eav_has_them(found["given"])


@pytest.mark.parametrize("name", NAMES)
def test_ours_refuses_a_wrong_value_at_each_door_and_writes_nothing(found, name):
    assert found["refused"][name] == {"create": [name], "bulk_create": [name], "set": [name], "written": 0}


def test_the_audit_reads_every_record_and_refuses_a_wrong_one(found):
    assert found["audit"]["counts"] == [21] * 3
    assert found["audit"]["complaint"] == "1 record with problems"


def test_the_changes_of_a_schema_change_it(found):
    ten = list(NAMES)
    assert found["changes"] == {
        "define ten attributes": [[], ten],
        "add an attribute": [ten, [*ten, "crops"]],
        "add an attribute with a default, for old records too": [ten, [*ten, "language"]],
        "rename an attribute": [ten, ["full_name", *ten[1:]]],
        "retire an attribute": [ten, ten[1:]],
        "restore an attribute": [ten[1:], ten],
        "retire the schema": [ten, []],
        "restore the schema": [[], ten],
    }


def test_the_page_that_is_published_was_written_by_a_whole_run():
    text = (ROOT / "docs" / "benchmarks-django.md").read_text(encoding="utf-8")
    assert "Not run." not in text
    assert "attributes_check of 200,000" in text
