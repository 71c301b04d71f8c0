"""The workbook: sheets of nothing but texts, whatever the texts look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import JSONAttrsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl import Workbook

__all__ = ["new_workbook"]

#: Widths of columns by how their headings begin, in characters.
_WIDTHS = {"label": 40, "hint": 40, "constraint": 40, "relevant": 40, "type": 24}
_WIDTH = 18


def new_workbook(sheets: Mapping[str, tuple[Sequence[str], Iterable[Mapping[str, str]]]]) -> Workbook:
    """Return a workbook with a sheet for each name, made of its headings and rows.

    Raises JSONAttrsError, with the line that installs it, where openpyxl is missing.
    """
    try:
        import openpyxl  # only who writes a workbook needs it
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise JSONAttrsError("a workbook needs an extra: pip install 'jsonattrs[xlsx]'") from error
    book = openpyxl.Workbook(write_only=True)
    for name, (headings, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(headings, 1):
            width = next((width for start, width in _WIDTHS.items() if heading.startswith(start)), _WIDTH)
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, row.get(heading, "")) for heading in headings])
    return book


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """Return a cell that is a text, also where a program would take it for a formula or a number."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell
