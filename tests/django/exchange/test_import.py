"""What an import does with rows: which record each is, what it writes of it, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from landregistry.models import Organization, Party, Project
from testapp.models import ByCode, Early, Keyed, Note, Restaurant, Team

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.exchange import ExchangeError
from jsonattrs_django.models import SchemaRecord
from tests.django.exchange.tables import brought_in, text_of, written
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two projects of an organisation; one has an attribute of its own."""
    organization = Organization.objects.create(slug="o", name="O")
    north, south = (
        Project.objects.create(organization=organization, slug=slug, name=slug.title()) for slug in ("north", "south")
    )
    SchemaRecord.objects.define(
        Party, [Attribute("score", "integer", constraints={"max": 9}), Attribute("code", "text")]
    )
    SchemaRecord.objects.define(
        Party, [Attribute("code", unique=True), Attribute("house", "text", required=True)], selectors=(None, north)
    )
    return north, south


def imported(text, folder, model=Party, **options):
    return brought_in(model, text_of(folder, text), **{"skips_invalid": True, **options})


def problems_of(batches):
    return [(each.row, each.column, each.code) for batch in batches for each in batch.problems]


def counts_of(batches):
    return tuple(
        sum(getattr(batch, name) for batch in batches) for name in ("created", "updated", "unchanged", "refused")
    )


def party(project, name="x", **attrs):
    return Party.objects.create(project=project, name=name, attrs=attrs)


def first_line(path):
    return Path(path).read_text(encoding="utf-8").splitlines()[0]


# ---- which record ----


def test_a_row_with_the_key_of_a_record_updates_what_it_mentions_and_nothing_else(world, tmp_path):
    one = party(world[1], "One", score=1, code="a")

    found = imported(f"id,score\n{one.pk},2\n", tmp_path)

    assert counts_of(found) == (0, 1, 0, 0)
    one.refresh_from_db()
    assert (one.name, one.project, plainly_stored(one)) == ("One", world[1], {"score": 2, "code": "a"})


def test_other_rows_are_new_records_also_under_a_key_that_nobody_has(tmp_path):
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer")])
    Keyed.objects.create(code="a", attrs={"score": 1})

    found = imported("code,score\na,2\nb,3\n", tmp_path, Keyed)

    assert counts_of(found) == (1, 1, 0, 0)
    assert {each.pk: plainly_stored(each) for each in Keyed.objects.all()} == {"a": {"score": 2}, "b": {"score": 3}}


def test_after_rows_that_bring_their_keys_the_database_gives_others(world, tmp_path):
    imported(f"id,project,name\n1000000,{world[1].pk},x\n", tmp_path)

    assert party(world[1]).pk > 1_000_000


def test_records_are_known_by_a_natural_key_also_one_of_rows_that_they_refer_to(world, tmp_path):
    one, other = party(world[0], "x", house="h", code="a"), party(world[1], "x", code="b")

    found = imported(
        "project__slug,name,score\nnorth,x,1\nsouth,x,2\nsouth,new,3\nwest,x,4\n",
        tmp_path,
        key=("project__slug", "name"),
    )

    assert counts_of(found) == (1, 2, 0, 1)
    assert problems_of(found) == [(5, "project__slug", "not_found")]
    assert [plainly_stored(each)["score"] for each in (one, other, Party.objects.get(name="new"))] == [1, 2, 3]


def test_a_key_of_several_records_is_refused(world, tmp_path):
    for _ in range(2):
        party(world[1], "x", score=1)

    assert problems_of(imported("name,score\nx,2\n", tmp_path, key=("name",))) == [(2, "name", "ambiguous")]


def test_two_rows_of_one_record_come_one_after_the_other(world, tmp_path):
    one = party(world[1], score=1)

    found = imported(f"id,score,code\n{one.pk},2,\n{one.pk},,b\n{one.pk},3,b\n", tmp_path)

    assert counts_of(found) == (0, 3, 0, 0)
    assert plainly_stored(one) == {"score": 3, "code": "b"}


