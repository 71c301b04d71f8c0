"""Tables of records as they come: CSV, workbooks, JSON and JSON Lines, row by row."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jsonattrs_core import CannotRun, Problem, open_records
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.sheets import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Table", "open_table"]


@dataclass(frozen=True)
class Table:
    """An open file of records."""

    rows: Iterator[tuple[int, Any]]  #: the number of each row, and its cells by heading, or the Problem in their place
    headings: list[str] | None  #: None where each row has its own names
    is_text: bool  #: cells are texts that stand for values, and not JSON values
    counted_by: str = "row"  #: what the numbers count


@contextmanager
def open_table(
    path: str,
    *,
    format: str | None = None,  # noqa: A002 - the option's name
    delimiter: str | None = None,
    encoding: str | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Iterator[Table]:
    """Open a file, or standard input for ``-``; without ``format`` its extension, or its beginning, says what it is.

    ``told`` is called with the number of bytes that have been read. Raises ExchangeError where it cannot be read at
    all, and OSError.
    """
    if format == "xlsx" or (format is None and PurePath(path).suffix.lower() == ".xlsx"):
        if path == "-":
            raise ExchangeError("a workbook is read from a file, not from standard input")
        with read_workbook(path) as (headings, rows):
            yield Table(rows, headings, is_text=True)
        return
    try:
        with open_records(path, format=format, delimiter=delimiter, encoding=encoding, on_read=told) as records:
            is_text = records.headings is not None
            yield Table(_checked(records.items), records.headings, is_text, records.counted_by)
    except CannotRun as error:
        raise ExchangeError(str(error)) from None


def _checked(items: Any) -> Iterator[tuple[int, Any]]:
    for number, item in items:
        if isinstance(item, dict | Problem):
            yield number, item
        else:
            yield number, Problem((), "type", {"type": "document"})
