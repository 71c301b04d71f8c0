"""What an import takes for a value of a column of the model, and what it demands of new records."""

from __future__ import annotations

import json

import openpyxl
import pytest
from django.db import connection
from landregistry.models import Organization
from testapp.models import ByCode, Early, Keyed, Note, Team

from jsonattrs_core import Attribute
from jsonattrs_django.exchange import ExchangeError
from jsonattrs_django.models import SchemaRecord
from tests.django.exchange.tables import brought_in, text_of, written
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def score():
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("name", "text")])
    SchemaRecord.objects.define(Note, [Attribute("score", "integer")])


def brought(model, folder, *rows, form="jsonl", **options):
    """Import rows, each with names of its own, or a text of CSV."""
    text = "".join(json.dumps(row) + "\n" for row in rows) if form == "jsonl" else "\n".join(rows) + "\n"
    return brought_in(model, text_of(folder, text, f"given.{form}"), **{"skips_invalid": True, **options})


def problems_of(batches):
    return [(each.row, each.column, each.code) for batch in batches for each in batch.problems]


# ---- new records ----


def test_a_new_record_has_what_a_form_demands(tmp_path):
    team = Team.objects.create(code="t")
    rows = {"kind": "k"}, {"kind": "k", "title": ""}, {"kind": "k", "title": None}, {"title": "x"}, {"title": "\u00a0"}

    found = brought(Note, tmp_path, *rows)
    found += brought(ByCode, tmp_path, {"team": None}, {}, {"team": team.code})
    found += brought(Keyed, tmp_path, {"score": 1}, {"code": "", "score": 1}, {"code": "c", "score": 1})

    assert problems_of(found) == [
        *[(1, "title", "null"), (2, "title", "blank"), (3, "title", "null")],
        *[(1, "team", "null"), (2, "team", "null")],
        *[(1, "code", "null"), (2, "code", "blank")],
    ]
    assert set(Note.objects.values_list("title", flat=True)) == {"x", "\u00a0"}
    assert (ByCode.objects.count(), Keyed.objects.count()) == (1, 1)


def test_a_record_keeps_its_primary_key(tmp_path):
    Keyed.objects.create(code="a", name="n", attrs={})

    found = brought(Keyed, tmp_path, {"name": "n", "code": "b"}, {"name": "n", "code": "a"}, key=("name",))

    assert problems_of(found) == [(1, "code", "invalid")]
    assert [each.pk for each in Keyed.objects.all()] == ["a"]


# ---- JSON values ----


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *[("id", True), ("id", 1.5), ("id", [1]), ("id", {"a": 1}), ("id", "1.5"), ("id", 1e400), ("id", "x")],
        *[("title", True), ("title", {"a": 1}), ("title", ["a"]), ("kind", False)],
        *[("team", True), ("team", 1), ("team", ["x"]), ("team", "no-uuid")],
    ],
    ids=str,
)
def test_a_json_value_of_another_type_is_refused_and_none_is_made_of_it(tmp_path, column, value):
    note = Note.objects.create(title="t", attrs={"score": 1})
    before = (note.pk, note.title, note.kind, note.team_id)

    found = brought(Note, tmp_path, {"id": note.pk, "title": "t", column: value, "score": 2})

    assert problems_of(found) == [(1, column, "invalid")]
    note.refresh_from_db()
    assert (note.pk, note.title, note.kind, note.team_id) == before
    assert (plainly_stored(note), Note.objects.count()) == ({"score": 1}, 1)


def test_json_values_that_are_plainly_meant_are_taken(tmp_path):
    found = brought(Keyed, tmp_path, {"code": 7, "count": "5"}, {"code": "b", "count": 5.0}, {"code": "c", "name": 1.5})

    assert problems_of(found) == []
    assert {each.pk: (each.name, each.count) for each in Keyed.objects.all()} == {
        "7": ("", 5),
        "b": ("", 5),
        "c": ("1.5", 0),
    }


