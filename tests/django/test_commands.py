"""``attributes_check``, ``attributes_export``, ``attributes_apply`` and ``attributes_adopt``."""

from __future__ import annotations

import io
import json

import pytest
import yaml
from django.core.management import CommandError, call_command
from landregistry.models import Organization, Party, Project
from testapp.models import Place, PlainDocument

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.stored import plainly_stored, store, stored_text

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("education", "text", label={"id": "Pendidikan", "en": "Education"}),
    Attribute("score", "integer", constraints={"max": 9}),
    Attribute("seen", "datetime"),
    Attribute("agent", "reference", constraints={"model": "landregistry.Party"}),
)


def run(*args, **options):
    """Return what a command writes."""
    out = io.StringIO()
    call_command(*args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def parties():
    """Parties of which the first three do not fit, and the last fits in a form that is not stored today."""
    organization = Organization.objects.create(slug="o", name="O")
    project = Project.objects.create(slug="p", name="P", organization=organization)
    SchemaRecord.objects.define(Party, ATTRIBUTES)
    SchemaRecord.objects.define(Party, [Attribute("education", required=True)], selectors=(organization, project))
    texts = [
        "[1, 2]",
        '{"score": 10, "education": null}',
        '{"education": "x", "agent": 99999, "orphan": 1.10}',
        '{"education": " x ", "score": 3.0, "seen": "2024-01-01T02:00:00+02:00"}',
    ]
    made = Party.objects.bulk_create(Party(project=project, attrs={"education": "x"}) for _ in texts)
    for party, text in zip(made, texts, strict=True):
        store(party, text)
    return made


# ---- attributes_check ----


def test_check_reports_each_problem_as_a_line_and_changes_nothing(parties, tmp_path):
    before = [stored_text(party) for party in parties]
    path = tmp_path / "report.jsonl"

    with pytest.raises(CommandError, match="3 records") as caught:
        run("attributes_check", "landregistry.Party", report=str(path), no_progress=True)

    assert caught.value.returncode == 1
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert sorted((line["pk"], line["path"], line["code"]) for line in lines) == sorted(
        [
            (parties[0].pk, [], "type"),
            (parties[1].pk, ["score"], "max"),
            (parties[1].pk, ["education"], "required"),
            (parties[2].pk, ["agent"], "django.not_found"),
        ]
    )
    assert [stored_text(party) for party in parties] == before


def test_check_normalises_only_what_fits_and_only_when_asked(parties):
    before = [stored_text(party) for party in parties[:3]]

    with pytest.raises(CommandError):
        run("attributes_check", "landregistry.Party", normalise=True, no_progress=True)

    assert [stored_text(party) for party in parties[:3]] == before
    assert plainly_stored(parties[3]) == {"education": "x", "score": 3, "seen": "2024-01-01T00:00:00Z"}


def test_check_says_that_all_is_well(parties):
    for party in parties[:3]:
        store(party, '{"education": "x"}')

    assert "4 records, 0 with problems" in run("attributes_check", "landregistry.Party", no_progress=True)


@pytest.mark.parametrize("label", ["landregistry.Partei", "nothing", "landregistry.Party.attributes"])
def test_check_of_what_is_not_there_is_refused(label):
    with pytest.raises(CommandError, match=label.split(".")[0]):
        run("attributes_check", label, no_progress=True)


# ---- attributes_export and attributes_apply ----


@pytest.fixture
def exported(parties, tmp_path):
    path = tmp_path / "schemas.yaml"
    run("attributes_export", output=str(path))
    return path


def test_what_is_exported_is_applied_as_it_is(exported):
    assert "0 schemas changed, 2 the same" in run("attributes_apply", str(exported))
    SchemaRecord.objects.all().delete()

    run("attributes_apply", str(exported))

    assert run("attributes_export") == exported.read_text()


def test_rows_are_named_by_their_natural_keys_and_found_in_another_database(exported):
    SchemaRecord.objects.all().delete()
    Party.objects.all().delete()
    Organization.objects.all().delete()
    organization = Organization.objects.create(slug="o", name="O")
    project = Project.objects.create(slug="p", name="P", organization=organization)

    run("attributes_apply", str(exported))

    assert [*SchemaRecord.objects.scopes(Party)] == [(None, None, None), (organization.pk, project.pk, None)]


def test_a_dry_run_shows_the_difference_and_changes_nothing(exported):
    before = run("attributes_export")
    exported.write_text(exported.read_text().replace("Pendidikan", "Sekolah"))

    shown = run("attributes_apply", str(exported), dry_run=True)

    assert "Pendidikan" in shown
    assert "Sekolah" in shown
    assert "1 schema would change" in shown
    assert run("attributes_export") == before
    run("attributes_apply", str(exported))
    assert "Sekolah" in run("attributes_export")


def test_an_attribute_that_is_left_out_is_retired_and_no_value_is_touched(exported, parties):
    before = [stored_text(party) for party in parties]
    documents = list(yaml.safe_load_all(exported.read_text()))
    documents[0]["schema"]["attributes"] = [
        each for each in documents[0]["schema"]["attributes"] if each["key"] != "seen"
    ]
    exported.write_text(yaml.safe_dump_all(documents))

    run("attributes_apply", str(exported))

    assert "seen" not in SchemaRecord.objects.for_selectors(Party)
    assert [stored_text(party) for party in parties] == before


FAULTS = {
    "yaml": ("{", "YAML"),
    "no-such-model": ("model: landregistry.Partei\nschema: {format: 1, name: x, attributes: []}", "Partei"),
    "no-such-row": (
        "model: landregistry.Party\nselectors: {organization: [nobody]}\nschema: {format: 1, name: x, attributes: []}",
        "nobody",
    ),
    "no-such-key": (
        "model: landregistry.Party\nselector: {}\nschema: {format: 1, name: x, attributes: []}",
        "selectors",
    ),
    "no-such-type": (
        "model: landregistry.Party\nschema: {format: 1, name: x, attributes: [{key: a, type: txt}]}",
        "text",
    ),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS)
def test_a_file_with_a_fault_is_refused_and_nothing_of_it_is_applied(exported, tmp_path, text, said):
    before = run("attributes_export")
    exported.write_text(exported.read_text().replace("Pendidikan", "Sekolah"))
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(text)

    with pytest.raises(CommandError, match=said):
        run("attributes_apply", str(exported), str(faulty))

    assert run("attributes_export") == before


# ---- attributes_adopt ----


@pytest.fixture
def schema_file(tmp_path):
    path = tmp_path / "schema.yaml"
    path.write_text("format: 1\nname: n\nattributes:\n- {key: a, type: integer, required: true}\n")
    return str(path)


def test_adopting_a_plain_column_only_reports(schema_file):
    for data in ({"a": 1}, [1], {"b": 1}):
        PlainDocument.objects.create(data=data)

    shown = run("attributes_adopt", "testapp.PlainDocument.data", schema_file, no_progress=True)

    assert "3 records, 2 with problems" in shown
    assert "JSONAttributeField" in shown
    assert not SchemaRecord.objects.exists()


@pytest.mark.parametrize("is_dry", [True, False], ids=["dry-run", "for-good"])
def test_adopting_defines_the_schema_and_touches_no_value(schema_file, is_dry):
    place = Place.objects.create()
    store(place, '{"a": "no integer", "b": 1.10}')
    before = stored_text(place)

    shown = run("attributes_adopt", "testapp.Place", schema_file, dry_run=is_dry, no_progress=True)

    assert "1 with problems" in shown
    assert SchemaRecord.objects.exists() is not is_dry
    assert [*SchemaRecord.objects.for_selectors(Place)] == ([] if is_dry else ["a"])
    assert stored_text(place) == before
