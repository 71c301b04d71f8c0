"""Doing what is planned."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_django.indexes.building import build, drop
from jsonattrs_django.indexes.errors import IndexProblem
from jsonattrs_django.indexes.plan import DROP
from jsonattrs_django.indexes.statements import run, without_timeout

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_django.indexes.plan import Step, TablePlan

__all__ = ["Outcome", "carry_out"]


class Outcome(NamedTuple):
    """What became of a step."""

    step: Step
    seconds: float
    problem: IndexProblem | None


def carry_out(plan: TablePlan, connection: Any, beginning: Callable[[Step], Any]) -> list[Outcome]:
    """Do one step after the other, and return what became of each; one that fails does not keep the others back.

    The caller has locked the table, from before it was planned. ``beginning`` is called with each step before it is
    done. At the end the database counts the values of what was built: without that it cannot tell what an index saves.
    Raises IndexProblem where that does not work.
    """
    outcomes = []
    for step in plan.steps:
        beginning(step)
        began = monotonic()
        problem = _problem(step, connection)
        outcomes.append(Outcome(step, monotonic() - began, problem))
    if any(each.problem is None and each.step.action != DROP for each in outcomes):
        with without_timeout(connection):
            run(connection, f"ANALYZE {plan.table.sql}")
    return outcomes


def _problem(step: Step, connection: Any) -> IndexProblem | None:
    """Do one step; return what came in the way."""
    try:
        if step.spec is not None:
            # The one place where a unique index is built over records that are there.
            build(step.spec, connection)
        elif step.table is not None:
            drop(step.name, step.table, connection)
    except IndexProblem as problem:
        return problem
    return None
