"""Records out of CSV as spreadsheets write it.

The first row names the attributes. What cannot be read comes out as a :class:`Problem` in place of the row, and reading
goes on after it: after an unclosed quotation mark with the next line, so that it does not swallow the rest of the file.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import Counter, deque
from contextlib import contextmanager
from itertools import compress
from typing import TYPE_CHECKING, Any

from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.jsondata import LIMIT, syntax, too_large
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import shown_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

__all__ = ["CsvRecords"]

#: What may separate cells. Where two are equally frequent the first wins: running text has commas, hardly tabs.
DELIMITERS = "\t;|,"

#: Rows of a spreadsheet: this many rows of nothing but empty cells may end a file.
MOST_EMPTY_ROWS = 2**20

_EXCEL_SAYS = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE | re.DOTALL)


class _Damaged(str):
    """A line with bytes that are no text; they are lone surrogates here."""

    __slots__ = ()


class _TooLarge(Exception):
    """A row is larger than is read. One of several lines is hardly ever meant: somebody left a quotation mark open."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.problem = too_large() if lines == 1 else syntax("csv")


class _LineFeeds(io.RawIOBase):
    """A stream whose lines end with a carriage return alone, as old spreadsheets on a Mac wrote them."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        block = self._stream.read1(len(buffer)).replace(b"\r", b"\n")
        buffer[: len(block)] = block
        return len(block)


class _Lines:
    """The lines of a stream for csv.reader; those of the current row can be read again."""

    def __init__(self, stream: io.BufferedReader) -> None:
        head = stream.peek()
        if b"\r" in head and b"\n" not in head:
            stream = io.BufferedReader(_LineFeeds(stream))
        self._read = stream.readline
        self._again: deque[str | None] = deque()
        self._row: list[str | None] = []  # None is a line that is too large
        self._size = 0
        self.number = 0  #: of the last line given
        self.first = 1  #: number of the first line of the current row
        self.damaged = False  #: whether the current row has bytes that are not text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._next_line()
        self.number += 1
        self._row.append(line)
        self._size += len(line or "")
        if line is None or self._size > LIMIT:
            raise _TooLarge(len(self._row))
        if type(line) is _Damaged:
            self.damaged = True
        return line

    def start_row(self) -> None:
        """Begin a row with the next line."""
        self.first = self.number + 1
        self._row.clear()
        self._size = 0
        self.damaged = False

    def back_to(self, kept: int) -> None:
        """Go back to where only the first ``kept`` lines of the current row have been read."""
        again = self._row[kept:]
        self._again.extendleft(reversed(again))
        self.number -= len(again)

    def _next_line(self) -> str | None:
        line = self._read(LIMIT + 2)
        if not line:
            raise StopIteration
        if len(line) > LIMIT and len(line.rstrip(b"\r\n")) > LIMIT:
            while line and not line.endswith(b"\n"):
                line = self._read(LIMIT)
            return None
        try:
            return str(line, "utf-8")
        except UnicodeDecodeError:
            return _Damaged(line, "utf-8", "surrogateescape")


class CsvRecords:
    """The records of one CSV stream: iterate for ``(line number, cells by name, or Problem)``.

    ``known`` holds the names of the attributes: a column of any other name is one of the ``findings``, and left out;
    without it every column that has a name is one. Raises CannotRun where the stream has no usable header.
    """

    def __init__(self, stream: io.BufferedReader, known: Container[str] | None, delimiter: str | None = None) -> None:
        self._lines = _Lines(stream)
        self._delimiter = _look_at_header(self._lines, delimiter)
        self._reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        with _field_limit():
            self._header = self._read_header()
        self.findings: list[tuple[int, Problem]] = []  #: ``(line number, Problem)`` of columns
        self._read_columns(known)

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        with _field_limit():
            for line, row in self._rows_but_empty_ones_at_the_end():
                yield line, row if isinstance(row, Problem) else self._record(row)

    def _read_header(self) -> list[str]:
        self._lines.start_row()
        try:
            header = [cell.strip() for cell in next(self._reader)]
        except (csv.Error, _TooLarge):
            raise CannotRun("the header cannot be read: a quotation mark may be missing") from None
        if self._lines.damaged:
            raise CannotRun("the header is not text in the expected encoding: say which it is with --encoding")
        if not any(header):
            raise CannotRun("there is no header: the first row must name the attributes")
        return header

    @property
    def headings(self) -> list[str]:
        """The names of the columns, in their order."""
        return [name for name in self._header if name]

    def _read_columns(self, known: Container[str] | None) -> None:
        named = Counter(filter(None, self._header))
        known = named if known is None else known
        twice = [shown_name(name) for name, count in named.items() if count > 1]
        if twice:
            raise CannotRun(f"the header names a column more than once: {', '.join(twice[:10])}")
        self._kept = [name in known for name in self._header]
        if not any(self._kept):
            raise CannotRun(
                "no column of the header is an attribute of the schema: is the first row a header, "
                f"and is {self._delimiter!r} what separates its cells?"
            )
        self._names = list(compress(self._header, self._kept))
        self._nameless = [number for number, name in enumerate(self._header) if not name]
        for name in named:
            if name not in known:
                self.findings.append((self._lines.first, Problem((shown_name(name),), "unknown", {})))

    def _record(self, row: list[str]) -> dict[str, str] | Problem:
        if len(row) != len(self._header) or any(row[column] for column in self._nameless):
            return syntax("row")
        return dict(zip(self._names, compress(row, self._kept), strict=True))

    def _rows_but_empty_ones_at_the_end(self) -> Iterator[tuple[int, list[str] | Problem]]:
        """Spreadsheets may write rows that once had a border; those within the table are records all the same."""
        waiting = array("Q")
        for line, row in self._rows():
            if isinstance(row, list) and not any(row) and len(waiting) < MOST_EMPTY_ROWS:
                waiting.append(line)
                continue
            for empty in waiting:
                yield empty, [""] * len(self._header)
            del waiting[:]
            yield line, row

    def _rows(self) -> Iterator[tuple[int, list[str] | Problem]]:
        lines = self._lines
        while True:
            lines.start_row()
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except _TooLarge as error:
                lines.back_to(1)
                yield lines.first, error.problem
            except csv.Error:
                lines.back_to(1)
                yield lines.first, syntax("csv")
            else:
                if lines.damaged:
                    yield lines.first, syntax("encoding")
                elif row:
                    yield lines.first, row


def _look_at_header(lines: _Lines, delimiter: str | None) -> str:
    """Return what separates the cells, with the lines at the header: said, Excel's ``sep=``, or the most frequent."""
    try:
        text = next(lines)
        said = _EXCEL_SAYS.fullmatch(text)
        if said:
            delimiter = delimiter or said[1]
        while said or not text.strip():
            lines.start_row()
            text, said = next(lines), None
        while text.count('"') % 2:
            text += next(lines)
    except (StopIteration, _TooLarge):
        raise CannotRun("there is no header: the first row must name the attributes") from None
    lines.back_to(0)
    outside_quotes = "".join(text.split('"')[::2])
    likely = max(DELIMITERS, key=outside_quotes.count)
    return delimiter or (likely if likely in outside_quotes else ",")


@contextmanager
def _field_limit() -> Iterator[None]:
    """Let a cell be as long as a row may be; the limit belongs to the whole process."""
    before = csv.field_size_limit(LIMIT + 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)
