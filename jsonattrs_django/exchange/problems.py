"""What is wrong with rows of a table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from jsonattrs_core import Problem, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.exceptions import ValidationError

__all__ = ["RowProblem", "of_attributes", "of_validation"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One reason why a row is not taken."""

    row: int  #: its number in the file
    column: str  #: the heading, empty where it is the row as a whole
    code: str
    message: str  #: in the language that was active
    path: tuple[str | int, ...] = ()  #: of an attribute: its name, then places inside its value

    def as_dict(self) -> dict[str, Any]:
        """Return it for a line of JSON."""
        return {**asdict(self), "path": list(self.path)}


def of_attributes(row: int, headings: dict[str, str], problems: Any) -> Iterator[RowProblem]:
    """Yield the problems of attributes; ``headings`` are those of the file by name."""
    for problem in problems:
        yield of_attribute(row, headings, problem)


def of_attribute(row: int, headings: dict[str, str], problem: Problem) -> RowProblem:
    """Return a problem of the core as one of a row."""
    name = str(problem.path[0]) if problem.path else ""
    message = render(problem, get_language() or "en")
    place = "".join(f"[{part}]" for part in problem.path[1:])
    return RowProblem(row, f"{headings.get(name, name)}{place}", problem.code, message, problem.path)


def of_validation(row: int, column: str, error: ValidationError) -> Iterator[RowProblem]:
    """Yield what Django's ValidationError of one column says."""
    for each in error.error_list:
        for message in each.messages:
            yield RowProblem(row, column, str(each.code or "invalid"), message)
