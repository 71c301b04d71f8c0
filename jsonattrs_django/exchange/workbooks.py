"""Tables of records as workbooks of a spreadsheet (XLSX), written and read row by row."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from jsonattrs_django.exchange.cells import FORMULA, NULL, Digits, plain, reader_of
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.exporting import MISSING, Export

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["read_workbook", "write_workbook"]

#: UTF-16 units of a cell, and rows of a sheet: what Excel holds.
_LONGEST, _ROWS = 32_767, 1_048_576
#: Characters that are none in XML; a carriage return would come back as a line feed.
_UNHOLDABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Digits that a double holds whatever they are.
_EXACT = 15
_MISTAKABLE = FORMULA | set("#0123456789")

_read = reader_of(Digits)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise ExchangeError("workbooks need their extra: pip install 'jsonattrs[xlsx]'") from None
    return openpyxl


# ---- out ----


def write_workbook(export: Export, stream: IO[bytes], told: Callable[[int], None]) -> int:
    """Write records as a workbook of one sheet, and return how many. Raises ExchangeError for what it cannot hold."""
    book = _openpyxl().Workbook(write_only=True)
    sheet = book.create_sheet("records")
    sheet.freeze_panes = "A2"
    try:
        count = _fill(sheet, export, told)
    except BaseException:
        with tempfile.TemporaryFile() as nowhere:
            book.save(nowhere)  # which is how openpyxl lets go of the files that it has made
        raise
    book.save(stream)
    return count


def _fill(sheet: Any, export: Export, told: Callable[[int], None]) -> int:
    make = _Maker(sheet, export.headings)
    sheet.append([make.text(plain(heading), None, heading) for heading in export.headings])
    count, width = 0, len(export.natives)
    for pk, values, members, text in export.stored():
        document = _read(text)
        document = document if isinstance(document, dict) else {}
        found = [column.dumped(value) for column, value in zip(export.natives, values, strict=True)]
        texts = [member.text(document, text) for member in members]
        count += 1
        if count >= _ROWS:
            raise ExchangeError(f"a sheet holds {_ROWS - 1:,} records: export CSV or JSON Lines")
        sheet.append([*make.natives(found, pk), *make.attributes(texts, pk, width)])
        if count % 1_000 == 0:
            told(count)
    return count


class _Maker:
    """Makes the cells of a sheet."""

    def __init__(self, sheet: Any, headings: list[str]) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._sheet = sheet
        self._headings = headings
        self._cell = WriteOnlyCell

    def natives(self, values: list[Any], pk: Any) -> Iterator[Any]:
        """Yield the cells of native values."""
        for place, value in enumerate(values):
            if isinstance(value, bool):
                yield value
            elif isinstance(value, int | float):
                yield self._number(Digits(repr(value)))
            else:
                yield self.text(NULL if value is None else plain(value), pk, self._headings[place])

    def attributes(self, texts: list[Any], pk: Any, start: int) -> Iterator[Any]:
        """Yield the cells of the values of attributes."""
        for place, text in enumerate(texts, start):
            if text is MISSING:
                yield None
            elif isinstance(text, Digits):
                yield self._number(text)
            else:
                yield self.text(NULL if text is None else plain(text), pk, self._headings[place])

    def _number(self, digits: Digits) -> Any:
        """Return a number, where it will be read with the same digits; a text else."""
        if len(digits.lstrip("-")) <= _EXACT:
            number = float(digits) if set(digits) & set(".eE") else int(digits)
            if repr(number) == digits:
                return number
        return self.text(str(digits), None, "")

    def text(self, text: str, pk: Any, heading: str) -> Any:
        """Return the cell of a text. Raises ExchangeError for one that a workbook cannot hold."""
        found = _UNHOLDABLE.search(text)
        if found or (len(text) > _LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > _LONGEST):
            why = f"the character U+{ord(found[0]):04X}" if found else f"more than {_LONGEST:,} characters"
            where = f"the heading {heading!r}" if pk is None else f"record {pk}, column {heading!r}"
            raise ExchangeError(f"{where}: a cell of a workbook cannot hold {why}; export CSV or JSON Lines")
        if text[:1] not in _MISTAKABLE:
            return text
        cell = self._cell(self._sheet, value=text)
        cell.data_type = "s"  # a text, whatever it looks like
        cell.quotePrefix = True  # and it stays one when somebody edits it
        return cell


# ---- in ----


@contextmanager
def read_workbook(path: str) -> Iterator[tuple[list[str], Iterator[tuple[int, dict[str, Any]]]]]:
    """Give the headings of the first sheet of a workbook, and its rows: their numbers, and cells by heading.

    Raises ExchangeError where there is no such thing, and OSError.
    """
    openpyxl = _openpyxl()
    from zipfile import BadZipFile

    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise ExchangeError(f"{path} is no workbook (.xlsx): {error}") from None
    try:
        yield _first_sheet(book)
    finally:
        book.close()


def _first_sheet(book: Any) -> tuple[list[str], Iterator[tuple[int, dict[str, Any]]]]:
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what other programs say of the size may be wrong
    rows = sheet.iter_rows(values_only=True)
    first = next(rows, ())
    headings = ["" if cell is None else str(cell).strip() for cell in first]
    named = [heading for heading in headings if heading]
    if not named:
        raise ExchangeError("there is no header: the first row must name the columns")
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    if twice:
        raise ExchangeError(f"the header names a column more than once: {', '.join(twice)}")
    return named, _rows(rows, headings)


def _rows(rows: Iterator[tuple[Any, ...]], headings: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, row in enumerate(rows, 2):
        cells: Mapping[str, Any] = {
            heading: cell for heading, cell in zip(headings, row, strict=False) if heading and cell is not None
        }
        if cells:
            yield number, dict(cells)