def test_foreign_keys_that_hold_another_unique_value_are_found(tmp_path):
    team = Team.objects.create(code="t")
    SchemaRecord.objects.define(ByCode, [Attribute("score", "integer")], selectors=(team,))

    found = imported("team,score\nt,1\nu,2\n", tmp_path, ByCode)

    assert (counts_of(found), problems_of(found)) == ((1, 0, 0, 1), [(3, "team", "not_found")])
    assert plainly_stored(ByCode.objects.get()) == {"score": 1}


def test_records_of_a_model_with_parents_are_written_too(tmp_path):
    SchemaRecord.objects.define(Restaurant, [Attribute("dish", "text")], field="menu")

    found = imported("name,stars,dish\nA,1,soup\n", tmp_path, Restaurant, field="menu")
    (row,) = Restaurant.objects.all()
    found += imported(f"place_ptr,dish\n{row.pk},salad\n", tmp_path, Restaurant, field="menu")

    assert (counts_of(found), problems_of(found)) == ((1, 1, 0, 0), [])
    assert plainly_stored(Restaurant.objects.get(), "menu") == {"dish": "salad"}


# ---- blank, null, empty ----


@pytest.mark.parametrize(
    ("clears", "cell", "stored"),
    [
        (False, "", {"code": "a", "score": 1}),
        (False, "  ", {"code": "a", "score": 1}),
        (False, "\\N", {"code": None, "score": 1}),
        (True, "", {"code": None, "score": 1}),
        (False, "\\=x", {"code": "=x", "score": 1}),
        (False, "=x", {"code": "=x", "score": 1}),
        (False, "\\\\N", {"code": "\\N", "score": 1}),
        (False, "\\server", {"code": "\\server", "score": 1}),
    ],
)
def test_blank_cells_say_nothing_or_are_null_and_backslashes_say_the_rest(world, tmp_path, clears, cell, stored):
    one = party(world[1], code="a", score=1)

    imported(f"id,code\n{one.pk},{cell}\n", tmp_path, clears=clears)

    assert plainly_stored(one) == stored


def test_blank_cells_clear_nothing_that_is_not_there(world, tmp_path):
    one = party(world[1], score=1)

    found = imported(f"id,code,score\n{one.pk},,\n", tmp_path, clears=True)

    assert (counts_of(found), plainly_stored(one)) == ((0, 1, 0, 0), {"score": None})


# ---- scopes ----


def test_an_attribute_that_the_scope_of_a_record_has_not_is_blank_there_and_refused_if_not(world, tmp_path):
    north, south = party(world[0], house="h", code="n"), party(world[1], code="s")

    found = imported(f"id,house\n{north.pk},i\n{south.pk},\n{south.pk},j\n", tmp_path)

    assert counts_of(found) == (0, 1, 1, 1)
    assert problems_of(found) == [(4, "house", "unknown")]


def test_a_row_that_moves_a_record_is_checked_whole_and_what_is_not_defined_there_stays(world, tmp_path):
    one, other = party(world[1], "1", code="a", score=1), party(world[0], "2", code="b", house="h")

    found = imported(f"id,project__slug,house\n{one.pk},north,\n{one.pk},north,h\n{other.pk},south,\n", tmp_path)

    assert problems_of(found) == [(2, "house", "required")]
    assert [Party.objects.get(pk=each.pk).project.slug for each in (one, other)] == ["north", "south"]
    assert plainly_stored(one)["house"] == "h"
    assert Party.objects.get(pk=other.pk).attrs.orphans == {"house": "h"}


# ---- uniqueness ----


