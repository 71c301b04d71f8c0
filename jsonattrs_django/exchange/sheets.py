"""Reading the first sheet of a workbook of a spreadsheet (XLSX), row by row."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from jsonattrs_core import Problem
from jsonattrs_django.exchange.cells import CellError
from jsonattrs_django.exchange.errors import ExchangeError, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LONGEST", "openpyxl_module", "read_workbook"]

#: UTF-16 units of a cell: what Excel holds.
LONGEST = 32_767
#: Bytes of a file inside a workbook without a tag among them: a cell of the longest text, whatever is written for it.
_MOST = 1024 * 1024
_BLOCK = 64 * 1024


def openpyxl_module() -> Any:
    """Return openpyxl. Raises ExchangeError where it is not installed."""
    try:
        import openpyxl
    except ImportError:
        raise ExchangeError("workbooks need their extra: pip install 'jsonattrs[xlsx]'") from None
    return openpyxl


@contextmanager
def read_workbook(path: str) -> Iterator[tuple[list[str], Iterator[tuple[int, Any]]]]:
    """Give the headings of the first sheet of a workbook, and its rows.

    These are their numbers, and cells by heading, or a Problem in their place. Raises ExchangeError where there is no
    such thing, and OSError.
    """
    openpyxl = openpyxl_module()
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _demand_bounded(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise ExchangeError(f"{path} is no workbook (.xlsx): {error}") from None
    with closing(book):
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what other programs say of the size may be wrong
        with closing(sheet.iter_rows()) as rows:
            headings = _headings(next(rows, ()))
            yield [heading for heading in headings if heading], _rows(rows, headings)


def _demand_bounded(path: str) -> None:
    """Refuse a workbook with a cell that is larger than cells are, before anybody holds it in memory."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and _longest_run(archive, name) > _MOST:
                raise ExchangeError(f"{path}: a cell holds more than the {LONGEST:,} characters that a cell may hold")


def _longest_run(archive: ZipFile, name: str) -> int:
    """Return how many bytes there are at most between two tags, to within a block."""
    longest = run = 0
    with archive.open(name) as file:
        while longest <= _MOST and (block := file.read(_BLOCK)):
            last = block.rfind(b"<")
            run = run + len(block) if last < 0 else len(block) - last
            longest = max(longest, run)
    return longest


def _headings(cells: Sequence[Any]) -> list[str]:
    """Return the heading of each column, empty where there is none. Raises ExchangeError."""
    headings = [_heading(cell) for cell in cells]
    named = [heading for heading in headings if heading]
    if not named:
        raise ExchangeError("there is no header: the first row must name the columns")
    twice = sorted({shortened(heading) for heading in named if named.count(heading) > 1})
    if twice:
        raise ExchangeError(f"the header names a column more than once: {', '.join(twice)}")
    return headings


def _heading(cell: Any) -> str:
    heading = "" if cell.value is None else str(cell.value).strip()
    if cell.data_type == "e" or len(heading) > LONGEST:
        raise ExchangeError(f"the heading {shortened(heading)!r} is none: name the column, or remove it")
    return heading


def _rows(rows: Iterator[tuple[Any, ...]], headings: list[str]) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(rows, 2):
        filled = [(place, cell) for place, cell in enumerate(row) if not _is_blank(cell.value)]
        if filled:
            yield number, _cells(filled, headings)


def _cells(filled: Sequence[tuple[int, Any]], headings: list[str]) -> Any:
    """Return the cells of a row by heading, or a Problem where there is none for one."""
    cells: dict[str, Any] = dict.fromkeys(filter(None, headings))
    for place, cell in filled:
        if place >= len(headings) or not headings[place]:
            return Problem((), "syntax", {"unit": "row"})
        cells[headings[place]] = CellError(cell.value) if cell.data_type == "e" else cell.value
    return cells


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
