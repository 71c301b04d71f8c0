"""The benchmarks of forms compare like with like: both sides show the same controls, and decide the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.django.pages.forms import Page

pytest.importorskip("eav")

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRESQL = os.environ.get("JSONATTRS_TEST_DB") == "postgresql"
SIZE = 3

NAMES = [
    "full_name",
    "email",
    "education",
    "household_size",
    "score",
    "area",
    "active",
    "birth_date",
    "surveyed_at",
    "notes",
]
KINDS = ["text", "email", "select", "text", "text", "text", "select", "date", "datetime-local", "textarea"]
REQUIRED = ["full_name", "education", "household_size", "area", "birth_date"]
CHANGED = ["education", "full_name", "household_size"]
SPOILT = ["area", "full_name", "household_size"]
TYPES = ["str", "str", "str", "int", "float", "Decimal", "bool", "date", "datetime", "str"]

both_kinds = pytest.mark.parametrize("kind", ["new", "stored"])
native_sides = pytest.mark.parametrize("side", ["native", "EmailField"])


@pytest.fixture(scope="module")
def found():
    """What the program says that has the benchmarks' settings; it makes a database of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"] if ON_POSTGRESQL else "sqlite://:memory:",
        "JSONATTRS_BENCH_DRIVER": os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2",
        "JSONATTRS_BENCH_NAME": f"test_bench_{uuid4().hex}" if ON_POSTGRESQL else "",
    }
    command = [sys.executable, "-m", "benchmarks.django.agreement_of_forms"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stderr == ""
    return json.loads(done.stdout)


def controls(html, start):
    """Return what people see of each of the ten controls, and what the browser is told of it."""
    page = Page(html)
    return {name: control_of(page, f"{start}{name}") for name in NAMES}


def control_of(page, name):
    control = page.control(name)
    hints = ("dir", "inputmode", "autocomplete", "autocapitalize", "step", "rows", "cols", "aria-invalid")
    return {
        "kind": control.get("type", control.tag),
        "label": page.label(name),
        "help": page.one(id=f"{control['id']}_helptext").words if page.all(id=f"{control['id']}_helptext") else "",
        "value": "" if page.shown(name) == "unknown" else page.shown(name),
        "options": {value: label for value, label in page.options(name).items() if value not in ("", "unknown")},
        "required": "required" in control or control.get("aria-required") == "true",
        "hints": {hint: control.get(hint) for hint in hints},
    }


def cells(html):
    """Return the texts in the rows of a list, and the words for the signs."""
    table = re.search(r'<table id="result_list">.*</table>', html, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
    return [re.sub(r"<[^>]*>", " ", re.sub(r'<img[^>]*alt="(\w+)"[^>]*>', r"\1", row)).split() for row in rows]


def headings(html):
    return re.findall(r'<div class="text">.*?>([^<]+)</a>', html, re.DOTALL)


@both_kinds
@native_sides
@pytest.mark.parametrize("post", ["shown", "typed", "spoilt"])
def test_both_sides_show_the_same_controls(found, kind, side, post):
    ours, theirs = (found["forms"][kind][each][post] for each in ("ours", side))
    if post != "shown":
        ours, theirs = ours["page"], theirs["page"]
    assert controls(ours, "attrs__") == controls(theirs, "")


@both_kinds
def test_they_are_ten_of_as_many_kinds_as_people_meet(found, kind):
    shown = controls(found["forms"][kind]["ours"]["shown"], "attrs__")
    assert [control["kind"] for control in shown.values()] == KINDS
    assert [name for name, control in shown.items() if control["required"]] == REQUIRED
    assert sum(bool(control["help"]) for control in shown.values()) == 7
    assert len(shown["education"]["options"]) == 5


@both_kinds
@pytest.mark.parametrize("side", ["ours", "native", "EmailField"])
def test_every_side_offers_the_projects(found, kind, side):
    assert len(Page(found["forms"][kind][side]["shown"]).options("project")) == 4


def test_a_new_form_is_empty_and_another_one_is_not(found):
    new, stored = (controls(found["forms"][kind]["ours"]["shown"], "attrs__") for kind in ("new", "stored"))
    assert not any(control["value"] for control in new.values())
    assert all(control["value"] for control in stored.values())


@both_kinds
@pytest.mark.parametrize("side", ["ours", "native", "EmailField"])
def test_every_side_refuses_the_same_three_values(found, kind, side):
    spoilt = found["forms"][kind][side]["spoilt"]
    assert (spoilt["valid"], spoilt["errors"]) == (False, SPOILT)
    assert len(Page(spoilt["page"]).all("ul", class_="errorlist")) == 3


@both_kinds
@pytest.mark.parametrize("side", ["ours", "native", "EmailField"])
def test_every_side_takes_what_was_typed_and_stores_the_same(found, kind, side):
    form = found["forms"][kind][side]
    assert (form["typed"]["valid"], form["typed"]["errors"]) == (True, [])
    assert form["saved"] == found["forms"][kind]["native"]["saved"]
    assert [text.split()[0] for text in form["saved"].values()] == TYPES


@pytest.mark.parametrize("side", ["ours", "native", "EmailField"])
def test_three_values_of_a_stored_record_are_changed(found, side):
    assert found["forms"]["stored"][side]["typed"]["changed"] == CHANGED


@pytest.mark.parametrize("what", ["a text, an integer, a date", "a choice, a decimal, a boolean", "all ten"])
def test_the_lists_of_the_admin_show_the_same(found, what):
    ours, theirs = (found["lists"][what][side]["page"] for side in ("ours", "native"))
    assert len(cells(ours)) > SIZE
    assert cells(ours) == cells(theirs)
    assert headings(ours) == headings(theirs)
    assert len(headings(ours)) == (11 if what == "all ten" else 4)


def test_the_lists_take_as_many_queries(found):
    counts = {side: [each[side]["queries"] for each in found["lists"].values()] for side in ("ours", "native")}
    assert counts["ours"] == counts["native"]


def test_everything_that_is_timed_is_done(found):
    assert all(len(done) == SIZE for done in found["works"].values())
    kinds = {kind for done in found["works"].values() for kind in done}
    assert kinds == {"SafeString", "PersonForm", "DjangoPersonForm", "RecordForm"}


def test_the_page_that_is_published_was_written_by_a_whole_run():
    text = (ROOT / "docs" / "benchmarks-forms.md").read_text(encoding="utf-8")
    assert "Not run." not in text
    assert "100 records, a text, an integer, a date: PostgreSQL" in text
    assert "build, bind and validate: new record, SQLite" in text