def test_unique_values_are_refused_beside_stored_ones_and_inside_the_file_and_may_be_exchanged(world, tmp_path):
    one, two = party(world[0], code="a", house="h"), party(world[0], code="b", house="h")
    new = "north,new,h"

    found = imported(
        f"id,project__slug,name,house,code\n{one.pk},,,,b\n{two.pk},,,,a\n,{new},a\n,{new},c\n,{new},c\n", tmp_path
    )

    assert problems_of(found) == [(4, "code", "unique"), (6, "code", "unique")]
    assert counts_of(found) == (1, 2, 0, 2)
    assert [plainly_stored(each)["code"] for each in (one, two)] == ["b", "a"]


def test_inside_the_file_it_is_seen_across_batches_and_in_a_dry_run(world, tmp_path):
    text = "project__slug,name,house,code\n" + "".join(f"north,n{place},h,c{place % 3}\n" for place in range(6))

    dry = imported(text, tmp_path, batch_size=2, dry_run=True)
    assert not Party.objects.exists()
    real = imported(text, tmp_path, batch_size=2)

    assert problems_of(dry) == problems_of(real) == [(row, "code", "unique") for row in (5, 6, 7)]
    assert counts_of(dry) == counts_of(real) == (3, 0, 0, 3)


def test_what_columns_refuse_is_a_problem_of_the_row_too(tmp_path):
    organization = Organization.objects.create(slug="o", name="O")
    Project.objects.create(organization=organization, slug="p", name="P")

    rows = "o,p,again\no,q,Q\n,r,R\no,not a slug,S\n"
    found = imported(f"organization__slug,slug,name\n{rows}", tmp_path, Project)

    assert counts_of(found) == (1, 0, 0, 3)
    assert [code for _, _, code in problems_of(found)] == ["unique_together", "null", "invalid"]


# ---- stopping ----


def test_without_skipping_the_batch_with_the_problem_and_all_after_it_are_not_stored(world, tmp_path):
    rows = "".join(f"south,n{place},{100 if place == 3 else 1}\n" for place in range(6))

    found = imported(f"project__slug,name,score\n{rows}", tmp_path, batch_size=2, skips_invalid=False)

    assert problems_of(found) == [(5, "score", "max")]
    assert [batch.is_stored for batch in found] == [True, False]
    assert set(Party.objects.values_list("name", flat=True)) == {"n0", "n1"}
    assert counts_of(found) == (2, 0, 0, 1)


def test_an_import_may_begin_at_a_row(world, tmp_path):
    imported("project__slug,name\nsouth,a\nsouth,b\nsouth,c\n", tmp_path, after=2)

    assert set(Party.objects.values_list("name", flat=True)) == {"b", "c"}


# ---- headings ----


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("id,scroe", "there is no column 'scroe'; did you mean 'score'?"),
        ("id,project__slag", "Project has no column 'slag'; did you mean 'slug'?"),
        ("id,score,attrs.score", "'score' and 'attrs.score' are the same column"),
        ("id,score,score", "the header names a column more than once: score"),
        ("score", "the table has no column 'name', which belongs to the key of its records"),
        ("id,nmae", "there is no column 'nmae'; did you mean 'name'?"),
    ],
)
def test_headings_that_are_no_columns_are_refused_with_the_nearest_name(world, tmp_path, header, says):
    key = ("name",) if header == "score" else ("pk",)

    with pytest.raises(ExchangeError) as caught:
        imported(f"{header}\n{','.join('1' for _ in header.split(','))}\n", tmp_path, key=key)

    assert says in str(caught.value)


