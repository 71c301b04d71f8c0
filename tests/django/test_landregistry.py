"""examples/landregistry: what it seeds, and that its page tells the truth."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from landregistry import seeding
from landregistry.models import Organization, Party, Project, SpatialUnit
from landregistry.seeding import BINDINGS, SCHEMAS, seed

from jsonattrs_core import Attribute, Schema, SchemaError, default_registry
from jsonattrs_django.models import AttributeRecord, GenerationRecord, SchemaRecord

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "landregistry"
PAGE = EXAMPLE / "README.md"
MODELS = (Organization, Project, Party, SpatialUnit)
ALL = (*MODELS, SchemaRecord, AttributeRecord, GenerationRecord)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker):
    """Seed once: each test then undoes only what it has done itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(_seeded, db):
    """A register that was seeded."""


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in ALL}


def party(name):
    return Party.objects.get(name=name)


def refused(write):
    with pytest.raises(ValidationError) as caught:
        write()
    return [(problem.location, problem.code) for problem in caught.value.problems]


# ---- the files ----


def test_every_schema_file_is_bound():
    files = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.rglob("*.yaml"))
    assert files == sorted(binding.file for binding in BINDINGS)


def test_the_names_of_the_schemas_tell_them_apart():
    names = [Schema.read(SCHEMAS / binding.file).name for binding in BINDINGS]
    assert len(names) == len(set(names))


