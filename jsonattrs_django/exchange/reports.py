"""What came of an import, for people and for programs."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jsonattrs_django.exchange.cells import guarded
from jsonattrs_django.management.report import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonattrs_django.exchange.importing import Batch
    from jsonattrs_django.exchange.problems import RowProblem

__all__ = ["ImportReport", "problem_file"]

#: Problems that the table shows.
_SHOWN = 50
_HEADINGS = ("row", "column", "code", "message")


class ImportReport:
    """Counts what became of rows, and gives each problem to ``keep``; memory stays the same however many there are."""

    def __init__(self, counted_by: str, keep: Callable[[Iterable[RowProblem]], None]) -> None:
        self._counted_by = counted_by
        self._keep = keep
        self._first: list[RowProblem] = []
        self.rows = self.created = self.updated = self.unchanged = self.refused = self.problems = 0
        self.last = 0  #: number of the last row that is done with
        self.is_stopped = False

    def add(self, batch: Batch) -> None:
        """Take in what became of some rows."""
        for name in ("rows", "created", "updated", "unchanged", "refused"):
            setattr(self, name, getattr(self, name) + getattr(batch, name))
        self.problems += len(batch.problems)
        self._first += batch.problems[: _SHOWN - len(self._first)]
        self._keep(batch.problems)
        if batch.is_stored:
            self.last = batch.last
        else:
            self.is_stopped = True

    def show(self, stream: Any, *, is_dry: bool) -> None:
        """Write the first problems as a table, and a line that sums up."""
        if self._first:
            self._show_table(stream)
        would = "would be " if is_dry else ""
        done = f"{self.created:,} {would}created, {self.updated:,} {would}updated, {self.unchanged:,} unchanged"
        stream.write(f"{counted(self.rows, 'row')}: {done}, {self.refused:,} with problems")

    def _show_table(self, stream: Any) -> None:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in (self._counted_by.capitalize(), "Column", "Code", "Message"):
            table.add_column(heading, justify="left" if heading != self._counted_by.capitalize() else "right")
        for problem in self._first:
            table.add_row(*(_shown(part) for part in (problem.row, problem.column, problem.code, problem.message)))
        console = Console(file=getattr(stream, "_out", stream), width=max(100, Console().width))
        console.print(table)
        if self.problems > len(self._first):
            stream.write(f"… and {counted(self.problems - len(self._first), 'more problem')}; --problems lists all")

    def conclusion(self, *, is_dry: bool) -> str:
        """Return what to say at the end of an import in which rows had problems."""
        rows = counted(self.refused, "row")
        if is_dry:
            return f"{rows} with problems; nothing was stored"
        if not self.is_stopped:
            return f"{rows} with problems were left out"
        if not self.last:
            return f"{rows} with problems; nothing was stored"
        by = self._counted_by
        return (
            f"{rows} with problems; stored up to {by} {self.last:,}: mend the rows and go on with "
            f"--start-row {self.last + 1}, or leave them out with --skip-invalid"
        )


def _shown(part: Any) -> Text:
    """Return a cell of just this text: no markup, and no characters that could steer a terminal."""
    return Text("".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(part)))


@contextmanager
def problem_file(path: str | None, *, again: bool = False) -> Iterator[Callable[[Iterable[RowProblem]], None]]:
    """Give what writes problems to a file: CSV, or JSON Lines; nothing for None. With ``again`` it is continued."""
    if path is None:
        yield lambda problems: None
        return
    with open(path, "a" if again else "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        if path.lower().endswith(".csv") and not file.tell():
            writer.writerow(_HEADINGS)

        def keep(problems: Iterable[RowProblem]) -> None:
            for problem in problems:
                if path.lower().endswith(".csv"):
                    writer.writerow([problem.row, *(guarded(getattr(problem, name)) for name in _HEADINGS[1:])])
                else:
                    file.write(json.dumps(problem.as_dict(), ensure_ascii=False, default=str) + "\n")
            file.flush()

        yield keep
