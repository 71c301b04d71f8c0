"""Tables of records as CSV, workbooks and JSON Lines.

Whatever a format cannot hold is refused, naming the record and the column. So a writer is given a stream that nobody
reads before it is done: a file that takes its name at the end, as :func:`finished` makes it.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jsonattrs_django.documents import dumps
from jsonattrs_django.exchange.cells import ABSENT, FORMULA, NULL, guarded, plain, read_digits
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.exporting import MISSING, Export
from jsonattrs_django.exchange.workbooks import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jsonattrs_django.exchange.exporting import Member

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
            return _write_csv(export, stream, delimiter, encoding, guarded if formulas == "escape" else plain, told)
        if format == "xlsx":
            return write_workbook(export, stream, told)
        if format == "jsonl":
            return _write_json_lines(export, stream, told)
    raise ExchangeError(f"there is no format {format!r}: the formats are csv, xlsx and jsonl")


# ---- CSV ----


class _Rows:
    """The rows of a CSV file; it knows the one that was given last."""

    def __init__(self, export: Export, guard: Callable[[str], str], told: Callable[[int], None]) -> None:
        self._export = export
        self._guard = guard
        self._told = told
        self.count = 0
        self.pk: Any = None
        self.last: Sequence[Any] = ()

    def __iter__(self) -> Iterator[Sequence[Any]]:
        natives = [
            (place, _native_cell(column.dumped, self._guard))
            for place, column in enumerate(self._export.natives)
            if not column.is_number
        ]
        stored = self._export.quickly() if self._export.is_quick else self._export.stored()
        for count, (pk, values, members, text) in enumerate(stored, 1):
            cells = values if text is None else [*values, *self._cells(members, text)]
            if natives:
                cells = list(cells)
                for place, native in natives:
                    cells[place] = native(cells[place])
            self.pk, self.last, self.count = pk, cells, count
            if not count % 1_000:
                self._told(count)
            yield cells

    def _cells(self, members: Sequence[Member], text: str) -> list[str]:
        """Return the cells of attributes, from the text of a document."""
        guard, safe = self._guard, FORMULA | {"\\"}
        document = read_digits(text)
        found = document.get if document.__class__ is dict else {}.get
        cells = []
        for member in members:
            value = found(member[0], MISSING)
            if value.__class__ is not str:
                value = _other_cell(member, value, document, text, guard)
            elif not value or value[0] in safe:
                value = guard(value)
            cells.append(value)
        return cells


def _other_cell(member: Member, value: Any, document: Any, text: str, guard: Callable[[str], str]) -> str:
    """Return the cell of a value that is no text and no number."""
    if value is MISSING:
        return ABSENT
    found = member.text(document, text)
    return NULL if found is None else guard(found)


def _native_cell(dumped: Callable[[Any], Any], guard: Callable[[str], str]) -> Callable[[Any], Any]:
    def cell(value: Any) -> Any:
        found = dumped(value)
        if found is None:
            return NULL
        return guard(found) if isinstance(found, str) else str(found).lower() if isinstance(found, bool) else found

    return cell


def _write_csv(
    export: Export,
    stream: IO[bytes],
    delimiter: str,
    encoding: str,
    guard: Callable[[str], str],
    told: Callable[[int], None],
) -> int:
    try:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="", write_through=False)
    except LookupError:
        raise ExchangeError(f"unknown encoding {encoding!r}: say one such as utf-8 or utf-8-sig") from None
    rows = _Rows(export, guard, told)
    try:
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(export.headings)
        writer.writerows(rows)
        text.flush()
    except UnicodeEncodeError:
        raise _unwritable(export, rows, encoding) from None
    finally:
        text.detach()
    return rows.count


def _unwritable(export: Export, rows: _Rows, encoding: str) -> ExchangeError:
    for heading, cell in zip(export.headings, rows.last or export.headings, strict=True):
        try:
            str(cell).encode(encoding)
        except UnicodeEncodeError:
            where = f"record {rows.pk}, column {heading!r}" if rows.last else f"the heading {heading!r}"
            return ExchangeError(f"{where}: a character cannot be written in {encoding}; choose utf-8, or jsonl")
    return ExchangeError(f"a character cannot be written in {encoding}")


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
