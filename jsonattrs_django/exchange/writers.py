"""Tables of records as CSV, workbooks and JSON Lines.

Whatever a format cannot hold is refused, naming the record and the column. So a writer is given a stream that nobody
reads before it is done: a file that takes its name at the end, as :func:`finished` makes it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from jsonattrs_django.documents import dumps
from jsonattrs_django.exchange.cells import guarded, plain
from jsonattrs_django.exchange.csvfiles import write_csv
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.workbooks import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonattrs_django.exchange.exporting import Export


__all__ = ["FORMATS", "finished", "format_of", "write_records"]

#: The formats, by the extension of the file.
FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def format_of(path: str, said: str | None) -> str:
    """Return the format of a file: what was said, or what its extension says. Raises ExchangeError."""
    found = said or FORMATS.get(Path(path).suffix.lower())
    if found is None:
        raise ExchangeError(f"{path}: say what it is with --format csv, xlsx or jsonl")
    return found


def write_records(
    export: Export,
    stream: IO[bytes],
    format: str,  # noqa: A002 - the option's name
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    formulas: str = "escape",
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Write records, and return how many. Raises ExchangeError for what the format cannot hold.

    ``delimiter``, ``encoding`` and ``formulas`` are those of CSV: with ``"escape"`` a text that a spreadsheet would
    take for a formula gets a backslash, with ``"keep"`` it is written as it is. ``told`` is called from time to time
    with the number of records.
    """
    with export.in_one_go():
        if format == "csv":
            guard = guarded if formulas == "escape" else plain
            return write_csv(export, stream, guard, delimiter=delimiter, encoding=encoding, told=told)
        if format == "xlsx":
            return write_workbook(export, stream, told)
        if format == "jsonl":
            return _write_json_lines(export, stream, told)
    raise ExchangeError(f"there is no format {format!r}: the formats are csv, xlsx and jsonl")


# ---- JSON Lines ----


def _write_json_lines(export: Export, stream: IO[bytes], told: Callable[[int], None]) -> int:
    count = 0
    for _, record in export.records():
        # Inside a text "backslashreplace" writes half a character as JSON does.
        stream.write((dumps(record) + "\n").encode("utf-8", "backslashreplace"))
        count += 1
        if count % 1_000 == 0:
            told(count)
    return count


# ---- files ----


@contextmanager
def finished(path: str) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes appear under a name, or on standard output for ``-``, when all went well."""
    if path == "-":
        with tempfile.TemporaryFile() as made:
            yield made
            made.seek(0)
            shutil.copyfileobj(made, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(unfinished, "xb") as file:
            yield file
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
