"""Which reader a file needs, and how its records come out."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jsonattrs_core.cli.csvdata import CsvRecords
from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.jsondata import json_lines, json_records
from jsonattrs_core.cli.source import Source, open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from jsonattrs_core.messages import Problem

__all__ = ["Format", "Records", "open_records"]


class Format(StrEnum):
    """What a file of records can be."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


_BY_EXTENSION = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
}
_SPELT_DELIMITERS = {"tab": "\t", "\\t": "\t"}


@dataclass
class Records:
    """An open file of records."""

    source: Source
    format: Format
    items: Iterable[tuple[int, Any]]  #: ``(number, record or Problem)``
    findings: list[tuple[int, Problem]]  #: problems of the file itself, such as a column that is no attribute
    headings: list[str] | None = None  #: the names of the columns, where the file names them once and for all

    @property
    def counted_by(self) -> str:
        """What the numbers count: a JSON file has no lines to speak of."""
        return "record" if self.format is Format.JSON else "line"


def _ignore(_: int) -> None:
    """Take a number that nobody wants to see."""


@contextmanager
def open_records(
    path: str,
    *,
    known: Container[str] | None = None,
    format: str | None = None,  # noqa: A002 - the option's name
    delimiter: str | None = None,
    encoding: str | None = None,
    on_read: Callable[[int], None] = _ignore,
) -> Iterator[Records]:
    """Open a file of records, or standard input for ``-``, and give it as :class:`Records`.

    ``known`` holds the names of the attributes: columns of other names are left out, and are findings; without it none
    is. ``format`` is ``"csv"``, ``"json"`` or ``"jsonl"``; without it the file's extension tells, and the first
    characters where it does not. ``on_read`` is called with the number of bytes read so far. Raises OSError, CannotRun.
    """
    found = Format(format) if format else _BY_EXTENSION.get(PurePath(path).suffix.lower())
    separator = _delimiter(delimiter)
    on_bytes = _ignore if found is Format.JSON else on_read
    with open_source(path, encoding=encoding, guess=found in (Format.CSV, None), on_read=on_bytes) as source:
        found = found or _format_of(source.stream.peek())
        if found is Format.CSV:
            rows = CsvRecords(source.stream, known, separator)
            yield Records(source, found, rows, rows.findings, rows.headings)
        elif found is Format.JSON:
            yield Records(source, found, json_records(source.stream, on_read), [])
        else:
            yield Records(source, found, json_lines(source.stream), [])


def _format_of(head: bytes) -> Format:
    """JSON begins with a bracket; an object on several lines is one record, an object on each line is JSON Lines."""
    text = head.lstrip()
    if text.startswith(b"["):
        return Format.JSON
    if text.startswith(b"{"):
        return Format.JSON if text.partition(b"\n")[0].strip() == b"{" else Format.JSONL
    return Format.CSV


def _delimiter(said: str | None) -> str | None:
    if said is None:
        return None
    delimiter = _SPELT_DELIMITERS.get(said.lower(), said)
    if len(delimiter) != 1 or delimiter in '"\r\n ':
        raise CannotRun(f"{said!r} cannot separate cells: say one character, or tab")
    return delimiter
