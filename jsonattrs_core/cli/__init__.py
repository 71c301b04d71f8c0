"""The command line: ``jsonattrs``, or ``python -m jsonattrs_core``. Needs the extra ``cli``."""

from __future__ import annotations

import importlib.util
import sys

__all__ = ["main"]

#: What the extra installs. Nothing of it is imported before it is known to be there.
NEEDED = ("typer", "rich", "yaml")


def main() -> None:
    """Run the command line and leave the process with its exit code: 0, 1 (problems found) or 2 (it could not run)."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        sys.stderr.write("jsonattrs: the command line needs its extra: pip install 'jsonattrs[cli]'\n")
        sys.exit(2)
    from jsonattrs_core.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a label in a script that this terminal cannot show is no reason to fail
            stream.reconfigure(errors="replace")
    app(prog_name="jsonattrs")
