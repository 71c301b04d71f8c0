"""`jsonattrs schema show`, `compose`, `explain` and `export`."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jsonattrs_core import UNSET, Choice
from jsonattrs_core.cli.common import console, emit, stopping_at_faults
from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.loading import composed
from jsonattrs_core.cli.report import cell, new_table
from jsonattrs_core.errors import nearest
from jsonattrs_core.values import text_in

if TYPE_CHECKING:
    from rich.table import Table

    from jsonattrs_core import Attribute, ComposedSchema

__all__ = ["app"]

app = typer.Typer(
    help="Look at schemas, and at what several of them make together.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Schemas = Annotated[
    list[str],
    typer.Argument(metavar="SCHEMA", help="Schema files, YAML or JSON, the most general first.", show_default=False),
]


class Output(StrEnum):
    """How a document is written."""

    YAML = "yaml"
    JSON = "json"


class Export(StrEnum):
    """What a composed schema is exported as."""

    JSON_SCHEMA = "json-schema"
    XLSFORM = "xlsform"


@app.command(no_args_is_help=True)
def show(
    schemas: Schemas,
    language: Annotated[str, typer.Option(metavar="TAG", help="Language of the labels.")] = "en",
) -> None:
    """Show the attributes of the composed schema, and the schemas that each was made by."""
    with stopping_at_faults():
        schema = composed(schemas)
        out = console()
        out.print(_attributes(schema, language))
        for rule in schema.rules:
            out.print(cell(f"rule ({rule.severity}): {rule.expression}"))
        for group in schema.unique_together:
            out.print(cell(f"unique together: {', '.join(group)}"))
        schema.compile()  # what it shows may be of no use, and whoever looks at it wants to know


@app.command("compose", no_args_is_help=True)
def compose_command(
    schemas: Schemas,
    output: Annotated[Output, typer.Option(help="How the document is written.")] = Output.YAML,
) -> None:
    """Print the composed schema as one document."""
    with stopping_at_faults():
        schema = composed(schemas)
        schema.compile()
        document = schema.to_document()
    if output is Output.JSON:
        emit(json.dumps(document, ensure_ascii=False, indent=2))
        return
    import yaml

    emit(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120).rstrip("\n"))


@app.command(no_args_is_help=True)
def explain(
    schemas: Schemas,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, or key, of an attribute.", show_default=False)],
) -> None:
    """Show which schema gave each property of an attribute, and what it overrode."""
    with stopping_at_faults():
        schema = composed(schemas)
        try:
            found = schema.explain(name)
        except KeyError:
            raise CannotRun(f"no schema defines the attribute {name!r}{nearest(name, schema)}") from None
    table = new_table("Property", "Value", "Schema", "Overrode")
    for part, origin in found.items():
        before = [f"{_shown(value)} ({source})" for source, value in origin.overrode]
        table.add_row(
            cell(part, "bold"), cell(_shown(origin.value)), cell(origin.schema), cell("\n".join(before), "dim")
        )
    out = console()
    if found:
        out.print(table)
    for note in found.notes:
        out.print(cell(f"note: {note}", "yellow"))


@app.command(no_args_is_help=True)
def export(
    schemas: Schemas,
    format: Annotated[  # noqa: A002 - the option's name
        Export, typer.Option(help="JSON Schema, or a workbook for surveys with ODK and its kin.")
    ] = Export.JSON_SCHEMA,
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="The file to write; JSON Schema is printed without it.")
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Language of titles and descriptions; a form may have several."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Title of the form; the schema's name without it.")
    ] = None,
    form_id: Annotated[
        str | None, typer.Option(metavar="NAME", help="What servers call the form; made of the title without it.")
    ] = None,
) -> None:
    """Export the composed schema as JSON Schema (2020-12), or as an XLSForm with a report of what no form expresses."""
    from jsonattrs_core.cli import export as exporting

    with stopping_at_faults():
        if format is Export.XLSFORM:
            exporting.write_form(schemas, exporting.Form(output, language, title, form_id))
        else:
            exporting.write_json_schema(schemas, output, language)


def _attributes(schema: ComposedSchema, language: str) -> Table:
    table = new_table("Name", "Label", "Type", "Required", "Details", "From")
    order = [each.name for each in schema.schemas]
    for name, attribute in schema.items():
        sources = {origin.schema for origin in schema.explain(name).values()}
        table.add_row(
            cell(name if attribute.key == name else f"{name} (key {attribute.key})", "bold"),
            cell(text_in(attribute.label, language)),
            cell(_type(attribute)),
            cell("yes" if attribute.required else "if" if attribute.required_if else ""),
            cell("\n".join(_limits(attribute))),
            cell(", ".join(dict.fromkeys(each for each in order if each in sources)), "dim"),
        )
    return table


def _type(attribute: Attribute) -> str:
    subtype = f" / {attribute.subtype}" if attribute.subtype else ""
    return f"{'list of ' if attribute.multiple else ''}{attribute.type}{subtype}"


def _limits(attribute: Attribute) -> list[str]:
    """Return a line for each thing that decides about a value, or about the attribute's life."""
    lines = [f"{name}: {_shown(parameter)}" for name, parameter in (attribute.constraints or {}).items()]
    if attribute.choices:
        lines.append(f"choices: {_choices(attribute.choices)}")
    for name in ("default", "initial_default", "required_if", "visible_if"):
        value = getattr(attribute, name)
        if value is not UNSET and value is not None:
            lines.append(f"{name}: {_shown(value)}")
    lines += [name for name in ("unique", "indexed", "locked") if getattr(attribute, name) is True]
    if isinstance(attribute.indexed, str):
        lines.append(f"indexed: {attribute.indexed}")
    if attribute.status and attribute.status != "active":
        lines.append(str(attribute.status))
    return lines


def _choices(choices: Any) -> str:
    values = [_shown(choice.value if isinstance(choice, Choice) else choice) for choice in choices]
    more = f", … ({len(values)} in all)" if len(values) > 10 else ""
    return ", ".join(values[:10]) + more


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return _choices(value)
    return json.dumps(value, ensure_ascii=False, default=str)
