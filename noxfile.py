"""Run the tests under every supported Python that this machine has: `make nox`."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the tests; arguments after ``--`` go to pytest."""
    session.install("--upgrade", "pip>=25.1")
    session.install("--no-deps", "--group", "demo")
    plugins = [path.parent for path in sorted(Path("plugins").glob("[!_]*/pyproject.toml"))]
    editable = [argument for plugin in plugins for argument in ("--editable", str(plugin))]
    session.install("--editable", ".[cli,json-schema]", *editable, "--group", "test")
    session.run("python", "-m", "pytest", "-n", "2", "--dist", "worksteal", *session.posargs)
