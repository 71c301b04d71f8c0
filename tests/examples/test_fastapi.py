"""examples/fastapi: one schema behind an endpoint and in a CSV job."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "fastapi"
GOOD = {"name": "Ada", "born": "1984-02-29", "ssn": "536-90-4399"}
STORED = {**GOOD, "ssn": "536904399"}


@pytest.fixture(scope="module")
def client():
    spec = spec_from_file_location("example_app", EXAMPLE / "app.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    with TestClient(module.app) as found:
        yield found


def codes(answer):
    return {path: [problem["code"] for problem in problems] for path, problems in answer.json()["detail"].items()}


# ---- the endpoint ----


def test_a_record_is_answered_as_it_is_stored(client):
    answer = client.post("/patients", json=GOOD)

    assert (answer.status_code, answer.json()) == (201, STORED)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({**GOOD, "ssn": "666-12-3456"}, {"ssn": ["component"]}, id="a-number-that-is-never-issued"),
        pytest.param({**GOOD, "ssn": 536904399}, {"ssn": ["type"]}, id="a-number-as-a-number"),
        pytest.param({}, {"name": ["required"], "born": ["required"], "ssn": ["required"]}, id="nothing"),
        pytest.param({**GOOD, "score": 5}, {"score": ["unknown"]}, id="what-the-clinic-omits"),
        pytest.param([GOOD], {"": ["type"]}, id="no-object"),
        pytest.param(
            {"name": "", "born": "1984-02-30", "ssn": "1"},
            {"name": ["required"], "born": ["format"], "ssn": ["format"]},
            id="everything-at-once",
        ),
    ],
)
def test_everything_that_is_wrong_is_told(client, body, expected):
    answer = client.post("/patients", json=body)

    assert (answer.status_code, codes(answer)) == (422, expected)


def test_a_refused_value_is_not_repeated(client):
    answer = client.post("/patients", json={**GOOD, "ssn": "666-12-3456"})

    assert "666" not in answer.text


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "Eine Angabe ist erforderlich."),
        ("de;q=0.9", "Eine Angabe ist erforderlich."),
        ("en", "A value is required."),
        ("../../etc;q=1", "A value is required."),
    ],
)
def test_it_speaks_the_readers_language(client, languages, message):
    answer = client.post("/patients", json={}, headers={"accept-language": languages})

    assert answer.json()["detail"]["name"][0]["message"] == message


def test_without_a_header_it_speaks_english(client):
    assert client.post("/patients", json={}).json()["detail"]["name"][0]["message"] == "A value is required."


# ---- the CSV job ----


def test_the_same_schema_in_a_job(client, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "jsonattrs_core", "validate"]
        + [EXAMPLE / name for name in ("people.yaml", "clinic.yaml", "patients.csv")]
        + ["--clean", "clean.jsonl", "--problems", "problems.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    clean, problems = (
        [json.loads(line) for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()]
        for name in ("clean.jsonl", "problems.jsonl")
    )

    assert clean == [STORED]
    assert client.post("/patients", json=clean[0]).json() == STORED
    assert {(row["line"], *row["path"], row["code"]) for row in problems} == {
        (3, "born", "format"),
        (3, "ssn", "component"),
        (4, "name", "required"),
        (4, "ssn", "format"),
    }


# ---- what the pages show ----


def test_the_page_beside_the_example_shows_a_true_answer(client):
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    language, body, shown = re.search(r"-H 'Accept-Language: (\w+)' --json '(.+)'\n(.+)\n", text).groups()
    answer = client.post("/patients", json=json.loads(body), headers={"accept-language": language})

    assert answer.text == shown


@pytest.mark.parametrize("name", ["people.yaml", "clinic.yaml", "app.py", "patients.csv"])
def test_the_readme_shows_the_files_as_they_are(name):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(rf"`{re.escape(name)}`[^`]*?\n\n```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    assert shown is not None
    assert shown[1] == (EXAMPLE / name).read_text(encoding="utf-8")
