"""Run the tests under every supported Python that this machine has: `make nox`."""

from __future__ import annotations

import os
from pathlib import Path

import nox

nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the tests as `make test` does; arguments after ``--`` go to each run of pytest."""
    session.install("--upgrade", "pip>=25.1")
    session.install("--no-deps", "--group", "demo")
    plugins = [path.parent for path in sorted(Path("plugins").glob("[!_]*/pyproject.toml"))]
    editable = [argument for plugin in plugins for argument in ("--editable", str(plugin))]
    session.install("--editable", ".[cli,json-schema,django]", *editable, "--group", "test")

    # What is marked as long has its run in `make test`, once for each database; so has the conformance of all subtypes,
    # which comes from tables and not from Python.
    pytest = ("python", "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", "not long", *session.posargs)
    tables = "--ignore-glob=plugins/*/tests/test_conformance.py"
    session.run(*pytest, "-p", "no:django", tables, env={"DJANGO_SETTINGS_MODULE": None})
    if session.python not in os.environ.get("WITHOUT_SQLITE", "").split():
        session.run(*pytest, "tests/django", env={"JSONATTRS_TEST_DB": "sqlite"})
    if session.python in os.environ.get("WITHOUT_POSTGRESQL", "").split():
        return
    for driver in os.environ.get("DRIVERS", "psycopg2 psycopg").split():
        chosen = {"JSONATTRS_TEST_DB": "postgresql", "JSONATTRS_TEST_DRIVER": driver}
        session.run("python", "tools/with_postgres.py", *pytest, "tests/django", env=chosen)
