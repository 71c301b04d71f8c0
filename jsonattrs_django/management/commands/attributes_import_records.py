"""``attributes_import_records``: bring the rows of a table into the database."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.exchange import Import, open_table
from jsonattrs_django.exchange.checkpoints import Checkpoint, checkpoint_of
from jsonattrs_django.exchange.importing import BATCH
from jsonattrs_django.exchange.reports import ImportReport, problem_file
from jsonattrs_django.management.progress import counter
from jsonattrs_django.management.report import counted
from jsonattrs_django.targets import field_named

if TYPE_CHECKING:
    from jsonattrs_django.exchange import Table
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Command"]


class Command(BaseCommand):
    """Bring the rows of CSV, of a workbook, of JSON or of JSON Lines into the database, checked."""

    help = (
        "Bring the rows of CSV, a workbook (XLSX), JSON or JSON Lines into the database. A row with the key of a "
        "record updates it, and only what the row mentions; any other row is a new record. Exit code 1 where rows have "
        "problems, 2 where the file as a whole cannot be imported."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("label", metavar="app.Model[.field]", help="what the rows are records of")
        parser.add_argument("file", metavar="FILE", help="the file to read; - is standard input")
        parser.add_argument(
            "--format", choices=("csv", "xlsx", "json", "jsonl"), help="the format; the file says it if left out"
        )
        parser.add_argument("--delimiter", help="what separates the cells of CSV; the header says it if left out")
        parser.add_argument("--encoding", help="encoding of the file; found out if left out")
        parser.add_argument(
            "--key",
            default="pk",
            metavar="PATH,...",
            help="columns by which records are known; the primary key if left out",
        )
        parser.add_argument(
            "--headings", choices=("names", "labels"), default="names", help="labels are read as headings, too"
        )
        parser.add_argument("--language", help="language of the labels")
        parser.add_argument(
            "--blank", choices=("leave", "clear"), default="leave", help="a blank cell says nothing, or is null"
        )
        parser.add_argument("--dry-run", action="store_true", help="check every row, and store nothing")
        parser.add_argument("--skip-invalid", action="store_true", help="leave rows with problems out, and go on")
        parser.add_argument(
            "--resume", action="store_true", help="go on with an import of this file that was interrupted"
        )
        parser.add_argument("--restart", action="store_true", help="begin again with a file that was interrupted")
        parser.add_argument("--start-row", type=int, metavar="N", help="begin with the row of this number")
        parser.add_argument("--problems", metavar="FILE", help="write each problem to a file, .jsonl or .csv")
        parser.add_argument(
            "--batch-size", type=int, default=BATCH, help=f"rows in one transaction; {BATCH} if left out"
        )
        parser.add_argument("--database", help="database of the records; the router's choice if left out")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the rows. Raises CommandError where rows have problems, and where nothing can be imported."""
        if options["batch_size"] < 1:
            raise CommandError("--batch-size takes a number of rows, 1 or more", returncode=2)
        try:
            report = self._imported(field_named(options["label"]), options)
        except JSONAttrsError as error:
            raise CommandError(str(error), returncode=2) from None
        except OSError as error:
            raise CommandError(
                f"{error.filename or options['file']}: {error.strerror or error}", returncode=2
            ) from None
        report.show(self.stdout, is_dry=options["dry_run"])
        if report.refused:
            raise CommandError(report.conclusion(is_dry=options["dry_run"]), returncode=1)

    def _imported(self, field: JSONAttributeField, options: Any) -> ImportReport:
        job = Import(
            field=field,
            key=[path.strip() for path in options["key"].split(",") if path.strip()],
            labels=options["headings"] == "labels",
            language=options["language"],
            clears=options["blank"] == "clear",
            skips_invalid=options["skip_invalid"],
            dry_run=options["dry_run"],
            using=options["database"],
            batch_size=options["batch_size"],
        )
        checkpoint = None if options["dry_run"] else checkpoint_of(options["file"], field, job.database)
        after = self._after(checkpoint, options)
        names = {name: options[name] for name in ("format", "delimiter", "encoding")}
        with ExitStack() as stack:
            told = stack.enter_context(counter(options["file"], _size(options["file"]), hidden=options["no_progress"]))
            table = stack.enter_context(open_table(options["file"], told=told, **names))
            keep = stack.enter_context(problem_file(options["problems"], again=options["resume"]))
            report = ImportReport(table.counted_by, keep)
            self._run(job, table, after, checkpoint, report)
        if checkpoint is not None and not report.is_stopped:
            checkpoint.forget()
        return report

    def _run(self, job: Import, table: Table, after: int, checkpoint: Checkpoint | None, report: ImportReport) -> None:
        for batch in job.run(table, after=after, checkpoint=checkpoint):
            report.add(batch)

    def _after(self, checkpoint: Checkpoint | None, options: Any) -> int:
        """Return the number of the last row that is passed over. Raises CommandError where that must be said."""
        if options["start_row"] is not None:
            return int(options["start_row"]) - 1
        found = None if checkpoint is None else checkpoint.found()
        if checkpoint is None or found is None:
            if options["resume"] and not options["dry_run"]:
                self.stderr.write("There is no interrupted import of this file: it is imported from the beginning.")
            return 0
        if options["restart"]:
            checkpoint.forget()
            return 0
        if not options["resume"]:
            raise CommandError(
                f"this file has been imported up to row {found.row:,} ({counted(found.created, 'new record')}): "
                "go on with --resume, or begin again with --restart",
                returncode=2,
            )
        return int(found.row)


def _size(path: str) -> Any:
    return lambda: os.path.getsize(path) if os.path.isfile(path) and not path.endswith(".xlsx") else None
