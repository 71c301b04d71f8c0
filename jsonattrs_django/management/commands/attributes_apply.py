"""``attributes_apply``: define the schemas that YAML files describe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.management.report import counted
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.transfer import applied, changed, planned

__all__ = ["Command"]


class Command(BaseCommand):
    """Define schemas from files, all of them or none."""

    help = (
        "Define the schemas that YAML files describe, and show what changes. An attribute that is left out is retired; "
        "no stored value is touched. Scopes that the files do not name stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="files as attributes_export writes them")
        parser.add_argument("--dry-run", action="store_true", help="check and show everything, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show what changes, and change it. Raises CommandError with every fault."""
        try:
            plans = [plan for name in options["files"] for plan in planned(_text(name), name)]
            with transaction.atomic(using=schema_database()):
                different = list(changed(plans))
                applied(plan for plan, _ in different)
                if options["dry_run"]:
                    transaction.set_rollback(True, using=schema_database())
        except JSONAttrsError as error:
            raise CommandError(str(error)) from None
        for plan, diff in different:
            verb = "changes" if plan.before else "is new"
            self.stdout.write(self.style.MIGRATE_HEADING(f"{plan.title} {verb}"))
            for line in diff[2:]:
                self.stdout.write(self._coloured(line))
        same = len(plans) - len(different)
        done = "would change" if options["dry_run"] else "changed"
        self.stdout.write(f"{counted(len(different), 'schema')} {done}, {same} the same")

    def _coloured(self, line: str) -> str:
        if line.startswith("+"):
            return self.style.SUCCESS(line)
        return self.style.ERROR(line) if line.startswith("-") else line


def _text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {error}") from None
