"""`jsonattrs schema export`: a composed schema for other programs."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from jsonattrs_core import to_xlsform
from jsonattrs_core.cli.common import console, emit
from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.loading import composed
from jsonattrs_core.cli.outputs import refuse_overwriting, written
from jsonattrs_core.cli.report import cell, new_table
from jsonattrs_core.xlsform.names import as_name

if TYPE_CHECKING:
    from jsonattrs_core import XLSForm

__all__ = ["Form", "write_form", "write_json_schema"]


class Form(NamedTuple):
    """What was asked for."""

    output: str | None
    languages: list[str] | None
    title: str | None
    form_id: str | None


def write_json_schema(schemas: list[str], output: str | None, languages: list[str] | None) -> None:
    """Print the JSON Schema, or write it to a file. Raises what makes it impossible."""
    if languages and len(languages) > 1:
        raise CannotRun("JSON Schema has texts in one language: give --language once")
    refuse_overwriting(schemas, [output])
    document = composed(schemas).to_json_schema(languages[0] if languages else None)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    with written(output) as file:
        if file is None:
            emit(text)
        else:
            file.write(f"{text}\n")


def write_form(schemas: list[str], form: Form) -> None:
    """Write the workbook, and print what it does not express. Raises what makes it impossible."""
    if form.output is None or form.output == "-":
        raise CannotRun("a workbook goes to a file: name one, as in --output form.xlsx")
    refuse_overwriting(schemas, [form.output])
    schema = composed(schemas)
    title = form.title or " + ".join(each.name for each in schema.schemas)
    try:
        made = to_xlsform(
            schema, title=title, form_id=form.form_id or as_name(title, "form"), languages=form.languages or None
        )
    except ValueError as error:
        raise CannotRun(str(error)) from None
    data = BytesIO()
    made.save(data)
    with written(form.output) as file:
        if file is not None:
            file.buffer.write(data.getvalue())
    _print(made, form.output)


def _print(made: XLSForm, output: str) -> None:
    out = console()
    if made.report:
        table = new_table("Attribute", "Property", "Not in the form, or in other words")
        for omission in made.report:
            table.add_row(
                cell(omission.attribute or "(record)", "bold" if omission.attribute else "dim"),
                cell(omission.property),
                cell(omission.reason),
            )
        out.print(table)
        out.print()
    numbers = f"{_counted(len(made.attributes), 'question')}, {_counted(len(made.report), 'thing')} left out or changed"
    out.print(cell(f"{output}: {numbers}"))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
