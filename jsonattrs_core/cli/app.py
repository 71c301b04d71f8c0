"""The commands, their arguments, and the help that people read."""

from __future__ import annotations

from typing import Annotated

import typer

from jsonattrs_core.cli import listing, new_plugin
from jsonattrs_core.cli import schemas as schema_commands
from jsonattrs_core.cli.common import PROBLEMS, stopping_at_faults
from jsonattrs_core.cli.readers import Format  # noqa: TC001 - typer reads the annotations

__all__ = ["app"]

app = typer.Typer(
    help="Check data against schemas that users define: the attributes that records carry, and what their values obey.",
    epilog="Exit codes: 0 all is well, 1 problems were found in the data, 2 the command could not run.",
    add_completion=False,
    rich_markup_mode="markdown",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(schema_commands.app, name="schema")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"jsonattrs {version('jsonattrs')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(no_args_is_help=True)
def validate(
    schemas: schema_commands.Schemas,
    data: Annotated[
        str, typer.Argument(metavar="DATA", help="File of records; - is standard input.", show_default=False)
    ],
    problems: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write each problem to this file, a JSON object a line.")
    ] = None,
    clean: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the records without problems to this file, as JSON Lines.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(help="Format of the data, if its name does not tell (.csv .tsv .txt, .json, .jsonl .ndjson)."),
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(metavar="CHARACTER", help="What separates the cells of CSV; found out if not given.")
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Encoding of the data, such as cp1252; found out if not given."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Language of the messages, and of what stands in CSV, such as de.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing; the exit code tells.")] = False,
) -> None:
    """Check every record of a CSV, JSON or JSON Lines file.

    The schemas are composed: a default, then what narrower schemas change about it. At the end stands a table of the
    problems by attribute and code. CSV and JSON Lines are read in constant memory; a JSON file is read whole.
    """
    from jsonattrs_core.cli.validate import Job, run

    with stopping_at_faults():
        fine = run(Job(schemas, data, problems, clean, format, delimiter, encoding, language, quiet))
    if not fine:
        raise typer.Exit(PROBLEMS)


@app.command(no_args_is_help=True, context_settings={"ignore_unknown_options": True})  # -5 is a value, no option
def check(
    value: Annotated[str, typer.Argument(help="The value, as a person would type it.", show_default=False)],
    type: Annotated[str, typer.Option(metavar="NAME", help="Base type; see: jsonattrs types.")] = "text",  # noqa: A002
    subtype: Annotated[str | None, typer.Option(metavar="NAME", help="Detailed type; see: jsonattrs subtypes.")] = None,
    constraint: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=PARAMETER", help="A constraint, such as min=3; may be given several times."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Language in which the value is written, and of the messages.")
    ] = None,
) -> None:
    """Check one value, and print it as it would be stored, or the problems with it."""
    from jsonattrs_core.cli.check import check_value

    with stopping_at_faults():
        fine = check_value(value, type, subtype, constraint or [], language)
    if not fine:
        raise typer.Exit(PROBLEMS)


app.command()(listing.plugins)
app.command()(listing.types)
app.command()(listing.subtypes)
app.command(no_args_is_help=True)(new_plugin.new_plugin)
