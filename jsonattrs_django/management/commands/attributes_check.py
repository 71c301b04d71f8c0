"""``attributes_check``: hold every stored record against the schemas of today."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import router

from jsonattrs_django.audit import Audit
from jsonattrs_django.management.progress import progress
from jsonattrs_django.management.report import Report, counted
from jsonattrs_django.targets import fields_named, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Command"]


class Command(BaseCommand):
    """Check stored attributes, and put right what can be put right without loss."""

    help = (
        "Check the attributes of every stored record against the schemas of today. Nothing is changed, unless "
        "--repair, --normalise or --claims says so. Exit code 1 where something does not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "labels", nargs="*", metavar="app.Model[.field]", help="what to check; everything if left out"
        )
        parser.add_argument("--database", help="database of the records; the router's choice if left out")
        parser.add_argument(
            "--report", metavar="FILE", help="write each problem as a line of JSON; - is standard output"
        )
        parser.add_argument(
            "--repair", action="store_true", help="move stored values that are no objects aside, whole, under $broken"
        )
        parser.add_argument(
            "--normalise",
            action="store_true",
            help="write values that fit, but are stored in another form, as they would be stored today",
        )
        parser.add_argument(
            "--claims",
            action="store_true",
            help="put right what records claim to have alone, and find those that have the same unique values",
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *labels: str, **options: Any) -> None:
        """Run the audits, and say what they found. Raises CommandError where something does not fit."""
        found = 0
        with self._lines(options["report"]) as lines:
            asked = {name: options[name] for name in ("repair", "normalise", "claims")}
            for field in fields_named(options["labels"]):
                using = options["database"] or router.db_for_write(field.model)
                audit = Audit(field=field, using=using, **asked)
                report = Report(label_of(field), lines)
                with progress(audit, label_of(field), hidden=options["no_progress"]) as batches:
                    for batch in batches:
                        report.add(batch)
                found += report.bad_records
                if options["report"] != "-":
                    report.show(self.stdout)
        if found:
            raise CommandError(f"{counted(found, 'record')} with problems", returncode=1)

    @contextmanager
    def _lines(self, path: str | None) -> Iterator[Any]:
        """Give a function that writes one object as a line, None where nobody asked for it."""
        if path is None:
            yield None
        elif path == "-":
            yield lambda line: self.stdout.write(json.dumps(line, ensure_ascii=False))
        else:
            try:
                file = open(path, "w", encoding="utf-8")  # noqa: SIM115 - closed below; the block's errors are its own
            except OSError as error:
                raise CommandError(f"{path} cannot be written: {error}") from None
            with file:
                yield _writer(file)


def _writer(file: IO[str]) -> Any:
    return lambda line: file.write(json.dumps(line, ensure_ascii=False) + "\n")
