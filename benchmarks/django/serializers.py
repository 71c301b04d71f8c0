"""Serializers of ten values: as native fields of Django REST framework, and as attributes that say the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from rest_framework import serializers

from benchmarks.django.data import BAD, EDUCATION, values
from benchmarks.django.models import Native, Project, Record
from jsonattrs_django.rest_framework import AttributeModelSerializer

__all__ = [
    "TEN",
    "NativeOfAnyProject",
    "NativeSerializer",
    "RecordOfAnyProject",
    "RecordSerializer",
    "as_json",
    "payload",
]

TEN = (
    "name",
    "education",
    "notes",
    "household_size",
    "year_built",
    "score",
    "area",
    "active",
    "birth_date",
    "surveyed_at",
)


#: For each value one that both sides refuse: REST framework reads 5 as a text, and "yes" as true.
SPOILT = {
    **{name: BAD[name] for name in TEN},
    "notes": "x" * 501,
    "active": "perhaps",
    "surveyed_at": "2024-02-30T12:00:00Z",
}


class CurrentProject:
    """The project of the address that a request was sent to."""

    requires_context = True

    def __call__(self, field: Any) -> Project:
        """Return what the view has found."""
        found: Project = field.context["project"]
        return found


class NativeSerializer(serializers.ModelSerializer):
    """Ten fields, with the limits of the attributes."""

    project = serializers.HiddenField(default=CurrentProject())
    education = serializers.ChoiceField(choices=EDUCATION)

    class Meta:
        """What it has."""

        model = Native
        fields = ("id", "project", *TEN)
        extra_kwargs = {  # noqa: RUF012 - in the form that REST framework reads
            "notes": {"required": False, "allow_null": True},
            "household_size": {"min_value": 1, "max_value": 30},
            "year_built": {"min_value": 1500, "max_value": 2100, "required": False, "allow_null": True},
            "score": {"min_value": 0},
            "area": {"min_value": Decimal(0)},
            "birth_date": {"validators": [MinValueValidator(date(1900, 1, 1))]},
        }


class RecordSerializer(AttributeModelSerializer):
    """Ten attributes."""

    project = serializers.HiddenField(default=CurrentProject())

    class Meta:
        """What it has."""

        model = Record
        fields = ("id", "project", "attrs")


class NativeOfAnyProject(NativeSerializer):
    """The same, where each record says which project it is of."""

    project = serializers.PrimaryKeyRelatedField(queryset=Project.objects.all())


class RecordOfAnyProject(RecordSerializer):
    """The same, where each record says which project it is of."""

    project = serializers.PrimaryKeyRelatedField(queryset=Project.objects.all())


def payload(model: Any, owner: Project, count: int) -> list[dict[str, Any]]:
    """Return what a client sends for records of a model."""
    rows = [{name: as_json(value) for name, value in row.items()} for row in values(count)]
    if model is Native:
        return [{"project": owner.pk, **row} for row in rows]
    return [{"project": owner.pk, "attrs": row} for row in rows]


def as_json(value: Any) -> Any:
    """Return the JSON value that a client sends for a typed one."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, date) else value
