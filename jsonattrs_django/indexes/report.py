"""What is to be done about indexes, and what was, for people."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

from jsonattrs_django.indexes.plan import BUILD, CLAIM, DROP, REPAIR
from jsonattrs_django.targets import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.indexes.plan import Step, TablePlan
    from jsonattrs_django.indexes.sync import Outcome

__all__ = ["IndexReport", "working"]

_DONE = {BUILD: "built", REPAIR: "repaired", CLAIM: "claimed", DROP: "dropped"}


class IndexReport:
    """Tells about the indexes of one table."""

    def __init__(self, fields: Iterable[JSONAttributeField], alias: str, stream: Any) -> None:
        self._label = " and ".join(map(label_of, fields))
        self._alias = alias
        self._stream = stream

    def absent(self) -> None:
        """Say that the table is not there."""
        self._stream.write(f"{self._label}: no table in the database {self._alias!r}; run migrate first")

    def to_do(self, plan: TablePlan, with_sql: bool) -> None:
        """Say what would be done."""
        self._table([(step.action, step.name, step.why) for step in plan.steps])
        self._sum_up(plan, [(step.action, "to ") for step in plan.steps])
        if with_sql:
            for step in plan.steps:
                self._stream.write(f"\n-- {step.why}")
                for statement in step.statements:
                    self._stream.write(statement if statement.startswith("--") else f"{statement};")

    def done(self, plan: TablePlan, outcomes: list[Outcome]) -> None:
        """Say what was done, and what could not be."""
        self._table(
            [
                ("failed" if each.problem else _DONE[each.step.action], each.step.name, each.step.why, each.seconds)
                for each in outcomes
            ]
        )
        self._sum_up(plan, [("failed" if each.problem else _DONE[each.step.action], "") for each in outcomes])
        for each in outcomes:
            if each.problem is not None:
                self._stream.write(f"  {each.step.name} was not {_DONE[each.step.action]}: {each.problem}")

    def _sum_up(self, plan: TablePlan, actions: list[tuple[str, str]]) -> None:
        counts = [f"{actions.count(each)} {each[1]}{each[0]}" for each in dict.fromkeys(actions)]
        said = [f"{plan.in_place} in place" if plan.in_place or plan.steps else "no index asked for", *counts]
        if plan.in_place and not plan.steps:
            said.append("nothing to be done")
        self._stream.write(f"{self._label} in the database {self._alias!r}: {', '.join(said)}")
        for reason in plan.refused:
            self._stream.write(f"  refused: {reason}")
        for reason in plan.impossible:
            self._stream.write(f"  no index: {reason}; queries work, and read every record")
        for name in plan.unneeded:
            self._stream.write(f"  no attribute needs {name}; --prune drops it")

    def _table(self, rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("", "Index", "For", "Seconds")[: len(rows[0])]:
            table.add_column(heading, justify="right" if heading == "Seconds" else "left", no_wrap=heading == "Index")
        for action, name, why, *seconds in rows:
            table.add_row(action, name, why, *(f"{each:.1f}" for each in seconds))
        file = getattr(self._stream, "_out", self._stream)
        Console(file=file, width=max(140, Console().width), markup=False, highlight=False).print(table)


@contextmanager
def working() -> Iterator[Callable[[Step], Any]]:
    """Give a function that shows on standard error which step is at work, where that is a terminal."""
    status = Console(stderr=True).status("") if sys.stderr.isatty() else None
    with status or nullcontext():
        yield lambda step: None if status is None else status.update(f"{step.action} {step.name}: {step.why}")
