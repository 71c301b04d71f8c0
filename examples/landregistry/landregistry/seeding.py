"""Fills an empty land registry: two organisations, their schemas, and some people and land to look at.

The schemas are the files in ``schemas/``, the records those in ``records/``. Running it again changes nothing: a schema
is defined again only where its file says something else than the database, and a record that is there is left alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from django.apps import apps
from django.db import models, transaction

from jsonattrs_core import UNSET, ComposedSchema, Schema
from jsonattrs_django.models import SchemaRecord
from landregistry.models import Organization, Party, Project, SpatialUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BINDINGS", "RECORDS", "SCHEMAS", "Binding", "Report", "seed"]

FOLDER = Path(__file__).resolve().parents[1]
SCHEMAS = FOLDER / "schemas"
RECORDS = FOLDER / "records"


class Binding(NamedTuple):
    """Which records a schema is for: those of a model, with these selector values; None is any."""

    file: str
    model: type[models.Model]
    organization: str | None = None
    project: str | None = None
    type: str | None = None
    #: The schema stays with the project, whichever organisation has it.
    of_any_organization: bool = False

    def selectors(self, organization: Organization | None, project: Project | None) -> tuple[Any, ...]:
        """Return the selector values, in the order of the model's attribute field."""
        if self.model is Organization:
            return ()
        if self.model is Project:
            return (organization,)
        return (None if self.of_any_organization else organization, project, self.type)


#: Every schema and what it is bound to. The order is that in which they are defined; which one wins is decided by how
#: much they are bound to, the last selector counting most.
BINDINGS = (
    Binding("organization.yaml", Organization),
    Binding("project.yaml", Project),
    Binding("party.yaml", Party),
    Binding("party-group.yaml", Party, type="GR"),
    Binding("party-corporation.yaml", Party, type="CO"),
    Binding("spatial-unit.yaml", SpatialUnit),
    Binding("spatial-unit-building.yaml", SpatialUnit, type="BU"),
    Binding("nusantara/project.yaml", Project, "nusantara"),
    Binding("nusantara/party.yaml", Party, "nusantara"),
    Binding("nusantara/party-corporation.yaml", Party, "nusantara", type="CO"),
    Binding("nusantara/spatial-unit.yaml", SpatialUnit, "nusantara"),
    Binding("nusantara/cihampelas-party.yaml", Party, "nusantara", "cihampelas"),
    Binding("nusantara/sumba-party.yaml", Party, "nusantara", "sumba"),
    Binding("nusantara/sumba-spatial-unit.yaml", SpatialUnit, "nusantara", "sumba"),
    Binding("marches/project.yaml", Project, "marches"),
    Binding("marches/party.yaml", Party, "marches"),
    Binding("marches/party-corporation.yaml", Party, "marches", type="CO"),
    Binding("marches/spatial-unit.yaml", SpatialUnit, "marches"),
    Binding("marches/wye-party.yaml", Party, "marches", "wye"),
    Binding("marches/wye-spatial-unit.yaml", SpatialUnit, "marches", "wye", of_any_organization=True),
)

#: Records written with one statement.
BATCH = 1_000


@dataclass
class Report:
    """What a run has made, changed and found, by kind."""

    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def nothing_new(self) -> bool:
        """Whether everything was there already."""
        return not self.made and not self.changed


@transaction.atomic
def seed(records: int = 0) -> Report:
    """Make what is missing, all of it or nothing, and return what was done.

    ``records`` asks for that many further parties in each project, for trying things at size. Raises SchemaError for a
    schema, and ValidationError for a record, that is refused.
    """
    report = Report()
    _define(report)
    for file in sorted(RECORDS.glob("*.yaml")):
        organization_data = yaml.safe_load(file.read_text(encoding="utf-8"))
        organization = _organization(organization_data, report)
        _define(report, organization)
        for project_data in organization_data["projects"]:
            project = _project(organization, project_data, report)
            _define(report, organization, project)
            _records(project, Party, project_data["parties"], report)
            _records(project, SpatialUnit, project_data["spatial_units"], report)
            _more_parties(project, records, report)
    return report


# ---- schemas ----


def _define(report: Report, organization: Organization | None = None, project: Project | None = None) -> None:
    """Define the schemas that are bound to this organisation and this project, as far as these are given."""
    slugs = (organization and organization.slug, project and project.slug)
    for binding in BINDINGS:
        if (binding.organization, binding.project) != slugs:
            continue
        schema = Schema.read(SCHEMAS / binding.file)
        selectors = binding.selectors(organization, project)
        stored = _stored(binding.model, selectors, schema.name)
        if stored is not None and _says_the_same(stored, schema):
            report.found["schema"] += 1
            continue
        SchemaRecord.objects.define(binding.model, schema=schema, selectors=selectors)
        (report.made if stored is None else report.changed)["schema"] += 1


