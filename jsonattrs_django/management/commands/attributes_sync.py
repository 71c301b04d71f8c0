"""``attributes_sync``: give the database the indexes that the schemas ask for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from jsonattrs_django.indexes.errors import IndexProblem
from jsonattrs_django.indexes.plan import planned, schemas_are_there, tables_of
from jsonattrs_django.indexes.report import IndexReport, working
from jsonattrs_django.indexes.statements import locked, refuse_transaction
from jsonattrs_django.indexes.sync import carry_out
from jsonattrs_django.management.report import counted
from jsonattrs_django.targets import fields_named

__all__ = ["Command"]


class Command(BaseCommand):
    """Build the indexes that attributes need, and drop those that none needs any more."""

    help = (
        "Build the indexes that the active schemas ask for ('indexed', 'unique', 'unique_together', and gin=True of a "
        "field), and finish those whose build was interrupted. On PostgreSQL that is done beside the writers "
        "(CONCURRENTLY), and not inside a transaction. Nothing is dropped without --prune. Run it as often as you like."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "labels", nargs="*", metavar="app.Model[.field]", help="what to see to; everything if left out"
        )
        parser.add_argument("--database", help="database of the records; the router's choice if left out")
        parser.add_argument("--plan", action="store_true", help="show what would be done, and do nothing")
        parser.add_argument(
            "--check", action="store_true", help="do nothing; exit code 1 where there is something to be done"
        )
        parser.add_argument(
            "--prune", action="store_true", help="drop those of its own indexes that no attribute needs any more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, and do it. Raises CommandError where something is not as it should be at the end."""
        if options["database"] and options["database"] not in connections:
            raise CommandError(f"there is no database {options['database']!r}; there are {', '.join(connections)}")
        if not schemas_are_there():
            raise CommandError("the tables of the schemas are not there yet; run migrate")
        see_to = self._look if options["plan"] or options["check"] else self._sync
        left = 0
        for alias, table, fields in tables_of(fields_named(options["labels"]), options["database"]):
            try:
                left += see_to(IndexReport(fields, alias, self.stdout), connections[alias], table, fields, options)
            except IndexProblem as problem:
                raise CommandError(str(problem)) from None
        if left:
            what = "to be taken" if options["check"] else "could not be taken"
            raise CommandError(f"{counted(left, 'step')} {what}", returncode=1)

    def _look(self, report: IndexReport, connection: Any, table: str, fields: list[Any], options: Any) -> int:
        """Say what is to be done for one table; return how much that is, for those who want to know."""
        plan = planned(fields, connection, options["prune"])
        if plan is None:
            report.absent()
            return 0
        report.to_do(plan, with_sql=options["plan"])
        return (len(plan.steps) + len(plan.refused)) * options["check"]

    def _sync(self, report: IndexReport, connection: Any, table: str, fields: list[Any], options: Any) -> int:
        """Do what is to be done for one table; return how much could not be done. Raises IndexProblem."""
        refuse_transaction(connection)
        with locked(connection, table, lambda: self._say_wait(table)):
            plan = planned(fields, connection, options["prune"])
            if plan is None:
                report.absent()
                return 0
            with working() as beginning:
                outcomes = carry_out(plan, connection, beginning)
        report.done(plan, outcomes)
        return len(plan.refused) + sum(1 for outcome in outcomes if outcome.problem is not None)

    def _say_wait(self, table: str) -> None:
        self.stderr.write(f"Another process is at the indexes of {table}; waiting until it has done.")
