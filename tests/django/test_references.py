"""References: looked for when they are written, fetched together when they are read, kept when their row is gone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Team

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.references.type import Reference
from jsonattrs_django.updates import update_attributes
from tests.django.queries import asked
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

AGENT = Attribute("agent", "reference", constraints={"model": "landregistry.Party"})
HEIRS = Attribute("heirs", "reference", multiple=True, constraints={"model": "landregistry.Party"})


@pytest.fixture
def project():
    SchemaRecord.objects.define(Party, [AGENT, HEIRS, Attribute("score", "integer")])
    organization = Organization.objects.create(slug="o", name="Office")
    return Project.objects.create(organization=organization, slug="n", name="North")


@pytest.fixture
def people(project):
    return Party.objects.bulk_create([Party(project=project, name=str(number)) for number in range(5)])


def test_a_reference_is_stored_as_a_key_and_read_as_the_record(project, people):
    party = Party.objects.create(
        project=project, name="x", attrs={"agent": people[0], "heirs": [people[1].pk, people[2]]}
    )

    assert plainly_stored(party) == {"agent": people[0].pk, "heirs": [people[1].pk, people[2].pk]}
    again = Party.objects.get(pk=party.pk)
    assert again.attrs["agent"] == people[0]
    assert again.attrs["heirs"] == people[1:3]
    assert again.attrs == {"agent": people[0], "heirs": people[1:3]}
    assert again.attrs.dump() == {"agent": people[0].pk, "heirs": [people[1].pk, people[2].pk]}


VALUES_REFUSED = {
    "nobody": (999_999, [(("agent",), "django.not_found")]),
    "a-text-for-a-number": ("1", [(("agent",), "type")]),
    "true": (True, [(("agent",), "type")]),
    "beyond-64-bits": (2**70, [(("agent",), "format")]),
    "a-float": (1.5, [(("agent",), "type")]),
    "a-record-of-another-model": (Organization(pk=1), [(("agent",), "type")]),
    "a-record-that-is-not-saved": (Party(), [(("agent",), "type")]),
    "nul": ("\x00", [(("agent",), "type")]),
}


@pytest.mark.parametrize(("value", "problems"), VALUES_REFUSED.values(), ids=VALUES_REFUSED)
def test_what_refers_to_nothing_is_refused(project, value, problems):
    with pytest.raises(ValidationError) as refused:
        Party.objects.create(project=project, name="x", attrs={"agent": value})

    assert [(problem.path, problem.code) for problem in refused.value.problems] == problems


def test_keys_of_other_kinds_are_texts(db):
    SchemaRecord.objects.define(Note, [Attribute("team", "reference", constraints={"model": "testapp.Team"})])
    team = Team.objects.create(code="a")
    note = Note.objects.create(attrs={"team": str(team.pk).upper()})

    assert plainly_stored(note) == {"team": str(team.pk)}
    assert Note.objects.get(pk=note.pk).attrs["team"] == team
    with pytest.raises(ValidationError) as refused:
        Note.objects.create(attrs={"team": "no UUID"})
    assert refused.value.problems[0].code == "format"


def test_a_filter_narrows_what_may_be_referred_to(project):
    company = Attribute(
        "agent", "reference", constraints={"model": "landregistry.Party", "filter": {"type": ["CO", "GR"]}}
    )
    SchemaRecord.objects.define(Party, [company], selectors=(None, project))
    person = Party.objects.create(project=project, name="x")
    firm = Party.objects.create(project=project, name="y", type="CO", attrs={})

    person.attrs["agent"] = firm
    person.save()
    person.attrs["agent"] = person
    with pytest.raises(ValidationError, match="no such record"):
        person.save()


CONSTRAINTS_REFUSED = {
    "no-model": ({}, "needs the constraint 'model'"),
    "unknown-model": ({"model": "landregistry.Partie"}, "did you mean 'landregistry.Party'?"),
    "filter-over-a-relation": ({"model": "landregistry.Party", "filter": {"project__name": "x"}}, "no plain field"),
    "filter-with-a-look-up": ({"model": "landregistry.Party", "filter": {"name__startswith": "x"}}, "no plain field"),
    "filter-that-is-none": ({"model": "landregistry.Party", "filter": "IN"}, "must be a mapping"),
}


@pytest.mark.parametrize(("constraints", "why"), CONSTRAINTS_REFUSED.values(), ids=CONSTRAINTS_REFUSED)
def test_constraints_that_make_no_sense_are_faults_of_the_schema(constraints, why):
    with pytest.raises(SchemaError, match=why.replace("?", r"\?")):
        SchemaRecord.objects.define(Party, [Attribute("agent", "reference", constraints=constraints)])


def test_a_batch_takes_one_query_for_all_its_references(project, people):
    rows = [Party(project=project, name="x", attrs={"agent": people[0], "heirs": [each]}) for each in people]

    with asked() as queries:
        Party.objects.bulk_create(rows)

    assert len([query for query in queries if query.startswith("SELECT")]) == 1


def test_a_list_fetches_all_its_references_with_one_query(project, people):
    other = Project.objects.create(organization=project.organization, slug="s", name="South")
    rows = [Party(project=home, name="x", attrs={"agent": each}) for each in people for home in (project, other)]
    Party.objects.bulk_create(rows)
    parties = list(Party.objects.filter(name="x").with_selectors())
    assert len(parties) == 10
    assert parties[0].attrs.schema

    with asked() as queries:
        assert {party.attrs["agent"].name for party in parties} == set("01234")

    assert len(queries) == 1


def test_a_record_that_is_gone_is_kept_and_told_of_and_refused_only_anew(project, people):
    gone = people[0].pk
    party = Party.objects.create(project=project, name="x", attrs={"agent": people[0], "score": 1})
    people[0].delete()
    party = Party.objects.get(pk=party.pk)

    assert party.attrs["agent"] == Reference(gone)
    party.attrs["score"] = 2
    party.save()
    assert plainly_stored(party) == {"agent": gone, "score": 2}
    with pytest.raises(CommandError, match="1 record with problems"):
        call_command("attributes_check", "landregistry.Party")
    party.attrs["agent"] = gone
    with pytest.raises(ValidationError):
        party.save()
    with pytest.raises(ValidationError):
        update_attributes(Party.objects.all(), {"agent": gone})
