"""A progress bar for work that is done in batches."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["progress"]


@contextmanager
def progress(batches: Any, label: str, *, hidden: bool = False) -> Iterator[Iterable[Any]]:
    """Give the batches of something that has a length in records, and show how far they are on standard error.

    There is no bar where standard error is no terminal.
    """
    console = Console(stderr=True)
    if hidden or not sys.stderr.isatty():
        yield batches
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield _followed(batches, bar, bar.add_task(label, total=len(batches)))


def _followed(batches: Iterable[Any], bar: Progress, task: Any) -> Iterator[Any]:
    for batch in batches:
        yield batch
        bar.advance(task, batch.records)
