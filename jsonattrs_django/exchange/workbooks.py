"""Tables of records as workbooks of a spreadsheet (XLSX), written row by row."""

from __future__ import annotations

import re
import tempfile
from typing import IO, TYPE_CHECKING, Any

from jsonattrs_django.exchange.cells import FORMULA, NULL, Digits, plain, reader_of
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.exporting import MISSING, Export
from jsonattrs_django.exchange.sheets import LONGEST, openpyxl_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["write_workbook"]

#: Rows of a sheet: what Excel holds.
_ROWS = 1_048_576
#: Characters that are none in XML; a carriage return would come back as a line feed.
_UNHOLDABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Digits that a double holds whatever they are.
_EXACT = 15
_MISTAKABLE = FORMULA | set("#0123456789")

_read = reader_of(Digits)


def write_workbook(export: Export, stream: IO[bytes], told: Callable[[int], None]) -> int:
    """Write records as a workbook of one sheet, and return how many. Raises ExchangeError for what it cannot hold."""
    book = openpyxl_module().Workbook(write_only=True)
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
        if found or (len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST):
            why = f"the character U+{ord(found[0]):04X}" if found else f"more than {LONGEST:,} characters"
            where = f"the heading {heading!r}" if pk is None else f"record {pk}, column {heading!r}"
            raise ExchangeError(f"{where}: a cell of a workbook cannot hold {why}; export CSV or JSON Lines")
        if text[:1] not in _MISTAKABLE:
            return text
        cell = self._cell(self._sheet, value=text)
        cell.data_type = "s"  # a text, whatever it looks like
        cell.quotePrefix = True  # and it stays one when somebody edits it
        return cell
