"""Validate the airports table of the vega_datasets package with two composed schemas: `make demo-airports` runs this.

Problems are what the table is known to have, so the demo succeeds where `jsonattrs validate` exits with 1. Arguments
are handed on: ``run.py --problems problems.jsonl``.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROBLEMS_FOUND = 1


def airports_csv() -> Path:
    """Return where vega_datasets keeps its airports; looked up without importing it, because that needs pandas."""
    spec = importlib.util.find_spec("vega_datasets")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("vega_datasets is not installed: make demo-airports, or pip install --no-deps vega_datasets")
    return Path(spec.submodule_search_locations[0]) / "_data" / "airports.csv"


def main() -> int:
    """Run the command line over the file; return 0 if it found problems, and its failure otherwise."""
    program = shutil.which("jsonattrs", path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit("the jsonattrs command is not installed beside this Python: pip install 'jsonattrs[cli]'")
    files = [HERE / "default.yaml", HERE / "override.yaml", airports_csv()]
    arguments = ["validate", *(os.path.relpath(file) for file in files), *sys.argv[1:]]
    print("$ jsonattrs", *arguments, flush=True)
    code = subprocess.run([program, *arguments], check=False).returncode
    if code == PROBLEMS_FOUND:
        return 0
    print(f"expected exit code {PROBLEMS_FOUND} (problems found), got {code}", file=sys.stderr)
    return code or 1


if __name__ == "__main__":
    sys.exit(main())
