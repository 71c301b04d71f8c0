"""Exporting and importing in tests, by files in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_django.exchange import Export, Import, open_table, write_records
from jsonattrs_django.models.manager import attribute_field

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMATS", "brought_in", "text_of", "written"]

FORMATS = ("csv", "xlsx", "jsonl")


def written(
    queryset: Any, folder: Path, form: str = "csv", *, write: dict[str, Any] | None = None, **options: Any
) -> str:
    """Export records, and return the path of the file."""
    path = folder / f"records.{form}"
    with path.open("wb") as stream:
        write_records(Export(queryset, **options), stream, form, **(write or {}))
    return str(path)


def brought_in(model: Any, path: str, *, field: str | None = None, after: int = 0, **options: Any) -> list[Any]:
    """Import a file, and return the batches."""
    with open_table(path) as table:
        return list(Import(field=attribute_field(model, field), **options).run(table, after=after))


def text_of(folder: Path, text: str, name: str = "given.csv") -> str:
    """Write a file by hand, and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
