"""``attributes_adopt``: put a schema over a JSON column that has had none."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models, router, transaction

from jsonattrs_core import JSONAttrsError, Schema
from jsonattrs_django.adoption import PlainAudit
from jsonattrs_django.audit import Audit
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.management.progress import progress
from jsonattrs_django.management.report import Report
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.targets import field_named, label_of, selectors_named

__all__ = ["Command"]


class Command(BaseCommand):
    """Define a schema over existing documents, and report what does not fit."""

    help = (
        "Put a schema over an existing JSON column, and report what does not fit; no stored value is touched. Of a "
        "plain JSONField it only reports, so that you know before you change the field to a JSONAttributeField."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("label", metavar="app.Model[.field]", help="the column")
        parser.add_argument("schema", metavar="SCHEMA", help="a schema, as a YAML or JSON file")
        parser.add_argument(
            "--select",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a selector value of its scope; any if left out",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and define nothing")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Define the schema, and report. Raises CommandError where it has faults."""
        try:
            schema = Schema.read(options["schema"])
            plain = _plain_field(options["label"])
            if plain is not None:
                self._report(PlainAudit(plain, schema), options["label"], options)
                self._say_what_next(plain, options["label"])
            else:
                self._adopt(field_named(options["label"]), schema, options)
        except JSONAttrsError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{options['schema']} cannot be read: {error}") from None

    def _adopt(self, field: JSONAttributeField, schema: Schema, options: Any) -> None:
        with transaction.atomic(using=schema_database()):
            selectors = selectors_named(options["select"])
            record = SchemaRecord.objects.define(field.model, selectors=selectors, field=field.name, schema=schema)
            audit = Audit(field=field, using=router.db_for_write(field.model))
            self._report(audit, label_of(field), options)
            if options["dry_run"]:
                transaction.set_rollback(True, using=schema_database())
        done = "would be defined" if options["dry_run"] else "is defined"
        self.stdout.write(f"The schema {record.name!r} {done}. Values that do not fit stay as they are.")

    def _report(self, audit: Any, label: str, options: Any) -> None:
        report = Report(label)
        with progress(audit, label, hidden=options["no_progress"]) as batches:
            for batch in batches:
                report.add(batch)
        report.show(self.stdout)

    def _say_what_next(self, field: Any, label: str) -> None:
        self.stdout.write(
            f"{label} is a plain JSONField, so that nothing was defined. Next: change it to a JSONAttributeField in "
            "the model's code, run makemigrations and migrate (the column stays as it is), and run this again."
        )


def _plain_field(label: str) -> Any:
    """Return the plain JSON field of that label, None where it is none."""
    model_label, _, name = label.rpartition(".")
    try:
        field = apps.get_model(model_label)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    is_plain = isinstance(field, models.JSONField) and not isinstance(field, JSONAttributeField)
    return field if is_plain else None