# ---- what nobody has changed ----


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_columns_that_do_not_fit_any_more_come_back_as_they_went(tmp_path, form):
    Note.objects.bulk_create([Note(title="", attrs={"score": 1}), Note(title="\u00a0", kind=" \u2003", attrs={})])

    (batch,) = brought_in(Note, written(Note.objects.all(), tmp_path, form))

    assert (batch.unchanged, batch.problems) == (2, [])


def test_a_problem_has_the_heading_of_its_column_also_where_an_attribute_has_its_name(tmp_path):
    Keyed.objects.create(code="a", name="n", attrs={})

    found = brought(Keyed, tmp_path, "code,name,attrs.name,score", f"a,{'x' * 60},n,", "b,n,n,x", form="csv")

    assert problems_of(found) == [(2, "name", "max_length"), (3, "score", "format")]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("text", [" ", "  ", "\u00a0", "\u2003", "\n", "\t", "\\ ", "\\\\", "\\\n", "\\"])
def test_texts_of_white_space_come_back_into_an_empty_table(tmp_path, form, text):
    Keyed.objects.create(code="a", name=text, attrs={"name": "x"})

    path = written(Keyed.objects.all(), tmp_path, form)
    Keyed.objects.all().delete()

    assert problems_of(brought_in(Keyed, path)) == []
    assert [(each.name, each.attrs["name"]) for each in Keyed.objects.all()] == [(text, "x")]


# ---- blank cells that clear ----


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_blank_cells_that_clear_clear_columns_too_or_are_refused_where_these_may_not_be_empty(tmp_path, form):
    team = Team.objects.create(code="t")
    old = Note.objects.create(team=team, kind="k", title="t", attrs={"score": 1})
    header = ["id", "team", "team__code", "kind", "title", "score"]
    rows = [[old.pk, "", "t", "", "u", ""], [old.pk, "", "", "k", "v", 3], [old.pk, "", "", "", "", 4]]
    if form == "csv":
        path = text_of(tmp_path, "\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n")
    else:
        book = openpyxl.Workbook()
        for row in [header, *rows]:
            book.active.append([cell or None for cell in row])
        path = str(tmp_path / "given.xlsx")
        book.save(path)

    def state():
        old.refresh_from_db()
        return (old.team, old.kind, old.title, plainly_stored(old))

    found = list(brought_in(Note, path, clears=True, skips_invalid=True, batch_size=1))

    assert problems_of(found) == [(4, "title", "null")]
    assert state() == (None, "k", "v", {"score": 3})
    assert [batch.updated for batch in found] == [1, 1, 0]
    brought(Note, tmp_path, "id,team__code,kind", f"{old.pk},,", f"{old.pk},t,", form="csv", clears=True)
    assert state() == (team, "", "v", {"score": 3})


def test_blank_cells_that_clear_say_nothing_of_new_records_and_keys(tmp_path):
    found = brought(Keyed, tmp_path, "code,name,count,score", "a,,,", form="csv", clears=True)
    found += brought(Keyed, tmp_path, "code,name,score", "a,,5", form="csv", clears=True, key=("code", "name"))

    assert problems_of(found) == [(2, "code", "unique")]
    assert [(each.name, each.count) for each in Keyed.objects.all()] == [("", 0)]


# ---- what no database holds ----

BIG = "99999999999999999999"


@pytest.mark.parametrize(
    ("model", "header", "cells", "column"),
    [
        (Note, "title", "a\0b", "title"),
        (Note, "id,title", f"{BIG},x", "id"),
        (Note, "id,title", f"-{BIG},x", "id"),
        (Note, "team__code,title", "a\0b,x", "team__code"),
        (Keyed, "code,name", "\0,x", "code"),
        (Keyed, "code,count", f"x,{BIG}", "count"),
        (Keyed, "code,name", f"{'k' * 21},x", "code"),
        (Organization, "slug,name", "s,a\0b", "name"),
    ],
    ids=str,
)
@pytest.mark.parametrize("skips", [True, False])
def test_what_no_database_can_hold_or_look_for_is_a_problem_of_its_row(tmp_path, model, header, cells, column, skips):
    found = brought(model, tmp_path, header, cells, form="csv", skips_invalid=skips)

    (problem,) = [each for batch in found for each in batch.problems]
    assert (problem.row, problem.column) == (2, column)
    assert not model.objects.exists()