def test_an_attribute_that_is_called_as_a_column_has_the_name_of_the_field_before_its_own(world, tmp_path):
    SchemaRecord.objects.define(Party, [Attribute("name", "text"), Attribute("project", "text")])
    one = Party.objects.create(project=world[1], name="column", attrs={"name": "attribute", "project": "p"})

    path = written(Party.objects.all(), tmp_path, columns=["id", "name", "project"])
    header = first_line(path)
    (batch,) = brought_in(Party, text_of(tmp_path, f"id,name,attrs.name\n{one.pk},c,a\n"))

    assert header == "id,name,project,attrs.name,attrs.project"
    one.refresh_from_db()
    assert (batch.updated, one.name, one.attrs["name"], one.attrs["project"]) == (1, "c", "a", "p")


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_labels_are_headings_in_a_language_and_those_that_could_be_two_things_are_written_out(tmp_path, form):
    SchemaRecord.objects.define(
        Early,
        [
            Attribute("score", "integer", label={"en": "Score", "id": "Nilai"}),
            Attribute("mark", "integer", label={"en": "Mark", "id": "Nilai"}),
            Attribute("sort", "text", label={"en": "Kind"}),
            Attribute("plain", "text"),
        ],
    )
    made = Early.objects.create(kind="k", attrs={"score": 1, "mark": 2, "sort": "s", "plain": "p"})

    path = written(Early.objects.all(), tmp_path, form, labels=True, language="id")
    Early.objects.all().delete()
    found = brought_in(Early, path, labels=True, language="id")

    assert counts_of(found) == (1, 0, 0, 0)
    assert plainly_stored(Early.objects.get(pk=made.pk)) == {"score": 1, "mark": 2, "sort": "s", "plain": "p"}
    if form == "csv":
        assert first_line(path) == "ID,Kind (kind),Nilai (score),Nilai (mark),Kind (sort),Plain"


# ---- cost ----


def test_a_batch_takes_as_many_queries_whether_it_has_two_rows_or_two_hundred(world, tmp_path):
    SchemaRecord.objects.define(Organization, [Attribute("size", "integer")])

    def queries(size):
        rows = "".join(f"north,n{size}-{place},h,c{size}-{place},1\n" for place in range(size))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = imported(f"project__slug,name,house,code,score\n{rows}", tmp_path, key=("project__slug", "name"))
        assert counts_of(found) == (size, 0, 0, 0)
        with CaptureQueriesContext(connection) as again:
            found = imported(
                f"project__slug,name,house,code,score\n{rows}".replace(",1\n", ",2\n"),
                tmp_path,
                key=("project__slug", "name"),
            )
        assert counts_of(found) == (0, size, 0, 0)
        Party.objects.all().delete()
        return len(seen), len(again)

    queries(2)
    assert queries(2) == queries(200)


# ---- rules ----


def test_rules_are_asked_of_the_record_as_it_will_be(tmp_path):
    SchemaRecord.objects.define(
        Keyed,
        [Attribute("low", "integer"), Attribute("high", "integer")],
        rules=[Rule("low <= high", "Low is above high", attributes=["low"])],
    )
    Keyed.objects.create(code="a", attrs={"low": 1, "high": 5})

    found = imported("code,low\na,7\n", tmp_path, Keyed)
    assert problems_of(found) == [(2, "low", "rule")]
    assert found[0].problems[0].message == "Low is above high"

    assert problems_of(imported("code,low,high\na,7,8\n", tmp_path, Keyed)) == []


def test_rows_that_cannot_be_read_are_problems_and_the_others_go_on(world, tmp_path):
    found = imported('project__slug,name\nsouth,a\nsouth\n"south,b\nsouth,c\n', tmp_path)

    assert problems_of(found) == [(3, "", "syntax"), (4, "", "syntax")]
    assert set(Party.objects.values_list("name", flat=True)) == {"a", "c"}


def test_a_plain_selector_is_a_column_like_others(tmp_path):
    team = Team.objects.create(code="t")
    SchemaRecord.objects.define(Note, [Attribute("depth", "float")], selectors=(team, "deep"))

    found = imported("team__code,kind,title,depth\nt,deep,a,1.5\nt,shallow,b,1.5\n", tmp_path, Note)

    assert problems_of(found) == [(3, "depth", "unknown")]
    assert plainly_stored(Note.objects.get()) == {"depth": 1.5}
