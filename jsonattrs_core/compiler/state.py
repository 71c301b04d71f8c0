"""A record while it is being decided on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_core.messages import Problem

__all__ = ["RecordState"]


@dataclass(slots=True)
class RecordState:
    """A record while it is being decided on."""

    values: dict[str, Any]
    failed: set[str]
    problems: list[Problem]
    warnings: list[Problem] = field(default_factory=list)

    def fail(self, problem: Problem) -> None:
        """Add a problem of an attribute, and take its value out."""
        self.problems.append(problem)
        if problem.path:
            name = str(problem.path[0])
            self.failed.add(name)
            self.values.pop(name, None)
