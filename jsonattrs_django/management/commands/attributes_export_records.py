"""``attributes_export_records``: write records as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.exchange import Export, write_records
from jsonattrs_django.exchange.writers import finished, format_of
from jsonattrs_django.management.progress import counter
from jsonattrs_django.management.report import counted
from jsonattrs_django.targets import field_named

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["Command"]


class Command(BaseCommand):
    """Write records as CSV, as a workbook or as JSON Lines, with a column for each attribute."""

    help = (
        "Write records as CSV, a workbook (XLSX) or JSON Lines, with a column for each attribute of their scopes. "
        "attributes_import_records reads the file, and changes no byte of any document if nobody has edited it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("label", metavar="app.Model[.field]", help="whose records to write")
        parser.add_argument("output", metavar="FILE", help="the file to write; - is standard output")
        parser.add_argument(
            "--format", choices=("csv", "xlsx", "jsonl"), help="the format; the file's extension says it if left out"
        )
        parser.add_argument(
            "--columns",
            metavar="PATH,...",
            help="columns of the model, such as id,name,project__slug; the key and those that people edit if left out",
        )
        parser.add_argument("--attributes", metavar="NAME,...", help="attributes to write; all if left out")
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="LOOKUP=VALUE",
            help="write these records alone, such as project__slug=north or attrs__score__gte=3; all must hold",
        )
        parser.add_argument(
            "--headings", choices=("names", "labels"), default="names", help="what the headings say; names if left out"
        )
        parser.add_argument("--language", help="language of the labels")
        parser.add_argument("--delimiter", default=",", help="what separates the cells of CSV; a comma if left out")
        parser.add_argument(
            "--encoding", default="utf-8", help="encoding of CSV; utf-8 if left out, and utf-8-sig for spreadsheets"
        )
        parser.add_argument(
            "--formulas",
            choices=("escape", "keep"),
            default="escape",
            help="in CSV, texts that a spreadsheet would take for formulas get a backslash, or are written as they are",
        )
        parser.add_argument("--database", help="database of the records; the router's choice if left out")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the records. Raises CommandError where they cannot be written; then there is no file."""
        try:
            count = self._written(options)
        except JSONAttrsError as error:
            raise CommandError(str(error), returncode=2) from None
        except (FieldError, ValidationError, ValueError) as error:
            raise CommandError(f"--filter: {' '.join(str(error).split())}", returncode=2) from None
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error}", returncode=2) from None
        if options["output"] != "-":
            self.stderr.write(f"{counted(count, 'record')} written to {options['output']}")

    def _written(self, options: Any) -> int:
        found = format_of(options["output"], options["format"])
        field = field_named(options["label"])
        export = Export(
            self._records(field.model, options),
            field=field.name,
            columns=_listed(options["columns"]),
            attributes=_listed(options["attributes"]),
            labels=options["headings"] == "labels",
            language=options["language"],
        )
        how = {name: options[name] for name in ("encoding", "formulas")}
        delimiter = {"tab": "\t", "\\t": "\t"}.get(options["delimiter"], options["delimiter"])
        with counter(options["label"], export.__len__, hidden=options["no_progress"]) as told:  # noqa: SIM117
            with finished(options["output"]) as stream:
                return write_records(export, stream, found, delimiter=delimiter, told=told, **how)

    def _records(self, model: Any, options: Any) -> QuerySet[Any]:
        records: QuerySet[Any] = model._base_manager.using(options["database"])
        for condition in options["filter"]:
            name, separator, value = condition.partition("=")
            if not separator:
                raise CommandError(f"--filter takes LOOKUP=VALUE, not {condition!r}", returncode=2)
            records = records.filter(**{name: value})
        return records


def _listed(names: str | None) -> list[str] | None:
    return None if names is None else [name.strip() for name in names.split(",") if name.strip()]
