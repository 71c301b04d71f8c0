"""A row of a table as what it says of one record: values of columns, and of attributes."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models.constants import LOOKUP_SEP
from django.utils import timezone
from django.utils.translation import gettext as _

from jsonattrs_django.exchange.cells import CellError, Digits, unescaped
from jsonattrs_django.exchange.columns import AttributeColumn, Column, Headings
from jsonattrs_django.exchange.exporting import MISSING
from jsonattrs_django.exchange.natives import NativeColumn
from jsonattrs_django.exchange.problems import RowProblem, of_validation
from jsonattrs_django.texts import happens_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonattrs_django.exchange.readers import Table

__all__ = ["Row", "RowReader", "text_of_moment", "value_of"]

#: Headings that are remembered: each row of JSON Lines may have names of its own.
_MOST = 5_000


@dataclass(slots=True)
class Row:
    """What one row says, and what became of it."""

    number: int
    natives: dict[str, Any] = dataclass_field(default_factory=dict)  #: typed values by path
    attributes: dict[str, Any] = dataclass_field(default_factory=dict)  #: texts or JSON values by name
    problems: list[RowProblem] = dataclass_field(default_factory=list)
    headings: dict[str, str] = dataclass_field(default_factory=dict)  #: of columns, by path
    attribute_headings: dict[str, str] = dataclass_field(default_factory=dict)  #: by name
    blanks: set[str] = dataclass_field(default_factory=set)  #: names of attributes whose cells are blank, and so null
    blank_paths: list[str] = dataclass_field(default_factory=list)  #: of columns of which that is so
    record: Any = None  #: the instance
    is_new: bool = False
    changed: set[str] = dataclass_field(default_factory=set)  #: names of the fields that it changes
    failed: set[str] = dataclass_field(default_factory=set)  #: names of the fields for which it has no value
    read: tuple[int, frozenset[str]] | None = None  #: how many problems, and which failed, when it had been read

    def begin(self) -> None:
        """Forget what became of the row since it was read."""
        if self.read is None:
            self.read = len(self.problems), frozenset(self.failed)
        count, failed = self.read
        del self.problems[count:]
        self.record, self.is_new, self.changed, self.failed = None, False, set(), set(failed)

    def refuse(self, path: str, code: str, message: str) -> None:
        """Note what is wrong with a native column."""
        self.failed.add(path.partition(LOOKUP_SEP)[0])
        self.problems.append(RowProblem(self.number, self.headings.get(path, path), code, message))

    def refuse_value(self, path: str, error: ValidationError) -> None:
        """Note what Django says of the value of a native column."""
        self.failed.add(path.partition(LOOKUP_SEP)[0])
        self.problems += of_validation(self.number, self.headings[path], error)


class RowReader:
    """Reads the rows of a table. Raises ExchangeError for headings that are no columns.

    ``clears`` says that a blank cell is null; else it says nothing.
    """

    def __init__(self, table: Table, headings: Headings, *, clears: bool) -> None:
        self._headings = headings
        self._is_text = table.is_text
        self._clears = clears
        self._columns: dict[str, Column | str] = dict(headings.read(table.headings or ()))
        self._prefix = headings.prefix

    @cached_property
    def natives(self) -> dict[str, NativeColumn]:
        """The native columns of a file that names them once and for all, by path."""
        return {column.path: column for column in self._columns.values() if isinstance(column, NativeColumn)}

    def read(self, number: int, cells: Mapping[str, Any]) -> Row:
        """Return what a row says."""
        row = Row(number)
        for heading, cell in cells.items():
            column = self._columns.get(heading)
            if column is None:
                column = self._headings.column(heading)
                if len(self._columns) < _MOST:
                    self._columns[heading] = column
            if isinstance(column, str):
                path = (heading.removeprefix(self._prefix),)
                row.problems.append(RowProblem(number, heading, "unknown", column, path))
            elif isinstance(column, AttributeColumn):
                self._read_attribute(row, heading, column.name, cell)
            else:
                self._read_native(row, heading, column, cell)
        return row

    def _read_attribute(self, row: Row, heading: str, name: str, cell: Any) -> None:
        row.attribute_headings[name] = heading
        if isinstance(cell, CellError):
            row.problems.append(RowProblem(row.number, heading, "cell_error", _of_error(cell), (name,)))
            return
        value = self._value(cell)
        if value is MISSING and self._clears:
            row.blanks.add(name)
            value = None
        if value is not MISSING:
            row.attributes[name] = value

    def _read_native(self, row: Row, heading: str, column: NativeColumn, cell: Any) -> None:
        row.headings[column.path] = heading
        if isinstance(cell, CellError):
            row.refuse(column.path, "cell_error", _of_error(cell))
            return
        value = self._value(cell)
        if value is MISSING:
            row.blank_paths += [column.path] if self._clears else []
            return
        try:
            row.natives[column.path] = None if value is None else column.typed(value)
        except ValidationError as error:
            row.refuse_value(column.path, error)
        except (ValueError, TypeError, ArithmeticError):
            row.refuse(column.path, "invalid", _("This is no value of %(column)s.") % {"column": column.path})

    def _value(self, cell: Any) -> Any:
        return value_of(cell) if self._is_text else cell


def _of_error(cell: CellError) -> str:
    return _("The spreadsheet has an error here: %(error)s.") % {"error": cell}


def value_of(cell: Any) -> Any:
    """Return the text that the cell of a table holds; None for null, and MISSING where it says nothing."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return MISSING
    if isinstance(cell, str):
        return unescaped(cell)
    return _as_text.get(type(cell), lambda value: value)(cell)


_as_text: dict[type, Callable[[Any], Any]] = {
    bool: lambda cell: str(cell).lower(),
    int: lambda cell: Digits(str(cell)),
    float: lambda cell: Digits(repr(cell)),
}


def text_of_moment(value: Any, kind: str) -> Any:
    """Return the text of a moment that a workbook holds, for an attribute of this type.

    A moment without an offset is in the current time zone, as in forms; one that happens twice is refused as it is.
    """
    if not isinstance(value, date | time):
        return value
    if isinstance(value, datetime) and kind == "date":
        return value.date().isoformat()
    if isinstance(value, datetime) and kind == "datetime" and timezone.is_naive(value) and happens_once(value):
        return timezone.make_aware(value).isoformat()
    return value.isoformat()
