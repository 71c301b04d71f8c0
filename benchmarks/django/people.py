"""People whose ten values are edited in a form: as native columns, and as attributes that say the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from benchmarks.django.data import values
from benchmarks.django.models import EDUCATION, DjangoPerson, Organization, Person, PersonRecord, Project
from jsonattrs_core import Attribute, Choice
from jsonattrs_django.forms import AttributeModelForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ATTRIBUTES", "FORMS", "SPOILT", "TYPED", "VALUES", "fill_people", "posted", "scene"]

ATTRIBUTES = (
    Attribute(
        "full_name",
        "text",
        required=True,
        label="Full name",
        help_text="As in the passport.",
        constraints={"max_length": 100},
    ),
    Attribute("email", "text", subtype="email", label="E-mail address"),
    Attribute(
        "education",
        "text",
        required=True,
        label="Education",
        choices=[Choice(value, label) for value, label in EDUCATION],
    ),
    Attribute(
        "household_size",
        "integer",
        required=True,
        label="Household size",
        help_text="Who eats from the same pot.",
        constraints={"min": 1, "max": 30},
    ),
    Attribute("score", "float", label="Score", constraints={"min": 0}),
    Attribute(
        "area",
        "decimal",
        required=True,
        label="Area in hectares",
        help_text="Of all parcels.",
        constraints={"min": 0, "max_digits": 12, "decimal_places": 2},
    ),
    Attribute("active", "boolean", label="Active", help_text="Works on the land."),
    Attribute("birth_date", "date", required=True, label="Date of birth", constraints={"min": "1900-01-01"}),
    Attribute("surveyed_at", "datetime", label="Surveyed at", help_text="When the interview began."),
    Attribute(
        "notes",
        "text",
        label="Notes",
        help_text="Whatever else was said.",
        constraints={"max_length": 500, "multiline": True},
    ),
)

#: What a stored person has.
VALUES: dict[str, Any] = {
    "full_name": "Siti Rahma",
    "email": "siti@example.com",
    "education": "secondary",
    "household_size": 5,
    "score": 87.25,
    "area": Decimal("2.75"),
    "active": True,
    "birth_date": date(1984, 5, 17),
    "surveyed_at": datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
    "notes": "Lives by the river; moved here after the flood.",
}

#: What a person types: three values are others than those that are stored.
TYPED = {
    "full_name": "Siti Nur Rahma",
    "email": "siti@example.com",
    "education": "tertiary",
    "household_size": "6",
    "score": "87.25",
    "area": "2.75",
    "active": "true",
    "birth_date": "1984-05-17",
    "surveyed_at": "2024-03-01T09:30",
    "notes": "Lives by the river; moved here after the flood.",
}

#: The same with three values that are refused.
SPOILT = {**TYPED, "full_name": "", "household_size": "31", "area": "2.755"}


class _Native(forms.ModelForm):
    """A form of ten columns, with the controls that the attributes have."""

    class Meta:
        """Numbers are read as they are written in the active language, as those of attributes are."""

        fields = ("project", *TYPED)
        localized_fields = ("household_size", "score", "area")
        widgets = {  # noqa: RUF012 - in the form that Django reads
            "full_name": forms.TextInput({"dir": "auto"}),
            "email": forms.EmailInput(
                {"dir": "auto", "inputmode": "email", "autocomplete": "email", "autocapitalize": "none"}
            ),
            "education": forms.Select({"dir": "auto"}),
            "household_size": forms.TextInput({"dir": "auto", "autocomplete": "off", "inputmode": "numeric"}),
            "score": forms.TextInput({"dir": "auto", "autocomplete": "off", "inputmode": "decimal"}),
            "area": forms.TextInput({"dir": "auto", "autocomplete": "off", "inputmode": "decimal"}),
            "active": forms.NullBooleanSelect({"dir": "auto"}),
            "birth_date": forms.DateInput({"dir": "auto", "type": "date"}, format="%Y-%m-%d"),
            "surveyed_at": forms.DateTimeInput(
                {"dir": "auto", "type": "datetime-local", "step": "any"}, format="%Y-%m-%dT%H:%M"
            ),
            "notes": forms.Textarea({"dir": "auto", "rows": 4}),
        }


class PersonForm(_Native):
    """A form of ten columns."""

    class Meta(_Native.Meta):
        """What it shows."""

        model = Person


class DjangoPersonForm(_Native):
    """The same, with Django's own field for e-mail addresses."""

    class Meta(_Native.Meta):
        """What it shows."""

        model = DjangoPerson


class RecordForm(AttributeModelForm):
    """A form of ten attributes."""

    class Meta:
        """What it shows."""

        model = PersonRecord
        fields = "__all__"


#: The form of each model.
FORMS: dict[Any, Any] = {Person: PersonForm, DjangoPerson: DjangoPersonForm, PersonRecord: RecordForm}


def scene() -> Project:
    """Return one of three projects, that of the schema of the ten attributes."""
    from jsonattrs_django.models import SchemaRecord

    organization = Organization.objects.create(name="Land registry")
    made, *_ = [Project.objects.create(organization=organization, name=name) for name in ("North", "South", "East")]
    SchemaRecord.objects.define(PersonRecord, ATTRIBUTES, selectors=(made,))
    return made


def people(count: int) -> list[dict[str, Any]]:
    """Return the values of people: the first has the same in each run, and no two of few are the same."""
    found = [VALUES]
    for place, row in enumerate(values(count - 1)):
        own = {name: row[name] for name in VALUES.keys() & row.keys()}
        found.append({**own, "full_name": row["name"], "email": f"person-{place}@example.com"})
    return found


def fill_people(owner: Project, count: int) -> None:
    """Store the same people on each side."""
    rows = people(count)
    for model in (Person, DjangoPerson):
        model.objects.bulk_create(model(project=owner, **row) for row in rows)
    PersonRecord.objects.bulk_create(PersonRecord(project=owner, attrs=row) for row in rows)


def posted(model: Any, owner: Project, typed: Mapping[str, str], marker: str) -> QueryDict:
    """Return what a browser posts of the form of a model: what was typed, and the hidden text of ours."""
    given: Iterable[tuple[str, str]] = [("project", str(owner.pk)), *_named(model, typed)]
    hidden = [("attrs-shown", marker)] if model is PersonRecord else []
    return QueryDict(urlencode([*given, *hidden]))


def _named(model: Any, typed: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    start = "attrs__" if model is PersonRecord else ""
    return ((f"{start}{name}", text) for name, text in typed.items())
