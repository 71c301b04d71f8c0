"""Files that a command writes: each appears under its name once it is complete, and not before."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from jsonattrs_core.cli.errors import CannotRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["refuse_overwriting", "written"]


def refuse_overwriting(inputs: Iterable[str], outputs: Iterable[str | None]) -> None:
    """Raise CannotRun where an output is one of the inputs, two outputs are one file, or one is standard output."""
    taken = [path for path in inputs if path != "-"]
    for path in filter(None, outputs):
        if path == "-":
            raise CannotRun("problems and clean records go to files: '-' is not one; /dev/stdout is")
        if any(_same(path, other) for other in taken):
            raise CannotRun(f"{path}: this file is already read from, or written to, by this command")
        taken.append(path)


def _same(one: str, other: str) -> bool:
    if os.path.exists(one) and os.path.exists(other):
        return os.path.isfile(one) and os.path.samefile(one, other)
    return os.path.realpath(one) == os.path.realpath(other)


@contextmanager
def written(path: str | None) -> Iterator[TextIO | None]:
    """Open ``path`` for writing UTF-8, or give None for None.

    The lines go to a hidden file beside it, which takes the name when all went well and disappears when not. What is no
    regular file, such as ``/dev/stdout``, is written to directly. Lone surrogates are written as JSON escapes.
    """
    if path is None:
        yield None
        return
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with _open(target, "w", path) as file:
            yield file
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    file = _open(unfinished, "x", path)
    try:
        with file:
            yield file
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _open(path: Path, mode: str, shown: str) -> TextIO:
    """Open a file for writing; an error tells the name that the person knows, not that of the unfinished file."""
    try:
        # Inside a JSON string "backslashreplace" replaces nothing: \udc80 is how JSON writes that character.
        return cast("TextIO", open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n"))
    except OSError as error:
        raise type(error)(error.errno, error.strerror, shown) from None
