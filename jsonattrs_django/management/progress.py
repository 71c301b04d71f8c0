"""A progress bar for work that is done in batches, or counted in records or bytes."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["counter", "progress"]


@contextmanager
def progress(batches: Any, label: str, *, hidden: bool = False) -> Iterator[Iterable[Any]]:
    """Give the batches of something that has a length in records, and show how far they are on standard error.

    There is no bar where standard error is no terminal.
    """
    if hidden or not sys.stderr.isatty():
        yield batches
        return
    with _bar(MofNCompleteColumn()) as bar:
        yield _followed(batches, bar, bar.add_task(label, total=len(batches)))


def _bar(numbers: Any) -> Progress:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), numbers, TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _followed(batches: Iterable[Any], bar: Progress, task: Any) -> Iterator[Any]:
    for batch in batches:
        yield batch
        bar.advance(task, batch.records)


@contextmanager
def counter(label: str, total: Callable[[], int | None], *, hidden: bool = False) -> Iterator[Callable[[int], None]]:
    """Give what to call with how much has been done so far, and show that on standard error, if it is a terminal.

    ``total`` is asked, where there is a bar, for how much there is to do; None is unknown.
    """
    if hidden or not sys.stderr.isatty():
        yield lambda done: None
        return
    with _bar(TaskProgressColumn()) as bar:
        task = bar.add_task(label, total=total())
        yield lambda done: bar.update(task, completed=done)