def test_half_a_character_is_a_problem_of_its_row(tmp_path):
    found = brought_in(
        Keyed, text_of(tmp_path, '{"code": "a\\ud800"}\n{"code": "b"}\n', "given.jsonl"), skips_invalid=True
    )

    assert problems_of(found) == [(1, "code", "invalid")]
    assert [each.pk for each in Keyed.objects.all()] == ["b"]


@pytest.mark.parametrize("bad", [{0}, {6}, {2, 3}, {0, 4, 6}, set(range(7))], ids=str)
@pytest.mark.parametrize("where", ["look-up", "write"])
def test_rows_that_the_database_refuses_for_a_value_are_found_among_the_others(tmp_path, monkeypatch, bad, where):
    """Whatever it is that it refuses: here, a text that only tests know of."""
    if where == "look-up":
        monkeypatch.setattr("jsonattrs_django.exchange.batches.existing", _refusing(existing_of_batches()))
    else:
        monkeypatch.setattr(Keyed, "save_base", _refusing_save)
        monkeypatch.setattr("jsonattrs_django.exchange.batches.write_together", _refusing_together)
    codes = [f"{'bad' if place in bad else 'good'}{place}" for place in range(7)]

    found = brought(Keyed, tmp_path, *({"code": code, "score": 1} for code in codes))

    assert problems_of(found) == [(place + 1, "", "invalid") for place in sorted(bad)]
    assert {each.pk for each in Keyed.objects.all()} == {code for code in codes if code.startswith("good")}
    assert connection.is_usable()


def existing_of_batches():
    from jsonattrs_django.exchange import batches

    return batches.existing


def _refusing(existing):
    def refusing(field, columns, wanted, rows):
        found = existing(field, columns, list(wanted), rows)
        if any(str(key[0]).startswith("bad") for key in found):
            with connection.cursor() as cursor:
                _provoke(cursor)
        return found

    return refusing


def _provoke(cursor):
    """Have the database, or its driver, refuse a value."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT '99999999999999999999'::bigint")
    cursor.execute("SELECT %s", [10**20])
    raise OverflowError


def _refusing_together(field, rows, using):
    with connection.cursor() as cursor:
        _provoke(cursor)


def _refusing_save(self, **options):
    if self.pk.startswith("bad"):
        with connection.cursor() as cursor:
            _provoke(cursor)
    super(Keyed, self).save_base(**options)


def test_uniqueness_inside_a_batch_is_seen_although_a_row_of_it_was_refused(tmp_path, monkeypatch):
    SchemaRecord.objects.define(Early, [Attribute("code", "text", unique=True)])
    rows = [{"kind": "k", "code": code} for code in ("a", "b", "c", "a")]

    found = brought(Early, tmp_path, {"id": int(BIG), "kind": "k"}, *rows, {"kind": "k" * 11})

    assert problems_of(found) == [(1, "id", "max_value"), (5, "code", "unique"), (6, "kind", "max_length")]
    assert Early.objects.count() == 3


# ---- headings ----


@pytest.mark.parametrize(
    ("heading", "nearest"), [("SCORE", "score"), ("Code", "code"), ("SCROE", "score"), ("ATTRS.NAME", "attrs.name")]
)
def test_the_nearest_heading_is_found_whatever_the_case(tmp_path, heading, nearest):
    with pytest.raises(ExchangeError, match=f"there is no column '{heading}'; did you mean '{nearest}'"):
        brought(Keyed, tmp_path, f"code,{heading}", "a,1", form="csv")


def test_a_message_repeats_as_much_of_a_heading_as_anybody_reads(tmp_path):
    with pytest.raises(ExchangeError) as caught:
        brought(Keyed, tmp_path, f"code,{'x' * 10_000}", "a,1", form="csv")

    assert len(str(caught.value)) < 200
