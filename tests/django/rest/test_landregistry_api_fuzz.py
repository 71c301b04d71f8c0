"""schemathesis asks the land registry of the demo all that its OpenAPI document allows, and much that it does not.

No answer is a server's error, and each is as the document says: its code, media type, headers and body. What a POST
makes is followed by the links of the document. ``make fuzz-api`` goes on for longer: ``JSONATTRS_FUZZ_API`` is a number
of seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from landregistry.accounts import PASSWORD

from tests.django.pages.demo import ROOT, Demo

SECONDS = os.environ.get("JSONATTRS_FUZZ_API")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "use_after_free",
    "ensure_resource_availability",
)

#: How many requests are made up for each operation in each phase.
EXAMPLES = {"fuzzing": 3, "stateful": 12}

pytestmark = pytest.mark.long


@pytest.fixture
def url(tmp_path, django_db_blocker):
    """The address of a new database on the server of the tests."""
    if settings.VENDOR == "sqlite":
        yield f"sqlite:///{tmp_path / 'db.sqlite3'}"
        return
    name = f"fuzz_{uuid4().hex[:12]}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def demo(tmp_path, url):
    started = Demo(tmp_path, url)
    yield started
    started.close()


def fuzz(demo, folder, phase, headers):
    """Run schemathesis in a folder of its own, and return what it says; it fails where something is found."""
    bounds = ["--max-time", SECONDS, "--generation-database", "none"] if SECONDS else ["--generation-deterministic"]
    count = EXAMPLES[phase] * (10 if SECONDS else 1)
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{demo.address}/land-registry/api/openapi.json"),
        *("--phases", phase, "--max-examples", str(count), "--checks", ",".join(CHECKS), *bounds),
        *("--generation-with-security-parameters", "false", "--request-timeout", "60", "--continue-on-failure"),
        *("--no-shrink", "--no-color", "--warnings", "off", "--suppress-health-check", "all"),
        *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.django.rest.fuzz_hooks", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{done.stdout[-20_000:]}\n{done.stderr[-2_000:]}"
    return done.stdout


def test_every_answer_is_as_the_document_says(demo, tmp_path):
    demo.wait()
    assert " passed" in fuzz(demo, tmp_path, "fuzzing", {})

    demo.sign_in("admin", PASSWORD)
    cookies = {each.name: each.value for each in demo.cookies}
    session = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {"Cookie": session, "X-CSRFToken": cookies["csrftoken"]}
    for phase in EXAMPLES:
        assert " passed" in fuzz(demo, tmp_path, phase, headers)

    said = demo.output()
    assert "Traceback" not in said
    made = [line for line in said.splitlines() if '"POST /land-registry/api/' in line and '" 201 ' in line]
    assert made, "nothing was made, so that no link was followed"
