"""What the commands share: how they fail, and where they print."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.errors import JSONAttrsError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["CANNOT_RUN", "INTERRUPTED", "PROBLEMS", "console", "emit", "say", "stopping_at_faults"]

PROBLEMS = 1
CANNOT_RUN = 2
INTERRUPTED = 130  #: 128 and the number of SIGINT, as shells report it

#: Columns for output that is read by a program or kept in a file: enough for a table to need no folding.
UNBOUND_WIDTH = 200


class _Console(Console):
    """A console whose reader may leave early: ``jsonattrs ... | head``."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        _forget_stdout()


def console(*, stderr: bool = False) -> Console:
    """Return a console for standard output or error, made now, because tests and pipes change the streams."""
    found = _Console(stderr=stderr, highlight=False)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found.width = UNBOUND_WIDTH
    return found


def emit(text: str) -> None:
    """Write plain text and a line break to standard output, as it is: for what programs read."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()


def say(message: str) -> None:
    """Write one line on standard error, with the program's name before it."""
    line = " ".join(message.split())
    sys.stderr.write(f"jsonattrs: {line}\n")
    sys.stderr.flush()


def _forget_stdout() -> None:
    """Point standard output to nowhere, so that Python can close it in peace."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def stopping_at_faults() -> Iterator[None]:
    """Turn what keeps a command from running into lines on standard error and exit code 2."""
    try:
        yield
    except KeyboardInterrupt:
        say("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except (CannotRun, JSONAttrsError, OSError) as error:
        for line in _lines(error):
            say(line)
        raise typer.Exit(CANNOT_RUN) from None


def _lines(error: Exception) -> Iterable[str]:
    if isinstance(error, SchemaError):
        return [str(fault) for fault in error.faults]
    if isinstance(error, OSError) and error.strerror:
        return [f"{error.filename}: {error.strerror}" if error.filename else error.strerror]
    return [str(error)]
