"""`jsonattrs plugins`, `types` and `subtypes`: what is installed, and who provides it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jsonattrs_core import default_registry
from jsonattrs_core.cli.common import console, emit, stopping_at_faults
from jsonattrs_core.cli.report import cell, new_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

__all__ = ["plugins", "subtypes", "types"]

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
All = Annotated[
    bool, typer.Option("--all", help="Show also what another provider of the same name takes the place of.")
]

Record = dict[str, Any]
KINDS = ("base type", "subtype", "constraint", "rule language", "text format")
#: Columns of a terminal from which on a row of subtypes is shown whole.
_WIDE = 110
_STATE_STYLES = {"shadowed": "dim", "conflict": "red"}


def plugins(as_json: Json = False) -> None:
    """List the installed plugins, and how much each of them provides."""
    with stopping_at_faults():
        registry = default_registry()
    counts = Counter((record["provider"], record["kind"]) for record in registry.describe())
    found = [
        {"name": provider.name, "distribution": provider.distribution, "version": provider.version}
        | {kind: counts[provider.name, kind] for kind in KINDS}
        for provider in registry.providers
    ]
    if as_json:
        _emit_json(found)
        return
    table = new_table("Plugin", "Version", "Types", "Subtypes", "Constraints", "Languages", "Texts")
    table.columns[0].no_wrap = True
    for row in found:
        numbers = [cell(row[kind] or "-", "" if row[kind] else "dim") for kind in KINDS]
        table.add_row(cell(row["name"], "bold"), cell(row["version"]), *numbers)
    for column in table.columns[2:]:
        column.justify = "right"
    console().print(table)


def types(everything: All = False, as_json: Json = False) -> None:
    """List the base types and the constraints that they take."""
    found = _records(everything, "base type", "constraint")
    if as_json:
        _emit_json(found)
        return
    out = console()
    out.print(_base_types([record for record in found if record["kind"] == "base type"]))
    out.print()
    out.print(_constraints([record for record in found if record["kind"] == "constraint"]))


def subtypes(
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only those of this country, by its ISO 3166 code, such as id.")
    ] = None,
    everything: All = False,
    as_json: Json = False,
) -> None:
    """List the subtypes: detailed types such as gb-post-code or positive-float."""
    found = _records(everything, "subtype")
    if country is not None:
        found = [record for record in found if (record["country"] or "").upper() == country.upper()]
    if as_json:
        _emit_json(found)
    elif found:
        out = console()
        out.print(_subtypes(found, out.width))
        emit(_summed_up(found))
    else:
        emit("No installed plugin has a subtype" + (f" for the country {country}." if country else "."))


def _records(everything: bool, *kinds: str) -> list[Record]:
    with stopping_at_faults():
        records = default_registry().describe()
    return [r for r in records if r["kind"] in kinds and (everything or r["state"] != "shadowed")]


def _base_types(records: Iterable[Record]) -> Table:
    table = new_table("Type", "Python", "JSON", "Constraints", "What it is", "Provider")
    for record in records:
        table.add_row(
            cell(record["name"], "bold"),
            cell(record["python"]),
            cell(record["json"]),
            cell(", ".join(record["constraints"])),
            cell(record["summary"] or record["label"]),
            _provider(record),
        )
    return table


def _constraints(records: Iterable[Record]) -> Table:
    table = new_table("Constraint", "For", "Parameter", "Provider")
    for record in records:
        table.add_row(
            cell(record["name"], "bold"),
            cell("every type" if "*" in record["bases"] else ", ".join(record["bases"])),
            cell(record["parameter"]),
            _provider(record),
        )
    return table


def _subtypes(records: Iterable[Record], width: int) -> Table:
    """Return a row a subtype; where the terminal is narrow, what a row can do without is left out."""
    wide = width >= _WIDE
    table = new_table("Subtype", *(["Base"] if wide else []), "What it is", *(["Example"] if wide else []), "Provider")
    table.columns[0].no_wrap = True  # it is what people copy
    for record in sorted(records, key=lambda record: (record["country"] or "", record["name"])):
        what = f"{record['label']}: {record['summary']}" if record["label"] else record["summary"]
        example = cell(next(iter(record["examples"]), ""), "dim")
        cells = [cell(record["base"]), cell(what), example] if wide else [cell(what)]
        table.add_row(cell(record["name"], "bold"), *cells, _provider(record))
    return table


def _provider(record: Record) -> Any:
    state = record["state"]
    shown = " ".join(filter(None, (record["provider"], record["version"])))
    if record.get("conflicts"):
        return cell(f"{shown} (conflict: {', '.join(record['conflicts'])})", _STATE_STYLES["conflict"])
    return cell(shown if state == "used" else f"{shown} ({state})", _STATE_STYLES.get(state, "dim"))


def _summed_up(records: list[Record]) -> str:
    counts = [
        (len({record["name"] for record in records}), "subtype"),
        (len({record["country"] for record in records if record["country"]}), "country"),
        (len({record["provider"] for record in records}), "plugin"),
    ]
    subtypes, countries, plugins = (f"{count:,} {_plural(word, count)}" for count, word in counts)
    return f"{subtypes} of {countries}, from {plugins}."


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _emit_json(found: Any) -> None:
    emit(json.dumps(found, ensure_ascii=False, indent=2, default=str))
