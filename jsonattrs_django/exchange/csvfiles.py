"""Tables of records as CSV, which is what the largest of them are."""

from __future__ import annotations

import csv
import io
import re
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.db.models import TextField, Value

from jsonattrs_django.exchange.cells import ABSENT, NULL, SPECIAL, read_digits
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.exporting import CHUNK, MISSING, Export, Member
from jsonattrs_django.exchange.quick import MemberText, picker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["write_csv"]

_SEPARATORS = frozenset(",;|\t")

#: Finds a text after NUL, which no database has, that may need a guard: it is no negative number.
_UNSAFE = re.compile(
    r"\0(?:[=+@\t\r\n\\＝＋－＠]|-(?![0-9]+(?:\.[0-9]+)?(?:\0|\Z))|\s+(?:\0|\Z))"  # noqa: RUF001 - the wide ones are meant
).search


def write_csv(
    export: Export,
    stream: IO[bytes],
    guard: Callable[[str], str],
    *,
    delimiter: str,
    encoding: str,
    told: Callable[[int], None],
) -> int:
    """Write records as CSV, and return how many; ``guard`` makes the cell of a text.

    Raises ExchangeError for a character that the encoding does not have.
    """
    try:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    except LookupError:
        raise ExchangeError(f"unknown encoding {encoding!r}: say one such as utf-8 or utf-8-sig") from None
    try:
        writer = csv.writer(text, delimiter=delimiter)
        header = list(map(guard, export.headings))
        _write(_header_writer(text, delimiter, header), [(None,)], [header], export, encoding)
        count = 0
        cells = _Cells(export, guard)

        def write(rows: list[tuple[Any, ...]], given: list[Sequence[Any]]) -> None:
            _write(writer, rows, cells.finished(given), export, encoding)

        with ThreadPoolExecutor(1) as pool:  # rows are written while the database is looking for the next
            writing: Future[Any] = pool.submit(int)
            for rows, given in cells.chunks():
                writing.result()
                writing = pool.submit(write, rows, given)
                count += len(rows)
                told(count)
            writing.result()
        text.flush()
    except TypeError as error:
        raise ExchangeError(f"{delimiter!r} cannot separate cells: {error}") from None
    finally:
        text.detach()
    return count


def _header_writer(text: Any, delimiter: str, header: list[str]) -> Any:
    """Return what writes the header so that no reader, which counts what may separate cells, is misled by a heading."""
    is_doubtful = any(set(heading) & _SEPARATORS for heading in header)
    return csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL if is_doubtful else csv.QUOTE_MINIMAL)


def _write(
    writer: Any, rows: Sequence[Sequence[Any]], cells: Sequence[Sequence[Any]], export: Export, encoding: str
) -> None:
    """Write the cells of some records, whose rows begin with their keys."""
    try:
        writer.writerows(cells)
    except UnicodeEncodeError:
        for (pk, *_), own in zip(rows, cells, strict=True):
            for heading, cell in zip(export.headings, own, strict=True):
                if not _can_be_written(cell, encoding):
                    where = f"the heading {heading!r}" if pk is None else f"record {pk}, column {heading!r}"
                    why = f"a character cannot be written in {encoding}; choose utf-8, or JSON Lines"
                    raise ExchangeError(f"{where}: {why}") from None
        raise


def _can_be_written(cell: Any, encoding: str) -> bool:
    try:
        str(cell).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


class _Cells:
    """The cells of records."""

    def __init__(self, export: Export, guard: Callable[[str], str]) -> None:
        self._export = export
        self._guard = guard
        self._natives = [
            (place, self._native(column.dumped)) for place, column in enumerate(export.natives) if not column.is_number
        ]

    def chunks(self) -> Iterator[tuple[list[tuple[Any, ...]], list[Sequence[Any]]]]:
        """Yield some records at a time: their rows, which begin with their keys, and their cells, to be finished.

        Tuples have the texts of attributes, and lists their cells.
        """
        keys = self._export.keys
        texts = [MemberText(self._export.field.attname, key) for key in keys]
        blank = Value(None, output_field=TextField())
        rows, layout = self._export.rows(*texts, blank) if self._export.is_quick else self._export.rows()
        places: dict[str | None, int] = {key: layout.texts + place for place, key in enumerate(keys)}
        places[None] = layout.texts + len(keys)
        find, start, end = self._export.members, layout.selectors, layout.texts
        pickers: dict[tuple[Any, ...], Callable[[Any], Any]] = {}

        def pick(row: tuple[Any, ...]) -> Any:
            raw = row[start:end]
            found = pickers.get(raw)
            if found is None:
                found = pickers[raw] = picker(range(1, start), find(raw), places)
            return found(row)

        while chunk := list(islice(rows, CHUNK)):
            made = [
                pick(row) if row[-1] is None else [*row[1:start], *self._attributes(find(row[start:end]), row[-1])]
                for row in chunk
            ]
            yield chunk, made

    def finished(self, rows: list[Sequence[Any]]) -> list[Sequence[Any]]:
        """Return rows of nothing but cells."""
        texts = [cells for cells in rows if cells.__class__ is tuple]
        if self._may_need_guard(texts):
            rows = [self._guarded(cells) if cells.__class__ is tuple else cells for cells in rows]
        return self._with_natives(rows)

    def _may_need_guard(self, rows: Sequence[Sequence[Any]]) -> bool:
        """Tell whether some text may not be its own cell: a look at whole columns, since hardly any has one."""
        columns = list(zip(*rows, strict=True))[len(self._export.natives) :]
        return any("" in column or _UNSAFE("\0" + "\0".join(filter(None, column))) for column in columns)

    def _guarded(self, cells: Sequence[Any]) -> Sequence[Any]:
        """Return a row in which the texts of attributes are cells: mostly they are already."""
        width = len(self._export.natives)
        for text in cells[width:]:
            if text.__class__ is str and (not text or text[0] in SPECIAL):
                guard = self._guard
                return [*cells[:width], *(guard(each) if each.__class__ is str else each for each in cells[width:])]
        return cells

    def _with_natives(self, rows: list[Sequence[Any]]) -> list[Sequence[Any]]:
        """Return rows with the cells of native values that are not their own."""
        if not self._natives:
            return rows
        lists = [list(cells) for cells in rows]
        for place, native in self._natives:
            for cells in lists:
                cells[place] = native(cells[place])
        return [*lists]

    def _native(self, dumped: Callable[[Any], Any]) -> Callable[[Any], Any]:
        guard = self._guard

        def cell(value: Any) -> Any:
            found = dumped(value)
            if found is None:
                return NULL
            return guard(found) if isinstance(found, str) else str(found).lower() if isinstance(found, bool) else found

        return cell

    def _attributes(self, members: Sequence[Member], text: str) -> list[str]:
        """Return the cells of attributes, from the text of a document."""
        document = read_digits(text)
        found = document.get if document.__class__ is dict else {}.get
        cells = []
        for member in members:
            value = found(member[0], MISSING)
            if value.__class__ is not str:
                value = self._other(member, value, document, text)
            elif not value or value[0] in SPECIAL:
                value = self._guard(value)
            cells.append(value)
        return cells

    def _other(self, member: Member, value: Any, document: Any, text: str) -> str:
        """Return the cell of a value that is no text and no number."""
        if value is MISSING:
            return ABSENT
        found = member.text(document, text)
        return NULL if found is None else self._guard(found)
