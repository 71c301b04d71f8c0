"""The same on SQLite, in a process of its own, since its settings are others: ``benchmarks.django.sqlite PART ...``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.timing import Row, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["rows"]

ROOT = Path(__file__).resolve().parents[2]


def rows(module: str, numbers: Iterable[int]) -> Iterator[Row]:
    """Yield what the other process measures with a module of these benchmarks, given these numbers."""
    command = [sys.executable, "-m", "benchmarks.django.sqlite", module, *map(str, numbers)]
    with TemporaryDirectory() as folder:
        name = f"{folder}/bench.sqlite3"
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{name}", "JSONATTRS_BENCH_NAME": name}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
            for line in process.stdout or ():
                yield _read(line)
    if process.returncode:
        raise SystemExit(process.returncode)


def _read(line: str) -> Row:
    return Row(
        **{name: Spread(**value) if isinstance(value, dict) else value for name, value in json.loads(line).items()}
    )


def main() -> None:
    """Measure, and print each row as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.django.settings")
    import django

    django.setup()
    module = import_module(f"benchmarks.django.{sys.argv[1]}")
    for row in module.rows(*map(int, sys.argv[2:])):
        print(json.dumps(asdict(row)), flush=True)


if __name__ == "__main__":
    main()