def _stored(model: type[models.Model], selectors: tuple[Any, ...], name: str) -> Schema | None:
    """Return the schema of this name among those that apply to a scope."""
    composed = SchemaRecord.objects.for_selectors(model, selectors)
    return next((schema for schema in composed.schemas if schema.name == name), None)


def _says_the_same(stored: Schema, schema: Schema) -> bool:
    """Tell whether a stored schema is that of the file, but for attributes that a former file had.

    Those are kept, retired, so that their values can come back.
    """
    one, other = stored.to_document(), schema.to_document()
    keys = {attribute["key"] for attribute in other["attributes"]}
    one["attributes"] = [
        attribute for attribute in one["attributes"] if attribute["key"] in keys or attribute.get("status") != "retired"
    ]
    return bool(one == other)


# ---- records ----


def _organization(data: Mapping[str, Any], report: Report) -> Organization:
    defaults = {"name": data["name"], "attrs": data["attrs"]}
    organization, is_new = Organization.objects.get_or_create(slug=data["slug"], defaults=defaults)
    (report.made if is_new else report.found)["organisation"] += 1
    return organization


def _project(organization: Organization, data: Mapping[str, Any], report: Report) -> Project:
    defaults = {"name": data["name"], "attrs": data["attrs"]}
    project, is_new = organization.projects.get_or_create(slug=data["slug"], defaults=defaults)
    (report.made if is_new else report.found)["project"] += 1
    return project


def _records(project: Project, model: type[models.Model], rows: list[dict[str, Any]], report: Report) -> None:
    """Make the records of a project that are not there. Those that others refer to come first in the file."""
    there = set(model.objects.filter(project=project).values_list("name", flat=True))
    kind = str(model._meta.verbose_name)
    for row in rows:
        if row["name"] in there:
            report.found[kind] += 1
            continue
        record = model(project=project, name=row["name"])
        record.type = row.get("type", record.type)
        schema = SchemaRecord.objects.for_instance(record)
        record.attrs = {name: _resolved(project, schema, name, value) for name, value in row["attrs"].items()}
        record.save()
        report.made[kind] += 1


def _resolved(project: Project, schema: ComposedSchema, name: str, value: Any) -> Any:
    """Return the records of the project that a reference names; any other value as it is.

    Only the schema knows which attributes are references, and to what.
    """
    attribute = schema.get(name)
    if attribute is None or attribute.type != "reference":
        return value
    model = apps.get_model(attribute.constraints["model"])
    if isinstance(value, list):
        return [model.objects.get(project=project, name=each) for each in value]
    return model.objects.get(project=project, name=value)


# ---- many of them ----


def _more_parties(project: Project, number: int, report: Report) -> None:
    """Make parties up to a number, which differ and are the same on every machine."""
    kind = "further party"
    there = set(project.parties.filter(name__startswith="Household ").values_list("name", flat=True))
    schema = SchemaRecord.objects.for_selectors(Party, (project.organization, project, Party.Type.INDIVIDUAL))
    post_codes = _post_codes(project)
    missing = [n for n in range(1, number + 1) if _title(n) not in there]
    report.found[kind] += number - len(missing)
    for start in range(0, len(missing), BATCH):
        parties = [
            Party(project=project, name=_title(n), attrs=dict(_made_up(n, schema, post_codes)))
            for n in missing[start : start + BATCH]
        ]
        Party.objects.bulk_create(parties)
        report.made[kind] += len(parties)
    report.found = +report.found


def _title(number: int) -> str:
    return f"Household {number:06}"


def _post_codes(project: Project) -> list[str]:
    """Return the post codes of the parties that the project has from its file."""
    parties = project.parties.exclude(name__startswith="Household ").order_by("pk")
    return [found for party in parties if (found := party.attrs.get("post_code"))]


def _made_up(number: int, schema: ComposedSchema, post_codes: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield values of those attributes that the project's parties have."""
    values: dict[str, Any] = {
        "consent": True,
        "registered_on": date(2024, 1, 1) + timedelta(days=number % 365),
        "birth_date": date(1940, 1, 1) + timedelta(days=number * 37 % 23_000),
        "gender": ("female", "male")[number % 2],
        "post_code": post_codes[number % len(post_codes)],
        "contact_by": ("visit", "letter")[number % 2],
    }
    for name in schema:
        if name in values:
            yield name, values[name]
        elif name in ("education", "occupation") and schema[name].choices is not UNSET:
            choices = [choice.value for choice in schema[name].choices]
            yield name, choices[number % len(choices)]
