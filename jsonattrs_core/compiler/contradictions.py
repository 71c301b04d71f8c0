"""Limits of which one rules out what another demands: no value of the attribute could ever be entered."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import Invalid
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonattrs_core.records import BaseType

__all__ = ["contradictions"]

#: Limits on a number of characters or items: the least, and the greatest.
_COUNTS = (("min_length", "max_length"), ("min_items", "max_items"))
#: Limits on values from below and from above, and what must hold between the two.
_BOUNDS: tuple[tuple[str, str, Callable[[Any, Any], bool]], ...] = (
    ("min", "max", operator.le),
    ("min", "exclusive_max", operator.lt),
    ("exclusive_min", "max", operator.lt),
    ("exclusive_min", "exclusive_max", operator.lt),
)


def contradictions(constraints: Mapping[str, Any], base: BaseType) -> Iterator[tuple[str, str, str]]:
    """Yield the two names and a message for each pair of limits that no value of a base type keeps.

    Limits that are none of the type are told elsewhere; those that move with the clock contradict nothing, since a
    schema does not become a fault as time passes.
    """
    for least, most in _COUNTS:
        low, high = (_count(constraints.get(name)) for name in (least, most))
        if low is not None and high is not None and low > high:
            yield least, most, _told(least, most, constraints)
    for lower, upper, holds in _BOUNDS:
        low, high = (_bound(name, constraints, base) for name in (lower, upper))
        if low is not None and high is not None and not holds(low, high):
            yield lower, upper, _told(lower, upper, constraints)


def _told(lower: str, upper: str, constraints: Mapping[str, Any]) -> str:
    return (
        f"no value fits the constraints {lower!r} and {upper!r}:"
        f" {shown(constraints[lower])} and {shown(constraints[upper])}"
    )


def _count(parameter: Any) -> int | None:
    return parameter if isinstance(parameter, int) and not isinstance(parameter, bool) else None


def _bound(name: str, constraints: Mapping[str, Any], base: BaseType) -> Any:
    """Return a limit as a value, None where it is none of the type, or moves."""
    if name not in constraints or name not in base.constraints or base.factory:
        return None
    try:
        return base.check(constraints[name])
    except Invalid:
        return None
