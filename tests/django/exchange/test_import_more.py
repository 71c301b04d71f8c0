"""Imports by users who may not do everything, and files as other programs write them."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, time
from io import StringIO
from uuid import UUID

import openpyxl
import pytest
from django.contrib.auth.models import Permission, User
from landregistry.models import Organization
from testapp.models import ByCode, Early, Keyed, Note, PlainDocument, Team, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.exchange import ExchangeError
from jsonattrs_django.exchange.cells import FORMULA
from jsonattrs_django.exchange.natives import NativeColumn
from jsonattrs_django.models import SchemaRecord
from tests.django.exchange.tables import brought_in, text_of, written
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db


def may_use(user, action, model, field, attribute):
    return attribute.name != "secret" and not (action == "change" and attribute.name == "fixed")


def own_rows(user, rows, attribute):
    return rows.filter(name="yours")


def problems_of(batches):
    return [(each.row, each.column, each.code) for batch in batches for each in batch.problems]


# ---- users ----


@pytest.fixture
def keyed(settings):
    settings.JSONATTRS = {
        "ATTRIBUTE_PERMISSION": f"{__name__}.may_use",
        "REFERENCE_PERMISSION": f"{__name__}.own_rows",
    }
    SchemaRecord.objects.define(
        Keyed,
        [
            Attribute("score", "integer"),
            Attribute("secret", "text"),
            Attribute("fixed", "text"),
            Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
        ],
    )
    return Keyed.objects.create(code="a", attrs={"score": 1, "secret": "s", "fixed": "f"})


@pytest.fixture
def user():
    made = User.objects.create(username="u")
    made.user_permissions.add(Permission.objects.get(codename="change_keyed"))
    return made


def test_what_a_user_may_not_see_is_no_column_and_what_she_may_not_change_may_only_come_back(keyed, user, tmp_path):
    path = written(Keyed.objects.all(), tmp_path, user=user)
    assert open_text(path).splitlines()[0] == "code,name,count,score,fixed,agent"
    assert brought_in(Keyed, path, user=user)[0].unchanged == 1

    found = brought_in(Keyed, text_of(tmp_path, "code,score,fixed\na,2,g\nb,3,\n"), user=user, skips_invalid=True)
    assert problems_of(found) == [(2, "fixed", "read_only")]
    assert plainly_stored(keyed) == {"score": 1, "secret": "s", "fixed": "f"}

    for heading in ("secret", "secrte"):
        with pytest.raises(ExchangeError) as caught:
            brought_in(Keyed, text_of(tmp_path, f"code,{heading}\na,x\n"), user=user)
        assert "did you mean 'secret'" not in str(caught.value)


def test_a_user_changes_the_records_that_are_hers_and_learns_nothing_of_others(keyed, user, tmp_path):
    other = Keyed.objects.create(code="other", attrs={"score": 5})
    SchemaRecord.objects.define(Early, [Attribute("hidden", "text")], selectors=("theirs",))
    hers = Keyed.objects.filter(code="a")

    text = "code,score,hidden,scroe\na,2,,\nother,3,,\nnobody,3,,\na,,x,\na,,,x\n"
    found = brought_in(Keyed, text_of(tmp_path, text), user=user, records=hers, skips_invalid=True)

    assert problems_of(found) == [
        *[(3, "code", "not_found"), (4, "code", "not_found")],
        *[(5, "hidden", "unknown"), (6, "scroe", "unknown")],
    ]
    assert (plainly_stored(keyed)["score"], plainly_stored(other)) == (2, {"score": 5})
    assert not Keyed.objects.filter(code="nobody").exists()


def may_use_unless_confidential(user, action, model, field, attribute):
    return attribute.group != "confidential"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("is_new", [False, True])
def test_an_attribute_that_is_hidden_where_the_record_is_is_unknown_there_like_one_that_is_not(
    user, tmp_path, settings, form, is_new
):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use_unless_confidential"}
    choices = {"choices": ["low", "high"], "unique": True}
    SchemaRecord.objects.define(
        Early, [Attribute("pay", "text", group="confidential", **choices)], selectors=("closed",)
    )
    SchemaRecord.objects.define(Early, [Attribute("pay", "text"), Attribute("none", "text")], selectors=("open",))
    record = Early.objects.create(kind="closed", attrs={"pay": "low"})
    key = {"kind": "closed"} if is_new else {"id": record.pk}

    def said(name, value):
        row = {**key, name: value}
        given = f"{','.join(row)}\n{','.join(map(str, row.values()))}\n" if form == "csv" else json.dumps(row) + "\n"
        (batch,) = brought_in(Early, text_of(tmp_path, given, f"given.{form}"), user=user, skips_invalid=True)
        return [(each.code, each.message) for each in batch.problems]

    absent = said("none", "high")
    assert [code for code, _ in absent] == ["unknown"]
    assert [said("pay", value) for value in ("low", "high", "neither")] == [absent] * 3
    assert (Early.objects.count(), plainly_stored(record)["pay"]) == (1, "low")


def test_a_user_refers_to_what_she_may_choose_and_learns_of_nothing_else(keyed, user, tmp_path):
    mine, other = (Organization.objects.create(slug=name, name=name) for name in ("yours", "others"))

    text = f"code,agent\nb,{mine.pk}\nc,{other.pk}\nd,{10**9}\n"
    found = brought_in(Keyed, text_of(tmp_path, text), user=user, skips_invalid=True)

    assert problems_of(found) == [(3, "agent", "django.not_found"), (4, "agent", "django.not_found")]
    assert len({each.message for each in found[0].problems}) == 1


def test_foreign_keys_lead_to_the_rows_that_they_may(tmp_path):
    hers, other = (Team.objects.create(code=code) for code in ("hers", "other"))
    text = "team__code,title\nhers,a\nother,b\nnobodys,c\n"

    found = brought_in(
        Note, text_of(tmp_path, text), targets={"team": Team.objects.filter(code="hers")}, skips_invalid=True
    )

    assert problems_of(found) == [(3, "team__code", "not_found"), (4, "team__code", "not_found")]
    assert [note.team for note in Note.objects.all()] == [hers]
    assert other.note_set.count() == 0


# ---- what other programs write ----


def open_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffcode;title\r\na;é\r\n".encode(),
        "sep=;\r\ncode;title\r\na;é\r\n".encode("cp1252"),
        "code\ttitle\na\té\n".encode("utf-16"),
        b'code,title\r\na,"\xc3\xa9"\r\n\r\n',
    ],
    ids=["mark-and-semicolons", "excel", "utf-16-and-tabs", "empty-lines"],
)
def test_the_encodings_and_separators_of_spreadsheets_are_found_out(tmp_path, content):
    SchemaRecord.objects.define(Keyed, [Attribute("title", "text")])
    path = tmp_path / "given.csv"
    path.write_bytes(content)

    assert problems_of(brought_in(Keyed, str(path))) == []
    assert plainly_stored(Keyed.objects.get()) == {"title": "é"}


def test_cells_that_a_spreadsheet_made_numbers_and_moments_are_read_by_the_type_of_the_attribute(tmp_path):
    kinds = ("text", "integer", "float", "decimal", "boolean", "date", "datetime", "time")
    SchemaRecord.objects.define(Keyed, [Attribute(f"a_{kind}", kind) for kind in kinds])
    book = openpyxl.Workbook()
    book.active.append(["code", "count", *(f"a_{kind}" for kind in kinds), None])
    moment = datetime(2024, 2, 29, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
    book.active.append(["x", 3.0, 5, 7.0, 2, 1.5, True, moment.replace(hour=0, minute=0), moment, time(8, 15)])
    book.active.append([None] * 10)
    book.active.append(["y", None, True, None, 0.1, 12, False, date(2024, 2, 29), None, None])
    book.save(tmp_path / "given.xlsx")

    found = brought_in(Keyed, str(tmp_path / "given.xlsx"))

    assert problems_of(found) == []
    assert plainly_stored(Keyed.objects.get(code="x")) == {
        "a_text": "5",
        "a_integer": 7,
        "a_float": 2.0,
        "a_decimal": "1.5",
        "a_boolean": True,
        "a_date": "2024-02-29",
        "a_datetime": "2024-02-29T18:30:00Z",  # the settings' zone is Chicago's
        "a_time": "08:15:00",
    }
    second = plainly_stored(Keyed.objects.get(code="y"))
    assert (second["a_text"], second["a_float"], second["a_date"]) == ("true", 0.1, "2024-02-29")
    assert Keyed.objects.get(code="x").count == 3


def test_a_json_file_is_a_table_too_and_each_of_its_records_has_its_own_names(tmp_path):
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("data", "object")])
    text = '[{"code": "a", "score": 1}, {"code": "b", "data": {"n": [1.50]}}, {"code": "c", "scroe": 1}, 5, {"": 1}]'

    found = brought_in(Keyed, text_of(tmp_path, text, "given.json"), skips_invalid=True)

    assert problems_of(found) == [(3, "scroe", "unknown"), (4, "", "type"), (5, "", "unknown")]
    assert found[0].problems[0].message == "there is no column 'scroe'; did you mean 'score'?"
    stored = {each.pk: plainly_stored(each) for each in Keyed.objects.all()}
    assert stored == {"a": {"score": 1}, "b": {"data": {"n": [1.5]}}}


def test_of_several_attribute_fields_one_is_exported_and_imported(tmp_path):
    for field in ("left", "right"):
        SchemaRecord.objects.define(Twin, [Attribute("score", "integer")], field=field)
    twin = Twin.objects.create(left={"score": 1}, right={"score": 2})

    path = written(Twin.objects.all(), tmp_path, field="right")
    text = open_text(path).replace(",2", ",3")
    brought_in(Twin, text_of(tmp_path, text), field="right")

    assert text.splitlines() == ["id,score", f"{twin.pk},3"]
    assert (plainly_stored(twin, "left"), plainly_stored(twin, "right")) == ({"score": 1}, {"score": 3})


LABELS = ["=SUM(A1)", "\\=SUM(A1)", "\\\\=SUM(A1)", "+1", "-a", "@x", "\\", "\\N", "\\\\N", "\uff1d1", "007", "#N/A"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("formulas", ["escape", "keep"])
def test_labels_that_formulas_or_cells_may_begin_with_are_headings_and_come_back(tmp_path, form, formulas):
    attributes = [Attribute(f"a{place}", "integer", label=label) for place, label in enumerate(LABELS)]
    SchemaRecord.objects.define(Keyed, attributes)
    record = Keyed.objects.create(code="a", name="x", attrs={each.name: place for place, each in enumerate(attributes)})
    before = plainly_stored(record)

    path = written(Keyed.objects.all(), tmp_path, form, labels=True, write={"formulas": formulas})

    if form == "csv" and formulas == "escape":
        assert not [cell for cell in next(csv.reader(StringIO(open_text(path), newline=""))) if cell[0] in FORMULA]
    Keyed.objects.all().delete()
    assert problems_of(brought_in(Keyed, path, labels=True)) == []
    assert plainly_stored(record) == before


@pytest.mark.parametrize("label", ["a;b;c;d;e;f;g", "a|b|c|d|e|f|g", "a,b,c;d", 'a"b', "sep=;"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_labels_with_what_may_separate_cells_leave_no_doubt_about_what_does(tmp_path, label, delimiter):
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer", label=label)])
    record = Keyed.objects.create(code="a", attrs={"score": 1})

    path = written(Keyed.objects.all(), tmp_path, columns=["code"], labels=True, write={"delimiter": delimiter})
    Keyed.objects.all().delete()

    assert problems_of(brought_in(Keyed, path, labels=True)) == []
    assert plainly_stored(record) == {"score": 1}


def test_a_slice_of_records_is_exported_as_it_is(tmp_path):
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer")])
    for code in "abc":
        Keyed.objects.create(code=code, attrs={"score": 1})

    path = written(Keyed.objects.order_by("-code")[:2], tmp_path, columns=["code"])

    assert open_text(path).split() == ["code,score", "b,1", "c,1"]


@pytest.mark.parametrize(
    ("model", "path", "value"),
    [
        (User, "last_login", datetime(2024, 1, 1, 12, 0, 0, 5, tzinfo=UTC)),
        (User, "is_active", False),
        (User, "username", "  x "),
        (User, "id", 5),
        (Team, "id", UUID(int=7)),
        (Note, "team", UUID(int=7)),
        (Note, "team__code", "007"),
        (ByCode, "team", "t"),
        (PlainDocument, "data", {"n": [1, None, "x"]}),
        (Keyed, "name", ""),
        (Note, "team", None),
    ],
)
@pytest.mark.parametrize("is_text", [True, False], ids=["cell", "json"])
def test_native_values_of_every_kind_come_back(model, path, value, is_text):
    column = NativeColumn(model, path)
    dumped = json.loads(json.dumps(column.dumped(value)))

    assert (None if dumped is None else column.typed(_in_a_cell(dumped) if is_text else dumped)) == value


def _in_a_cell(dumped):
    return dumped if isinstance(dumped, str) else json.dumps(dumped)


def test_a_native_value_that_does_not_fit_and_comes_back_is_no_problem(tmp_path):
    Keyed.objects.create(code="a", name="", attrs={})

    for form in ("csv", "xlsx", "jsonl"):
        assert brought_in(Keyed, written(Keyed.objects.all(), tmp_path, form))[0].unchanged == 1
