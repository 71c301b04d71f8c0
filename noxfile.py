"""Run the tests under every supported Python that this machine has: `make nox`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import nox

if TYPE_CHECKING:
    from collections.abc import Iterator

nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False

#: Of a test with more cases so many are run, which are others with each Python.
CASES = 24


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the tests as `make test` does; arguments after ``--`` go to each run of pytest."""
    _install(session)
    # What is marked as long has its run in `make test`, once for each database; so have the conformance of all
    # subtypes, which comes from tables and not from Python, and all cases of tests that have very many.
    pytest = ("python", "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", "not long", "--hypothesis-profile=few")
    environment = {"JSONATTRS_TEST_CASES": f"{CASES} {session.python}"}
    core = ("-p", "no:django", "--ignore-glob=plugins/*/tests/test_conformance.py")
    if not _is_among("WITHOUT_CORE", session):
        session.run(*pytest, *core, *session.posargs, env={**environment, "DJANGO_SETTINGS_MODULE": None})
    for command, chosen in _databases(session):
        session.run(*command, *pytest, *_folders(session), *session.posargs, env={**environment, **chosen})
        if not _is_among("WITHOUT_PERSONAS", session):
            session.run(*command, *pytest, "tests/personas", *session.posargs, env={**environment, **chosen})


def _install(session: nox.Session) -> None:
    """Install what the tests need. To build it here and to compile only what is imported takes a third of the time."""
    session.install("--upgrade", "pip>=25.1", "hatchling>=1.27", "editables")
    plugins = [path.parent for path in sorted(Path("plugins").glob("[!_]*/pyproject.toml"))]
    editable = [argument for plugin in plugins for argument in ("--editable", f"./{plugin}")]
    quick = ("--no-build-isolation", "--no-compile")
    session.install(*quick, "--editable", ".[cli,json-schema,django]", *editable, "--group", "test")
    session.install("--no-deps", "--no-compile", "--group", "demo")


def _is_among(variable: str, session: nox.Session) -> bool:
    """Tell whether an environment variable names the session's Python: `.ci/run` gives each a part of the tests."""
    return str(session.python) in os.environ.get(variable, "").split()


def _folders(session: nox.Session) -> tuple[str, ...]:
    """Return which tests of the Django adapter are run."""
    pages = "tests/django/pages"
    if _is_among("ONLY_PAGES", session):
        return (pages,)
    if _is_among("WITHOUT_PAGES", session):
        return "tests/django", f"--ignore={pages}"
    return ("tests/django",)


def _databases(session: nox.Session) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Yield what stands before the command of the tests, and the environment that chooses a database."""
    if not _is_among("WITHOUT_SQLITE", session):
        yield (), {"JSONATTRS_TEST_DB": "sqlite"}
    if not _is_among("WITHOUT_POSTGRESQL", session):
        for driver in os.environ.get("DRIVERS", "psycopg2 psycopg").split():
            chosen = {"JSONATTRS_TEST_DB": "postgresql", "JSONATTRS_TEST_DRIVER": driver}
            yield ("python", "tools/with_postgres.py"), chosen
