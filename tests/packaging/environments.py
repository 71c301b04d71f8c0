"""Wheels, and virtual environments that they are installed in."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
import venv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds that building, or an index of packages that answers slowly, may take.
PATIENCE = 300


def run(*command, **how):
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE, **how)


def succeed(*command, **how):
    """Run a command that must succeed; return what it prints."""
    done = run(*command, **how)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Environment:
    """A virtual environment without pip, in a directory that holds nothing else of importance."""

    folder: Path

    @property
    def scripts(self):
        return self.folder / "env" / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *command):
        """Run a command of this environment, with nothing of this process's."""
        return run(self.scripts / command[0], *command[1:], cwd=self.folder, env={"PYTHONIOENCODING": "utf-8"})

    def python(self, code):
        """Run code, which must succeed without a warning; return what it prints."""
        done = self.run("python", "-I", "-W", "error", "-c", textwrap.dedent(code))
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    def install(self, *what):
        """Install wheels, or requirements from the index of packages."""
        pip = (sys.executable, "-m", "pip", "--python", self.scripts / "python")
        succeed(*pip, "install", "--quiet", "--no-input", *what)


def new_environment(folder):
    venv.create(folder / "env", symlinks=os.name != "nt")
    return Environment(folder)


def build_wheel(source, folder):
    """Build the wheel of a source tree with what this environment has, which needs no network; return its path."""
    succeed(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source)
    [wheel] = folder.glob("*.whl")
    return wheel


def made_once(tmp_path_factory, name, make):
    """Return a directory that ``make`` has filled, once for all processes of pytest-xdist."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / name
    ready, failed = folder / "ready", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 3 * PATIENCE
        while not (ready.exists() or failed.exists()):
            assert time.monotonic() < deadline, f"the process that makes the {name} does not end"
            time.sleep(0.1)
        assert ready.exists(), f"the process that makes the {name} failed"
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    ready.touch()
    return folder
