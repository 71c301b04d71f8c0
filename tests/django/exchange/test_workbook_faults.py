"""Workbooks that are not as they should be: errors of formulas, cells under no heading, and cells of any size."""

from __future__ import annotations

import tracemalloc
import zipfile

import openpyxl
import pytest
from testapp.models import Keyed

from jsonattrs_core import Attribute
from jsonattrs_django.exchange import ExchangeError
from jsonattrs_django.models import SchemaRecord
from tests.django.exchange.tables import brought_in
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keyed():
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("notes", "text")])
    return Keyed.objects.create(code="a", attrs={"score": 1, "notes": "n"})


def made(folder, *rows, errors=()):
    """Return the path of a workbook of these rows; ``errors`` are cells that hold an error."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place in errors:
        book.active[place].data_type = "e"
    path = folder / "given.xlsx"
    book.save(path)
    return str(path)


def with_sheet(folder, change):
    """Return the path of a workbook whose sheet was changed by a function of its XML."""
    path = made(folder, ["code", "score", "HEADING"], ["a", 5, "x"])
    other = folder / "changed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if b"HEADING" in content else content)
    return str(other)


def problems_of(batches):
    return [(each.row, each.column, each.code) for batch in batches for each in batch.problems]


def test_an_error_of_the_spreadsheet_is_a_problem_and_no_text(keyed, tmp_path):
    rows = ["a", 2, "#DIV/0!"], ["b", "#REF!", "x"], ["#VALUE!", 3, "x"], ["c", 4, "#N/A"]
    path = made(tmp_path, ["code", "score", "notes"], *rows, errors=("C2", "B3", "A4"))
    assert openpyxl.load_workbook(path).active["C5"].data_type == "e", "openpyxl takes this text for an error"

    found = brought_in(Keyed, path, skips_invalid=True)

    assert problems_of(found) == [
        *[(2, "notes", "cell_error"), (3, "score", "cell_error")],
        *[(4, "code", "cell_error"), (5, "notes", "cell_error")],
    ]
    assert found[0].problems[0].message == "The spreadsheet has an error here: #DIV/0!."
    assert (plainly_stored(keyed), Keyed.objects.count()) == ({"score": 1, "notes": "n"}, 1)


@pytest.mark.parametrize("heading", [None, "", " "])
@pytest.mark.parametrize("cell", ["x", 0, False])
def test_cells_under_no_heading_are_refused_as_in_csv(keyed, tmp_path, heading, cell):
    path = made(tmp_path, ["code", heading, "score"], ["a", cell, 2], ["a", " ", 3, None, " "], ["a", None, 4, cell])

    found = brought_in(Keyed, path, skips_invalid=True)

    assert problems_of(found) == [(2, "", "syntax"), (4, "", "syntax")]
    assert plainly_stored(keyed)["score"] == 3


def test_the_header_has_no_errors_and_no_name_twice(tmp_path):
    for header, errors in ((["code", "#REF!"], ["B1"]), (["code", "score", "score"], []), ([None, None], [])):
        with pytest.raises(ExchangeError, match=r"heading '#REF!' is none|more than once: score|no header"):
            brought_in(Keyed, made(tmp_path, header, ["a", 1], errors=errors))


def test_a_heading_longer_than_a_cell_may_be_is_refused_in_few_words(tmp_path):
    path = with_sheet(tmp_path, lambda xml: xml.replace(b"HEADING", b"h" * 40_000))

    with pytest.raises(ExchangeError) as caught:
        brought_in(Keyed, path)

    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("where", [b"HEADING", b"code"])
def test_a_cell_of_any_size_is_refused_before_it_is_in_memory(tmp_path, where):
    path = with_sheet(tmp_path, lambda xml: xml.replace(where, b"h" * 20_000_000))

    tracemalloc.start()
    try:
        with pytest.raises(ExchangeError, match=r"a cell holds more than the 32,767 characters that a cell may hold"):
            brought_in(Keyed, path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_cell_as_long_as_one_may_be_is_read(keyed, tmp_path):
    text = "é&" * 16_383
    path = made(tmp_path, ["code", "notes"], ["a", text])

    assert problems_of(brought_in(Keyed, path)) in ([], [(2, "notes", "max_length")])
    assert plainly_stored(keyed)["notes"] == text
