"""``attributes_export_records`` and ``attributes_import_records``."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import ImportRecord, SchemaRecord
from tests.django.exchange.tables import text_of
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def south():
    organization = Organization.objects.create(slug="o", name="O")
    SchemaRecord.objects.define(
        Party,
        [
            Attribute("score", "integer", label={"en": "Score", "id": "Nilai"}, constraints={"max": 9}),
            Attribute("notes", "text"),
        ],
    )
    return Project.objects.create(organization=organization, slug="south", name="S")


def run(*args, **options):
    """Return what a command writes."""
    out = io.StringIO()
    call_command(*args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def refused(*args, **options):
    """Return what a command says when it fails, and its exit code."""
    with pytest.raises(CommandError) as caught:
        run(*args, **options)
    return str(caught.value), caught.value.returncode


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# ---- out ----


def test_records_are_written_with_the_columns_and_the_records_that_were_asked_for(south, tmp_path):
    Party.objects.create(project=south, name="a", attrs={"score": 5, "notes": "=1+1"})
    Party.objects.create(project=south, name="b", attrs={"score": 1, "notes": None})
    Party.objects.create(project=south, name="c")
    path = tmp_path / "parties.csv"

    options = {"columns": "name, project__slug", "headings": "labels", "language": "id"}
    run("attributes_export_records", "landregistry.Party", str(path), filter=["attrs__score__gte=1"], **options)

    assert rows_of(path) == [
        ["Name", "Project / Slug (project__slug)", "Nilai", "Notes"],
        ["a", "south", "5", "\\=1+1"],
        ["b", "south", "1", "\\N"],
    ]


def test_spreadsheets_get_their_encoding_their_separator_and_formulas_if_that_is_meant(south, tmp_path):
    Party.objects.create(project=south, name="é", attrs={"notes": "=1+1"})
    path = tmp_path / "parties.csv"

    options = {"columns": "name", "encoding": "utf-8-sig", "delimiter": ";", "formulas": "keep"}
    run("attributes_export_records", "landregistry.Party", str(path), **options)

    assert path.read_bytes() == "\ufeffname;score;notes\r\né;;=1+1\r\n".encode()


def test_in_a_workbook_texts_are_texts_and_numbers_are_numbers(south, tmp_path):
    Party.objects.create(project=south, name="007", attrs={"score": 5, "notes": "=1+1"})
    path = tmp_path / "parties.xlsx"

    run("attributes_export_records", "landregistry.Party", str(path), columns="name")

    sheet = openpyxl.load_workbook(path).active
    name, score, notes = list(sheet.iter_rows())[1]
    assert [(each.value, each.data_type) for each in (name, score, notes)] == [("007", "s"), (5, "n"), ("=1+1", "s")]
    assert notes.quotePrefix


@pytest.mark.parametrize(
    ("text", "form", "says"),
    [
        ("x" * 32_768, "xlsx", "column 'notes': a cell of a workbook cannot hold more than 32,767 characters"),
        ("😀" * 16_384, "xlsx", "column 'notes': a cell of a workbook cannot hold more than 32,767 characters"),
        ("a\x0bb", "xlsx", "column 'notes': a cell of a workbook cannot hold the character U+000B"),
        ("a\rb", "xlsx", "column 'notes': a cell of a workbook cannot hold the character U+000D"),
        ("\ufffe", "xlsx", "column 'notes': a cell of a workbook cannot hold the character U+FFFE"),
        ("é", "csv", "column 'notes': a character cannot be written in ascii"),
    ],
    ids=["long", "long-in-utf-16", "control", "carriage-return", "no-character", "encoding"],
)
def test_what_a_format_cannot_hold_is_refused_with_its_place_and_no_file_is_left(south, tmp_path, text, form, says):
    Party.objects.create(project=south, name="a", attrs={"notes": "fine"})
    record = Party.objects.create(project=south, name="b", attrs={})
    store(record, json.dumps({"notes": text}))
    path = tmp_path / f"parties.{form}"

    said, code = refused("attributes_export_records", "landregistry.Party", str(path), encoding="ascii")

    assert (said.startswith(f"record {record.pk}, {says}"), code) == (True, 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"columns": "nmae"}, "landregistry.Party has no column 'nmae'; did you mean 'name'?"),
        ({"attributes": "scroe"}, "there is no attribute 'scroe'; did you mean 'score'?"),
        ({"filter": ["attrs__scroe=1"]}, "did you mean 'score'?"),
        ({"filter": ["name"]}, "--filter takes LOOKUP=VALUE, not 'name'"),
        ({"encoding": "klingon"}, "unknown encoding 'klingon'"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(south, tmp_path, options, says):
    said, code = refused("attributes_export_records", "landregistry.Party", str(tmp_path / "x.csv"), **options)

    assert says in said
    assert code == 2
    assert list(tmp_path.iterdir()) == []


# ---- in ----


def test_an_import_says_what_became_of_the_rows(south, tmp_path):
    one = Party.objects.create(project=south, name="a", attrs={"score": 1})
    path = text_of(tmp_path, f"id,project__slug,name,score\n{one.pk},,,2\n,south,b,3\n")

    assert "2 rows: 1 created, 1 updated, 0 unchanged, 0 with problems" in run(
        "attributes_import_records", "landregistry.Party", path
    )
    assert not ImportRecord.objects.exists()


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_problems_are_a_table_and_a_file_and_nothing_of_the_batch_is_stored(south, tmp_path, form):
    path = text_of(tmp_path, "project__slug,name,score\nsouth,a,1\nsouth,b,99\nsouth,c,x\n")
    listed = tmp_path / f"problems.{form}"
    out = io.StringIO()

    with pytest.raises(CommandError) as caught:
        call_command(
            "attributes_import_records", "landregistry.Party", path, problems=str(listed), stdout=out, stderr=out
        )

    assert (str(caught.value), caught.value.returncode) == ("2 rows with problems; nothing was stored", 1)
    assert "The value must be 9 or less." in out.getvalue()
    if form == "jsonl":
        found = [json.loads(line) for line in listed.read_text().splitlines()]
        assert [(each["row"], each["column"], each["code"], each["path"]) for each in found] == [
            (3, "score", "max", ["score"]),
            (4, "score", "format", ["score"]),
        ]
    else:
        assert [row[:3] for row in rows_of(listed)] == [
            ["row", "column", "code"],
            ["3", "score", "max"],
            ["4", "score", "format"],
        ]
    assert not Party.objects.exists()


def test_rows_with_problems_are_left_out_where_that_is_asked_for(south, tmp_path):
    path = text_of(tmp_path, "project__slug,name,score\nsouth,a,1\nsouth,b,99\n")

    said, code = refused("attributes_import_records", "landregistry.Party", path, skip_invalid=True)

    assert (said, code) == ("1 row with problems were left out", 1)
    assert [plainly_stored(each) for each in Party.objects.all()] == [{"score": 1}]
    assert not ImportRecord.objects.exists()


def test_a_dry_run_says_the_same_and_stores_nothing(south, tmp_path):
    path = text_of(tmp_path, "project__slug,name,score\nsouth,a,1\nsouth,b,99\nsouth,c,3\n")

    said, code = refused("attributes_import_records", "landregistry.Party", path, dry_run=True, batch_size=1)

    assert (said, code) == ("1 row with problems; nothing was stored", 1)
    assert not Party.objects.exists()


def test_an_import_that_stopped_says_how_to_go_on(south, tmp_path):
    path = text_of(tmp_path, "project__slug,name,score\nsouth,a,1\nsouth,b,99\nsouth,c,3\n")

    said, _ = refused("attributes_import_records", "landregistry.Party", path, batch_size=1)
    assert "stored up to line 2" in said
    assert "--start-row 3" in said
    again, code = refused("attributes_import_records", "landregistry.Party", path)
    assert "imported up to row 2 (1 new record): go on with --resume, or begin again with --restart" in again
    assert code == 2

    mended = text_of(tmp_path, "project__slug,name,score\nsouth,a,1\nsouth,b,9\nsouth,c,3\n")
    run("attributes_import_records", "landregistry.Party", mended, start_row=3)
    assert [each.name for each in Party.objects.order_by("pk")] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("id,scroe\n1,2\n", {}, "there is no column 'scroe'; did you mean 'score'?"),
        ("", {}, "there is no header"),
        ("id,score\n", {"encoding": "klingon"}, "unknown encoding 'klingon'"),
        ("id,score\n", {"batch_size": 0}, "--batch-size takes a number of rows, 1 or more"),
        ("id,score\n", {"format": "xlsx"}, "is no workbook"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_as_a_whole(south, tmp_path, text, options, says):
    said, code = refused("attributes_import_records", "landregistry.Party", text_of(tmp_path, text), **options)

    assert says in said
    assert code == 2


def test_a_file_that_is_not_there_is_said(south, tmp_path):
    said, code = refused("attributes_import_records", "landregistry.Party", str(tmp_path / "no.csv"))

    assert (said.endswith("no.csv: No such file or directory"), code) == (True, 2)