def test_the_requirements_name_the_plugins_that_the_schemas_need_and_that_names_countries():
    schemas = [Schema.read(SCHEMAS / binding.file) for binding in BINDINGS]
    subtypes = {attribute.subtype for schema in schemas for attribute in schema.attributes if attribute.subtype}
    used = {row["name"]: row["provider"] for row in default_registry().describe() if row["state"] == "used"}
    needed = {used[default_registry().subtypes[name].name] for name in subtypes} | {"cel"}
    needed |= {used["country-code"]}  # without it the pages that list detailed types have codes of countries for names
    declared = re.findall(
        r"^-e plugins/(\w+)$", (EXAMPLE / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(declared) == sorted(needed - {"jsonattrs"})


# ---- seeding ----


def test_a_register_is_made_with_some_dozens_of_records(seeded):
    for organization in Organization.objects.all():
        assert organization.projects.count() == 2
        for model in (Party, SpatialUnit):
            assert model.objects.filter(project__organization=organization).count() >= 20
    assert SchemaRecord.objects.filter(is_retired=False).count() == len(BINDINGS)


@pytest.mark.parametrize("model", MODELS)
def test_nothing_that_was_seeded_has_a_problem(seeded, model):
    found = {str(record): record.attrs.problems() for record in model.objects.with_selectors()}

    assert found
    assert set(found.values()) == {()}
    assert {str(record): record.attrs.orphans for record in model.objects.with_selectors()} == {
        key: {} for key in found
    }


def test_a_second_time_nothing_is_changed(seeded):
    before = everything()
    report = seed()

    assert report.nothing_new
    assert report.found == {"schema": 20, "organisation": 2, "project": 4, "party": 47, "spatial unit": 43}
    assert everything() == before


def test_what_is_missing_is_made_and_what_users_changed_is_left_alone(seeded):
    SpatialUnit.objects.filter(name="Gang Melati").delete()
    siti = party("Siti Rahayu")
    siti.attrs["education"] = "tertiary"
    siti.save()
    report = seed()

    assert (report.made, report.changed) == ({"spatial unit": 1}, {})
    assert party("Siti Rahayu").attrs["education"] == "tertiary"


def test_a_schema_whose_file_is_edited_is_defined_again_and_no_other(seeded, tmp_path, monkeypatch):
    folder = shutil.copytree(SCHEMAS, tmp_path / "schemas")
    monkeypatch.setattr(seeding, "SCHEMAS", folder)
    file = folder / "nusantara" / "sumba-party.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("key: clan\n    name: clan", "key: lineage\n    name: lineage"), encoding="utf-8")

    assert seed().changed == {"schema": 1}
    assert seed().nothing_new  # the clan is retired, and not in the file
    assert party("Rambu Kareri").attrs.orphans == {"clan": "Watupela"}

    file.write_text(text, encoding="utf-8")
    assert seed().changed == {"schema": 1}
    assert party("Rambu Kareri").attrs["clan"] == "Watupela"


def test_further_parties_are_made_up_to_a_number(seeded):
    before = {project.pk: project.parties.count() for project in Project.objects.all()}

    assert seed(3).made == {"further party": 12}
    assert seed(5).made == {"further party": 8}
    assert seed(4).nothing_new
    for project in Project.objects.all():
        assert project.parties.count() == before[project.pk] + 5
    assert {each.attrs.problems() for each in Party.objects.with_selectors()} == {()}


def test_the_command_says_what_it_did(seeded):
    said = StringIO()
    call_command("seed", records=1, stdout=said)
    call_command("seed", records=1, stdout=said)
    there = "20 schemas, 2 organisations, 4 projects, 47 parties"
    whole = f"{there}, 43 spatial units and 4 further parties"
    lines = said.getvalue().splitlines()

    assert lines[:2] == ["Made 4 further parties.", f"Found {there} and 43 spatial units."]
    assert f"Everything is there already: {whole}. Nothing was changed." in lines
    assert lines.count("Try next:") == 2


# ---- what the schemas say ----


@pytest.mark.parametrize(
    ("name", "attribute", "value", "code"),
    [
        pytest.param("Siti Rahayu", "post_code", "SY8 1ZZ", "format", id="british-post-code-in-indonesia"),
        pytest.param("Margaret Price", "post_code", "40131", "format", id="indonesian-post-code-in-britain"),
        pytest.param("Siti Rahayu", "national_id", "AB123456C", "format", id="british-number-in-indonesia"),
        pytest.param("Margaret Price", "national_id", "3171011708450001", "format", id="indonesian-number-in-britain"),
        pytest.param("Siti Rahayu", "phone", "+44 117 496 0101", "region", id="british-telephone-in-indonesia"),
        pytest.param("Margaret Price", "phone", "+62 812-345-678", "region", id="indonesian-telephone-in-britain"),
        pytest.param("PT Rumah Anyar", "tax_number", "1955839661", "length", id="british-tax-number-in-indonesia"),
        pytest.param(
            "Teme Bakery Ltd", "company_number", "9999000000001", "format", id="indonesian-company-in-britain"
        ),
        pytest.param("Siti Rahayu", "consent", False, "choice", id="nobody-without-consent"),
        pytest.param("Siti Rahayu", "evidence", ["deed", "deed"], "unique_items", id="evidence-twice"),
    ],
)
def test_a_value_is_refused_where_it_is_not_at_home(seeded, name, attribute, value, code):
    record = party(name)

    assert refused(lambda: record.attrs.__setitem__(attribute, value)) == [(attribute, code)]
    assert record.attrs.changed == ()


@pytest.mark.parametrize(
    ("name", "attribute", "member", "schema", "overrode"),
    [
        ("Siti Rahayu", "education", "required", "Parties in Cihampelas", []),
        ("Siti Rahayu", "education", "choices", "Parties of Nusantara", ["Parties"]),
        ("Siti Rahayu", "education", "type", "Parties", []),
        ("Siti Rahayu", "post_code", "subtype", "Parties of Nusantara", []),
        ("Gwen Prosser", "occupation", "type", "Parties on the Wye commons", ["Parties"]),
        ("PT Rumah Anyar", "tax_number", "subtype", "Corporations of Nusantara", []),
        ("PT Rumah Anyar", "tax_number", "type", "Corporations", []),
    ],
)
def test_it_is_explained_where_a_property_comes_from(seeded, name, attribute, member, schema, overrode):
    origin = SchemaRecord.objects.for_instance(party(name)).explain(attribute)[member]

    assert (origin.schema, [each for each, _ in origin.overrode]) == (schema, overrode)


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("Siti Rahayu", {"education", "occupation", "village"}, {"clan", "members", "company_number"}),
        ("Rambu Kareri", {"education", "clan"}, {"members"}),
        ("Margaret Price", {"birth_date"}, {"education", "occupation", "village"}),
        ("Gwen Prosser", {"occupation"}, {"education"}),
        ("Keluarga Sumarna", {"members", "women"}, {"birth_date", "education", "company_number"}),
        ("Wye Timber Ltd", {"company_number", "tax_number"}, {"birth_date", "occupation", "members"}),
    ],
)
def test_a_party_has_the_attributes_of_its_scope_and_type(seeded, name, has, has_not):
    names = set(party(name).attrs.schema)

    assert has <= names
    assert not has_not & names


@pytest.mark.parametrize(
    ("project", "kind", "attrs", "expected"),
    [
        pytest.param("cihampelas", "IN", {}, [("education", "required")], id="required-in-one-project"),
        pytest.param("sumba", "IN", {}, [], id="and-not-in-another"),
        pytest.param("ludlow", "IN", {}, [("post_code", "required")], id="required-in-one-organisation"),
        pytest.param("sumba", "GR", {"members": 3, "women": 4}, [("women", "rule")], id="a-rule"),
        pytest.param("sumba", "IN", {"contact_by": "phone"}, [("phone", "required")], id="a-condition"),
        pytest.param("sumba", "IN", {"agent": 0}, [("agent", "django.not_found")], id="a-reference"),
        pytest.param(
            "sumba",
            "CO",
            {"birth_date": "1990-01-01"},
            [("birth_date", "unknown"), ("company_number", "required"), ("tax_number", "required")],
            id="a-corporation",
        ),
    ],
)
def test_a_new_party_is_checked_by_all_that_applies_to_it(seeded, project, kind, attrs, expected):
    record = Party(project=Project.objects.get(slug=project), type=kind, name="new", attrs={"consent": True, **attrs})
    if expected:
        assert refused(record.save) == expected
    else:
        record.save()
        assert record.attrs["contact_by"] == "visit"


