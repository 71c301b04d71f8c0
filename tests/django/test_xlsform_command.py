"""``attributes_xlsform``: what it writes and says. pyxform converts every workbook without a warning."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from landregistry.models import Organization, Party, Project
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from jsonattrs_core import Attribute
from jsonattrs_django.testing import define

pytestmark = pytest.mark.django_db
LABEL = "landregistry.Party"


def run(*arguments, **options):
    """Return what the command prints, and what it says on standard error."""
    out, said = io.StringIO(), io.StringIO()
    call_command("attributes_xlsform", *arguments, stdout=out, stderr=said, **options)
    return out.getvalue(), said.getvalue()


def xform(workbook: bytes) -> str:
    warnings: list[str] = []
    converted = convert(workbook, warnings=warnings)
    assert warnings == []
    return converted.xform


def rows(path):
    sheet = load_workbook(path)["survey"]
    headings, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in others]


def test_a_scope_is_named_by_its_selectors(tmp_path):
    organization = Organization.objects.create(slug="o", name="O")
    project = Project.objects.create(slug="p", name="P", organization=organization)
    define(Party, Attribute("education", "text"))
    define(Party, Attribute("score", "integer"), selectors=(organization, project))
    general, narrow = tmp_path / "general.xlsx", tmp_path / "narrow.xlsx"

    run(LABEL, output=str(general))
    out, said = run(
        LABEL,
        select=[f"organization={organization.pk}", f"project={project.pk}"],
        output=str(narrow),
        title="People ${x}",
        form_id="people",
        language=["id"],
    )

    assert [row["name"] for row in rows(general)] == ["education"]
    assert [row["name"] for row in rows(narrow)] == ["education", "score"]
    assert out == ""
    assert said == f"{LABEL} written to {narrow}: 2 questions, 0 things left out or changed\n"
    written = xform(narrow.read_bytes())
    assert 'id="people"' in written
    assert "<h:title>People $\u2060{x}</h:title>" in written


def test_what_no_form_expresses_is_printed(tmp_path):
    agent = Attribute("agent", "reference", constraints={"model": LABEL})
    define(Party, agent, Attribute("code", "text", unique=True), Attribute("extra", "object"))

    out, _ = run(LABEL, output=str(tmp_path / "form.xlsx"))

    assert out.splitlines() == [
        "agent, type: forms have no type 'reference': it is asked as a text, in the form that documents have",
        "agent, model: forms cannot check it: there is nothing like it for an answer of the type 'text'",
        "code, unique: a form does not know the other records; it is checked when the record is",
        "extra, type: forms cannot ask for the type 'object': the attribute is left out",
    ]


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (["landregistry.Parti"], {}, "there is no model"),
        ([LABEL], {"select": ["projekt=1"]}, "there is no selector 'projekt'"),
        ([LABEL], {"select": ["project"]}, "--select takes NAME=VALUE, not 'project'"),
        ([LABEL], {"select": ["project=north"]}, "not a key of landregistry.Project"),
        ([LABEL], {"form_id": "two words"}, "'two words' cannot be a form's id"),
        ([LABEL], {"language": ["klingon"]}, "'klingon' is no tag of a language"),
        ([LABEL], {"output": "/nowhere/form.xlsx"}, "cannot be written"),
        (["landregistry.SpatialUnit"], {}, "no schema defines an attribute in this scope"),
    ],
)
def test_what_cannot_be_a_form_is_said(tmp_path, arguments, options, message):
    define(Party, Attribute("education", "text"))
    with pytest.raises(CommandError, match=message):
        run(*arguments, **{"output": str(tmp_path / "form.xlsx"), **options})
    assert not list(Path(tmp_path).iterdir())
