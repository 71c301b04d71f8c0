"""Doing what is planned."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import Error

from jsonattrs_django.indexes.building import build, drop
from jsonattrs_django.indexes.errors import DuplicateValues, IndexProblem, words
from jsonattrs_django.indexes.plan import CLAIM, DROP, REPAIR
from jsonattrs_django.indexes.statements import run, without_timeout
from jsonattrs_django.uniqueness.enforcing import begun, duplicates_of, enforce, wait_for_writers

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_django.indexes.plan import Step, TablePlan
    from jsonattrs_django.indexes.tables import Relation
    from jsonattrs_django.models import UniquenessRecord

__all__ = ["Outcome", "carry_out"]

#: Seconds to wait for transactions that may still write by older schemas.
_PATIENCE = 60.0


class Outcome(NamedTuple):
    """What became of a step."""

    step: Step
    seconds: float
    problem: IndexProblem | None


def carry_out(
    plan: TablePlan, connection: Any, beginning: Callable[[Step], Any], patience: float = _PATIENCE
) -> list[Outcome]:
    """Do one step after the other, and return what became of each; one that fails does not keep the others back.

    The caller has locked the table, from before it was planned. ``beginning`` is called with each step before it is
    done. Where something is to be unique, it waits until every writer knows, ``patience`` seconds for those that are at
    work. At the end the database counts the values of what was built: without that it cannot tell what an index saves.
    Raises IndexProblem where that does not work.
    """
    outcomes = []
    older = 0
    jobs = {
        step.name: begun(step.field, connection.alias, step.spec.keys)
        for step in plan.steps
        if step.field is not None and step.spec is not None and step.spec.is_unique
    }
    if jobs:
        beginning(next(step for step in plan.steps if step.name in jobs))  # it may take a while
        older = wait_for_writers(connection.alias, patience)
    for step in plan.steps:
        beginning(step)
        began = monotonic()
        problem = _problem(step, connection, plan.table, jobs.get(step.name), older)
        outcomes.append(Outcome(step, monotonic() - began, problem))
    if any(each.problem is None and each.step.action != DROP for each in outcomes):
        with without_timeout(connection):
            run(connection, f"ANALYZE {plan.table.sql}")
    return outcomes


def _problem(
    step: Step, connection: Any, table: Relation, job: UniquenessRecord | None, older: int
) -> IndexProblem | None:
    """Do one step; return what came in the way. ``older`` transactions may still write by older schemas."""
    try:
        if job is not None:
            with without_timeout(connection):
                _enforce(step, connection, table, job, older)
        elif step.spec is not None:
            build(step.spec, connection)
        elif step.table is not None:
            drop(step.name, step.table, connection)
    except IndexProblem as problem:
        return problem
    except Error as error:  # while records claim their values: a lock that somebody has, a deadlock
        return IndexProblem(words(error))
    return None


def _enforce(step: Step, connection: Any, table: Relation, job: UniquenessRecord, older: int) -> None:
    """Have the records claim what is unique, and build the index. Raises IndexProblem where that cannot be."""
    spec, field = step.spec, step.field
    if spec is None or field is None:
        raise AssertionError
    if older:
        raise IndexProblem(
            f"transactions that began before are still at work ({older}), and may write what is not unique; run "
            "attributes_sync again when they have ended"
        )
    if step.action == REPAIR and connection.vendor == "postgresql":
        drop(spec.name, table, connection)  # what is left of it refuses claims already
    try:
        found = enforce(field, job, lambda: build(spec, connection), step.action == CLAIM)
    except DuplicateValues as problem:  # they were written in the meantime
        raise DuplicateValues(str(duplicates_of(field, connection.alias, spec.keys) or problem)) from problem
    if found is not None:
        raise DuplicateValues(str(found))