def test_who_was_registered_before_the_question_gets_letters(seeded):
    whole, sumba = Schema.read(SCHEMAS / "party.yaml"), Project.objects.get(slug="sumba")
    former = [attribute for attribute in whole.attributes if attribute.key not in ("contact_by", "phone")]
    SchemaRecord.objects.define(Party, former, name=whole.name)
    Party.objects.create(project=sumba, name="old", attrs={"consent": True})
    assert "contact_by" not in party("old").attrs.schema
    SchemaRecord.objects.define(Party, schema=whole)
    Party.objects.create(project=sumba, name="new", attrs={"consent": True})

    assert [party(name).attrs["contact_by"] for name in ("old", "new")] == ["letter", "visit"]


def test_what_is_locked_for_everybody_stays_locked(seeded):
    marches = Organization.objects.get(slug="marches")
    with pytest.raises(SchemaError, match="locked by schema 'Parties'"):
        SchemaRecord.objects.define(Party, [Attribute("consent", required=False)], selectors=(marches, None, "GR"))


def test_a_building_stands_on_a_parcel_and_on_nothing_else(seeded):
    house = SpatialUnit.objects.get(name="Rumah Hartono")
    assert house.attrs["parcel"].type == SpatialUnit.Type.PARCEL
    house.attrs["parcel"] = SpatialUnit.objects.get(name="Rumah Rahayu")

    assert refused(house.save) == [("parcel", "django.not_found")]


def test_a_move_to_another_country_is_refused_for_what_is_local(seeded):
    record = party("Rambu Kareri")
    record.project = Project.objects.get(slug="ludlow")

    assert set(refused(record.save)) == {("national_id", "format"), ("post_code", "format")}
    assert party("Rambu Kareri").project.slug == "sumba"


def test_a_project_takes_its_own_schema_to_another_organisation(seeded):
    wye, nusantara = Project.objects.get(slug="wye"), Organization.objects.get(slug="nusantara")
    schema = SchemaRecord.objects.for_selectors(SpatialUnit, (nusantara, wye, "PA"))

    assert {"common_rights", "parcel_number"} <= set(schema)


# ---- the page ----


def _blocks(language):
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return found


def test_the_models_of_the_page_are_those_of_the_code():
    code = (EXAMPLE / "landregistry" / "models.py").read_text(encoding="utf-8").splitlines()

    assert [line for line in _blocks("")[0].splitlines() if line not in code] == []


def test_the_session_of_the_page_goes_as_it_is_shown(seeded):
    source = "".join(_blocks("pycon"))
    assert source.count(">>>") > 30
    namespace = {"__name__": "__console__"}
    test = doctest.DocTestParser().get_doctest(source, namespace, PAGE.name, str(PAGE), 0)
    report = []
    doctest.DocTestRunner(verbose=False).run(test, out=report.append)

    assert not report, "".join(report)


def _run(arguments, environment):
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    own = Path(sys.executable)
    shown = own.relative_to(ROOT) if own.is_relative_to(ROOT) else own
    return done.stdout.replace(str(shown), ".venv/bin/python")


def test_the_commands_of_the_page_print_what_it_shows(tmp_path):
    """The page's commands, one after the other, on a database of their own; but for those that install."""
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    text = PAGE.read_text(encoding="utf-8")
    commands = [
        (shlex.split(command)[1:], output)
        for block in _blocks("console")
        for command, _, output in (part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:])
        if " examples/landregistry/manage.py " in command and not command.endswith(" shell")
    ]
    assert [arguments[1] for arguments, _ in commands] == ["migrate", "seed", "seed"]

    printed = [_run(arguments, environment) for arguments, _ in commands]
    shown = re.search(r"what to try next:\n\n```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert printed[1] == shown[1]
    assert printed[2].startswith(commands[2][1])

    following = re.findall(r"^  \.venv/bin/python (.*)$", printed[1], re.MULTILINE)
    attributes, origin, more = (_run(shlex.split(line), environment) for line in following)
    assert attributes.startswith("<Attributes {'consent': True, ")
    assert origin == "Origin(value=True, schema='Parties in Cihampelas', overrode=())\n"
    assert more.startswith("Made 4,000 further parties.\n")


def test_the_page_tells_of_every_schema_and_what_it_is_bound_to():
    rows = re.findall(
        r"^\| \[`([\w/.-]+)`\]\(schemas/\1\) \| ([\w ]+) \| ([^|]*)\|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    plurals = {model: str(model._meta.verbose_name_plural).replace("ization", "isation") for model in MODELS}

    assert {(file, of, bound.strip()) for file, of, bound in rows} == {
        (binding.file, plurals[binding.model], _bound(binding)) for binding in BINDINGS
    }


def _bound(binding):
    values = binding.selectors(binding.organization, binding.project)
    return ", ".join("*" if value is None else value for value in values)
