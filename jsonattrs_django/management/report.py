"""What an audit found, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from rich import box
from rich.console import Console
from rich.table import Table

from jsonattrs_core import Problem, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_django.audit import Batch

__all__ = ["Report", "counted"]

#: Primary keys that the table names of each kind of problem.
_NAMED = 5


def counted(number: int, noun: str) -> str:
    """Return a number of things, in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Report:
    """Counts the findings of one audit by attribute and code, and writes each as a line for programs."""

    def __init__(self, label: str, line: Callable[[dict[str, Any]], Any] | None = None) -> None:
        self._label = label
        self._line = line
        self._kinds: dict[tuple[str, str], list[Any]] = {}  # message, count, keys
        self.records = self.bad_records = self.problems = self.orphans = 0
        self.repaired = self.normalised = self.reclaimed = 0

    def add(self, batch: Batch) -> None:
        """Take in what was found in some records."""
        self.records += batch.records
        self.orphans += batch.orphans
        self.repaired += batch.repaired
        self.normalised += batch.normalised
        self.reclaimed += batch.reclaimed
        self.bad_records += len({finding.pk for finding in batch.findings})
        self.problems += len(batch.findings)
        for finding in batch.findings:
            self._count(finding.pk, finding.problem)

    def _count(self, pk: Any, problem: Problem) -> None:
        attribute = str(problem.path[0]) if problem.path else ""
        message = render(problem, get_language() or "en")
        kind = self._kinds.setdefault((attribute, problem.code), [message, 0, []])
        kind[1] += 1
        if len(kind[2]) < _NAMED and pk not in kind[2]:
            kind[2].append(pk)
        if self._line is not None:
            about = {"model": self._label, "pk": pk if isinstance(pk, int) else str(pk), "path": list(problem.path)}
            self._line({**about, **problem.as_dict(get_language() or "en")})

    def show(self, stream: Any) -> None:
        """Write the findings as a table, and a line that sums them up."""
        if self._kinds:
            self._show_table(stream)
        parts = [counted(self.records, "record"), f"{self.bad_records:,} with problems"]
        parts.append(counted(self.problems, "problem"))
        parts += [
            f"{count:,} {what}"
            for count, what in (
                (self.orphans, "with values that no schema defines (kept)"),
                (self.repaired, "repaired"),
                (self.normalised, "normalised"),
                (self.reclaimed, "with claims put right"),
            )
            if count
        ]
        stream.write(f"{self._label}: {', '.join(parts)}")

    def _show_table(self, stream: Any) -> None:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("Attribute", "Code", "Message", "Count", "First records"):
            table.add_column(heading, justify="right" if heading == "Count" else "left")
        ordered = sorted(self._kinds.items(), key=lambda item: -item[1][1])
        for (attribute, code), (message, count, keys) in ordered:
            more = ", …" if count > len(keys) else ""
            table.add_row(attribute, code, message, f"{count:,}", ", ".join(map(str, keys)) + more)
        console = Console(file=getattr(stream, "_out", stream), width=max(100, Console().width))
        console.print(table)
