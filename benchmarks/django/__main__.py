"""Run the benchmarks of the Django adapter, and write docs/benchmarks-django.md.

Run by tools/with_postgres.py, which starts a PostgreSQL; or with DATABASE_URL.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import describe
from benchmarks.report import page, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.timing import Row

DEFAULT_DRIVER = "psycopg2"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks-django.md"

TEMPLATE = Path(__file__).with_name("template.md")

#: The parts, by name: the arguments of a whole run, and of a quick one.
PARTS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "saving": ((31,), (7,)),
    "creating": ((9,), (3,)),
    "listing": ((31,), (7,)),
    "eav2": ((7, 3, 2_000), (3, 2, 500)),
    "auditing": ((5, 200_000), (3, 20_000)),
    "changing": ((11, 200_000), (3, 20_000)),
    "memory": ((10_000, 1_500), (500, 250)),
}

LIBRARIES = ("jsonattrs", "Django", "django-eav2")


def main() -> None:
    """Run the parts asked for; only a whole run writes the document."""
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.settings"
    os.environ["JSONATTRS_BENCH_DRIVER"] = options.driver
    import django

    django.setup()
    if options.profile:
        from benchmarks.django.profiling import profile

        profile()
        return
    machine = {**describe((*LIBRARIES, _distribution(options.driver))), **_server()}
    sections: dict[str, list[Row]] = {}
    for name in options.only or PARTS:
        sections[name] = []
        for row in _rows(name, options.quick):
            print(told(row), flush=True)
            sections[name].append(row)
    text = page(sections, machine, TEMPLATE, tuple(PARTS))
    if options.quick or options.only or options.driver != DEFAULT_DRIVER:
        print(f"\n{text}")
    else:
        DOCUMENT.write_text(text, encoding="utf-8")
        print(f"\nwritten: {DOCUMENT}")


def _rows(name: str, is_quick: bool) -> Iterator[Row]:
    part = import_module(f"benchmarks.django.{name}")  # after django.setup()
    found: Iterator[Row] = part.rows(*PARTS[name][is_quick])
    return found


def _distribution(driver: str) -> str:
    return "psycopg2-binary" if driver == "psycopg2" else driver


def _server() -> dict[str, str]:
    from django.db import connection

    version = ".".join(map(str, connection.get_database_version()))
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        setting = cursor.fetchone()[0]
    connection.close()
    return {"database": f"PostgreSQL {version} on this machine, by its socket; synchronous_commit is {setting}"}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.django", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions and smaller tables; prints the page")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part, or several; prints the page")
    parser.add_argument("--profile", action="store_true", help="show where our side's time goes, and time nothing")
    parser.add_argument(
        "--driver", choices=("psycopg2", "psycopg"), default=DEFAULT_DRIVER, help="psycopg is version 3"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
