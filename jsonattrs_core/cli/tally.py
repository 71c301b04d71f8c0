"""Counts of a run: by attribute and code, within bounds, however many records there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container

    from jsonattrs_core.messages import Problem

__all__ = ["OTHERS", "Key", "Row", "Tally"]

#: Names that no attribute has are counted one by one up to this number, and together beyond it.
MOST_STRANGERS = 100
FIRST_NUMBERS = 5


class _Others:
    """The names beyond the first hundred that no attribute has."""

    def __str__(self) -> str:
        return "(other names)"


OTHERS = _Others()


class Key(NamedTuple):
    """What is counted together."""

    attribute: object  #: name; None for the document; OTHERS
    code: str
    severity: str


@dataclass(slots=True)
class Row:
    """How often, where first, and one of them as an example."""

    example: Problem
    count: int = 0
    numbers: list[int] = field(default_factory=list)


class Tally:
    """Counts records, problems and warnings; ``names`` are those of the attributes."""

    def __init__(self, names: Container[str]) -> None:
        self.records = 0
        self.refused = 0  #: records with problems
        self.problems = 0
        self.warnings = 0
        self.rows: dict[Key, Row] = {}
        self._names = names
        self._strangers: set[object] = set()

    def problem(self, number: int, problem: Problem) -> None:
        """Count a problem of the record of that number."""
        self.problems += 1
        self._count(number, problem, "error")

    def warning(self, number: int, problem: Problem) -> None:
        """Count a warning of the record of that number."""
        self.warnings += 1
        self._count(number, problem, "warning")

    def _count(self, number: int, problem: Problem, severity: str) -> None:
        key = Key(self._attribute(problem), problem.code, severity)
        row = self.rows.get(key)
        if row is None:
            row = self.rows[key] = Row(problem)
        row.count += 1
        if len(row.numbers) < FIRST_NUMBERS and number not in row.numbers:
            row.numbers.append(number)

    def _attribute(self, problem: Problem) -> object:
        if not problem.path:
            return None
        name = problem.path[0]
        if name in self._names or name in self._strangers:
            return name
        if len(self._strangers) >= MOST_STRANGERS:
            return OTHERS
        self._strangers.add(name)
        return name
