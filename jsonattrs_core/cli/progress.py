"""A progress bar on a terminal: how much of the data has been read, and what was found in it so far."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from jsonattrs_core.cli.common import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from jsonattrs_core.cli.tally import Tally

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(path: str, tally: Tally) -> Iterator[Callable[[int], None] | None]:
    """Show a bar on standard error, if that is a terminal; give what to call with the number of bytes read so far.

    It is called once in some hundred records. The bar draws itself ten times a second and is gone at the end.
    """
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    size = os.path.getsize(path) if os.path.isfile(path) else None
    with _bar(screen) as bar:
        task = bar.add_task("", total=size, name="standard input" if path == "-" else os.path.basename(path), found="")

        def on_read(done: int) -> None:
            bar.update(task, completed=done, found=f"{tally.problems:,} problems" if tally.problems else "")

        yield on_read


def _bar(screen: Console) -> Progress:
    return Progress(
        TextColumn("{task.fields[name]}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        TextColumn("[red]{task.fields[found]}"),
        console=screen,
        transient=True,
    )
