"""What `jsonattrs validate` says at its end: a table of the problems, and one line of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from jsonattrs_core.cli.tally import FIRST_NUMBERS, Tally
from jsonattrs_core.messages import render

if TYPE_CHECKING:
    from jsonattrs_core.cli.tally import Key, Row

__all__ = ["cell", "new_table", "problem_table", "summary"]


def cell(text: object, style: str = "") -> Text:
    """Return a cell of just this text: no markup, and no characters that could steer a terminal."""
    shown = "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in str(text))
    return Text(shown, style=style)


def new_table(*columns: str) -> Table:
    """Return an empty table in the house style, with these headings."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def problem_table(tally: Tally, language: str, counted_by: str) -> Table:
    """Return the table of problems and warnings by attribute and code, the most frequent first."""
    table = new_table("Attribute", "Code", "Message", "Count", f"First {counted_by}s")
    table.columns[1].no_wrap = True
    table.columns[3].justify = "right"
    table.columns[3].no_wrap = True
    for key, row in sorted(tally.rows.items(), key=_rank):
        table.add_row(
            cell("(document)" if key.attribute is None else key.attribute, "bold" if key.attribute else "dim"),
            cell(key.code if key.severity == "error" else f"{key.code} (warning)", _STYLES[key.severity]),
            cell(render(row.example, language)),
            cell(f"{row.count:,}"),
            cell(", ".join(map(str, row.numbers)) + (", …" if row.count > FIRST_NUMBERS else ""), "dim"),
        )
    return table


_STYLES = {"error": "red", "warning": "yellow"}


def _rank(item: tuple[Key, Row]) -> tuple[int, str, str]:
    key, row = item
    return -row.count, str(key.attribute), key.code


def summary(tally: Tally, seconds: float) -> Text:
    """Return the numbers of the run in one line."""
    parts = [
        _counted(tally.records, "record"),
        f"{tally.records - tally.refused:,} valid",
        f"{tally.refused:,} with problems",
        _counted(tally.problems, "problem"),
        _counted(tally.warnings, "warning"),
    ]
    return Text(f"{', '.join(parts)} ({seconds:,.1f} s)", style="bold red" if tally.problems else "bold green")


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
