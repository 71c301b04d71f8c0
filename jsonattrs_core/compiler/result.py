"""The verdict on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_core.messages import Problem

__all__ = ["Result"]


class Result:
    """The verdict on a record."""

    __slots__ = ("problems", "value", "warnings")

    def __init__(
        self, value: dict[str, Any], problems: tuple[Problem, ...] = (), warnings: tuple[Problem, ...] = ()
    ) -> None:
        self.value = value  #: the clean values, by name, of the attributes without problems
        self.problems = problems  #: why it is refused; empty where it is accepted
        self.warnings = warnings  #: what rules of severity "warning" say; they refuse nothing

    @property
    def ok(self) -> bool:
        """Tell whether the record is accepted."""
        return not self.problems

    def __repr__(self) -> str:
        return f"<Result ok={self.ok} problems={self.problems!r} warnings={self.warnings!r}>"
