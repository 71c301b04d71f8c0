"""``attributes_export``: write schemas as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jsonattrs_django.management.report import counted
from jsonattrs_django.targets import fields_named
from jsonattrs_django.transfer import exported, written

__all__ = ["Command"]


class Command(BaseCommand):
    """Write the schemas that are defined as documents, which `attributes_apply` reads in another database."""

    help = "Write the active schemas as YAML. Rows that schemas are bound to are named by their natural keys."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "labels", nargs="*", metavar="app.Model[.field]", help="what to write; everything if left out"
        )
        parser.add_argument("--output", metavar="FILE", help="the file to write; standard output if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the documents."""
        documents = [document for field in fields_named(options["labels"]) for document in exported(field)]
        text = written(documents)
        if options["output"]:
            try:
                Path(options["output"]).write_text(text, encoding="utf-8")
            except OSError as error:
                raise CommandError(f"{options['output']} cannot be written: {error}") from None
            self.stderr.write(f"{counted(len(documents), 'schema')} written to {options['output']}")
        else:
            self.stdout.write(text, ending="")
