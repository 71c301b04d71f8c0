"""`jsonattrs schema export --format xlsform`: the workbook, and what is printed about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert
from typer.testing import CliRunner

from jsonattrs_core.cli.app import app

SCHEMA = """\
format: 1
name: Field book
attributes:
  - {key: crop, type: text, label: {en: Crop, id: Tanaman}, required: true}
  - {key: shape, type: object}
  - {key: code, type: text, subtype: slug}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A directory to work in, with a schema."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("book.yaml").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


def export(*arguments):
    return CliRunner().invoke(app, ["schema", "export", "book.yaml", *arguments])


def test_the_workbook_is_written_and_the_report_printed(folder):
    done = export("--format", "xlsform", "--output", "book.xlsx")
    assert done.exit_code == 0, done.output
    cells = [[cell.strip() for cell in line.split("   ") if cell.strip()] for line in done.stdout.splitlines()]
    assert ["shape", "type", "forms cannot ask for the type 'object': the attribute is left out"] in cells
    assert ["code", "subtype", "forms do not know 'slug'; it is checked when the record is"] in cells
    assert done.stdout.endswith("book.xlsx: 2 questions, 2 things left out or changed\n")
    warnings = []
    xform = convert(folder / "book.xlsx", warnings=warnings).xform
    assert warnings == []
    assert "<h:title>Field book</h:title>" in xform
    assert 'id="field_book"' in xform


def test_title_id_and_languages_can_be_said(folder):
    done = export(
        *("--format", "xlsform", "--output", "book.xlsx", "--title", "Buku", "--form-id", "buku-1"),
        *("--language", "id", "--language", "en"),
    )
    assert done.exit_code == 0, done.output
    sheets = load_workbook("book.xlsx")
    settings = dict(zip(*sheets["settings"].iter_rows(values_only=True), strict=True))
    assert (settings["form_title"], settings["form_id"]) == ("Buku", "buku-1")
    assert settings["default_language"] == "Indonesian (id)"
    assert [cell.value for cell in sheets["survey"][1]][2:4] == ["label::Indonesian (id)", "label::English (en)"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xlsform"], "a workbook goes to a file: name one, as in --output form.xlsx"),
        (["--format", "xlsform", "--output", "-"], "a workbook goes to a file"),
        (["--format", "xlsform", "--output", "book.yaml"], "already read from"),
        (["--format", "xlsform", "--output", "b.xlsx", "--form-id", "a b"], "'a b' cannot be a form's id"),
        (["--format", "xlsform", "--output", "b.xlsx", "--language", "klingon"], "'klingon' is no tag of a language"),
        (["--format", "xlsform", "--output", "no/b.xlsx"], "no/b.xlsx"),
        (["--language", "en", "--language", "id"], "give --language once"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_file(folder, arguments, message):
    done = export(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert [path.name for path in folder.iterdir()] == ["book.yaml"]
    assert Path("book.yaml").read_text(encoding="utf-8") == SCHEMA


def test_json_schema_is_printed_or_written(folder):
    printed = export("--language", "id")
    assert json.loads(printed.stdout)["properties"]["crop"]["title"] == "Tanaman"
    written = export("--language", "id", "--output", "book.json")
    assert written.stdout == ""
    assert Path("book.json").read_text(encoding="utf-8") == printed.stdout
