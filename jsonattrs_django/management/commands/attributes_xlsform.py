"""``attributes_xlsform``: the schema of a scope as a form for surveys."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jsonattrs_core import JSONAttrsError, to_xlsform
from jsonattrs_django.management.report import counted
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.registry import registry
from jsonattrs_django.targets import field_named, label_of, selectors_named

if TYPE_CHECKING:
    from jsonattrs_core import XLSForm
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Command"]


class Command(BaseCommand):
    """Write the composed schema of a scope as an XLSForm, and say what a form does not express."""

    help = (
        "Write the composed schema of a scope as an XLSForm, a workbook for surveys with ODK and its kin, and list "
        "what of the schema no form can express."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("label", metavar="app.Model[.field]", help="whose schema to write")
        parser.add_argument(
            "--select",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a selector value of the scope, the primary key of a row or a plain value; any if left out",
        )
        parser.add_argument("--output", metavar="FILE", required=True, help="the workbook to write")
        parser.add_argument("--title", metavar="TEXT", help="title of the form; the model's name if left out")
        parser.add_argument("--form-id", metavar="NAME", help="what servers call the form; the model's if left out")
        parser.add_argument(
            "--language",
            metavar="TAG",
            action="append",
            help="a language of the form, and again for another; those of the schema's texts if left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the workbook and the report. Raises CommandError where there can be no form."""
        try:
            field = field_named(options["label"])
            form = self._form(field, options)
            workbook = BytesIO()
            form.save(workbook)
        except (JSONAttrsError, ValueError) as error:
            raise CommandError(str(error), returncode=2) from None
        try:
            Path(options["output"]).write_bytes(workbook.getvalue())
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error}", returncode=2) from None
        for omission in form.report:
            self.stdout.write(str(omission))
        told = f"{counted(len(form.attributes), 'question')}, {counted(len(form.report), 'thing')} left out or changed"
        self.stderr.write(f"{label_of(field)} written to {options['output']}: {told}")

    def _form(self, field: JSONAttributeField, options: Any) -> XLSForm:
        schema = SchemaRecord.objects.for_selectors(field.model, selectors_named(options["select"]), field.name)
        if not schema:
            raise CommandError("no schema defines an attribute in this scope, so there is nothing to ask", returncode=2)
        names = field.model._meta
        return to_xlsform(
            schema,
            title=options["title"] or str(names.verbose_name),
            form_id=options["form_id"] or names.model_name,
            languages=options["language"],
            registry=registry(),
        )
