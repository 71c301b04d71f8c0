"""The verdict on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_core.messages import Problem

__all__ = ["Result", "accepted", "decided"]


class Result:
    """The verdict on a record."""

    __slots__ = ("value",)

    value: dict[str, Any]  #: the clean values, by name, of the attributes without problems
    problems: tuple[Problem, ...] = ()  #: why it is refused; empty where it is accepted
    warnings: tuple[Problem, ...] = ()  #: what rules of severity "warning" say; they refuse nothing

    @property
    def ok(self) -> bool:
        """Tell whether the record is accepted."""
        return not self.problems

    def __repr__(self) -> str:
        return f"<Result ok={self.ok} problems={self.problems!r} warnings={self.warnings!r}>"


class _Remarked(Result):
    """The verdict on a record of which there is something to say."""

    __slots__ = ("problems", "warnings")


_new = object.__new__  # a constructor of our own would take twice the time, on the path of every valid record


def accepted(value: dict[str, Any]) -> Result:
    """Return the verdict on a record with nothing wrong."""
    result = _new(Result)
    result.value = value
    return result


def decided(value: dict[str, Any], problems: tuple[Problem, ...], warnings: tuple[Problem, ...] = ()) -> Result:
    """Return the verdict on any record."""
    result = _new(_Remarked)
    result.value = value
    result.problems = problems
    result.warnings = warnings
    return result
