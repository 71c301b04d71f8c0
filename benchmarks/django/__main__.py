"""Run the benchmarks of the Django adapter, and write a page of docs: benchmarks-django or another of `--page`.

Run by tools/with_postgres.py, which starts a PostgreSQL; or with DATABASE_URL.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.django import sqlite
from benchmarks.machine import describe
from benchmarks.report import page, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.timing import Row

DEFAULT_DRIVER = "psycopg2"
DOCS = Path(__file__).resolve().parents[2] / "docs"


class Part(NamedTuple):
    """Some of the measurements: the module that makes them, and what it is given in a whole run and in a quick one."""

    module: str
    whole: tuple[int, ...]
    quick: tuple[int, ...]
    on_sqlite: bool = False


class Page(NamedTuple):
    """What one document tells."""

    document: Path
    template: Path
    parts: dict[str, Part]
    settings: str


RECORDS = {
    "saving": Part("saving", (31,), (7,)),
    "creating": Part("creating", (9,), (3,)),
    "listing": Part("listing", (31,), (7,)),
    "eav2": Part("eav2", (7, 3, 2_000), (3, 2, 500)),
    "auditing": Part("auditing", (5, 200_000), (3, 20_000)),
    "changing": Part("changing", (11, 200_000), (3, 20_000)),
    "memory": Part("memory", (10_000, 1_500), (500, 250)),
}
QUERIES = {
    "thousands": Part("queries", (200_000, 31, 5), (5_000, 3, 2)),
    "million": Part("queries", (1_000_000, 15, 3), (10_000, 3, 2)),
    "sqlite": Part("queries", (50_000, 31, 5), (2_000, 3, 2), on_sqlite=True),
    "uniqueness": Part("uniqueness", (200_000, 31, 300), (2_000, 3, 50)),
    "uniqueness_million": Part("uniqueness", (1_000_000, 31, 300), (4_000, 3, 50)),
    "costs": Part("costs", (20_000, 2_000), (2_000, 200)),
}
FORMS = {
    "forms": Part("forms", (61, 20), (3, 2)),
    "forms_sqlite": Part("forms", (61, 20), (3, 2), on_sqlite=True),
    "changelist": Part("changelist", (61, 1), (3, 1)),
    "changelist_sqlite": Part("changelist", (61, 1), (3, 1), on_sqlite=True),
}
REST = {
    "rest": Part("rest", (31, 1_000, 100), (3, 50, 5)),
    "rest_sqlite": Part("rest", (31, 1_000, 100), (3, 50, 5), on_sqlite=True),
    "export": Part("exchange", (5, 200_000), (3, 5_000)),
}
PERSONAS = {
    "lists": Part("personas.lists", (61, 100), (3, 10)),
    "lists_sqlite": Part("personas.lists", (61, 100), (3, 10), on_sqlite=True),
}
SETTINGS = "benchmarks.django.settings"
PAGES = {
    name: Page(DOCS / f"benchmarks-{name}.md", Path(__file__).with_name(template), parts, SETTINGS)
    for name, template, parts in (
        ("django", "template.md", RECORDS),
        ("queries", "template_queries.md", QUERIES),
        ("forms", "template_forms.md", FORMS),
        ("rest", "template_rest.md", REST),
    )
}
# The application is an example of its own, whose settings these are.
PAGES["personas"] = Page(
    DOCS / "benchmarks-personas.md",
    Path(__file__).with_name("template_personas.md"),
    PERSONAS,
    "benchmarks.django.personas.settings",
)

LIBRARIES = ("jsonattrs", "Django", "django-eav2")


def main() -> None:
    """Run the parts asked for; only a whole run writes the document."""
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = PAGES[options.page].settings
    os.environ["JSONATTRS_BENCH_DRIVER"] = options.driver
    import django

    django.setup()
    if options.profile:
        from benchmarks.django.profiling import profile

        profile()
        return
    machine = {**describe((*LIBRARIES, _distribution(options.driver))), **_server()}
    chosen = PAGES[options.page]
    sections: dict[str, list[Row]] = {}
    for name in options.only or chosen.parts:
        sections[name] = []
        for row in _rows(chosen.parts[name], options.quick):
            print(told(row), flush=True)
            sections[name].append(row)
    text = page(sections, machine, chosen.template, tuple(chosen.parts))
    if options.quick or options.only or options.driver != DEFAULT_DRIVER:
        print(f"\n{text}")
    else:
        chosen.document.write_text(text, encoding="utf-8")
        print(f"\nwritten: {chosen.document}")


def _rows(part: Part, is_quick: bool) -> Iterator[Row]:
    numbers = part.quick if is_quick else part.whole
    if part.on_sqlite:
        return sqlite.rows(part.module, numbers)
    module = import_module(f"benchmarks.django.{part.module}")  # after django.setup()
    found: Iterator[Row] = module.rows(*numbers)
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
    parser.add_argument("--page", choices=PAGES, default="django", help="which document; records if left out")
    parser.add_argument("--only", action="append", help="one part of it, or several; prints the page")
    parser.add_argument("--profile", action="store_true", help="show where our side's time goes, and time nothing")
    parser.add_argument(
        "--driver", choices=("psycopg2", "psycopg"), default=DEFAULT_DRIVER, help="psycopg is version 3"
    )
    options = parser.parse_args()
    parts = PAGES[options.page].parts
    for name in options.only or ():
        if name not in parts:
            parser.error(f"--only {name}: the parts of this page are {', '.join(parts)}")
    return options


if __name__ == "__main__":
    main()
