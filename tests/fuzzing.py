"""schemathesis, run on an API of the demo: its own process, on a database of its own.

``make fuzz-api`` goes on for longer: ``JSONATTRS_FUZZ_API`` is a number of seconds. Tests name this module
in ``pytest_plugins``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.django.pages.demo import ROOT, Demo

__all__ = ["demo", "fuzz", "url"]

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


@pytest.fixture
def url(tmp_path, django_db_blocker):
    """The address of a new database on the server of the tests."""
    from django.db import connection  # Django is set up by now

    if connection.vendor == "sqlite":
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


@pytest.fixture
def fuzz(tmp_path):
    """Give what asks an API all that its OpenAPI document allows, signed in or not; it fails where something is found.

    Whoever is signed in makes something, of which the links in the document are followed.
    """

    def ask(document, **headers):
        for phase in EXAMPLES if headers else ["fuzzing"]:
            assert " passed" in _run(document, tmp_path, phase, headers)

    return ask


def _run(document, folder, phase, headers):
    """Run schemathesis in a folder of its own, and return what it says."""
    bounds = ["--max-time", SECONDS, "--generation-database", "none"] if SECONDS else ["--generation-deterministic"]
    count = EXAMPLES[phase] * (10 if SECONDS else 1)
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", document),
        *("--phases", phase, "--max-examples", str(count), "--checks", ",".join(CHECKS), *bounds),
        *("--generation-with-security-parameters", "false", "--request-timeout", "60", "--continue-on-failure"),
        *("--no-shrink", "--no-color", "--warnings", "off", "--suppress-health-check", "all"),
        *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.django.rest.fuzz_hooks", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{done.stdout[-20_000:]}\n{done.stderr[-2_000:]}"
    return done.stdout
