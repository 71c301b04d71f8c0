"""Imports as doors: a document is written into a file, and the file is imported.

A door is as in :mod:`tests.django.doors`. What is refused is raised as :class:`~tests.django.doors.Refused`, with the
problems that the import reports.
"""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from django.db.models import Model

from tests.django.doors import Door, Refused
from tests.django.exchange.tables import brought_in

__all__ = ["EXCHANGE_DOORS", "JSON_DOORS", "TEXT_DOORS", "cell"]

#: The doors through which JSON values go, and those through which texts of cells do.
JSON_DOORS: dict[str, Door] = {}
TEXT_DOORS: dict[str, Door] = {}


def cell(value: Any) -> str:
    """Return the cell that a person writes for a JSON value."""
    if value is None:
        return "\\N"
    if isinstance(value, list):
        items = [item if isinstance(item, str) else cell(item) for item in value]
        return json.dumps(value) if any(isinstance(item, dict) for item in value) else "; ".join(items)
    if isinstance(value, Model):
        return str(value.pk)
    return value if isinstance(value, str) else json.dumps(value)


def as_json(value: Any) -> Any:
    """Return a value as JSON Lines hold it."""
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.pk if isinstance(value, Model) else value


def as_csv(path: Path, row: dict[str, Any]) -> None:
    """Write a CSV file of one row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([row.keys(), map(cell, row.values())])


def as_workbook(path: Path, row: dict[str, Any]) -> None:
    """Write a workbook of one row, numbers as numbers."""
    book = openpyxl.Workbook()
    book.active.append([*row])
    book.active.append([value if _is_exact(value) else cell(value) for value in row.values()])
    book.save(path)


def _is_exact(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) < 10**15  # spreadsheets have no more digits


def as_json_lines(path: Path, row: dict[str, Any]) -> None:
    """Write a file of one JSON line."""
    path.write_text(json.dumps({name: as_json(value) for name, value in row.items()}) + "\n", encoding="utf-8")


WRITERS = {"csv": as_csv, "xlsx": as_workbook, "jsonl": as_json_lines}


def imported(place: Any, form: str, columns: dict[str, Any], document: dict[str, Any]) -> None:
    """Import one row. Raises Refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"given.{form}")
        names = {f"attrs.{name}": value for name, value in document.items()}
        WRITERS[form](path, {**columns, **names})
        batches = brought_in(place.model, str(path))
    problems = [(problem.path, problem.code) for batch in batches for problem in batch.problems]
    if problems:
        raise Refused(problems)


def columns_of(place: Any, name: str) -> dict[str, Any]:
    """Return the native cells of a new record."""
    return {name: getattr(value, "pk", value) for name, value in place.values(name).items()}


def _new(form):
    def insert(place, document):
        columns = {key: str(value) for key, value in columns_of(place, "new").items()}
        imported(place, form, columns, document)
        return place.model.objects.get(**{place.label: "new"}).pk

    return insert


def _again(form):
    def update(place, document):
        old = place.existing()
        imported(place, form, {"id": old.pk}, document)
        return old.pk

    return update


for _form in WRITERS:
    _doors = JSON_DOORS if _form == "jsonl" else TEXT_DOORS
    _doors[f"import-{_form}"] = Door(f"import-{_form}", _new(_form), is_bulk=True)
    _doors[f"import-{_form}-again"] = Door(
        f"import-{_form}-again", _again(_form), is_bulk=True, is_update=True, is_partial=True
    )
EXCHANGE_DOORS = {**JSON_DOORS, **TEXT_DOORS}
